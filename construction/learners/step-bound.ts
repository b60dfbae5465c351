/** Bounds on running times as polynomials in d and m, which documents print and tests evaluate. */

/** coefficient * d^dPower * m^mPower */
export interface StepTerm {
  readonly coefficient: number;
  readonly dPower: number;
  readonly mPower: number;
}

/** A polynomial in d and m with integer coefficients, highest powers first. */
export type StepBound = readonly StepTerm[];

/**
 * Reads a bound as people write it: "2 d^2 m + 8 d m + 7".
 *
 * @throws {RangeError} if a term is not a coefficient of at least 1 (left out if 1) followed by powers of d and m
 */
export function stepBound(text: string): StepBound {
  return text.split(" + ").map((term) => {
    const match = /^(?:([1-9]\d*)(?: |$))?(?:(d)(?:\^([2-9]))?(?: |$))?(?:(m)(?:\^([2-9]))?)?$/.exec(term);
    if (match === null || term === "")
      throw new RangeError(`stepBound: expected a term in d and m, got ${JSON.stringify(term)}`);
    const [, coefficient = "1", d, dPower = "1", m, mPower = "1"] = match;
    return {
      coefficient: Number(coefficient),
      dPower: d === undefined ? 0 : Number(dPower),
      mPower: m === undefined ? 0 : Number(mPower),
    };
  });
}

/** The value of a bound for m examples of d coordinates: a number of steps. */
export function evaluateBound(bound: StepBound, d: number, m: number): number {
  return bound.reduce((total, { coefficient, dPower, mPower }) => total + coefficient * d ** dPower * m ** mPower, 0);
}

/** The text that stepBound reads. */
export function formatBound(bound: StepBound): string {
  const power = (name: string, exponent: number): string[] =>
    exponent === 0 ? [] : [exponent === 1 ? name : `${name}^${exponent}`];
  return bound
    .map(({ coefficient, dPower, mPower }) => {
      const factors = [...power("d", dPower), ...power("m", mPower)];
      return [...(coefficient === 1 && factors.length > 0 ? [] : [String(coefficient)]), ...factors].join(" ");
    })
    .join(" + ");
}
