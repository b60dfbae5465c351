/** What is fuzzed of Wei, Chen and Ma: certificates of circuits and of decoders, with both checkers side by side. */
import type fc from "fast-check";
import { decodeFeedForward } from "../../certificates/wei-chen-ma/affine-json.js";
import type { CircuitCertificate } from "../../certificates/wei-chen-ma/circuit-certificate.js";
import { decodeCircuit } from "../../certificates/wei-chen-ma/circuit-json.js";
import type { DecoderCertificate } from "../../certificates/wei-chen-ma/decoder-certificate.js";
import { checkCertificateAgain } from "../../checkers/second/check.js";
import { parseRational } from "../../spec/exact/rational.js";
import { evaluateGraph } from "../../spec/circuits/and-inverter-graph.js";
import { evaluateFeedForward } from "../../spec/wei-chen-ma/affine.js";
import { check } from "../../systems/check.js";
import { changedText, numbers } from "../changed-data.js";
import { projectFile } from "../seeds.js";
import { assertHolds, assertOneLine, type Target } from "../target.js";
import { textOf } from "../text.js";

/** Faults of a decoder's layer, of which a checker gives the one that it meets first (DECODER.md). */
const OF_A_LAYER = new Set(["attention-unsupported", "attention-gap", "binary", "step", "formula"]);

/** What both checkers say. They agree, but for limits and faults of a layer. */
function verdictOfBoth(text: string): string {
  const [first, second] = [check(text), checkCertificateAgain(text)];
  for (const verdict of [first, second]) if ("message" in verdict) assertOneLine(verdict.message);
  const show = (verdict: typeof first | typeof second): string =>
    verdict.verdict === "rejected" ? verdict.code : verdict.verdict === "undecided" ? `? ${verdict.limit}` : "accepted";
  const [a, b] = [show(first), show(second)];
  const isOpen = first.verdict === "undecided" || second.verdict === "undecided";
  assertHolds(isOpen || a === b || (OF_A_LAYER.has(a) && OF_A_LAYER.has(b)), `first: ${a}, second: ${b}`);
  assertHolds(a !== "? computer" && b !== "? computer", `${a}, ${b}: a limit of the computer`);
  if (first.verdict === "accepted" || second.verdict === "accepted") assertTrue(text);
  return a === b ? a : `${a}, ${b}`;
}

/** What an accepted certificate says must be so: a margin below its perturbation, and a network that computes its circuit. */
function assertTrue(text: string): void {
  const certificate = JSON.parse(text) as CircuitCertificate | DecoderCertificate;
  const { margin } = certificate.verdicts;
  const lower = parseRational("lower" in margin ? margin.lower : margin.bound);
  if (margin.flip !== null)
    assertHolds(lower.mul(lower).lt(parseRational(margin.flip.squaredNorm)), "a margin beyond its perturbation");
  if (certificate.statement !== "circuit") return;
  const circuit = decodeCircuit(certificate.circuit);
  assertHolds(!("message" in circuit), "a circuit that is none");
  const network = decodeFeedForward(certificate.network, "network");
  for (let x = 0; x < 2 ** Math.min(circuit.inputs.length, 5); x++) {
    const bits = circuit.inputs.map((_, i) => (x >> (i % 5)) % 2 === 1);
    const values = evaluateFeedForward(
      network,
      bits.map((bit) => BigInt(bit)),
    ).at(-1);
    const expected = evaluateGraph(circuit, bits).map((bit) => (bit ? 1n : -1n));
    assertHolds(
      expected.every((value, k) => values?.[k] === value),
      "a network that does not compute its circuit",
    );
  }
}

function target(name: string, ...files: readonly string[]): Target {
  const seeds = (): readonly Uint8Array[] => files.map((file) => projectFile(...file.split("/")));
  const documents: fc.Arbitrary<string> = numbers.map((list) => {
    const [first = new Uint8Array(), ...others] = seeds();
    return changedText(textOf((list[0] ?? 0) % 3 === 0 ? (others[0] ?? first) : first), list);
  });
  return {
    name,
    seeds,
    documents,
    words: ['"0"', '"-1"', '"1/3"', "null", "[0, 1]", '"verdicts"', '"margin"', '"flip"'],
    timeLimit: 60_000,
    memory: 2048,
    shortRun: 10,
    run: (input) => verdictOfBoth(textOf(input)),
  };
}

/** All targets that depend on this paper. */
export const WEI_CHEN_MA_TARGETS: readonly Target[] = [
  target("circuit-certificate", "certificates/wei-chen-ma/c17.json", "certificates/wei-chen-ma/full-adder.json"),
  target("decoder-certificate", "certificates/wei-chen-ma/bb2.json", "certificates/wei-chen-ma/bb2-input.json"),
];
