/**
 * The network of Definition 5 as a learner: Algorithm 1's memory, a machine's filter, the head, the sum. Exact, by letters.
 *
 * The memory is what Lemma 4 says that SGD leaves; the computation memorization-by-sgd has SGD leave it.
 */
import { valueAt } from "../../spec/exact/piecewise-linear.js";
import { machineToFilter } from "../../construction/rcnn/machine-to-filter.js";
import { withOne, type Example, type Point, type Sign } from "../../inputs/examples/examples.js";
import { FilterTable } from "../../execution/rcnn/filter-table.js";
import type { LetterGrid } from "../../execution/rcnn/letter-grid.js";
import { RollOut } from "../../execution/rcnn/roll-out.js";
import { memorizedWeights } from "../../execution/rcnn/train.js";
import { rational } from "../../spec/exact/rational.js";
import type { NormalMachine } from "../../spec/machines/machine.js";
import { cellCode } from "../../spec/rcnn/cell-code.js";
import { readoutInUnits } from "../../spec/rcnn/readout.js";

/** Layers and padding columns of the network. */
export interface NetworkSize {
  readonly layers: number;
  readonly columns: number;
}

/** A machine, through its filter. */
export class NetworkLearner {
  readonly machine: NormalMachine;
  readonly #table: FilterTable;
  /** F of each letter, in whole multiples of 3^-(K-2): the head's values on cells are such multiples. */
  readonly #head: Float64Array;
  /** F of the label 1. */
  readonly #unit: number;

  constructor(machine: NormalMachine) {
    this.machine = machine;
    const code = cellCode(machine.states.length);
    this.#table = new FilterTable(machineToFilter(machine), code, { denseLimit: 0 });
    const head = readoutInUnits(code);
    const { units, padding } = this.#table.letters;
    this.#head = Float64Array.from(units.slice(0, padding), (u) => valueAt(head, rational(u)).valueOf());
    this.#unit = Number(code.scale / 18n);
  }

  /** The grid that the memory layer gives out for x, before the first layer: it depends on the machine through s alone. */
  start(examples: readonly Example[], x: Point, columns: number): LetterGrid {
    const { code, byUnits } = this.#table.letters;
    const weights = memorizedWeights(code, examples, examples.length + 2);
    const z = withOne(x);
    const [rows, width] = [examples.length + 1, z.length];
    const total = width + columns;
    const letters = new Uint16Array(rows * total).fill(byUnits.get(code.scale) as number);
    for (let i = 0; i < rows; i++) {
      for (const [j, sign] of z.entries()) {
        letters[i * total + j] = byUnits.get(BigInt((weights[i * width + j] as number) * sign)) as number;
      }
    }
    return { rows, columns: total, letters };
  }

  /**
   * 3^(K-2) times the network's output, a whole number; the output is +-1 where this is +-`unit`.
   *
   * @param grid as `start` gives it
   * @param columns padding columns among its columns
   */
  outputFrom(grid: LetterGrid, { layers, columns }: NetworkSize): number {
    const run = new RollOut(this.#table, grid);
    run.advance(layers);
    const width = grid.columns - columns;
    let sum = 0;
    for (const [k, letter] of run.grid().letters.entries()) {
      if (k % grid.columns < width) sum += this.#head[letter] as number;
    }
    return sum;
  }

  /** outputFrom(start(...)). */
  output(examples: readonly Example[], x: Point, size: NetworkSize): number {
    return this.outputFrom(this.start(examples, x, size.columns), size);
  }

  get unit(): number {
    return this.#unit;
  }
}

/** The label of an output: its sign; 1 for 0, as section 2.1 has it for learners that fail. */
export function labelOf(output: number): Sign {
  return output < 0 ? -1 : 1;
}
