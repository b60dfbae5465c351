/** The certificate of a tracing loss about which everything has been decided, and the run that it replays. */
import { digestOf } from "../../certificates/canonical.js";
import { CERTIFICATE_FORMAT, CERTIFICATE_VERSION } from "../../certificates/envelope.js";
import type {
  ReplayTapeJson,
  TracingCertificate,
  TracingConstantsJson,
  TracingVerdictsJson,
} from "../../certificates/welper/tracing-certificate.js";
import {
  encodeMultiTapeMachine,
  encodeMultiTapeSource,
  encodeTracingNetwork,
} from "../../certificates/welper/tracing-json.js";
import { MOVE_OFFSETS, type Move } from "../../spec/machines/machine.js";
import { readingIndex, type MultiTapeMachine } from "../../spec/welper/machine.js";
import { TRACING_AMENDMENTS } from "../../spec/welper/reading.js";
import { blankTape } from "../../spec/welper/tapes.js";
import type { Tracing, TracingConstants } from "./machine-to-tracing.js";

/** Assembles it. */
export function tracingToCertificate(
  { source, machine, loss, tripled, constants, network }: Tracing,
  verdicts: TracingVerdictsJson,
): TracingCertificate {
  const parts = {
    source: encodeMultiTapeSource(source),
    machine: encodeMultiTapeMachine(machine),
    network: encodeTracingNetwork(network),
  };
  return {
    format: CERTIFICATE_FORMAT,
    version: CERTIFICATE_VERSION,
    system: "welper",
    statement: "tracing",
    reading: { name: "amended", amendments: TRACING_AMENDMENTS },
    source: parts.source,
    machine: parts.machine,
    loss,
    tripled,
    constants: constantsJson(constants),
    digests: {
      source: digestOf(parts.source),
      machine: digestOf(parts.machine),
      network: digestOf(parts.network),
    },
    verdicts,
    network: parts.network,
  };
}

/** Constants as certificates spell them. */
export function constantsJson({ b, gamma, rates, levels }: TracingConstants): TracingConstantsJson {
  const { lower, upper } = levels;
  return { b: String(b), gamma: String(gamma), rates, levels: { lower: String(lower), upper: String(upper) } };
}

/** A run from blank tapes without borders: how many steps it makes, and blank tapes on which it never meets a border. */
export interface BlankRun {
  readonly steps: number;
  readonly halted: boolean;
  readonly tapes: readonly ReplayTapeJson[];
}

/** Runs a machine on blank tapes that have no ends, for at most so many steps. */
export function runOnBlankTapes(machine: MultiTapeMachine, most: number): BlankRun {
  const tapes = Array.from({ length: machine.tapes }, () => ({
    cells: new Map<string, number>(),
    row: 0,
    column: 0,
    top: 0,
    bottom: 0,
    left: 0,
    right: 0,
  }));
  let state = 0;
  let steps = 0;
  for (; steps < most && machine.halting[state] !== true; steps++) {
    const reading = tapes.map(({ cells, row, column }) => cells.get(`${row} ${column}`) ?? 0);
    const transition = machine.table[state]?.[readingIndex(machine.symbols.length, reading)];
    if (transition === undefined) break;
    for (const [i, tape] of tapes.entries()) {
      tape.cells.set(`${tape.row} ${tape.column}`, transition.write[i] as number);
      const [down, right] = MOVE_OFFSETS[transition.moves[i] as Move];
      tape.row += down;
      tape.column += right;
      tape.top = Math.min(tape.top, tape.row);
      tape.bottom = Math.max(tape.bottom, tape.row);
      tape.left = Math.min(tape.left, tape.column);
      tape.right = Math.max(tape.right, tape.column);
    }
    state = transition.next;
  }
  return {
    steps,
    halted: machine.halting[state] === true,
    tapes: tapes.map(({ top, bottom, left, right }) => {
      const columns = right - left + 1;
      return blankTape(bottom - top + 1, columns, -top * columns - left);
    }),
  };
}
