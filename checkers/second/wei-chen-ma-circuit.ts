/**
 * Decides the certificate of a circuit's network (certificates/wei-chen-ma/CIRCUITS.md) once more. Where all inputs are tried, the
 * network itself is evaluated at 32 of them at a time, from its numbers; elsewhere coordinates get numbers, the same for the same AND of
 * the same two. Rounding is decided piece by piece along the line; bounds are kept in units of 2^-96.
 */
import { checkFlip } from "./wei-chen-ma-circuit-flip.js";
import { induct } from "./wei-chen-ma-circuit-induction.js";
import { tryInputs } from "./wei-chen-ma-circuit-inputs.js";
import { checkMargin, checkTheorem } from "./wei-chen-ma-circuit-margin.js";
import { checkRounding, type Relu } from "./wei-chen-ma-circuit-rounding.js";
import { largestSum, normsOf, samples } from "./wei-chen-ma-circuit-samples.js";
import { kinds } from "./wei-chen-ma-circuit-tables.js";
import { checkGraph, checkShape, readCertificate, readLayers, reduced, reject } from "./wei-chen-ma-circuit-text.js";
import { agree } from "./text.js";

export type { CircuitCode } from "./wei-chen-ma-circuit-text.js";

/** Decides it; ends early with a rejection, or undecided. Returns what it leaves alone: nothing. */
export function decideCircuit(json: unknown, text: string): readonly string[] {
  const certificate = readCertificate(json, text);
  const { circuit, width, verdicts } = certificate;
  checkGraph(circuit);
  const layers = readLayers(certificate);
  const { lower, theorem } = verdicts.margin;
  const g = reduced(lower, "lower");
  const sigma = reduced(theorem.sigma, "theorem.sigma");
  const bound = reduced(theorem.bound, "theorem.bound");
  if (sigma[0] > sigma[1]) reject("number", "verdicts.margin.theorem.sigma", "expected at most 1");
  const least = Math.max(...layers.map(({ relu, rows }) => (relu ? rows.length : 0)));
  if (width < least) reject("shape", "width", `expected at least ${least}`);
  checkShape(layers, circuit);
  const corrections: Relu[][][] = [];
  for (let l = 2; l < layers.length - 1; l += 4) corrections.push(checkRounding(layers, l));
  const known = (layers.length - 3) / 4 + 1;
  const seconds = layers.filter((_, l) => l % 4 === 1);
  const coordinates = seconds.reduce((sum, { rows }) => sum + rows.length, 0);
  const m = circuit.inputs.length;
  const isTried = m <= 20 && 2 ** m * coordinates <= 2 ** 32;
  const squares = isTried ? tryInputs(layers, circuit) : induct(layers, circuit);
  checkMargin(layers, corrections, squares, g);
  checkTheorem(layers, corrections, squares, circuit, sigma, bound);
  if (verdicts.margin.flip !== null) checkFlip(verdicts.margin.flip, layers, circuit);
  const { sample, ...stated } = verdicts;
  const norms = normsOf(layers, m, circuit.outputs.length, width, least);
  const sum = largestSum(layers);
  const computed = {
    function: { layers: known, gates: kinds(layers), inputs: isTried ? String(2 ** m) : null },
    binary: { coordinates },
    correction: {
      pairs: corrections.length,
      coordinates: corrections.reduce((total, units) => total + units.length, 0),
      radius: "1/3",
    },
    norms,
    margin: stated.margin,
    exactness: {
      largestSum: String(sum),
      float32: sum <= 2n ** 24n,
      float16: sum <= 2n ** 11n,
      bfloat16: sum <= 2n ** 8n,
    },
  };
  agree("counts", stated, computed, "verdicts");
  const r = Math.max(m, ...seconds.map(({ rows }) => rows.length));
  const numbers = samples(BigInt(norms.alpha), BigInt(norms.parameters), g, m, r, coordinates);
  agree("sample", sample, numbers, "verdicts.sample");
  return [];
}
