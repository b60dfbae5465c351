/**
 * Roll-outs on tensors, for a batch of inputs at once, in one of two ways that give the same bits.
 *
 * *dense*: every layer is applied to every cell; grids stay on the device and are read now and then, to see whether
 * they have stopped changing, and once at the end. *changed cells*: only cells whose patch changed in the layer before,
 * at a place that V1 reads, are gathered and evaluated; the others would give what they gave. That needs a look at the
 * cells after every layer, which costs next to nothing where tensors live in this process's memory.
 */
import type { Grid, TensorRcnn } from "./tensor-rcnn.js";

/** How a roll-out goes through the cells. */
export type Sweep = "dense" | "changed-cells";

/** The result of a roll-out, read back from the device. */
export interface TensorRollOut {
  /** Row-major; shape: batch x rows x columns. */
  readonly grids: Float32Array;
  /** F of each input; shape: batch. */
  readonly outputs: Float32Array;
  /** Layers that were run; fewer than asked for only if the last one run changed nothing. */
  readonly layersRun: number;
  /** Patches that were evaluated, padding columns included. */
  readonly cellsEvaluated: number;
}

/** Options of a roll-out. */
export interface RollOutOptions {
  /** L. */
  readonly layers: number;
  readonly sweep: Sweep;
  /** Dense only: layers between two looks at whether anything still changes; 0: never look. 64 if absent. */
  readonly lookEvery?: number;
  /** Called after every layer (changed cells) or at every look (dense). */
  readonly onLayer?: (layer: number) => void;
}

/** Places of a patch in the order of vec(z). */
const OFFSETS = [-1, 0, 1].flatMap((row) => [-1, 0, 1].map((column) => [row, column] as const));

/**
 * Rolls out a batch of grids.
 *
 * @param start shape: batch x rows x columns x 1; the caller disposes of it
 * @param padding u of p
 */
export async function rollOutOnTensors(
  network: TensorRcnn,
  start: Grid,
  padding: number,
  options: RollOutOptions,
): Promise<TensorRollOut> {
  return options.sweep === "dense"
    ? rollOutDense(network, start, options)
    : rollOutChangedCells(network, start, padding, options);
}

async function rollOutDense(
  network: TensorRcnn,
  start: Grid,
  { layers, lookEvery = 64, onLayer }: RollOutOptions,
): Promise<TensorRollOut> {
  const { tf } = network;
  let grid: Grid = tf.clone(start);
  let layersRun = 0;
  let settled = false;
  while (layersRun < layers && !settled) {
    const next = network.layer(grid);
    layersRun++;
    if (lookEvery > 0 && layersRun % lookEvery === 0) {
      const [before, after] = await Promise.all([grid.data(), next.data()]);
      settled = before.every((value, k) => value === after[k]);
      onLayer?.(layersRun);
    }
    grid.dispose();
    grid = next;
  }
  const outputs = network.output(grid);
  const result = {
    grids: (await grid.data()) as Float32Array,
    outputs: (await outputs.data()) as Float32Array,
    layersRun,
    cellsEvaluated: layersRun * grid.size,
  };
  tf.dispose([grid, outputs]);
  return result;
}

async function rollOutChangedCells(
  network: TensorRcnn,
  start: Grid,
  padding: number,
  { layers, onLayer }: RollOutOptions,
): Promise<TensorRollOut> {
  const { tf } = network;
  const batch = start.shape[0];
  const frame = new Frame((await start.data()) as Float32Array, batch, network.shape, padding);
  let active: readonly number[] = frame.cells();
  let layersRun = 0;
  let cellsEvaluated = 0;
  while (layersRun < layers) {
    const patches = frame.patchesAt(active);
    const evaluated = tf.tidy(() => network.filter(tf.tensor2d(patches, [active.length, OFFSETS.length])));
    const values = (await evaluated.data()) as Float32Array;
    evaluated.dispose();
    layersRun++;
    cellsEvaluated += active.length;
    const changed = active.filter((cell, k) => frame.set(cell, values[k] as number));
    onLayer?.(layersRun);
    if (changed.length === 0) break;
    active = frame.readersOf(changed, network.placesRead);
  }
  const grids = frame.grids();
  const outputs = tf.tidy(() => network.output(tf.tensor4d(grids, start.shape)));
  const result = { grids, outputs: (await outputs.data()) as Float32Array, layersRun, cellsEvaluated };
  outputs.dispose();
  return result;
}

/** A batch of grids in this process's memory, each with a frame of p around it. Cells are indices into the frame. */
class Frame {
  readonly #values: Float32Array;
  readonly #batch: number;
  readonly #rows: number;
  readonly #columns: number;
  readonly #isCell: Uint8Array;
  readonly #marked: Uint8Array;

  constructor(grids: Float32Array, batch: number, shape: TensorRcnn["shape"], padding: number) {
    this.#batch = batch;
    this.#rows = shape.rows;
    this.#columns = shape.columns;
    const size = batch * (shape.rows + 2) * (shape.columns + 2);
    this.#values = new Float32Array(size).fill(padding);
    this.#isCell = new Uint8Array(size);
    this.#marked = new Uint8Array(size);
    for (const [k, cell] of this.cells().entries()) {
      this.#values[cell] = grids[k] as number;
      this.#isCell[cell] = 1;
    }
  }

  /** All cells, batch by batch and row by row. */
  cells(): number[] {
    const cells: number[] = [];
    for (let b = 0; b < this.#batch; b++) {
      for (let row = 1; row <= this.#rows; row++) {
        for (let column = 1; column <= this.#columns; column++) {
          cells.push((b * (this.#rows + 2) + row) * (this.#columns + 2) + column);
        }
      }
    }
    return cells;
  }

  /** The patches around some cells; shape: cells x 9. */
  patchesAt(cells: readonly number[]): Float32Array {
    const patches = new Float32Array(cells.length * OFFSETS.length);
    let k = 0;
    for (const cell of cells) {
      for (const [row, column] of OFFSETS) {
        patches[k++] = this.#values[cell + row * (this.#columns + 2) + column] as number;
      }
    }
    return patches;
  }

  /** Sets a cell; returns whether its value is new. */
  set(cell: number, value: number): boolean {
    if (this.#values[cell] === value) return false;
    this.#values[cell] = value;
    return true;
  }

  /** The cells whose patch holds one of the changed cells at one of the given places. */
  readersOf(changed: readonly number[], places: readonly number[]): number[] {
    const offsets = places.map((place) => {
      const [row, column] = OFFSETS[place] as readonly [number, number];
      return row * (this.#columns + 2) + column;
    });
    const readers: number[] = [];
    for (const cell of changed) {
      for (const offset of offsets) {
        const reader = cell - offset;
        if (this.#isCell[reader] === 0 || this.#marked[reader] === 1) continue;
        this.#marked[reader] = 1;
        readers.push(reader);
      }
    }
    for (const reader of readers) this.#marked[reader] = 0;
    return readers;
  }

  /** The grids without their frames; shape: batch x rows x columns. */
  grids(): Float32Array {
    return Float32Array.from(this.cells(), (cell) => this.#values[cell] as number);
  }
}
