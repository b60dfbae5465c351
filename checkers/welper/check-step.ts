/**
 * Proposition 4.3, the part of x: from every running vertex v and for every reading that follows, the vertex that (22) goes to is the
 * successor, alone. Of halting vertices nothing is claimed, as there: the fan is flat at them. The cases are |Gamma|^d for each running vertex, whatever the tapes are and however long the run. For the same
 * cases: the least rate at which projected gradient takes the same step.
 */
import { rational, ZERO, type Rational } from "../../spec/exact/rational.js";
import { vertexAt } from "../../spec/welper/finite-control.js";
import { readingAt, readingCount, type MultiTapeMachine } from "../../spec/welper/machine.js";
import type { TracingNetwork } from "../../spec/welper/tracing.js";
import { accepted, rejected, type Rejected, type Verdict, type Witness } from "../verdict.js";
import type { Work } from "../work.js";
import { gradientAt, type VertexSlopes } from "./vertex-slopes.js";

/** Why a step is not the machine's. */
export type StepFault = "argmin" | "tie";

/** How much was looked at. */
export interface StepResult {
  readonly running: number;
  readonly readings: number;
  readonly cases: number;
  readonly comparisons: bigint;
  /** The least difference between another vertex and the successor. */
  readonly gap: number;
  /** The least rate of projected gradient. */
  readonly leastRate: Rational;
}

/** Decides it. The read-outs must have been decided before. */
export function checkStep(
  machine: MultiTapeMachine,
  network: TracingNetwork,
  slopes: VertexSlopes,
  work: Work,
): Verdict<StepFault, StepResult> {
  const count = readingCount(machine);
  const { vertices } = network;
  const products = symbolProducts(network);
  const readings = Array.from({ length: count }, (_, i) => readingAt(machine.symbols.length, machine.tapes, i));
  let running = 0;
  let gap = Infinity;
  let leastRate: Rational = ZERO;
  for (let v = 0; v < vertices; v++) {
    const vertex = vertexAt(machine, v);
    if (vertex.halts) continue;
    running++;
    work.spend(vertices + count * (vertices + count * machine.tapes));
    const gradient = gradientAt(network.units, slopes, v, work);
    for (const [r, target] of readings.entries()) {
      const pull = readings.map((other) => pullOf(products, vertex.reading, target, other));
      const successor = vertex.transition.next * count + r;
      const at = (w: number): number => (gradient[w] as number) + (pull[w % count] as number);
      const least = at(successor);
      for (let w = 0; w < vertices; w++) {
        if (w === successor) continue;
        const difference = at(w) - least;
        if (difference <= 0) return stepFault(machine, { v, target, successor, w, difference });
        gap = Math.min(gap, difference);
        // P_S(e_v - rate G) is e_u if rate (G_w - G_u) >= 1 for the others, and 2 for v itself.
        const needed = rational(w === v ? 2n : 1n, BigInt(difference));
        if (needed.gt(leastRate)) leastRate = needed;
      }
    }
  }
  const cases = running * count;
  const comparisons = BigInt(cases) * BigInt(vertices - 1);
  return accepted({ running, readings: count, cases, comparisons, gap: running === 0 ? 0 : gap, leastRate });
}

/** factor * <code a, code b> */
function symbolProducts({ codes, factors }: TracingNetwork): number[][] {
  return codes.map((a) =>
    codes.map((b) => factors.read * a.reduce((sum, value, j) => sum + value * (b[j] as number), 0)),
  );
}

/** What the read square adds to the gradient at a vertex whose reading is `other`: factor <now - target, other>, over the tapes. */
function pullOf(
  products: readonly (readonly number[])[],
  now: readonly number[],
  target: readonly number[],
  other: readonly number[],
): number {
  return other.reduce(
    (sum, symbol, i) =>
      sum + (products[now[i] as number]?.[symbol] as number) - (products[target[i] as number]?.[symbol] as number),
    0,
  );
}

interface StepWitness {
  readonly v: number;
  readonly target: readonly number[];
  readonly successor: number;
  readonly w: number;
  readonly difference: number;
}

function stepFault(
  { symbols, states }: MultiTapeMachine,
  { v, target, successor, w, difference }: StepWitness,
): Rejected<StepFault> {
  const count = symbols.length ** target.length;
  const name = (vertex: number): string =>
    `${states[Math.floor(vertex / count)]} ${readingAt(symbols.length, target.length, vertex % count)
      .map((symbol) => symbols[symbol])
      .join(" ")}`;
  const witness: Witness = {
    vertex: v,
    reads: target.map((symbol) => symbols[symbol] ?? ""),
    successor,
    other: w,
    difference: String(difference),
  };
  const than = difference === 0 ? "is as low as" : "is lower than";
  return rejected(
    difference === 0 ? "tie" : "argmin",
    "network.units",
    `from vertex ${v} (${name(v)}), vertex ${w} (${name(w)}) ${than} the successor ${successor} (${name(successor)})`,
    witness,
  );
}
