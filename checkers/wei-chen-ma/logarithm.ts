/** Natural logarithms of integers between two bounds, in fixed point. */

/** Units of the bounds: 2^-BITS. */
export const LOG_BITS = 192n;

/** Bounds on a real number that is not negative, in units of 2^-192. */
export interface Bounds {
  readonly low: bigint;
  readonly high: bigint;
}

const ONE = 1n << LOG_BITS;

/** ln 2 = 2 atanh(1/3). */
const LN_2: Bounds = twiceAtanh(1n, 3n);

/** ln of an integer from 1 on. */
export function logarithm(x: bigint): Bounds {
  if (x < 1n) throw new RangeError(`logarithm: expected an integer from 1 on, got ${x}`);
  const exponent = BigInt(x.toString(2).length - 1);
  const power = 1n << exponent;
  // x = power * (1 + t), and ln(1 + t) = 2 atanh(t / (2 + t)), t / (2 + t) = (x - power) / (x + power) <= 1/3.
  const rest = twiceAtanh(x - power, x + power);
  return { low: exponent * LN_2.low + rest.low, high: exponent * LN_2.high + rest.high };
}

/** 2 atanh(n / d) = 2 sum over odd k of (n / d)^k / k, for 0 <= n / d <= 1/3. */
function twiceAtanh(n: bigint, d: bigint): Bounds {
  const square = { low: (n * n * ONE) / (d * d), high: (n * n * ONE) / (d * d) + 1n };
  let power = { low: (n * ONE) / d, high: (n * ONE) / d + 1n };
  const sum = { low: 0n, high: 0n };
  for (let k = 1n; power.high > 1n; k += 2n) {
    sum.low += power.low / k;
    sum.high += power.high / k + 1n;
    power = { low: (power.low * square.low) >> LOG_BITS, high: ((power.high * square.high) >> LOG_BITS) + 1n };
  }
  // What is left out is at most 2^-191 * (1 + 1/9 + 1/81 + ...).
  return { low: 2n * sum.low, high: 2n * sum.high + 8n };
}
