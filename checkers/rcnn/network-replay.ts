/**
 * The network of Definition 5 replayed by definition in big integers: memory layer, padding columns, L layers, head,
 * sum; its gradient; a step of Algorithm 1. The checkers' own, written apart from the engines of execution/.
 */
import { rational, type Rational } from "../../spec/exact/rational.js";
import { evaluateWithJacobian, type Network } from "../../spec/networks/network.js";
import { PADDING, toUnits, type CellCode } from "../../spec/rcnn/cell-code.js";
import { Work } from "../work.js";
import type { PatchEvaluator, PatchOutcome } from "./patch-evaluator.js";

/** The sizes: m + 1 rows, d + 1 main columns. */
export interface ReplayShape {
  readonly rows: number;
  readonly mainColumns: number;
  /** Padding columns. */
  readonly columns: number;
  readonly layers: number;
}

/** Cells or weights row by row, u-units. */
export type Units = readonly bigint[];

/** Thrown where the filter or the head has no integer value, or no gradient, at a point that occurs. */
export class NoValue extends Error {}

/** Thrown when more cells have been evaluated than the limit allows. */
export class OutOfBudget extends Error {}

/** The result of a roll-out: the grids until nothing changes any more, including the first. */
export interface ReplayedGrids {
  readonly grids: readonly Units[];
  /** Whether the last of them is known to stay as it is. */
  readonly settled: boolean;
}

/** To put together the patch around a cell and to look at the outcome. */
const STEPS_PER_CELL = 128;

/** To pass the derivative by a cell on, if it is 0. */
const STEPS_PER_DERIVATIVE = 16;

/**
 * A network of Definition 5 that is evaluated, differentiated and trained by definition, in u-units, within a number
 * of cells.
 */
export class NetworkReplay {
  readonly shape: ReplayShape;
  /** Cells evaluated so far. */
  cells = 0;
  readonly #evaluator: PatchEvaluator;
  readonly #head: Network;
  readonly #code: CellCode;
  readonly #padding: bigint;
  readonly #width: number;
  readonly #maxCells: number;
  readonly #work: Work;
  readonly #headAt = new Map<bigint, readonly [value: bigint, slope: bigint | undefined]>();

  /** @param head F = 3^(K-2) f-bar_head of u-units */
  constructor(
    evaluator: PatchEvaluator,
    head: Network,
    code: CellCode,
    shape: ReplayShape,
    maxCells: number = Infinity,
    work: Work = new Work(0, Infinity),
  ) {
    this.shape = shape;
    this.#evaluator = evaluator;
    this.#head = head;
    this.#code = code;
    this.#padding = toUnits(code, PADDING);
    this.#width = shape.mainColumns + shape.columns;
    this.#maxCells = maxCells;
    this.#work = work;
  }

  /** [W diag(z), 1] */
  memoryLayer(weights: Units, z: Units): bigint[] {
    const { rows, mainColumns } = this.shape;
    return Array.from({ length: rows * this.#width }, (_, k) => {
      const [row, column] = [Math.floor(k / this.#width), k % this.#width];
      if (column >= mainColumns) return this.#code.scale;
      return (weights[row * mainColumns + column] as bigint) * (z[column] as bigint);
    });
  }

  /**
   * Applies the L layers, evaluating only cells with a change around them. Grids that are kept may have this many cells
   * together as may be evaluated: a layer may change few of very many.
   *
   * @param keepAll keep every grid, not only the first and the last
   * @throws {NoValue | OutOfBudget}
   */
  rollOut(start: Units, keepAll: boolean): ReplayedGrids & { readonly layersRun: number } {
    const grids: Units[] = [start];
    let grid = [...start];
    let active: Iterable<number> = grid.keys();
    for (let layer = 1; layer <= this.shape.layers; layer++) {
      const changes: (readonly [cell: number, value: bigint])[] = [];
      for (const cell of active) {
        const { value } = this.#at(grid, cell);
        if (value !== grid[cell]) changes.push([cell, value]);
      }
      if (changes.length === 0) return { grids, settled: true, layersRun: layer - 1 };
      if (keepAll && (grids.length + 1) * grid.length > this.#maxCells) throw new OutOfBudget();
      this.#work.spend(keepAll ? grid.length : 0);
      grid = keepAll ? [...grid] : grid;
      for (const [cell, value] of changes) grid[cell] = value;
      if (keepAll || grids.length === 1) grids.push(grid);
      active = new Set(changes.flatMap(([cell]) => this.#around(cell)));
    }
    return { grids, settled: false, layersRun: this.shape.layers };
  }

  /** F summed over the main grid. @throws {NoValue} */
  output(grid: Units): bigint {
    return this.#mainCells().reduce((sum, cell) => sum + this.#headOf(grid[cell] as bigint)[0], 0n);
  }

  /** The derivative of the output by each weight; shape: rows x mainColumns. @throws {NoValue | OutOfBudget} */
  gradient({ grids }: ReplayedGrids, z: Units): bigint[] {
    const { rows, mainColumns, layers } = this.shape;
    const last = grids.at(-1) as Units;
    let upstream = last.map(() => 0n);
    for (const cell of this.#mainCells()) {
      const [, slope] = this.#headOf(last[cell] as bigint);
      if (slope === undefined) throw new NoValue("the head has no derivative at a cell of the last grid");
      upstream[cell] = slope;
    }
    for (let layer = layers; layer >= 1; layer--) {
      const before = Math.min(layer, grids.length) - 1;
      const downstream = this.#pullBack(grids[before] as Units, upstream);
      // The remaining layers of a settled grid are one linear map; what it keeps, it keeps forever.
      if (layer > grids.length && downstream.every((slope, cell) => slope === upstream[cell])) layer = grids.length;
      upstream = downstream;
    }
    return Array.from({ length: rows * mainColumns }, (_, k) => {
      const [row, column] = [Math.floor(k / mainColumns), k % mainColumns];
      return (upstream[row * this.#width + column] as bigint) * (z[column] as bigint);
    });
  }

  /** The cells of the main grid, row by row. */
  #mainCells(): number[] {
    const { rows, mainColumns } = this.shape;
    return Array.from(
      { length: rows * mainColumns },
      (_, k) => Math.floor(k / mainColumns) * this.#width + (k % mainColumns),
    );
  }

  #pullBack(grid: Units, upstream: Units): bigint[] {
    this.#work.spend(STEPS_PER_DERIVATIVE * upstream.length);
    const downstream = upstream.map(() => 0n);
    for (const [cell, derivative] of upstream.entries()) {
      if (derivative === 0n) continue;
      const { gradient } = this.#at(grid, cell);
      for (const [place, slope] of gradient.entries()) {
        const target = this.#neighbour(cell, Math.floor(place / 3) - 1, (place % 3) - 1);
        if (target !== undefined) downstream[target] = (downstream[target] as bigint) + slope * derivative;
      }
    }
    return downstream;
  }

  #at(grid: Units, cell: number): PatchOutcome {
    this.cells++;
    this.#work.spend(STEPS_PER_CELL);
    if (this.cells > this.#maxCells) throw new OutOfBudget();
    const patch = Array.from({ length: 9 }, (_, place) => {
      const at = this.#neighbour(cell, Math.floor(place / 3) - 1, (place % 3) - 1);
      return at === undefined ? this.#padding : (grid[at] as bigint);
    });
    const outcome = this.#evaluator.at(patch);
    if (typeof outcome === "string") throw new NoValue(`the filter has no outcome at a patch: ${outcome}`);
    return outcome;
  }

  #around(cell: number): number[] {
    return [-1, 0, 1].flatMap((r) =>
      [-1, 0, 1].flatMap((c) => {
        const at = this.#neighbour(cell, r, c);
        return at === undefined ? [] : [at];
      }),
    );
  }

  #neighbour(cell: number, rowOffset: number, columnOffset: number): number | undefined {
    const row = Math.floor(cell / this.#width) + rowOffset;
    const column = (cell % this.#width) + columnOffset;
    if (row < 0 || row >= this.shape.rows || column < 0 || column >= this.#width) return undefined;
    return row * this.#width + column;
  }

  #headOf(u: bigint): readonly [value: bigint, slope: bigint | undefined] {
    let pair = this.#headAt.get(u);
    if (pair === undefined) {
      const { value, jacobian, kink } = evaluateWithJacobian(this.#head, [rational(u)]);
      const f = integer(value[0] as Rational);
      if (f === undefined) throw new NoValue("the head has no integer value at a cell");
      pair = [f, kink ? undefined : integer((jacobian as [[Rational]])[0][0])];
      this.#headAt.set(u, pair);
    }
    return pair;
  }
}

function integer(value: Rational): bigint | undefined {
  return value.d === 1n ? value.s * value.n : undefined;
}
