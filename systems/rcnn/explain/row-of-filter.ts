/** A row of a filter that is explained, and what the explanations of all matrices draw on. */
import { formatRational, rational, type Rational } from "../../../spec/exact/rational.js";
import type { AffineMap, AffineRow } from "../../../spec/networks/network.js";
import { toUnits, type Cell } from "../../../spec/rcnn/cell-code.js";
import { cellFeatures, cellRule, outcomeValue } from "../../../spec/rcnn/cell-rule.js";
import { CENTRE, patchOf } from "../../../spec/rcnn/patch.js";
import type { OutputTerm } from "../../../construction/rcnn/gates-to-network.js";
import type { FunctionShape } from "../../../construction/rcnn/univariate.js";
import type { Example, Explanation, Served, Span } from "./explanation.js";
import type { GateUse, PatchLetters } from "./gate-use.js";
import type { Subject } from "./subject.js";
import { cellInWords, cellsInWords, inX, PLACE_NAMES } from "./words.js";

/** A row of a filter, and everything that its explanation is drawn from. */
export interface RowOfFilter {
  readonly subject: Subject;
  /** Tables of the gates, or why there are none. */
  readonly use: GateUse | string;
  readonly layer: number;
  readonly row: number;
  /** An entry, from 1; 0 for the bias. */
  readonly element?: number;
}

/** What is said of every row; the matrices add theirs. */
export type Parts = Partial<Explanation> & Pick<Explanation, "what">;

/** Most groups of cells with different values that are listed for a place. */
const LISTED_SPANS = 12;

/** A row of the filter. */
export function rowAt({ subject }: RowOfFilter, layer: number, row: number): AffineRow {
  return subject.filter.layers[layer]?.rows[row] as AffineRow;
}

/** Rows of V3 that read a row of V1 or V2, through V2. */
export function gatesThatRead(at: RowOfFilter): number[] {
  const { subject, layer, row } = at;
  const [, v2, v3] = subject.filter.layers as readonly [AffineMap, AffineMap, AffineMap];
  const reads = (entries: AffineRow["entries"], columns: ReadonlySet<number>) => entries.some(([c]) => columns.has(c));
  const functions =
    layer === 1
      ? new Set([row])
      : new Set([...v2.rows.keys()].filter((r) => reads((v2.rows[r] as AffineRow).entries, new Set([row]))));
  return [...v3.rows.keys()].filter((r) => reads((v3.rows[r] as AffineRow).entries, functions));
}

/** The lines of V4 to which gates belong, each once. */
export function servedBy({ subject }: RowOfFilter, gates: readonly number[]): Served[] {
  const { described } = subject;
  if (described === undefined) return [];
  const terms = new Set(gates.map((gate) => described.gates[gate]?.term as number));
  return [...terms].toSorted((a, b) => a - b).map((term) => servedTerm(described.terms[term] as never));
}

/** A line of V4. */
export function servedTerm({ name, about, serves }: OutputTerm): Served {
  return { term: name, about, rules: serves };
}

/** The cells that a place may hold, rising. */
export function cellsOf({ subject }: RowOfFilter, place: number): readonly Cell[] {
  return place === CENTRE ? subject.letters.centre : subject.letters.neighbour;
}

/** Cells of a place by their indices, in words. */
export function words({ subject }: RowOfFilter, place: number, indices: readonly number[]): string {
  const all = cellsOf({ subject } as RowOfFilter, place);
  return cellsInWords(
    subject.code,
    subject.machine,
    indices.map((i) => all[i] as Cell),
    all,
  );
}

/** All patches of the alphabet with one of so many cells at one place. */
export function patchesWith(at: RowOfFilter, place: number, count: number): string {
  const others = PLACE_NAMES.reduce((n, _, p) => (p === place ? n : n * BigInt(cellsOf(at, p).length)), 1n);
  return String(BigInt(count) * others);
}

/** When something that reads one place is on. */
export function onAt(at: RowOfFilter, place: number, indices: readonly number[]): Explanation["on"] {
  const all = cellsOf(at, place);
  return {
    patches: patchesWith(at, place, indices.length),
    of: patchesWith(at, place, all.length),
    only:
      indices.length === all.length ? [] : [{ place: PLACE_NAMES[place] as string, cells: words(at, place, indices) }],
  };
}

/** What a row of V2 is. */
export function shapeInWords(at: RowOfFilter, shape: FunctionShape): string {
  switch (shape.kind) {
    case "plateau": {
      const all = cellsOf(at, shape.place);
      const inside = [...all.keys()].filter((i) => {
        const u = rational(toUnits(at.subject.code, (all[i] as Cell).value));
        return u.gte(shape.low) && (shape.high === undefined || u.lte(shape.high));
      });
      return `a plateau: 1 at ${inside.length} neighbouring cell value${inside.length === 1 ? "" : "s"}, 0 at all others,`;
    }
    case "bump":
      return `a sloped bump: 1 with slope 1 at x = ${inX(at.subject.code, shape.at)}, 0 at all other values,`;
    case "ramp":
      return shape.cliffs === 0 ? "the coordinate itself" : `a sawtooth of ${shape.cliffs + 1} teeth`;
  }
}

/** Cells of a place, grouped by a value; without those that have none. Long lists are cut off, and that is noted. */
export function spansOf(
  at: RowOfFilter,
  place: number,
  valueAt: (letter: number) => string | undefined,
): { readonly spans: Span[]; readonly notes: string[] } {
  const groups = new Map<string, number[]>();
  for (const i of cellsOf(at, place).keys()) {
    const value = valueAt(i);
    if (value !== undefined) groups.set(value, [...(groups.get(value) ?? []), i]);
  }
  const name = PLACE_NAMES[place] as string;
  const spans = [...groups].slice(0, LISTED_SPANS).map(([value, letters]): Span => ({
    place: name,
    cells: words(at, place, letters),
    count: letters.length,
    value,
  }));
  const left = groups.size - spans.length;
  return { spans, notes: left === 0 ? [] : [`${name}: ${left} more values at other cells`] };
}

/** A patch, and what f-bar says of it. */
export function exampleAt(
  { subject }: RowOfFilter,
  use: GateUse,
  patch: PatchLetters,
  value: Rational,
  adds: Rational | null,
): Example {
  const { code, machine } = subject;
  const cells = patch.map((letter, place) => use.cells[place]?.[letter] as Cell);
  const outcome = cellRule(code, cellFeatures(code, machine), patchOf(cells));
  const plain = use.plainPatch(new Map());
  return {
    patch: cells.map((cell) => formatRational(cell.value)),
    cells: cells.flatMap((cell, place) =>
      patch[place] === plain[place]
        ? []
        : [{ place: PLACE_NAMES[place] as string, cell: cellInWords(code, machine, cell) }],
    ),
    value: formatRational(value),
    adds: adds === null ? null : inX(code, adds),
    rule: outcome.rule,
    newCell: formatRational(outcomeValue(outcome, cells[CENTRE] as Cell)),
  };
}
