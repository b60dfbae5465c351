/** From a machine to a certificate that is yet to be believed by anyone: filter, head, and runs worth replaying. */
import { digestOf } from "../../certificates/canonical.js";
import { encodeNormalMachine, encodeSourceMachine } from "../../certificates/machine-json.js";
import { encodeNetwork } from "../../certificates/network-json.js";
import { CERTIFICATE_FORMAT, CERTIFICATE_VERSION } from "../../certificates/envelope.js";
import { type RcnnCertificate, type VerdictsJson } from "../../certificates/rcnn-certificate.js";
import { MOVE_OFFSETS, type NormalMachine, type SourceMachine, type TapeSymbol } from "../../spec/machines/machine.js";
import { transitionOf } from "../../spec/machines/normal-form.js";
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
  readonly input?: readonly string[];
  readonly layers: number;
}

/** A tape to replay a run from: rows of symbols from row 0, column 0, and the cell of the head. */
export interface ReplayInput {
  readonly rows: readonly (readonly TapeSymbol[])[];
  readonly headRow: number;
  readonly headColumn: number;
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

/**
 * The run from an input that a certificate replays: on a grid that it does not leave, to the halt and a layer beyond, or as far as
 * a replay goes.
 */
export function replayOfInput(machine: NormalMachine, { rows: lines, headRow, headColumn }: ReplayInput): Run {
  const cells = new Map<string, TapeSymbol>();
  for (const [r, line] of lines.entries()) for (const [c, symbol] of line.entries()) cells.set(`${r},${c}`, symbol);
  let [row, column, state, layers] = [headRow, headColumn, 0, 0];
  const box = {
    top: Math.min(0, row),
    bottom: Math.max(lines.length - 1, row),
    left: Math.min(0, column),
    right: Math.max(column, ...lines.map((line) => line.length - 1)),
  };
  const tape = new Map(cells);
  while (machine.halting[state] !== true && layers < REPLAY_STEPS) {
    const { write, move, next } = transitionOf(machine, state, tape.get(`${row},${column}`) ?? 0);
    const [down, right] = MOVE_OFFSETS[move];
    const [top, bottom] = [Math.min(box.top, row + down), Math.max(box.bottom, row + down)];
    const [left, end] = [Math.min(box.left, column + right), Math.max(box.right, column + right)];
    if ((bottom - top + 1) * (end - left + 1) * (layers + 2) > REPLAY_CELLS) break;
    tape.set(`${row},${column}`, write);
    [row, column, state, layers] = [row + down, column + right, next, layers + 1];
    [box.top, box.bottom, box.left, box.right] = [top, bottom, left, end];
  }
  const [rows, columns] = [box.bottom - box.top + 1, box.right - box.left + 1];
  const signs = Array.from({ length: rows }, (_, r) =>
    Array.from({ length: columns }, (_unused, c) => "-.+"[(cells.get(`${r + box.top},${c + box.left}`) ?? 0) + 1]).join(
      "",
    ),
  );
  const isBlank = signs.every((line) => /^\.*$/.test(line));
  return {
    rows,
    columns,
    headRow: headRow - box.top,
    headColumn: headColumn - box.left,
    ...(isBlank ? {} : { input: signs }),
    layers: machine.halting[state] === true ? layers + 1 : layers,
  };
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
