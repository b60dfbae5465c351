/** Runs a circuit's network at an input: in exact integers, and on tensors beside them. */
import { leastWidth, oneNorm, parametersOf, type FeedForward } from "../../spec/wei-chen-ma/affine.js";
import { loadBackend, loadBestBackend, type BackendName } from "../tensors/backends.js";
import { ExactFeedForward } from "./exact-feed-forward.js";
import { runOnTensors } from "./tensor-feed-forward.js";

/** What a network says at an input. */
export interface CircuitRun {
  /** -1 is 0, 1 is 1; what is neither is no bit. Shape: outputs. */
  readonly outputs: readonly bigint[];
  readonly layers: number;
  readonly width: number;
  readonly parameters: bigint;
  readonly alpha: bigint;
  /** The engine of the tensors, or "exact" where there were none. */
  readonly engine: string;
  /** Whether the tensors had the exact values after every layer; null without tensors. */
  readonly bitExact: boolean | null;
  /** The first layer after which they had not, from 0; null otherwise. */
  readonly firstDeviation: number | null;
}

/**
 * Runs it.
 *
 * @param bits shape: inputs
 * @param backend of the tensors; the best one if absent, none if "exact"
 * @throws {BackendUnavailable} if it cannot be used here
 * @throws {TensorLimit} if the network does not fit on tensors
 */
export async function runCircuit(
  network: FeedForward,
  bits: readonly (0 | 1)[],
  backend?: BackendName | "exact",
): Promise<CircuitRun> {
  const values = new ExactFeedForward(network).run(bits.map(BigInt));
  const [outputs, depth, width] = [values.at(-1) as bigint[], network.layers.length - 1, leastWidth(network)];
  const common = {
    outputs,
    layers: network.layers.length,
    width,
    parameters: parametersOf(width, depth, bits.length, outputs.length),
    alpha: oneNorm(network.layers),
  };
  if (backend === "exact") return { ...common, engine: "exact", bitExact: null, firstDeviation: null };
  const { tf, name } = backend === undefined ? await loadBestBackend() : await loadBackend(backend);
  const [tensors = []] = await runOnTensors(tf, network, [bits]);
  const deviation = values.findIndex((list, l) => list.some((value, i) => Number(value) !== tensors[l]?.[i]));
  const firstDeviation = deviation < 0 ? null : deviation - 1;
  return { ...common, engine: name, bitExact: deviation < 0, firstDeviation };
}
