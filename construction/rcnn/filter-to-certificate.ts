/** From a machine to a certificate that is yet to be believed by anyone: filter, head, and runs worth replaying. */
import { digestOf } from "../../certificates/canonical.js";
import { encodeNormalMachine, encodeSourceMachine } from "../../certificates/machine-json.js";
import { encodeNetwork } from "../../certificates/network-json.js";
import { CERTIFICATE_FORMAT, CERTIFICATE_VERSION } from "../../certificates/envelope.js";
import { type RcnnCertificate, type VerdictsJson } from "../../certificates/rcnn-certificate.js";
import type { NormalMachine, SourceMachine } from "../../spec/machines/machine.js";
import { runFromBlank } from "../../spec/machines/simulate.js";
import type { Network } from "../../spec/networks/network.js";
import type { AlphabetName } from "../../spec/rcnn/alphabet.js";
import { AMENDMENTS_IN_FORCE } from "../../spec/rcnn/amendments-in-force.js";
import { cellCode } from "../../spec/rcnn/cell-code.js";

/** A run to replay: see checkers/rcnn/check-replay.ts. */
interface Run {
  readonly rows: number;
  readonly columns: number;
  readonly headRow: number;
  readonly headColumn: number;
  readonly layers: number;
}

/** Steps within which a halt is looked for, and cells that a replay to the halt may compare. */
const REPLAY_STEPS = 300;
const REPLAY_CELLS = 100_000;

/**
 * The runs that a certificate replays: one on a small grid, where borders are felt, and, if the machine halts soon from
 * a blank tape, one on a grid that it does not leave, to the halt and a layer beyond.
 */
export function replayRuns(machine: NormalMachine): Run[] {
  const small: Run = { rows: 5, columns: 5, headRow: 2, headColumn: 2, layers: 60 };
  const run = runFromBlank(machine, { maxSteps: REPLAY_STEPS });
  const { top, bottom, left, right } = run.visited;
  const [rows, columns, layers] = [bottom - top + 1, right - left + 1, run.steps + 2];
  if (!run.halted || rows * columns * layers > REPLAY_CELLS) return [small];
  return [small, { rows, columns, headRow: 0 - top, headColumn: 0 - left, layers }];
}

/** A certificate with verdicts supplied by the caller (checkers/rcnn/decide-claims.ts). */
export function filterToCertificate(
  source: SourceMachine,
  machine: NormalMachine,
  alphabet: AlphabetName,
  filter: Network,
  head: Network,
  verdicts: VerdictsJson,
): RcnnCertificate {
  const { states, stateDigits, lastIndex, scale } = cellCode(machine.states.length);
  const parts = {
    source: encodeSourceMachine(source),
    machine: encodeNormalMachine(machine),
    filter: encodeNetwork(filter),
    head: encodeNetwork(head),
  };
  return {
    format: CERTIFICATE_FORMAT,
    version: CERTIFICATE_VERSION,
    system: "rcnn",
    statement: "filter",
    reading: { name: "amended", amendments: AMENDMENTS_IN_FORCE },
    source: parts.source,
    machine: parts.machine,
    alphabet,
    code: { states, stateDigits, lastIndex, scale: String(scale) },
    digests: {
      source: digestOf(parts.source),
      machine: digestOf(parts.machine),
      filter: digestOf(parts.filter),
      head: digestOf(parts.head),
    },
    verdicts,
    filter: parts.filter,
    head: parts.head,
  };
}
