/**
 * The sums of each layer of Definition 5 and how large they can get, forward and backward; float-bounds.ts says what for.
 *
 * Forward, V1 and V2 are bounded letter by letter; from V3 on, the places of a patch are taken to be at their worst all at
 * once. Backward, every gate that can be on is taken to be on.
 */
import type { AffineMap, Network } from "../../spec/networks/network.js";
import type { CellCode } from "../../spec/rcnn/cell-code.js";
import { DyadicSum, exactNumber, powerOfTwo } from "./dyadic-sum.js";
import type { FunctionTerm, UnivariateTables } from "./univariate-tables.js";

/** The largest sum of a kind, in units of its grid. */
export interface Worst {
  readonly name: string;
  readonly row: number;
  readonly grid: number;
  readonly size: number;
}

function worst(name: string, sums: readonly DyadicSum[]): Worst {
  let row = 0;
  for (const [k, sum] of sums.entries()) if (sum.units > (sums[row] as DyadicSum).units) row = k;
  const { grid, units } = sums[row] ?? new DyadicSum();
  return { name, row, grid, size: units };
}

/** V1 ... V5 forward. Both layouts form the same terms: in "taps", each row of V2 has its own copies of V1's units. */
export function filterForward(filter: Network, tables: UnivariateTables): Worst[] {
  const [v1, v2, , v4, v5] = filter.layers as [AffineMap, AffineMap, AffineMap, AffineMap, AffineMap];
  const first = v1.rows.map(() => new DyadicSum());
  const second = v2.rows.map(() => new DyadicSum());
  for (const place of tables.places) {
    for (const [unit, { weight, bias }] of place.units) {
      for (const x of place.letters) (first[unit] as DyadicSum).offer([weight * x, bias]);
    }
    for (const { row, terms } of place.functions) offerTerms(second[row] as DyadicSum, terms, place.letters);
  }
  const { sums, activation } = gateBounds(filter, tables);
  const third = sums.map(({ grid }) => grid);
  const fourth = affineBounds(v4, activation, third);
  const fifth = affineBounds(v5, ...sizesAndGrids(fourth));
  return [
    worst("V1 forward", first),
    worst("V2 forward", second),
    worst("V3 forward", sums),
    worst("V4 forward", fourth),
    worst("V5 forward", fifth),
  ];
}

/** Takes the sum of a row of V2 at every letter into account. */
function offerTerms(sum: DyadicSum, terms: readonly FunctionTerm[], letters: readonly number[]): void {
  for (const x of letters) {
    let size = 0;
    for (const { weight, bias, factor } of terms) {
      const pre = weight * x + bias;
      if (pre <= 0) continue;
      size += Math.abs(factor * pre);
      sum.onGridOf(factor * pre);
    }
    sum.size = Math.max(sum.size, size);
  }
}

/** The sums of V3, and the largest activation of each gate; 0 for a gate that is never on. */
function gateBounds(
  filter: Network,
  tables: UnivariateTables,
): { readonly sums: readonly DyadicSum[]; readonly activation: readonly number[] } {
  const biases = (filter.layers[2] as AffineMap).rows.map(({ bias }) => exactNumber(bias));
  const sums = biases.map((bias) => new DyadicSum([bias]));
  const most = [...biases];
  for (const { samples } of tables.places) {
    const largestSize = new Float64Array(sums.length);
    const largestSum = new Float64Array(sums.length).fill(-Infinity);
    for (const atLetter of samples) {
      const size = new Float64Array(sums.length);
      const sum = new Float64Array(sums.length);
      for (const { row, value } of atLetter) {
        for (const [gate, weight] of tables.readers[row] as UnivariateTables["readers"][number]) {
          const term = weight * value;
          (sums[gate] as DyadicSum).onGridOf(term);
          sum[gate] = (sum[gate] as number) + term;
          size[gate] = (size[gate] as number) + Math.abs(term);
        }
      }
      for (let gate = 0; gate < sums.length; gate++) {
        largestSize[gate] = Math.max(largestSize[gate] as number, size[gate] as number);
        largestSum[gate] = Math.max(largestSum[gate] as number, sum[gate] as number);
      }
    }
    for (const [gate, sum] of sums.entries()) {
      sum.grow(largestSize[gate] as number);
      most[gate] = (most[gate] as number) + (largestSum[gate] as number);
    }
  }
  return { sums, activation: most.map((value) => Math.max(0, value)) };
}

/** Bounds of an affine layer whose inputs are at most `size` and multiples of `grid`. */
function affineBounds(layer: AffineMap, size: readonly number[], grid: readonly number[]): DyadicSum[] {
  return layer.rows.map((row) => {
    const sum = new DyadicSum([exactNumber(row.bias)]);
    for (const [column, weight] of row.entries) {
      const w = exactNumber(weight);
      if (size[column] === 0) continue;
      sum.onGridOf(powerOfTwo(w) * (grid[column] as number));
      sum.grow(Math.abs(w) * (size[column] as number));
    }
    return sum;
  });
}

/** The head at every cell value, and the sum over the main grid. */
export function headForward(head: Network, letters: readonly number[], cells: number): Worst[] {
  const [u2, u1] = head.layers as [AffineMap, AffineMap];
  const hidden = u2.rows.map(() => new DyadicSum());
  const output = new DyadicSum();
  let largest = 0;
  let grid = 0;
  for (const x of letters) {
    const pre = u2.rows.map(({ bias, entries }) => {
      const terms = [exactNumber(bias), ...entries.map(([, weight]) => exactNumber(weight) * x)];
      return [terms, terms.reduce((a, b) => a + b, 0)] as const;
    });
    for (const [k, [terms]] of pre.entries()) (hidden[k] as DyadicSum).offer(terms);
    const row = u1.rows[0] as AffineMap["rows"][number];
    const terms = [
      exactNumber(row.bias),
      ...row.entries.map(
        ([column, weight]) => exactNumber(weight) * Math.max(0, (pre[column] as (typeof pre)[number])[1]),
      ),
    ];
    output.offer(terms);
    const value = terms.reduce((a, b) => a + b, 0);
    largest = Math.max(largest, Math.abs(value));
    if (value !== 0) grid = grid === 0 ? powerOfTwo(value) : Math.min(grid, powerOfTwo(value));
  }
  const sum = new DyadicSum();
  sum.onGridOf(grid);
  sum.grow(cells * largest);
  return [
    worst("head U2 forward", hidden),
    worst("head U1 forward", [output]),
    worst(`sum over ${cells} cells`, [sum]),
  ];
}

/** V5 ... V1 backward, for a derivative of at most 1 by the output, at patches of the given tables. */
export function filterBackward(filter: Network, tables: UnivariateTables, layout: "dense" | "taps"): Worst[] {
  const [, v2, v3, v4, v5] = filter.layers as [AffineMap, AffineMap, AffineMap, AffineMap, AffineMap];
  const byTerm = transposedBounds(v5, [1], [1]);
  const byGate = transposedBounds(v4, ...sizesAndGrids(byTerm));
  const { activation } = gateBounds(filter, tables);
  const byOpenGate = byGate.map((sum, gate) => (activation[gate] === 0 ? new DyadicSum() : sum));
  const byFunction = transposedBounds(v3, ...sizesAndGrids(byOpenGate));
  const bounds = [worst("V5 backward", byTerm), worst("V4 backward", byGate), worst("V3 backward", byFunction)];
  if (layout === "taps") {
    const [byRead, byCell] = tapsBackward(tables, byFunction);
    return [...bounds, worst("V2 and V1 backward, by function", byRead), worst("V1 backward, by cell", [byCell])];
  }
  const byUnit = transposedBounds(v2, ...sizesAndGrids(byFunction));
  return [...bounds, worst("V2 backward", byUnit), worst("V1 backward", [unitsBackward(tables, byUnit)])];
}

/** Per row of V2 the sum over its own units, then per cell the sum over the rows; a row without slope passes an exact 0. */
function tapsBackward(tables: UnivariateTables, byFunction: readonly DyadicSum[]): [DyadicSum[], DyadicSum] {
  const byRead = byFunction.map(() => new DyadicSum());
  const byCell = new DyadicSum();
  for (const { functions, letters, samples } of tables.places) {
    for (const { row, terms } of functions) {
      const { size, grid } = byFunction[row] as DyadicSum;
      if (size === 0) continue;
      for (const x of letters) {
        const on = terms.filter(({ weight, bias }) => weight * x + bias > 0);
        (byRead[row] as DyadicSum).offerScaled(
          on.map(({ weight, factor }) => weight * factor),
          size,
          grid,
        );
      }
    }
    let most = 0;
    for (const atLetter of samples) {
      let total = 0;
      for (const { row, slope } of atLetter) {
        const { size, grid } = byFunction[row] as DyadicSum;
        if (slope === 0 || size === 0) continue;
        total += Math.abs(slope) * size;
        byCell.onGridOf(powerOfTwo(slope) * grid);
      }
      most = Math.max(most, total);
    }
    byCell.grow(most);
  }
  return [byRead, byCell];
}

/** Per cell the sum over all first-layer units that are on, over the nine patches that hold the cell. */
function unitsBackward(tables: UnivariateTables, byUnit: readonly DyadicSum[]): DyadicSum {
  const byCell = new DyadicSum();
  for (const { units, letters } of tables.places) {
    let most = 0;
    for (const x of letters) {
      let total = 0;
      for (const [unit, { weight, bias }] of units) {
        const { size, grid } = byUnit[unit] as DyadicSum;
        if (weight * x + bias <= 0 || size === 0) continue;
        total += Math.abs(weight) * size;
        byCell.onGridOf(powerOfTwo(weight) * grid);
      }
      most = Math.max(most, total);
    }
    byCell.grow(most);
  }
  return byCell;
}

/** Bounds of the transpose of a layer, applied to derivatives of at most `size` that are multiples of `grid`. */
function transposedBounds(layer: AffineMap, size: readonly number[], grid: readonly number[]): DyadicSum[] {
  const sums = Array.from({ length: layer.inputs }, () => new DyadicSum());
  for (const [r, row] of layer.rows.entries()) {
    if (size[r] === 0) continue;
    for (const [column, weight] of row.entries) {
      const w = exactNumber(weight);
      const sum = sums[column] as DyadicSum;
      sum.onGridOf(powerOfTwo(w) * (grid[r] as number));
      sum.grow(Math.abs(w) * (size[r] as number));
    }
  }
  return sums;
}

function sizesAndGrids(sums: readonly DyadicSum[]): [sizes: number[], grids: number[]] {
  return [sums.map(({ size }) => size), sums.map(({ grid }) => grid)];
}

/** W diag(z): one product each, |W| at most u of 1/3. */
export function memoryForward(code: CellCode): Worst {
  return worst("memory layer forward", [new DyadicSum([Number(code.scale / 3n)])]);
}

/** Head and memory layer backward, and the step of SGD: W - 6 (F - Y) z, with |W| at most u of 1/3 and F, Y at most 3^(K-2). */
export function memoryBackward(code: CellCode, head: Network): Worst[] {
  const [u2, u1] = head.layers as [AffineMap, AffineMap];
  const byHidden = transposedBounds(u1, [1], [1]);
  const byInput = transposedBounds(u2, ...sizesAndGrids(byHidden));
  const label = Number(code.scale / 18n);
  const third = Number(code.scale / 3n);
  const residual = new DyadicSum([label, label]);
  const update = new DyadicSum([third, 6 * 2 * label]);
  return [
    worst("head U1 backward", byHidden),
    worst("head U2 backward", byInput),
    worst("memory layer backward", [new DyadicSum([1])]),
    worst("F - Y", [residual]),
    worst("update of W", [update]),
  ];
}
