/** The certificates from which cases start: small ones, of machines chosen to have every part of a certificate. */
import { printCertificate } from "../../certificates/rcnn-certificate.js";
import { decideClaims } from "../../checkers/rcnn/decide-claims.js";
import type { ReplayRun } from "../../checkers/rcnn/check-replay.js";
import { filterToCertificate } from "../../construction/rcnn/filter-to-certificate.js";
import { readoutNetwork } from "../../construction/rcnn/readout-network.js";
import { machineToFilter } from "../../construction/rcnn/machine-to-filter.js";
import type { SourceMachine } from "../../spec/machines/machine.js";
import { normalForm } from "../../spec/machines/normal-form.js";
import type { AlphabetName } from "../../spec/rcnn/alphabet.js";
import { learningBase } from "./learning-base.js";
import { machine } from "./machines.js";
import { recodingBase } from "./recoding-base.js";

/** The paths of the bases, from the folder of the corpus. */
export const BASES = {
  /** The smallest certificate: a machine that halts at once, s = 2. */
  still: "rcnn/bases/still.json",
  /** One working state, which never halts, s = 2; with notes, and three runs. */
  tiny: "rcnn/bases/tiny.json",
  /** Another machine of the same size. */
  other: "rcnn/bases/other.json",
  /** The machine of `tiny`, on the full alphabet. */
  full: "rcnn/bases/full.json",
  /** Three working states and three halting ones, s = 7. */
  small: "rcnn/bases/small.json",
  learning: "rcnn/bases/learning.json",
  /** Five symbols on a plane, in blocks of two cells. */
  recoding: "rcnn/bases/recoding.json",
} as const;

const STILL: SourceMachine = { ...machine("still", ["Z"], ["Z"], []), notes: {} };

const TINY: SourceMachine = machine(
  "tiny",
  ["A"],
  [],
  [
    ["A", 0, 1, "right", "A"],
    ["A", 1, -1, "up", "A"],
    ["A", -1, 0, "stay", "A"],
  ],
);

const OTHER: SourceMachine = machine(
  "tiny",
  ["A"],
  [],
  [
    ["A", 0, 1, "left", "A"],
    ["A", 1, -1, "up", "A"],
    ["A", -1, 0, "stay", "A"],
  ],
);

const SMALL: SourceMachine = machine(
  "small",
  ["A", "B", "C", "X", "Y", "Z"],
  ["X", "Y", "Z"],
  [
    ["A", 0, 1, "right", "B"],
    ["A", 1, 1, "left", "B"],
    ["A", -1, 0, "up", "X"],
    ["B", 0, -1, "down", "C"],
    ["B", 1, 0, "right", "Y"],
    ["B", -1, 1, "stay", "A"],
    ["C", 0, 0, "left", "A"],
    ["C", 1, -1, "down", "Z"],
  ],
);

/** Runs on small grids, a single cell among them. */
const RUNS: readonly ReplayRun[] = [
  { rows: 3, columns: 4, headRow: 1, headColumn: 2, layers: 9 },
  { rows: 1, columns: 1, headRow: 0, headColumn: 0, layers: 2 },
  { rows: 4, columns: 3, headRow: 3, headColumn: 0, layers: 5 },
];

function certificateText(source: SourceMachine, alphabet: AlphabetName, replay: readonly ReplayRun[]): string {
  const normal = normalForm(source);
  const [filter, head] = [machineToFilter(normal, alphabet), readoutNetwork()];
  const decided = decideClaims({ machine: normal, alphabet, filter, head, replay });
  if (decided.verdict !== "accepted")
    throw new Error(`certificateText: expected a certificate of ${source.name}, got ${decided.verdict}`);
  return printCertificate(filterToCertificate(source, normal, alphabet, filter, head, decided.result));
}

/** The texts of the bases by path, made anew. */
export async function makeBases(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    [BASES.still, certificateText(STILL, "well-formed", RUNS.slice(1, 2))],
    [BASES.tiny, certificateText(TINY, "well-formed", RUNS)],
    [BASES.other, certificateText(OTHER, "well-formed", RUNS)],
    [BASES.full, certificateText(TINY, "full", RUNS.slice(0, 1))],
    [BASES.small, certificateText(SMALL, "well-formed", RUNS)],
    [BASES.learning, await learningBase()],
    [BASES.recoding, recodingBase()],
  ]);
}
