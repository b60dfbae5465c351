/** Machines over more than three symbols, for tests. */
import fc from "fast-check";
import type { AlphabetEntry, AlphabetMachine } from "../spec/machines/alphabet-machine.js";
import { MOVES, type Move } from "../spec/machines/machine.js";

/** [write, move, next] for each symbol; null where there is no entry. */
export type Rows = Readonly<Record<string, readonly (readonly [number, Move, string] | null)[]>>;

/** A machine over a, b, c, ... with "_" as blank. */
export function alphabetMachine(
  rows: Rows,
  halting: readonly string[],
  more: Partial<AlphabetMachine> = {},
): AlphabetMachine {
  const states = [...Object.keys(rows), ...halting];
  const k = Math.max(...Object.values(rows).map((row) => row.length));
  const table = Object.entries(rows).map(([state, row]) => {
    const entries = row.flatMap((entry, a): [string, AlphabetEntry][] =>
      entry === null ? [] : [[String(a), { write: [entry[0]], moves: [entry[1]], next: entry[2] }]],
    );
    return [state, new Map(entries)] as const;
  });
  return {
    name: "test",
    format: "test",
    tapes: 1,
    symbols: Array.from({ length: k }, (_, a) => (a === 0 ? "_" : `s${a}`)),
    states,
    start: states[0] as string,
    halting,
    accepting: [],
    rejecting: [],
    table: new Map(table),
    missing: "step",
    notes: {},
    expected: {},
    ...more,
  };
}

/** The machine of a bbchallenge text with any number of symbols. */
export function ofText(text: string): AlphabetMachine {
  const rows = text.split("_").map((row) => row.match(/.{3}/g) as string[]);
  const states = rows.map((_, q) => String.fromCodePoint(65 + q));
  const entry = (cell: string): readonly [number, Move, string] | null => {
    const [write = "", move, next = ""] = cell;
    return cell === "---" ? null : [Number(write), move === "R" ? "right" : "left", states.includes(next) ? next : "Z"];
  };
  const table = Object.fromEntries(rows.map((row, q) => [states[q] as string, row.map(entry)]));
  return alphabetMachine(table, ["Z"], { name: text });
}

/** The champion of two states and four symbols: 3,932,964 steps, 2,050 cells that are not blank. */
export const CHAMPION = "1RB2LA1RA1RA_1LB1LA3RB1RZ";

/** Random machines of up to four states, over two to ten symbols, on a row or a plane, with missing entries of either kind. */
export function anyAlphabetMachine(): fc.Arbitrary<AlphabetMachine> {
  return fc
    .record({
      states: fc.integer({ min: 1, max: 4 }),
      symbols: fc.integer({ min: 2, max: 10 }),
      moves: fc.constantFrom<readonly Move[]>(["left", "right"], ["left", "right", "stay"], MOVES, ["up", "down"]),
      missing: fc.constantFrom("step" as const, "stop" as const),
      halting: fc.integer({ min: 1, max: 2 }),
    })
    .chain(({ states, symbols, moves, missing, halting }) => {
      const names = Array.from({ length: states }, (_, q) => `q${q}`);
      const ends = Array.from({ length: halting }, (_, q) => `end${q}`);
      const entry = fc.tuple(
        fc.integer({ min: 0, max: symbols - 1 }),
        fc.constantFrom(...moves),
        fc.constantFrom(...names, ...ends),
      );
      const row = fc.array(fc.option(entry, { freq: 8 }), { minLength: symbols, maxLength: symbols });
      return fc
        .array(row, { minLength: states, maxLength: states })
        .map((rows) =>
          alphabetMachine(Object.fromEntries(names.map((name, q) => [name, rows[q] ?? []])), ends, { missing }),
        );
    });
}
