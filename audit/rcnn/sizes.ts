/**
 * How large the filters are, as functions of the number of states: Definition 5 with the widths of Algorithm 1, the gated
 * filter, and Lemma 5 to the letter. Closed formulas; constants-sizes.ts compares them with networks that were built.
 */
import { cellCode } from "../../spec/rcnn/cell-code.js";
import { alphabet } from "../../spec/rcnn/alphabet.js";
import { weightSets } from "../../spec/rcnn/weight-set.js";
import { readoutNetworkInUnits } from "../../construction/rcnn/readout-network.js";
import { formatRational } from "../../spec/exact/rational.js";

/** Largest s of the tables and figures. */
export const LARGEST_STATES = 256;

/** Rows of the five matrices of a filter and of the two of the head. */
export interface Widths {
  readonly filter: readonly [V1: bigint, V2: bigint, V3: bigint, V4: bigint, V5: bigint];
  readonly head: readonly [U2: bigint, U1: bigint];
}

/** d_rc = 100 s, d_head = 100: Algorithm 1. */
export function printedWidths(s: bigint): Widths {
  const width = 100n * s;
  return { filter: [width, width, width, width, 1n], head: [100n, 1n] };
}

/**
 * Rows that suffice for the gated filter of every machine of s states: the counts of edges in docs/construction.md. V3 and V4
 * have one row for each gate and each summand, fewer for machines that do not move in all four directions. For s = 1 there is
 * one machine, which never moves.
 */
export function gatedWidths(s: bigint): Widths {
  const head = [4n, 1n] as const;
  if (s === 1n) return { filter: [94n, 37n, 13n, 7n, 1n], head };
  return { filter: [24n * s + 92n, 12n * s + 36n, 21n, 15n, 1n], head };
}

/** Weights of fully connected layers, biases included. */
export function parametersOf({ filter, head }: Widths): bigint {
  const rows = (widths: readonly bigint[], inputs: bigint): bigint => {
    let before = inputs;
    let sum = 0n;
    for (const width of widths) {
      sum += width * (before + 1n);
      before = width;
    }
    return sum;
  };
  return rows(filter, 9n) + rows(head, 1n);
}

/** The same without biases: what footnote 6 hides. */
export function weightsOf({ filter, head }: Widths): bigint {
  return parametersOf({ filter, head }) - [...filter, ...head].reduce((sum, width) => sum + width, 0n);
}

const setSizes = new Map<number, bigint>();

/** |U_s|: the numbers of the gated filters (spec/rcnn/weight-set.ts) and of the head in the same units, with 0. */
export function weightSetSize(states: number): bigint {
  const known = setSizes.get(states);
  if (known !== undefined) return known;
  const code = cellCode(states);
  const numbers = new Set(weightSets(code, "well-formed").union.keys());
  for (const layer of readoutNetworkInUnits(code).layers) {
    for (const { bias, entries } of layer.rows) {
      for (const number of [bias, ...entries.map(([, weight]) => weight)]) numbers.add(formatRational(number));
    }
  }
  const size = BigInt(numbers.size);
  setSizes.set(states, size);
  return size;
}

/** |U_s| to the letter: 24 * 16 s + 5. */
export function printedSetSize(s: bigint): bigint {
  return 24n * 16n * s + 5n;
}

/** What Lemma 5 makes of a table whose points are a full product of sets X_1 ... X_n, one output. */
export interface LiteralSizes {
  readonly d1: bigint;
  readonly bumps: bigint;
  readonly d2: bigint;
  readonly thresholds: bigint;
  /** Weights and biases of the five fully connected layers. */
  readonly parameters: bigint;
}

/**
 * Rows of W1, W1', W1+, W2' by the proof of Lemma 5 (amendment L5-4), and what five full layers of these widths hold.
 *
 * @param sets |X_1| ... |X_n|
 * @param points |X|
 * @param zeros how many points have value 0
 */
export function literalSizes(sets: readonly bigint[], points: bigint, zeros: bigint): LiteralSizes {
  const inputs = BigInt(sets.length);
  const bumps = 2n * sets.reduce((sum, size) => sum + size, 0n);
  const thresholds = inputs * zeros + 2n * inputs * (points - zeros);
  const [d1, d2] = [5n * bumps, 3n * thresholds];
  const parameters =
    d1 * (inputs + 1n) + bumps * (d1 + 1n) + d2 * (bumps + 1n) + thresholds * (d2 + 1n) + (thresholds + 1n);
  return { d1, bumps, d2, thresholds, parameters };
}

/**
 * Lemma 5 on all well-formed patches of f-bar for s states: |X| = (9 + 4 s)(10 + 4 s)^8, and f-bar is 0 on
 * 360 (10 + 4 s)^4 of them.
 */
export function literalFilterSizes(s: bigint): LiteralSizes {
  const [centre, neighbour] = [9n + 4n * s, 10n + 4n * s];
  const sets = Array.from({ length: 9 }, (_, place) => (place === 4 ? centre : neighbour));
  return literalSizes(sets, centre * neighbour ** 8n, literalZeros(s));
}

/** Patches on which f-bar is 0: the centre is 0 and no line of f-bar_msg but the last applies. */
export function literalZeros(s: bigint): bigint {
  return 2n * 5n * 6n * 6n * (10n + 4n * s) ** 4n;
}

/** |V_s| with index 0, and p: the alphabet that the paper's precision allows. */
export function fullAlphabetSize(states: number): bigint {
  return 3n ** BigInt(cellCode(states).lastIndex + 1) + 1n;
}

/** 10 + 4 s: the well-formed cells and p. */
export function wellFormedSize(states: number): bigint {
  return BigInt(alphabet(cellCode(states), "well-formed").neighbour.length);
}

/** Bits that name one of n things. */
export function bitsFor(n: bigint): bigint {
  return BigInt((n - 1n).toString(2).length) * (n > 1n ? 1n : 0n);
}

/** s = 1 ... LARGEST_STATES. */
export function allStates(): number[] {
  return Array.from({ length: LARGEST_STATES }, (_, i) => i + 1);
}
