/**
 * Observation 1, Claims 1 and 2, and Algorithm 2 (section 3, appendix A): the inequalities of their proofs in whole numbers.
 *
 * Roots and logarithms of powers of two are avoided by raising both sides: r = 2^-i with i = ceil(log2(M) / (3 k)) is the
 * least i with 2^(3 k i) >= M.
 */
import { formatRational, ONE, rational, type Rational } from "../../spec/exact/rational.js";
import { unless, type Computation } from "../computation.js";

/** i with r = 2^-i: the least i >= 0 with 2^(3 k i) >= M. */
function exponentOfR(k: bigint, examples: bigint): bigint {
  let i = 0n;
  while (2n ** (3n * k * i) < examples) i++;
  return i;
}

interface Case {
  readonly d: bigint;
  readonly m: bigint;
  readonly k: bigint;
  /** epsilon = 2^-a, delta = 2^-b */
  readonly a: bigint;
  readonly b: bigint;
}

function* cases(): Generator<Case> {
  const small = [1n, 2n, 3n, 5n];
  for (const d of small) {
    for (const m of small) {
      for (const k of [1n, 2n, 3n]) for (const a of [1n, 2n, 4n]) for (const b of [1n, 3n]) yield { d, m, k, a, b };
    }
  }
}

const observation: Computation = {
  name: "observation-1",
  about: "r <= epsilon, r <= delta and M >= (d m / r^2)^k for M from p(d, m, epsilon, delta) on, for small parameters.",
  run: () => {
    let checked = 0;
    let wrong: string | undefined;
    let loose: string | undefined;
    for (const { d, m, k, a, b } of cases()) {
      const least = 2n ** (3n * k * (a + b)) + (4n * d * m) ** (3n * k);
      for (const more of [0n, 1n, least, 7n * least]) {
        const examples = least + more;
        const i = exponentOfR(k, examples);
        checked++;
        const place = `d = ${d}, m = ${m}, k = ${k}, epsilon = 2^-${a}, delta = 2^-${b}, M = ${examples}`;
        // (d m / r^2)^k = (d m 4^i)^k
        if (i < a || i < b || examples < (d * m * 4n ** i) ** k) wrong ??= place;
        // The print argues by epsilon delta <= max(epsilon, delta); that alone bounds r by the larger one only.
        if (a !== b) loose ??= place;
      }
    }
    const onlyMaximum = smallestBetween();
    return {
      instance: "d, m in {1, 2, 3, 5}, k <= 3, epsilon and delta powers of two, four M each",
      printed: unless(wrong, "r is at most epsilon and at most delta, and M suffices for A_{r,r}"),
      numbers: {
        cases: String(checked),
        "r <= max(epsilon, delta) but not <= both": loose === undefined ? "none" : onlyMaximum,
      },
    };
  },
};

/** An r that the printed chain's last link would admit, and that is no bound: between the smaller and the larger one. */
function smallestBetween(): string {
  const [epsilon, delta, r] = [rational(1n, 2n), rational(1n, 8n), rational(1n, 4n)];
  const admitted = r.lte(epsilon) && !r.lte(delta);
  return admitted
    ? `epsilon = ${formatRational(epsilon)}, delta = ${formatRational(delta)}, r = ${formatRational(r)}`
    : "none";
}

const claimTwo: Computation = {
  name: "claim-2",
  about:
    "The inequalities of the proof of Claim 2 at m = d^(3k) and above, with r as printed and with r a power of two.",
  run: () => {
    let checked = 0;
    let slip: string | undefined;
    let rounded: string | undefined;
    let amended: string | undefined;
    for (const d of [2n, 3n, 4n, 8n]) {
      for (const k of [1n, 2n, 3n]) {
        const m = d ** (3n * k);
        // r = m^(-1/3k) = 1/d exactly. Needed: m >= (d / r^2)^k. Printed: d / r^2 = d^k m^(2/(3k)), both without the exponent.
        checked++;
        if (m < (d * d * d) ** k) amended ??= `d = ${d}, k = ${k}`;
        const [left, right] = [d * d * d, d ** k * d * d];
        if (left !== right)
          slip ??= `d = ${d}, k = ${k}, m = ${m}: d / r^2 = ${left}, d^k m^(2/3k) = ${right}, needed ${(d * d * d) ** k}`;
        // Powers of two only (section 2): r is rounded down to 2^-i, and m must be larger.
        const i = exponentOfR(k, m);
        if (m < (d * 4n ** i) ** k)
          rounded ??= `d = ${d}, k = ${k}, m = ${m}, r = 2^-${i}: needed ${(d * 4n ** i) ** k}`;
        const larger = (4n * d) ** (3n * k);
        if (larger < (d * 4n ** exponentOfR(k, larger)) ** k) amended ??= `d = ${d}, k = ${k}, m = ${larger}`;
      }
    }
    return {
      instance: "m = d^(3k), d in {2, 3, 4, 8}, k <= 3",
      printed: unless(slip ?? rounded, "the printed chain of equalities"),
      amended: unless(
        amended,
        "m >= (d / r^2)^k holds from m = d^(3k) on for real r, and from m = (4 d)^(3k) on for r a power of two",
      ),
      numbers: { cases: String(checked), "exponents lost": slip ?? "none", "r no power of two": rounded ?? "none" },
    };
  },
};

/** Chance that all `draws` validation examples agree with a classifier of error 1/2. */
function luck(draws: bigint): Rational {
  return rational(1n, 2n ** draws);
}

const algorithmTwo: Computation = {
  name: "algorithm-2",
  about: "Whether the bound on M in the proof of Claim 1 leaves enough validation examples to tell candidates apart.",
  run: () => {
    // The proof asks for M >= (s + k + p)^10 + q. With s = k = p = 1 and q below 11 that makes r = 3.
    const [s, k, p] = [1n, 1n, 1n];
    const r = s + k + p;
    const examples = r ** 10n;
    const delta = rational(1n, 16n);
    // One candidate of error 0, the other candidates of error 1/2: each looks perfect on r examples with chance 2^-r.
    const chance = luck(r);
    const others = r ** 3n - 1n;
    const atLeastOne = ONE.sub(power(ONE.sub(chance), others));
    const enough = amendedValidation(others, delta);
    const overlap = [1n, 2n, 3n].find((count) => root10(count) * 2n > count);
    return {
      instance: `s = k = 1, p = 1, M = ${examples}, epsilon = 1/4, delta = ${formatRational(delta)}: r = ${r} validation examples for ${r ** 3n} candidates`,
      printed: unless(
        chance.gt(delta)
          ? `one candidate of error 1/2 looks perfect with probability ${formatRational(chance)}, above delta`
          : undefined,
        "the chance of a wrong choice is at most delta",
      ),
      amended: unless(
        others === 0n ||
          power(rational(1n, 2n), enough)
            .mul(rational(others))
            .gt(delta.div(rational(2n)))
          ? `r = ${enough}`
          : undefined,
        `r = ${enough} examples keep it at delta/2; in general M must also be at least (ln(4 r^3 / delta) 8 / epsilon^2)^10`,
      ),
      numbers: {
        "r as the proof has it": String(r),
        "chance that one bad candidate looks perfect": formatRational(chance),
        "chance that some of the others does, over delta": `${decimalPart(atLeastOne.div(delta))}`,
        "validation examples that suffice here": String(enough),
        "first M at which Z'[: t] and Z'[-r :] overlap": overlap === undefined ? "none" : String(overlap),
      },
    };
  },
};

/** The least r with n 2^-r <= delta / 2. */
function amendedValidation(n: bigint, delta: Rational): bigint {
  let r = 1n;
  while (
    luck(r)
      .mul(rational(n))
      .gt(delta.div(rational(2n)))
  )
    r++;
  return r;
}

function power(base: Rational, exponent: bigint): Rational {
  let result = ONE;
  for (let i = 0n; i < exponent; i++) result = result.mul(base);
  return result;
}

/** floor(n^(1/10)) */
function root10(n: bigint): bigint {
  let root = 1n;
  while ((root + 1n) ** 10n <= n) root++;
  return root;
}

/** The whole part of a positive rational. */
function decimalPart(value: Rational): bigint {
  return value.n / value.d;
}

/** Computations of this module. */
export const PAO_COMPUTATIONS: readonly Computation[] = [observation, claimTwo, algorithmTwo];
