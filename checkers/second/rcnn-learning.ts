/** The certificate of a learning run (LEARNING.md): its shape, and the decisions in their order. */
import { network, readNetwork } from "./network.js";
import { reject } from "./rcnn-codes.js";
import { float32Bounds } from "./rcnn-float32.js";
import { decideHandOver } from "./rcnn-hand-over.js";
import { cellCode, MAX_STATES, normalForm, sourceShape } from "./rcnn-machine.js";
import { decideMemorization } from "./rcnn-memory.js";
import { decideNetworks, workFor } from "./rcnn-networks.js";
import { learnerOf, predict, train, type Example, type Size } from "./rcnn-training.js";
import {
  agree,
  count,
  decideDigests,
  digest,
  list,
  natural,
  oneOf,
  orNull,
  record,
  string,
  valueOfText,
} from "./text.js";

/** The main and padding cells of a larger grid are not looked at. */
const MAX_GRID_CELLS = 1_000_000;

const word = string(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]{0,64}$/u);
const signs = string(/^[+-]{1,10001}$/);
const bounds = list(record({ name: word, row: count, grid: word, size: word }), 64);
// prettier-ignore
const learningShape = record({
  format: oneOf("weightproof-certificate"), version: oneOf(1), system: oneOf("rcnn"), statement: oneOf("learning"),
  source: sourceShape,
  digests: record({ source: digest, filter: digest, head: digest }),
  shape: record({ d: count, m: count, columns: count, layers: count }),
  examples: list(string(/^[+-]{1,10000} [+-]$/), 100_000, 1),
  memory: list(signs, 100_001, 2),
  predictions: list(
    record({ x: signs, f: word, answer: oneOf("+", "-", null), settles: orNull(count) }),
    65_536,
  ),
  verdicts: record({
    memorization: record({ rowWindows: count, columnWindows: count, patches: count, waves: count, trainingSets: count }),
    handOver: record({ fronts: count, patches: natural }),
    float32: orNull(record({
      layout: oneOf("dense", "taps"), rows: count, mainColumns: count, forward: bounds, backward: bounds,
    })),
    replay: record({ steps: count, cells: count }),
  }),
  filter: network, head: network,
});

/** Decides data and text of a learning run's certificate; ends the check, or gives what is left alone: nothing. */
export function decideLearning(json: unknown, text: string): readonly string[] {
  const certificate = valueOfText(json, text, learningShape);
  const { source, digests, shape, predictions, verdicts } = certificate;
  decideDigests(certificate, digests);
  const machine = normalForm(source);
  if (machine.states.length > MAX_STATES) reject("source-machine", "source", `more than ${MAX_STATES} states`);
  const [filter, head] = [readNetwork(certificate.filter, "filter"), readNetwork(certificate.head, "head")];
  const examples = decideShape(shape, certificate.examples, predictions.map(({ x }) => x)); // prettier-ignore
  const cells = cellCode(machine);
  const one = cells.unit(0);
  const work = workFor(text);
  const { letters, quarters } = decideNetworks(cells, "well-formed", filter, head, one, [one / 18n, 1n], work);

  const learner = learnerOf(cells);
  const memorization = decideMemorization(cells, learner);
  const handOver = decideHandOver(cells, work.spend);
  const [rows, mainColumns] = [shape.m + 1, shape.d + 1];
  const float32 =
    verdicts.float32 === null ? null : float32Bounds(quarters, head, letters, one, rows, mainColumns, work.spend);

  const counted = { cells: 0 };
  const w = train(learner, shape, examples, counted, "learning-training");
  const line = (i: number): string =>
    Array.from(w.subarray(i * mainColumns, (i + 1) * mainColumns), (sign) => (sign > 0 ? "+" : "-")).join("");
  const isHalting = (state: number): boolean => machine.halting.includes(state);
  // Everything is rolled out before anything is compared: the limit of cells does not depend on what is stated.
  const said = predictions.map(({ x }) => ({ x, ...predict(learner, shape, w, signsOf(x), isHalting, counted) }));
  agree("learning-memory", certificate.memory, Array.from({ length: rows }, (_, i) => line(i)), "memory"); // prettier-ignore
  agree("learning-prediction", predictions, said, "predictions");
  agree("float-bounds", verdicts.float32, float32, "verdicts.float32");
  const replay = { steps: rows, cells: counted.cells };
  agree(
    "counts",
    { memorization: verdicts.memorization, handOver: verdicts.handOver, replay: verdicts.replay },
    { memorization, handOver, replay },
    "verdicts",
  );
  return [];
}

/** The run is one on a grid: there are m examples of d signs, and points of d signs. */
function decideShape(
  { d, m, columns, layers }: Size,
  examples: readonly string[],
  points: readonly string[],
): Example[] {
  const fail = (path: string, expected: string): never => reject("learning-shape", path, `expected ${expected}`);
  if (d < 1 || m < 1 || columns < 1) fail("shape", "d, m and columns of at least 1");
  if (layers < m + 1) fail("shape.layers", `at least ${m + 1}`);
  if ((m + 1) * (d + 1 + columns) > MAX_GRID_CELLS) fail("shape", `at most ${MAX_GRID_CELLS} cells`);
  if (examples.length !== m) fail("examples", `${m} of them`);
  for (const [i, text] of examples.entries()) if (text.length !== d + 2) fail(`examples[${i}]`, `${d} signs`);
  for (const [i, text] of points.entries()) if (text.length !== d) fail(`predictions[${i}].x`, `${d} signs`);
  return examples.map((text) => [signsOf(text.slice(0, d)), signsOf(text.slice(d + 1))[0] as number]);
}

function signsOf(text: string): number[] {
  return Array.from(text, (sign) => (sign === "+" ? 1 : -1));
}
