/** What an attention module of a decoder reads and adds, from the polynomial of its scores in formulas. */
import { combine, exact, single, type Formula, type Sum } from "./wei-chen-ma-decoder-formulas.js";
import type { Machine } from "./wei-chen-ma-decoder-machine.js";
import type { Map_, Module, Row } from "./wei-chen-ma-decoder-network.js";
import { reject } from "./wei-chen-ma-decoder-text.js";
import { giveUp, type Spend } from "./text.js";

/** What a module reads; DECODER.md, "Step". */
export type Kind = "any" | "bit" | "last" | "input";

/** A row on sums. */
export function rowSum({ bias, terms }: Row, sums: readonly Sum[]): Sum {
  return combine(
    bias,
    terms.map(([column, weight]) => [sums[column] as Sum, weight] as const),
  );
}

interface ModulePlace {
  readonly path: string;
  readonly bits: number;
  readonly machine: Machine;
  readonly named: (text: string) => Formula;
  readonly which: "self" | "cross";
  readonly spend: Spend;
}

/** A coefficient of a bit of the key: `at0` and `at1` are its values where the formula is 0 and 1; without formula, the same. */
interface Coefficient {
  readonly formula: Formula | undefined;
  readonly at0: number;
  readonly at1: number;
}

/** What a module reads and adds, from the polynomial of its scores. */
export function readModule(
  module: Module,
  query: readonly Sum[],
  keys: readonly Sum[],
  place: ModulePlace,
): { readonly kind: Kind; readonly gap: number; readonly adds: readonly Sum[] } {
  const { coefficients, rest } = polynomial(module, query, keys, place);
  const gap = decideGap(coefficients, rest, place);
  const { kind, one } = kindOf(coefficients, place);
  const condition: Record<Kind, Sum> = {
    any: single(place.named("found")),
    last: single(place.named("found")),
    bit: single(place.named(`last.${one ?? 0}`)),
    input: single(place.named("inside")),
  };
  const adds = module.value.rows.map((row, c) => {
    const none = module.nullValue[c] as number;
    let constant = row.bias;
    const symbols: (readonly [Sum, number])[] = [];
    for (const [column, weight] of row.terms) {
      const sum = keys[column] as Sum;
      constant += weight * sum.constant;
      for (const [formula, inner] of sum.terms.values()) {
        if (formula.name !== "write" || kind === "any" || kind === "bit") {
          const path = `${place.path}.value.rows[${c}]`;
          if (kind === "any" || kind === "bit")
            reject("attention-unsupported", path, "expected a value that ties share");
          giveUp("formula", `${path}: a value of ${formula.text} has no formula here`);
        }
        const read = place.named(`${kind === "last" ? "old" : "given"}.${formula.at[0]}`);
        symbols.push([single(read), weight * inner]);
      }
    }
    // What is read adds its value; where null is read, the null value.
    return combine(none, [...symbols, [condition[kind], constant - none]]);
  });
  return { kind, gap, adds };
}

/** Coefficients of the key's bits, and what is left, in the difference of a position's score and null's. */
function polynomial(
  { query, key, nullKey }: Module,
  queries: readonly Sum[],
  keys: readonly Sum[],
  { path, spend, which }: ModulePlace,
): { readonly coefficients: ReadonlyMap<string, Sum>; readonly rest: Sum } {
  const parts = new Map<string, (readonly [Sum, number])[]>();
  const rests: (readonly [Sum, number])[] = [];
  for (const [r, row] of query.rows.entries()) {
    const asked = rowSum(row, queries);
    const answered = rowSum((key as Map_).rows[r] as Row, keys);
    rests.push([asked, answered.constant - (nullKey[r] as number)]);
    for (const [text, [formula, weight]] of answered.terms) {
      spend(1 + asked.terms.size);
      const isBit = formula.name === "t" || (formula.name === "l" && which === "self");
      if (!isBit) reject("attention-unsupported", `${path}.key.rows[${r}]`, `expected bits of positions, got ${text}`);
      parts.set(text, [...(parts.get(text) ?? []), [asked, weight]]);
    }
  }
  const coefficients = new Map([...parts].map(([text, list]) => [text, combine(0, list)] as const));
  return { coefficients, rest: combine(0, rests) };
}

function coefficientOf(sum: Sum, text: string, path: string): Coefficient {
  const [only, ...more] = sum.terms.values();
  if (more.length > 0) reject("attention-unsupported", path, `expected ${text} to be compared with one formula`);
  return { formula: only?.[0], at0: sum.constant, at1: sum.constant + (only?.[1] ?? 0) };
}

/**
 * 0 < best < |coefficient| for all values of the formulas, where best = rest + the sum of the positive parts. Every part depends on one
 * formula, so bounds are taken formula by formula. They are exact for bits of the position after and of i', which take all values
 * together; where others are read, the check ends undecided.
 */
function decideGap(sums: ReadonlyMap<string, Sum>, rest: Sum, { path }: ModulePlace): number {
  const values = new Map<string, [at0: number, at1: number]>();
  const put = (formula: Formula | undefined, at0: number, at1: number): void => {
    const key = formula?.text ?? "";
    const [a, b] = values.get(key) ?? [0, 0];
    values.set(key, [a + at0, b + at1]);
  };
  put(undefined, rest.constant, rest.constant);
  for (const [formula, weight] of rest.terms.values()) put(formula, 0, weight);
  const compared = [...sums]
    .map(([text, sum]) => coefficientOf(sum, text, path))
    .filter(({ at0, at1 }) => at0 !== 0 || at1 !== 0);
  for (const { formula, at0, at1 } of compared) put(formula, Math.max(at0, 0), Math.max(at1, 0));
  for (const [text, [a, b]] of values)
    if (a !== b && !/^(m|last)\./.test(text)) giveUp("formula", `${path}: scores that depend on ${text}`);
  let [least, most] = [0, 0];
  for (const [a, b] of values.values()) {
    least = exact(least + exact(Math.min(a, b)));
    most = exact(most + exact(Math.max(a, b)));
  }
  if (least < 1) reject("attention-gap", path, `expected agreement in all bits to beat null, by ${least}`);
  let gap = least;
  for (const { formula, at0, at1 } of compared) {
    const [a, b] = values.get(formula?.text ?? "") ?? [0, 0];
    const others = most - Math.max(a, b);
    const room = Math.min(Math.abs(at0) - others - a, Math.abs(at1) - others - b);
    if (room < 1) reject("attention-gap", path, `expected a difference in one bit to lose to null, by ${room}`);
    gap = Math.min(gap, room);
  }
  return gap;
}

function kindOf(sums: ReadonlyMap<string, Sum>, place: ModulePlace): { readonly kind: Kind; readonly one?: number } {
  const { bits, path, which } = place;
  const refuse = (message: string): never => reject("attention-unsupported", path, message);
  const [positions, same, ones] = [new Set<number>(), new Set<number>(), new Set<number>()];
  for (const [text, sum] of sums) {
    const { formula, at0, at1 } = coefficientOf(sum, text, path);
    if (at0 === 0 && at1 === 0) continue;
    const k = Number(text.slice(2));
    const isOne = formula === undefined && at1 > 0;
    if (!isOne && !(at0 < 0 && at1 > 0)) refuse(`expected ${text} to be compared with a bit, or with 1`);
    const wants = text.startsWith("l") || which === "cross" ? `m.${k}` : `last.${k}`;
    if (text.startsWith("l") || which === "cross") {
      if (formula?.text !== wants) refuse(`expected ${text} to be compared with ${wants}`);
      positions.add(k);
    } else if (isOne) ones.add(k);
    else if (formula?.text === wants) same.add(k);
    else refuse(`expected ${text} to be compared with ${wants}, or with 1`);
  }
  if (which === "cross")
    return positions.size === bits ? { kind: "input" } : refuse("expected all bits to be compared");
  // Without a step that wrote here, last is 0 in all bits, and no step is 0.
  if (same.size === bits) return { kind: "last" };
  if (positions.size < bits) refuse("expected all bits of the position to be compared");
  if (same.size + ones.size === 0) return { kind: "any" };
  const [one = -1, ...more] = ones;
  const isPrefix =
    ones.size === 1 && more.length === 0 && same.size === bits - 1 - one && [...same].every((k) => k > one);
  return isPrefix
    ? { kind: "bit", one }
    : refuse("expected the first bits of the step to be compared, and the next with 1");
}
