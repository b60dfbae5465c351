/**
 * The graph of section 4.4 and the losses l_S on its simplex: as printed, (17) and (19), and the fan loss that is read instead
 * (amendment `fan-loss`). Vertex v = (q, t) has the number q |Gamma|^d + the index of the reading t.
 */
import { hat, profile } from "./hat-functions.js";
import { readingAt, readingCount, type MultiTapeMachine, type MultiTapeTransition } from "./machine.js";
import type { ReluUnit } from "./relu-loss.js";

/** |V| = |Q| |Gamma|^d. */
export function vertexCount(machine: MultiTapeMachine): number {
  return machine.states.length * readingCount(machine);
}

/** A vertex by its parts. */
export interface Vertex {
  readonly state: number;
  /** t: a symbol for each tape. */
  readonly reading: readonly number[];
  readonly halts: boolean;
  readonly transition: MultiTapeTransition;
}

/** The vertex of a number. */
export function vertexAt(machine: MultiTapeMachine, v: number): Vertex {
  const count = readingCount(machine);
  const state = Math.floor(v / count);
  const index = v % count;
  return {
    state,
    reading: readingAt(machine.symbols.length, machine.tapes, index),
    halts: machine.halting[state] === true,
    transition: machine.table[state]?.[index] as MultiTapeTransition,
  };
}

/** E: the vertices that may follow a running vertex, with the number of tapes on which both have the same symbol. */
export function successors(machine: MultiTapeMachine, { reading, transition }: Vertex): [w: number, equal: number][] {
  const count = readingCount(machine);
  return Array.from({ length: count }, (_, index) => {
    const other = readingAt(machine.symbols.length, machine.tapes, index);
    return [transition.next * count + index, other.filter((symbol, i) => symbol === reading[i]).length];
  });
}

/** The first pair of vertices of which each may follow the other, or a vertex that may follow itself: (20) fails. */
export function backEdge(machine: MultiTapeMachine): readonly [v: number, w: number] | undefined {
  const count = readingCount(machine);
  const leadsTo = (v: number, state: number): boolean => {
    const { halts, transition } = vertexAt(machine, v);
    return !halts && transition.next === state;
  };
  for (let v = 0; v < vertexCount(machine); v++) {
    const { state, halts, transition } = vertexAt(machine, v);
    if (halts) continue;
    for (let index = 0; index < count; index++)
      if (leadsTo(transition.next * count + index, state)) return [v, transition.next * count + index];
  }
  return undefined;
}

/** The machine whose states carry a counter modulo 3, for (20); its delta_1 counts (amendment `tripling-type`). */
export function tripled(machine: MultiTapeMachine): MultiTapeMachine {
  const { states, halting, table } = machine;
  const copies = [0, 1, 2];
  return {
    ...machine,
    // A state's copies are side by side, so that the start is 0 again.
    states: states.flatMap((name) => copies.map((r) => `${name}.${r}`)),
    halting: halting.flatMap((halts) => copies.map(() => halts)),
    table: table.flatMap((row, q) =>
      copies.map((r) =>
        row.map((entry) => ({ ...entry, next: 3 * entry.next + (halting[q] === true ? r : (r + 1) % 3) })),
      ),
    ),
  };
}

/** (17): -(b^3 + b times the tapes with equal symbols) gamma. */
export function edgeWeight(b: number, gamma: number, equal: number): number {
  return -(b ** 3 + equal * b) * gamma;
}

/** The three conditions (18), in their order. */
export function conditions18(b: number, d: number): [boolean, boolean, boolean] {
  return [2 * b ** 3 >= b ** 3 + d * b, b ** 3 - 2 * d * b >= 4 * d * b ** 2, b ** 2 > b];
}

/** l_S as printed: weights of (17) on l_v^(1/4) and on (34). Needs (20), see backEdge. */
export function printedUnits(machine: MultiTapeMachine, b: number, gamma: number): ReluUnit[] {
  const units: ReluUnit[] = [];
  for (let v = 0; v < vertexCount(machine); v++) {
    const vertex = vertexAt(machine, v);
    if (vertex.halts) units.push(...hat(v, 4, -(b ** 3) * gamma));
    else
      for (const [w, equal] of successors(machine, vertex)) units.push(...profile(v, w, edgeWeight(b, gamma, equal)));
  }
  return units;
}

/**
 * The fan loss: at a running vertex v the value is `height`, at others 0. From v it falls by 4 k_w + height + 1 towards a successor
 * w, k_w = 1 + the tapes with equal symbols, and by height + 1 towards every other vertex. One ReLU,
 * ReLU((height + 1) x_v - 1 - sum of 4 k_w x_w); for a vertex that may follow itself two, so that staying is a successor, too.
 *
 * @param slope what one equal symbol is worth, 4 b gamma
 */
export function fanUnits(machine: MultiTapeMachine, height: number, slope: number): ReluUnit[] {
  const units: ReluUnit[] = [];
  for (let v = 0; v < vertexCount(machine); v++) {
    const vertex = vertexAt(machine, v);
    if (vertex.halts) continue;
    const after = new Map(successors(machine, vertex).map(([w, equal]) => [w, slope * (1 + equal)]));
    const own = after.get(v);
    if (own === undefined) {
      units.push(unitOf(1, -1, [...[...after].map(([w, k]) => [w, -k] as const), [v, height + 1]]));
      continue;
    }
    // Off v, the second one falls by `drop` less what a successor gains; as sums are 1, x_w = 1 - x_v for all others together.
    const drop = own + 2 * height;
    const gains = [...after].filter(([w]) => w !== v);
    units.push(unitOf(height + 1, -1, [[v, 2]]));
    units.push(unitOf(-1, -1 - drop, [...gains, [v, 2 + drop]]));
  }
  return units;
}

function unitOf(out: number, bias: number, entries: readonly (readonly [number, number])[]): ReluUnit {
  return { out, bias, entries: entries.filter(([, weight]) => weight !== 0).toSorted(([a], [b]) => a - b) };
}
