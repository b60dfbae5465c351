/** Writes tables as JSON texts that readTable reads. */
import { formatRational } from "../../spec/exact/rational.js";
import type { Table } from "../../spec/networks/table.js";
import type { TableJson } from "./read-table.js";

/** The JSON form of a table; one point on each line, so that tables can be compared line by line. */
export function writeTable({ inputs, outputs, points }: Table): string {
  const rows: TableJson["points"] = points.map(({ at, value, jacobian }) => ({
    at: at.map(formatRational),
    value: value.map(formatRational),
    jacobian: jacobian.map((row) => row.map(formatRational)),
  }));
  const head = `{"format":"weightproof-table","version":1,"inputs":${inputs},"outputs":${outputs},"points":[`;
  return `${head}\n${rows.map((row) => JSON.stringify(row)).join(",\n")}\n]}\n`;
}
