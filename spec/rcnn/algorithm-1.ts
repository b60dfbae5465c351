/**
 * Algorithm 1 by definition, with the exact gradient: one step of SGD a sample, the memory layer of Definition 5 before
 * layers of f-bar_Conv2D and f-bar_head. In x-units and in the amended reading.
 */
import { rational, ZERO, type Rational } from "../exact/rational.js";
import type { NormalMachine } from "../machines/machine.js";
import type { CellCode } from "./cell-code.js";
import { memoryGrid, withOne } from "./definition-5.js";
import { applyLayer } from "./grid.js";
import { readout, readoutSlope } from "./readout.js";
import type { Example } from "./training-set.js";

/** eta of Lemma 2. */
const LEARNING_RATE = rational(1n, 54n);

/**
 * Algorithm 1 with f-bar_Conv2D and f-bar_head in place of networks, m + 1 layers and one padding column: the weights
 * W^(1) ... W^(m+2), each of shape (m+1) x (d+1). The last example is the dummy sample.
 *
 * @param data at least one example, all of one length
 * @throws {Error} if the head has no derivative at a cell of the last layer
 */
export function trainByDefinition(
  code: CellCode,
  machine: NormalMachine,
  data: readonly Example[],
): readonly (readonly (readonly Rational[])[])[] {
  const dimension = data[0]?.x.length ?? 0;
  const dummy: Example = { x: Array.from({ length: dimension }, () => 1), y: 1 };
  const rows = data.length + 1;
  let weights: Rational[][] = Array.from({ length: rows }, () => Array.from({ length: dimension + 1 }, () => ZERO));
  const iterates = [weights];
  for (const { x, y } of [...data, dummy]) {
    const z = withOne(x);
    let grid = memoryGrid(weights, z, 1);
    let slopes: readonly (0 | 1)[] = grid.values.map(() => 1);
    for (let l = 0; l < rows; l++) {
      const output = applyLayer(code, machine, grid);
      slopes = slopes.map((slope, k) => (slope === 1 && output.slopes[k] === 1 ? 1 : 0));
      grid = output.grid;
    }
    const last = grid;
    const at = (a: number, b: number): number => a * last.columns + b;
    const prediction = weights
      .flatMap((row, a) => row.map((_, b) => readout(last.values[at(a, b)] as Rational)))
      .reduce((sum, share) => sum.add(share), ZERO);
    const residual = rational(BigInt(y)).sub(prediction);
    weights = weights.map((row, a) =>
      row.map((weight, b) => {
        if (slopes[at(a, b)] === 0) return weight;
        const slope = readoutSlope(last.values[at(a, b)] as Rational);
        if (slope === undefined) throw new Error(`trainByDefinition: expected no kink at row ${a}, column ${b}`);
        return weight.add(
          LEARNING_RATE.mul(residual)
            .mul(slope)
            .mul(z[b] ?? ZERO),
        );
      }),
    );
    iterates.push(weights);
  }
  return iterates;
}
