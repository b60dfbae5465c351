/**
 * The all-layer margin (2.1), the ramp loss (2.2), and what Theorem D.6 asks for: niceness (Definition D.2), Conditions D.3 and
 * D.4, weight sharing (Definition D.5) and the bound (D.5). Definitions only; what a network's constants are is counted by
 * checkers/wei-chen-ma/.
 */
import { ONE, rational, ZERO, type Rational } from "../exact/rational.js";

/** What (2.1) minimizes over: one number for each parameter. */
export type Perturbation = readonly Rational[];

/** |delta|_2^2. */
export function squaredNorm(delta: Perturbation): Rational {
  return delta.reduce((sum, entry) => sum.add(entry.mul(entry)), ZERO);
}

/**
 * The constraint of (2.1): whether (y - 1/2) F(x, theta + delta) <= 0. The all-layer margin rho_F(theta, x, y) is the least
 * |delta|_2 for which it holds; where F is not continuous, the infimum (amendment `hard-max-min`).
 *
 * @param output F(x, theta + delta)
 * @param y the label, 0 or 1
 */
export function isWrong(output: Rational, y: 0 | 1): boolean {
  const sign = output.s * (output.n === 0n ? 0n : 1n);
  return y === 1 ? sign <= 0n : sign >= 0n;
}

/** The ramp loss (2.2) of a margin rho at gamma > 0. */
export function rampLoss(rho: Rational, gamma: Rational): Rational {
  if (gamma.lte(ZERO)) throw new RangeError("rampLoss: expected gamma above 0");
  if (rho.lte(ZERO)) return ONE;
  return rho.gte(gamma) ? ZERO : ONE.sub(rho.div(gamma));
}

/** The constants of Definition D.2: a layer function is (kappa_theta, mu, sigma_h, sigma_theta)-nice. */
export interface Niceness {
  readonly kappaTheta: Rational;
  readonly mu: Rational;
  readonly sigmaH: Rational;
  readonly sigmaTheta: Rational;
}

/** All constants of Theorem D.6: Condition D.3 (mu_0 and kappa_xi are of f_0 and of the corrections) and Condition D.4. */
export interface MarginConstants extends Niceness {
  readonly mu0: Rational;
  readonly kappaXi: Rational;
  readonly sigmaXi: Rational;
  readonly sigmaZeta: Rational;
  readonly lambda: Rational;
}

/** The first inequality of Definition D.2 at one pair of parameters: |f(h, theta) - f(h, theta')| against the norms. */
export function boundsParameters(
  change: Rational,
  { kappaTheta }: Niceness,
  distance: Rational,
  largestInput: Rational,
): boolean {
  const scale = largestInput.gt(ONE) ? largestInput : ONE;
  return change.lte(kappaTheta.mul(distance).mul(scale));
}

/** The second inequality of Definition D.2 at one pair of inputs. */
export function boundsInputs(change: Rational, { mu }: Niceness, distance: Rational): boolean {
  return change.lte(mu.mul(distance));
}

/** The nine quantities of (D.5), in its order; the all-layer margin is at least the least of them. */
export const D6_QUANTITIES = [
  "lambda/mu0",
  "sigmaZeta/mu0",
  "1/(2 kappaTheta)",
  "sigmaZeta/(2 kappaTheta lambda)",
  "sigmaTheta",
  "sigmaXi",
  "sigmaH/(2 kappaXi lambda)",
  "sigmaZeta/(4 lambda mu kappaXi)",
  "1/(4 mu kappaXi)",
] as const;

/** Their values for constants, all of which are above 0. Shape: as D6_QUANTITIES. */
export function d6Quantities(constants: MarginConstants): Rational[] {
  const { kappaTheta, mu, sigmaH, sigmaTheta, mu0, kappaXi, sigmaXi, sigmaZeta, lambda } = constants;
  const two = rational(2n);
  return [
    lambda.div(mu0),
    sigmaZeta.div(mu0),
    ONE.div(kappaTheta.mul(two)),
    sigmaZeta.div(kappaTheta.mul(lambda).mul(two)),
    sigmaTheta,
    sigmaXi,
    sigmaH.div(kappaXi.mul(lambda).mul(two)),
    sigmaZeta.div(lambda.mul(mu).mul(kappaXi).mul(4n)),
    ONE.div(mu.mul(kappaXi).mul(4n)),
  ];
}

/** The bound (D.5). */
export function d6Bound(constants: MarginConstants): Rational {
  return d6Quantities(constants).reduce((least, quantity) => (quantity.lt(least) ? quantity : least));
}

/**
 * Definition D.5: parameters of each layer as copies of shared ones; `layers[i][j]` is pi_j of layer i.
 *
 * @returns theta, layer by layer
 * @throws {RangeError} if a layer has a parameter twice, or one that is not there
 */
export function shareWeights(shared: Perturbation, layers: readonly (readonly number[])[]): Rational[][] {
  return layers.map((places, i) => {
    if (new Set(places).size !== places.length)
      throw new RangeError(`shareWeights: expected distinct parameters in layer ${i}`);
    return places.map((place) => {
      const value = shared[place];
      if (value === undefined)
        throw new RangeError(`shareWeights: expected a place below ${shared.length} in layer ${i}, got ${place}`);
      return value;
    });
  });
}
