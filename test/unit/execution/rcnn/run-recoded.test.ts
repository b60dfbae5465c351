import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recodeAlphabet } from "../../../../construction/machines/recode-alphabet.js";
import { runRecoded, type RecodedRun } from "../../../../execution/rcnn/run-recoded.js";
import { runAlphabet, type AlphabetMachine, type AlphabetRun } from "../../../../spec/machines/alphabet-machine.js";
import { anyAlphabetMachine, CHAMPION, ofText } from "../../../alphabet-machines.js";

/** What a run through a filter says, in the form of the plain simulator. */
function told({ halted, steps, accepts, state, stopped, row, column, top, left, tape }: RecodedRun): AlphabetRun {
  const cells = tape.flatMap((line, r) =>
    line.flatMap((symbol, c): [string, number][] => (symbol === 0 ? [] : [[`${top + r},${left + c}`, symbol]])),
  );
  return { halted, steps, accepts, state, stopped, tapes: [{ cells: new Map(cells), row, column }] };
}

function expected(machine: AlphabetMachine, steps: number, input: AlphabetMachine["input"]): AlphabetRun {
  const run = runAlphabet(machine, steps, input);
  // Only "no entry" is told as a stop; a step into the first halting state is none.
  return machine.missing === "step" ? { ...run, stopped: false } : run;
}

describe("runRecoded", () => {
  it("should run the champion of two states and four symbols to its halt, in the source's steps and symbols", () => {
    const { halted, steps, nonblank, state, target } = runRecoded(recodeAlphabet(ofText(CHAMPION)));
    expect({ halted, steps, nonblank, state }).toEqual({
      halted: true,
      steps: 3_932_964,
      nonblank: 2050,
      state: "Z",
    });
    expect(target.steps).toBe(11_788_690);
  });

  it("should run every machine as its definition does, from every input, through its filter", () => {
    fc.assert(
      fc.property(
        anyAlphabetMachine(),
        fc.array(fc.array(fc.nat(), { maxLength: 4 }), { maxLength: 3 }),
        fc.tuple(fc.integer({ min: -2, max: 4 }), fc.integer({ min: -2, max: 4 })),
        fc.integer({ min: 0, max: 60 }),
        (machine, rows, [headRow, headColumn], steps) => {
          const k = machine.symbols.length;
          const input = { rows: rows.map((row) => row.map((symbol) => symbol % k)), headRow, headColumn };
          const run = runRecoded(recodeAlphabet(machine), { steps, input });
          expect(told(run)).toEqual(expected(machine, steps, [input]));
        },
      ),
      { numRuns: 30 },
    );
  });

  it("should notice a recoding that is not right", () => {
    const recoding = recodeAlphabet(ofText(CHAMPION));
    const codes = [recoding.codes[0]!, recoding.codes[2]!, recoding.codes[1]!, recoding.codes[3]!];
    expect(() => runRecoded({ ...recoding, codes }, { steps: 50 })).toThrow(/^runRecoded: /);
  });
});
