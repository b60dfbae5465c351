/**
 * Algorithm 1 replayed by definition on whole grids, forward and backward, for every training set of a size. It knows nothing of
 * waves or windows, and compares every entry with Lemmas 3 and 4.
 */
import { rational } from "../../spec/exact/rational.js";
import { evaluateWithJacobian, type Network } from "../../spec/networks/network.js";
import { PADDING, PHASE_VALUE, toUnits, type CellCode } from "../../spec/rcnn/cell-code.js";
import { rejected, type Rejected } from "../verdict.js";
import type { PatchEvaluator, PatchOutcome } from "./patch-evaluator.js";

/** Coordinates and examples; the dummy sample is not counted. */
export interface TrainingSize {
  readonly d: number;
  readonly m: number;
}

/** A grid with one padding column, row by row, in u-units. */
type Grid = readonly bigint[];

/**
 * Replays Algorithm 1 with L = m + 2 layers and one padding column on all 2^(m (d + 1)) training sets.
 *
 * @returns how many there are, or the first that goes wrong
 */
export function replayTraining(
  evaluator: PatchEvaluator,
  head: Network,
  code: CellCode,
  { d, m }: TrainingSize,
): number | Rejected<"memory-replay"> {
  const sets = 2 ** (m * (d + 1));
  const headAt = rememberedHead(head);
  for (let number = 0; number < sets; number++) {
    const examples = Array.from({ length: m }, (_, i) =>
      Array.from({ length: d + 1 }, (_unused, j) => ((number >> (i * (d + 1) + j)) & 1 ? -1n : 1n)),
    );
    // The dummy sample (1_d, 1) comes last.
    const all = [...examples, Array.from({ length: d + 1 }, () => 1n)];
    const wrong = replaySet(evaluator, headAt, code, all);
    if (wrong === undefined) continue;
    return rejected("memory-replay", "", wrong.message, {
      examples: examples.map((entries) => entries.join(",")),
      step: wrong.step,
    });
  }
  return sets;
}

/** @param examples rows [x, y], the dummy sample included */
function replaySet(
  evaluator: PatchEvaluator,
  headAt: HeadAt,
  code: CellCode,
  examples: readonly (readonly bigint[])[],
): { readonly step: number; readonly message: string } | undefined {
  const rows = examples.length;
  const width = (examples[0] as readonly bigint[]).length;
  const third = code.scale / 3n;
  const memory = toUnits(code, PHASE_VALUE.neg());
  let weights = Array.from({ length: rows }, () => Array.from({ length: width }, () => 0n));
  for (const [i, example] of examples.entries()) {
    const y = example.at(-1) as bigint;
    const z = example.with(-1, 1n);
    let grid: Grid = weights.flatMap((row) => [...row.map((w, j) => w * (z[j] as bigint)), code.scale]);
    const layers: PatchOutcome[][] = [];
    for (let layer = 0; layer < rows + 1; layer++) {
      const outcomes = around(code, grid, rows, width + 1).map((patch) => evaluator.at(patch));
      const failure = outcomes.find((outcome) => typeof outcome === "string");
      if (failure !== undefined) return { step: i + 1, message: `the filter has no gradient on the way: ${failure}` };
      layers.push(outcomes as PatchOutcome[]);
      grid = (outcomes as PatchOutcome[]).map(({ value }) => value);
    }
    let output = 0n;
    let upstream = grid.map((cell, k) => {
      if (k % (width + 1) === width) return 0n;
      const [value, slope] = headAt(cell);
      output += value;
      return slope;
    });
    if (output !== 0n) return { step: i + 1, message: `expected output 0, got ${output}` };
    if (grid.some((cell, k) => k % (width + 1) !== width && cell !== memory)) {
      return { step: i + 1, message: "expected every cell in the memory phase" };
    }
    for (const outcomes of layers.toReversed()) upstream = pullBack(outcomes, upstream, rows, width + 1);
    const residual = output - (code.scale / 18n) * y;
    weights = weights.map((row, a) =>
      row.map((w, b) => w - 6n * residual * (upstream[a * (width + 1) + b] as bigint) * (z[b] as bigint)),
    );
    for (const [a, row] of weights.entries()) {
      for (const [b, w] of row.entries()) {
        const [label, entry] = [examples[a]?.at(-1) as bigint, (examples[a] as readonly bigint[]).with(-1, 1n)[b]];
        const expected = a <= i ? third * label * (entry as bigint) : 0n;
        if (w !== expected) return { step: i + 1, message: `expected weight ${expected} at ${a},${b}, got ${w}` };
      }
    }
  }
  return undefined;
}

/** Value and slope of the head at a cell value, u-units. */
type HeadAt = (u: bigint) => readonly [value: bigint, slope: bigint];

function rememberedHead(head: Network): HeadAt {
  const known = new Map<bigint, readonly [bigint, bigint]>();
  return (u) => {
    const found = known.get(u);
    if (found !== undefined) return found;
    const { value, jacobian, kink } = evaluateWithJacobian(head, [rational(u)]);
    const pair = [integer(value[0]), kink ? integer(undefined) : integer(jacobian[0]?.[0])] as const;
    known.set(u, pair);
    return pair;
  };
}

/** The patch around each cell. */
function around(code: CellCode, grid: Grid, rows: number, columns: number): bigint[][] {
  const padding = toUnits(code, PADDING);
  return grid.map((_, k) => {
    const [row, column] = [Math.floor(k / columns), k % columns];
    return [-1, 0, 1].flatMap((r) =>
      [-1, 0, 1].map((c) => {
        const [y, x] = [row + r, column + c];
        return y < 0 || y >= rows || x < 0 || x >= columns ? padding : (grid[y * columns + x] as bigint);
      }),
    );
  });
}

/** The transposed Jacobian of one layer, applied to a derivative by its output. */
function pullBack(
  outcomes: readonly PatchOutcome[],
  upstream: readonly bigint[],
  rows: number,
  columns: number,
): bigint[] {
  const downstream = upstream.map(() => 0n);
  for (const [k, { gradient }] of outcomes.entries()) {
    const [row, column] = [Math.floor(k / columns), k % columns];
    for (const [place, slope] of gradient.entries()) {
      const [y, x] = [row + Math.floor(place / 3) - 1, column + (place % 3) - 1];
      if (slope === 0n || y < 0 || y >= rows || x < 0 || x >= columns) continue;
      downstream[y * columns + x] = (downstream[y * columns + x] as bigint) + slope * (upstream[k] as bigint);
    }
  }
  return downstream;
}

/** The head's numbers are integers in these units; anything else becomes a value that no claim expects. */
function integer(value: { readonly s: bigint; readonly n: bigint; readonly d: bigint } | undefined): bigint {
  return value === undefined || value.d !== 1n ? 10n ** 30n : value.s * value.n;
}
