/** Rows of a circuit's network as tables: their values at every assignment of the few columns that they read. */
import type { Layer, Row } from "./wei-chen-ma-circuit-text.js";
import { giveUp, type Work, workUpTo } from "./text.js";

/** phi's largest value at inputs from 0 to 1. */
export function top({ bias, entries }: Row): bigint {
  return BigInt(
    Math.max(
      0,
      entries.reduce((sum, [, weight]) => sum + Math.max(0, weight), bias),
    ),
  );
}

/** A row as a function of few columns: its value at every assignment. */
export interface Local {
  readonly columns: readonly number[];
  readonly values: readonly bigint[];
}

/** Columns that a table may have. */
export const MOST_COLUMNS = 16;

/** Terms of rows that are added for all tables together, and values that tables hold. */
const MOST_TERMS = 2 ** 27;
const MOST_VALUES = 2 ** 23;

/** The values of phi(row), or of the second map's row through the first. */
function local(row: Row, first: readonly Row[] | undefined, rectified: boolean, path: string, work: Work): Local {
  const inner = first === undefined ? [] : row.entries.map(([j, weight]) => ({ weight, row: first[j] as Row }));
  const columns = [
    ...new Set(
      first === undefined ? row.entries.map(([c]) => c) : inner.flatMap((one) => one.row.entries.map(([c]) => c)),
    ),
  ];
  if (columns.length > MOST_COLUMNS) giveUp("local-variables", `${path}: reads ${columns.length} columns`);
  work.hold(2 ** columns.length);
  const terms = first === undefined ? row.entries.length : inner.reduce((n, one) => n + 1 + one.row.entries.length, 0);
  work.spend(2 ** columns.length * (1 + terms));
  const place = new Map(columns.map((column, i) => [column, i]));
  const sum = ({ bias, entries }: Row, assignment: number): bigint =>
    entries.reduce(
      (total, [column, weight]) => ((assignment >> (place.get(column) as number)) & 1 ? total + BigInt(weight) : total),
      BigInt(bias),
    );
  const positivePart = (value: bigint): bigint => (value > 0n ? value : 0n);
  const values = Array.from({ length: 2 ** columns.length }, (_, assignment) => {
    const value =
      first === undefined
        ? sum(row, assignment)
        : inner.reduce(
            (total, one) => total + BigInt(one.weight) * positivePart(sum(one.row, assignment)),
            BigInt(row.bias),
          );
    return rectified ? positivePart(value) : value;
  });
  return { columns, values };
}

/** Remembers tables of rows: a network has few different ones. */
export function tables(): (row: Row, first: readonly Row[] | undefined, rectified: boolean, path: string) => Local {
  const known = new Map<string, readonly bigint[]>();
  const work = workUpTo(MOST_TERMS, MOST_VALUES);
  return (row, first, rectified, path) => {
    const place = new Map<number, number>();
    const of = (column: number): number => {
      if (!place.has(column)) place.set(column, place.size);
      return place.get(column) as number;
    };
    const relative = ({ bias, entries }: Row): unknown => [bias, entries.map(([c, w]) => [of(c), w])];
    const key = JSON.stringify([
      rectified,
      first === undefined ? relative(row) : [row.bias, row.entries.map(([j, w]) => [w, relative(first[j] as Row)])],
    ]);
    const before = known.get(key);
    if (before !== undefined) return { columns: [...place.keys()], values: before };
    const made = local(row, first, rectified, path, work);
    known.set(key, made.values);
    return made;
  };
}

/** How many coordinates are which gate. */
export function kinds(layers: readonly Layer[]): Record<string, number> {
  const gates: Record<string, number> = { and: 0, or: 0, not: 0, id: 0, constant: 0, other: 0 };
  const tableOf = tables();
  for (let l = 0; l < layers.length - 1; l += 4) {
    const [first, second] = [layers[l] as Layer, layers[l + 1] as Layer];
    for (const row of second.rows) {
      const columns = new Set(row.entries.flatMap(([j]) => (first.rows[j] as Row).entries.map(([c]) => c)));
      const values = columns.size > 2 ? [2n] : tableOf(row, first.rows, true, "").values;
      const text = values.join("");
      const kind = /^(0|1|00|11)$/.test(text)
        ? "constant"
        : { "01": "id", "10": "not", "0001": "and", "0111": "or" }[text];
      gates[kind ?? "other"] = (gates[kind ?? "other"] ?? 0) + 1;
    }
  }
  return gates;
}
