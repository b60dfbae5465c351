/**
 * The picture of learning: one step of training, where the memory phase spreads from the row that is being memorized; then
 * one prediction, where the compute phase spreads from the corner and the machine runs to its answer.
 */
import { readoutNetworkInUnits } from "../../construction/rcnn/readout-network.js";
import { machineToFilter } from "../../construction/rcnn/machine-to-filter.js";
import type { NormalMachine } from "../../spec/machines/machine.js";
import { cellCode } from "../../spec/rcnn/cell-code.js";
import { dummySample, withOne, type Example, type Point } from "../../inputs/examples/examples.js";
import { ExactRcnn, type RcnnShape } from "../rcnn/network.js";
import { labelUnit, memorizedWeights } from "../rcnn/train.js";
import { chosenLayers, spaceTimeSvg, type Frame } from "./space-time.js";

/** What to show. */
export interface LearnPictureRequest {
  readonly machine: NormalMachine;
  readonly examples: readonly Example[];
  readonly shape: RcnnShape;
  /** The point whose prediction is shown. */
  readonly point: Point;
  /** The step of training that is shown, from 1 to m + 1; the middle one if absent. */
  readonly step?: number;
}

/** Frames of training, of the compute wave, and of the machine's run. */
const MOST_FRAMES = { training: 9, wave: 9, run: 18 } as const;

/** Draws learning, as SVG text; every frame is a grid of the exact integer engine. */
export function learnPicture({ machine, examples, shape, point, step }: LearnPictureRequest): string {
  const code = cellCode(machine.states.length);
  const parts = { code, filter: machineToFilter(machine), head: readoutNetworkInUnits(code) };
  const network = new ExactRcnn(parts, shape);
  const { rows, columns } = network.size;
  const { d, m } = shape;

  const tau = step ?? Math.ceil((m + 1) / 2);
  const { x, y } = [...examples, dummySample(d)][tau - 1] as Example;
  const training = roll(network, network.memoryLayer(memorizedWeights(code, examples, tau - 1), withOne(x)));
  const settled = training.length - 1;

  const weights = memorizedWeights(code, examples, m + 1);
  const prediction = roll(network, network.memoryLayer(weights, withOne(point)));
  const last = prediction.length - 1;
  const waveEnd = Math.min(last, d + m + 1);
  const answer = network.output(prediction[last] as Float64Array) / labelUnit(code);
  const halts = [1, -1].includes(answer) && shape.layers >= last;

  const frame = (grids: readonly Float64Array[], layer: number, note?: string): Frame => ({
    layer,
    grid: grids[layer] as Float64Array,
    ...(note === undefined ? {} : { note }),
  });
  const trainingNote = (layer: number): string | undefined =>
    layer === 0 ? "W diag(z)" : layer === settled ? "gradient passes row " + tau : undefined;
  const runNote = (layer: number): string | undefined =>
    layer === last && halts ? `answer ${sign(answer)}` : undefined;
  return spaceTimeSvg({
    title: `${machine.name}: learning from ${m} ${m === 1 ? "example" : "examples"} of ${d} ${d === 1 ? "coordinate" : "coordinates"}`,
    code,
    machine,
    rows,
    columns,
    sections: [
      {
        title: `Training, step ${tau} of ${m + 1}: the memory phase spreads from row ${tau}, which takes in the example (${x.map(sign).join(" ")}) → ${sign(y)}${tau === m + 1 ? ", the dummy sample" : ""}`,
        frames: chosenLayers(0, settled, MOST_FRAMES.training).map((layer) =>
          frame(training, layer, trainingNote(layer)),
        ),
      },
      {
        title: `Prediction for (${point.map(sign).join(" ")}): the compute phase spreads from the bottom right cell of the data`,
        frames: chosenLayers(0, waveEnd, MOST_FRAMES.wave).map((layer) => frame(prediction, layer, runNote(layer))),
      },
      ...(last > waveEnd
        ? [
            {
              title: "The machine computes on the memorized examples",
              frames: chosenLayers(waveEnd + 1, last, MOST_FRAMES.run).map((layer) =>
                frame(prediction, layer, runNote(layer)),
              ),
            },
          ]
        : []),
    ],
  });
}

/** All grids until nothing changes any more. */
function roll(network: ExactRcnn, start: Float64Array): Float64Array[] {
  const grids: Float64Array[] = [];
  network.rollOut(start, (_, grid) => grids.push(grid.slice()));
  return grids;
}

function sign(value: number): string {
  return value === 1 ? "+" : "−";
}
