/** Corollary 2 in miniature: the classifier that is best on the validation set, against the best of the class. */
import { formatRational, rational, type Rational } from "../../../spec/exact/rational.js";
import { decimal, logarithm } from "../../decimal.js";
import type { Histogram } from "./evaluate.js";
import type { SearchState } from "./state-file.js";
import { POINTS, TASKS, validationPoints, type Task } from "./tasks.js";

/** epsilon and delta of the search. */
export const EPSILON: Rational = rational(1n, 4n);

/** delta of Corollary 2: the probability with which the validation set may mislead, 1/16. */
export const DELTA: Rational = rational(1n, 16n);

/** What was selected for a task. */
export interface Selection {
  readonly task: string;
  /** The machine that is best on the validation set; the one with the lowest number among equals. */
  readonly selected: number;
  /** Its error on the distribution, exactly. */
  readonly error: Rational;
  /** The smallest error in the class, and a machine that has it. */
  readonly best: Rational;
  readonly bestMachine: number;
  /** error <= best + epsilon */
  readonly within: boolean;
}

/** N = ceil(2 ln(4 M / delta) / epsilon^2) for M candidates: B.5 as amended. */
export function validationSize(candidates: number): number {
  const inner = rational(4n * BigInt(candidates)).div(DELTA);
  const factor = rational(2n).div(EPSILON.mul(EPSILON));
  const size = logarithm(inner.n).minus(logarithm(inner.d)).times(decimal(factor.n, factor.d));
  return Number(size.round(0, 3).toString());
}

/** Selects for every task. */
export function select({ machines, histogram }: SearchState): Selection[] {
  const size = validationSize(machines.size);
  return TASKS.map((task, k) => selectFor(task, k, histogram, validationPoints(task, size)));
}

function selectFor(task: Task, k: number, histogram: Histogram, validation: readonly number[]): Selection {
  const seen = POINTS.map((_, point) => validation.filter((drawn) => drawn === point).length);
  let selected = { empirical: Number.POSITIVE_INFINITY, wrong: 0, first: Number.POSITIVE_INFINITY };
  let best = { wrong: Number.POSITIVE_INFINITY, first: Number.POSITIVE_INFINITY };
  for (const [signs, { first }] of histogram) {
    const wrong = task.labels.map((y, point) => (signs[k * POINTS.length + point] === (y === 1 ? "+" : "-") ? 0 : 1));
    const errors = wrong.reduce<number>((sum, one) => sum + one, 0);
    const empirical = wrong.reduce<number>((sum, one, point) => sum + one * (seen[point] as number), 0);
    if (empirical < selected.empirical || (empirical === selected.empirical && first < selected.first)) {
      selected = { empirical, wrong: errors, first };
    }
    if (errors < best.wrong || (errors === best.wrong && first < best.first)) best = { wrong: errors, first };
  }
  const share = (wrong: number): Rational => rational(BigInt(wrong), BigInt(POINTS.length));
  const [error, least] = [share(selected.wrong), share(best.wrong)];
  return {
    task: task.name,
    selected: selected.first,
    error,
    best: least,
    bestMachine: best.first,
    within: error.lte(least.add(EPSILON)),
  };
}

/** The selections as a table for a terminal. */
export function selectionTable(state: SearchState): string {
  const selections = select(state);
  const width = Math.max(...selections.map(({ task }) => task.length));
  const lines = selections.map(
    ({ task, selected, error, best, within }) =>
      `  ${task.padEnd(width)}  machine ${String(selected).padStart(6)}  error ${formatRational(error).padEnd(4)} best ${formatRational(best).padEnd(4)}${within ? "" : "  beyond epsilon"}`,
  );
  const { machines, histogram } = state;
  return [
    `${machines.about}: ${histogram.size} different learners on ${TASKS.length} tasks`,
    `validation sets of ${validationSize(machines.size)} examples (epsilon ${formatRational(EPSILON)}, delta ${formatRational(DELTA)})`,
    ...lines,
    `${selections.filter(({ within }) => within).length} of ${selections.length} within epsilon of the best in the class`,
    "",
  ].join("\n");
}
