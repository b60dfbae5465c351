/** The sample and restart counts of Corollary 2 and B.5, in exact numbers. */
import { formatRational, rational, type Rational } from "../../spec/exact/rational.js";
import { decimal, logarithm, showDecimal } from "../decimal.js";
import { unless, type Computation } from "../computation.js";
import { logPrinted } from "./probability.js";
import { allStates } from "./sizes.js";

const deviation: Computation = {
  name: "union-bound-of-b5",
  about: "The failure probability that the printed deviation sqrt(log(2M/delta) / 2N) leaves for M classifiers.",
  run: () => {
    // Hoeffding and a union bound: M classifiers fail with probability 2 M exp(-2 N x^2); with x^2 = ln(a) / 2N that is 2 M / a.
    const failures = (count: bigint, a: Rational): Rational => rational(2n * count).div(a);
    const deltas = [rational(1n, 2n), rational(1n, 4n), rational(1n, 100n)];
    const counts = [1n, 2n, 10n, 1000n];
    const check = (factor: bigint): string | undefined => {
      for (const delta of deltas) {
        for (const count of counts) {
          const left = failures(count, rational(factor * count).div(delta));
          if (left.gt(delta.div(rational(2n)))) {
            return `M = ${count}, delta = ${formatRational(delta)}: they fail with probability up to ${formatRational(left)}, not ${formatRational(delta.div(rational(2n)))}`;
          }
        }
      }
      return undefined;
    };
    return {
      instance: "delta in {1/2, 1/4, 1/100}, M in {1, 2, 10, 1000}, any N",
      printed: unless(check(2n), "at most delta / 2"),
      amended: unless(check(4n), "with log(4 M / delta) the failure probability is at most delta / 2"),
      numbers: { "factor printed": "2", "factor needed": "4" },
    };
  },
};

const validation: Computation = {
  name: "validation-size-of-b5",
  about:
    "N = c2 s^2 log(s/2) / (8 eps^2) against the N for which 2 sqrt(log(2M/delta) / 2N) = eps, in units of 1/eps^2.",
  run: () => {
    // From M = delta s^(c2 s^2) / 2: log(2M/delta) = c2 s^2 ln s, and N = 2 c2 s^2 ln s / eps^2. With c2 = 1:
    const wanted = (s: bigint) => logarithm(s).times((2n * s * s).toString());
    const printed = (s: bigint) =>
      logarithm(s)
        .minus(logarithm(2n))
        .times((s * s).toString())
        .div(8);
    const short = allStates().filter((s) => s >= 2 && printed(BigInt(s)).lt(wanted(BigInt(s))));
    const least = allStates()
      .slice(1)
      .map((s) => ({ s, ratio: wanted(BigInt(s)).minus(printed(BigInt(s)).times(16)) }));
    const sixteen = least.every(({ ratio }) => ratio.gt(0));
    return {
      instance: "s = 2: log(s/2) = 0",
      printed: unless(
        short.length > 0
          ? `N = ${showDecimal(printed(2n), 1)} / eps^2 validation examples for s = 2; less than needed for ${short.length} of 255 values of s`
          : undefined,
        "enough validation examples",
      ),
      amended: unless(
        sixteen ? undefined : "not 16 times too small",
        "N = 2 log(4 M / delta) / eps^2; the printed N is less than a sixteenth of what its own line asks for",
      ),
      numbers: {
        "printed, s = 2": showDecimal(printed(2n), 10),
        "from its own line, s = 2": showDecimal(wanted(2n), 10),
        "printed, s = 256": showDecimal(printed(256n), 10),
        "from its own line, s = 256": showDecimal(wanted(256n), 10),
      },
    };
  },
};

const exponent: Computation = {
  name: "restarts-of-corollary-2",
  about: "s^(c1 s) log(1/delta) restarts against the s^(c2 s^2) that Theorem 1's probability asks for.",
  run: () => {
    // ln of restarts and of 1/q; with q = s^(-c2 s^2) fewer than 1/(2 q) restarts succeed with probability below 1/2.
    const c1 = 1_000_000n;
    const needed = (s: number) => logPrinted(s).times(-1).minus(logarithm(2n));
    const log = (s: number) => logarithm(BigInt(s)).times((c1 * BigInt(s)).toString());
    const first = allStates().find((s) => s >= 2 && log(s).lt(needed(s)));
    const enough = allStates().every(
      (s) =>
        s < 2 ||
        logarithm(BigInt(s))
          .times((250_000n * BigInt(s) ** 2n).toString())
          .gt(needed(s)),
    );
    return {
      instance: "c1 = 1000000, q the exact probability of one draw",
      printed: unless(
        first === undefined
          ? undefined
          : `from s = ${first} on, s^(c1 s) restarts succeed with probability below 1/2; a larger c1 only moves that s`,
        "s^(c1 s) restarts suffice",
      ),
      amended: unless(
        enough ? undefined : "s^(250000 s^2) is too small",
        "s^(c1 s^2) ln(2/delta) restarts with c1 = 250000 suffice for s = 2 ... 256",
      ),
      numbers: {
        "first s at which c1 = 1000000 is too small": String(first),
        "ln of the restarts needed, s = 2": showDecimal(needed(2), 20),
        "ln of the restarts needed, s = 256": showDecimal(needed(256), 20),
      },
    };
  },
};

const atTwo: Computation = {
  name: "restarts-at-two-states",
  about:
    "The exact numbers of Corollary 2 for s = 2: restarts for delta = 1/2 and validation examples for epsilon = 1/4.",
  run: () => {
    const restarts = logPrinted(2)
      .times(-1)
      .plus(logOf(logarithm(4n)));
    const examples = restarts.plus(logarithm(8n)).times(32);
    const positive = restarts.gt(0) && examples.gt(restarts);
    return {
      instance: "s = 2, delta = 1/2, epsilon = 1/4, widths of Algorithm 1",
      amended: unless(positive ? undefined : "not positive", "finite numbers; nobody draws that often"),
      numbers: {
        "ln of M = ln(2/delta) / q": showDecimal(restarts, 20),
        "decimal digits of M": showDecimal(restarts.div(logarithm(10n)).plus(1), 0),
        "N = 2 ln(4 M / delta) / epsilon^2": showDecimal(examples, 20),
      },
    };
  },
};

/** ln of a decimal above 1 to 20 digits: ln(x) by whole multiples of 10^-25. */
function logOf(value: ReturnType<typeof decimal>): ReturnType<typeof decimal> {
  const scale = 10n ** 25n;
  const whole = BigInt(value.times(scale.toString()).toFixed(0));
  return logarithm(whole).minus(logarithm(scale));
}

/** Computations of this module. */
export const RESTART_COMPUTATIONS: readonly Computation[] = [deviation, validation, exponent, atTwo];
