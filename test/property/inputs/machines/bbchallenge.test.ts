import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sourceMachine } from "../../../../arbitraries/machines.js";
import { InputError } from "../../../../inputs/input-error.js";
import { looksLikeBbchallenge } from "../../../../inputs/machines/read-bbchallenge.js";
import { writeBbchallenge } from "../../../../inputs/machines/write-bbchallenge.js";
import { runFast } from "../../../../execution/machines/fast-simulator.js";
import { normalForm } from "../../../../spec/machines/normal-form.js";
import { readBbchallenge } from "../../../three-symbol-readers.js";

/** Texts in the format: 1 to 6 states, two or three symbols, halting letters among U to Z. */
const text = (): fc.Arbitrary<string> =>
  fc
    .record({ states: fc.integer({ min: 1, max: 6 }), symbols: fc.integer({ min: 2, max: 3 }) })
    .chain(({ states, symbols }) => {
      const letter = fc.constantFrom(..."ABCDEF".slice(0, states), ..."UVWXYZ");
      const digit = fc.nat({ max: symbols - 1 });
      const entry = fc.tuple(digit, fc.constantFrom("L", "R"), letter).map((parts) => parts.join(""));
      const row = fc.array(fc.oneof({ weight: 5, arbitrary: entry }, fc.constant("---")), {
        minLength: symbols,
        maxLength: symbols,
      });
      return fc
        .array(
          row.map((cells) => cells.join("")),
          { minLength: states, maxLength: states },
        )
        .map((rows) => rows.join("_"));
    });

const linear = (): ReturnType<typeof sourceMachine> =>
  sourceMachine({ moves: ["left", "right"], maxStates: 6 }).filter(({ start, halting }) => !halting.includes(start));

describe("writeBbchallenge", () => {
  it("should write back what was read, halting letters at the end of the alphabet", () => {
    fc.assert(
      fc.property(text(), (given) => {
        const machine = readBbchallenge(given);
        const again = writeBbchallenge(machine);
        const letters = new Map(
          machine.halting.map((old, i) => [old, String.fromCharCode(91 - machine.halting.length + i)]),
        );
        const narrow = given.split("_").every((row) => row.length === 9 && row.endsWith("---") && !row.includes("2"));
        const rows = given.split("_").map((row) => (narrow ? row.slice(0, 6) : row));
        expect(again).toBe(rows.join("_").replaceAll(/[U-Z]/g, (old) => letters.get(old) ?? old));
      }),
      { numRuns: 1000 },
    );
  });

  it("should write a machine that runs as the original does", () => {
    let halts = 0;
    fc.assert(
      fc.property(linear(), (source) => {
        const before = runFast(normalForm(source), { maxSteps: 200 });
        const after = runFast(normalForm(readBbchallenge(writeBbchallenge(source))), { maxSteps: 200 });
        expect([after.halted, after.steps, after.nonblank, after.visited]).toEqual([
          before.halted,
          before.steps,
          before.nonblank,
          before.visited,
        ]);
        if (before.halted && before.steps > 1) halts += 1;
      }),
      { numRuns: 1000 },
    );
    expect(halts).toBeGreaterThan(100);
  });

  it("should refuse exactly the machines that have another move", () => {
    const plain = sourceMachine().filter(({ start, halting }) => !halting.includes(start));
    fc.assert(
      fc.property(plain, (source) => {
        const moves = [...source.table.values()].flatMap((row) => [...row.values()].map(({ move }) => move));
        const fits = moves.every((move) => move === "left" || move === "right");
        if (fits) expect(looksLikeBbchallenge(writeBbchallenge(source))).toBe(true);
        else expect(() => writeBbchallenge(source)).toThrow(InputError);
      }),
      { numRuns: 500 },
    );
  });
});

describe("readBbchallenge", () => {
  it("should read or refuse in one line whatever looks like the format", () => {
    const noise = fc.string({ unit: fc.constantFrom(..."0123LRSABZz-_ "), maxLength: 20 });
    fc.assert(
      fc.property(
        fc.oneof(
          noise,
          fc.tuple(text(), noise).map((parts) => parts.join("")),
        ),
        (given) => {
          try {
            normalForm(readBbchallenge(given));
          } catch (error) {
            if (!(error instanceof InputError)) throw error;
            expect(error.message).toMatch(/^machine text: [^\n]{1,200}$/);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
