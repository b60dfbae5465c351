import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sourceMachine } from "../../../../arbitraries/machines.js";
import { InputError } from "../../../../inputs/input-error.js";
import { readMachine } from "../../../../inputs/machines/read-machine.js";
import { writeMachine } from "../../../../inputs/machines/write-machine.js";
import { writeTuringmachineIo } from "../../../../inputs/machines/write-turingmachine-io.js";
import { runFast } from "../../../../execution/machines/fast-simulator.js";
import type { SourceMachine } from "../../../../spec/machines/machine.js";
import { normalForm } from "../../../../spec/machines/normal-form.js";
import { toGolly, toJflap, toMorphett } from "../../../unit/inputs/machines/foreign-texts.js";
import { readGolly, readJflap, readMorphett, readTuringmachineIo } from "../../../three-symbol-readers.js";

const linear = (): fc.Arbitrary<SourceMachine> => sourceMachine({ moves: ["left", "right"] });

/** What a run of at most 200 steps shows, wherever it ends. */
function behaviour(source: SourceMachine): unknown {
  const { at: _at, state: _state, ...run } = runFast(normalForm(source), { maxSteps: 200 });
  return run;
}

/** All of a machine but its name and what a change of format loses. */
function core({ states, start, halting, table }: SourceMachine): object {
  const added = (state: string): boolean => state.startsWith("no-rule");
  return {
    states: states.filter((state) => !added(state)),
    start,
    halting: halting.filter((state) => !added(state)),
    table: new Map([...table].map(([state, row]) => [state, new Map([...row].toSorted(([a], [b]) => a - b))])),
  };
}

describe("round trips", () => {
  it("should come back from turingmachine.io as they went, and run alike", () => {
    let halts = 0;
    fc.assert(
      fc.property(linear(), (source) => {
        const text = writeTuringmachineIo(source);
        const again = readTuringmachineIo(text, "m.yaml");
        expect(core(again)).toEqual(core(source));
        expect(behaviour(again)).toEqual(behaviour(source));
        expect(writeTuringmachineIo({ ...again, ...core(again), name: source.name } as SourceMachine)).toBe(text);
        if (runFast(normalForm(source), { maxSteps: 200 }).halted) halts += 1;
      }),
      { numRuns: 500 },
    );
    expect(halts).toBeGreaterThan(50);
  });

  it("should come back from JFLAP up to the names of symbols, and run alike", () => {
    fc.assert(
      fc.property(sourceMachine({ moves: ["left", "right", "stay"] }), (source) => {
        const again = readJflap(toJflap(source), "m.jff");
        expect(core(again)).toEqual(core(source));
        expect(behaviour(again)).toEqual(behaviour(source));
      }),
      { numRuns: 500 },
    );
  });

  it("should run alike when they come back from five-field lines of either dialect", () => {
    const startsWithRule = sourceMachine().filter(({ start, table }) => (table.get(start)?.size ?? 0) > 0);
    fc.assert(
      fc.property(startsWithRule, (source) => {
        expect(behaviour(readMorphett(toMorphett(source), "m.txt", "turing2d"))).toEqual(
          behaviour(withPlainHalts(source)),
        );
      }),
      { numRuns: 500 },
    );
    const both = sourceMachine({ moves: ["left", "right", "stay"] }).filter(
      ({ start, table }) => (table.get(start)?.size ?? 0) > 0,
    );
    fc.assert(
      fc.property(both, (source) => {
        expect(behaviour(readMorphett(toMorphett(source), "m.txt", "morphett"))).toEqual(behaviour(source));
      }),
      { numRuns: 500 },
    );
  });

  it("should run alike when they come back from Golly's absolute notation", () => {
    const turmite = sourceMachine({ moves: ["up", "down", "left", "right"], maxHalting: 0 });
    fc.assert(
      fc.property(turmite, (source) => {
        expect(behaviour(readGolly(toGolly(source, [0, 1, -1])))).toEqual(behaviour(source));
      }),
      { numRuns: 500 },
    );
  });

  it("should be written as machine files that read back to the same machine", () => {
    const again = (source: SourceMachine): SourceMachine => readMachine(writeMachine(source), "m.yaml");
    fc.assert(
      fc.property(
        linear().filter(({ start, table }) => (table.get(start)?.size ?? 0) > 0),
        (source) => {
          for (const read of [
            readTuringmachineIo(writeTuringmachineIo(source), "dir/my machine.yaml"),
            readMorphett(toMorphett(source), "a\nb.txt"),
            readJflap(toJflap(source), ".jff"),
          ]) {
            expect(again(read)).toEqual({ ...read, table: again(read).table });
            expect(core(again(read))).toEqual(core(read));
          }
        },
      ),
    );
  });
});

/** In turing2d only "halt" halts by its name; other names end the run one step later, where no rule matches. */
function withPlainHalts(source: SourceMachine): SourceMachine {
  return { ...source, halting: [], table: source.table };
}

/** Reads a text that may be anything: a machine or an InputError of one line, never another error. */
function survives(read: (text: string, file: string) => SourceMachine, text: string): boolean {
  try {
    const source = read(text, "m.x");
    normalForm(source);
    if (source.table.size > 0) expect(readMachine(writeMachine(source), "m.x").states).toEqual(source.states);
    return true;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    expect(error.message).toMatch(/^(?:m\.x[: ]|machine ")[^\n\r]{1,400}$/);
    return false;
  }
}

describe("broken texts", () => {
  const formats: [string, (text: string, file: string) => SourceMachine, fc.Arbitrary<string>, string][] = [
    ["turingmachine.io", readTuringmachineIo, linear().map(writeTuringmachineIo), "01 :,{}[]LRN'\"~\n-#&*!"],
    [
      "morphett",
      (text, file) => readMorphett(text, file, "morphett"),
      linear().map(toMorphett),
      "01_* lrudx;!\n\t%halt",
    ],
    [
      "turing2d",
      (text, file) => readMorphett(text, file, "turing2d"),
      sourceMachine().map(toMorphett),
      "01_* lrudx;!\n\t%halt",
    ],
    ["jflap", readJflap, linear().map(toJflap), "<>/&;\"'= a1~\n![]-?"],
    [
      "golly",
      readGolly,
      sourceMachine({ moves: ["left", "up"], maxHalting: 0 }).map((source) => toGolly(source, [0, 1, -1])),
      "{}, '\"012489NESWLRU#\n-",
    ],
  ];

  it.each(formats)(
    "should be read or refused in one line: %s with pieces cut out, doubled or replaced",
    (_, read, text, signs) => {
      const piece = fc.string({
        unit: fc.constantFrom(...signs, "\u0000", "\u2028", "\u0085", "\uD800", "😀"),
        maxLength: 3,
      });
      const edit = fc.record({ at: fc.nat(), length: fc.nat({ max: 8 }), piece });
      const counts = { read: 0, refused: 0 };
      fc.assert(
        fc.property(text, fc.array(edit, { minLength: 1, maxLength: 3 }), (whole, edits) => {
          let broken = whole;
          for (const { at, length, piece: replacement } of edits) {
            const start = at % (broken.length + 1);
            broken = broken.slice(0, start) + replacement + broken.slice(start + length);
          }
          counts[survives(read, broken) ? "read" : "refused"] += 1;
        }),
        { numRuns: 1000 },
      );
      expect(counts.read).toBeGreaterThan(5);
      expect(counts.refused).toBeGreaterThan(200);
    },
  );

  it.each(formats)("should be read or refused in one line: anything as %s", (_, read, _text, signs) => {
    const noise = fc.string({ unit: fc.constantFrom(...signs), maxLength: 40 });
    fc.assert(
      fc.property(noise, (text) => void survives(read, text)),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => void survives(read, text)),
      { numRuns: 500 },
    );
  });
});
