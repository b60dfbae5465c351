/** Arbitrary training sets, for properties of memorization, of learners, and of encodings of examples. */
import fc from "fast-check";
import type { Example, Point, Sign } from "../../spec/rcnn/training-set.js";

/**
 * Sizes of a training set.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { trainingSet, type TrainingSetOptions } from "weightproof/arbitraries";
 *
 * const options: TrainingSetOptions = { maxDimension: 2, maxExamples: 3 };
 * fc.assert(fc.property(trainingSet(options), (examples) => examples.length <= 3));
 * ```
 */
export interface TrainingSetOptions {
  /** Most coordinates of a point, d; 4 if absent. */
  readonly maxDimension?: number;
  /** Most examples, m; 6 if absent. */
  readonly maxExamples?: number;
}

/**
 * 1 or -1; shrinks to 1.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { sign } from "weightproof/arbitraries";
 *
 * fc.assert(fc.property(sign(), (value) => value * value === 1));
 * ```
 */
export function sign(): fc.Arbitrary<Sign> {
  return fc.constantFrom(1, -1);
}

/**
 * A point of X_d; shrinks to (1, ..., 1).
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { point } from "weightproof/arbitraries";
 *
 * fc.assert(fc.property(point(3), (x) => x.length === 3));
 * ```
 */
export function point(d: number): fc.Arbitrary<Point> {
  return fc.array(sign(), { minLength: d, maxLength: d });
}

/**
 * At least one example of one dimension of at least 1, contradictions and repetitions included; shrinks to the one example
 * ((1), 1).
 *
 * @throws {RangeError} if a size is not an integer of at least 1
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { trainingSet } from "weightproof/arbitraries";
 *
 * // All examples of a set have one dimension.
 * fc.assert(fc.property(trainingSet(), (examples) => new Set(examples.map(({ x }) => x.length)).size === 1));
 * ```
 */
export function trainingSet({ maxDimension = 4, maxExamples = 6 }: TrainingSetOptions = {}): fc.Arbitrary<
  readonly Example[]
> {
  for (const [name, size] of Object.entries({ maxDimension, maxExamples })) {
    if (!Number.isInteger(size) || size < 1)
      throw new RangeError(`trainingSet: expected ${name} of at least 1, got ${size}`);
  }
  return fc
    .integer({ min: 1, max: maxDimension })
    .chain((d) => fc.array(fc.record({ x: point(d), y: sign() }), { minLength: 1, maxLength: maxExamples }));
}

/**
 * A training set whose labels are the parity of some of the coordinates: y = product of x_j over j in a set.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { parityTrainingSet } from "weightproof/arbitraries";
 *
 * // No parity contradicts itself.
 * const consistent = fc.property(parityTrainingSet(), (examples) => {
 *   const labels = new Map<string, number>();
 *   return examples.every(({ x, y }) => (labels.get(x.join()) ?? y) === y && labels.set(x.join(), y));
 * });
 * fc.assert(consistent);
 * ```
 */
export function parityTrainingSet(options: TrainingSetOptions = {}): fc.Arbitrary<readonly Example[]> {
  return trainingSet(options).chain((examples) => {
    const d = examples[0]?.x.length ?? 1;
    return fc
      .subarray(Array.from({ length: d }, (_, j) => j))
      .map((subset) =>
        examples.map(({ x }) => ({ x, y: subset.reduce<Sign>((product, j) => (product * (x[j] ?? 1)) as Sign, 1) })),
      );
  });
}
