/**
 * U_s: the finite set that holds every weight and bias of every gated filter for machines of s states, constructed with
 * knowledge of s alone (Theorem 1, Lemma 1, Lemma 6). In u-units, as the filters are.
 *
 * The claim behind it: random initialization that draws from U_s can hit any of these filters, so |U_s| must be O(s). The
 * set is stated here by itself; that a filter stays inside it is checked weight by weight.
 */
import { formatRational, ONE, rational, ZERO, type Rational } from "../exact/rational.js";
import { TAPE_SYMBOLS } from "../machines/machine.js";
import { alphabet, type AlphabetName } from "./alphabet.js";
import {
  headOnCell,
  headValue,
  PADDING,
  PHASE_VALUE,
  symbolValue,
  toUnits,
  type Cell,
  type CellCode,
} from "./cell-code.js";

/** The sets for the five layers; U_s is their union with 0. Each maps the spelling of a number to the number. */
export interface WeightSets {
  readonly layers: readonly [V1: RationalSet, V2: RationalSet, V3: RationalSet, V4: RationalSet, V5: RationalSet];
  readonly union: RationalSet;
}

/** A set of rationals: from the spelling of a number to the number. */
export type RationalSet = ReadonlyMap<string, Rational>;

function setOf(values: Iterable<Rational>): Map<string, Rational> {
  return new Map([ZERO, ...values].map((value) => [formatRational(value), value]));
}

const half = rational(1n, 2n);
const quarter = rational(1n, 4n);
const withSigns = (values: readonly Rational[]): Rational[] => values.flatMap((value) => [value, value.neg()]);

/** U_s for the gated filters on the given alphabet, layer by layer. */
export function weightSets(code: CellCode, name: AlphabetName): WeightSets {
  const u = (value: Rational): Rational => rational(toUnits(code, value));
  const one = rational(code.scale);
  const phase = u(PHASE_VALUE);
  const lift = one.mul(rational(2n));
  const bar = one.mul(rational(4n));
  const heads = Array.from({ length: code.states }, (_, q) => u(headValue(code, q)));
  const symbols = TAPE_SYMBOLS.map((symbol) => u(symbolValue(symbol)));
  const fold = name === "full" ? folding(code) : undefined;

  const edges = runEnds(code, name).flatMap(({ value }) => [u(value).add(quarter), u(value).add(half)]);
  const [lowest] = alphabet(code, name).neighbour as readonly [Cell];
  const first = [u(lowest.value).sub(half), u(lowest.value).sub(quarter)];
  const sloped = [ZERO, phase.neg()].flatMap((value) => [half, quarter].flatMap((d) => [value.sub(d), value.add(d)]));
  const kinks = [...edges, ...first, ...sloped];
  const v1 = setOf([ONE, ...kinks.map((kink) => kink.neg()), ...(fold?.cliffs ?? []).map((c) => c.neg()), lift]);

  const four = rational(4n);
  const v2 = setOf([
    ...withSigns([four]),
    ...[3n, -2n, -6n, 5n].map((n) => rational(n)),
    ...(fold === undefined ? [] : [ONE, lift.neg(), fold.first.sub(ONE), ...withSigns([rational(2n * fold.size)])]),
  ]);

  const left = symbols.flatMap((symbol) => [symbol.add(phase), ...heads.map((head) => symbol.add(phase).add(head))]);
  const kept = [...left, one.add(phase), ZERO, phase.neg(), u(PADDING)].map((value) => value.add(lift));
  const shown = [...symbols, one].flatMap((value) => withSigns([value.add(phase)]));
  const counts = Array.from({ length: 33 }, (_, i) => rational(BigInt(i - 16)));
  const thresholds = counts.flatMap((n) => [n.add(quarter), n.add(half), n.sub(quarter), n]);
  const v3 = setOf([
    ...thresholds,
    ...kept.flatMap((value) => [value, value.add(half), value.sub(ONE)]),
    ...shown.map((value) => value.add(half)),
    ...heads.map((head) => head.add(half)),
    ...withSigns([bar, bar.add(half), phase, lift]),
    ...(fold?.zigzag ?? []).map((kink) => kink.neg()),
  ]);

  const double = (value: Rational): Rational => value.mul(rational(2n));
  const v4 = setOf([...withSigns([ONE, rational(2n), double(phase)]), double(heads[0] ?? ZERO), lift.neg()]);
  const v5 = setOf([ONE]);
  const layers = [v1, v2, v3, v4, v5] as const;
  return { layers, union: new Map(layers.flatMap((set) => [...set])) };
}

/**
 * The cells with which a run of equal treatment may end, whatever the machine: those after which anything changes that a
 * machine of s states could tell apart (padding flag, symbol, phase, which head, or being 0, 1 or p).
 */
export function runEnds(code: CellCode, name: AlphabetName): readonly Cell[] {
  const cells = alphabet(code, name).neighbour;
  const kinds = cells.map((cell) => {
    const head = headOnCell(code, cell);
    const special = cell.value.equals(0n) || cell.value.equals(1n);
    return JSON.stringify([cell.digits?.slice(0, 3), head, special]);
  });
  return cells.filter((_, i) => kinds[i] !== kinds[i + 1]);
}

/** How the full alphabet is folded: see the sawtooth in construction/rcnn/carry.ts. */
interface Folding {
  /** The least value of V_s. */
  readonly first: Rational;
  /** Values of V_s under one tooth: 3^floor((K+1)/2). */
  readonly size: bigint;
  /** Kinks of the sawtooth. */
  readonly cliffs: readonly Rational[];
  /** Thresholds at which the zigzag turns. */
  readonly zigzag: readonly Rational[];
}

function folding(code: CellCode): Folding {
  const values = 3n ** BigInt(code.lastIndex + 1);
  const size = 3n ** (BigInt(code.lastIndex + 1) / 2n);
  const first = rational(1n - values);
  const cliffs: Rational[] = [first.sub(ONE)];
  for (let tooth = size; tooth < values; tooth += size) {
    const after = first.add(rational(2n * (tooth - 1n)));
    cliffs.push(after.add(half), after.add(half).add(ONE));
  }
  const zigzag: Rational[] = [first.sub(ONE), first.sub(half)];
  for (let j = 0n; j < size - 1n; j++) {
    const foot = first.add(rational(2n * j)).add(half);
    zigzag.push(foot, foot.add(ONE));
  }
  return { first, size, cliffs, zigzag };
}
