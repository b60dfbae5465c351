/**
 * A network as integers: blocks of one affine map each, with a ReLU after every block but the last.
 *
 * Affine layers with no ReLU between them are multiplied out, all numbers are brought to common denominators, and rows
 * that nothing reads are dropped. On integer inputs every sum is then a sum of bigints, and only the last result is
 * divided, by `unit`. What is computed is what spec/networks/network.ts defines.
 */
import type { Network } from "../../spec/networks/network.js";
import { commonDenominator, toInteger } from "./common-denominator.js";

/** bias + sum of weight * input[column]. Columns rise strictly; no weight is 0. */
export interface IntegerRow {
  readonly bias: bigint;
  readonly entries: readonly (readonly [column: number, weight: bigint])[];
}

/** A network on integers; block i + 1 has as many inputs as block i has rows. */
export interface IntegerBlocks {
  readonly inputs: number;
  /** At least two, with a ReLU after each but the last. */
  readonly blocks: readonly (readonly IntegerRow[])[];
  /** Outputs come in units of 1 / unit. */
  readonly unit: bigint;
}

/**
 * The integer blocks of a network.
 *
 * @throws {RangeError} if the layers do not fit together, or if the last layer has a ReLU, or no layer has one
 */
export function networkToBlocks(network: Network): IntegerBlocks {
  assertLayers(network);
  const blocks: IntegerRow[][] = [];
  let open: IntegerRow[] | undefined;
  let unit = 1n;
  for (const layer of network.layers) {
    const denominator = commonDenominator(layer);
    const rows = layer.rows.map(({ bias, entries }): IntegerRow => ({
      bias: toInteger(bias, denominator) * unit,
      entries: entries.map(([column, weight]) => [column, toInteger(weight, denominator)] as const),
    }));
    unit *= denominator;
    const product: IntegerRow[] = open === undefined ? rows : multiply(rows, open);
    open = layer.relu ? undefined : product;
    if (layer.relu) blocks.push(product);
  }
  if (open === undefined || blocks.length === 0) {
    throw new RangeError("networkToBlocks: expected a ReLU somewhere, and none after the last layer");
  }
  return { inputs: network.layers[0]?.inputs ?? 0, blocks: withoutDeadRows([...blocks, open]), unit };
}

/** The affine map `outer` after the affine map `inner`. */
function multiply(outer: readonly IntegerRow[], inner: readonly IntegerRow[]): IntegerRow[] {
  return outer.map((row) => {
    let { bias } = row;
    const sums = new Map<number, bigint>();
    for (const [k, weight] of row.entries) {
      const { bias: innerBias, entries } = inner[k] as IntegerRow;
      bias += weight * innerBias;
      for (const [column, innerWeight] of entries) {
        sums.set(column, (sums.get(column) ?? 0n) + weight * innerWeight);
      }
    }
    return { bias, entries: [...sums].filter(([, weight]) => weight !== 0n).toSorted(([a], [b]) => a - b) };
  });
}

function withoutDeadRows(blocks: readonly (readonly IntegerRow[])[]): IntegerRow[][] {
  const kept: IntegerRow[][] = [];
  let rows = [...(blocks.at(-1) ?? [])];
  for (const block of blocks.slice(0, -1).toReversed()) {
    const live = [...new Set(rows.flatMap(({ entries }) => entries.map(([column]) => column)))].toSorted(
      (a, b) => a - b,
    );
    const place = new Map(live.map((column, i) => [column, i]));
    kept.unshift(
      rows.map(({ bias, entries }) => ({
        bias,
        entries: entries.map(([column, weight]) => [place.get(column) as number, weight] as const),
      })),
    );
    rows = live.map((column) => block[column] as IntegerRow);
  }
  return [rows, ...kept];
}

function assertLayers({ layers }: Network): void {
  let inputs = layers[0]?.inputs ?? 0;
  for (const [i, layer] of layers.entries()) {
    if (layer.inputs !== inputs) {
      throw new RangeError(`networkToBlocks: layers[${i}]: expected ${inputs} inputs, got ${layer.inputs}`);
    }
    for (const [k, { entries }] of layer.rows.entries()) {
      let last = -1;
      for (const [column] of entries) {
        if (!Number.isInteger(column) || column <= last || column >= inputs) {
          throw new RangeError(
            `networkToBlocks: layers[${i}].rows[${k}]: expected columns that rise within 0 ... ${inputs - 1}, got ${column}`,
          );
        }
        last = column;
      }
    }
    inputs = layer.rows.length;
  }
}
