/**
 * Addresses of numbers in a certificate, as people write them, V3[17][4], and as rejections print them,
 * filter.layers[2].rows[17][4]. Rows and layers count from 0; in a row, 0 is the bias and the entries count from 1, as in the
 * JSON.
 */
import { InputError, quoteInput } from "../../../inputs/input-error.js";
import type { Network } from "../../../spec/networks/network.js";

/** What an address speaks of: a network, a matrix of it, a row, the bias (0) or an entry (from 1) of a row. */
export interface Address {
  readonly part: "filter" | "head";
  readonly layer?: number;
  readonly row?: number;
  readonly element?: number;
}

const SHORT = /^(?<letter>[VU])(?<number>\d)(?:\[(?<row>\d+)\](?:\[(?<element>\d+)\])?)?$/i;
const LONG =
  /^(?:(?<part>filter|head|readout)\.)?layers\[(?<layer>\d+)\](?:\.(?:name|inputs|relu)|\.rows(?:\[(?<row>\d+)\](?:\[(?<element>\d+)\](?:\[[01]\])?|\.entries\[(?<entry>\d+)\]|\.(?<bias>bias))?)?)?$/;

/** Matrices of a certificate's networks in the paper's names; of the readout, U2 comes before U1. */
const MATRICES = { filter: ["V1", "V2", "V3", "V4", "V5"], head: ["U2", "U1"] } as const;

/**
 * Reads an address and finds it in the networks.
 *
 * @throws {InputError} in one line that names the ranges, if there is nothing at it
 */
export function findAddress(text: string, filter: Network, head: Network): Address {
  const address = parse(text);
  if (address === undefined) {
    throw new InputError(
      `${quoteInput(text)}: expected an address such as V3[0], V3[0][1] or U2[0]: ${ranges(filter, head)}`,
    );
  }
  const { layer, row, element } = address;
  const network = address.part === "filter" ? filter : head;
  if (layer === undefined) return address;
  const matrix = network.layers[layer];
  if (matrix === undefined)
    throw new InputError(`${quoteInput(text)}: there is no such matrix: ${ranges(filter, head)}`);
  if (row === undefined) return address;
  const name = spelled({ part: address.part, layer });
  const found = matrix.rows[row];
  if (found === undefined) {
    throw new InputError(`${quoteInput(text)}: there is no such row: ${range(name, matrix.rows.length)}`);
  }
  if (element !== undefined && element > found.entries.length) {
    const last = found.entries.length;
    const entries = last === 0 ? "and no entries" : `and the entries ${name}[${row}][1 ... ${last}]`;
    throw new InputError(
      `${quoteInput(text)}: there is no such entry: there are the bias ${name}[${row}][0] ${entries}`,
    );
  }
  return address;
}

function parse(text: string): Address | undefined {
  if (/^(?:filter|readout|head)$/.test(text)) return { part: text === "filter" ? "filter" : "head" };
  const short = SHORT.exec(text)?.groups;
  if (short !== undefined) {
    const part = short["letter"]?.toUpperCase() === "V" ? "filter" : "head";
    const layer = (MATRICES[part] as readonly string[]).indexOf(`${short["letter"]?.toUpperCase()}${short["number"]}`);
    // A matrix that no certificate has, such as V6, is looked for and not found.
    return {
      part,
      layer: layer < 0 ? 10 + Number(short["number"]) : layer,
      ...numbers(short["row"], short["element"]),
    };
  }
  const long = LONG.exec(text)?.groups;
  if (long === undefined) return undefined;
  const entry = long["entry"] === undefined ? long["element"] : String(Number(long["entry"]) + 1);
  const element = long["bias"] === undefined ? entry : "0";
  const part = long["part"] === undefined || long["part"] === "filter" ? "filter" : "head";
  return { part, layer: Number(long["layer"]), ...numbers(long["row"], element) };
}

function numbers(row: string | undefined, element: string | undefined): Pick<Address, "row" | "element"> {
  return {
    ...(row === undefined ? {} : { row: Number(row) }),
    ...(element === undefined ? {} : { element: Number(element) }),
  };
}

/** The short spelling: V3[17][4]. */
export function spelled({ part, layer, row, element }: Address): string {
  if (layer === undefined) return part === "filter" ? "filter" : "readout";
  const name = MATRICES[part][layer] ?? `${part}.layers[${layer}]`;
  return `${name}${row === undefined ? "" : `[${row}]`}${element === undefined ? "" : `[${element}]`}`;
}

/** The place in the certificate, as rejections print it. */
export function placeOf({ part, layer, row, element }: Address): string {
  const rows = row === undefined ? "" : `.rows[${row}]`;
  return `${part}${layer === undefined ? "" : `.layers[${layer}]`}${rows}${element === undefined ? "" : `[${element}]`}`;
}

function ranges(filter: Network, head: Network): string {
  const all = [["filter", filter] as const, ["head", head] as const].flatMap(([part, { layers }]) =>
    layers.map(({ rows }, layer) => range(spelled({ part, layer }), rows.length)),
  );
  return `there are ${all.join(", ")}`;
}

function range(name: string, count: number): string {
  if (count === 0) return `${name} without rows`;
  return count === 1 ? `${name}[0]` : `${name}[0 ... ${count - 1}]`;
}
