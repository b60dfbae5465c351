/** The certificates from which cases start: of circuits' networks, and of a decoder. */
import { printCircuitCertificate } from "../../certificates/wei-chen-ma/circuit-certificate.js";
import type { AndInverterGraph } from "../../spec/circuits/and-inverter-graph.js";
import { certifyCircuit } from "../../systems/wei-chen-ma/circuit-certify.js";
import { decoderBase } from "./decoder-base.js";

/** The paths of the bases, from the folder of the corpus. */
export const BASES = {
  /** A circuit of three inputs and three outputs, with every kind of gate, and another of the same sizes. */
  choice: "wei-chen-ma/bases/choice.json",
  otherChoice: "wei-chen-ma/bases/other-choice.json",
  /** A circuit whose inputs are too many to try them all. */
  many: "wei-chen-ma/bases/many.json",
  /** The decoder of BB(2) for 6 steps. */
  decoder: "wei-chen-ma/bases/decoder.json",
} as const;

/** s ? a : b, a AND b, NOT b: three inputs and three outputs, two corrections, every kind of gate. */
const CHOICE: AndInverterGraph = {
  inputs: ["s", "a", "b"],
  ands: [
    [4, 2],
    [6, 3],
    [11, 9],
    [6, 4],
  ],
  outputs: [
    { name: "choice", literal: 13 },
    { name: "both", literal: 14 },
    { name: "not b", literal: 7 },
  ],
};

/** The same with the inputs of the multiplexer exchanged. */
const OTHER: AndInverterGraph = {
  ...CHOICE,
  ands: [
    [6, 2],
    [4, 3],
    [11, 9],
    [6, 4],
  ],
};

/** 21 inputs, too many to try them all; no perturbation is stated. */
const MANY: AndInverterGraph = {
  inputs: Array.from({ length: 21 }, (_, i) => `x${i}`),
  ands: [
    [4, 3],
    [5, 2],
    [47, 45],
    [42, 40],
  ],
  outputs: [
    { name: "differ", literal: 49 },
    { name: "both", literal: 50 },
  ],
};

function textOf(name: string, circuit: AndInverterGraph, flip: boolean): string {
  const verdict = certifyCircuit(name, circuit, { hashing: true, constants: true, flip });
  if (verdict.verdict !== "accepted")
    throw new Error(`textOf: expected a certificate of ${name}, got ${verdict.verdict}`);
  return printCircuitCertificate(verdict.result.certificate);
}

/** The texts of the bases by path, made anew. */
export async function makeBases(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    [BASES.choice, textOf("choice", CHOICE, true)],
    [BASES.otherChoice, textOf("choice", OTHER, true)],
    [BASES.many, textOf("many", MANY, false)],
    [BASES.decoder, decoderBase()],
  ]);
}
