/**
 * The two languages of VNN-LIB, as far as properties of boxes need them. VNN-LIB 1.0 is SMT-LIB over constants X_0, X_1, ... and Y_0,
 * Y_1, ...; VNN-LIB 2.0 declares the network, with the types and shapes of its tensors, and indexes them. (Names of
 * tensors are in the grammar of 2.0 as well, but the parser vnnlib 1.0.0 refuses them; with one input and one output they add nothing.)
 */
import type { Precision, VnnLibVersion } from "../export-formats.js";

/** The network that properties speak of: one input tensor and one output tensor, each of shape [1, count]. */
export interface VnnNetwork {
  readonly precision: Precision;
  readonly inputs: number;
  readonly outputs: number;
}

/** How a language declares the network and names the entries of its tensors. */
export interface VnnLanguage {
  /** The line that must be the first one, before comments; "" if there is none. */
  readonly first: string;
  readonly declarations: string;
  /** The j-th input, from 0. */
  readonly input: (j: number) => string;
  /** The j-th output, from 0. */
  readonly output: (j: number) => string;
}

/** The language of a version, for a network. */
export function vnnLanguage(version: VnnLibVersion, { precision, inputs, outputs }: VnnNetwork): VnnLanguage {
  const numbers = (count: number): number[] => Array.from({ length: count }, (_, j) => j);
  if (version === 1) {
    const names = [...numbers(inputs).map((j) => `X_${j}`), ...numbers(outputs).map((j) => `Y_${j}`)];
    return {
      first: "",
      declarations: names.map((name) => `(declare-const ${name} Real)\n`).join(""),
      input: (j) => `X_${j}`,
      output: (j) => `Y_${j}`,
    };
  }
  return {
    first: "(vnnlib-version <2.0>)\n",
    declarations: [
      "(declare-network N\n",
      `  (declare-input X ${precision} [1, ${inputs}])\n`,
      `  (declare-output Y ${precision} [1, ${outputs}])\n`,
      ")\n",
    ].join(""),
    input: (j) => `X[0, ${j}]`,
    output: (j) => `Y[0, ${j}]`,
  };
}
