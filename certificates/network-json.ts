/**
 * Networks as JSON: sparse, exact, and with one spelling for each network.
 *
 * A document is {"format", "version", "layers"}; a layer is {"name", "inputs", "relu", "rows"}; a row is one array,
 * ["bias", [column, "weight"], ...], because filters have thousands of rows and an object for each would be mostly
 * keys. Numbers of the network are strings in the one spelling of spec/exact; counts and columns are JSON integers. The
 * shape alone is also written down in schemas/network.schema.json; what a schema cannot say (reduced numbers, rising
 * columns, no zero weight, shapes that fit) is decided here, and this module is the authority.
 */
import { formatRational, parseRational, type Rational } from "../spec/exact/rational.js";
import type { AffineMap, AffineRow, Network } from "../spec/networks/network.js";

/** `format` of a network document. */
export const NETWORK_FORMAT = "weightproof-network";

/** `version` of a network document. */
export const NETWORK_VERSION = 1;

/** Limits on a network document; everything that this project builds stays within them. */
export const NETWORK_LIMITS = {
  layers: 64,
  /** Of a layer's `inputs`, and of its rows. */
  width: 1_000_000,
  /** Of all layers together. */
  rows: 2_000_000,
  /** Of all layers together. */
  entries: 20_000_000,
  /** Characters of a layer's name. */
  name: 64,
} as const;

/** ["bias", [column, "weight"], ...]; columns count from 0 and rise strictly, no weight is "0". */
export type RowJson = readonly [bias: string, ...entries: (readonly [column: number, weight: string])[]];

/** An affine map in a network document; its rows hold bias and weights as strings. */
export interface MapJson {
  readonly name: string;
  readonly inputs: number;
  readonly relu: boolean;
  readonly rows: readonly RowJson[];
}

/** The JSON form of a network, ready for JSON.stringify. */
export interface NetworkJson {
  readonly format: typeof NETWORK_FORMAT;
  readonly version: typeof NETWORK_VERSION;
  readonly layers: readonly MapJson[];
}

/** Why a network breaks the promises of its type; one code for each condition. */
export type NetworkShapeCode =
  | "no-layers"
  | "no-rows"
  | "too-large"
  | "shape-mismatch"
  | "bad-name"
  | "column-out-of-range"
  | "columns-not-rising"
  | "zero-weight";

/** Why a document is not a network; one code for each condition. */
export type NetworkJsonCode =
  | NetworkShapeCode
  | "not-an-object"
  | "not-an-array"
  | "missing-key"
  | "unknown-key"
  | "wrong-format"
  | "wrong-version"
  | "bad-count"
  | "not-a-boolean"
  | "bad-entry"
  | "bad-number";

/** Thrown by decodeNetwork; `path` is where in the document, such as "layers[0].rows[2][1][0]", or "" for all of it. */
export class NetworkJsonError extends Error {
  readonly code: NetworkJsonCode;
  readonly path: string;

  /** @param detail what was expected and what was found, without the place */
  constructor(code: NetworkJsonCode, path: string, detail: string) {
    super(path === "" ? detail : `${path}: ${detail}`);
    this.name = "NetworkJsonError";
    this.code = code;
    this.path = path;
  }
}

/**
 * The JSON form of a network.
 *
 * @throws {NetworkJsonError} if the network breaks the promises of its type (columns that fall, a zero weight, layers
 *   that do not fit each other) or a limit, so that everything encoded can be decoded
 */
export function encodeNetwork(network: Network): NetworkJson {
  assertNetworkShape(network, "");
  return {
    format: NETWORK_FORMAT,
    version: NETWORK_VERSION,
    layers: network.layers.map(({ name, inputs, relu, rows }) => ({
      name,
      inputs,
      relu,
      rows: rows.map(({ bias, entries }): RowJson => [
        formatRational(bias),
        ...entries.map(([column, weight]) => [column, formatRational(weight)] as const),
      ]),
    })),
  };
}

/**
 * The network that a JSON value spells; encodeNetwork of the result is the same JSON value.
 *
 * @param json what JSON.parse returned
 * @param path the place of `json` in a larger document; the paths of errors start with it
 * @throws {NetworkJsonError} at the first condition that fails
 */
export function decodeNetwork(json: unknown, path = ""): Network {
  const document = readObject(json, path, ["format", "version", "layers"]);
  if (document["format"] !== NETWORK_FORMAT) {
    const found = show(document["format"]);
    throw new NetworkJsonError("wrong-format", join(path, "format"), `expected "${NETWORK_FORMAT}", got ${found}`);
  }
  if (document["version"] !== NETWORK_VERSION) {
    const found = show(document["version"]);
    throw new NetworkJsonError("wrong-version", join(path, "version"), `expected ${NETWORK_VERSION}, got ${found}`);
  }
  const at = join(path, "layers");
  // A network repeats few numbers many times: each spelling is read once, and its rational is shared.
  const known = new Map<string, Rational>();
  const layers = readArray(document["layers"], at, NETWORK_LIMITS.layers);
  const network = { layers: layers.map((layer, i) => readLayer(layer, `${at}[${i}]`, known)) };
  assertNetworkShape(network, path);
  return network;
}

function readLayer(json: unknown, path: string, known: Map<string, Rational>): AffineMap {
  const layer = readObject(json, path, ["name", "inputs", "relu", "rows"]);
  const { name, inputs, relu } = layer;
  if (typeof name !== "string") {
    throw new NetworkJsonError("bad-name", `${path}.name`, `expected a string, got ${show(name)}`);
  }
  const width = readCount(inputs, `${path}.inputs`);
  if (typeof relu !== "boolean") {
    throw new NetworkJsonError("not-a-boolean", `${path}.relu`, `expected true or false, got ${show(relu)}`);
  }
  const rows = readArray(layer["rows"], `${path}.rows`, NETWORK_LIMITS.width);
  return { name, inputs: width, relu, rows: rows.map((row, r) => readRow(row, `${path}.rows[${r}]`, known)) };
}

function readRow(json: unknown, path: string, known: Map<string, Rational>): AffineRow {
  const row = readArray(json, path, NETWORK_LIMITS.width + 1);
  const bias = readNumber(row[0], `${path}[0]`, known);
  const entries: [number, Rational][] = [];
  for (let e = 1; e < row.length; e++) {
    const entry = row[e];
    const at = `${path}[${e}]`;
    if (!Array.isArray(entry) || entry.length !== 2) {
      throw new NetworkJsonError("bad-entry", at, `expected [column, "weight"], got ${show(entry)}`);
    }
    const [column, weight] = entry as readonly unknown[];
    entries.push([readCount(column, `${at}[0]`), readNumber(weight, `${at}[1]`, known)]);
  }
  return { bias, entries };
}

function readObject(json: unknown, path: string, keys: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw new NetworkJsonError("not-an-object", path, `expected an object, got ${show(json)}`);
  }
  for (const key of Object.keys(json)) {
    if (!keys.includes(key)) {
      throw new NetworkJsonError("unknown-key", join(path, key), `expected only the keys ${keys.join(", ")}`);
    }
  }
  for (const key of keys) {
    if (!Object.hasOwn(json, key)) {
      throw new NetworkJsonError("missing-key", path, `expected the key "${key}"`);
    }
  }
  return json as Readonly<Record<string, unknown>>;
}

function readArray(json: unknown, path: string, limit: number): readonly unknown[] {
  if (!Array.isArray(json)) throw new NetworkJsonError("not-an-array", path, `expected an array, got ${show(json)}`);
  assertWithin(json.length, limit, path, "elements");
  return json;
}

function readCount(json: unknown, path: string): number {
  if (typeof json !== "number" || !Number.isSafeInteger(json) || json < 0 || Object.is(json, -0)) {
    throw new NetworkJsonError("bad-count", path, `expected an integer from 0 on, got ${show(json)}`);
  }
  return json;
}

function readNumber(json: unknown, path: string, known: Map<string, Rational>): Rational {
  if (typeof json !== "string") {
    throw new NetworkJsonError("bad-number", path, `expected a number in a string, got ${show(json)}`);
  }
  const before = known.get(json);
  if (before !== undefined) return before;
  try {
    const value = parseRational(json);
    known.set(json, value);
    return value;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new NetworkJsonError("bad-number", path, shorten(error.message.replace(/^parseRational: /, "")));
  }
}

/**
 * Asserts what the type Network promises (columns in range and rising, no zero weight, layers that fit) and what the
 * JSON form needs (at least one layer and one row, NETWORK_LIMITS), at one place for both directions and for checkers.
 *
 * @param path the place of the network in a larger document; the paths of errors start with it
 * @throws {NetworkJsonError} with a code of NetworkShapeCode, at the first condition that fails
 */
export function assertNetworkShape(network: Network, path = ""): void {
  const at = join(path, "layers");
  if (network.layers.length === 0) throw new NetworkJsonError("no-layers", at, "expected at least one layer, got none");
  assertWithin(network.layers.length, NETWORK_LIMITS.layers, at, "layers");
  let rows = 0;
  let entries = 0;
  network.layers.forEach((layer, i) => {
    const place = `${at}[${i}]`;
    assertWithin(layer.name.length, NETWORK_LIMITS.name, `${place}.name`, "characters");
    if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(layer.name)) {
      const found = show(layer.name);
      throw new NetworkJsonError("bad-name", `${place}.name`, `expected one line of whole characters, got ${found}`);
    }
    assertWithin(layer.inputs, NETWORK_LIMITS.width, `${place}.inputs`, "inputs");
    const before = network.layers[i - 1];
    if (before !== undefined && before.rows.length !== layer.inputs) {
      const expected = `expected ${before.rows.length}, the rows of the layer before, got ${layer.inputs}`;
      throw new NetworkJsonError("shape-mismatch", `${place}.inputs`, expected);
    }
    if (layer.rows.length === 0) {
      throw new NetworkJsonError("no-rows", `${place}.rows`, "expected at least one row, got none");
    }
    rows += layer.rows.length;
    assertWithin(layer.rows.length, NETWORK_LIMITS.width, `${place}.rows`, "rows");
    assertWithin(rows, NETWORK_LIMITS.rows, `${place}.rows`, "rows in all layers together");
    layer.rows.forEach((row, r) => assertRowShape(row, layer.inputs, `${place}.rows[${r}]`));
    for (const row of layer.rows) entries += row.entries.length;
    assertWithin(entries, NETWORK_LIMITS.entries, `${place}.rows`, "entries in all layers together");
  });
}

function assertRowShape(row: AffineRow, inputs: number, path: string): void {
  let last = -1;
  row.entries.forEach(([column, weight], e) => {
    const place = `${path}[${e + 1}]`;
    if (!Number.isSafeInteger(column) || column < 0 || column >= inputs) {
      const expected = `expected a column from 0 to ${inputs - 1}, got ${column}`;
      throw new NetworkJsonError("column-out-of-range", `${place}[0]`, expected);
    }
    if (column <= last) {
      throw new NetworkJsonError("columns-not-rising", `${place}[0]`, `expected a column above ${last}, got ${column}`);
    }
    if (weight.n === 0n) {
      throw new NetworkJsonError("zero-weight", `${place}[1]`, "expected a weight other than 0; leave the entry out");
    }
    last = column;
  });
}

function assertWithin(count: number, limit: number, path: string, what: string): void {
  if (count > limit) throw new NetworkJsonError("too-large", path, `expected at most ${limit} ${what}, got ${count}`);
}

function join(path: string, key: string): string {
  const step = /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? shorten(key) : show(key);
  return path === "" ? step : `${path}.${step}`;
}

/** A value as an error message may quote it: short, on one line. */
function show(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  return shorten(typeof value === "string" ? JSON.stringify(value) : String(value));
}

function shorten(text: string): string {
  const line = text.slice(0, 121).replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, "?");
  return line.length <= 120 ? line : `${line.slice(0, 117)}...`;
}
