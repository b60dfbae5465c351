/**
 * The language of learners: expressions on words of bits, each with its width. A program has one for the answer h(x, b) and one for
 * the memory g(x, b) that follows a wrong answer; neither can read the label, which after a wrong answer is the other one.
 */

/** An expression; the lowest bit of a word is bit 0. Shared parts are computed once. */
export type Expression = { readonly width: number } & (
  | { readonly kind: "point" | "memory"; readonly first: number }
  | { readonly kind: "constant"; readonly value: bigint }
  | { readonly kind: "not" | "any" | "parity" | "count"; readonly of: Expression }
  | {
      readonly kind: "and" | "or" | "xor" | "add" | "equal" | "less";
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: "mux"; readonly select: Expression; readonly high: Expression; readonly low: Expression }
  | { readonly kind: "slice"; readonly of: Expression; readonly first: number }
  | { readonly kind: "join"; readonly parts: readonly Expression[] }
);

/** A learner as a program. */
export interface Program {
  readonly name: string;
  /** n, the bits of a point. */
  readonly inputs: number;
  /** m, the bits of memory; all 0 at first. */
  readonly memory: number;
  /** h: one bit. */
  readonly answer: Expression;
  /** g: m bits. */
  readonly next: Expression;
}

/** Bits `first` to `first + width - 1` of the point. */
export function point(first: number, width: number): Expression {
  return { kind: "point", width: natural(width), first: natural(first) };
}

/** Bits of the memory. */
export function memory(first: number, width: number): Expression {
  return { kind: "memory", width: natural(width), first: natural(first) };
}

/** A number. @throws {RangeError} if it needs more bits */
export function constant(value: number | bigint, width: number): Expression {
  const big = BigInt(value);
  if (big < 0n || big >> BigInt(natural(width)) !== 0n)
    throw new RangeError(`constant: expected a number of ${width} bits, got ${value}`);
  return { kind: "constant", width, value: big };
}

/** Every bit the other one. */
export function not(of: Expression): Expression {
  return { kind: "not", width: of.width, of };
}

/** Bit by bit. */
export function and(left: Expression, right: Expression): Expression {
  return { kind: "and", width: sameWidth("and", left, right), left, right };
}

/** Bit by bit. */
export function or(left: Expression, right: Expression): Expression {
  return { kind: "or", width: sameWidth("or", left, right), left, right };
}

/** Bit by bit. */
export function xor(left: Expression, right: Expression): Expression {
  return { kind: "xor", width: sameWidth("xor", left, right), left, right };
}

/** The sum modulo 2^width. */
export function add(left: Expression, right: Expression): Expression {
  return { kind: "add", width: sameWidth("add", left, right), left, right };
}

/** Whether two numbers are equal. */
export function equal(left: Expression, right: Expression): Expression {
  sameWidth("equal", left, right);
  return { kind: "equal", width: 1, left, right };
}

/** Whether the left number is below the right one. */
export function less(left: Expression, right: Expression): Expression {
  sameWidth("less", left, right);
  return { kind: "less", width: 1, left, right };
}

/** Whether a bit is 1. */
export function any(of: Expression): Expression {
  return { kind: "any", width: 1, of };
}

/** Whether all bits are 1. */
export function all(of: Expression): Expression {
  return not(any(not(of)));
}

/** Whether an odd number of bits is 1. */
export function parity(of: Expression): Expression {
  return { kind: "parity", width: 1, of };
}

/** How many bits are 1, in as few bits as hold the width. */
export function count(of: Expression): Expression {
  return { kind: "count", width: BigInt(of.width).toString(2).length, of };
}

/** `high` where `select` is 1, `low` where it is 0. */
export function mux(select: Expression, high: Expression, low: Expression): Expression {
  if (select.width !== 1) throw new RangeError(`mux: expected one bit to select by, got ${select.width}`);
  return { kind: "mux", width: sameWidth("mux", high, low), select, high, low };
}

/** Some bits of a word. @throws {RangeError} if it has fewer */
export function slice(of: Expression, first: number, width: number): Expression {
  if (natural(first) + natural(width) > of.width)
    throw new RangeError(`slice: expected bits of a word of ${of.width}, got ${first} to ${first + width - 1}`);
  return { kind: "slice", width, of, first };
}

/** A bit of a word. */
export function bit(of: Expression, place: number): Expression {
  return slice(of, place, 1);
}

/** Words one after the other, the lowest first. */
export function join(...parts: readonly Expression[]): Expression {
  return { kind: "join", width: parts.reduce((sum, { width }) => sum + width, 0), parts };
}

/** A bit as often as asked for. */
export function repeat(one: Expression, times: number): Expression {
  return join(...Array.from({ length: natural(times) }, () => one));
}

/** A word with zeros above it. */
export function widen(of: Expression, width: number): Expression {
  return width === of.width ? of : join(of, constant(0, width - of.width));
}

/** What an expression reads beyond the point and the memory that there are, or undefined. */
export function programFault({ inputs, memory: bits, answer, next }: Program): string | undefined {
  if (answer.width !== 1) return `expected an answer of one bit, got ${answer.width}`;
  if (next.width !== bits) return `expected a next memory of ${bits} bits, got ${next.width}`;
  const seen = new Set<Expression>();
  const pending = [answer, next];
  for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
    if (seen.has(one)) continue;
    seen.add(one);
    pending.push(...partsOf(one));
    if (one.kind !== "point" && one.kind !== "memory") continue;
    const most = one.kind === "point" ? inputs : bits;
    if (one.first + one.width > most)
      return `expected bits of a ${one.kind} of ${most}, got ${one.first} to ${one.first + one.width - 1}`;
  }
  return undefined;
}

/** The expressions that an expression is made of. */
export function partsOf(one: Expression): readonly Expression[] {
  if ("of" in one) return [one.of];
  if ("left" in one) return [one.left, one.right];
  if ("parts" in one) return one.parts;
  return "select" in one ? [one.select, one.high, one.low] : [];
}

function natural(value: number): number {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`expected a number of bits, got ${value}`);
  return value;
}

function sameWidth(caller: string, left: Expression, right: Expression): number {
  if (left.width === right.width) return left.width;
  throw new RangeError(`${caller}: expected words of one width, got ${left.width} and ${right.width}`);
}
