import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tapeSymbol } from "../../../../arbitraries/machines.js";
import { compileProgram, type CompiledProgram } from "../../../../construction/language/compile.js";
import type { Program } from "../../../../construction/language/statement.js";
import { InputError } from "../../../../inputs/input-error.js";
import { readMachine } from "../../../../inputs/machines/read-machine.js";
import { writeMachine } from "../../../../inputs/machines/write-machine.js";
import type { SourceMachine } from "../../../../spec/machines/machine.js";
import { normalForm } from "../../../../spec/machines/normal-form.js";
import { step, type Configuration } from "../../../../spec/machines/simulate.js";
import { arbitraryProgram, interpret, snapshot, type Interpretation } from "./programs.js";

const MAX_MOVES = 60;

function compiled(program: Program): CompiledProgram | undefined {
  try {
    return compileProgram(program);
  } catch (error) {
    // The two ways in which these programs may fail; anything else is a finding.
    expect(error).toBeInstanceOf(InputError);
    expect(String(error)).toMatch(/no halt can be reached|loops forever without a move/);
    return undefined;
  }
}

function grid(): fc.Arbitrary<Configuration> {
  return fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 4 })).chain(([rows, columns]) =>
    fc.record({
      rows: fc.constant(rows),
      columns: fc.constant(columns),
      tape: fc.array(tapeSymbol(), { minLength: rows * columns, maxLength: rows * columns }),
      headRow: fc.nat({ max: rows - 1 }),
      headColumn: fc.nat({ max: columns - 1 }),
      state: fc.constant(0),
    }),
  );
}

/** Compares a run of the machine with an interpretation, move by move. */
function assertSameRun(machine: SourceMachine, from: Configuration, expected: Interpretation): void {
  const normal = normalForm(machine);
  let now = step(normal, from);
  for (const shown of expected.snapshots) {
    expect(normal.halting[now.state]).toBe(false);
    now = step(normal, now);
    expect(snapshot(now.tape, now.headRow, now.headColumn)).toBe(shown);
  }
  if (expected.end === "budget") return;
  if (normal.halting[now.state] !== true) now = step(normal, now);
  expect(normal.halting[now.state]).toBe(true);
  if (expected.end === "never") return;
  expect(normal.states[now.state]).toBe(expected.end);
  expect(snapshot(now.tape, now.headRow, now.headColumn)).toBe(expected.last);
}

describe("compileProgram", () => {
  it("should do what the statements say, move by move", () => {
    const ends = new Map<string, number>();
    fc.assert(
      fc.property(arbitraryProgram(), fc.array(grid(), { minLength: 4, maxLength: 4 }), (program, grids) => {
        const result = compiled(program);
        fc.pre(result !== undefined);
        for (const from of grids) {
          const expected = interpret(program, from, MAX_MOVES);
          ends.set(expected.end, (ends.get(expected.end) ?? 0) + 1);
          assertSameRun(result.flat.machine, from, expected);
          // A merged machine may do anything once a claim is broken.
          if (expected.end !== "never") assertSameRun(result.machine, from, expected);
        }
      }),
      { numRuns: 400 },
    );
    for (const end of ["halt", "other", "never", "budget"]) expect(ends.get(end)).toBeGreaterThan(20);
  });

  it("should give the same machine for the same program, and machines that files can hold", () => {
    fc.assert(
      fc.property(arbitraryProgram(), (program) => {
        const result = compiled(program);
        fc.pre(result !== undefined);
        const text = writeMachine(result.machine);
        expect(writeMachine(compileProgram(program).machine)).toBe(text);
        expect(writeMachine(readMachine(text, "test.yaml"))).toBe(text);
      }),
    );
  });

  it("should lead every working state back to lines of the listing", () => {
    fc.assert(
      fc.property(arbitraryProgram(), (program) => {
        const result = compiled(program);
        fc.pre(result !== undefined);
        const working = result.machine.states.filter((state) => !result.machine.halting.includes(state));
        expect(new Set(result.origins.keys())).toEqual(new Set(working));
        for (const state of working) {
          const [first] = result.origins.get(state) ?? [];
          expect(state.startsWith(`${first?.labels.at(-1)}.${first?.line}`)).toBe(true);
          expect(result.listing[(first?.line ?? 0) - 1]?.trim()).toBe(first?.text);
        }
      }),
    );
  });
});
