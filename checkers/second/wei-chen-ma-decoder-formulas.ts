/** What coordinates hold, as formulas (DECODER.md), and sums of them. A formula is 0 or 1 in each situation of a step. */
import type { Machine } from "./wei-chen-ma-decoder-machine.js";
import { giveUp } from "./text.js";

/** A formula's name and numbers. */
export interface Formula {
  readonly text: string;
  readonly name: string;
  readonly at: readonly number[];
}

/** How many numbers follow each name, and below what they are. */
const GRAMMAR: Readonly<Record<string, readonly ("state" | "symbol" | "bit" | "carry")[]>> = {
  z: ["state"],
  a: ["symbol"],
  pair: ["state", "symbol"],
  next: ["state"],
  write: ["symbol"],
  right: [],
  left: [],
  wall: [],
  l: ["bit"],
  t: ["bit"],
  m: ["bit"],
  carry: ["carry"],
  borrow: ["carry"],
  keep: ["bit"],
  flip: ["bit"],
  found: [],
  last: ["bit"],
  old: ["symbol"],
  inside: [],
  given: ["symbol"],
  fresh: ["symbol"],
  blank: [],
  read: ["symbol"],
};

/** Reads a formula; undefined if it is none. */
export function readFormula(text: string, machine: Machine, bits: number): Formula | undefined {
  const [name = "", ...numbers] = text.split(".");
  const kinds = Object.hasOwn(GRAMMAR, name) ? GRAMMAR[name] : undefined;
  if (kinds === undefined || kinds.length !== numbers.length) return undefined;
  const below = { state: machine.states, symbol: machine.symbols, bit: bits, carry: bits + 1 };
  const at = numbers.map(Number);
  const fits = kinds.every(
    (kind, i) => /^(0|[1-9][0-9]{0,6})$/.test(numbers[i] as string) && (at[i] as number) < below[kind],
  );
  return fits ? { text, name, at } : undefined;
}

/** A sum of formulas and a constant. */
export interface Sum {
  readonly constant: number;
  readonly terms: ReadonlyMap<string, readonly [formula: Formula, weight: number]>;
}

/** 0. */
export const NOTHING: Sum = { constant: 0, terms: new Map() };

/** A number that is an integer without rounding; the check ends, undecided, at larger ones. */
export function exact(value: number): number {
  return Number.isSafeInteger(value) ? value : giveUp("formula", "a sum of weights beyond 2^53");
}

/** constant + sum of weight * part */
export function combine(constant: number, parts: readonly (readonly [part: Sum, weight: number])[]): Sum {
  const terms = new Map<string, readonly [Formula, number]>();
  let total = constant;
  for (const [part, weight] of parts) {
    total = exact(total + exact(weight * part.constant));
    for (const [text, [formula, inner]] of part.terms) {
      const sum = exact((terms.get(text)?.[1] ?? 0) + exact(weight * inner));
      if (sum === 0) terms.delete(text);
      else terms.set(text, [formula, sum]);
    }
  }
  return { constant: total, terms };
}

/** A formula by itself. */
export function single(formula: Formula, weight = 1): Sum {
  return { constant: 0, terms: new Map([[formula.text, [formula, weight]]]) };
}

/** Bounds of a sum, whatever its formulas are; ends the check where numbers may round. */
export function sizeOf({ constant, terms }: Sum): { readonly least: number; readonly most: number } {
  let [least, most] = [constant, constant];
  for (const [, weight] of terms.values()) {
    if (weight < 0) least = exact(least + weight);
    else most = exact(most + weight);
  }
  return { least, most };
}
