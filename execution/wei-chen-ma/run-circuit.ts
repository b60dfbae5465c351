/** Runs a circuit's network at inputs: in exact integers, and on tensors beside them, many inputs at a time. */
import { leastWidth, oneNorm, parametersOf, type FeedForward } from "../../spec/wei-chen-ma/affine.js";
import { loadBackend, loadBestBackend, type Backend, type BackendName } from "../tensors/backends.js";
import { ExactFeedForward } from "./exact-feed-forward.js";
import { runOnTensors } from "./tensor-feed-forward.js";

/** The first entry that tensors have otherwise. */
export interface CircuitDeviation {
  /** The number of the input, from 0. */
  readonly row: number;
  /** The affine map, from 1, after which they had. */
  readonly layer: number;
  readonly coordinate: number;
  /** The largest difference of an entry of this layer. */
  readonly largest: number;
}

/** What a network says at inputs. */
export interface CircuitRun {
  /** For each input: -1 is 0, 1 is 1; what is neither is no bit. Shape: inputs x outputs. */
  readonly outputs: readonly (readonly bigint[])[];
  readonly layers: number;
  readonly width: number;
  readonly parameters: bigint;
  readonly alpha: bigint;
  /** "exact", and the engine of the tensors if there were any. */
  readonly engines: readonly ("exact" | BackendName)[];
  /** Whether the tensors had the exact values after every layer at every input; null without tensors. */
  readonly bitExact: boolean | null;
  readonly deviation: CircuitDeviation | null;
}

/** Inputs that are on tensors at a time. */
const BATCH = 256;

/**
 * Runs it.
 *
 * @param inputs shape: inputs x bits; they go through the tensors in batches
 * @param backend of the tensors; the best one if absent, none if "exact"
 * @throws {BackendUnavailable} if it cannot be used here
 * @throws {TensorLimit} if the network does not fit on tensors
 */
export async function runCircuit(
  network: FeedForward,
  inputs: readonly (readonly (0 | 1)[])[],
  backend?: BackendName | "exact",
): Promise<CircuitRun> {
  const engine = new ExactFeedForward(network);
  const values = inputs.map((bits) => engine.run(bits.map(BigInt)));
  const outputs = values.map((layers) => layers.at(-1) as bigint[]);
  const [depth, width] = [network.layers.length - 1, leastWidth(network)];
  const common = {
    outputs,
    layers: network.layers.length,
    width,
    parameters: parametersOf(width, depth, network.layers[0]?.inputs ?? 0, network.layers.at(-1)?.rows.length ?? 0),
    alpha: oneNorm(network.layers),
  };
  if (backend === "exact") return { ...common, engines: ["exact"], bitExact: null, deviation: null };
  const loaded = backend === undefined ? await loadBestBackend() : await loadBackend(backend);
  const deviation = await deviationOf(loaded, network, inputs, values);
  return { ...common, engines: ["exact", loaded.name], bitExact: deviation === null, deviation };
}

async function deviationOf(
  { tf }: Backend,
  network: FeedForward,
  inputs: readonly (readonly (0 | 1)[])[],
  values: readonly (readonly (readonly bigint[])[])[],
): Promise<CircuitDeviation | null> {
  for (let from = 0; from < inputs.length; from += BATCH) {
    const tensors = await runOnTensors(tf, network, inputs.slice(from, from + BATCH));
    for (const [b, found] of tensors.entries()) {
      const difference = firstDifference(found, values[from + b] ?? []);
      if (difference !== undefined) return { row: from + b, ...difference };
    }
  }
  return null;
}

function firstDifference(
  found: readonly (readonly number[])[],
  exact: readonly (readonly bigint[])[],
): Omit<CircuitDeviation, "row"> | undefined {
  for (const [layer, right] of exact.entries()) {
    const left = found[layer] ?? [];
    // A double that is no integer is no bigint either, and a bigint beyond 2^53 is compared with the float itself.
    const coordinate = right.findIndex((value, i) => !isInteger(left[i] as number, value));
    if (coordinate < 0) continue;
    const largest = right.reduce((most, value, i) => Math.max(most, Math.abs((left[i] as number) - Number(value))), 0);
    return { layer, coordinate, largest };
  }
  return undefined;
}

function isInteger(float: number, value: bigint): boolean {
  return Number.isInteger(float) && BigInt(float) === value;
}
