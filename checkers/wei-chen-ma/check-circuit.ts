/**
 * Decides the certificate of a circuit's network from its own text and the specification alone. Nothing in it is believed: neither
 * names of layers nor counts; every claim is decided again from the numbers, and must be stated exactly as it was decided.
 */
import { digestOf } from "../../certificates/canonical.js";
import type { CertificateTextFault } from "../../certificates/envelope.js";
import { AffineJsonError, decodeFeedForward } from "../../certificates/wei-chen-ma/affine-json.js";
import { readCircuitText, type CircuitCertificate } from "../../certificates/wei-chen-ma/circuit-certificate.js";
import { decodeCircuit } from "../../certificates/wei-chen-ma/circuit-json.js";
import { parseRational, type Rational } from "../../spec/exact/rational.js";
import type { FeedForward } from "../../spec/wei-chen-ma/affine.js";
import { CIRCUIT_AMENDMENTS } from "../../spec/wei-chen-ma/reading.js";
import { accepted, rejected, undecided, type Rejected, type Verdict } from "../verdict.js";
import { decideCircuit, type CircuitDecisionFault } from "./decide-circuit.js";
import { difference } from "../difference.js";
import { withinWork, Work } from "../work.js";

/**
 * Every code with which the certificate of a circuit's network is rejected; CIRCUITS.md gives the condition of each.
 *
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { check, type CircuitFault } from "weightproof/checkers";
 *
 * const expected: CircuitFault = "digest";
 * const text = readFileSync("certificates/wei-chen-ma/c17.json", "utf8").replace("gates 1, W1", "first");
 * const verdict = await check(text);
 * verdict.verdict === "rejected" && verdict.code === expected; // => true
 * ```
 */
export type CircuitFault =
  | CircuitDecisionFault
  | CertificateTextFault
  | "reading"
  | "circuit"
  | "digest"
  | "network"
  | "number"
  | "counts"
  | "sample";

/**
 * Decides the text of a certificate. No text makes it throw: where the computer's memory or stack ends before a documented
 * limit is reached, the certificate is left undecided.
 */
export function checkCircuit(text: string): Verdict<CircuitFault, CircuitCertificate> {
  try {
    return withinWork(() => decide(text));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undecided("computer", error.message);
  }
}

function decide(text: string): Verdict<CircuitFault, CircuitCertificate> {
  const read = readCircuitText(text);
  if ("fault" in read) return rejected(read.fault, read.path, read.message);
  const { certificate } = read;
  const { reading, digests, width, verdicts } = certificate;
  const stated = difference("reading", reading.amendments, CIRCUIT_AMENDMENTS, "reading.amendments");
  if (stated !== undefined) return stated;
  for (const part of ["circuit", "network"] as const) {
    const digest = digestOf(certificate[part]);
    if (digests[part] === digest) continue;
    const witness = { stated: digests[part], computed: digest };
    return rejected("digest", `digests.${part}`, `the digest of ${part} is another`, witness);
  }
  const circuit = decodeCircuit(certificate.circuit);
  if ("message" in circuit) return rejected("circuit", `circuit.${circuit.path}`, circuit.message);
  const network = networkOf(certificate);
  if ("verdict" in network) return network;
  const { lower, theorem, flip } = verdicts.margin;
  const numbers = numbersOf({ lower, sigma: theorem.sigma, bound: theorem.bound });
  if ("verdict" in numbers) return numbers;
  const decided = decideCircuit({ circuit, network, width, margin: { ...numbers, flip } }, new Work(text.length));
  if (decided.verdict !== "accepted") return decided;
  const { sample, ...counts } = decided.result;
  const { sample: statedSample, ...statedCounts } = verdicts;
  const wrong =
    difference("counts", statedCounts, counts, "verdicts") ??
    difference("sample", statedSample, sample, "verdicts.sample");
  return wrong ?? accepted(certificate);
}

function networkOf({ network }: CircuitCertificate): FeedForward | Rejected<"network"> {
  try {
    return decodeFeedForward(network, "network");
  } catch (error) {
    if (!(error instanceof AffineJsonError)) throw error;
    return rejected("network", error.path, error.message);
  }
}

const PATHS = { lower: "lower", sigma: "theorem.sigma", bound: "theorem.bound" } as const;

type Numbers<Value> = Readonly<Record<keyof typeof PATHS, Value>>;

/** Numbers of the margin, in their one spelling; sigma is at most 1. */
function numbersOf(texts: Numbers<string>): Numbers<Rational> | Rejected<"number"> {
  const values: Partial<Record<keyof typeof PATHS, Rational>> = {};
  for (const key of ["lower", "sigma", "bound"] as const) {
    try {
      values[key] = parseRational(texts[key]);
    } catch {
      return rejected("number", `verdicts.margin.${PATHS[key]}`, "expected a reduced number");
    }
  }
  const numbers = values as Numbers<Rational>;
  return numbers.sigma.gt(1n) ? rejected("number", "verdicts.margin.theorem.sigma", "expected at most 1") : numbers;
}
