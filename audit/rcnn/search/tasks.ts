/**
 * What the search learns: x uniform on {-1, 1}^2, y a function of x, three training examples, and a validation set.
 *
 * Every task is a target and a training set drawn from its distribution by a fixed seed.
 */
import { hypercube, type Example, type Point, type Sign } from "../../../inputs/examples/examples.js";
import { stream } from "./random.js";

/** d and m of every task. */
export const DIMENSION = 2;

/** m: the number of training examples of each task. */
export const EXAMPLES = 3;

/** Training sets drawn for each target. */
const DRAWS = 4;

/** t of Theorem 1: steps of the normal form that a machine may take. */
const STEPS = 16;

/** L = t + m + d layers. Four columns of working tape; further to the right there is a border. */
export const NETWORK: { readonly layers: number; readonly columns: number } = {
  layers: STEPS + EXAMPLES + DIMENSION,
  columns: 4,
};

/** All points, in the order in which predictions are listed. */
export const POINTS: readonly Point[] = hypercube(DIMENSION);

/** A distribution with a training set drawn from it. */
export interface Task {
  readonly name: string;
  /** y for each of POINTS. */
  readonly labels: readonly Sign[];
  readonly training: readonly Example[];
}

const TARGETS: readonly (readonly [name: string, label: (x: Point) => Sign])[] = [
  ["constant 1", () => 1],
  ["constant -1", () => -1],
  ["x1", (x) => x[0] as Sign],
  ["x2", (x) => x[1] as Sign],
  ["-x1", (x) => -(x[0] as Sign) as Sign],
  ["x1 and x2", (x) => (x[0] === 1 && x[1] === 1 ? 1 : -1)],
  ["x1 or x2", (x) => (x[0] === 1 || x[1] === 1 ? 1 : -1)],
  ["x1 x2", (x) => ((x[0] as number) * (x[1] as number)) as Sign],
];

/** All tasks. */
export const TASKS: readonly Task[] = TARGETS.flatMap(([name, label]) =>
  Array.from({ length: DRAWS }, (_, draw) => ({
    name: `${name}, training set ${draw + 1}`,
    labels: POINTS.map(label),
    training: drawExamples(`training ${name} ${draw}`, EXAMPLES, label),
  })),
);

/** The validation set of a task: examples by the index of their point, independent of the training set. */
export function validationPoints(task: Task, size: number): number[] {
  const next = stream(`validation ${task.name}`);
  return Array.from({ length: size }, () => next(POINTS.length));
}

function drawExamples(key: string, count: number, label: (x: Point) => Sign): Example[] {
  const next = stream(key);
  return Array.from({ length: count }, () => {
    const x = POINTS[next(POINTS.length)] as Point;
    return { x, y: label(x) };
  });
}
