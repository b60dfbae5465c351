/** In which floating-point formats no number of a training step rounds, whatever the order in which a sum is added. */
import type { FloatFormat } from "../../certificates/abbe-sandon/emulation-certificate.js";
import { ZERO, type Rational } from "../../spec/exact/rational.js";

/** Formats from the least: bits of a significand, the exponent of the smallest number above 0, and of the first number that is too large. */
const FORMATS = [
  { format: "float16", digits: 11, smallest: -24, tooLarge: 16 },
  { format: "float32", digits: 24, smallest: -149, tooLarge: 128 },
  { format: "float64", digits: 53, smallest: -1074, tooLarge: 1024 },
] as const;

/** Sees every sum and every number of the steps, and keeps the largest needs. */
export class Exactness {
  #digits = 0;
  #smallest = 0;
  #largest = 0;
  #isDyadic = true;

  /** A sum of terms; a number alone is a sum of one. Its partial sums are multiples of a unit, and at most the sum of the absolute values. */
  sum(terms: readonly Rational[]): void {
    let unit: number | undefined;
    for (const term of terms) {
      if (term.n === 0n) continue;
      const exponent = twosOf(term.n) - twosOf(term.d);
      if (term.d >> BigInt(twosOf(term.d)) !== 1n) this.#isDyadic = false;
      if (unit === undefined || exponent < unit) unit = exponent;
    }
    if (unit === undefined || !this.#isDyadic) return;
    const total = terms.reduce((sum, term) => sum.add(term.abs()), ZERO);
    // total <= 2^digits units, and total < 2^above.
    const units = unit < 0 ? total.mul(2n ** BigInt(-unit)) : total.div(2n ** BigInt(unit));
    const digits = (units.n - 1n).toString(2).length;
    this.#digits = Math.max(this.#digits, units.n === 1n ? 0 : digits);
    this.#smallest = Math.min(this.#smallest, unit);
    this.#largest = Math.max(this.#largest, units.n.toString(2).length + unit);
  }

  /** The least format that is exact, or null. */
  get format(): FloatFormat {
    if (!this.#isDyadic) return null;
    const found = FORMATS.find(
      ({ digits, smallest, tooLarge }) =>
        this.#digits <= digits && this.#smallest >= smallest && this.#largest <= tooLarge,
    );
    return found?.format ?? null;
  }
}

/** The exponent of 2 in an integer other than 0. */
function twosOf(value: bigint): number {
  let twos = 0;
  for (let rest = value; rest % 2n === 0n; rest /= 2n) twos++;
  return twos;
}
