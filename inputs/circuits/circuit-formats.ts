/** Reads circuits of all formats, by the ending of their file's name. */
import type { AndInverterGraph } from "../../spec/circuits/and-inverter-graph.js";
import { bytesToText } from "../read-text-file.js";
import { readAiger } from "./read-aiger.js";
import { readBench } from "./read-bench.js";
import { readBlif } from "./read-blif.js";
import { readCnf } from "./read-cnf.js";

/** The formats of circuits that are read, by the endings of their files. */
export const CIRCUIT_ENDINGS = ["aag", "aig", "bench", "blif", "cnf"] as const;

/**
 * One of them.
 *
 * @example
 * ```ts
 * import { readCircuit, type CircuitEnding } from "weightproof";
 *
 * const format: CircuitEnding = "cnf";
 * readCircuit(new TextEncoder().encode("p cnf 1 1\n1 0\n"), "one.cnf", format).inputs.length; // => 1
 * ```
 */
export type CircuitEnding = (typeof CIRCUIT_ENDINGS)[number];

const READERS: Readonly<Record<CircuitEnding, (bytes: Uint8Array, file: string) => AndInverterGraph>> = {
  aag: readAiger,
  aig: readAiger,
  bench: (bytes, file) => readBench(textOf(bytes, file), file),
  blif: (bytes, file) => readBlif(textOf(bytes, file), file),
  cnf: (bytes, file) => readCnf(textOf(bytes, file), file),
};

function textOf(bytes: Uint8Array, file: string): string {
  return bytesToText(bytes, file).replace(/^\ufeff/, "");
}

/** The format that the ending of a file's name says, or undefined. */
export function circuitEnding(path: string): CircuitEnding | undefined {
  const ending = /\.([A-Za-z]+)$/.exec(path)?.[1]?.toLowerCase();
  return CIRCUIT_ENDINGS.find((one) => one === ending);
}

/**
 * The circuit of a file's content.
 *
 * @param file what to call it in messages
 * @throws {InputError} if it is malformed, sequential, cyclic, or too large
 *
 * @example
 * ```ts
 * import { evaluateGraph, readCircuit } from "weightproof";
 *
 * const text = "INPUT(a)\nINPUT(b)\nOUTPUT(y)\ny = NAND(a, b)\n";
 * const circuit = readCircuit(new TextEncoder().encode(text), "nand.bench", "bench");
 * evaluateGraph(circuit, [true, true]); // => [false]
 * readCircuit(new TextEncoder().encode("OUTPUT(y)\ny = DFF(y)\n"), "loop.bench", "bench"); // throws InputError
 * ```
 */
export function readCircuit(bytes: Uint8Array, file: string, format: CircuitEnding): AndInverterGraph {
  return READERS[format](bytes, file);
}
