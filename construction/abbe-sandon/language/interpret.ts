/** What programs of learners mean, on whole numbers: the oracle of their circuits. */
import type { Expression, Program } from "./expression.js";

/** A point or a memory as a number, bit i being 2^i. */
export type Word = bigint;

/** h(x, b) and g(x, b). */
export function interpret(program: Program, x: Word, b: Word): { readonly answer: boolean; readonly next: Word } {
  const known = new Map<Expression, bigint>();
  const valueOf = (one: Expression): bigint => {
    const before = known.get(one);
    if (before !== undefined) return before;
    const value = evaluate(one, valueOf, x, b);
    known.set(one, value);
    return value;
  };
  return { answer: valueOf(program.answer) === 1n, next: valueOf(program.next) };
}

/** One step of a program, whose memory changes only where its answer is wrong. */
export function programStep(
  program: Program,
  memory: Word,
  x: Word,
  label: boolean,
): { readonly answer: boolean; readonly memory: Word } {
  const { answer, next } = interpret(program, x, memory);
  return { answer, memory: answer === label ? memory : next };
}

function evaluate(one: Expression, valueOf: (part: Expression) => bigint, x: Word, b: Word): bigint {
  const mask = (1n << BigInt(one.width)) - 1n;
  switch (one.kind) {
    case "point":
      return (x >> BigInt(one.first)) & mask;
    case "memory":
      return (b >> BigInt(one.first)) & mask;
    case "constant":
      return one.value;
    case "not":
      return valueOf(one.of) ^ mask;
    case "any":
      return valueOf(one.of) === 0n ? 0n : 1n;
    case "parity":
      return BigInt(onesOf(valueOf(one.of)) % 2);
    case "count":
      return BigInt(onesOf(valueOf(one.of)));
    case "mux":
      return valueOf(one.select) === 1n ? valueOf(one.high) : valueOf(one.low);
    case "slice":
      return (valueOf(one.of) >> BigInt(one.first)) & mask;
    case "join":
      return one.parts.reduceRight((value, part) => (value << BigInt(part.width)) | valueOf(part), 0n);
    default:
      return combine(one.kind, valueOf(one.left), valueOf(one.right)) & mask;
  }
}

function combine(kind: "and" | "or" | "xor" | "add" | "equal" | "less", left: bigint, right: bigint): bigint {
  switch (kind) {
    case "and":
      return left & right;
    case "or":
      return left | right;
    case "xor":
      return left ^ right;
    case "add":
      return left + right;
    case "equal":
      return left === right ? 1n : 0n;
    case "less":
      return left < right ? 1n : 0n;
  }
}

function onesOf(value: bigint): number {
  return value.toString(2).replaceAll("0", "").length;
}
