/** What a net asks of its numbers. */

/** Exact numbers of one kind. */
export interface Arithmetic<Value> {
  readonly zero: Value;
  readonly one: Value;
  /** @throws {RangeError} if the sum is no number of this kind */
  readonly add: (a: Value, b: Value) => Value;
  readonly multiply: (a: Value, b: Value) => Value;
  readonly negate: (a: Value) => Value;
  readonly isZero: (a: Value) => boolean;
}
