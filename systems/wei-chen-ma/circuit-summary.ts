/** What the certificate of a circuit's network says, for people. */
import type { CircuitCertificate, FlipJson } from "../../certificates/wei-chen-ma/circuit-certificate.js";
import { counted, grouped } from "../print-verdict.js";

/** Labels and texts. */
export function circuitSummary(certificate: CircuitCertificate): [label: string, text: string][] {
  const { circuit, width, verdicts, digests } = certificate;
  const { function: values, binary, correction, norms, margin, exactness, sample } = verdicts;
  const { and, or, not, id, constant, other } = values.gates;
  const tried = values.inputs === null ? "" : `, and at each of ${grouped(values.inputs)} inputs`;
  return [
    [
      "circuit",
      `${digests.circuit} (the name is a label); ${counted(circuit.inputs.length, "input")}, ${counted(circuit.outputs.length, "output")}`,
    ],
    ["function", `= the circuit's at every input, by induction over ${counted(values.layers, "layer")}${tried}`],
    [
      "gates",
      `${and} AND, ${or} OR, ${not} NOT, ${id} ID${constant + other > 0 ? `, ${constant} constants, ${other} others` : ""}`,
    ],
    ["binary", `${grouped(binary.coordinates)} coordinates are 0 or 1 at every input`],
    ["correction", `${correction.pairs} pairs of layers round on the whole real line, radius ${correction.radius}`],
    [
      "norms",
      `alpha = ${grouped(norms.alpha)}, p = ${grouped(norms.parameters)} at w = ${width} (least ${norms.leastWidth}), d = ${norms.depth}`,
    ],
    ["margin", marginText(margin.lower, margin.flip)],
    ["theorem", `D.6 alone gives ${decimal(margin.theorem.bound)}, at sigma = ${margin.theorem.sigma}`],
    ["exactness", `no sum above ${exactness.largestSum}; exact in ${formats(exactness)}`],
    [
      "samples",
      `${grouped(sample.expression)} by the paper's expression, ${grouped(sample.explicit)} with its constants`,
    ],
    ["", `${grouped(sample.finiteClass)} for the finite class itself, ${grouped(sample.inputs)} for all inputs`],
    ["digest", `${digests.network} (network)`],
  ];
}

/** The margin between its bounds. */
function marginText(lower: string, flip: FlipJson | null): string {
  if (flip === null) return `at least ${decimal(lower)} at every width`;
  const upper = Math.sqrt(decimalOf(flip.squaredNorm));
  return `at least ${decimal(lower)} at every width; a change of norm ${upper.toPrecision(5)} turns output ${flip.output} at ${flip.input}`;
}

function formats({ float32, float16, bfloat16 }: CircuitCertificate["verdicts"]["exactness"]): string {
  const names = [...(float32 ? ["float32"] : []), ...(float16 ? ["float16"] : []), ...(bfloat16 ? ["bfloat16"] : [])];
  return names.length === 0 ? "none of float32, float16, bfloat16" : names.join(", ");
}

/** A rational for people; exact ones are in the certificate. */
export function decimalOf(text: string): number {
  const [n = "", d = "1"] = text.split("/");
  // Quotients of long numerals lose nothing that is shown here.
  return Number((BigInt(n) * 10n ** 20n) / BigInt(d)) / 1e20;
}

function decimal(text: string): string {
  return decimalOf(text).toPrecision(6);
}
