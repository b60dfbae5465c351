/** The networks that mutants start from, and ways to change one number of them. */
import { tableToNetwork } from "../../../construction/rcnn/lemma5/table-to-network.js";
import { parseRational, type Rational } from "../../../spec/exact/rational.js";
import type { AffineMap, AffineRow, Network } from "../../../spec/networks/network.js";
import type { Table } from "../../../spec/networks/table.js";

export const q = (...texts: string[]): Rational[] => texts.map(parseRational);

/**
 * Three inputs, three outputs, three points: every index has a first, a middle and a last. The values of each coordinate
 * are distinct and no f(x)_j is 0, so that the dimensions are as printed.
 */
export const TABLE: Table = {
  inputs: 3,
  outputs: 3,
  points: [
    { at: q("0", "1", "2"), value: q("1", "2", "3"), jacobian: [q("0", "1", "0"), q("1", "1", "0"), q("0", "0", "1")] },
    { at: q("1", "2", "0"), value: q("2", "3", "1"), jacobian: [q("1", "0", "0"), q("0", "0", "0"), q("1", "0", "1")] },
    { at: q("2", "0", "1"), value: q("3", "1", "2"), jacobian: [q("1", "1", "1"), q("0", "1", "0"), q("0", "1", "0")] },
  ],
};

export const NETWORK: Network = tableToNetwork(TABLE);

/** A network with one layer changed. */
export function withLayer(network: Network, k: number, change: (layer: AffineMap) => AffineMap): Network {
  return { layers: network.layers.map((layer, l) => (l === k ? change(layer) : layer)) };
}

/** A network with one row changed. */
export function withRow(network: Network, k: number, r: number, change: (row: AffineRow) => AffineRow): Network {
  return withLayer(network, k, (layer) => ({
    ...layer,
    rows: layer.rows.map((row, index) => (index === r ? change(row) : row)),
  }));
}

/** A network with one weight changed, that of entry e of a row. */
export function withWeight(network: Network, k: number, r: number, e: number, weight: Rational): Network {
  return withRow(network, k, r, (row) => ({
    ...row,
    entries: row.entries.map((entry, index) => (index === e ? [entry[0], weight] : entry)),
  }));
}

/** The first, a middle and the last index of a list. */
export function spots(length: number): number[] {
  return [...new Set([0, Math.floor(length / 2), length - 1])].filter((index) => index >= 0 && index < length);
}
