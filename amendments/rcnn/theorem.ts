/**
 * Amendments to the probabilities: Theorem 1 with one state, and the restarts of B.5. Exact counts, no logarithms.
 */
import { formatRational, ONE, rational, ZERO, type Rational } from "../../spec/exact/rational.js";
import { evaluate, type AffineMap } from "../../spec/networks/network.js";
import { PLACES } from "../../spec/rcnn/patch.js";
import { amendment, type FamilyAmendment, type Finding, type Instance } from "../amendment.js";

/** In the order of the paper. */
export const THEOREM_AMENDMENTS: readonly FamilyAmendment[] = [
  amendment({
    id: "one-state",
    place: "Theorem 1; B, after Lemma 2",
    printed: "Training succeeds with probability at least s^(-c s^2), for every s.",
    amended: "It does for s from 2 on.",
    reason:
      "For s = 1 the bound is 1, whatever c is. But 0 is in U_s, so all weights may be drawn as 0, and that network predicts nothing.",
    order: "s = 1 ... 16; c = 400000, |U_s| = 24 * 16 s + 5, all weights and biases of Definition 5",
    instances: oneState,
  }),
  amendment({
    id: "restarts",
    place: "B.5",
    printed: "Of M restarts that succeed with probability q each, at least one does with probability 1 - M q.",
    amended: "At least one does with probability 1 - (1 - q)^M; so M is ln(2 / delta) / q, not delta / (2 q).",
    reason: "The printed bound falls with every further restart.",
    order: "M = 1 ... 3, then 1 / q = 1 ... 4",
    instances: restarts,
  }),
];

/** A constant c that serves every s from 2 on. */
const EXPONENT = 400_000n;

function* oneState(): Generator<Instance> {
  for (let s = 1; s <= 16; s++) {
    const states = BigInt(s);
    const choices = 24n * 16n * states + 5n;
    const width = 100n * states;
    const weights = 9n * width + 3n * width ** 2n + width + 2n * 100n;
    const biases = 4n * width + 1n + 100n + 1n;
    const count = weights + biases;
    const finding = s === 1 ? certainty(choices, count) : boundFrom(states, choices, count);
    yield {
      text: `s = ${s}`,
      printed: () => finding,
      amended: () => (s === 1 ? { holds: true, found: "nothing is claimed for s = 1" } : finding),
    };
  }
}

/** s from 2 on: |U_s| <= s^k gives |U_s|^-count >= s^-(k count), and k count <= c s^2 is the claim. */
function boundFrom(states: bigint, choices: bigint, count: bigint): Finding {
  const k = leastPower(states, choices);
  const allowed = EXPONENT * states ** 2n;
  return {
    holds: k * count <= allowed,
    found: `${choices} <= ${states}^${k}, and ${k} * ${count} <= c s^2 = ${allowed}`,
  };
}

/** s = 1: the bound is 1, so every draw must give a classifier; the draw of all zeros is one of them. */
function certainty(choices: bigint, count: bigint): Finding {
  const width = 100;
  const zeros = (name: string, inputs: number, outputs: number, relu: boolean): AffineMap => ({
    name,
    inputs,
    rows: Array.from({ length: outputs }, () => ({ bias: ZERO, entries: [] })),
    relu,
  });
  const filter = [PLACES, width, width, width, width].map((inputs, i) =>
    zeros(`V${i + 1}`, inputs, i === 4 ? 1 : width, i === 0 || i === 2),
  );
  const head = [zeros("U2", 1, width, true), zeros("U1", width, 1, false)];
  const input = Array.from({ length: PLACES }, () => ZERO);
  const share = evaluate({ layers: [...filter, ...head] }, input)[0] as Rational;
  return {
    holds: share.abs().equals(1n),
    found: `the bound is 1; with probability ${choices}^-${count} all weights are 0 and every cell adds ${formatRational(share)} to the prediction`,
  };
}

/** The least k with base^k >= bound; base at least 2. */
function leastPower(base: bigint, bound: bigint): bigint {
  let k = 0n;
  for (let power = 1n; power < bound; power *= base) k++;
  return k;
}

function* restarts(): Generator<Instance> {
  for (let count = 1; count <= 3; count++) {
    for (let outcomes = 1; outcomes <= 4; outcomes++) {
      const total = outcomes ** count;
      // A restart draws one of `outcomes` equally likely numbers; 0 is the good one.
      const draws = Array.from({ length: total }, (_, k) =>
        Array.from({ length: count }, (_, i) => Math.floor(k / outcomes ** i) % outcomes),
      );
      const good = draws.filter((draw) => draw.includes(0)).length;
      const chance = rational(BigInt(good), BigInt(total));
      const q = rational(1n, BigInt(outcomes));
      let allFail = ONE;
      for (let i = 0; i < count; i++) allFail = allFail.mul(ONE.sub(q));
      const finding = (claimed: Rational): Finding => ({
        holds: chance.gte(claimed) && claimed.gte(ZERO),
        found: `claimed ${formatRational(claimed)}; ${good} of ${total} outcomes have a success`,
      });
      yield {
        text: `M = ${count}, q = ${formatRational(q)}`,
        printed: () => finding(ONE.sub(rational(BigInt(count)).mul(q))),
        amended: () => finding(ONE.sub(allFail)),
      };
    }
  }
}
