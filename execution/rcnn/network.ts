/**
 * The network of Definition 5 in exact integers: memory layer, padding columns of ones, L applications of the filter to
 * every 3x3 patch, head, sum over the main grid; forward, and backward to the memory layer.
 *
 * Everything is in u-units (u = 2 * 3^K * x; the output is F = 3^(K-2) f). Values and derivatives come from the
 * matrices of filter and head alone (IntegerNetwork). Three things save time and change nothing: a patch that was
 * evaluated before has the value and the gradient it had then; a cell whose patch did not change keeps its value; and
 * once a layer changes no cell, no later layer will.
 */
import type { Network } from "../../spec/networks/network.js";
import type { CellCode } from "../../spec/rcnn/cell-code.js";
import { PLACES } from "../../spec/rcnn/patch.js";
import { IntegerNetwork } from "./integer-network.js";

/** The parts of the network; filter and readout in u-units. */
export interface RcnnParts {
  readonly code: CellCode;
  /** Nine inputs in the order of vec(z), one output. */
  readonly filter: Network;
  /** One input, one output: F = 3^(K-2) f-bar_head. */
  readonly head: Network;
}

/** The sizes of Definition 5; the grid has m + 1 rows and d + 1 + columns columns. */
export interface RcnnShape {
  /** Coordinates of a point. */
  readonly d: number;
  /** Examples, the dummy sample not counted. */
  readonly m: number;
  /** Padding columns of ones; the paper's l, which there is also the number of layers. */
  readonly columns: number;
  /** L: how often the filter is applied. */
  readonly layers: number;
}

/** Rows and columns of the grid and of its main part, which holds the data. */
export interface GridSize {
  readonly rows: number;
  /** Padding columns included. */
  readonly columns: number;
  /** d + 1: columns of the main grid. */
  readonly mainColumns: number;
}

/** The weights of the memory layer, row-major; shape: (m + 1) x (d + 1), u-units. */
export type MemoryWeights = Float64Array;

/** A pass through all L layers. */
export interface ForwardPass {
  /**
   * Cells after 0, 1, 2, ... layers, row-major with padding columns; if the grid stops changing, only up to the first
   * layer after which nothing changes. Shape of each: rows x columns, u-units.
   */
  readonly grids: readonly Float64Array[];
  /** F summed over the main grid after all L layers. */
  readonly output: number;
}

/** The derivative of the output by each weight of the memory layer, beside the pass it was taken in. */
export interface BackwardPass extends ForwardPass {
  /** Shape: (m + 1) x (d + 1). */
  readonly gradient: Float64Array;
}

/** The result of a roll-out. */
export interface RollOut {
  /** The grid after all L layers; shape: rows x columns, u-units. */
  readonly grid: Float64Array;
  readonly output: number;
  /** After how many layers the grid stopped changing; undefined if the last layer still changed it. */
  readonly settled: number | undefined;
}

/** The size of the grid of a network of the given shape. */
export function gridSize({ d, m, columns }: RcnnShape): GridSize {
  return { rows: m + 1, columns: d + 1 + columns, mainColumns: d + 1 };
}

/**
 * Asserts that a shape has at least one example, one coordinate, one padding column and one layer, all integers.
 *
 * @throws {RangeError} "caller: expected ..."
 */
export function assertShape(shape: RcnnShape, caller: string): void {
  for (const key of ["d", "m", "columns", "layers"] as const) {
    const value = shape[key];
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new RangeError(`${caller}: expected ${key} to be an integer of at least 1, got ${value}`);
    }
  }
}

/** A patch as the filter sees it: value and, once asked for, partial derivatives. */
interface PatchRecord {
  readonly cells: Float64Array;
  readonly value: number;
  gradient: Float64Array | undefined;
}

/** The network of Definition 5 with given filter and head, in exact integers. */
export class ExactRcnn {
  readonly shape: RcnnShape;
  readonly size: GridSize;
  readonly #filter: IntegerNetwork;
  readonly #head: IntegerNetwork;
  /** u of 1, the content of the padding columns. */
  readonly #one: number;
  /** u of p, beyond the edge. */
  readonly #padding: number;
  /** Places of the patch that the filter reads, as [place, row offset, column offset]. */
  readonly #reads: readonly (readonly [place: number, row: number, column: number])[];
  /** Patches evaluated so far: a tree of cell values, one level for each place that is read. */
  readonly #patches = new Map<number, unknown>();

  /**
   * @throws {RangeError} if a size is malformed, or filter and readout do not have 9 inputs and 1
   */
  constructor({ code, filter, head }: RcnnParts, shape: RcnnShape) {
    assertShape(shape, "ExactRcnn");
    this.shape = shape;
    this.size = gridSize(shape);
    this.#filter = new IntegerNetwork(filter);
    this.#head = new IntegerNetwork(head);
    if (this.#filter.inputs !== PLACES || this.#head.inputs !== 1) {
      throw new RangeError(
        `ExactRcnn: expected a filter of 9 inputs and a head of 1, got ${this.#filter.inputs} and ${this.#head.inputs}`,
      );
    }
    this.#one = Number(code.scale);
    this.#padding = Number(code.scale / 6n);
    this.#reads = this.#filter
      .inputsRead()
      .map((place) => [place, Math.floor(place / 3) - 1, (place % 3) - 1] as const);
  }

  /** How many different patches have been evaluated so far. */
  patchesEvaluated = 0;

  /** W = 0, where Algorithm 1 starts. */
  zeroWeights(): MemoryWeights {
    return new Float64Array(this.size.rows * this.size.mainColumns);
  }

  /**
   * f_mem: [W diag(z), 1].
   *
   * @param z +-1 entries; shape: d + 1, the last one 1
   */
  memoryLayer(weights: MemoryWeights, z: readonly number[]): Float64Array {
    const { rows, columns, mainColumns } = this.size;
    if (weights.length !== rows * mainColumns || z.length !== mainColumns) {
      throw new RangeError(
        `memoryLayer: expected ${rows} x ${mainColumns} weights and ${mainColumns} coordinates, got ${weights.length} and ${z.length}`,
      );
    }
    const grid = new Float64Array(rows * columns).fill(this.#one);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < mainColumns; column++) {
        // "+ 0" turns -0 into 0, so that grids can be compared bit by bit.
        grid[row * columns + column] = (weights[row * mainColumns + column] as number) * (z[column] as number) + 0;
      }
    }
    return grid;
  }

  /** The network's output at z, and all grids on the way. */
  forward(weights: MemoryWeights, z: readonly number[]): ForwardPass {
    const grids = [this.memoryLayer(weights, z)];
    const { grid } = this.rollOut(grids[0] as Float64Array, (layer, after) => {
      if (layer > 0) grids.push(after.slice());
    });
    return { grids, output: this.output(grid) };
  }

  /** The network's output at z and its gradient by the weights of the memory layer. */
  backward(weights: MemoryWeights, z: readonly number[]): BackwardPass {
    const { grids, output } = this.forward(weights, z);
    const { rows, columns, mainColumns } = this.size;
    let upstream = new Float64Array(rows * columns);
    const last = grids.at(-1) as Float64Array;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < mainColumns; column++) {
        const cell = row * columns + column;
        upstream[cell] = this.#head.gradient([last[cell] as number]).gradient[0] as number;
      }
    }
    upstream = this.#throughLayers(grids, upstream);
    const gradient = new Float64Array(rows * mainColumns);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < mainColumns; column++) {
        gradient[row * mainColumns + column] = (upstream[row * columns + column] as number) * (z[column] as number) + 0;
      }
    }
    return { grids, output, gradient };
  }

  /**
   * Applies the L layers to a grid.
   *
   * @param grid shape: rows x columns, u-units; left as it is
   * @param visit called with each grid, the first one included, until nothing changes any more; the array is reused
   * @param layers how many; all L if absent
   */
  rollOut(
    grid: Float64Array,
    visit?: (layer: number, grid: Float64Array) => void,
    layers: number = this.shape.layers,
  ): RollOut {
    const current = grid.slice();
    visit?.(0, current);
    let active: Iterable<number> = current.keys();
    for (let layer = 1; layer <= layers; layer++) {
      const changes: (readonly [cell: number, value: number])[] = [];
      for (const cell of active) {
        const { value } = this.#patchAt(current, cell);
        if (value !== current[cell]) changes.push([cell, value]);
      }
      if (changes.length === 0) return { grid: current, output: this.output(current), settled: layer - 1 };
      for (const [cell, value] of changes) current[cell] = value;
      active = this.#readersOf(changes);
      visit?.(layer, current);
    }
    return { grid: current, output: this.output(current), settled: undefined };
  }

  /**
   * The Jacobian of all L layers at a grid, before head and sum: entry [i][j] is the derivative of cell i of the last
   * grid by cell j of the first one.
   *
   * @param grid shape: rows x columns, u-units
   */
  jacobian(grid: Float64Array): Float64Array[] {
    const grids: Float64Array[] = [];
    this.rollOut(grid, (_, after) => grids.push(after.slice()));
    return Array.from(grid.keys(), (cell) =>
      this.#throughLayers(grids, new Float64Array(grid.length).fill(1, cell, cell + 1)),
    );
  }

  /** F summed over the main grid. */
  output(grid: Float64Array): number {
    const { rows, columns, mainColumns } = this.size;
    let sum = 0;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < mainColumns; column++) {
        sum += this.#head.value([grid[row * columns + column] as number]);
      }
    }
    return sum;
  }

  /** The transposed Jacobian of all L layers, applied to a derivative by the last grid. */
  #throughLayers(grids: readonly Float64Array[], outermost: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
    let upstream = outermost;
    for (let layer = this.shape.layers; layer >= 1; layer--) {
      const before = Math.min(layer - 1, grids.length - 1);
      const downstream = this.#transposedLayer(grids[before] as Float64Array, upstream);
      // All layers from here down to the first settled grid apply one and the same linear map.
      const isSteady = before === grids.length - 1 && downstream.every((g, cell) => g === upstream[cell]);
      if (isSteady) layer = before + 1;
      upstream = downstream;
    }
    return upstream;
  }

  /** The cells whose patch holds one of the changed cells at a place that the filter reads. */
  #readersOf(changes: readonly (readonly [cell: number, value: number])[]): Set<number> {
    const { rows, columns } = this.size;
    const readers = new Set<number>();
    for (const [cell] of changes) {
      const row = Math.floor(cell / columns);
      const column = cell % columns;
      for (const [, rowOffset, columnOffset] of this.#reads) {
        const r = row - rowOffset;
        const c = column - columnOffset;
        if (r >= 0 && r < rows && c >= 0 && c < columns) readers.add(r * columns + c);
      }
    }
    return readers;
  }

  /** The transposed Jacobian of one layer at a grid, applied to a derivative by the layer's output. */
  #transposedLayer(grid: Float64Array, upstream: Float64Array): Float64Array<ArrayBuffer> {
    const { rows, columns } = this.size;
    const downstream = new Float64Array(grid.length);
    for (let cell = 0; cell < grid.length; cell++) {
      const derivative = upstream[cell] as number;
      if (derivative === 0) continue;
      const record = this.#patchAt(grid, cell);
      record.gradient ??= this.#filter.gradient(record.cells).gradient;
      for (const [place, rowOffset, columnOffset] of this.#reads) {
        const partial = record.gradient[place] as number;
        const row = Math.floor(cell / columns) + rowOffset;
        const column = (cell % columns) + columnOffset;
        if (partial === 0 || row < 0 || row >= rows || column < 0 || column >= columns) continue;
        const target = row * columns + column;
        downstream[target] = (downstream[target] as number) + partial * derivative;
      }
    }
    if (!downstream.every(Number.isSafeInteger)) {
      throw new RangeError("ExactRcnn: a derivative reached 2^53 in the backward pass");
    }
    return downstream;
  }

  /** The record of the patch around a cell; places that the filter does not read are left at 0. */
  #patchAt(grid: Float64Array, cell: number): PatchRecord {
    const { rows, columns } = this.size;
    const row = Math.floor(cell / columns);
    const column = cell - row * columns;
    const at = (rowOffset: number, columnOffset: number): number => {
      const r = row + rowOffset;
      const c = column + columnOffset;
      return r < 0 || r >= rows || c < 0 || c >= columns ? this.#padding : (grid[r * columns + c] as number);
    };
    let node: Map<number, unknown> = this.#patches;
    const leaf = this.#reads.length - 1;
    for (let k = 0; k < leaf; k++) {
      const [, rowOffset, columnOffset] = this.#reads[k] as readonly [number, number, number];
      const value = at(rowOffset, columnOffset);
      let child = node.get(value) as Map<number, unknown> | undefined;
      if (child === undefined) {
        child = new Map();
        node.set(value, child);
      }
      node = child;
    }
    const [, rowOffset, columnOffset] = this.#reads[leaf] ?? [0, 0, 0];
    const last = at(rowOffset, columnOffset);
    const known = node.get(last) as PatchRecord | undefined;
    if (known !== undefined) return known;
    const cells = new Float64Array(PLACES);
    for (const [place, r, c] of this.#reads) cells[place] = at(r, c);
    const record: PatchRecord = { cells, value: this.#filter.value(cells), gradient: undefined };
    this.patchesEvaluated++;
    node.set(last, record);
    return record;
  }
}
