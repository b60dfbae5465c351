/**
 * Lemma 5 to the letter (B.4.1, as amended in amendments/rcnn/lemma5/index.ts): from a table to the five matrices W1,
 * W1', W1+, W2', W2+ of Lemma 6, with a ReLU after W1 and after W1+.
 *
 * Every unit that the proof lists is built, also those that nothing reads: the ReLU at zeta_0 of each function, whose
 * coefficient is 0, and the thresholds of Part (ii) that Equation (4) leaves out.
 */
import { formatRational, ONE, ZERO, type Rational } from "../../../spec/exact/rational.js";
import { bump, halfWidth, lowestKink, threshold } from "../../../spec/rcnn/lemma5/functions.js";
import { MATRIX_NAMES, RELU_AFTER } from "../../../spec/rcnn/lemma5/weights.js";
import type { AffineMap, AffineRow, Network } from "../../../spec/networks/network.js";
import { assertTable, coordinateValues, type Table } from "../../../spec/networks/table.js";
import { reluCombination } from "./relu-combination.js";

/** Delta and zeta_0 for a table, with d_in. */
interface Widths {
  readonly inputs: number;
  readonly delta: Rational;
  readonly lowest: Rational;
}

/**
 * The network of Lemma 5 in the five-layer form of Lemma 6: equal to the table's values and Jacobians at all its points.
 *
 * @throws {RangeError} if the table fails a condition of findTableFault
 */
export function tableToNetwork(table: Table): Network {
  assertTable(table, "tableToNetwork");
  const widths = { inputs: table.inputs, delta: halfWidth(table), lowest: lowestKink(table) };
  const bumps = bumpLayers(coordinateValues(table), widths);
  const thresholds = thresholdLayers(table, bumps.indexOf, widths);
  const layers = [...bumps.layers, ...thresholds];
  let inputs = table.inputs;
  return {
    layers: layers.map((rows, k): AffineMap => {
      const layer = { name: MATRIX_NAMES[k] ?? "", inputs, rows, relu: RELU_AFTER[k] ?? false };
      inputs = rows.length;
      return layer;
    }),
  };
}

/** Finds the row of W1' that holds psi for coordinate i, the value x_0 and a slope. */
type BumpIndex = (i: number, at: Rational, slope: 0 | 1) => number;

interface BumpLayers {
  /** W1 and W1'. */
  readonly layers: readonly [AffineRow[], AffineRow[]];
  readonly indexOf: BumpIndex;
}

/** Part (i): psi for each coordinate i, each x_0 in X_i (rising) and each slope 0, 1, from 5 ReLUs each. */
function bumpLayers(values: readonly (readonly Rational[])[], { delta, lowest }: Widths): BumpLayers {
  const relus: AffineRow[] = [];
  const bumps: AffineRow[] = [];
  const rowOf = new Map<string, number>();
  const key = (i: number, at: Rational, slope: 0 | 1): string => `${i}:${formatRational(at)}:${slope}`;
  for (const [i, column] of values.entries()) {
    for (const at of column) {
      for (const slope of [0, 1] as const) {
        const { kinks, coefficients, bias } = reluCombination(bump(at, slope, delta), lowest);
        rowOf.set(key(i, at, slope), bumps.length);
        bumps.push({ bias, entries: nonzeroEntries(coefficients, relus.length) });
        for (const kink of kinks) relus.push({ bias: kink.neg(), entries: [[i, ONE]] });
      }
    }
  }
  return {
    layers: [relus, bumps],
    indexOf: (i, at, slope) => rowOf.get(key(i, at, slope)) as number,
  };
}

/**
 * Parts (ii) and (iii), W1+, W2' and W2+: for each point x_0, input i', output j and y in {0, f(x_0)_j} the threshold tau
 * of the sum over i of psi at coordinate i of x_0, from 3 ReLUs each; W2+ adds up those of Equation (4).
 */
function thresholdLayers(table: Table, bumpIndex: BumpIndex, widths: Widths): [AffineRow[], AffineRow[], AffineRow[]] {
  const { inputs, outputs, points } = table;
  const relus: AffineRow[] = [];
  const thresholds: AffineRow[] = [];
  const sums: [number, Rational][][] = Array.from({ length: outputs }, () => []);
  const combination = thresholdCombinations(widths);
  for (const { at, value, jacobian } of points) {
    for (let summand = 0; summand < inputs; summand++) {
      const reads = at.map((x, i): [number, Rational] => [bumpIndex(i, x, i === summand ? 1 : 0), ONE]);
      for (let j = 0; j < outputs; j++) {
        const target = value[j] ?? ZERO;
        for (const height of target.n === 0n ? [ZERO] : [ZERO, target]) {
          const { kinks, coefficients, bias } = combination(height, jacobian[j]?.[summand] ?? ZERO);
          const isCounted = height.equals(summand === 0 ? target : ZERO);
          if (isCounted) sums[j]?.push([thresholds.length, ONE]);
          thresholds.push({ bias, entries: nonzeroEntries(coefficients, relus.length) });
          for (const kink of kinks) relus.push({ bias: kink.neg(), entries: reads });
        }
      }
    }
  }
  return [relus, thresholds, sums.map((entries) => ({ bias: ZERO, entries }))];
}

/** tau for y and gamma, each made once. */
function thresholdCombinations({
  inputs,
  delta,
  lowest,
}: Widths): (height: Rational, slope: Rational) => ReturnType<typeof reluCombination> {
  const made = new Map<string, ReturnType<typeof reluCombination>>();
  return (height, slope) => {
    const key = `${formatRational(height)}:${formatRational(slope)}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const combination = reluCombination(threshold(inputs, height, slope, delta), lowest);
    made.set(key, combination);
    return combination;
  };
}

/** The entries of a row that reads a run of columns, without the coefficients that are 0. */
function nonzeroEntries(coefficients: readonly Rational[], firstColumn: number): [number, Rational][] {
  return coefficients.flatMap((weight, k): [number, Rational][] =>
    weight.n === 0n ? [] : [[firstColumn + k, weight]],
  );
}
