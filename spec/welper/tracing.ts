/**
 * The loss (21) with tape and head, its gradient with stop-gradients, and the descent (22): real gradients of a real network, in
 * integers. Symbols are vectors in R^k: one number, -1 or 1, for two symbols, else unit vectors (amendment `unit-vectors`).
 */
import { MOVES, type Move } from "../machines/machine.js";
import { movedHead } from "./tapes.js";
import { atVertex, type ReluUnit } from "./relu-loss.js";

/** A linear map from R^V, by rows of [vertex, weight]; vertices rise. */
export type ReadOut = readonly (readonly (readonly [vertex: number, weight: number])[])[];

/** What the loss consists of. */
export interface TracingNetwork {
  /** |V| */
  readonly vertices: number;
  /** d */
  readonly tapes: number;
  readonly readOnly: readonly number[];
  /** c */
  readonly constant: number;
  /** l_S */
  readonly units: readonly ReluUnit[];
  /** The vector of each symbol; shape: symbols x k. */
  readonly codes: readonly (readonly number[])[];
  /** The symbols of a vertex, and those that it writes; shape: d k x |V|, tape by tape. */
  readonly read: ReadOut;
  readonly write: ReadOut;
  /** S: which of the five moves each head makes, as a unit vector in the order of MOVES; shape: 5 d x |V|. */
  readonly move: ReadOut;
  /** The factors of the three squares: gamma, 4 b^2 gamma, gamma. */
  readonly factors: { readonly write: number; readonly read: number; readonly move: number };
}

/** T and H of one tape. */
export interface TapeVariable {
  readonly rows: number;
  readonly columns: number;
  /** T_i; shape: cells x k. */
  readonly content: readonly (readonly number[])[];
  /** H_i; shape: cells. */
  readonly head: readonly number[];
}

/** The variables that are trained: x in the simplex, and T, H of each tape. */
export interface TracingPoint {
  /** shape: |V| */
  readonly x: readonly number[];
  readonly tapes: readonly TapeVariable[];
}

/** Values of the four parts of the loss. */
export interface TracingParts {
  readonly control: number;
  readonly write: number;
  readonly read: number;
  readonly move: number;
}

/** The loss, its parts, and its gradient at a point; a tape's gradients have the shapes of its variables. */
export interface TracingGradient {
  readonly loss: number;
  readonly parts: TracingParts;
  readonly x: readonly number[];
  readonly tapes: readonly { readonly content: readonly (readonly number[])[]; readonly head: readonly number[] }[];
}

/** Thrown where a ReLU is exactly at its kink: there is no gradient. */
export class AtKink extends Error {
  readonly unit: number;
  constructor(unit: number) {
    super(`ReLU ${unit} is at its kink`);
    this.name = "AtKink";
    this.unit = unit;
  }
}

/** The value of a read-out. */
export function readOut(map: ReadOut, x: readonly number[]): number[] {
  return map.map((row) => row.reduce((sum, [v, weight]) => sum + weight * (x[v] as number), 0));
}

/** [S(x) H]_i = sum of x's share of a move times the heads that it brings to cell i (amendments `clamped-shift`, `shift-sign`). */
export function shiftedHead({ rows, columns, head }: TapeVariable, shares: readonly number[]): number[] {
  const shifted = head.map(() => 0);
  for (const [m, share] of shares.entries()) {
    if (share === 0) continue;
    for (const [j, value] of head.entries()) {
      if (value === 0) continue;
      const i = movedHead({ rows, columns, head: j }, MOVES[m] as Move);
      shifted[i] = (shifted[i] as number) + share * value;
    }
  }
  return shifted;
}

/** sum over cells of weights[i] content[i], a vector in R^k. */
export function under(content: readonly (readonly number[])[], weights: readonly number[], k: number): number[] {
  const sum = Array.from({ length: k }, () => 0);
  for (const [i, weight] of weights.entries()) {
    if (weight === 0) continue;
    for (let j = 0; j < k; j++) sum[j] = (sum[j] as number) + weight * (content[i]?.[j] as number);
  }
  return sum;
}

/**
 * The loss and its gradient at a point. Stopped, as in (21): H and the written symbols in the first square, the whole read target
 * in the second, the shifted head in the third. The target is read from the tape as it is after writing (amendment `stay-reads`).
 *
 * @throws {AtKink} where a ReLU of l_S is at its kink
 */
export function tracingGradient(network: TracingNetwork, { x, tapes }: TracingPoint): TracingGradient {
  const k = (network.codes[0] as readonly number[]).length;
  const { factors } = network;
  const gradient = x.map(() => 0);
  let control = network.constant;
  for (const [u, { out, bias, entries }] of network.units.entries()) {
    const inner = entries.reduce((sum, [v, weight]) => sum + weight * (x[v] as number), bias);
    if (inner === 0) throw new AtKink(u);
    if (inner < 0) continue;
    control += out * inner;
    for (const [v, weight] of entries) gradient[v] = (gradient[v] as number) + out * weight;
  }
  const written = readOut(network.write, x);
  const seen = readOut(network.read, x);
  const shares = readOut(network.move, x);
  const parts = { control, write: 0, read: 0, move: 0 };
  const variables = tapes.map((tape, i) => {
    const { content, head } = tape;
    const target = written.slice(i * k, (i + 1) * k);
    const error = under(content, head, k).map((value, j) => value - (target[j] as number));
    const shifted = shiftedHead(tape, shares.slice(5 * i, 5 * i + 5));
    const after = content.map((cell, c) => cell.map((value, j) => value - (head[c] as number) * (error[j] as number)));
    const read = under(after, shifted, k);
    for (let j = 0; j < k; j++) {
      const difference = (seen[i * k + j] as number) - (read[j] as number);
      parts.read += (factors.read * difference ** 2) / 2;
      for (const [v, weight] of network.read[i * k + j] ?? [])
        gradient[v] = (gradient[v] as number) + factors.read * difference * weight;
    }
    const moved = head.map((value, c) => value - (shifted[c] as number));
    parts.write += (factors.write * error.reduce((sum, value) => sum + value ** 2, 0)) / 2;
    parts.move += (factors.move * moved.reduce((sum, value) => sum + value ** 2, 0)) / 2;
    return {
      content: head.map((value) => error.map((one) => factors.write * value * one)),
      head: moved.map((value) => factors.move * value),
    };
  });
  return { loss: parts.control + parts.write + parts.read + parts.move, parts, x: gradient, tapes: variables };
}

/** The vertices of the simplex at which <gradient, .> is least: what Frank-Wolfe (14) chooses among. */
export function minimizers(gradient: readonly number[]): number[] {
  const least = Math.min(...gradient);
  return gradient.flatMap((value, v) => (value === least ? [v] : []));
}

/** A fixed rate numerator / denominator; (22) has 1 / gamma for T and for H. */
export interface Rate {
  readonly numerator: number;
  readonly denominator: number;
}

/** The rates of T and H. */
export interface TracingRates {
  readonly content: Rate;
  readonly head: Rate;
}

/** A variable after a step: value - rate * gradient, exact where the denominator divides. */
export function stepped(value: number, { numerator, denominator }: Rate, gradient: number): number {
  return value - (numerator * gradient) / denominator;
}

/**
 * One step of (22) with Frank-Wolfe: x goes to the least vertex, T and H along their gradients; read-only tapes keep their T.
 *
 * @throws {RangeError} if the least vertex is not unique
 */
export function descend(network: TracingNetwork, rates: TracingRates, point: TracingPoint): TracingPoint {
  const gradient = tracingGradient(network, point);
  const least = minimizers(gradient.x);
  if (least.length !== 1) throw new RangeError(`descend: expected one least vertex, got ${least.length}`);
  return {
    x: point.x.map((_, v) => (v === least[0] ? 1 : 0)),
    tapes: point.tapes.map((tape, i) => {
      const { content, head } = gradient.tapes[i] as (typeof gradient.tapes)[number];
      const writable = !network.readOnly.includes(i);
      return {
        ...tape,
        content: writable
          ? tape.content.map((cell, c) =>
              cell.map((value, j) => stepped(value, rates.content, content[c]?.[j] as number)),
            )
          : tape.content,
        head: tape.head.map((value, c) => stepped(value, rates.head, head[c] as number)),
      };
    }),
  };
}

/** The point of a configuration: x = e_v, the symbols' vectors, and indicators of the heads. */
export function pointOf(
  { vertices, codes }: TracingNetwork,
  vertex: number,
  tapes: readonly {
    readonly rows: number;
    readonly columns: number;
    readonly cells: readonly number[];
    readonly head: number;
  }[],
): TracingPoint {
  return {
    x: Array.from({ length: vertices }, (_, v) => (v === vertex ? 1 : 0)),
    tapes: tapes.map(({ rows, columns, cells, head }) => ({
      rows,
      columns,
      content: cells.map((symbol) => codes[symbol] as readonly number[]),
      head: cells.map((_, c) => (c === head ? 1 : 0)),
    })),
  };
}

/** Whether any ReLU is at its kink at a vertex; the first, if so. */
export function kinkAtVertex(units: readonly ReluUnit[], vertex: number): number | undefined {
  const unit = units.findIndex((one) => atVertex(one, vertex) === 0);
  return unit < 0 ? undefined : unit;
}
