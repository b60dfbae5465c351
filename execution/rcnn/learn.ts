/**
 * Learning, from a training set to predictions: Algorithm 1 and roll-outs on tensors, each compared bit for bit with
 * the exact integers.
 */
import { readoutNetworkInUnits } from "../../construction/rcnn/readout-network.js";
import { machineToFilter } from "../../construction/rcnn/machine-to-filter.js";
import { checkFloatBounds, type FloatBounds } from "../../checkers/rcnn/float-bounds.js";
import type { NormalMachine } from "../../spec/machines/machine.js";
import { cellCode } from "../../spec/rcnn/cell-code.js";
import { assertExamples, assertPoint, contradictions, withOne, type Example } from "../../inputs/examples/examples.js";
import type { Query } from "../../inputs/examples/read-examples.js";
import { loadBackend, loadBestBackend, type Backend, type BackendName } from "../tensors/backends.js";
import type { Sweep } from "../tensors/tensor-roll-out.js";
import { FilterTable } from "./filter-table.js";
import { agreesWithRun, readPrediction, type LastGrid, type Prediction } from "./learn-grid.js";
import { planRuns, type PointPlan } from "./learn-plan.js";
import { learnOnTensors, type TensorOutcome } from "./learn-tensors.js";
import { ExactRcnn, gridSize, type MemoryWeights, type RcnnParts, type RcnnShape } from "./network.js";
import { RollOut } from "./roll-out.js";
import { train, type MemorizationFault } from "./train.js";

/** "exact" runs the integer engine alone. */
export type EngineName = BackendName | "exact";

/**
 * What to learn from, what to predict, and how.
 *
 * @example
 * ```ts
 * import { learn, loadMachine, normalForm, type LearnRequest } from "weightproof";
 *
 * const request: LearnRequest = {
 *   machine: normalForm(loadMachine("dictator")),
 *   examples: [{ x: [1, -1], y: -1 }],
 *   queries: [{ x: [-1, 1], label: undefined }],
 *   backend: "exact",
 * };
 * (await learn(request)).d; // => 2
 * ```
 */
export interface LearnRequest {
  /**
   * In normal form; a learner (B.1.2): it halts with the answer in the top left cell and blanks elsewhere in the input.
   */
  readonly machine: NormalMachine;
  readonly examples: readonly Example[];
  readonly queries: readonly Query[];
  /** The best backend that is here if absent. */
  readonly backend?: EngineName;
  /** L; as many as the machine's runs need if absent. */
  readonly layers?: number;
  /** Padding columns; as many as the machine's runs need if absent. */
  readonly columns?: number;
  /** Steps after which a run is given up when layers and columns are planned; defaultMaxSteps if absent. */
  readonly maxSteps?: number;
  /** By default changed cells where reading tensors is cheap, dense elsewhere. */
  readonly sweep?: Sweep;
  /** Called after each step of training, and after layers of the roll-out. */
  readonly onProgress?: (part: "training" | "roll-out", done: number, total: number) => void;
}

/** A million steps a point, fewer for many points, so that machines that never halt cost seconds and not hours. */
function defaultMaxSteps(points: number): number {
  return Math.max(10_000, Math.min(1_000_000, Math.floor(2e9 / Math.max(1, points))));
}

/** Largest grid: rows times columns, padding columns included. */
export const MAX_GRID_CELLS = 1_000_000;

/**
 * What was learned and predicted. JSON data throughout.
 *
 * @example
 * ```ts
 * import { learn, loadMachine, normalForm, type LearnResult } from "weightproof";
 *
 * const result: LearnResult = await learn({
 *   machine: normalForm(loadMachine("majority")),
 *   examples: [
 *     { x: [1, 1, 1], y: 1 },
 *     { x: [-1, 1, -1], y: -1 },
 *   ],
 *   queries: [{ x: [1, -1, 1], label: undefined }],
 *   backend: "exact",
 * });
 * [result.memorized, result.computed, result.bitExact]; // => [true, true, null]
 * ```
 */
export interface LearnResult {
  readonly machine: string;
  readonly states: number;
  readonly d: number;
  readonly m: number;
  /** Every step of training did what Lemmas 3 and 4 say, in every entry, in both engines. */
  readonly memorized: boolean;
  readonly fault: MemorizationFault | null;
  /**
   * Every output, gradient, weight and cell of the tensors equals the integer engine's; null if there were no tensors.
   */
  readonly bitExact: boolean | null;
  /** The first difference, if there is one. */
  readonly difference: string | null;
  /**
   * Every cell of every last grid agrees with the machine's own run; null for grids whose run is not known to the end.
   */
  readonly computed: boolean | null;
  readonly backend: EngineName;
  readonly backendDetail: string;
  readonly sweep: Sweep;
  readonly layers: number;
  readonly columns: number;
  readonly predictions: readonly Prediction[];
  /** Share of right predictions among the points with a label; null if none has one. */
  readonly accuracy: number | null;
  readonly correct: number;
  readonly labelled: number;
  /** Pairs of examples, counted from 0, with the same point and different labels. */
  readonly contradictions: readonly (readonly [number, number])[];
  /** Bounds that exclude rounding; null if there were no tensors. */
  readonly floatBounds: FloatBounds | null;
  readonly seconds: { readonly exact: number; readonly training: number; readonly rollOut: number };
  /** The weights of the memory layer, u-units, row by row; shape: (m + 1) x (d + 1). */
  readonly weights: readonly number[];
}

/**
 * The machine is too large for exact float32, or a shape that was asked for makes no sense; the message says which
 * limit.
 */
export class LearnLimit extends Error {
  readonly limit: string;
  constructor(limit: string, message: string) {
    super(message);
    this.name = "LearnLimit";
    this.limit = limit;
  }
}

/**
 * Trains and predicts.
 *
 * @throws {LearnLimit} if the machine is too large for exact float32, or the grid too large
 * @throws {BackendUnavailable} if the backend that was asked for is not here
 * @throws {RangeError} if examples, queries or sizes are malformed
 *
 * @example
 * ```ts
 * import { learn, loadMachine, normalForm } from "weightproof";
 *
 * // y = x_1 x_2 from three of its four points; parity by Gaussian elimination knows the fourth.
 * const { memorized, predictions } = await learn({
 *   machine: normalForm(loadMachine("parity")),
 *   examples: [
 *     { x: [1, 1], y: 1 },
 *     { x: [1, -1], y: -1 },
 *     { x: [-1, 1], y: -1 },
 *   ],
 *   queries: [{ x: [-1, -1], label: undefined }],
 *   backend: "exact",
 * });
 * [memorized, predictions[0]?.prediction]; // => [true, 1]
 * ```
 */
export async function learn(request: LearnRequest): Promise<LearnResult> {
  const { machine, examples, queries } = request;
  assertExamples(examples, "learn");
  const d = (examples[0] as Example).x.length;
  for (const [i, { x }] of queries.entries()) assertPoint(x, d, `learn: query ${i}`);
  const code = cellCode(machine.states.length);
  const parts: RcnnParts = { code, filter: machineToFilter(machine), head: readoutNetworkInUnits(code) };
  const points = queries.map(({ x }) => x);
  const plans = planRuns(machine, examples, points, request.maxSteps ?? defaultMaxSteps(points.length));
  const shape = chooseShape(request, plans, d);

  const started = performance.now();
  const exact = new ExactRcnn(parts, shape);
  const expected = train(exact, code, examples);
  const exactGrids = exactRollOuts(exact, parts, expected.weights, queries);
  const exactSeconds = (performance.now() - started) / 1000;

  let tensors:
    (TensorOutcome & { readonly backend: Backend; readonly bounds: FloatBounds; readonly sweep: Sweep }) | undefined;
  if (request.backend !== "exact") {
    const bounds = boundsOrThrow(machine, parts, shape);
    const backend = request.backend === undefined ? await loadBestBackend() : await loadBackend(request.backend);
    const sweep = request.sweep ?? (backend.readsAreCheap ? "changed-cells" : "dense");
    const onProgress = request.onProgress ?? (() => undefined);
    const task = { backend, sweep, examples, queries, onProgress };
    tensors = { ...(await learnOnTensors(task, parts, exact, expected, exactGrids)), backend, bounds, sweep };
  }

  const grids = tensors?.grids ?? exactGrids;
  const predictions = queries.map((query, i) =>
    readPrediction(code, machine, shape, plans[i] as PointPlan, query, grids[i] as LastGrid),
  );
  const finished = predictions.flatMap(({ reason }, i) => (reason === null || reason === "no-answer" ? [i] : []));
  const computed = finished.every((i) =>
    agreesWithRun(code, shape, plans[i] as PointPlan, (grids[i] as LastGrid).grid),
  );
  const labelled = predictions.filter(({ label }) => label !== null);
  const correct = labelled.filter(({ label, prediction }) => label === prediction).length;
  const fault = expected.fault ?? tensors?.fault ?? null;
  return {
    machine: machine.name,
    states: machine.states.length,
    d,
    m: examples.length,
    memorized: fault === null,
    fault,
    bitExact: tensors === undefined ? null : tensors.difference === undefined,
    difference: tensors?.difference ?? null,
    computed: finished.length === 0 ? null : computed,
    backend: tensors?.backend.name ?? "exact",
    backendDetail: tensors?.backend.detail ?? "exact integers",
    sweep: tensors?.sweep ?? "changed-cells",
    layers: shape.layers,
    columns: shape.columns,
    predictions,
    accuracy: labelled.length === 0 ? null : correct / labelled.length,
    correct,
    labelled: labelled.length,
    contradictions: contradictions(examples),
    floatBounds: tensors?.bounds ?? null,
    seconds: { exact: exactSeconds, training: tensors?.trainingSeconds ?? 0, rollOut: tensors?.rollOutSeconds ?? 0 },
    weights: [...expected.weights],
  };
}

/** @throws {LearnLimit} if some sum of the network may leave the range in which float32 is exact */
function boundsOrThrow(machine: NormalMachine, { filter, head, code }: RcnnParts, shape: RcnnShape): FloatBounds {
  const { rows, mainColumns } = gridSize(shape);
  const verdict = checkFloatBounds(filter, head, code, { layout: "taps", rows, mainColumns, training: true });
  if (verdict.verdict === "accepted") return verdict.result;
  throw new LearnLimit(
    verdict.verdict === "rejected" ? verdict.path : verdict.limit,
    `${machine.name} is too large for exact float32: ${verdict.message}; the backend "exact" has no such limit`,
  );
}

/** The shape that was asked for, or else the smallest in which all runs that halt come to their end. */
function chooseShape({ examples, layers, columns }: LearnRequest, plans: readonly PointPlan[], d: number): RcnnShape {
  const m = examples.length;
  const halted = plans.filter((plan) => plan.halted);
  const shape = {
    d,
    m,
    columns: columns ?? Math.max(1, ...halted.map((plan) => plan.columns)),
    layers: layers ?? Math.max(m + d + 1, ...halted.map((plan) => plan.layers)),
  };
  if (shape.layers < m + 1) {
    throw new LearnLimit(
      "layers",
      `${shape.layers} layers are too few: the memory phase needs m + 1 = ${m + 1} to reach every row`,
    );
  }
  const cells = (m + 1) * (d + 1 + shape.columns);
  if (cells > MAX_GRID_CELLS) {
    throw new LearnLimit("grid", `the grid would have ${cells} cells; at most ${MAX_GRID_CELLS} are supported`);
  }
  return shape;
}

/** The last grid of each query, by the event-driven engine. */
function exactRollOuts(
  exact: ExactRcnn,
  parts: RcnnParts,
  weights: MemoryWeights,
  queries: readonly Query[],
): LastGrid[] {
  const table = new FilterTable(parts.filter, parts.code);
  const { units, byUnits } = table.letters;
  const { rows, columns } = exact.size;
  return queries.map(({ x }) => {
    const start = exact.memoryLayer(weights, withOne(x));
    const letters = Uint16Array.from(start, (u) => byUnits.get(BigInt(u)) ?? table.letters.padding);
    const run = new RollOut(table, { rows, columns, letters });
    run.advance(exact.shape.layers);
    const grid = Float64Array.from(run.grid().letters, (letter) => Number(units[letter]));
    return { grid, output: exact.output(grid) };
  });
}
