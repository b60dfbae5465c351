import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tapesToGrid } from "../../../../construction/machines/tapes-to-grid.js";
import { runTapes } from "../../../../execution/rcnn/run-tapes.js";
import {
  readKey,
  runAlphabet,
  wordOnTape,
  type AlphabetEntry,
  type AlphabetMachine,
} from "../../../../spec/machines/alphabet-machine.js";
import type { Move } from "../../../../spec/machines/machine.js";

/** A machine on two tapes with two working states and a halting one, over two or four symbols; entries may be missing. */
const machines = fc
  .record({ symbols: fc.constantFrom(2, 4), missing: fc.constantFrom("step" as const, "stop" as const) })
  .chain(({ symbols, missing }) => {
    const symbol = fc.nat({ max: symbols - 1 });
    const entry = fc.record({
      write: fc.tuple(symbol, symbol),
      moves: fc.tuple(...[0, 1].map(() => fc.constantFrom<Move>("left", "right", "stay"))),
      next: fc.constantFrom("p", "q", "q", "end"),
    });
    const keys = Array.from({ length: symbols ** 2 }, (_, i) => readKey([Math.floor(i / symbols), i % symbols]));
    const row = fc.array(fc.option(entry, { freq: 8 }), { minLength: keys.length, maxLength: keys.length });
    const word = fc.array(symbol, { maxLength: 4 });
    return fc.record({ p: row, q: row, words: fc.tuple(word, word), steps: fc.nat({ max: 12 }) }).map((drawn) => {
      const rowOf = (entries: readonly (AlphabetEntry | null)[]): ReadonlyMap<string, AlphabetEntry> =>
        new Map(entries.flatMap((one, i) => (one === null ? [] : [[keys[i] as string, one] as const])));
      const machine: AlphabetMachine = {
        name: "random",
        format: "a test",
        tapes: 2,
        symbols: ["_", "a", "b", "c"].slice(0, symbols),
        states: ["p", "q", "end"],
        start: "p",
        halting: ["end"],
        accepting: [],
        rejecting: [],
        table: new Map([
          ["p", rowOf(drawn.p)],
          ["q", rowOf(drawn.q)],
        ]),
        missing,
        notes: {},
        expected: {},
      };
      return { machine, starts: drawn.words.map(wordOnTape), steps: drawn.steps };
    });
  });

describe("tapesToGrid", () => {
  it("should do on the grid what the machine does on its tapes, after any number of its steps", () => {
    let ran = 0;
    fc.assert(
      fc.property(machines, ({ machine, starts, steps }) => {
        // Programs that cannot halt are refused.
        const reachable = [...machine.table.values()].some((row) =>
          [...row.values()].some(({ next }) => next === "end"),
        );
        fc.pre(reachable || [...machine.table.values()].some((row) => row.size < machine.symbols.length ** 2));
        const plain = runAlphabet(machine, steps, starts);
        let run: ReturnType<typeof runTapes>;
        try {
          run = runTapes(machine, starts, { steps });
        } catch (error) {
          expect(String(error)).toContain("no halt");
          return;
        }
        ran += 1;
        expect([run.halted, run.steps, run.state]).toEqual([plain.halted, plain.steps, plain.state]);
        for (const [t, { left, symbols }] of run.tapes.entries()) {
          const cells = new Map(
            symbols.map((symbol, i) => [`0,${left + i}`, symbol]).filter(([, symbol]) => symbol !== 0) as [],
          );
          expect(cells).toEqual(plain.tapes[t]?.cells);
        }
      }),
      { numRuns: 12 },
    );
    expect(ran).toBeGreaterThan(6);
  });

  it("should take two tapes or more", () => {
    const one = { tapes: 1, symbols: ["_"], states: ["p"], start: "p", halting: [], table: new Map() };
    expect(() => tapesToGrid(one as unknown as AlphabetMachine)).toThrow("expected at least two tapes, got 1");
  });
});
