/**
 * The second half of a gated filter: gates are ReLUs of sums of univariate functions, and the output is a weighted sum of
 * gates.
 *
 * A gate is described with *features*: functions from a cell to a rational, one place each ("this neighbour is p", "the
 * value of the head that arrives from below"). Cells that follow one another in the alphabet and agree on every feature
 * of their place share one plateau of V2; the heights go into V3, so that V2's plateaus are all of height 1 and each sum
 * has few terms that are not 0.
 */
import { rational, ZERO, type Rational } from "../../spec/exact/rational.js";
import type { AffineRow, Network } from "../../spec/networks/network.js";
import { toUnits, type Cell, type CellCode } from "../../spec/rcnn/cell-code.js";
import { PLACES } from "../../spec/rcnn/patch.js";
import type { FunctionId, UnivariateFunctions } from "./univariate.js";

/** A function of the cell at one place, given by its values (u-units or pure numbers) on the alphabet. */
export interface PlaceFeature {
  readonly place: number;
  readonly of: (cell: Cell) => Rational;
}

/** ReLU(bias + sum of weight * feature + sum of weight * function of V2). */
export interface Gate {
  readonly bias: Rational;
  readonly features: readonly (readonly [PlaceFeature, Rational])[];
  readonly functions?: readonly (readonly [FunctionId, Rational])[];
}

/** One summand of the output: bias + sum of weight * gate. Its name says which line of f-bar it serves. */
export interface OutputTerm {
  readonly name: string;
  readonly bias: Rational;
  readonly gates: readonly (readonly [Gate, Rational])[];
}

/**
 * The five-layer network V5 V4 relu V3 V2 relu V1 that sums the given terms.
 *
 * @param cells the alphabet of each place (9), in rising order of value
 */
export function gatesToNetwork(
  code: CellCode,
  cells: readonly (readonly Cell[])[],
  univariate: UnivariateFunctions,
  terms: readonly OutputTerm[],
): Network {
  const gates = terms.flatMap((term) => term.gates.map(([gate]) => gate));
  const plateaus = Array.from({ length: PLACES }, (_, place) => {
    const features = new Set(gates.flatMap((gate) => gate.features.map(([r]) => r).filter((r) => r.place === place)));
    return placePlateaus(code, place, cells[place] ?? [], [...features], univariate);
  }).flat();

  const gateRows = gates.map((gate): AffineRow => {
    const entries = new Map<number, Rational>();
    const add = (column: number, weight: Rational) => entries.set(column, (entries.get(column) ?? ZERO).add(weight));
    for (const [id, weight] of gate.functions ?? []) add(id, weight);
    const weights = new Map(gate.features);
    for (const plateau of plateaus) {
      for (const [feature, height] of plateau.heights) {
        const weight = weights.get(feature);
        if (weight !== undefined) add(plateau.id, weight.mul(height));
      }
    }
    return { bias: gate.bias, entries: sparse(entries) };
  });

  let column = 0;
  const termRows = terms.map((term): AffineRow => ({
    bias: term.bias,
    entries: term.gates.map(([, weight]) => [column++, weight] as const),
  }));
  const [v1, v2] = univariate.layers();
  return {
    layers: [
      v1,
      v2,
      { name: "V3", inputs: v2.rows.length, rows: gateRows, relu: true },
      { name: "V4", inputs: gateRows.length, rows: termRows, relu: false },
      {
        name: "V5",
        inputs: termRows.length,
        rows: [{ bias: ZERO, entries: termRows.map((_, i) => [i, rational(1n)] as const) }],
        relu: false,
      },
    ],
  };
}

interface Plateau {
  readonly id: FunctionId;
  readonly heights: readonly (readonly [PlaceFeature, Rational])[];
}

/** One plateau for each maximal run of cells on which all features agree and some feature is not 0. */
function placePlateaus(
  code: CellCode,
  place: number,
  cells: readonly Cell[],
  features: readonly PlaceFeature[],
  univariate: UnivariateFunctions,
): Plateau[] {
  if (features.length === 0) return [];
  const plateaus: Plateau[] = [];
  let start = 0;
  while (start < cells.length) {
    const heights = features.map((feature) => [feature, feature.of(cells[start] as Cell)] as const);
    let end = start + 1;
    while (end < cells.length && heights.every(([feature, height]) => feature.of(cells[end] as Cell).equals(height)))
      end++;
    const nonzero = heights.filter(([, height]) => height.n !== 0n);
    if (nonzero.length > 0) {
      const units = (i: number): Rational => rational(toUnits(code, (cells[i] as Cell).value));
      const before = start === 0 ? undefined : units(start - 1);
      plateaus.push({ id: univariate.plateau(place, before, units(start), units(end - 1)), heights: nonzero });
    }
    start = end;
  }
  return plateaus;
}

function sparse(entries: ReadonlyMap<number, Rational>): [number, Rational][] {
  return [...entries].filter(([, weight]) => weight.n !== 0n).toSorted(([a], [b]) => a - b);
}
