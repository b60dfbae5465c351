/** The toy chain of section 3.1 and Claim 3.5: both margins, exactly; and two networks as small for section 2.1. */
import { formatRational, ONE, rational, ZERO, type Rational } from "../../spec/exact/rational.js";
import { squaredNorm } from "../../spec/wei-chen-ma/margin.js";
import { unless, type Computation } from "../computation.js";
import { decimal, showDecimal, SHOWN_DIGITS } from "../decimal.js";
import { equalShare, everywhere, roundedFlip, roundedToyOutput, toyFlip, toyOutput } from "./toy-chain.js";

/** Depths at which margins are shown. */
const SHOWN_DEPTHS = [1, 2, 4, 16, 64, 256] as const;
const DEPTHS = 64;
/** Digits of the enclosures, some more than are shown. */
const DIGITS = SHOWN_DIGITS + 10;

const THIRD = rational(1n, 3n);

/** Section 3.1: the margin of the plain chain. */
function plainChain() {
  const numbers: Record<string, string> = {};
  for (const depth of SHOWN_DEPTHS) {
    const { high } = equalShare(depth, DIGITS);
    numbers[`margin, d = ${depth}`] = showDecimal(decimal(BigInt(depth)).sqrt().times(decimal(high.n, high.d)));
  }
  let wrong: string | undefined;
  for (let depth = 1; depth <= DEPTHS && wrong === undefined; depth++) {
    const delta = everywhere(rational(-3n, BigInt(depth)), depth);
    if (!toyFlip(toyOutput, delta).wrong) wrong = `delta = -3/d does not flip at d = ${depth}`;
    // |delta| = 3 / sqrt d.
    if (!squaredNorm(delta).equals(rational(9n, BigInt(depth)))) wrong = `|delta| is not 3/sqrt(d) at d = ${depth}`;
  }
  return {
    instance: `f(1, W) = W_1 ... W_d - 1/2, d = 1 ... ${DEPTHS}`,
    printed: unless(wrong, "-3/d at every factor flips, with norm 3/sqrt(d); the least norm is sqrt(d) (1 - 2^(-1/d))"),
    numbers,
  };
}

/** Claim 3.5: 1/3 <= margin <= 1/2, and below 1/2 from d = 2 on. */
function roundedChain() {
  let wrong: string | undefined;
  for (let depth = 1; depth <= DEPTHS && wrong === undefined; depth++) {
    const { wrong: flips, squares } = toyFlip(roundedToyOutput, roundedFlip(depth));
    if (!flips || squares.gt(rational(1n, 4n))) wrong = `the perturbation for d = ${depth} does not flip within 1/2`;
    for (const factor of [THIRD, THIRD.neg()])
      if (!roundedToyOutput(everywhere(factor, depth)).equals(rational(1n, 2n)))
        wrong = `1/3 everywhere changes d = ${depth}`;
  }
  const two = squaredNorm(roundedFlip(2));
  return {
    instance: `round after every factor, d = 1 ... ${DEPTHS}`,
    printed: unless(
      wrong,
      "at any |delta_i| <= 1/3 the output stays 1/2; 1/2 flips d = 1, (12/25, 3/28) every d from 2 on",
    ),
    numbers: {
      "least norm, d = 1": "1/2",
      "squared norm of a flip, d >= 2": formatRational(two),
      "norm of a flip, d >= 2": showDecimal(decimal(two.n, two.d).sqrt()),
      "certified from": "1/3",
    },
  };
}

/** Section 3.1: the sign of the perturbation that is chosen; (2.1) adds it. */
function chosenPerturbation() {
  const at = (depth: number, sign: bigint) =>
    toyFlip(toyOutput, everywhere(rational(3n * sign, BigInt(depth)), depth)).wrong;
  const depths = Array.from({ length: DEPTHS }, (_, i) => i + 1);
  const bad = depths.find((depth) => !at(depth, 1n));
  const amended = depths.find((depth) => !at(depth, -1n));
  return {
    instance: `delta_i = 3/d, d = 1 ... ${DEPTHS}`,
    printed: unless(
      bad === undefined
        ? undefined
        : `d = ${bad}: theta + delta gives ${formatRational(toyOutput([rational(3n)]))}, which is right`,
      "wrong",
    ),
    amended: unless(amended === undefined ? undefined : `-3/d is right at d = ${amended}`, "-3/d is wrong for every d"),
    numbers: { "output at delta = 3, d = 1": formatRational(toyOutput([rational(3n)])) },
  };
}

/** Both chains agree at the given weights. */
function sameOutput() {
  const zero = ONE.sub(ONE);
  const depths = Array.from({ length: DEPTHS }, (_, i) => i + 1);
  const bad = depths.find((d) => !toyOutput(everywhere(zero, d)).equals(roundedToyOutput(everywhere(zero, d))));
  return {
    instance: `W = (1, ..., 1), d = 1 ... ${DEPTHS}`,
    printed: unless(bad === undefined ? undefined : `they differ at d = ${bad}`, "both are 1/2"),
    numbers: { chains: String(depths.length) },
  };
}

/** Section 2.1: parameters that compute one function with two margins, so that (2.2) is no loss of functions. */
function twoFactorizations() {
  const quarter = rational(1n, 4n);
  const near = [ONE, ONE];
  const far = [rational(2n), rational(1n, 2n)];
  const product = (weights: readonly Rational[]) => weights.reduce((a, b) => a.mul(b));
  // Within norm 1/4 of (1, 1) both factors are at least 3/4: the product stays above 1/2, and the output right.
  const least = product(near.map((weight) => weight.sub(quarter)));
  const moved = [rational(2n), quarter];
  const differ = least.gt(rational(1n, 2n)) && !product(moved).gt(rational(1n, 2n));
  const same = product(near).equals(product(far));
  return {
    instance: "f(x) = W_1 W_2 x - 1/2 at (1, 1) and (2, 1/2), x = 1, y = 1",
    printed: unless(
      same && differ ? "one function, whose margin is above 1/4 at (1, 1) and at most 1/4 at (2, 1/2)" : undefined,
      "one margin",
    ),
    amended: unless(differ ? undefined : "the margins are not told apart", "each pair has its own margin"),
    numbers: {
      "least product within 1/4 of (1, 1)": formatRational(least),
      "product at (2, 1/4)": formatRational(product(moved)),
    },
  };
}

/** Section 2.1: a network that no perturbation makes wrong, and the same one with a bias in its last layer. */
function neverWrong() {
  const half = rational(1n, 2n);
  const output = (theta: Rational, bias: Rational) => (theta.gt(ZERO) ? theta : ZERO).add(bias);
  const grid = Array.from({ length: 33 }, (_, i) => rational(BigInt(i - 16), 8n));
  const wrong = grid.filter((theta) => output(theta, half).lte(ZERO));
  // An output of 0 is wrong for both labels.
  const withBias = output(ZERO, half.sub(half));
  return {
    instance: "F = phi(theta) + 1/2, y = 1, theta in eighths; then with the 1/2 as a parameter",
    printed: unless(wrong.length === 0 ? "no perturbation is wrong: a minimum over nothing" : undefined, "a number"),
    amended: unless(withBias.equals(ZERO) ? undefined : "still right", "a last layer of 0 gives 0, which is wrong"),
    numbers: { "wrong perturbations": String(wrong.length), "output of a last layer of 0": formatRational(withBias) },
  };
}

/** Section 3.1's chain, and margins of networks as small in section 2.1. */
export const TOY_COMPUTATIONS: readonly Computation[] = [
  { name: "toy-chain-plain", about: "The all-layer margin of the chain without round.", run: plainChain },
  { name: "toy-chain-with-round", about: "Bounds of the all-layer margin of the chain with round.", run: roundedChain },
  { name: "toy-chain-choice", about: "The perturbation of the chain that the text chooses.", run: chosenPerturbation },
  { name: "toy-chain-output", about: "Both chains at the given weights.", run: sameOutput },
  { name: "two-factorizations", about: "One function with two all-layer margins.", run: twoFactorizations },
  { name: "never-wrong", about: "A network that is right at all parameters.", run: neverWrong },
];
