/** The bounds (23), exactly: what the loss can be at running and at halting vertices, and that two levels lie between. */
import { vertexAt } from "../../spec/welper/finite-control.js";
import type { MultiTapeMachine } from "../../spec/welper/machine.js";
import type { TracingNetwork } from "../../spec/welper/tracing.js";
import { accepted, rejected, type Verdict, type Witness } from "../verdict.js";
import type { Work } from "../work.js";
import type { VertexSlopes } from "./vertex-slopes.js";

/** Least and most. */
export type Interval = readonly [least: bigint, most: bigint];

/** The loss at running vertices, whatever is read and wherever the head is; at halting ones, whatever is under the heads. */
export interface Levels {
  /** Null where there are none. */
  readonly running: Interval | null;
  readonly halting: Interval | null;
}

/**
 * Decides that running > upper > lower > halting > 0. Per tape: the first square is that of the symbol less the written one, the
 * second that of the vertex' symbol less what is read next, the third 2 if the head moves, or 0 if it stays or a border stops it. A
 * halting vertex reads what it wrote and stays, and the first square is that of any symbol.
 */
export function checkLevels(
  machine: MultiTapeMachine,
  network: TracingNetwork,
  slopes: VertexSlopes,
  stated: { readonly lower: number; readonly upper: number },
  work: Work,
): Verdict<"levels", Levels> {
  const { codes, factors, constant, vertices } = network;
  work.spend(vertices * machine.tapes);
  const squares = codes.map((a) =>
    codes.map((b) => BigInt(a.reduce((sum, value, j) => sum + (value - (b[j] as number)) ** 2, 0))),
  );
  const square = (a: number, b: number): bigint => squares[a]?.[b] as bigint;
  const farthest = squares.map((row) => row.reduce((most, value) => (value > most ? value : most), 0n));
  const [write, read, move] = [BigInt(factors.write), BigInt(factors.read), BigInt(factors.move)];
  let running: Interval | null = null;
  let halting: Interval | null = null;
  for (let v = 0; v < vertices; v++) {
    const { halts, reading, transition } = vertexAt(machine, v);
    // Twice the loss, so that halves of squares are integers.
    let least = 2n * (BigInt(constant) + BigInt(slopes.values[v] as number));
    let most = least;
    for (const [i, symbol] of reading.entries()) {
      const written = transition.write[i] as number;
      if (halts) {
        most += write * (farthest[written] as bigint);
        continue;
      }
      least += write * square(symbol, written);
      most += write * square(symbol, written) + read * (farthest[symbol] as bigint);
      if (transition.moves[i] !== "stay") most += 2n * move;
    }
    if (halts) halting = widened(halting, [least, most]);
    else running = widened(running, [least, most]);
  }
  const [lower, upper] = [2n * BigInt(stated.lower), 2n * BigInt(stated.upper)];
  const conditions = [
    ["running > upper", running === null || running[0] > upper],
    ["upper > lower", upper > lower],
    ["lower > halting", halting === null || lower > halting[1]],
    ["halting > 0", halting === null || halting[0] > 0n],
  ] as const;
  const failed = conditions.find(([, holds]) => !holds);
  if (failed !== undefined) {
    const witness = { running: spell(running), halting: spell(halting), ...levelsText(stated) };
    return rejected("levels", "constants.levels", `not ${failed[0]}`, witness);
  }
  return accepted({ running: halved(running), halting: halved(halting) });
}

/** Squares of differences are 0, 2 or 4 for the vectors that codingFault allows, so twice the loss is even. */
function halved(interval: Interval | null): Interval | null {
  return interval === null ? null : [interval[0] / 2n, interval[1] / 2n];
}

function spell(interval: Interval | null): string {
  return interval === null ? "none" : `${interval[0] / 2n} to ${interval[1] / 2n}`;
}

function levelsText({ lower, upper }: { readonly lower: number; readonly upper: number }): Witness {
  return { lower: String(lower), upper: String(upper) };
}

function widened(interval: Interval | null, [least, most]: Interval): Interval {
  if (interval === null) return [least, most];
  return [least < interval[0] ? least : interval[0], most > interval[1] ? most : interval[1]];
}
