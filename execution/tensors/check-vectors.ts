/**
 * Vectors for the bit-exactness check of tensor backends, from the exact integer engine: random well-formed patches, a
 * training set, and the points of a hypercube rolled out after training.
 */
import { readoutNetworkInUnits } from "../../construction/rcnn/readout-network.js";
import { machineToFilter } from "../../construction/rcnn/machine-to-filter.js";
import type { NormalMachine } from "../../spec/machines/machine.js";
import { alphabet } from "../../spec/rcnn/alphabet.js";
import { cellCode, toUnits } from "../../spec/rcnn/cell-code.js";
import { CENTRE, PLACES } from "../../spec/rcnn/patch.js";
import { withOne, type Example, type Point } from "../../inputs/examples/examples.js";
import { IntegerNetwork } from "../rcnn/integer-network.js";
import { ExactRcnn, type RcnnParts } from "../rcnn/network.js";
import { train } from "../rcnn/train.js";
import { floatRcnn, type FilterLayout } from "./float-network.js";
import type { CheckVectors } from "./self-check.js";

/** The cases on which a backend is checked. */
export interface VectorRequest {
  readonly machine: NormalMachine;
  readonly layout: FilterLayout["kind"];
  readonly examples: readonly Example[];
  readonly points: readonly Point[];
  readonly columns: number;
  readonly layers: number;
  /** Number of random patches. */
  readonly patches: number;
}

/** Computes vectors; the same request gives the same vectors. */
export function checkVectors({
  machine,
  layout,
  examples,
  points,
  columns,
  layers,
  patches,
}: VectorRequest): CheckVectors {
  const code = cellCode(machine.states.length);
  const parts: RcnnParts = { code, filter: machineToFilter(machine), head: readoutNetworkInUnits(code) };
  const network = new ExactRcnn(parts, { d: (examples[0] as Example).x.length, m: examples.length, columns, layers });
  const run = train(network, code, examples);
  const ends = points.map((x) => network.rollOut(network.memoryLayer(run.weights, withOne(x))));
  const chosen = randomPatches(parts, patches);
  const filter = new IntegerNetwork(parts.filter);
  return {
    name: `${machine.name}, ${machine.states.length} states, ${layout}`,
    floats: floatRcnn(parts, layout),
    shape: network.size,
    layers,
    patches: chosen,
    values: chosen.map((patch) => filter.value(patch)),
    examples,
    steps: run.steps.map(({ output, memory, gradient, weights }) => ({
      output,
      memory: [...memory],
      gradient: [...gradient],
      weights: [...weights],
    })),
    points,
    grids: ends.map(({ grid }) => [...grid]),
    outputs: ends.map(({ output }) => output),
  };
}

/** The vectors as JSON text; selfCheck takes what JSON.parse makes of it. */
export function checkVectorsToJson(vectors: CheckVectors): string {
  return JSON.stringify(vectors, (_, value: unknown) =>
    ArrayBuffer.isView(value) ? [...(value as Float32Array)] : value,
  );
}

function randomPatches({ code }: RcnnParts, count: number): number[][] {
  const letters = alphabet(code, "well-formed");
  const units = [letters.neighbour, letters.centre].map((cells) =>
    cells.map(({ value }) => Number(toUnits(code, value))),
  );
  const [neighbour, centre] = units as [number[], number[]];
  let state = 1;
  // A linear congruential generator is random enough to pick patches, and the same everywhere.
  const below = (end: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * end);
  };
  return Array.from({ length: count }, () =>
    Array.from({ length: PLACES }, (_, place) => {
      const from = place === CENTRE ? centre : neighbour;
      return from[below(from.length)] as number;
    }),
  );
}
