/**
 * The core of the command `synthesize TABLE.json`: from the text of a table to its network and what was measured on it.
 */
import { formatRational } from "../../../spec/exact/rational.js";
import { halfWidth, lowestKink } from "../../../spec/rcnn/lemma5/functions.js";
import {
  printedDimensions,
  provenDimensions,
  weightDomain,
  type Dimensions,
} from "../../../spec/rcnn/lemma5/weights.js";
import type { Network } from "../../../spec/networks/network.js";
import type { Table } from "../../../spec/networks/table.js";
import { readTable } from "../../../inputs/tables/read-table.js";
import { tableToNetwork } from "./table-to-network.js";
import { weightSetReport, type WeightSetLine } from "./weight-sets.js";

/** Sizes of a synthesized network; JSON data. Nothing here is evidence: checkers/networks decides from the numbers. */
export interface SynthesisReport {
  readonly inputs: number;
  readonly outputs: number;
  readonly points: number;
  /** Delta, in its one spelling. */
  readonly halfWidth: string;
  /** zeta_0, in its one spelling. */
  readonly lowestKink: string;
  /** Rows of the first four layers: as Lemma 5 prints them, as the proof yields them (amendment L5-4), as built. */
  readonly dimensions: { readonly printed: Dimensions; readonly proven: Dimensions; readonly built: Dimensions };
  /** Rows of each layer that no row of the next layer reads; 0 for the last layer. */
  readonly unread: readonly number[];
  /** Nonzero weights of all layers, without biases. */
  readonly entries: number;
  /** Lemma 6 and Corollary 3. */
  readonly weightSets: readonly WeightSetLine[];
}

/**
 * What the command hands on.
 *
 * @example
 * ```ts
 * import { evaluate, rational, synthesize, type Synthesis } from "weightproof";
 *
 * const head = { format: "weightproof-table", version: 1 };
 * const points = [{ at: ["1/3"], value: ["5"], jacobian: [["-2"]] }];
 * const { network, report }: Synthesis = synthesize(JSON.stringify({ ...head, inputs: 1, outputs: 1, points }));
 * report.points; // => 1
 * evaluate(network, [rational(1n, 3n)]).map(String); // => ["5"]
 * ```
 */
export interface Synthesis {
  readonly network: Network;
  readonly table: Table;
  readonly report: SynthesisReport;
}

/**
 * Reads a table and builds its network after Lemma 5 (B.4.1).
 *
 * @param tableText JSON in the form of table.schema.json
 * @throws {InputError} one line with the place, if the text is not such a table
 *
 * @example
 * ```ts
 * import { evaluateWithJacobian, formatRational, rational, synthesize } from "weightproof";
 *
 * const head = { format: "weightproof-table", version: 1 };
 * const points = [
 *   { at: ["0"], value: ["1"], jacobian: [["0"]] },
 *   { at: ["1"], value: ["0"], jacobian: [["1/2"]] },
 * ];
 * const { network } = synthesize(JSON.stringify({ ...head, inputs: 1, outputs: 1, points }));
 * const { value, jacobian } = evaluateWithJacobian(network, [rational(1n)]);
 * [...value, ...jacobian[0]!].map(formatRational); // => ["0", "1/2"]
 * ```
 */
export function synthesize(tableText: string): Synthesis {
  const table = readTable(tableText);
  const network = tableToNetwork(table);
  return { network, table, report: synthesisReport(network, table) };
}

/** Measures a network of Lemma 5's five layers against its table. */
export function synthesisReport(network: Network, table: Table): SynthesisReport {
  const [d1 = 0, bumps = 0, d2 = 0, thresholds = 0] = network.layers.map(({ rows }) => rows.length);
  return {
    inputs: table.inputs,
    outputs: table.outputs,
    points: table.points.length,
    halfWidth: formatRational(halfWidth(table)),
    lowestKink: formatRational(lowestKink(table)),
    dimensions: {
      printed: printedDimensions(table),
      proven: provenDimensions(table),
      built: { d1, bumps, d2, thresholds },
    },
    unread: network.layers.map((layer, k) => unreadRows(network, k, layer.rows.length)),
    entries: network.layers.reduce(
      (sum, { rows }) => sum + rows.reduce((count, { entries }) => count + entries.length, 0),
      0,
    ),
    weightSets: weightSetReport(network, weightDomain(table)),
  };
}

function unreadRows({ layers }: Network, k: number, rows: number): number {
  const next = layers[k + 1];
  if (next === undefined) return 0;
  const read = new Set(next.rows.flatMap(({ entries }) => entries.map(([column]) => column)));
  return rows - read.size;
}
