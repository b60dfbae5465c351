/**
 * A small library of circuits on words: literals, the lowest bit first. Every function adds gates to a builder and returns the
 * literals of its result.
 *
 * @example
 * ```ts
 * import { evaluateGraph, GraphBuilder, words } from "weightproof";
 *
 * const builder = new GraphBuilder(["a0", "a1", "b0", "b1"], { hashing: true, constants: true });
 * const [a, b] = [words.word(builder, 0, 2), words.word(builder, 2, 2)];
 * const circuit = builder.graph([{ name: "less", literal: words.lessThan(builder, a, b) }]);
 * // 1 < 2:
 * evaluateGraph(circuit, [true, false, false, true]); // => [true]
 * ```
 *
 * @module
 */
import type { GraphBuilder } from "../../inputs/circuits/graph-builder.js";
import { complement, FALSE, type Literal } from "../../spec/circuits/and-inverter-graph.js";

/** Literals, the lowest bit first. */
export type Word = readonly Literal[];

/** The inputs from a number on, as a word. */
export function word(builder: GraphBuilder, first: number, width: number): Word {
  return Array.from({ length: width }, (_, i) => builder.input(first + i));
}

/** The sum of three bits and its carry: five gates for the carry, six for the sum without hashing. */
export function fullAdder(
  builder: GraphBuilder,
  a: Literal,
  b: Literal,
  carry: Literal,
): { readonly sum: Literal; readonly carry: Literal } {
  const either = builder.xor(a, b);
  return {
    sum: builder.xor(either, carry),
    carry: builder.or(builder.and(a, b), builder.and(either, carry)),
  };
}

/** a + b + carry for words of one width, by ripple carry; the last bit is the carry out. */
export function add(builder: GraphBuilder, a: Word, b: Word, carryIn: Literal = FALSE): Word {
  assertSameWidth("add", a, b);
  let carry = carryIn;
  const sums = a.map((bit, i) => {
    const next = fullAdder(builder, bit, b[i] as Literal, carry);
    carry = next.carry;
    return next.sum;
  });
  return [...sums, carry];
}

/** Whether a < b, as numbers. */
export function lessThan(builder: GraphBuilder, a: Word, b: Word): Literal {
  assertSameWidth("lessThan", a, b);
  let less = FALSE;
  for (const [i, bit] of a.entries()) {
    const other = b[i] as Literal;
    const isBelow = builder.and(complement(bit), other);
    const isAbove = builder.and(bit, complement(other));
    less = builder.or(isBelow, builder.and(complement(isAbove), less));
  }
  return less;
}

/** Whether a = b. */
export function equal(builder: GraphBuilder, a: Word, b: Word): Literal {
  assertSameWidth("equal", a, b);
  return builder.andAll(a.map((bit, i) => complement(builder.xor(bit, b[i] as Literal))));
}

/** a * b as an array of adders; as wide as both together. */
export function multiply(builder: GraphBuilder, a: Word, b: Word): Word {
  let high: Word = a.map(() => FALSE);
  const low: Literal[] = [];
  for (const bit of b) {
    const [first, ...rest] = add(
      builder,
      high,
      a.map((one) => builder.and(one, bit)),
    ) as [Literal, ...Literal[]];
    low.push(first);
    high = rest;
  }
  return [...low, ...high];
}

/** The data bit whose number is `select`; there are 2^(select.length) of them. */
export function multiplexer(builder: GraphBuilder, select: Word, data: Word): Literal {
  if (data.length !== 2 ** select.length)
    throw new RangeError(`multiplexer: expected ${2 ** select.length} data bits, got ${data.length}`);
  let level = data;
  for (const bit of select)
    level = Array.from({ length: level.length / 2 }, (_, i) =>
      builder.mux(bit, level[2 * i + 1] as Literal, level[2 * i] as Literal),
    );
  return level[0] as Literal;
}

/** Whether an odd number of bits is 1. */
export function parity(builder: GraphBuilder, bits: Word): Literal {
  return builder.xorAll(bits);
}

/** How many bits are 1. */
export function countOnes(builder: GraphBuilder, bits: Word): Word {
  let sums: Word[] = bits.map((bit) => [bit]);
  while (sums.length > 1) {
    const next: Word[] = [];
    for (let i = 0; i < sums.length; i += 2) {
      const [a, b] = [sums[i] as Word, sums[i + 1]];
      next.push(b === undefined ? a : addPadded(builder, a, b));
    }
    sums = next;
  }
  return sums[0] ?? [];
}

function addPadded(builder: GraphBuilder, a: Word, b: Word): Word {
  const width = Math.max(a.length, b.length);
  const padded = (bits: Word): Word => Array.from({ length: width }, (_, i) => bits[i] ?? FALSE);
  return add(builder, padded(a), padded(b));
}

/** Whether more than half of the bits are 1. */
export function majority(builder: GraphBuilder, bits: Word): Literal {
  const count = countOnes(builder, bits);
  return lessThan(builder, constant(Math.floor(bits.length / 2), count.length), count);
}

/** A number as a word of constants. */
export function constant(value: number, width: number): Word {
  return Array.from({ length: width }, (_, i) => Math.floor(value / 2 ** i) % 2);
}

function assertSameWidth(caller: string, a: Word, b: Word): void {
  if (a.length !== b.length)
    throw new RangeError(`${caller}: expected words of one width, got ${a.length} and ${b.length}`);
}
