/** The numbers of a decoder's certificate as plain rows, and whether they are a decoder's. */
import type { Machine } from "./wei-chen-ma-decoder-machine.js";
import { reject, type Certificate } from "./wei-chen-ma-decoder-text.js";

/** bias and [column, weight] */
export interface Row {
  readonly bias: number;
  readonly terms: readonly (readonly [column: number, weight: number])[];
}

/** An affine map. */
export interface Map_ {
  readonly inputs: number;
  readonly rows: readonly Row[];
}

/** An attention module. */
export interface Module {
  readonly query: Map_;
  readonly key: Map_;
  readonly value: Map_;
  readonly nullKey: readonly number[];
  readonly nullValue: readonly number[];
}

/** A layer of the decoder. */
export interface Layer {
  /** Absent where all that it could add is 0. */
  readonly self: Module | undefined;
  readonly cross: Module | undefined;
  readonly stated: readonly (Module | null)[];
  readonly maps: readonly [Map_, Map_, Map_];
}

/** A decoder. */
export interface Network {
  readonly bits: number;
  readonly width: number;
  readonly embedding: readonly (readonly number[])[];
  readonly start: readonly number[];
  readonly classifier: readonly number[];
  readonly layers: readonly Layer[];
}

const MOST_WIDTH = 1_000_000;
const MOST_ROWS = 4_000_000;
const MOST_ENTRIES = 20_000_000;
const MOST_WEIGHT = 2 ** 31 - 1;

/** Decides that the numbers are a decoder's: shapes of maps, spelling of rows, maps named once and in order. */
export function readNetwork({ decoder }: Certificate, machine: Machine): Network {
  const bad = (path: string, message: string): never => reject("network", `decoder.${path}`, message);
  const { bits, width, layers, embedding } = decoder;
  if (width > MOST_WIDTH || (embedding.length + 2 * layers.length + 2) * width > MOST_ENTRIES)
    bad("width", "expected fewer coordinates");
  let [rowCount, entryCount] = [0, 0];
  const weight = (text: string, path: string): number => {
    const value = Number(text);
    if (text.length > 11 || Math.abs(value) > MOST_WEIGHT) bad(path, `expected at most ${MOST_WEIGHT}, got ${text}`);
    return value;
  };
  const terms = (given: readonly (readonly [number, string])[], inputs: number, path: string) => {
    let before = -1;
    return given.map(([column, text]) => {
      if (column <= before || column >= inputs || text === "0")
        bad(path, "expected columns that rise, in range, and no 0");
      before = column;
      return [column, weight(text, path)] as const;
    });
  };
  const maps = decoder.maps.map(({ inputs, rows }, i): Map_ => {
    if (inputs > MOST_WIDTH) bad(`maps[${i}].inputs`, "expected fewer inputs");
    const read = rows.map(([bias, ...entries], r): Row => {
      const path = `maps[${i}].rows[${r}]`;
      rowCount += 1;
      entryCount += entries.length;
      if (rowCount > MOST_ROWS || entryCount > MOST_ENTRIES) bad(path, "expected fewer rows and entries");
      return { bias: weight(bias, path), terms: terms(entries, inputs, path) };
    });
    return { inputs, rows: read };
  });
  const texts = new Set(decoder.maps.map((map) => JSON.stringify(map)));
  let named = 0;
  const mapAt = (index: number, path: string): Map_ => {
    if (index > named || index >= maps.length) bad(path, "expected maps to be named in their order");
    if (index === named) named++;
    return maps[index] as Map_;
  };
  const vector = (given: readonly (readonly [number, string])[], length: number, path: string): number[] => {
    const full = Array.from({ length }, () => 0);
    for (const [c, value] of terms(given, length, path)) full[c] = value;
    return full;
  };
  const module = (stated: (typeof layers)[number]["self"], path: string): Module | null => {
    if (stated === null) return null;
    const query = mapAt(stated.query, `${path}.query`);
    return {
      query,
      key: mapAt(stated.key, `${path}.key`),
      value: mapAt(stated.value, `${path}.value`),
      nullKey: vector(stated.nullKey, query.rows.length, `${path}.nullKey`),
      nullValue: vector(stated.nullValue, width, `${path}.nullValue`),
    };
  };
  const read = layers.map(({ self, cross, feedForward }, j): Layer => {
    const path = `layers[${j}]`;
    const stated = [module(self, `${path}.self`), module(cross, `${path}.cross`)] as const;
    const three = feedForward.map((index, k) => mapAt(index, `${path}.feedForward[${k}]`)) as [Map_, Map_, Map_];
    const effective = (one: Module | null): Module | undefined => (one === null || isIdle(one) ? undefined : one);
    return { self: effective(stated[0]), cross: effective(stated[1]), stated, maps: three };
  });
  if (named !== maps.length || texts.size !== maps.length) bad("maps", "expected each map once, and named");
  const vectors = {
    embedding: embedding.map((column, a) => vector(column, width, `embedding[${a}]`)),
    start: vector(decoder.start, width, "start"),
    classifier: vector(decoder.classifier, width, "classifier"),
  };
  const network = { bits, width, ...vectors, layers: read };
  decideShapes(network, machine, decoder.states, decoder.symbols);
  return network;
}

function isIdle({ value, nullValue }: Module): boolean {
  return nullValue.every((v) => v === 0) && value.rows.every(({ bias, terms }) => bias === 0 && terms.length === 0);
}

function decideShapes(network: Network, machine: Machine, states: number, symbols: number): void {
  const bad = (path: string, message: string): never => reject("decoder-shape", `decoder.${path}`, message);
  const { width, bits, embedding, layers } = network;
  if (states !== machine.states || symbols !== machine.symbols)
    bad("states", "expected the machine's, and one more state");
  if (width < states + 2 * symbols + 3 * bits) bad("width", "expected room for all groups");
  if (embedding.length !== symbols) bad("embedding", "expected a column for each symbol");
  for (const [j, { stated, maps }] of layers.entries()) {
    for (const one of stated) {
      if (one === null) continue;
      const d = one.query.rows.length;
      const reads = [one.query, one.key, one.value].every(({ inputs }) => inputs === width);
      if (!reads || one.key.rows.length !== d || one.value.rows.length !== width)
        bad(`layers[${j}]`, "expected query, key and value of matching shapes");
    }
    const widths = [width, ...maps.map(({ rows }) => rows.length)];
    if (maps.some(({ inputs }, k) => inputs !== widths[k]) || widths[3] !== width)
      bad(`layers[${j}].feedForward`, "expected maps that fit each other");
  }
}
