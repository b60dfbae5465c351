/** A machine over any alphabet: recoded for three symbols, the recoding decided, its certificate given out. */
import {
  encodeRecoding,
  printRecodingCertificate,
  type RecodingCertificate,
  type RecodingRunJson,
} from "../../certificates/rcnn-recoding.js";
import { checkRecoding, type RecodingFault } from "../../checkers/rcnn/check-recoding.js";
import { MAX_REPLAY_STEPS, replayRecoding, type ReplayFault } from "../../checkers/rcnn/replay-recoding.js";
import { decideSituations } from "../../checkers/rcnn/recoding-situations.js";
import { accepted, type Verdict } from "../../checkers/verdict.js";
import { recodeAlphabet } from "../../construction/machines/recode-alphabet.js";
import type { AlphabetMachine, TapeStart } from "../../spec/machines/alphabet-machine.js";
import type { Recoding } from "../../spec/machines/recoding.js";

/**
 * A recoding, its certificate and the bytes of the certificate's file.
 */
export interface CertifiedRecoding {
  readonly recoding: Recoding;
  readonly certificate: RecodingCertificate;
  readonly text: string;
}

/** Steps of the source that a replay takes at most. */
const REPLAYED_STEPS = 200;

/**
 * Recodes a machine and has the first checker decide the certificate's text.
 *
 * @param inputs tapes for the replays; the machine's own input, or a blank tape, if absent
 * @throws {RangeError} if the machine has several tapes
 */
export function certifyRecoding(
  source: AlphabetMachine,
  inputs?: readonly TapeStart[],
): Verdict<RecodingFault, CertifiedRecoding> {
  const recoding = recodeAlphabet(source);
  const situations = decideSituations(recoding, MOST_STEPS_OF_ONE * recoding.rows * recoding.columns);
  if (situations.verdict !== "accepted") return situations;
  const { longest } = situations.result;
  const runs = replays(recoding, inputs, longest);
  if (runs.verdict !== "accepted") return runs;
  const certificate = encodeRecoding(recoding, { steps: situations.result, replay: runs.result });
  const text = printRecodingCertificate(certificate);
  const verdict = checkRecoding(text);
  return verdict.verdict === "accepted" ? accepted({ recoding, certificate, text }) : verdict;
}

/** A block is read once, and gone through twice at most while it is written. */
const MOST_STEPS_OF_ONE = 4;

function replays(
  recoding: Recoding,
  inputs: readonly TapeStart[] | undefined,
  longest: number,
): Verdict<ReplayFault, readonly RecodingRunJson[]> {
  const { source } = recoding;
  const tapes = inputs ?? source.input ?? [{ rows: [], headRow: 0, headColumn: 0 }];
  const limit = Math.min(REPLAYED_STEPS, Math.floor(MAX_REPLAY_STEPS / (tapes.length * Math.max(1, longest))));
  const runs = tapes.map(({ rows, headRow, headColumn }): RecodingRunJson => ({
    input: rows.map((row) => row.map((symbol) => source.symbols[symbol] as string)),
    headRow,
    headColumn,
    limit,
    // What follows is found by the replay.
    steps: 0,
    targetSteps: 0,
    end: "running",
    state: source.start,
    row: 0,
    column: 0,
    top: 0,
    left: 0,
    tape: [],
  }));
  return replayRecoding(recoding, runs, longest);
}
