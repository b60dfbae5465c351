/** The matrices of a certificate's networks in a short table: how many rows, and what each group of them serves. */
import type { AffineRow, Network } from "../../../spec/networks/network.js";
import { placeOf, spelled } from "./address.js";
import type { MatrixSummary, RowGroup } from "./explanation.js";
import type { Subject } from "./subject.js";
import { placeOfFunction, readPlace } from "./univariate-use.js";
import { linesInWords, PLACE_NAMES } from "./words.js";

/** The matrices of filter or readout, or one of them. */
export function summarize(subject: Subject, part: "filter" | "head" | undefined, layer?: number): MatrixSummary[] {
  const parts = part === undefined ? (["filter", "head"] as const) : [part];
  return parts.flatMap((one) => {
    const network = one === "filter" ? subject.filter : subject.head;
    return network.layers.flatMap(({ rows, relu }, l): MatrixSummary[] => {
      if (layer !== undefined && l !== layer) return [];
      const groups = one === "filter" ? filterGroups(subject, l) : readoutGroups(subject, l);
      return [
        {
          name: spelled({ part: one, layer: l }),
          path: placeOf({ part: one, layer: l }),
          rows: rows.length,
          relu,
          groups,
        },
      ];
    });
  });
}

function filterGroups({ filter, described }: Subject, layer: number): RowGroup[] {
  const rows = filter.layers[layer]?.rows ?? [];
  const isFilter = filter.layers.length === 5;
  if (isFilter && layer < 2) return grouped(rows, (row) => placeLabel(filter, layer, row));
  if (described === undefined || !isFilter) return grouped(rows, () => "");
  if (layer === 2) {
    return grouped(rows, (_, r) => {
      const term = described.terms[described.gates[r]?.term as number];
      return `${term?.name}: ${term?.about}`;
    });
  }
  if (layer === 3) {
    return grouped(rows, (_, r) => {
      const { name, serves } = described.terms[r] as (typeof described.terms)[number];
      return `${name} (${linesInWords(serves)})`;
    });
  }
  return grouped(rows, () => "the new cell, the sum of the rows of V4");
}

function placeLabel(filter: Network, layer: number, row: AffineRow): string {
  const [v1] = filter.layers as readonly [Network["layers"][number]];
  const place = layer === 0 ? readPlace(row)?.[0] : placeOfFunction(v1, row);
  const noun = layer === 0 ? "ReLUs" : "functions";
  return place === undefined ? `${noun} that do not read a single cell` : `${noun} of the cell ${PLACE_NAMES[place]}`;
}

function readoutGroups({ head, headIsBuilt }: Subject, layer: number): RowGroup[] {
  const rows = head.layers[layer]?.rows ?? [];
  if (!headIsBuilt) return grouped(rows, () => "");
  return grouped(rows, () => (layer === 0 ? "ReLUs at the kinks of f-bar_head" : "the label"));
}

/** Rows with the same label, in order of first appearance. */
function grouped(rows: readonly AffineRow[], label: (row: AffineRow, r: number) => string): RowGroup[] {
  const groups = new Map<string, number[]>();
  for (const [r, row] of rows.entries()) {
    const about = label(row, r);
    groups.set(about, [...(groups.get(about) ?? []), r]);
  }
  return [...groups].map(([about, members]) => ({ rows: ranges(members), count: members.length, about }));
}

/** Most runs of rows that are listed. */
const LISTED_RUNS = 4;

/** "0 ... 4, 7". */
function ranges(rows: readonly number[]): string {
  const runs: [from: number, to: number][] = [];
  for (const row of rows) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === row - 1) last[1] = row;
    else runs.push([row, row]);
  }
  const shown = runs.slice(0, LISTED_RUNS).map(([from, to]) => (from === to ? String(from) : `${from} ... ${to}`));
  return shown.join(", ") + (runs.length > LISTED_RUNS ? ", ..." : "");
}
