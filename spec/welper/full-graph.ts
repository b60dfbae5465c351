/**
 * Section 4.3: the whole tape is in the vertex. The graph of all configurations on tapes of tau cells, the weights (10), the loss
 * (13), and the descent (14) with fixed rate and with exact line search.
 */
import { edge, hat } from "./hat-functions.js";
import { readingAt, type MultiTapeMachine } from "./machine.js";
import { cornerPoint, derivativesAtVertex, valueAtPoint, type ReluUnit } from "./relu-loss.js";
import { MOVE_OFFSETS } from "../machines/machine.js";
import { stepTapes, transitionAt, type MultiTapeConfiguration } from "./tapes.js";

/** V and E, by index. */
export interface StateGraph {
  readonly configurations: readonly MultiTapeConfiguration[];
  /** next[v] is the vertex that follows v, or null: v halts, or its head would leave the tape. */
  readonly next: readonly (number | null)[];
  /** k(v): steps until it halts, or null if it does not on these tapes. */
  readonly steps: readonly (number | null)[];
}

/** All |Q| |Gamma|^(d tau) tau^d configurations on tapes of one row of tau cells. */
export function stateGraph(machine: MultiTapeMachine, tau: number): StateGraph {
  const { states, symbols, tapes } = machine;
  const contents = symbols.length ** (tapes * tau);
  const heads = tau ** tapes;
  const configurations = states.flatMap((_, state) =>
    Array.from({ length: contents }, (__, content) => readingAt(symbols.length, tapes * tau, content)).flatMap(
      (cells) =>
        Array.from({ length: heads }, (__, head): MultiTapeConfiguration => {
          const places = readingAt(tau, tapes, head);
          const tape = (i: number) => cells.slice(i * tau, (i + 1) * tau);
          return { state, tapes: places.map((at, i) => ({ rows: 1, columns: tau, cells: tape(i), head: at })) };
        }),
    ),
  );
  const keyOf = ({ state, tapes: all }: MultiTapeConfiguration): string =>
    JSON.stringify([state, ...all.map(({ cells, head }) => [head, ...cells])]);
  const indexOf = new Map(configurations.map((one, v) => [keyOf(one), v]));
  const next = configurations.map((one) => {
    if (machine.halting[one.state] === true) return null;
    const { moves } = transitionAt(machine, one);
    const leaves = one.tapes.some(({ head }, i) => {
      const to = head + MOVE_OFFSETS[moves[i] as keyof typeof MOVE_OFFSETS][1];
      return to < 0 || to >= tau;
    });
    return leaves ? null : (indexOf.get(keyOf(stepTapes(machine, one))) ?? null);
  });
  const halts = configurations.map(({ state }) => machine.halting[state] === true);
  return { configurations, next, steps: stepsToHalt(next, halts) };
}

function stepsToHalt(next: readonly (number | null)[], halts: readonly boolean[]): (number | null)[] {
  const steps: (number | null | undefined)[] = halts.map((halted) => (halted ? 0 : undefined));
  for (const start of next.keys()) {
    const path: number[] = [];
    const onPath = new Set<number>();
    let v: number | null = start;
    while (v !== null && steps[v] === undefined && !onPath.has(v)) {
      onPath.add(v);
      path.push(v);
      v = next[v] ?? null;
    }
    let after: number | null = v === null || onPath.has(v) ? null : (steps[v] as number | null);
    for (const each of path.toReversed()) {
      after = after === null ? null : after + 1;
      steps[each] = after;
    }
  }
  return steps as (number | null)[];
}

/** The weights of 4.3 with W_k = 2 k, so that all are integers; K is one more than the longest run, B = W_K. */
export interface GraphWeights {
  readonly bound: number;
  readonly vertex: readonly number[];
  /** omega_vw of an edge. */
  readonly edge: (v: number, w: number) => number;
}

/** W_k(v) at vertices, the mean of both ends on edges. Where a vertex does not reach a halt, k(v) = K. */
export function graphWeights({ steps }: StateGraph): GraphWeights {
  const longest = steps.reduce<number>((most, k) => Math.max(most, k ?? 0), 0);
  const level = (v: number): number => steps[v] ?? longest + 1;
  return {
    bound: 2 * (longest + 1),
    vertex: steps.map((_, v) => 2 * level(v)),
    edge: (v, w) => level(v) + level(w),
  };
}

/** A loss: constant + units. */
export interface GraphLoss {
  readonly constant: number;
  readonly units: readonly ReluUnit[];
}

/** (13) as printed: B on each pair that is no edge; `twice` sums v != w, each pair twice (amendment `pairs-twice`). */
export function allPairsLoss(graph: StateGraph, twice = false): GraphLoss {
  const { bound, vertex, edge: onEdge } = graphWeights(graph);
  const units = vertex.flatMap((weight, v) => hat(v, 2, weight));
  for (let v = 0; v < vertex.length; v++) {
    for (let w = twice ? 0 : v + 1; w < vertex.length; w++) {
      if (v === w) continue;
      const isEdge = graph.next[v] === w || graph.next[w] === v;
      units.push(...edge(Math.min(v, w), Math.max(v, w), isEdge ? onEdge(v, w) : bound));
    }
  }
  return { constant: 0, units: units.filter(({ out }) => out !== 0) };
}

/** The same values at all vertices and barycentres of pairs, and affine on corners: B, and corrections at vertices and on edges. */
export function correctedLoss(graph: StateGraph): GraphLoss {
  const { bound, vertex, edge: onEdge } = graphWeights(graph);
  const units = vertex.flatMap((weight, v) => hat(v, 2, weight - bound));
  for (const [v, w] of graph.next.entries()) {
    if (w === null || w === v || (graph.next[w] === v && w < v)) continue;
    units.push(...edge(v, w, onEdge(v, w) - bound));
  }
  return { constant: bound, units: units.filter(({ out }) => out !== 0) };
}

/** The direction of (14): the vertices towards which the one-sided derivative at e_v is least; v itself has 0. */
export function directions({ units }: GraphLoss, v: number, vertices: number): number[] {
  const derivatives = derivativesAtVertex(units, v, vertices);
  const least = derivatives.reduce((a, b) => Math.min(a, b));
  return derivatives.flatMap((value, w) => (value === least ? [w] : []));
}

/**
 * The least points of the loss on the segment from e_v to e_w, t from 0 to 1, among the ends and all points at which a ReLU turns:
 * what an exact line search may take. As [numerator, denominator] of t.
 */
export function lineSearch({ units }: GraphLoss, v: number, w: number): (readonly [number, number])[] {
  const turning = new Map<string, readonly [number, number]>([
    ["0", [0, 1]],
    ["1", [1, 1]],
  ]);
  for (const { bias, entries } of units) {
    const weight = (column: number): number => entries.find(([each]) => each === column)?.[1] ?? 0;
    // bias + (1 - t) a + t b = 0
    const [a, b] = [weight(v), weight(w)];
    const [n, m] = a === b ? [0, 1] : a - b > 0 ? [bias + a, a - b] : [-bias - a, b - a];
    if (n > 0 && n < m) turning.set(String(n / m), [n, m]);
  }
  const points = [...turning.values()];
  // Loss over a common denominator: values are compared as fractions.
  const values = points.map(([n, m]) => [valueAtPoint(units, cornerPoint(v, w, n, m)), m] as const);
  const least = values.reduce((a, b) => (a[0] * b[1] <= b[0] * a[1] ? a : b));
  return points.filter((_, i) => (values[i]?.[0] as number) * least[1] === least[0] * (values[i]?.[1] as number));
}
