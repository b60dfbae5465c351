/** The true certificate of a recoding: five symbols on a plane, two halting states, stops, and a state that nothing enters. */
import { encodeRecoding, printRecodingCertificate, type RecodingRunJson } from "../../certificates/rcnn-recoding.js";
import { decideSituations } from "../../checkers/rcnn/recoding-situations.js";
import { replayRecoding } from "../../checkers/rcnn/replay-recoding.js";
import { recodeAlphabet } from "../../construction/machines/recode-alphabet.js";
import type { AlphabetEntry, AlphabetMachine } from "../../spec/machines/alphabet-machine.js";
import type { Move } from "../../spec/machines/machine.js";

/** [state, read, write, move, next] */
const ENTRIES: readonly (readonly [string, number, number, Move, string])[] = [
  ["A", 0, 1, "up", "B"],
  ["A", 1, 4, "down", "A"],
  ["A", 3, 2, "stay", "B"],
  ["A", 4, 0, "left", "X"],
  ["B", 0, 3, "right", "A"],
  ["B", 2, 1, "down", "B"],
  ["B", 3, 4, "up", "A"],
  ["B", 4, 2, "stay", "Y"],
  ["C", 0, 0, "left", "C"],
  ["C", 1, 1, "right", "A"],
  ["C", 4, 3, "up", "X"],
];

const SYMBOLS = ["_", "a", "b", "x", "#"];

function source(): AlphabetMachine {
  const table = new Map<string, Map<string, AlphabetEntry>>();
  for (const [state, read, write, move, next] of ENTRIES) {
    const row = table.get(state) ?? new Map<string, AlphabetEntry>();
    table.set(state, row.set(String(read), { write: [write], moves: [move], next }));
  }
  return {
    name: "five",
    format: "corpus",
    tapes: 1,
    symbols: SYMBOLS,
    states: ["A", "B", "C", "X", "Y"],
    start: "A",
    halting: ["X", "Y"],
    accepting: [],
    rejecting: [],
    table,
    missing: "stop",
    notes: { about: "Turns on a plane.", source: "made for the corpus" },
    expected: {},
  };
}

/** [input, head's row and column, limit] */
const RUNS: readonly (readonly [input: readonly (readonly string[])[], row: number, column: number, limit: number])[] =
  [
    [[], 0, 0, 6],
    [
      [
        ["a", "_", "b"],
        ["#", "x", "a"],
        ["_", "b", "#"],
      ],
      1,
      2,
      12,
    ],
    [[["b"]], 0, 0, 3],
  ];

/** The text of the certificate, made anew. */
export function recodingBase(): string {
  const recoding = recodeAlphabet(source());
  const steps = decideSituations(recoding, 100);
  if (steps.verdict !== "accepted") throw new Error(`recodingBase: ${steps.verdict}`);
  const given = RUNS.map(([input, headRow, headColumn, limit]): RecodingRunJson => ({
    input,
    headRow,
    headColumn,
    limit,
    steps: 0,
    targetSteps: 0,
    end: "running",
    state: "A",
    row: 0,
    column: 0,
    top: 0,
    left: 0,
    tape: [],
  }));
  const replay = replayRecoding(recoding, given, steps.result.longest);
  if (replay.verdict !== "accepted") throw new Error(`recodingBase: ${replay.verdict}`);
  return printRecodingCertificate(encodeRecoding(recoding, { steps: steps.result, replay: replay.result }));
}
