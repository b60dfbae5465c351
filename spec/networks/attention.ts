/**
 * Hard-max attention with a null key and a null value (section 4.1), exactly. Query, key and value are affine maps (the print
 * calls them linear, and uses biases; amendment `affine`).
 */
import { rational, ZERO, type Rational } from "../exact/rational.js";
import type { AffineMap } from "../wei-chen-ma/affine.js";

/** The parameters of an attention module; d is the number of rows of `query`, of `key` and of `nullKey`. */
export interface Attention {
  readonly query: AffineMap;
  readonly key: AffineMap;
  readonly value: AffineMap;
  readonly nullKey: readonly number[];
  readonly nullValue: readonly number[];
}

/** What a module computes, and which positions it reads: 0 is null, t the t-th of the sequence. */
export interface Attended {
  readonly output: readonly Rational[];
  readonly positions: readonly number[];
}

/** An affine map in rationals. */
export function affineInRationals({ rows }: AffineMap, input: readonly Rational[]): Rational[] {
  return rows.map(({ bias, entries }) =>
    entries.reduce((sum, [column, weight]) => sum.add((input[column] as Rational).mul(weight)), rational(BigInt(bias))),
  );
}

/**
 * Attn(h', (h_1, ..., h_i)) = h' + the mean of v_j over all j in {0, ..., i} whose score tau_j is the largest;
 * tau_0 = Q(h') K_0 and v_0 = V_0 are those of null.
 *
 * @param h shape: width
 * @param sequence h_1, ..., h_i, each of shape width; may be empty, and then null is read
 */
export function attend(
  module: Attention,
  h: readonly Rational[],
  sequence: readonly (readonly Rational[])[],
): Attended {
  const query = affineInRationals(module.query, h);
  const integers = (row: readonly number[]): Rational[] => row.map((entry) => rational(BigInt(entry)));
  const scores = [
    dot(query, integers(module.nullKey)),
    ...sequence.map((other) => dot(query, affineInRationals(module.key, other))),
  ];
  const best = scores.reduce((most, score) => (score.gt(most) ? score : most));
  const positions = scores.flatMap((score, j) => (score.equals(best) ? [j] : []));
  const values = positions.map((j) =>
    j === 0 ? integers(module.nullValue) : affineInRationals(module.value, sequence[j - 1] as readonly Rational[]),
  );
  const output = h.map((entry, c) =>
    values
      .reduce((sum, value) => sum.add(value[c] as Rational), ZERO)
      .div(rational(BigInt(values.length)))
      .add(entry),
  );
  return { output, positions };
}

function dot(a: readonly Rational[], b: readonly Rational[]): Rational {
  return a.reduce((sum, entry, r) => sum.add(entry.mul(b[r] as Rational)), ZERO);
}
