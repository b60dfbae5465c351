/** The certificates from which cases start: of tracing losses. */
import { loadMachine } from "../../inputs/machines/load-machine.js";
import type { MultiTapeEntry, MultiTapeSource } from "../../spec/welper/machine.js";
import { gridToMultiTape } from "../../construction/welper/sources.js";
import type { LossName } from "../../construction/welper/machine-to-tracing.js";
import { certifyTracing } from "../../systems/welper/certify-tracing.js";

/** The paths of the bases, from the folder of the corpus. */
export const BASES = {
  /** A machine on two tapes, one of them read-only, with vertices that may follow themselves. */
  copy: "welper/bases/copy.json",
  /** BB(2) with the printed loss. */
  printed: "welper/bases/printed.json",
} as const;

/** Copies the ones at the start of a read-only tape, and goes back. */
const COPY: MultiTapeSource = {
  name: "copy",
  tapes: 2,
  symbols: ["0", "1"],
  readOnly: [0],
  states: ["go", "back", "done"],
  start: "go",
  halting: ["done"],
  table: new Map<string, Map<string, MultiTapeEntry>>([
    [
      "go",
      new Map([
        ["0 0", { write: ["0", "0"], moves: ["left", "left"], next: "back" }],
        ["1 0", { write: ["1", "1"], moves: ["right", "right"], next: "go" }],
      ]),
    ],
    [
      "back",
      new Map([
        ["0 0", { write: ["0", "0"], moves: ["right", "stay"], next: "done" }],
        ["1 1", { write: ["1", "1"], moves: ["left", "left"], next: "back" }],
      ]),
    ],
  ]),
};

function textOf(source: MultiTapeSource, loss: LossName): string {
  const verdict = certifyTracing(source, loss);
  if (verdict.verdict !== "accepted") throw new Error(`textOf: expected a certificate, got ${verdict.verdict}`);
  return verdict.result.text;
}

/** The texts of the bases by path, made anew. */
export async function makeBases(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    [BASES.copy, textOf(COPY, "fan")],
    [BASES.printed, textOf(gridToMultiTape(loadMachine("bb2")), "printed")],
  ]);
}
