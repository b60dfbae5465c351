/**
 * Properties of a circuit's network for verifiers of neural networks, in VNN-LIB 1.0 or 2.0. Around an input of bits there is a box in which
 * the first correction still rounds to the same bits, so in all of it the outputs are those of the circuit, -1 and 1. A property says
 * so with a margin: Y_j < -1/4 or Y_j > 1/4. As VNN-LIB has it, a file asserts the contrary: unsat means that it holds.
 */
import type { CircuitCertificate } from "../../certificates/wei-chen-ma/circuit-certificate.js";
import { evaluateGraph } from "../../spec/circuits/and-inverter-graph.js";
import type { AffineRow, FeedForward, Layer } from "../../spec/wei-chen-ma/affine.js";
import type { VnnLibVersion } from "../export-formats.js";
import { vnnLanguage, type VnnLanguage } from "../vnn-lib/language.js";
import { exportedCircuit } from "./exported-circuit.js";

/** One box and what holds in it. */
export interface CircuitProperty {
  /** The input, such as "10110". */
  readonly name: string;
  /** The box is this wide in each direction, a power of 1/2. */
  readonly radius: number;
  readonly outputs: readonly boolean[];
  readonly text: string;
}

/** Boxes of all inputs if they are at most this many, else of so many. */
const MOST_BOXES = 64;

/** Properties of an accepted certificate's network, in a version of the language. */
export function circuitProperties(certificate: CircuitCertificate, version: VnnLibVersion = 1): CircuitProperty[] {
  const { circuit, network, facts } = exportedCircuit(certificate);
  const radius = boxRadius(network);
  const m = circuit.inputs.length;
  const language = vnnLanguage(version, { precision: "float32", inputs: m, outputs: circuit.outputs.length });
  const count = m <= 6 ? 2 ** m : MOST_BOXES;
  return Array.from({ length: count }, (_, k) => {
    // Where not all are taken: rotations of the bits of k, so that every input is 0 and 1 in some.
    const bits = circuit.inputs.map((_name, i) => ((k >> (m <= 6 ? i : (i + Math.floor(i / 6)) % 6)) & 1) === 1);
    const outputs = evaluateGraph(circuit, bits);
    const name = bits.map(Number).join("");
    return { name, radius, outputs, text: printProperty(language, bits, outputs, radius, facts) };
  });
}

/** The largest power of 1/2 up to 1/8 times which no coordinate of the first layer of gates moves by more than 1/4. */
function boxRadius({ layers }: FeedForward): number {
  const [first, second] = layers as readonly [Layer, Layer];
  const size = (entries: AffineRow["entries"]): number =>
    entries.reduce((sum, [, weight]) => sum + Math.abs(weight), 0);
  const reach = Math.max(
    ...second.rows.map(({ entries }) =>
      entries.reduce((sum, [j, weight]) => sum + Math.abs(weight) * size((first.rows[j] as AffineRow).entries), 0),
    ),
  );
  let radius = 1 / 8;
  while (radius * reach > 1 / 4) radius /= 2;
  return radius;
}

function printProperty(
  language: VnnLanguage,
  bits: readonly boolean[],
  outputs: readonly boolean[],
  radius: number,
  facts: Readonly<Record<string, string>>,
): string {
  const inputs = bits.map((bit, i) => {
    const value = bit ? 1 : 0;
    const x = language.input(i);
    return `(assert (>= ${x} ${decimal(value - radius)}))\n(assert (<= ${x} ${decimal(value + radius)}))\n`;
  });
  const wrong = outputs.map((bit, j) => {
    const y = language.output(j);
    return bit ? `  (and (<= ${y} 0.25))\n` : `  (and (>= ${y} -0.25))\n`;
  });
  return [
    language.first,
    "; The contrary of a property of a circuit's network: unsat means that it holds.\n",
    ...Object.entries(facts).map(([key, value]) => `; ${key}: ${value}\n`),
    "\n",
    language.declarations,
    "\n",
    ...inputs,
    "\n",
    `(assert (or\n${wrong.join("")}))\n`,
  ].join("");
}

/** A dyadic number as a decimal with a point. */
function decimal(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
