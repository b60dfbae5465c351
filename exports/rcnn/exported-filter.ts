/**
 * What the exports of a filter are made of: the exact numbers of its certificate, in u-units throughout, and the
 * letters on which it is certified. Nothing is decided here; exports are for certificates that a checker has accepted.
 */
import { decodeSourceMachine } from "../../certificates/machine-json.js";
import { decodeNetwork } from "../../certificates/network-json.js";
import type { RcnnCertificate } from "../../certificates/rcnn-certificate.js";
import { placeCells, placeUnits } from "../../checkers/rcnn/letters.js";
import { rational, type Rational } from "../../spec/exact/rational.js";
import type { NormalMachine } from "../../spec/machines/machine.js";
import { normalForm } from "../../spec/machines/normal-form.js";
import type { Network } from "../../spec/networks/network.js";
import { alphabet } from "../../spec/rcnn/alphabet.js";
import { cellCode, PADDING, toUnits, type Cell, type CellCode } from "../../spec/rcnn/cell-code.js";

/** A certified filter, ready to be written for other tools. */
export interface ExportedFilter {
  readonly name: string;
  readonly machine: NormalMachine;
  readonly code: CellCode;
  /** u-units: 9 cells to one. */
  readonly filter: Network;
  /** u-units to F = 3^(K-2) f-bar_head. */
  readonly head: Network;
  /** The cells of each place; shape: 9 x letters. */
  readonly cells: readonly (readonly Cell[])[];
  /** The same in u-units. */
  readonly letters: readonly (readonly bigint[])[];
  /** u of p, the value beyond the edge of the grid. */
  readonly padding: bigint;
  /** Metadata of every export, as text; keys in the order in which they are written. */
  readonly facts: Readonly<Record<string, string>>;
}

/** Unpacks an accepted certificate. */
export function exportedFilter(certificate: RcnnCertificate): ExportedFilter {
  const { source, alphabet: name, digests, reading } = certificate;
  const machine = normalForm(decodeSourceMachine(source));
  const code = cellCode(machine.states.length);
  const cells = placeCells(alphabet(code, name));
  const padding = toUnits(code, PADDING);
  return {
    name: source.name,
    machine,
    code,
    filter: named(decodeNetwork(certificate.filter), ["V1", "V2", "V3", "V4", "V5"]),
    head: headToUnits(code, named(decodeNetwork(certificate.head), ["U2", "U1"])),
    cells,
    letters: placeUnits(code, cells),
    padding,
    facts: {
      "weightproof.machine": source.name,
      "weightproof.reading": reading.name,
      "weightproof.states": String(code.states),
      "weightproof.K": String(code.lastIndex),
      "weightproof.units": `u = ${code.scale} x`,
      "weightproof.padding": String(padding),
      "weightproof.alphabet": name,
      "weightproof.digest.source": digests.source,
      "weightproof.digest.machine": digests.machine,
      "weightproof.digest.filter": digests.filter,
      "weightproof.digest.head": digests.head,
    },
  };
}

/** The paper's names for the layers; a certificate may call them anything. */
function named({ layers }: Network, names: readonly string[]): Network {
  return { layers: layers.map((layer, i) => ({ ...layer, name: names[i] ?? `layer ${i + 1}` })) };
}

/** f-bar_head of x-units as F of u-units: with x = u / scale, relu(w x + b) is relu(w u + scale b) / scale. */
function headToUnits({ lastIndex, scale }: CellCode, { layers }: Network): Network {
  const height = rational(3n ** BigInt(lastIndex - 2));
  const last = layers.length - 1;
  return {
    layers: layers.map((layer, i) => ({
      ...layer,
      rows: layer.rows.map(({ bias, entries }) => {
        if (i !== last) return { bias: bias.mul(rational(scale)), entries };
        const shrink = (weight: Rational): Rational => weight.mul(height).div(rational(scale));
        return {
          bias: bias.mul(height),
          entries: entries.map(([column, weight]) => [column, shrink(weight)] as const),
        };
      }),
    })),
  };
}
