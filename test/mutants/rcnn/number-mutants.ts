/** Every way of changing one number of a network, and every way of changing its shape by one step. */
import { formatRational, ONE, rational, ZERO, type Rational } from "../../../spec/exact/rational.js";
import type { AffineMap, AffineRow, Network } from "../../../spec/networks/network.js";
import { withRow, withWeight } from "../networks/samples.js";

/** A number of a network: entry 0 is the bias of its row, entry e the e-th weight. */
export interface NumberPlace {
  readonly layer: number;
  readonly row: number;
  readonly entry: number;
  readonly value: Rational;
}

/** What a number becomes; 0 for a weight removes the entry. */
export const AMOUNTS: Readonly<Record<string, (value: Rational) => Rational>> = {
  negated: (value) => value.neg(),
  zero: () => ZERO,
  "a little more": (value) => value.add(rational(1n, 1024n)),
  "a little less": (value) => value.sub(rational(1n, 1024n)),
  "a quarter more": (value) => value.add(rational(1n, 4n)),
  "half less": (value) => value.sub(rational(1n, 2n)),
  "one more": (value) => value.add(ONE),
  doubled: (value) => value.mul(rational(2n)),
};

export interface NumberMutant {
  /** Such as "V3 row 4 entry 2: 1/2 a little more". */
  readonly name: string;
  readonly place: NumberPlace;
  readonly amount: string;
  readonly network: Network;
}

/** All numbers of a network, layer by layer, row by row. */
export function numberPlaces(network: Network): NumberPlace[] {
  return network.layers.flatMap(({ rows }, layer) =>
    rows.flatMap(({ bias, entries }, row) =>
      [bias, ...entries.map(([, weight]) => weight)].map((value, entry) => ({ layer, row, entry, value })),
    ),
  );
}

/** The mutants at one place: the number itself is never among them. */
export function mutantsAt(network: Network, place: NumberPlace): NumberMutant[] {
  const { layer, row, entry, value } = place;
  return Object.entries(AMOUNTS).flatMap(([amount, change]): NumberMutant[] => {
    const changed = change(value);
    if (changed.equals(value)) return [];
    const name = `V${layer + 1} row ${row} entry ${entry}: ${formatRational(value)} ${amount}`;
    return [{ name, place, amount, network: withNumber(network, place, changed) }];
  });
}

/** A network with one number changed. */
export function withNumber(network: Network, { layer, row, entry }: NumberPlace, value: Rational): Network {
  if (entry === 0) return withRow(network, layer, row, (old) => ({ ...old, bias: value }));
  if (value.n !== 0n) return withWeight(network, layer, row, entry - 1, value);
  return withRow(network, layer, row, (old) => ({ ...old, entries: old.entries.filter((_, e) => e !== entry - 1) }));
}

/** A network with one more row in a layer, which nothing reads. */
export function withIdleRow(network: Network, layer: number, row: AffineRow): Network {
  return {
    layers: network.layers.map((old, l): AffineMap => {
      if (l === layer) return { ...old, rows: [...old.rows, row] };
      return l === layer + 1 ? { ...old, inputs: old.inputs + 1 } : old;
    }),
  };
}

/** Rows of V2 that rise at a cell value, and rows that are flat at all. */
export function functionsOf({ layers }: Network): { sloped: number[]; flat: number[] } {
  const rows = (layers[1] as AffineMap).rows;
  const isSloped = (row: AffineRow) => row.entries.some(([, weight]) => weight.equals(3n));
  const indices = [...rows.keys()];
  return {
    sloped: indices.filter((r) => isSloped(rows[r] as AffineRow)),
    flat: indices.filter((r) => !isSloped(rows[r] as AffineRow)),
  };
}

/** Rows that change nothing where no row reads them, by the index of their layer. */
export const HARMLESS_ROWS: readonly (readonly [AffineRow, ...AffineRow[]])[] = [
  [
    { bias: rational(1n, 2n), entries: [[4, ONE]] },
    { bias: ZERO, entries: [] },
    { bias: rational(-7n), entries: [] },
  ],
  [{ bias: rational(5n), entries: [[0, ONE]] }],
  [
    { bias: rational(5n), entries: [[0, ONE]] },
    { bias: ZERO, entries: [] },
  ],
  [{ bias: rational(5n), entries: [[0, rational(-3n)]] }],
];
