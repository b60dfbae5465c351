/** The sample complexities of Lemma 2.3, Theorem 3.1 and Theorem 4.1 with their constants, at the certified margins. */
import { parseRational, rational, type Rational } from "../../spec/exact/rational.js";
import { unless, type Computation } from "../computation.js";
import { decimal, logarithm, showDecimal } from "../decimal.js";
import {
  BITS,
  certifiedMargin,
  MACHINE,
  measured,
  measuredCircuits,
  parametersAt,
  type MeasuredCircuit,
} from "./built.js";
import { acceptedCircuit, CERTIFIED_CIRCUITS } from "./certificates.js";
import { isEnough, leastSample, printedExpression, vcExpression, type SampledNetwork } from "./samples.js";

/** A committed circuit at a width, with its certified margin, which holds at every width. */
export function sampledCircuit(
  name: string,
  width?: number,
): SampledNetwork & { readonly circuit: MeasuredCircuit; readonly width: number } {
  const circuit = measuredCircuits().find((one) => one.name === name) as MeasuredCircuit;
  const at = width ?? circuit.leastWidth;
  const margin = parseRational(acceptedCircuit(name).verdicts.margin.lower);
  return { circuit, width: at, alpha: circuit.alpha, parameters: parametersAt(circuit, at), margin };
}

/** The decoder of the figures at so many bits. */
export function sampledDecoder(bits: number): SampledNetwork {
  const { alpha, parameters } = measured(MACHINE, bits);
  return { alpha, parameters, margin: certifiedMargin(MACHINE, bits) };
}

/** Lemma 2.3 and Theorem 3.1 on the committed circuits. */
function circuits() {
  const numbers: Record<string, string> = {};
  let wrong: string | undefined;
  for (const name of CERTIFIED_CIRCUITS) {
    const network = sampledCircuit(name);
    const least = leastSample(network);
    if (isEnough(network, least - 1n)) wrong = `${name}: ${least} is not the least`;
    numbers[`${name}, least n`] = String(least);
    numbers[`${name}, printed expression`] = showDecimal(printedExpression(network), 10);
  }
  return {
    instance: "nine circuits, epsilon = 1/10, delta = 1/100, least widths, certified margins",
    printed: unless(wrong, "finite: the bound is at most 1/10 at n, and not at n - 1"),
    numbers,
  };
}

/** Widths of the figure and of the claim. */
export const WIDTHS: readonly number[] = [10, 100, 1_000, 10_000, 100_000, 1_000_000];

/** After Theorem 3.1: n over the width of c17's network, against a count of parameters. */
function againstWidth() {
  const numbers: Record<string, string> = {};
  const [narrow, ...wide] = WIDTHS.map((width) => sampledCircuit("c17", width));
  const base = narrow as ReturnType<typeof sampledCircuit>;
  const first = leastSample(base);
  let wrong: string | undefined;
  for (const network of [base, ...wide]) {
    const least = leastSample(network);
    numbers[`w = ${network.width}`] = String(least);
    // ln(2 p + 1) is at most twice as large again for every factor 10 of the width.
    const factor = BigInt(1 + WIDTHS.indexOf(network.width));
    if (least > first * factor) wrong = `w = ${network.width}: more than ${factor} times ${first}`;
  }
  const last = wide.at(-1) as typeof base;
  const vc = (network: typeof base) => vcExpression(network.parameters, network.circuit.layers);
  numbers["VC expression, w = 10"] = showDecimal(vc(base), 4);
  numbers["VC expression, w = 1000000"] = showDecimal(vc(last), 4);
  return {
    instance: "c17, w = 10 ... 1,000,000, epsilon = 1/10",
    printed: unless(wrong, "n grows with ln w; the count of parameters times depth grows with w^2"),
    numbers,
  };
}

/** Theorem 4.1: n over log T. */
function decoders() {
  const numbers: Record<string, string> = {};
  const samples = BITS.map((bits) => ({ bits, least: leastSample(sampledDecoder(bits)) }));
  for (const { bits, least } of samples) {
    numbers[`w = ${bits}, margin`] = showDecimal(decimalOf(certifiedMargin(MACHINE, bits)), 7);
    numbers[`w = ${bits}, least n`] = String(least);
  }
  const [low, high] = [samples.find(({ bits }) => bits === 13), samples.at(-1)] as [
    (typeof samples)[number],
    (typeof samples)[number],
  ];
  const growth = logarithm(high.least).minus(logarithm(low.least));
  const exponent = growth.div(logarithm(BigInt(high.bits)).minus(logarithm(BigInt(low.bits))));
  numbers["exponent of log T from w = 13 to 40"] = showDecimal(exponent, 6);
  const wrong = exponent.gt(10) ? `n grows with (log T)^${showDecimal(exponent, 3)}` : undefined;
  return {
    instance: `${MACHINE}, T = 2^w - 2, epsilon = 1/10, delta = 1/100`,
    printed: unless(wrong, `n grows with (log T)^${showDecimal(exponent, 2)}, T with 2^27`),
    numbers,
  };
}

function decimalOf({ n, d }: Rational) {
  return decimal(n, d);
}

/** 1 / margin over log T: a power below 2. */
function margins() {
  const [low, high] = [13, 40].map((bits) => certifiedMargin(MACHINE, bits)) as [Rational, Rational];
  const growth = logarithm(low.n * high.d).minus(logarithm(low.d * high.n));
  const exponent = growth.div(logarithm(40n).minus(logarithm(13n)));
  const bad = BITS.find((bits) =>
    certifiedMargin(MACHINE, bits)
      .mul(BigInt(bits * bits))
      .lt(rational(1n, 100n)),
  );
  return {
    instance: `${MACHINE}, T = 2^w - 2, w = ${BITS.join(", ")}`,
    printed: unless(
      bad === undefined ? undefined : `w = ${bad}: the margin is below 1/(100 w^2)`,
      "the certified margin is at least 1/(100 w^2)",
    ),
    numbers: { "exponent of 1/margin from w = 13 to 40": showDecimal(exponent, 6) },
  };
}

/** After Lemma 2.3: what the tilde hides is poly-logarithmic. n over the printed expression times ln(n)^2. */
function hiddenFactor() {
  const networks = [
    ...CERTIFIED_CIRCUITS.map((name) => ({ name, network: sampledCircuit(name) as SampledNetwork })),
    ...BITS.map((bits) => ({ name: `${MACHINE}, w = ${bits}`, network: sampledDecoder(bits) })),
  ];
  let most = decimal(0n);
  let at = "";
  for (const { name, network } of networks) {
    const least = leastSample(network);
    const log = logarithm(least);
    const ratio = decimal(least).div(printedExpression(network).times(log).times(log));
    if (ratio.gt(most)) [most, at] = [ratio, name];
  }
  return {
    instance: `${networks.length} networks, epsilon = 1/10`,
    printed: unless(
      most.gt(200) ? `${showDecimal(most, 3)} times at ${at}` : undefined,
      "n is at most 200 times the expression times ln(n)^2",
    ),
    numbers: { "largest ratio": showDecimal(most, 6), of: at },
  };
}

/** Section 3: p of F_(w,d), for ln p = O(ln(w d)). */
function parameters() {
  let [cases, wrong]: [number, string | undefined] = [0, undefined];
  for (const circuit of measuredCircuits()) {
    for (const width of [circuit.leastWidth, ...WIDTHS.filter((one) => one >= circuit.leastWidth)]) {
      cases++;
      const p = parametersAt(circuit, width);
      if (p > BigInt(circuit.layers + 1) * BigInt(width + 1) ** 2n) wrong = `${circuit.name}, w = ${width}: p = ${p}`;
    }
  }
  return {
    instance: "the gallery's circuits, widths to 1,000,000",
    printed: unless(wrong, "p <= (d + 1) (w + 1)^2, so ln p <= ln(d + 1) + 2 ln(w + 1)"),
    numbers: { cases: String(cases) },
  };
}

/** Numbers of examples, and margins over T. */
export const SAMPLE_COMPUTATIONS: readonly Computation[] = [
  { name: "samples-of-circuits", about: "The least n for the committed circuits.", run: circuits },
  { name: "samples-against-width", about: "The least n for c17 over its width.", run: againstWidth },
  { name: "samples-of-decoders", about: "The least n for a decoder over T.", run: decoders },
  { name: "hidden-factor", about: "What the tilde of Lemma 2.3 hides.", run: hiddenFactor },
  { name: "parameters-of-the-class", about: "p of F_(w,d) against (d + 1) (w + 1)^2.", run: parameters },
  { name: "margins-of-decoders", about: "The certified margin of a decoder over T.", run: margins },
];
