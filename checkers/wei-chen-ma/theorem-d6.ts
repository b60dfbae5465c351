/**
 * Theorem D.6, literally: its constants counted for a circuit's network, each rounded outward, and the bound (D.5). Layer
 * functions f_i are the two maps of a layer of gates, the output's map included in the last; corrections are round.
 *
 * sigma_theta = sigma_xi = sigma is chosen and stated; sigma_h is 1, because the second inequality of D.2 holds at any distance.
 * mu_0 is taken for perturbations up to sigma, because f_0 has two maps and no bound that is linear beyond (amendment `local-mu0`).
 */
import { rational, type Rational } from "../../spec/exact/rational.js";
import { d6Bound, type MarginConstants } from "../../spec/wei-chen-ma/margin.js";
import { ROUND_RADIUS } from "../../spec/wei-chen-ma/round.js";
import { normOf, type LayerConstants, type MarginData } from "./margin-constants.js";
import { square, squareRoot, times, UPPER_ONE, upperRational, withBias, type Upper } from "./upward.js";

/** An upper bound as the rational that it is. */
function rationalOf(bound: Upper): Rational {
  return rational(bound, UPPER_ONE);
}

function largestOf(bounds: readonly Upper[]): Upper {
  return bounds.reduce((a, b) => (b > a ? b : a), UPPER_ONE);
}

/** The constants at sigma. */
export function d6Constants({ layers, outputNorm, outputs }: MarginData, sigma: Rational): MarginConstants {
  const size = upperRational(sigma);
  const change = layers.map((layer) => parameterChange(layer, layer === layers.at(-1) ? outputNorm : undefined, size));
  const inputs = layers.map((layer, i) => {
    const last = i === layers.length - 1 ? outputNorm + size : UPPER_ONE;
    return times(times(layer.firstNorm + size, layer.secondNorm + size), last);
  });
  const lambda = largestOf([...layers.map(({ norms }) => normOf(norms.output)), normOf(BigInt(outputs))]);
  // zeta: |hidden| <= |W| |h| + |biases above 0|, so with max(|h|, 1) taken out of both terms the factors are those at |h| = 1.
  const corrections = layers.flatMap(({ correction }) => (correction === undefined ? [] : [correction]));
  const kappaXi = largestOf(
    corrections.map(({ firstNorm, secondNorm, biases }) => {
      const root2 = squareRoot(2n * UPPER_ONE);
      const hidden = firstNorm + normOf(biases) + times(size, root2);
      return squareRoot(square(times(secondNorm, root2)) + square(hidden) + UPPER_ONE);
    }),
  );
  return {
    kappaTheta: rationalOf(largestOf(change.slice(1))),
    mu: rationalOf(largestOf(inputs.slice(1))),
    sigmaH: rational(1n),
    sigmaTheta: sigma,
    mu0: rationalOf(largestOf(change.slice(0, 1))),
    kappaXi: rationalOf(kappaXi),
    sigmaXi: sigma,
    sigmaZeta: ROUND_RADIUS,
    lambda: rationalOf(lambda),
  };
}

/** How far a layer's own perturbation of norm 1, scaled down to at most sigma, moves its value. */
function parameterChange({ norms, secondNorm }: LayerConstants, outputNorm: Upper | undefined, size: Upper): Upper {
  const b1 = withBias(normOf(norms.input));
  const b2 = withBias(normOf(norms.hidden) + times(size, b1));
  const direct = squareRoot(square(times(secondNorm, b1)) + square(b2));
  if (outputNorm === undefined) return direct;
  const b3 = withBias(normOf(norms.output) + times(size, direct));
  return squareRoot(square(times(outputNorm, direct)) + square(b3));
}

/** The bound (D.5) at sigma. */
export function d6BoundAt(data: MarginData, sigma: Rational): Rational {
  return d6Bound(d6Constants(data, sigma));
}
