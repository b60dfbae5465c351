/**
 * Lemma B.1: a layer of gates is two layers of ReLUs, one unit of each a gate. W_2 is diagonal; W_1 is not, not even for NOT and
 * ID, which read the column of their parent (amendment `not-diagonal`).
 */
import type { Gate } from "../circuits/layered-circuit.js";
import type { AffineRow } from "./affine.js";

/** The row of W_1 and b_1 of a gate. AND and OR are those of Proposition B.2. */
export function firstGateRow({ kind, parents }: Gate): AffineRow {
  switch (kind) {
    case "and":
      return { bias: -1, entries: pair(parents, 1) };
    case "or":
      return { bias: 1, entries: pair(parents, -1) };
    case "not":
      return { bias: 1, entries: [[parents[0] as number, -1]] };
    case "id":
      return { bias: 0, entries: [[parents[0] as number, 1]] };
    case "false":
      return { bias: 0, entries: [] };
    case "true":
      return { bias: 1, entries: [] };
  }
}

/** The row of W_2 and b_2 of the gate at a place: 1 - z for OR, z for all others. */
export function secondGateRow({ kind }: Gate, place: number): AffineRow {
  if (kind === "false") return { bias: 0, entries: [] };
  return kind === "or" ? { bias: 1, entries: [[place, -1]] } : { bias: 0, entries: [[place, 1]] };
}

/** |theta|_1 of the two rows of a gate of each kind. */
export const GATE_NORM = { and: 4, or: 5, not: 3, id: 2, false: 0, true: 2 } as const;

/** The weight on each parent; a gate that reads one parent twice reads it once with twice the weight. */
function pair(parents: readonly number[], weight: number): (readonly [number, number])[] {
  const [a, b] = parents as readonly [number, number];
  if (a === b) return [[a, 2 * weight]];
  return a < b
    ? [
        [a, weight],
        [b, weight],
      ]
    : [
        [b, weight],
        [a, weight],
      ];
}
