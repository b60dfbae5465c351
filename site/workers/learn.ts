/** Learning in the page, on the exact integers: SGD memorizes, the filter computes, the readout answers. */
import { machineToFilter } from "../../construction/rcnn/machine-to-filter.js";
import { readoutNetworkInUnits } from "../../construction/rcnn/readout-network.js";
import { agreesWithRun, readPrediction, type LastGrid } from "../../execution/rcnn/learn-grid.js";
import { planRuns, type PointPlan } from "../../execution/rcnn/learn-plan.js";
import { ExactRcnn, type RcnnShape } from "../../execution/rcnn/network.js";
import { train } from "../../execution/rcnn/train.js";
import { learnPicture } from "../../execution/pictures/learn-picture.js";
import { hypercube, withOne, type Example, type Point, type Sign } from "../../inputs/examples/examples.js";
import { InputError } from "../../inputs/input-error.js";
import { formatRational } from "../../spec/exact/rational.js";
import { normalForm } from "../../spec/machines/normal-form.js";
import { cellCode, fromUnits } from "../../spec/rcnn/cell-code.js";
import type { LearnAsk, Learned } from "./protocol.js";
import { readMachineText } from "./read-machine-text.js";

/** Sizes that a page computes in seconds. */
const MOST = { coordinates: 6, examples: 24, steps: 200_000 } as const;

/** Trains, and predicts every point. @throws {InputError} for data that are none, or too many for a page */
export function learn({ machine: given, examples: text, step, point }: LearnAsk): Learned {
  const started = performance.now();
  const machine = normalForm(readMachineText(given));
  const examples = readExamples(text);
  const [d, m] = [(examples[0] as Example).x.length, examples.length];
  const points = hypercube(d);
  const plans = planRuns(machine, examples, points, MOST.steps);
  const halted = plans.filter((plan) => plan.halted);
  if (halted.length === 0) throw new InputError("this machine halts on none of the points: it is no learner");
  const shape: RcnnShape = {
    d,
    m,
    columns: Math.max(...halted.map(({ columns }) => columns)),
    layers: Math.max(m + d + 1, ...halted.map(({ layers }) => layers)),
  };
  const code = cellCode(machine.states.length);
  const network = new ExactRcnn({ code, filter: machineToFilter(machine), head: readoutNetworkInUnits(code) }, shape);
  const { weights, fault } = train(network, code, examples);
  const grids = points.map((x): LastGrid => {
    let grid: Float64Array = network.memoryLayer(weights, withOne(x));
    network.rollOut(grid, (_, next) => (grid = next.slice()));
    return { grid, output: network.output(grid) };
  });
  const predictions = points.map((x, i) =>
    readPrediction(
      code,
      machine,
      shape,
      plans[i] as PointPlan,
      { x, label: labelOf(examples, x) },
      grids[i] as LastGrid,
    ),
  );
  const shown = points[Math.max(0, Math.min(points.length - 1, point))] as Point;
  const svg = learnPicture({ machine, examples, shape, point: shown, step: Math.max(1, Math.min(m + 1, step)) });
  return {
    ...shape,
    memorized:
      fault === undefined || `step ${fault.step}: ${fault.code}, ${fault.actual} in place of ${fault.expected}`,
    computed: plans.every((plan, i) => !plan.halted || agreesWithRun(code, shape, plan, (grids[i] as LastGrid).grid)),
    predictions: predictions.map(({ x, prediction, reason, label }) => ({ x, prediction, reason, label })),
    weights: Array.from({ length: m + 1 }, (_, row) =>
      Array.from({ length: d + 1 }, (_unused, j) =>
        formatRational(fromUnits(code, BigInt(weights[row * (d + 1) + j] as number))),
      ),
    ),
    svg,
    milliseconds: performance.now() - started,
  };
}

function labelOf(examples: readonly Example[], x: Point): Sign | undefined {
  return examples.find((example) => example.x.every((entry, j) => entry === x[j]))?.y;
}

/** Examples, a line each. A first line of names is passed over. @throws {InputError} "data:line: ..." */
function readExamples(text: string): Example[] {
  const lines = text.split(/\r?\n/).map((line, i) => ({ line: line.trim(), number: i + 1 }));
  const rows = lines.filter(({ line }) => line !== "");
  if (/[A-Za-z]/.test(rows[0]?.line ?? "")) rows.shift();
  const examples = rows.map(({ line, number }): Example => {
    const entries = line.split(/[\s,;]+/).map((entry): Sign => {
      if (/^\+?1$/.test(entry)) return 1;
      if (/^[-−]1$/.test(entry)) return -1;
      throw new InputError(`data:${number}: expected entries 1 and -1, got ${JSON.stringify(entry.slice(0, 20))}`);
    });
    const y = entries.pop() as Sign;
    return { x: entries, y };
  });
  const d = examples[0]?.x.length ?? 0;
  if (examples.length === 0) throw new InputError("data: expected at least one example, a line such as 1,-1,1");
  const odd = examples.findIndex(({ x }) => x.length !== d);
  if (odd >= 0) throw new InputError(`data:${rows[odd]?.number}: expected ${d + 1} entries as in the first line`);
  if (d < 1 || d > MOST.coordinates || examples.length > MOST.examples) {
    throw new InputError(
      `data: a page learns from at most ${MOST.examples} examples of 1 to ${MOST.coordinates} coordinates, got ${examples.length} of ${d}; the command line has room for more: weightproof learn`,
    );
  }
  return examples;
}
