/**
 * Affine maps with integer weights as JSON: sparse, and with one spelling for each map. A row is one array, ["bias", [column,
 * "weight"], ...]; its numbers are strings, columns are JSON integers. affine.schema.json has the shape; what a schema cannot
 * say (rising columns, no weight 0, columns in range, layers that fit) is decided here.
 */
import type { AffineMap, AffineRow, FeedForward, Layer } from "../../spec/wei-chen-ma/affine.js";

/** What the networks of a certificate of this system may hold at most. */
export const AFFINE_LIMITS: Readonly<Record<"layers" | "width" | "rows" | "entries" | "weight", number>> = {
  /** Layers of a network. */
  layers: 16_384,
  /** Inputs of a map, and its rows. */
  width: 1_000_000,
  /** Rows of all maps of a network together. */
  rows: 4_000_000,
  /** Entries of all maps of a network together. */
  entries: 20_000_000,
  /** Absolute value of a weight or a bias. */
  weight: 2 ** 31 - 1,
};

/** ["bias", [column, "weight"], ...]; columns count from 0 and rise strictly, no weight is "0". */
export type AffineRowJson = readonly [bias: string, ...entries: (readonly [column: number, weight: string])[]];

/** An affine map R^inputs -> R^(rows.length). */
export interface AffineMapJson {
  readonly inputs: number;
  readonly rows: readonly AffineRowJson[];
}

/** An affine map, followed by a ReLU or by nothing. */
export interface AffineLayerJson extends AffineMapJson {
  readonly name: string;
  readonly relu: boolean;
}

/** Layers in the order of application. */
export interface FeedForwardJson {
  readonly layers: readonly AffineLayerJson[];
}

/** Where a document is no affine map, or a map cannot be written; `path` is within the document. */
export class AffineJsonError extends Error {
  readonly path: string;

  /** @param detail what was expected and what was found, without the place */
  constructor(path: string, detail: string) {
    super(detail);
    this.name = "AffineJsonError";
    this.path = path;
  }
}

/** The JSON form of an affine map. @throws {AffineJsonError} if it breaks the promises of its type, or a limit */
export function encodeAffine({ inputs, rows }: AffineMap, path = ""): AffineMapJson {
  const encoded = {
    inputs,
    rows: rows.map(({ bias, entries }): AffineRowJson => [
      String(bias),
      ...entries.map(([column, weight]) => [column, String(weight)] as const),
    ]),
  };
  // What is written must be readable: the one place that decides is the reader.
  decodeAffine(encoded, path);
  return encoded;
}

/** The JSON form of a network. @throws {AffineJsonError} as encodeAffine does */
export function encodeFeedForward({ layers }: FeedForward): FeedForwardJson {
  return {
    layers: layers.map((layer, i) => {
      const { inputs, rows } = encodeAffine(layer, `layers[${i}]`);
      return { name: layer.name, inputs, relu: layer.relu, rows };
    }),
  };
}

/** Counts the rows and entries of all maps of a certificate towards AFFINE_LIMITS. */
export class AffineBudget {
  #rows = 0;
  #entries = 0;

  /** @throws {AffineJsonError} if there are more than the limits allow */
  take(row: AffineRow, path: string): void {
    this.#rows += 1;
    this.#entries += row.entries.length;
    if (this.#rows > AFFINE_LIMITS.rows)
      throw new AffineJsonError(path, `expected at most ${AFFINE_LIMITS.rows} rows in all maps together`);
    if (this.#entries > AFFINE_LIMITS.entries)
      throw new AffineJsonError(path, `expected at most ${AFFINE_LIMITS.entries} entries in all maps together`);
  }
}

/**
 * The affine map that JSON of the schema's shape spells.
 *
 * @param path the place of `json` in a larger document; the paths of errors start with it
 * @param budget shared by the maps of one network
 * @throws {AffineJsonError} at the first condition that fails
 */
export function decodeAffine(
  { inputs, rows }: AffineMapJson,
  path: string,
  budget: AffineBudget = new AffineBudget(),
): AffineMap {
  if (inputs > AFFINE_LIMITS.width)
    throw new AffineJsonError(join(path, "inputs"), `expected at most ${AFFINE_LIMITS.width}, got ${inputs}`);
  if (rows.length > AFFINE_LIMITS.width)
    throw new AffineJsonError(join(path, "rows"), `expected at most ${AFFINE_LIMITS.width} rows, got ${rows.length}`);
  return {
    inputs,
    rows: rows.map((row, r) => {
      const read = readRow(row, inputs, `${join(path, "rows")}[${r}]`);
      budget.take(read, `${join(path, "rows")}[${r}]`);
      return read;
    }),
  };
}

/** The network that JSON of the schema's shape spells. @throws {AffineJsonError} at the first condition that fails */
export function decodeFeedForward({ layers }: FeedForwardJson, path: string): FeedForward {
  const at = join(path, "layers");
  if (layers.length === 0) throw new AffineJsonError(at, "expected at least one layer");
  if (layers.length > AFFINE_LIMITS.layers)
    throw new AffineJsonError(at, `expected at most ${AFFINE_LIMITS.layers} layers, got ${layers.length}`);
  const budget = new AffineBudget();
  return {
    layers: layers.map((layer, i): Layer => {
      const before = layers[i - 1];
      if (before !== undefined && before.rows.length !== layer.inputs) {
        const detail = `expected ${before.rows.length}, the rows of the layer before, got ${layer.inputs}`;
        throw new AffineJsonError(`${at}[${i}].inputs`, detail);
      }
      if (layer.rows.length === 0) throw new AffineJsonError(`${at}[${i}].rows`, "expected at least one row");
      return { name: layer.name, relu: layer.relu, ...decodeAffine(layer, `${at}[${i}]`, budget) };
    }),
  };
}

function readRow([bias, ...entries]: AffineRowJson, inputs: number, path: string): AffineRow {
  let last = -1;
  return {
    bias: readWeight(bias, `${path}[0]`),
    entries: entries.map(([column, weight], e) => {
      const at = `${path}[${e + 1}]`;
      if (column >= inputs)
        throw new AffineJsonError(`${at}[0]`, `expected a column from 0 to ${inputs - 1}, got ${column}`);
      if (column <= last) throw new AffineJsonError(`${at}[0]`, `expected a column above ${last}, got ${column}`);
      last = column;
      const value = readWeight(weight, `${at}[1]`);
      if (value === 0) throw new AffineJsonError(`${at}[1]`, "expected a weight other than 0; leave the entry out");
      return [column, value] as const;
    }),
  };
}

/** The schema has the one spelling of an integer of at most ten digits. */
function readWeight(text: string, path: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || Math.abs(value) > AFFINE_LIMITS.weight)
    throw new AffineJsonError(path, `expected an integer up to ${AFFINE_LIMITS.weight} either way, got ${text}`);
  return value;
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}
