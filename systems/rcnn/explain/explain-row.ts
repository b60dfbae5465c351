/** Explains a row of a filter, matrix by matrix; a number of it as a part of its row. */
import { formatRational } from "../../../spec/exact/rational.js";
import type { AffineRow } from "../../../spec/networks/network.js";
import { placeOf, spelled, type Address } from "./address.js";
import { explainFunction, explainRelu } from "./explain-first-half.js";
import { explainGate, explainSum, explainTerm } from "./explain-gates.js";
import type { Explanation, Link } from "./explanation.js";
import { rowAt, type Parts, type RowOfFilter } from "./row-of-filter.js";
import { PLACE_NAMES } from "./words.js";

/** Explains a row of a filter, or one number of it. */
export function explainRow(at: RowOfFilter): Explanation {
  const { subject, layer, row } = at;
  const own = rowAt(at, layer, row);
  const isSupported =
    subject.filter.layers.length === 5 && subject.filter.layers.every(({ relu }, l) => relu === (l === 0 || l === 2));
  const explain = isSupported ? [explainRelu, explainFunction, explainGate, explainTerm, explainSum][layer] : undefined;
  const parts: Parts = explain?.(at, own) ?? {
    what: "a row of a network that is not of the five layers that are supported",
  };
  const address: Address = { part: "filter", layer, row, ...(at.element === undefined ? {} : { element: at.element }) };
  const notes = parts.notes ?? [];
  const unsaid = typeof at.use === "string" && layer < 2 ? [`an example is not given: ${at.use}`] : [];
  return {
    address: spelled(address),
    path: placeOf(address),
    serves: [],
    bias: formatRational(own.bias),
    entries: own.entries.map(([column, weight]) => ({ to: inputName(layer, column), weight: formatRational(weight) })),
    usedBy: usersOf(at, layer, row),
    readings: [],
    spans: [],
    on: null,
    example: null,
    ...parts,
    notes: [...notes, ...unsaid],
    what: at.element === undefined ? parts.what : `${numberInWords(at, own, at.element)} ${parts.what}`,
  };
}

function inputName(layer: number, column: number): string {
  return layer === 0
    ? (PLACE_NAMES[column] ?? `input ${column}`)
    : spelled({ part: "filter", layer: layer - 1, row: column });
}

/** "the bias of", "entry 4, the weight 648 of V2[31], in". */
function numberInWords({ layer }: RowOfFilter, { bias, entries }: AffineRow, element: number): string {
  if (element === 0) return `the bias, ${formatRational(bias)}, of`;
  const [column, weight] = entries[element - 1] as AffineRow["entries"][number];
  return `entry ${element}, the weight ${formatRational(weight)} of ${inputName(layer, column)}, in`;
}

function usersOf({ subject }: RowOfFilter, layer: number, row: number): Link[] {
  return (subject.filter.layers[layer + 1]?.rows ?? []).flatMap(({ entries }, r) => {
    const found = entries.find(([column]) => column === row);
    if (found === undefined) return [];
    return [{ to: spelled({ part: "filter", layer: layer + 1, row: r }), weight: formatRational(found[1]) }];
  });
}
