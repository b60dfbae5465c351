/** Appendix D: the bound of Theorem D.6 against what is certified, the sums in its proof, the range of corrections, sharing. */
import { decideNetwork } from "../../checkers/wei-chen-ma/decide-circuit.js";
import { d6Constants } from "../../checkers/wei-chen-ma/theorem-d6.js";
import { decodeFeedForward } from "../../certificates/wei-chen-ma/affine-json.js";
import { ONE, parseRational, rational, ZERO, type Rational } from "../../spec/exact/rational.js";
import { loadCircuit } from "../../inputs/circuits/load-circuit.js";
import {
  d6Bound,
  d6Quantities,
  shareWeights,
  squaredNorm,
  type MarginConstants,
} from "../../spec/wei-chen-ma/margin.js";
import { attend, type Attention } from "../../spec/networks/attention.js";
import { round } from "../../spec/wei-chen-ma/round.js";
import { unless, type Computation } from "../computation.js";
import { decimal, showDecimal } from "../decimal.js";
import { acceptedCircuit, CERTIFIED_CIRCUITS } from "./certificates.js";

function show(value: Rational, digits = 8): string {
  return showDecimal(decimal(value.n, value.d), digits);
}

/** Theorem D.6 on every committed circuit: no more than the norm of a perturbation that turns an output. */
function theoremOnCircuits() {
  const numbers: Record<string, string> = {};
  let wrong: string | undefined;
  for (const name of CERTIFIED_CIRCUITS) {
    const { lower, theorem, flip } = acceptedCircuit(name).verdicts.margin;
    const bound = parseRational(theorem.bound);
    if (flip !== null && bound.mul(bound).gt(parseRational(flip.squaredNorm))) wrong = `${name}: D.6 exceeds a flip`;
    if (bound.lte(ZERO)) wrong = `${name}: D.6 gives nothing`;
    numbers[name] = `D.6 ${show(bound)}, certified ${show(parseRational(lower))}`;
  }
  return {
    instance: `the certificates of ${CERTIFIED_CIRCUITS.length} circuits`,
    printed: unless(wrong, "above 0, and below the norm of every perturbation that was found to turn an output"),
    numbers,
  };
}

/** Proof of Theorem 3.1: the constants of Conditions D.3 and D.4 against the width r, at sigma = 1/256. */
function lipschitzConstants() {
  const largest = { kappaTheta: ZERO, mu: ZERO, mu0: ZERO, kappaXi: ZERO, lambda: ZERO };
  for (const name of CERTIFIED_CIRCUITS) {
    const certificate = acceptedCircuit(name);
    const network = decodeFeedForward(certificate.network, "network");
    const decided = decideNetwork(loadCircuit(name).graph, network);
    if (decided.verdict !== "accepted") throw new Error(`lipschitzConstants: ${name} is ${decided.verdict}`);
    const constants = d6Constants(decided.result.data, rational(1n, 256n));
    const width = rational(BigInt(certificate.width));
    for (const key of Object.keys(largest) as (keyof typeof largest)[]) {
      const ratio = constants[key].div(width);
      if (ratio.gt(largest[key])) largest[key] = ratio;
    }
  }
  const beyond = Object.entries(largest).find(([, ratio]) => ratio.gt(rational(16n)));
  return {
    instance: "nine circuits, sigma_theta = sigma_xi = 1/256",
    printed: unless(beyond && `${beyond[0]} is ${show(beyond[1])} times the width`, "all at most 16 times the width"),
    numbers: Object.fromEntries(
      Object.entries(largest).map(([key, ratio]) => [`${key} / width at most`, show(ratio, 6)]),
    ),
  };
}

/** Constants on a grid, with sigma_zeta below 1 and lambda from 1 on. */
function* constantsGrid(): Generator<MarginConstants> {
  const values = [rational(1n, 3n), ONE, rational(5n, 2n)];
  for (const kappaTheta of values)
    for (const mu of values)
      for (const kappaXi of values)
        for (const sigmaH of values)
          for (const lambda of [ONE, rational(3n)])
            for (const sigmaZeta of [rational(1n, 3n), rational(9n, 10n)])
              yield { kappaTheta, mu, kappaXi, sigmaH, lambda, sigmaZeta, mu0: ONE, sigmaTheta: ONE, sigmaXi: ONE };
}

/** Lemmas D.7 and D.8: what perturbations at the bounds (D.6) to (D.8) add up to, and that (D.5) is the least of the bounds. */
function proofSums() {
  let [cases, equal, wrong]: [number, number, string | undefined] = [0, 0, undefined];
  const least = (...values: readonly Rational[]): Rational => values.reduce((a, b) => (b.lt(a) ? b : a));
  for (const constants of constantsGrid()) {
    cases++;
    const { kappaTheta, mu, kappaXi, sigmaH, lambda, sigmaZeta, mu0, sigmaTheta, sigmaXi } = constants;
    const quantities = d6Quantities(constants);
    const first = least(...quantities.slice(0, 2));
    const own = least(...quantities.slice(2, 5));
    const correction = least(...quantities.slice(5));
    const target = least(lambda, sigmaZeta);
    // E_1 <= 2 lambda mu kappa_xi |xi|, E_2 <= kappa_theta lambda |theta|.
    const sum = lambda.mul(mu).mul(kappaXi).mul(2n).mul(correction).add(kappaTheta.mul(lambda).mul(own));
    const reached = kappaXi.mul(lambda).mul(2n).mul(correction);
    if (sum.gt(target) || mu0.mul(first).gt(target) || reached.gt(sigmaH))
      wrong = "a sum exceeds min(lambda, sigma_zeta)";
    if (own.gt(sigmaTheta) || correction.gt(sigmaXi)) wrong = "a perturbation leaves its range";
    if (!d6Bound(constants).equals(least(first, own, correction))) wrong = "(D.5) is not the least of the bounds";
    if (sum.equals(target)) equal++;
  }
  return {
    instance: "constants on a grid, perturbations at their bounds",
    printed: unless(wrong, "E_1 + E_2 <= min(lambda, sigma_zeta), |H - H'| <= sigma_h"),
    numbers: { cases: String(cases), "with equality": String(equal) },
  };
}

/** Definition D.1: i in [d - 1] leaves out 0, and zeta_0 is used. */
function rangeOfCorrections() {
  // f_0(x) = x, f_i(h) = h, f_d(h) = 2 h - 1; zeta_i is the identity where the definition speaks of it, and 0 elsewhere.
  const output = (depth: number, from: number): Rational => {
    let value = ONE;
    for (let i = 0; i < depth; i++) if (i < from) value = ZERO;
    return value.mul(2n).sub(ONE);
  };
  const depths = [1, 2, 3];
  const bad = depths.find((depth) => !output(depth, 1).equals(ONE));
  const amended = depths.find((depth) => !output(depth, 0).equals(ONE));
  return {
    instance: "chains of d = 1, 2, 3 layers, x = 1",
    printed: unless(
      bad === undefined ? undefined : `d = ${bad}: zeta_0 = 0 meets the definition, and F is -1 instead of 1`,
      "F is h_d",
    ),
    amended: unless(amended === undefined ? undefined : `d = ${amended} is wrong`, "with 0 <= i <= d - 1, F is h_d"),
    numbers: { "F, d = 1": String(output(1, 1)), h_1: "1" },
  };
}

/** Definition D.5: distinct indices keep a perturbation's norm within each layer; a repeated one would not. */
function sharing() {
  let [cases, wrong]: [number, string | undefined] = [0, undefined];
  const entries = [-2n, 0n, 1n].map((n) => rational(n));
  for (const a of entries)
    for (const b of entries)
      for (const c of entries) {
        const delta = [a, b, c];
        for (const layer of [[0], [1, 2], [2, 0, 1], [0, 2]]) {
          cases++;
          const [copied] = shareWeights(delta, [layer]) as [Rational[]];
          if (squaredNorm(copied).gt(squaredNorm(delta))) wrong = `layer ${layer.join(", ")}`;
        }
      }
  let refused = "";
  try {
    shareWeights([ONE], [[0, 0]]);
  } catch (error) {
    refused = error instanceof RangeError ? "refused" : "";
  }
  return {
    instance: "perturbations with entries -2, 0, 1 of three shared parameters",
    printed: unless(
      wrong ?? (refused === "" ? "a layer with a parameter twice is let through" : undefined),
      "no layer's copy is longer than the perturbation",
    ),
    numbers: { cases: String(cases), "the same parameter twice": refused, "its squared norm would be": "2" },
  };
}

/** Proof of Lemma D.8: h_(i-1) as it is added and subtracted, with or without the perturbation of its own correction. */
function ownCorrection() {
  // zeta = phi(phi(3 z - 1) - phi(3 z - 2) + b), b from 0 to t; what it gets is the true value 1.
  const corrected = (t: Rational): Rational => round(ONE).add(t);
  const t = rational(1n, 8n);
  return {
    instance: "round with its last bias perturbed by 1/8, at h = 1",
    printed: unless(
      corrected(t).equals(ONE) ? undefined : `with xi_(i-1) perturbed it is ${corrected(t).toFraction()}, not h_(i-1)`,
      "h_(i-1)",
    ),
    amended: unless(
      corrected(ZERO).equals(ONE) ? undefined : "it differs",
      "with the perturbation up to xi_(i-2) it is h_(i-1), as in E_1 and E_2",
    ),
    numbers: { perturbed: corrected(t).toFraction() },
  };
}

/** Appendix D: f_2 of a decoder's second pass, which reads the first: no function of the last vector alone, but one of both. */
function layerInputs() {
  const row = (bias: number, column?: number) => ({
    bias,
    entries: column === undefined ? [] : [[column, 1] as const],
  });
  // Reads the first of two positions: keys 1 and 0.
  const module: Attention = {
    query: { inputs: 2, rows: [row(1)] },
    key: { inputs: 2, rows: [row(0, 1)] },
    value: { inputs: 2, rows: [row(0, 0), row(0)] },
    nullKey: [0],
    nullValue: [0, 0],
  };
  const second = [ZERO, ZERO];
  const read = (first: Rational): string => attend(module, second, [[first, ONE], second]).output.join(", ");
  const values = [ONE, rational(2n)].map(read);
  return {
    instance: "attention from h_1 = (0, 0) to h_0 = (1, 1) or (2, 1)",
    printed: unless(
      values[0] === values[1] ? undefined : `the same h_1 gives (${values.join(") and (")})`,
      "one value",
    ),
    amended: unless(read(ONE) === values[0] ? undefined : "two values", "the same h_0 and h_1 give the same"),
    numbers: { values: values.join("; ") },
  };
}

/** Appendix D. */
export const MARGIN_COMPUTATIONS: readonly Computation[] = [
  { name: "theorem-d6-on-circuits", about: "Theorem D.6 on every committed circuit.", run: theoremOnCircuits },
  { name: "lipschitz-constants", about: "Conditions D.3 and D.4 against the width.", run: lipschitzConstants },
  { name: "sums-of-lemma-d8", about: "The sums in the proofs of Lemmas D.7 and D.8.", run: proofSums },
  { name: "range-of-corrections", about: "Corrections that Definition D.1 leaves out.", run: rangeOfCorrections },
  { name: "own-correction", about: "The index of a perturbation in the proof of Lemma D.8.", run: ownCorrection },
  { name: "inputs-of-a-layer-function", about: "How many vectors f_i gets.", run: layerInputs },
  { name: "weight-sharing", about: "Norms of shared perturbations.", run: sharing },
];
