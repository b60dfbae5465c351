/**
 * The descent (22) in exact integers, one step after the other: the gradient of the whole loss at a vertex, Frank-Wolfe among all
 * vertices, T and H along their gradients. ReLUs that are on at a vertex are listed once; nothing else is known beforehand.
 */
import { MOVES, type Move } from "../../spec/machines/machine.js";
import { atVertex } from "../../spec/welper/relu-loss.js";
import { movedHead, type Tape } from "../../spec/welper/tapes.js";
import { readOut, type TracingNetwork } from "../../spec/welper/tracing.js";

/** T and H of a tape while it is trained. */
interface DescentTape {
  readonly rows: number;
  readonly columns: number;
  /** shape: cells x k */
  readonly content: Int32Array;
  /** The cells at which H is not 0, with their numbers. */
  head: Map<number, number>;
}

/** Per vertex: the gradient of l_S, and what the read-outs say. */
interface VertexData {
  readonly value: number;
  readonly gradient: readonly number[];
  readonly read: readonly number[];
  readonly write: readonly number[];
  readonly move: readonly number[];
}

/** The least vertex of a step was not unique, or a ReLU was at its kink: never so with an accepted certificate. */
export class NoStep extends Error {
  override readonly name: string = "NoStep";
}

/** A run of descent. */
export class IntegerDescent {
  readonly network: TracingNetwork;
  readonly tapes: readonly DescentTape[];
  /** x = e_v */
  vertex: number;
  readonly #k: number;
  readonly #data = new Map<number, VertexData>();

  constructor(network: TracingNetwork, vertex: number, tapes: readonly Tape[]) {
    this.network = network;
    this.vertex = vertex;
    this.#k = network.codes[0]?.length ?? 0;
    this.tapes = tapes.map(({ rows, columns, cells, head }) => ({
      rows,
      columns,
      content: Int32Array.from(cells.flatMap((symbol) => network.codes[symbol] ?? [])),
      head: new Map([[head, 1]]),
    }));
  }

  /** One step, with the rates 1 / gamma = 1. @returns the loss before it */
  step(): number {
    const { factors, readOnly } = this.network;
    const k = this.#k;
    const data = this.#dataOf(this.vertex);
    const gradient = [...data.gradient];
    let twice = 2 * data.value;
    for (const [i, tape] of this.tapes.entries()) {
      const error = Array.from({ length: k }, (_, j) => sumUnder(tape, k, j) - (data.write[i * k + j] as number));
      const shifted = shiftedHead(tape, data.move.slice(5 * i, 5 * i + 5));
      for (let j = 0; j < k; j++) {
        let target = 0;
        for (const [c, weight] of shifted)
          target += weight * ((tape.content[c * k + j] as number) - (tape.head.get(c) ?? 0) * (error[j] as number));
        const difference = (data.read[i * k + j] as number) - target;
        twice += factors.read * difference ** 2 + factors.write * (error[j] as number) ** 2;
        if (difference === 0) continue;
        for (const [v, weight] of this.network.read[i * k + j] ?? [])
          gradient[v] = (gradient[v] as number) + factors.read * difference * weight;
      }
      for (const c of new Set([...tape.head.keys(), ...shifted.keys()]))
        twice += factors.move * ((tape.head.get(c) ?? 0) - (shifted.get(c) ?? 0)) ** 2;
      if (!readOnly.includes(i)) {
        for (const [c, weight] of tape.head)
          for (let j = 0; j < k; j++)
            tape.content[c * k + j] =
              (tape.content[c * k + j] as number) - factors.write * weight * (error[j] as number);
      }
      tape.head = descendHead(tape.head, shifted, factors.move);
    }
    this.vertex = leastOf(gradient, this.vertex);
    return twice / 2;
  }

  #dataOf(vertex: number): VertexData {
    const known = this.#data.get(vertex);
    if (known !== undefined) return known;
    const { vertices, units, constant, read, write, move } = this.network;
    const gradient = Array.from({ length: vertices }, () => 0);
    let value = constant;
    for (const [u, unit] of units.entries()) {
      const at = atVertex(unit, vertex);
      if (at === 0) throw new NoStep(`ReLU ${u} is at its kink at vertex ${vertex}`);
      if (at < 0) continue;
      value += unit.out * at;
      for (const [w, weight] of unit.entries) gradient[w] = (gradient[w] as number) + unit.out * weight;
    }
    const x = Array.from({ length: vertices }, (_, v) => (v === vertex ? 1 : 0));
    const data = { value, gradient, read: readOut(read, x), write: readOut(write, x), move: readOut(move, x) };
    this.#data.set(vertex, data);
    return data;
  }
}

function sumUnder({ content, head }: DescentTape, k: number, j: number): number {
  let sum = 0;
  for (const [c, weight] of head) sum += weight * (content[c * k + j] as number);
  return sum;
}

function shiftedHead({ rows, columns, head }: DescentTape, shares: readonly number[]): Map<number, number> {
  const shifted = new Map<number, number>();
  for (const [m, share] of shares.entries()) {
    if (share === 0) continue;
    for (const [c, weight] of head) {
      const to = movedHead({ rows, columns, head: c }, MOVES[m] as Move);
      shifted.set(to, (shifted.get(to) ?? 0) + share * weight);
    }
  }
  return shifted;
}

function descendHead(
  head: ReadonlyMap<number, number>,
  shifted: ReadonlyMap<number, number>,
  factor: number,
): Map<number, number> {
  const next = new Map<number, number>();
  for (const c of new Set([...head.keys(), ...shifted.keys()])) {
    const value = head.get(c) ?? 0;
    const after = value - factor * (value - (shifted.get(c) ?? 0));
    if (after !== 0) next.set(c, after);
  }
  return next;
}

/** The vertex at which a gradient is least. @throws {NoStep} if there are several */
function leastOf(gradient: readonly number[], vertex: number): number {
  let least = 0;
  let ties = 0;
  for (const [v, value] of gradient.entries()) {
    const other = gradient[least] as number;
    if (v > 0 && value === other) ties++;
    if (value < other) [least, ties] = [v, 0];
  }
  if (ties > 0) throw new NoStep(`vertex ${vertex}: the least vertex is not unique`);
  return least;
}
