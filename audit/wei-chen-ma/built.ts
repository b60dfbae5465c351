/** Networks as this project builds them, measured: sizes, norms and certified margins, each built once. */
import { decoderSizesAndNorms } from "../../checkers/wei-chen-ma/decoder-claims.js";
import { checkStep } from "../../checkers/wei-chen-ma/check-step.js";
import { decoderNorms } from "../../checkers/wei-chen-ma/decoder-margin.js";
import { chooseMargin } from "../../checkers/wei-chen-ma/largest-margin.js";
import { circuitToLayers } from "../../construction/wei-chen-ma/circuit-to-layers.js";
import { formulaChanges } from "../../construction/wei-chen-ma/decoder-to-certificate.js";
import { layersToNetwork } from "../../construction/wei-chen-ma/layers-to-network.js";
import { machineToDecoder, type BuiltDecoder } from "../../construction/wei-chen-ma/machine-to-decoder.js";
import { gridToTape } from "../../construction/wei-chen-ma/one-row.js";
import { simplifyGraph } from "../../construction/wei-chen-ma/simplify-graph.js";
import { circuitGallery, loadCircuit } from "../../inputs/circuits/load-circuit.js";
import { loadMachine } from "../../inputs/machines/load-machine.js";
import { circuitSize, type CircuitSize } from "../../spec/circuits/layered-circuit.js";
import { parseRational, type Rational } from "../../spec/exact/rational.js";
import { tapeNormalForm } from "../../spec/machines/tape-machine.js";
import { leastWidth, oneNorm, parametersOf } from "../../spec/wei-chen-ma/affine.js";

/** The machine of the figures. */
export const MACHINE = "bb4";

/** Bits of a position at which it is built. */
export const BITS: readonly number[] = [4, 8, 13, 18, 24, 31, 40];

/** The largest T that w bits allow on a blank two-way tape: N = T + 1 passes, 2^w >= N + 1. */
export function largestSteps(bits: number): number {
  return 2 ** bits - 2;
}

/** What is measured of a decoder. */
export interface MeasuredDecoder {
  readonly bits: number;
  readonly states: number;
  readonly symbols: number;
  readonly steps: number;
  readonly layers: number;
  readonly width: number;
  readonly alpha: bigint;
  readonly parameters: bigint;
  readonly largestWeight: number;
}

const built = new Map<string, BuiltDecoder>();

/** The decoder of a machine of the gallery for the largest T of so many bits. */
export function decoderOf(name: string, bits: number): BuiltDecoder {
  const key = `${name} ${bits}`;
  const known = built.get(key);
  if (known !== undefined) return known;
  const machine = tapeNormalForm(gridToTape(loadMachine(name)));
  const decoder = machineToDecoder({ machine, passes: largestSteps(bits) + 1 });
  built.set(key, decoder);
  return decoder;
}

/** Sizes and norms at so many bits. */
export function measured(name: string, bits: number): MeasuredDecoder {
  const { decoder } = decoderOf(name, bits);
  const { alpha, parameters, layers, width, largestWeight } = decoderSizesAndNorms(decoder);
  const { states, symbols } = decoder.sizes;
  const exact = { alpha: BigInt(alpha), parameters: BigInt(parameters) };
  return { bits, states, symbols, steps: largestSteps(bits), layers, width, largestWeight, ...exact };
}

const margins = new Map<string, Rational>();

/** The largest multiple of 10^-7 that is certified as a lower bound of the all-layer margin, the step decided first. */
export function certifiedMargin(name: string, bits: number): Rational {
  const key = `${name} ${bits}`;
  const known = margins.get(key);
  if (known !== undefined) return known;
  const { decoder, label, tape, functions } = decoderOf(name, bits);
  const machine = tapeNormalForm(gridToTape(loadMachine(name)));
  const passes = largestSteps(bits) + 1;
  const formulas = formulaChanges(functions);
  const step = checkStep({ machine, tape, label, passes, decoder, formulas });
  if (step.verdict !== "accepted")
    throw new Error(`certifiedMargin: the step of ${name} at ${bits} bits is not accepted`);
  const margin = parseRational(chooseMargin(decoderNorms(decoder, step.result.gaps, formulas)).bound);
  margins.set(key, margin);
  return margin;
}

/** What is measured of a circuit's network. */
export interface MeasuredCircuit extends CircuitSize {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly alpha: bigint;
  /** d of F_(w,d). */
  readonly layers: number;
  readonly leastWidth: number;
}

/** All circuits of the gallery as networks. */
export function measuredCircuits(): MeasuredCircuit[] {
  return [...circuitGallery().keys()].map((name) => {
    const layered = circuitToLayers(simplifyGraph(loadCircuit(name).graph, { hashing: true, constants: true }).graph);
    const network = layersToNetwork(layered);
    return {
      name,
      ...circuitSize(layered),
      inputs: layered.inputs,
      outputs: layered.layers.at(-1)?.length ?? 0,
      alpha: oneNorm(network.layers),
      layers: network.layers.length - 1,
      leastWidth: leastWidth(network),
    };
  });
}

/** p of a circuit's network at a width. */
export function parametersAt({ layers, inputs, outputs }: MeasuredCircuit, width: number): bigint {
  return parametersOf(width, layers, inputs, outputs);
}
