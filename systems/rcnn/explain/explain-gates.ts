/** Explains rows of V3, V4 and V5: gates, the summands of the new cell, and their sum. */
import { formatRational, ONE, rational, ZERO, type Rational } from "../../../spec/exact/rational.js";
import { evaluate, type AffineMap, type AffineRow } from "../../../spec/networks/network.js";
import { toUnits } from "../../../spec/rcnn/cell-code.js";
import { CENTRE } from "../../../spec/rcnn/patch.js";
import type { Reading } from "./explanation.js";
import type { PatchLetters } from "./gate-use.js";
import {
  cellsOf,
  exampleAt,
  patchesWith,
  servedBy,
  servedTerm,
  shapeInWords,
  spansOf,
  words,
  type Parts,
  type RowOfFilter,
} from "./row-of-filter.js";
import { functionTable, placeOfFunction } from "./univariate-use.js";
import { PLACE_NAMES } from "./words.js";

/** V3: a gate. */
export function explainGate(at: RowOfFilter, own: AffineRow): Parts {
  const { row, use } = at;
  const entry = entryOf(at, own);
  const told = { what: "a gate, a ReLU of V3", serves: servedBy(at, [row]), readings: readingsOf(at, entry) };
  if (typeof use === "string") return { ...told, notes: [`when it is on is not told: ${use}`] };
  const patches = use.patchesOn(row);
  const summands = PLACE_NAMES.flatMap((_, place) => {
    if (entry !== undefined && entry.place !== place) return [];
    return spansOf(at, place, (i) => {
      const summand = entry === undefined ? use.summand(row, place, i) : entry.weight.mul(entry.values[i] ?? ZERO);
      return summand.n === 0n ? undefined : formatRational(summand);
    });
  });
  const letter = entry === undefined ? -1 : entry.values.findIndex(({ n }) => n !== 0n);
  const patch = use.example(row, entry === undefined || letter < 0 ? new Map() : new Map([[entry.place, letter]]));
  const pre = use.pre(row, patch);
  const isOn = pre.s > 0n && pre.n !== 0n;
  const only = PLACE_NAMES.flatMap((name, place) => {
    const letters = use.lettersOn(row, place);
    return letters.length === cellsOf(at, place).length ? [] : [{ place: name, cells: words(at, place, letters) }];
  });
  const of = patchesWith(at, CENTRE, cellsOf(at, CENTRE).length);
  return {
    ...told,
    spans: summands.flatMap(({ spans }) => spans),
    on: patches === undefined ? null : { patches: String(patches), of, only },
    example: exampleAt(at, use, patch, pre, isOn ? use.outputWeight(row).mul(pre) : ZERO),
    notes: [
      ...summands.flatMap(({ notes }) => notes),
      ...(patches === undefined ? ["the patches that turn it on are too many kinds to count"] : []),
      ...(isOn
        ? []
        : [letter < 0 ? "no patch turns it on" : "at the cell of the example it is off, whatever the others are"]),
    ],
  };
}

/** An entry of V3 that is asked about. */
interface Entry {
  /** The row of V2 that it weighs. */
  readonly column: number;
  readonly weight: Rational;
  /** The place that this row reads, and its values at the cells there. */
  readonly place: number;
  readonly values: readonly Rational[];
}

/** The entry that is asked about; undefined if it is the whole row or the bias, or reads no single place. */
function entryOf(at: RowOfFilter, own: AffineRow): Entry | undefined {
  const found = at.element === undefined ? undefined : own.entries[at.element - 1];
  if (found === undefined) return undefined;
  const [v1, v2] = at.subject.filter.layers as readonly [AffineMap, AffineMap];
  const [column, weight] = found;
  const row = v2.rows[column] as AffineRow;
  const place = placeOfFunction(v1, row);
  if (place === undefined) return undefined;
  const values = functionTable(at.subject.code, v1, row, cellsOf(at, place)) ?? [];
  return { column, weight, place, values: values.map(({ value }) => value) };
}

/** What a gate sums, in words; of an entry, the parts of its weight. */
function readingsOf(at: RowOfFilter, entry: Entry | undefined): Reading[] {
  const { described } = at.subject;
  const gate = described?.gates[at.row]?.gate;
  if (described === undefined || gate === undefined || (at.element !== undefined && entry === undefined)) return [];
  const heights = entry === undefined ? undefined : new Map(described.functions[entry.column]?.heights);
  const features = gate.features.flatMap(([feature, weight]): Reading[] => {
    const height = heights === undefined ? ONE : (heights.get(feature) ?? ZERO);
    if (height.n === 0n) return [];
    const place = PLACE_NAMES[feature.place] as string;
    return [{ place, reading: feature.name, weight: formatRational(weight.mul(height)) }];
  });
  const functions = (gate.functions ?? []).flatMap(([id, weight]): Reading[] => {
    if (entry !== undefined && entry.column !== id) return [];
    const { shape } = described.functions[id] as (typeof described.functions)[number];
    const place = PLACE_NAMES[shape.place] as string;
    return [{ place, reading: `as ${shapeInWords(at, shape).replace(/,$/, "")}`, weight: formatRational(weight) }];
  });
  return [...features, ...functions];
}

/** V4: a summand of the new cell. */
export function explainTerm(at: RowOfFilter, own: AffineRow): Parts {
  const { subject, use } = at;
  const term = subject.described?.terms[at.row];
  const serves = term === undefined ? [] : [servedTerm(term)];
  const what =
    term === undefined ? "a row of V4, a sum of gates" : `a row of V4, the summand "${term.name}" of the new cell`;
  if (typeof use === "string") return { what, serves, notes: [`an example is not given: ${use}`] };
  const valueAt = (patch: PatchLetters): Rational =>
    own.entries.reduce((sum, [gate, weight]) => {
      const pre = use.pre(gate, patch);
      return pre.s > 0n && pre.n !== 0n ? sum.add(weight.mul(pre)) : sum;
    }, own.bias);
  const patches = own.entries.map(([gate]) => use.example(gate));
  const patch = patches.find((one) => valueAt(one).n !== 0n) ?? patches[0] ?? use.plainPatch(new Map());
  const value = valueAt(patch);
  const outer = subject.filter.layers[4]?.rows[0]?.entries.find(([column]) => column === at.row)?.[1] ?? ZERO;
  return { what, serves, example: exampleAt(at, use, patch, value, value.mul(outer)) };
}

/** V5: the new cell. */
export function explainSum(at: RowOfFilter): Parts {
  const { subject, use } = at;
  const { described } = subject;
  const what = described === undefined ? "a row of V5, the output" : "the new cell, the sum of the rows of V4";
  const serves = (described?.terms ?? []).map(servedTerm);
  if (typeof use === "string") return { what, serves, notes: [`an example is not given: ${use}`] };
  const patch = use.plainPatch(new Map());
  const units = patch.map((letter, place) =>
    rational(toUnits(subject.code, use.cells[place]?.[letter]?.value as Rational)),
  );
  const [value] = evaluate(subject.filter, units) as [Rational];
  return { what, serves, example: exampleAt(at, use, patch, value, value) };
}
