/**
 * Situations of a decoder's step, as far as formulas tell them apart: pairs of state and symbol by what they are to the formulas, the few
 * bits, symbols and flags that occur. Bit k of the adder is decided from carry and borrow into it, so by induction on k; what the carry
 * is was decided in the layer before.
 */

/** Values that formulas are computed from. Absent ones do not occur. */
export interface World {
  pair: readonly [z: number, a: number];
  wall: number;
  /** carry and borrow into the bit `cut` */
  carry: number;
  borrow: number;
  cut: number;
  bits: Map<string, number>;
  found: number;
  old: number;
  inside: number;
  given: number;
}

/** Formulas of the pair of state and symbol. */
export const PAIRED: ReadonlySet<string> = new Set(["z", "a", "pair", "next", "write", "right", "left"]);
/** Formulas of carry and borrow. */
export const ADDER: ReadonlySet<string> = new Set(["carry", "borrow", "keep", "flip"]);
/** Formulas of what attention brings. */
export const MEMORY: ReadonlySet<string> = new Set([
  "found",
  "last",
  "old",
  "inside",
  "given",
  "fresh",
  "blank",
  "read",
]);

/** What attention may have brought. */
export interface Memory {
  readonly found: number;
  readonly inside: number;
  readonly old: number;
  readonly given: number;
  readonly bits: readonly (readonly [string, number])[];
}

/** None of it. */
export const NO_MEMORY: Memory = { found: 0, inside: 0, old: 0, given: 0, bits: [] };

/** One alternative of each choice, in all ways. */
export function* product<Item>(choices: readonly (readonly Item[])[]): Generator<readonly Item[]> {
  const [first, ...rest] = choices;
  if (first === undefined) {
    yield [];
    return;
  }
  for (const others of product(rest)) for (const item of first) yield [item, ...others];
}

/** A situation, for people. */
export function describe({ pair, wall, carry, borrow, bits, found, old, inside, given }: World): string {
  const parts = {
    state: pair[0],
    symbol: pair[1],
    wall,
    carry,
    borrow,
    found,
    old,
    inside,
    given,
    ...Object.fromEntries(bits),
  };
  return Object.entries(parts)
    .map(([key, value]) => `${key} ${value}`)
    .join(", ");
}
