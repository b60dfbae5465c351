/** Algorithm 1 and predictions, replayed on f-bar and f-bar_head, which filter and head have been found to be. */
import { reject, type LearningCode } from "./rcnn-codes.js";
import { layersOf, rollOut, type CellCount, type Layers } from "./rcnn-grid.js";
import type { Cells, Letter } from "./rcnn-machine.js";

/** f-bar and F of a machine, as tables of its letters. */
export interface Learner {
  readonly from: Layers;
  /** The u-units in one x-unit. */
  readonly one: bigint;
  readonly head: readonly HeadAt[];
}

/** The tables of f-bar and F for a machine's cells. */
export function learnerOf(cells: Cells): Learner {
  const [from, one] = [layersOf(cells), cells.unit(0)];
  return { from, one, head: headTable(from.letters, one) };
}

/** F at a letter and its derivative, undefined at a kink. */
export type HeadAt = readonly [value: number, slope: number | undefined];

/** d, m, the number of padding columns, and that of layers L. */
export interface Size {
  readonly d: number;
  readonly m: number;
  readonly columns: number;
  readonly layers: number;
}

/** An example: d numbers +-1 and the label. */
export type Example = readonly [x: readonly number[], label: number];

/**
 * The values of F in u-units at each letter, and its derivatives, undefined at a kink. As doubles all of these, and
 * sums of 1,000,000 of them, are exact: they are integers of at most omega / 9, and omega < 2^26.
 */
function headTable(letters: readonly Letter[], one: bigint): HeadAt[] {
  return letters.map(({ u }) => {
    if (u === -one / 6n || u === 0n || u === one / 9n || u === one / 6n) return [Number(headAt(u, one)), undefined];
    return [Number(headAt(u, one)), Number(headAt(u + 1n, one) - headAt(u, one))];
  });
}

/** F = 3^(K-2) f-bar_head of u-units, which is continuous and has slopes 0, 1, -1, 1, 0. */
function headAt(u: bigint, one: bigint): bigint {
  if (u <= -one / 6n) return -one / 18n;
  if (u <= 0n) return u + one / 9n;
  if (u <= one / 9n) return one / 9n - u;
  return u <= one / 6n ? u - one / 9n : one / 18n;
}

/** Grids and outputs for a matrix of signs: 0, 1 or -1 in units of omega / 3, m + 1 rows of d + 1. */
interface Run {
  readonly start: Int32Array;
  readonly isMain: (cell: number) => boolean;
}

function memoryLayer({ from, one }: Learner, { d, m, columns }: Size, w: Int8Array, z: readonly number[]): Run {
  const width = d + 1 + columns;
  const numbers = [-1n, 0n, 1n].map((sign) => from.numberOf((sign * one) / 3n));
  const start = new Int32Array((m + 1) * width).fill(from.numberOf(one));
  for (let i = 0; i <= m; i++) {
    for (let j = 0; j <= d; j++)
      start[i * width + j] = numbers[1 + (w[i * (d + 1) + j] as number) * (z[j] as number)] as number;
  }
  return { start, isMain: (cell) => cell % width <= d };
}

/**
 * Replays Algorithm 1. Each step must find F = 0 and all main cells -omega/9, and leave y z omega/3 in its row and all
 * others as they were; if not, the check ends with `code`. Gives W in units of omega/3.
 */
export function train(
  learner: Learner,
  size: Size,
  examples: readonly Example[],
  count: CellCount,
  code: LearningCode,
): Int8Array {
  const { d, m, columns, layers } = size;
  const { from, one, head } = learner;
  const [third, ninth, eighteenth] = [Number(one / 3n), Number(one / 9n), Number(one / 18n)];
  const remembered = from.numberOf(BigInt(-ninth));
  const w = new Int8Array((m + 1) * (d + 1));
  const dummy: Example = [Array.from({ length: d }, () => 1), 1];
  for (const [step, [x, label]] of [...examples, dummy].entries()) {
    const fail = (message: string): never => reject(code, `step ${step + 1}`, message);
    const z = [...x, 1];
    const { start, isMain } = memoryLayer(learner, size, w, z);
    const { grid, lastChange, settles, lastFlat } = rollOut(from, start, d + 1 + columns, layers, count);
    let output = 0;
    const slopes = new Map<number, number>();
    for (const [cell, letter] of grid.entries()) {
      if (!isMain(cell)) continue;
      if (letter !== remembered) fail(`cell ${cell} of the last grid is not -1/9`);
      const [value, slope] = head[letter] as HeadAt;
      output += value;
      if (slope === undefined) fail("the head has a kink at a cell of the last grid");
      else if (slope !== 0) slopes.set(cell, slope);
    }
    if (output !== 0) fail(`the output is ${output}`);
    count.cells += wayBack(
      [...slopes.keys()].map((cell) => lastFlat[cell] as number),
      layers,
      lastChange,
      settles,
    );
    for (let i = 0; i <= m; i++) {
      for (let j = 0; j <= d; j++) {
        const cell = i * (d + 1 + columns) + j;
        const slope = lastFlat[cell] === 0 ? (slopes.get(cell) ?? 0) : 0;
        const at = i * (d + 1) + j;
        // W - 6 (F - Y) g, where Y = label * omega / 18.
        const after = (w[at] as number) * third - 6 * (output - label * eighteenth) * slope * (z[j] as number);
        const wanted = i === step ? label * (z[j] as number) : (w[at] as number);
        if (after !== wanted * third) fail(`the weight in row ${i}, column ${j} becomes ${after}`);
        w[at] = wanted;
      }
    }
  }
  return w;
}

/**
 * The cells of the way back: for each layer, from the last one on, those by which the output has a derivative after it.
 * The layers beyond the last one that changed the grid are all the same, so once one leaves the derivatives as they
 * are, the others do.
 *
 * @param lastFlat of each cell that the head has a derivative by
 */
function wayBack(lastFlat: readonly number[], layers: number, lastChange: number, settles: number | null): number {
  const after = (layer: number): number => lastFlat.filter((flat) => flat <= layer).length;
  const rising = lastFlat.toSorted((a, b) => a - b);
  let cells = 0;
  let layer = layers;
  if (settles !== null) {
    cells += after(layer);
    const isSteady = after(layer - 1) === after(layer);
    if (!isSteady && layer - 1 > lastChange) cells += after(layer - 1);
    layer = lastChange;
  }
  // The sum over the layers 1 ... layer of the number of cells whose last flat layer is not later.
  for (const flat of rising) if (flat <= layer) cells += layer - Math.max(flat, 1) + 1;
  return cells;
}

/** The network's answer at a point. */
export interface Prediction {
  readonly f: string;
  readonly answer: "+" | "-" | null;
  readonly settles: number | null;
}

/** Rolls out a point. */
export function predict(
  learner: Learner,
  size: Size,
  w: Int8Array,
  x: readonly number[],
  isHalting: (state: number) => boolean,
  count: CellCount,
): Prediction {
  const { from, one, head } = learner;
  const { start, isMain } = memoryLayer(learner, size, w, [...x, 1]);
  const { grid, settles } = rollOut(from, start, size.d + 1 + size.columns, size.layers, count);
  let output = 0;
  const heads: number[] = [];
  for (const [cell, letter] of grid.entries()) {
    const { state } = from.letters[letter] as Letter;
    if (state !== undefined) heads.push(state);
    if (isMain(cell)) output += (head[letter] as HeadAt)[0];
  }
  const f = quotient(BigInt(output) * 18n, one);
  const isAnswer = heads.length === 1 && isHalting(heads[0] as number) && (f === "1" || f === "-1");
  return { f, answer: isAnswer ? (f === "1" ? "+" : "-") : null, settles };
}

/** n / d in its one spelling; d > 0. */
function quotient(n: bigint, d: bigint): string {
  let [a, b] = [n < 0n ? -n : n, d];
  while (b !== 0n) [a, b] = [b, a % b];
  return d === a ? String(n / a) : `${n / a}/${d / a}`;
}
