/** Section 2 and appendix A: losses, margins, covering numbers, and Lemma 2.3 at its edge. */
import { formatRational, ONE, rational, ZERO, type Rational } from "../../spec/exact/rational.js";
import { attend, type Attention } from "../../spec/networks/attention.js";
import { isWrong, rampLoss } from "../../spec/wei-chen-ma/margin.js";
import { unless, type Computation } from "../computation.js";
import { decimal, logarithm, showDecimal, type Decimal } from "../decimal.js";
import { leastSample } from "./samples.js";

const half = rational(1n, 2n);

/** (2.2): 1 where the label is wrong, at most 1 below gamma, 0 from gamma on. */
function rampLosses() {
  let count = 0;
  let wrong: string | undefined;
  for (let g = 1n; g <= 8n; g++) {
    for (let r = 0n; r <= 16n; r++) {
      const [rho, gamma] = [rational(r, 8n), rational(g, 8n)];
      const loss = rampLoss(rho, gamma);
      const isBelow = rho.lt(gamma);
      count++;
      if (loss.lt(ZERO) || loss.gt(ONE) || loss.gt(isBelow ? ONE : ZERO) || (rho.equals(ZERO) && !loss.equals(ONE)))
        wrong = `rho = ${formatRational(rho)}, gamma = ${formatRational(gamma)}`;
    }
  }
  return {
    instance: "rho = 0, 1/8, ..., 2, gamma = 1/8, ..., 1",
    printed: unless(wrong, "0-1 loss <= ramp loss <= 1(rho < gamma)"),
    numbers: { pairs: String(count) },
  };
}

/** Two positions that tie, with values `value` and -1, and what is read after the second one's score has risen by `lift`. */
function tiedRead(value: number, lift: Rational): Rational {
  const row = (bias: number, column?: number) => ({
    bias,
    entries: column === undefined ? [] : [[column, 1] as const],
  });
  const module: Attention = {
    query: { inputs: 2, rows: [row(1)] },
    key: { inputs: 2, rows: [row(0, 0)] },
    value: { inputs: 2, rows: [row(0, 1), row(0)] },
    nullKey: [-9],
    nullValue: [0, 0],
  };
  const { output } = attend(
    module,
    [ZERO, ZERO],
    [
      [ZERO, rational(BigInt(value))],
      [lift, ONE.neg()],
    ],
  );
  return output[0] as Rational;
}

/** Section 2.1: the margin is positive exactly where the prediction is right; with hard-max it need not be. */
function positiveMargins() {
  const lifts = [1n, 10n, 100n, 1000n].map((d) => rational(1n, d));
  const isRight = (value: number): boolean => !isWrong(tiedRead(value, ZERO), 1);
  // The infimum is 0 if arbitrarily small lifts make the answer wrong; it is the value alone that counts, not the lift.
  const isZero = (value: number): boolean => lifts.every((lift) => isWrong(tiedRead(value, lift), 1));
  const bad = [1, 2, 3].find((value) => isRight(value) && isZero(value));
  const agreeing = lifts.every((lift) => !isWrong(tiedRead(-1, lift).neg(), 1));
  return {
    instance: "two positions that tie, values v = 1, 2, 3 and -1",
    printed: unless(
      bad === undefined
        ? undefined
        : `v = ${bad} reads ${formatRational(tiedRead(bad, ZERO))}, which is right, and ${formatRational(tiedRead(bad, lifts.at(-1) as Rational))} once the tie is broken, however little`,
      "right exactly where the margin is positive",
    ),
    amended: unless(
      agreeing ? undefined : "tied values that agree change",
      "where tied values agree, breaking the tie changes nothing",
    ),
    numbers: {
      "read at the tie, v = 2": formatRational(tiedRead(2, ZERO)),
      "read beside it, v = 2": formatRational(tiedRead(2, half)),
    },
  };
}

/**
 * Proposition 2.2 and its proof, delta = 1/100. With D = 2 epsilon + r, r = sqrt(ln(2 / delta) / n): the minimizer's loss is at most D more
 * than it is on the sample, that is at most the best one's there, and this at most D more than its own, epsilon.
 */
function propositionConstants() {
  const root = logarithm(200n).sqrt().times(2);
  let wrong: string | undefined;
  for (const epsilon of [0n, 1n, 2n, 5n].map((n) => rational(n, 10n))) {
    for (const r of [0n, 1n, 3n].map((n) => rational(n, 7n))) {
      const deviation = epsilon.mul(2n).add(r);
      const bound = epsilon.add(deviation).add(deviation);
      if (!bound.equals(epsilon.mul(5n).add(r.mul(2n)))) wrong = `epsilon = ${formatRational(epsilon)}`;
    }
  }
  return {
    instance: "delta = 1/100",
    printed: unless(wrong, "error <= 5 epsilon + 2 sqrt(ln(200) / n)"),
    numbers: { "factor of 1/sqrt(n)": showDecimal(root) },
  };
}

/** Binomial coefficients n over 0 ... n. */
function binomials(n: number): bigint[] {
  const row = [1n];
  for (let k = 1; k <= n; k++) row.push(((row[k - 1] as bigint) * BigInt(n - k + 1)) / BigInt(k));
  return row;
}

/** The probability that of n draws fewer fall on a point of probability b than on one of probability a. */
export function fewer(n: number, a: Rational, b: Rational): Rational {
  const rest = ONE.sub(a).sub(b);
  const powers = (base: Rational): Rational[] => {
    const list = [ONE];
    for (let i = 1; i <= n; i++) list.push((list[i - 1] as Rational).mul(base));
    return list;
  };
  const [as, bs, rests] = [powers(a), powers(b), powers(rest)];
  const outer = binomials(n);
  let sum = ZERO;
  for (let k = 1; k <= n; k++) {
    const inner = binomials(k);
    for (let j = 0; 2 * j < k; j++) {
      const ways = rational((outer[k] as bigint) * (inner[j] as bigint));
      const weight = (bs[j] as Rational).mul(as[k - j] as Rational).mul(rests[n - k] as Rational);
      sum = sum.add(ways.mul(weight));
    }
  }
  return sum;
}

const EPSILON = rational(1n, 4n);

/**
 * Lemma 2.3 as printed: (2.3) at epsilon gives error epsilon. F(x, theta) = <theta, x>, theta in {(1, 0), (0, 1)}, so alpha = 1; x is
 * (-1, 1) with probability epsilon, (1, -1) with epsilon + eta, else (1, 1); y = 1. Where it is right the margin is 1/sqrt 2 >= gamma
 * = 1/2. (1, 0) meets (2.3) at epsilon; the sample prefers (0, 1), whose error is epsilon + eta, whenever it has fewer (1, -1).
 */
function lemmaAtItsEdge() {
  const eta = rational(1n, 1000n);
  const sizes = [1, 2, 4, 8, 16, 32];
  const chances = sizes.map((n) => fewer(n, EPSILON, EPSILON.add(eta)));
  const bad = sizes.findIndex((_, i) => (chances[i] as Rational).gt(rational(1n, 100n)));
  // Amended: error at most epsilon + slack. Only eta > slack can spoil it, and then Chernoff's bound (1 - (sqrt b - sqrt a)^2)^n at
  // the explicit n, which is more than ln(100) / (sqrt b - sqrt a)^2.
  const slack = rational(1n, 10n);
  const least = leastSample({ alpha: 1n, parameters: 2n, margin: half });
  const samples = decimal(least);
  const tight = [2n, 3n, 4n].map((k) => slack.mul(k).mul(half)).filter((one) => one.gte(slack));
  const spoiled = tight.find((one) => {
    const [a, b] = [EPSILON, EPSILON.add(one)].map(({ n, d }) => decimal(n, d).sqrt()) as [Decimal, Decimal];
    const gap = b.minus(a);
    return samples.lt(logarithm(100n).div(gap.times(gap)));
  });
  return {
    instance: "two linear classifiers with errors 1/4 and 1/4 + eta on three points",
    printed: unless(
      bad < 0
        ? undefined
        : `with ${sizes[bad]} sample and eta = 1/1000 the worse one has the smaller loss with probability ${(chances[bad] as Rational).toString(12)}, more than 1/100; n does not know eta`,
      "the sample finds the better one",
    ),
    amended: unless(
      spoiled && `eta = ${formatRational(spoiled)} is chosen too often`,
      "error at most 1/4 + 1/10: a smaller eta does no harm, a larger one is found out by fewer samples than the bound asks for",
    ),
    numbers: {
      "least n of the amended bound": String(least),
      "chance at n = 1": formatRational(chances[0] as Rational),
      "chance at n = 32": (chances.at(-1) as Rational).toString(12),
    },
  };
}

/** Proof of Lemma 2.3: ln p and ln n as factors, at p = 1 and n = 1. The class is F(x, theta) = theta x at x = 1, |theta| <= 1. */
function oneParameter() {
  // Losses are 1 - theta for theta > 0 and 1 for theta <= 0, gamma = 1; for xi = 1 the supremum is 1, for xi = -1 it is 0.
  const losses = [-2n, -1n, 0n, 1n, 2n].map((k) => {
    const theta = rational(k, 2n);
    return rampLoss(theta.gt(ZERO) ? theta : ZERO, ONE);
  });
  const most = losses.reduce((a, b) => (b.gt(a) ? b : a));
  const least = losses.reduce((a, b) => (b.lt(a) ? b : a));
  const rademacher = most.sub(least).mul(half);
  const [printed, amended] = [logarithm(1n), logarithm(3n)];
  const bound = decimal(4n).plus(amended.sqrt().times(12));
  return {
    instance: "p = 1, n = 1, alpha = gamma = 1: theta in [-1, 1]",
    printed: unless(
      rademacher.gt(ZERO) && printed.eq(0)
        ? `Rademacher complexity ${formatRational(rademacher)}, and alpha ln(1) sqrt(ln 1) / gamma = 0`
        : undefined,
      "bounded",
    ),
    amended: unless(
      bound.lt(decimal(rademacher.n, rademacher.d)) ? "the bound with constants is too small" : undefined,
      `at most 4 + 12 sqrt(ln 3) = ${showDecimal(bound, 6)} with constants`,
    ),
    numbers: {
      "Rademacher complexity": formatRational(rademacher),
      "ln p": showDecimal(printed, 1),
      "ln(2 p + 1)": showDecimal(amended),
    },
  };
}

/** Points of the 1-norm ball in two dimensions on a grid, in units of 1/steps. */
function* gridOfBall(steps: number): Generator<readonly [number, number]> {
  for (let x = -steps; x <= steps; x++)
    for (let y = -(steps - Math.abs(x)); y <= steps - Math.abs(x); y++) yield [x, y];
}

/** Maurey's covering, which the bounds rest on: averages of k of the 2 p + 1 vectors 0, +-alpha e_i are within alpha / sqrt k. */
function maurey() {
  const steps = 16;
  let [points, wrong]: [number, string | undefined] = [0, undefined];
  const worst: Record<string, string> = {};
  for (let k = 1; k <= 6; k++) {
    const centres = [...gridOfBall(k)];
    let most = 0;
    for (const [x, y] of gridOfBall(steps)) {
      points++;
      // Distances in units of 1 / (16 k).
      const squares = centres.reduce(
        (least, [a, b]) => Math.min(least, (a * steps - x * k) ** 2 + (b * steps - y * k) ** 2),
        Infinity,
      );
      most = Math.max(most, squares);
      if (squares > steps ** 2 * k) wrong = `(${x}, ${y})/${steps} has no centre within 1/sqrt(${k})`;
    }
    worst[`largest squared distance, k = ${k}`] = formatRational(rational(BigInt(most), BigInt(steps * steps * k * k)));
  }
  return {
    instance: "p = 2, alpha = 1, k = 1 ... 6, the ball's points with coordinates in sixteenths",
    printed: unless(wrong, "every point is within 1/sqrt(k) of an average of k of the five vectors"),
    numbers: { points: String(points), ...worst },
  };
}

/** Section 2 and appendix A. */
export const LEARNING_COMPUTATIONS: readonly Computation[] = [
  { name: "ramp-loss", about: "The ramp loss between the 0-1 loss and 1(rho < gamma).", run: rampLosses },
  { name: "margin-at-a-tie", about: "Right predictions whose margin is 0.", run: positiveMargins },
  { name: "proposition-2-2", about: "The constants of Proposition 2.2's proof.", run: propositionConstants },
  { name: "lemma-2-3-edge", about: "How often the sample prefers the worse of two classifiers.", run: lemmaAtItsEdge },
  { name: "one-parameter", about: "The Rademacher complexity of a class with one parameter.", run: oneParameter },
  { name: "maurey-covering", about: "The covering of the 1-norm ball by averages of few vectors.", run: maurey },
];
