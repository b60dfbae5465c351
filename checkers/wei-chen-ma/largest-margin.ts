/**
 * The largest lower bound of a decoder's margin that the inequalities of decoder-margin.ts allow. A search: what it finds is believed only
 * because marginHolds accepts it.
 */
import { formatRational, rational, type Rational } from "../../spec/exact/rational.js";
import { marginHolds, type DecoderNorms } from "./decoder-margin.js";
import { upperRational, type Upper } from "./upward.js";

/** Bounds of margins are multiples of this. */
const GRID = 10_000_000n;

/** The largest multiple of the grid that the inequalities allow, and a deviation for the first layer with which they do. */
export function chooseMargin(norms: DecoderNorms): { readonly bound: string; readonly entry: string } {
  let [low, high] = [0n, GRID];
  let entry = entryFor(norms, low) ?? 0n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    const found = entryFor(norms, middle);
    if (found === undefined) high = middle;
    else [low, entry] = [middle, found];
  }
  return { bound: formatRational(rational(low, GRID)), entry: formatRational(rational(entry, GRID)) };
}

/** A deviation, in units of the grid, that the last layer does not exceed if the first has it; undefined if none was found. */
function entryFor(norms: DecoderNorms, bound: bigint): bigint | undefined {
  const g = upperRational(grid(bound));
  let entry = bound;
  for (let tries = 0; tries < 64; tries++) {
    const verdict = marginHolds(norms, g, upperRational(grid(entry)));
    if (verdict.holds) return entry;
    // All but the fixed point fail for every larger deviation, too.
    if (verdict.deviation === undefined) return undefined;
    entry = onGrid(verdict.deviation) + entry / 64n;
  }
  return undefined;
}

function grid(units: bigint): Rational {
  return rational(units, GRID);
}

function onGrid(deviation: Upper): bigint {
  return ((deviation * GRID) >> 64n) + 1n;
}
