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
import { accepted, undecided, type Verdict } from "../../checkers/verdict.js";
import { recodeAlphabet } from "../../construction/machines/recode-alphabet.js";
import type { AlphabetMachine, TapeStart } from "../../spec/machines/alphabet-machine.js";
import { normalForm } from "../../spec/machines/normal-form.js";
import type { Recoding } from "../../spec/machines/recoding.js";

/**
 * A recoding, its certificate and the bytes of the certificate's file.
 */
export interface CertifiedRecoding {
  readonly recoding: Recoding;
  readonly certificate: RecodingCertificate;
  readonly text: string;
}

/** Most entries of a table, states times symbols, that are recoded. */
export const MAX_RECODED_ENTRIES = 65_536;

/** Most states of a recoded machine in normal form; a filter of one with 981 takes seconds, one with 3,000 all memory. */
export const MAX_RECODED_STATES = 1024;

/** Steps of the source that a replay takes at most. */
const REPLAYED_STEPS = 200;

/**
 * Recodes a machine and has the first checker decide the certificate's text; undecided if the target has too many states.
 *
 * @param inputs tapes for the replays; the machine's own input, or a blank tape, if absent
 * @throws {RangeError} if the machine has several tapes
 */
export function certifyRecoding(
  source: AlphabetMachine,
  inputs?: readonly TapeStart[],
): Verdict<RecodingFault, CertifiedRecoding> {
  const entries = source.states.length * source.symbols.length;
  if (entries > MAX_RECODED_ENTRIES)
    return undecided(
      "states",
      `a table of ${entries} entries is more than the ${MAX_RECODED_ENTRIES} that are recoded`,
    );
  const recoding = recodeAlphabet(source);
  const states = normalForm(recoding.target).states.length;
  if (states > MAX_RECODED_STATES)
    return undecided("states", `the recoded machine has ${states} states, more than ${MAX_RECODED_STATES}`);
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
