/** The certificate of a decoder (DECODER.md): its shape, its machine, and the numbers of its decoder as plain rows. */
import {
  agree,
  count,
  decideDigests,
  digest,
  list,
  name,
  oneOf,
  orNull,
  record,
  reject as rejectText,
  string,
  tuple,
  array,
  valueOfText,
  whole,
  type Reject,
  type Shape,
} from "./text.js";

/** Why a certificate is rejected. */
export type DecoderCode =
  | "reading"
  | "source-machine"
  | "normal-form"
  | "label"
  | "network"
  | "decoder-shape"
  | "capacity"
  | "embedding"
  | "start"
  | "classifier"
  | "attention-unsupported"
  | "attention-gap"
  | "binary"
  | "formula"
  | "step"
  | "correction"
  | "margin"
  | "flip"
  | "replay-run"
  | "replay"
  | "counts";

/** Ends the check with one of these codes. */
export const reject: Reject<DecoderCode> = rejectText;

/** The reading that this checker embodies; docs/divergences.md says what each of these means. */
// prettier-ignore
const AMENDMENTS = [
  "position-bits", "first-symbol", "first-step-outside", "extra-step", "initial-output", "long-input", "left-end",
  "halting-loop", "halting-label", "c3-pos1", "affine", "pair-width", "scratch", "i-prime", "c5-null", "c5-case-2",
  "c3-cites", "c7-query", "round-variable", "round-weights", "encoder-uncorrected", "hard-max-min", "precision",
];

type Sparse = readonly (readonly [coordinate: number, value: string])[];

interface AttentionText {
  readonly query: number;
  readonly key: number;
  readonly value: number;
  readonly nullKey: Sparse;
  readonly nullValue: Sparse;
}

/** A run that is replayed. */
export interface Run {
  readonly input: readonly number[];
  readonly passes: number;
  readonly haltsAt: number | null;
  readonly state: number;
  readonly position: number;
  readonly reads: string;
}

/** A certificate as far as this checker reads it. */
export interface Certificate {
  readonly reading: { readonly amendments: readonly string[] };
  readonly source: {
    readonly symbols: readonly string[];
    readonly states: readonly string[];
    readonly start: string;
    readonly halting: readonly string[];
    readonly table: readonly (readonly [
      state: string,
      entries: readonly (readonly [read: string, write: string, move: "left" | "right" | "stay", next: string])[],
    ])[];
  };
  readonly machine: object;
  readonly tape: "two-way" | "one-way";
  readonly passes: number;
  readonly label: { readonly accept: readonly number[]; readonly reject: readonly number[] };
  readonly digests: Readonly<Record<"source" | "machine" | "decoder", string>>;
  readonly verdicts: {
    readonly margin: { readonly bound: string; readonly entry: string; readonly flip: object | null };
    readonly replay: readonly Run[];
  };
  readonly decoder: {
    readonly states: number;
    readonly symbols: number;
    readonly bits: number;
    readonly width: number;
    readonly embedding: readonly Sparse[];
    readonly start: Sparse;
    readonly classifier: Sparse;
    readonly maps: readonly {
      readonly inputs: number;
      readonly rows: readonly (readonly [bias: string, ...entries: (readonly [column: number, weight: string])[]])[];
    }[];
    readonly layers: readonly {
      readonly self: AttentionText | null;
      readonly cross: AttentionText | null;
      readonly feedForward: readonly [number, number, number];
    }[];
  };
  readonly formulas: readonly (readonly (readonly [coordinate: number, formula: string])[])[];
}

const integer = string(/^(?!.{65})(0|-?[1-9][0-9]*)$/);
const weightText = string(/^(0|-?[1-9][0-9]{0,9})$/);
/** Whether it is reduced is decided where it is used. */
const ratio = string(/^(?!.{2101})(0|-?[1-9][0-9]*)(\/[1-9][0-9]*)?$/);
const label = string(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]{1,64}$/u);
const names = list(label, 4098);
const sparse = list(tuple(count, integer), 1_000_000);
const affineMap = record({
  inputs: count,
  rows: list(array([weightText], 1_000_001, tuple(count, weightText)), 1_000_000),
});
const attention = orNull(record({ query: count, key: count, value: count, nullKey: sparse, nullValue: sparse }));
const word = list(count, 65536);

// prettier-ignore
const shapeOfDecoder = record({
  states: count, symbols: count, bits: whole(40, 1), width: count,
  embedding: list(sparse, 256), start: sparse, classifier: sparse,
  maps: list(affineMap, 65536),
  layers: list(record({ self: attention, cross: attention, feedForward: tuple(count, count, count) }), 16384, 1),
});

// prettier-ignore
const certificateShape: Shape<Certificate> = record({
  format: oneOf("weightproof-certificate"), version: oneOf(1), system: oneOf("wei-chen-ma"), statement: oneOf("decoder"),
  reading: record({ name: oneOf("amended"), amendments: list(name, 256) }),
  source: record({
    name: label, symbols: list(label, 256, 1), states: names, start: label, halting: names,
    table: list(tuple(label, list(tuple(label, label, oneOf("left", "right", "stay"), label), 256, 1)), 4096),
  }),
  machine: record({
    states: names, halting: list(count, 4098),
    table: list(list(tuple(count, oneOf(-1, 0, 1), count), 256), 4098),
  }),
  tape: oneOf("two-way", "one-way"),
  passes: whole(2 ** 40, 1),
  label: record({ accept: list(count, 4098), reject: list(count, 4098) }),
  digests: record({ source: digest, machine: digest, decoder: digest }),
  verdicts: record({
    step: record({
      layers: count, attention: record({ any: count, bit: count, last: count, input: count }), longestInput: integer,
    }),
    binary: record({ coordinates: count }),
    correction: record({ layers: count, radius: ratio }),
    norms: record({ alpha: integer, parameters: integer, layers: count, width: count, largestWeight: count }),
    margin: record({
      bound: ratio, entry: ratio,
      flip: orNull(record({
        input: word, passes: count, entries: list(tuple(count, count, count, orNull(count), ratio), 65536),
        squaredNorm: ratio, output: ratio,
      })),
    }),
    exactness: record({
      largestSum: integer,
      formats: list(record({ format: label, exact: oneOf(true, false), ties: integer }), 16),
    }),
    softmax: record({ scale: orNull(count) }),
    replay: list(record({
      input: word, passes: count, haltsAt: orNull(count), state: count,
      position: whole(Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER), reads: digest,
    }), 64),
  }),
  decoder: shapeOfDecoder,
  formulas: list(list(tuple(count, label), 1_000_000), 16384),
});

/** The certificate that a text is, its reading and its digests decided. */
export function readCertificate(json: unknown, text: string): Certificate {
  const certificate = valueOfText(json, text, certificateShape);
  agree("reading", certificate.reading.amendments, AMENDMENTS, "reading.amendments");
  decideDigests(certificate, certificate.digests);
  return certificate;
}

/** What the machine does in a state on a symbol. The state after the last is the one that begins outside. */
export type Entry = readonly [write: number, move: -1 | 0 | 1, next: number];

/** The machine that the decoder follows, the state outside included. */
export interface Machine {
  readonly states: number;
  readonly symbols: number;
  readonly halting: readonly number[];
  /** table[state][symbol], that of the state outside included. */
  readonly table: readonly (readonly Entry[])[];
}

const MOVES = { left: -1, stay: 0, right: 1 } as const;

/** Decides the total form of the source. */
export function readMachine({ source, machine }: Certificate): Machine {
  const { symbols, states, start, halting, table } = source;
  const bad = (path: string, message: string): never => reject("source-machine", path, message);
  const order = (list_: readonly string[], path: string): Map<string, number> => {
    const places = new Map(list_.map((item, i) => [item, i]));
    if (places.size !== list_.length) bad(path, "expected each name once");
    return places;
  };
  const [symbolAt, stateAt] = [order(symbols, "source.symbols"), order(states, "source.states")];
  const halts = order(halting, "source.halting");
  for (const symbol of symbols) if (/\s/.test(symbol)) bad("source.symbols", "expected symbols without blanks");
  for (const state of [start, ...halting]) if (!stateAt.has(state)) bad("source", "expected declared states");
  const entries = new Map<string, readonly (readonly [string, string, keyof typeof MOVES, string])[]>();
  let before = -1;
  for (const [r, [state, row]] of table.entries()) {
    const place = stateAt.get(state) ?? bad(`source.table[${r}]`, "expected a declared state");
    if (place <= before || halts.has(state))
      bad(`source.table[${r}]`, "expected states that do not halt, in their order");
    before = place;
    let last = -1;
    for (const [e, [read, write, , next]] of row.entries()) {
      const at = symbolAt.get(read);
      if (at === undefined || !symbolAt.has(write) || !stateAt.has(next) || at <= last)
        bad(`source.table[${r}][1][${e}]`, "expected declared names, in the order of symbols");
      last = at ?? last;
    }
    entries.set(state, row);
  }
  const working = states.filter((state) => !halts.has(state));
  const isPartial = working.some((state) => (entries.get(state)?.length ?? 0) < symbols.length);
  const entered = new Set([start, ...[...entries.values()].flatMap((row) => row.map(([, , , next]) => next))]);
  const declared = states.find((state) => halts.has(state));
  let sink = declared ?? "halt";
  for (let i = 2; declared === undefined && stateAt.has(sink); i++) sink = `halt-${i}`;
  if (isPartial) entered.add(sink);
  const ends = states.filter((state) => halts.has(state) && entered.has(state));
  if (isPartial && declared === undefined) ends.push(sink);
  const others = [...working, ...ends].filter((state) => state !== start);
  const all = [start, ...others];
  const index = new Map(all.map((state, i) => [state, i]));
  const rows = all.map((state) =>
    symbols.map((symbol, a): Entry => {
      if (ends.includes(state)) return [a, 0, index.get(state) as number];
      const entry = entries.get(state)?.find(([read]) => read === symbol);
      if (entry === undefined) return [a, 0, index.get(sink) as number];
      return [symbolAt.get(entry[1]) as number, MOVES[entry[2]], index.get(entry[3]) as number];
    }),
  );
  const haltingIndices = all.flatMap((state, i) => (ends.includes(state) ? [i] : []));
  agree("normal-form", machine, { states: all, halting: haltingIndices, table: rows }, "machine");
  const outside = symbols.map((_, a): Entry => [a, 1, 0]);
  return { states: all.length + 1, symbols: symbols.length, halting: haltingIndices, table: [...rows, outside] };
}

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
