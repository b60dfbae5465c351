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
import type { AffineMap, AffineRow, Network } from "../../spec/networks/network.js";
import { toUnits, type Cell, type CellCode } from "../../spec/rcnn/cell-code.js";
import type { RuleLine } from "../../spec/rcnn/cell-rule.js";
import { PLACES } from "../../spec/rcnn/patch.js";
import type { FunctionId, FunctionShape, UnivariateFunctions } from "./univariate.js";

/** A function of the cell at one place, given by its values (u-units or pure numbers) on the alphabet. */
export interface PlaceFeature {
  readonly place: number;
  /** What it says of its cell, in words: "is p", "has a head". */
  readonly name: string;
  readonly of: (cell: Cell) => Rational;
}

/** ReLU(bias + sum of weight * feature + sum of weight * function of V2). */
export interface Gate {
  readonly bias: Rational;
  readonly features: readonly (readonly [PlaceFeature, Rational])[];
  readonly functions?: readonly (readonly [FunctionId, Rational])[];
}

/** One summand of the output: bias + sum of weight * gate. */
export interface OutputTerm {
  /** After the line of f-bar that it serves. */
  readonly name: string;
  /** What it adds, in words. */
  readonly about: string;
  /** The lines of f-bar at whose patches it is needed. */
  readonly serves: readonly RuleLine[];
  readonly bias: Rational;
  readonly gates: readonly (readonly [Gate, Rational])[];
}

/** A row of V2: a function of one coordinate. */
export interface DescribedFunction {
  readonly shape: FunctionShape;
  /** The features that are not 0 on a plateau, with their values there. */
  readonly heights: readonly (readonly [PlaceFeature, Rational])[];
}

/** A network with what its rows are for, matrix by matrix in the order of the rows. */
export interface DescribedNetwork {
  readonly network: Network;
  /** Rows of V2. */
  readonly functions: readonly DescribedFunction[];
  /** Rows of V3. */
  readonly gates: readonly { readonly term: number; readonly gate: Gate }[];
  /** Rows of V4. */
  readonly terms: readonly OutputTerm[];
}

/** The network of describedNetwork. */
export function gatesToNetwork(...args: Parameters<typeof describedNetwork>): Network {
  return describedNetwork(...args).network;
}

/**
 * The five-layer network V5 V4 relu V3 V2 relu V1 that sums the given terms. Gates that no patch of the alphabet turns on are
 * left out, and with them the features that only they read, and terms that are nothing else.
 *
 * @param cells the alphabet of each place (9), in rising order of value
 */
export function describedNetwork(
  code: CellCode,
  cells: readonly (readonly Cell[])[],
  univariate: UnivariateFunctions,
  described: readonly OutputTerm[],
): DescribedNetwork {
  const terms = withoutIdleGates(cells, described);
  const gates = terms.flatMap((term) => term.gates.map(([gate]) => gate));
  const plateaus = runsOf(cells, gates).flatMap((runs, place) =>
    placePlateaus(code, place, cells[place] as readonly Cell[], runs, univariate),
  );

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
  const heights = new Map(plateaus.map((plateau) => [plateau.id, plateau.heights]));
  return {
    network: { layers: [...univariate.layers(), ...outerLayers(gateRows, termRows, univariate.shapes.length)] },
    functions: univariate.shapes.map((shape, id) => ({ shape, heights: heights.get(id) ?? [] })),
    gates: terms.flatMap(({ gates: ofTerm }, term) => ofTerm.map(([gate]) => ({ term, gate }))),
    terms,
  };
}

/** V3, V4, and V5, which adds up all rows of V4. */
function outerLayers(gateRows: readonly AffineRow[], termRows: readonly AffineRow[], functions: number): AffineMap[] {
  const sum: AffineRow = { bias: ZERO, entries: termRows.map((_, i) => [i, rational(1n)] as const) };
  return [
    { name: "V3", inputs: functions, rows: gateRows, relu: true },
    { name: "V4", inputs: gateRows.length, rows: termRows, relu: false },
    { name: "V5", inputs: termRows.length, rows: [sum], relu: false },
  ];
}

/** Cells that follow one another in the alphabet of a place, on which all its features agree. */
interface Run {
  /** Indices into the alphabet. */
  readonly first: number;
  readonly last: number;
  /** The features that are not 0 there. */
  readonly heights: readonly (readonly [PlaceFeature, Rational])[];
}

/** The maximal runs of each place (9), for the features that some gate reads; none at places that no feature reads. */
function runsOf(cells: readonly (readonly Cell[])[], gates: readonly Gate[]): Run[][] {
  const features = new Set(gates.flatMap((gate) => gate.features.map(([feature]) => feature)));
  return Array.from({ length: PLACES }, (_, place) =>
    placeRuns(
      cells[place] ?? [],
      [...features].filter((feature) => feature.place === place),
    ),
  );
}

function placeRuns(cells: readonly Cell[], features: readonly PlaceFeature[]): Run[] {
  if (features.length === 0) return [];
  const runs: Run[] = [];
  let first = 0;
  while (first < cells.length) {
    const heights = features.map((feature) => [feature, feature.of(cells[first] as Cell)] as const);
    let end = first + 1;
    while (end < cells.length && heights.every(([feature, height]) => feature.of(cells[end] as Cell).equals(height)))
      end++;
    runs.push({ first, last: end - 1, heights: heights.filter(([, height]) => height.n !== 0n) });
    first = end;
  }
  return runs;
}

/**
 * The terms without gates that are off at every patch. Places are independent, so the most that a gate can sum is the sum of
 * what each place can add at most. Gates that read functions of V2 are kept unseen: whoever describes one sees to it that it
 * turns on.
 */
function withoutIdleGates(cells: readonly (readonly Cell[])[], terms: readonly OutputTerm[]): OutputTerm[] {
  const runs = runsOf(
    cells,
    terms.flatMap((term) => term.gates.map(([gate]) => gate)),
  );
  const turnsOn = (gate: Gate): boolean => {
    if (gate.functions !== undefined) return true;
    const weights = new Map(gate.features);
    let most = gate.bias;
    for (const ofPlace of runs) {
      const sums = ofPlace.map(({ heights }) =>
        heights.reduce((sum, [feature, height]) => sum.add((weights.get(feature) ?? ZERO).mul(height)), ZERO),
      );
      if (sums.length > 0) most = most.add(sums.reduce((a, b) => (a.lt(b) ? b : a)));
    }
    return most.s > 0n && most.n !== 0n;
  };
  return terms
    .map((term) => ({ ...term, gates: term.gates.filter(([gate]) => turnsOn(gate)) }))
    .filter(({ bias, gates }) => gates.length > 0 || bias.n !== 0n);
}

interface Plateau {
  readonly id: FunctionId;
  readonly heights: readonly (readonly [PlaceFeature, Rational])[];
}

/** One plateau for each run on which some feature is not 0. */
function placePlateaus(
  code: CellCode,
  place: number,
  cells: readonly Cell[],
  runs: readonly Run[],
  univariate: UnivariateFunctions,
): Plateau[] {
  const units = (i: number): Rational => rational(toUnits(code, (cells[i] as Cell).value));
  return runs
    .filter(({ heights }) => heights.length > 0)
    .map(({ first, last, heights }) => {
      const before = first === 0 ? undefined : units(first - 1);
      const high = last === cells.length - 1 ? undefined : units(last);
      return { id: univariate.plateau(place, before, units(first), high), heights };
    });
}

function sparse(entries: ReadonlyMap<number, Rational>): [number, Rational][] {
  return [...entries].filter(([, weight]) => weight.n !== 0n).toSorted(([a], [b]) => a - b);
}
