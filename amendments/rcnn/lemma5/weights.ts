/**
 * Amendments to Lemma 6 and Corollary 3 (B.4.1): which numbers the five matrices hold, and how many.
 */
import {
  formatRational,
  negativePowerOfThree,
  ONE,
  rational,
  ZERO,
  type Rational,
} from "../../../spec/exact/rational.js";
import { bump, halfWidth, lowestKink, threshold } from "../../../spec/rcnn/lemma5/functions.js";
import type { Amendment, Replay } from "../../amendment.js";
import { atMost, listNumbers, smallTable } from "./small-tables.js";
import { RELU_AFTER, unionBound, weightDomain, weightSets } from "../../../spec/rcnn/lemma5/weights.js";
import { evaluateWithJacobian, type AffineRow, type Network } from "../../../spec/networks/network.js";
import { distinct } from "../../../spec/networks/table.js";

/** The biases of W1 for kinks at X_i = `values` and a lowest kink for each, or one for all. */
function biases(values: readonly Rational[], delta: Rational, lowest: (at: Rational) => Rational): Rational[] {
  return distinct(values.flatMap((at) => [lowest(at), ...bump(at, 0, delta).kinks].map((kink) => kink.neg())));
}

function replayLowest(): Replay {
  const table = smallTable([["0"], ["0"], [["0"]]], [["1"], ["0"], [["0"]]]);
  const lowest = lowestKink(table);
  const all = biases([ZERO, ONE], halfWidth(table), () => lowest);
  const own = lowest.neg();
  const found = `zeta_0 = ${formatRational(lowest)}; the biases are ${listNumbers(all)}`;
  return {
    instance: "X = {0, 1}, Delta = 1/10, zeta_0 below all kinks as footnote 10 says",
    printed: { holds: all.every((bias) => bias.gte(own)), found },
    amended: { holds: all.every((bias) => bias.lte(own)), found },
  };
}

function replayOwnLowest(): Replay {
  const values = [rational(0n), rational(3n)];
  const delta = rational(1n, 10n);
  const bound = 4 * values.length + 2;
  const count = (lowest: (at: Rational) => Rational): number =>
    distinct([ONE, ...biases(values, delta, lowest)]).filter((weight) => weight.n !== 0n).length;
  const printed = count((at) => at.sub(delta.mul(rational(3n))));
  const amended = count(() => ONE.neg());
  return {
    instance: `X = {0, 3}, Delta = 1/10; the bound 4 |X_i| + 2 is ${bound}`,
    printed: atMost(printed, bound, `a zeta_0 for each x_0: ${printed} weights`),
    amended: atMost(amended, bound, `one zeta_0 for all: ${amended} weights`),
  };
}

function replayHeightZero(): Replay {
  const table = smallTable([["0", "0"], ["1"], [["1", "1"]]]);
  const delta = halfWidth(table);
  const weights = (heights: readonly Rational[]): Rational[] =>
    distinct(
      heights.flatMap((y) => {
        const [climb, slope] = threshold(table.inputs, y, ONE, delta).slopes as [Rational, Rational];
        return [climb, slope.sub(climb)];
      }),
    );
  const needed = weights([ZERO, ONE]);
  const contains = (set: readonly Rational[]): boolean =>
    needed.every((weight) => set.some((one) => one.equals(weight)));
  const printed = weights([ONE]);
  const amended = weightSets(weightDomain(table))["W2'"];
  return {
    instance: `X = {(0, 0)}, Y_i = {1}, G = {1}: W2' holds ${listNumbers(needed)}`,
    printed: { holds: contains(printed), found: `gamma in G and y in Y_i give ${listNumbers(printed)}` },
    amended: { holds: contains(amended), found: `gamma in G and y in Y_i or 0 give ${listNumbers(amended)}` },
  };
}

function replayPlaces(): Replay {
  const row = (tenths: bigint, ...weights: bigint[]): AffineRow => ({
    bias: rational(tenths, 10n),
    entries: weights.map((weight, column) => [column, rational(weight)]),
  });
  // The network for X = {0}, f = 1, g = 1 with Delta = 1/10, without the ReLUs that nothing reads.
  const matrices = [
    [row(2n, 1n), row(1n, 1n), row(-1n, 1n), row(-2n, 1n)],
    [row(0n, 9n, -8n, -12n, 11n)],
    [row(-8n, 1n), row(-9n, 1n)],
    [row(0n, 9n, -8n)],
    [row(0n, 1n)],
  ];
  const network = (relus: readonly boolean[]): Network => ({
    layers: matrices.map((rows, k) => ({
      name: "",
      inputs: (rows[0] as AffineRow).entries.length,
      rows,
      relu: relus[k] as boolean,
    })),
  });
  const finding = (relus: readonly boolean[]): Replay["printed"] => {
    const { value, jacobian, kink } = evaluateWithJacobian(network(relus), [ZERO]);
    const [y, slope] = [value[0] ?? ZERO, jacobian[0]?.[0] ?? ZERO];
    return {
      holds: !kink && y.equals(ONE) && slope.equals(ONE),
      found: `at 0: value ${formatRational(y)}, derivative ${formatRational(slope)}`,
    };
  };
  return {
    instance: "X = {0}, f = 1, g = 1, Delta = 1/10",
    printed: finding([false, true, false, true, false]),
    amended: finding(RELU_AFTER),
  };
}

function replaySum(): Replay {
  // The bounds of Lemma 6 for |X_i| = 1, without 1 and -zeta_0.
  const own = 4 + 12 + 2 + 4 * 2;
  const bound = 24 + 5;
  // 0 once; 1 in W1, W1+ and W2+; -zeta_0 in W1 and W1+.
  const sum = own + 1 + 3 + 2;
  const union = own + 1 + 1 + 1;
  return {
    instance: `|X_i| = |Y_i| = 1, G = {0, 1}: the bound 24 |X_i| + 5 is ${bound}`,
    printed: atMost(sum, bound, `the bounds of Lemma 6 and {0} add up to ${sum}`),
    amended: atMost(union, bound, `with 1 and -zeta_0 counted once they add up to ${union}`),
  };
}

function replayPadding(): Replay {
  const padding = rational(1n, 6n);
  const digits = 64;
  const power = padding.mul(rational(3n ** BigInt(digits)));
  const table = smallTable([["0"], ["0"], [["0"]]], [["1/6"], ["0"], [["1"]]]);
  const domain = weightDomain(table);
  const sizes = `|X_i| = ${domain.inputValues.length}, |Y_i| = ${domain.outputValues.length}`;
  const count = Object.values(weightSets(domain)).flat();
  const union = distinct([ZERO, ...count]).length;
  const bound = Math.max(unionBound(domain).printed, 24 * domain.inputValues.length + 5);
  return {
    instance: `X = {0, p}, Y = {0}, p = 1/6: ${sizes}`,
    printed: {
      holds: power.d === 1n,
      found: `p has no base-3 spelling of ${digits} digits, so X_i holds more than Y_i`,
    },
    amended: atMost(union, bound, `Y_i is part of X_i and |U| = ${union} is at most ${bound}`),
  };
}

function replayAlphabet(): Replay {
  const states = 4;
  const lastIndex = Math.log2(states) + 4;
  let values: Rational[] = [ZERO];
  for (let i = 1; i <= lastIndex; i++) {
    const digit = negativePowerOfThree(i);
    values = values.flatMap((value) => [value.sub(digit), value, value.add(digit)]);
  }
  const size = distinct(values).length;
  const found = `V_s has ${size} elements`;
  return {
    instance: "s = 4",
    printed: atMost(size, 16 * states, `${found}, 16 s is ${16 * states}`),
    amended: { holds: size === 3 ** lastIndex, found: `${found}, 3^(log2 s + 4) is ${3 ** lastIndex}` },
  };
}

/** Amendments L6-1 ... L6-4 and C3-1 ... C3-3. */
export const WEIGHT_AMENDMENTS: readonly Amendment[] = [
  {
    id: "L6-1",
    place: "B.4.1, proof of Lemma 6, first sentence",
    printed: "zeta_0 is chosen large, as the lowest bias.",
    amended: "zeta_0 is the lowest kink, and its bias -zeta_0 the largest of all.",
    reason: "Footnote 10 wants zeta_0 below all kinks; the bias of a ReLU is minus its kink.",
    replay: replayLowest,
  },
  {
    id: "L6-2",
    place: "B.4.1, proof of Lemma 6, first item",
    printed: "For each x_0 there are 5 biases, -zeta_0 among them.",
    amended: "For each x_0 there are 4, and one -zeta_0 serves all of W1 and W1+.",
    reason: "With a zeta_0 for each psi, as footnote 10 allows, W1 holds more than 4 |X_i| + 2 numbers.",
    replay: replayOwnLowest,
  },
  {
    id: "L6-3",
    place: "B.4.1, proof of Lemma 6, fourth item",
    printed: "The coefficients of W2' come from y in Y_i and gamma in G, 4 for each pair.",
    amended:
      "They come from y in Y_i or y = 0, and gamma in G; 2 for each pair, the coefficient at zeta_0 and the bias being 0.",
    reason: "All summands but the first use y = 0, whether or not it is an output value. The bound 4 |G| |Y_i| stands.",
    replay: replayHeightZero,
  },
  {
    id: "L6-4",
    place: "Definition 5, f_Conv2D, against the split before Lemma 6",
    printed: "Five matrices with a ReLU after the second and the fourth.",
    amended: "A ReLU follows the first (W1) and the third (W1+).",
    reason: "Lemma 6 splits W2 and W3, not W1. Definition 5 is met by V1 = W1, V2 = identity, V5 = W2+ o W2'.",
    replay: replayPlaces,
  },
  {
    id: "C3-1",
    place: "B.4.1, Corollary 3",
    printed: "Adding up the bounds of Lemma 6 and {0} gives 24 |X_i| + 5.",
    amended: "It gives 24 |X_i| + 8; with 1 (in W1, W1+, W2+) and -zeta_0 (in W1, W1+) counted once, 24 |X_i| + 5.",
    reason: "The bound is right, but only for the union, and only with one zeta_0 for both layers.",
    replay: replaySum,
  },
  {
    id: "C3-2",
    place: "B.4, first paragraph; B.4.1, Corollary 3",
    printed: "X = Y, all numbers of O(log s) base-3 digits; X_i = Y_i.",
    amended: "X_i also holds the padding p = 1/6, and Y_i is a part of X_i.",
    reason:
      "p is read and never put out, and it has no finite base-3 spelling. |Y_i| at most |X_i| is all the count needs.",
    replay: replayPadding,
  },
  {
    id: "C3-3",
    place: "B.4.1, after Corollary 3",
    printed: "U_s has 24 * 16 s + 5 elements, that is, X_i has 16 s.",
    amended: "V_s has 3^(log2 s + 4) elements; only its well-formed cells are O(s).",
    reason: "A base-3 digit has three values.",
    replay: replayAlphabet,
  },
];
