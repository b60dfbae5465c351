/**
 * The second checker: decides a certificate (certificates/FORMAT.md) once more, in one file that shares no code with the
 * first, needs nothing but Node's own modules, and calculates with bigints. It is written from FORMAT.md and sections B.1
 * and B.2 of the paper, and decides in other ways than the first:
 *
 * - f-bar is an automaton that reads the cells of a patch one after the other;
 * - the first layer is summed up along the line: from one cell value to the next, only those units change that have their
 *   kink between the two;
 * - patches are enumerated cell by cell, and partial patches that no later cell can tell apart go on as one, with their
 *   number; the numbers must add up to that of all patches, so none was skipped;
 * - the head is compared in its values at the kinks, not in its slopes between them.
 *
 * Cells are in u-units (u = 2 * 3^K * x) throughout. The nine places of a patch are numbered row by row; the centre is 4.
 */
import { createHash } from "node:crypto";

/** Why a certificate is rejected; FORMAT.md lists the conditions, and the order in which they are decided. */
// prettier-ignore
export type SecondCode =
  | "too-large" | "not-json" | "schema" | "not-canonical" | "reading" | "digest" | "source-machine" | "normal-form"
  | "code" | "network" | "layer-count" | "weight-outside-set" | "shape" | "first-layer-reads-many" | "first-layer-kink"
  | "kink" | "value" | "derivative" | "volume" | "not-closed" | "not-local" | "wrong-step" | "head-shape"
  | "head-too-many-units" | "head-slope" | "head-value" | "replay-run" | "replay-cell" | "counts";

/** What the second checker says. `leftAlone` names what it does not decide: a count of the first checker's own search. */
export type SecondVerdict =
  | { readonly verdict: "accepted"; readonly leftAlone: readonly string[] }
  | { readonly verdict: "rejected"; readonly code: SecondCode; readonly path: string; readonly message: string }
  | { readonly verdict: "undecided"; readonly limit: string; readonly message: string };

/** A text past the first limit is rejected; past the others a certificate is left undecided. */
const MAX_CHARACTERS = 128 * 1024 * 1024;
const MAX_LETTERS = 200_000;
const MAX_WORK = 100_000_000;
const MAX_REPLAY_CELLS = 5_000_000;

/** Thrown to end a check early, with its verdict. */
class Stop {
  readonly verdict: SecondVerdict;
  constructor(verdict: SecondVerdict) {
    this.verdict = verdict;
  }
}

function reject(code: SecondCode, path: string, message: string): never {
  throw new Stop({ verdict: "rejected", code, path, message: onOneLine(message) });
}

function giveUp(limit: string, message: string): never {
  throw new Stop({ verdict: "undecided", limit, message: onOneLine(message) });
}

function onOneLine(message: string): string {
  const line = message.replaceAll(/[\s\p{C}]+/gu, " ");
  return line.length <= 300 ? line : `${line.slice(0, 297)}...`;
}

/**
 * Decides the text of a certificate. A text never makes it throw: should the computer run out of memory or stack, the
 * certificate is left undecided.
 *
 * @throws {TypeError} if the argument is no string
 */
export function checkCertificateAgain(text: string): SecondVerdict {
  if (typeof text !== "string") throw new TypeError(`checkCertificateAgain: expected a string, got ${typeof text}`);
  try {
    decide(text);
    return { verdict: "accepted", leftAlone: ["verdicts.function.leaves"] };
  } catch (thrown) {
    if (thrown instanceof Stop) return thrown.verdict;
    return { verdict: "undecided", limit: "computer", message: onOneLine(String(thrown)) };
  }
}

/** The decisions in their order; each function below either returns or ends the check. */
function decide(text: string): void {
  const certificate = readCertificate(text);
  const { reading, source, machine, alphabet, code, digests, verdicts } = certificate;
  agree("reading", reading.amendments, AMENDMENTS, "reading.amendments");
  for (const part of ["source", "machine", "filter", "head"] as const) {
    const digest = createHash("sha256").update(canonicalText(certificate[part])).digest("hex");
    agree("digest", digests[part], `sha256:${digest}`, `digests.${part}`);
  }
  agree("normal-form", machine, normalForm(source), "machine");
  const cells = cellCode(machine);
  agree("code", code, cells.constants, "code");
  const [filter, head] = [readNetwork(certificate.filter, "filter"), readNetwork(certificate.head, "head")];

  const letters = alphabetOf(cells, alphabet);
  const [quarters, weights] = decideWeights(filter, cells, weightSets(cells, alphabet, letters));
  let work = 0;
  const spend = (amount: number): void => {
    work += amount;
    if (work > MAX_WORK) giveUp("work", `the filter takes more than ${MAX_WORK} sums`);
  };
  const gates = gatesOf(quarters, letters, spend);
  const values = decideFunction(gates, cells, letters, spend);
  const step = decideStep(cells);
  const heads = decideHead(head);
  const replay = decideReplay(gates, cells, verdicts.replay);
  const { leaves } = verdicts.function;
  agree("counts", verdicts, { function: { ...values, leaves }, step, weights, head: heads, replay }, "verdicts");
}

/** Compares JSON data as stated with what was computed, and rejects at the first place where they differ. */
function agree(code: SecondCode, stated: unknown, computed: unknown, path: string): void {
  if (typeof stated === "object" && typeof computed === "object" && computed !== null) {
    const [a, b] = [stated as Record<string, unknown>, computed as Record<string, unknown>];
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)]))
      agree(code, a[key], b[key], Array.isArray(computed) ? `${path}[${key}]` : `${path}.${key}`);
  } else if (stated !== computed) reject(code, path, `stated ${String(stated)}, computed ${String(computed)}`);
}

// ------------------------------------------------------------------------------------------------- text, layout, digests

/**
 * The value of a text that is the one text of its value. How it was read need not be trusted: the text must be what `print`
 * makes of the value, byte for byte. So a repeated key, an escape or a number in another spelling, a key out of order and
 * a trailing blank all end here.
 */
function readCertificate(text: string): Certificate {
  if (text.length > MAX_CHARACTERS) reject("too-large", "", `expected at most ${MAX_CHARACTERS} characters`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    reject("not-json", "", String(error));
  }
  const certificate = certificateShape(json, "");
  const printed = `${print(certificate, 0, 0)}\n`;
  if (printed !== text) {
    const [lines, expected] = [text, printed].map((one) => one.split(/(?<=\n)/)) as [string[], string[]];
    const line = 1 + lines.findIndex((one, i) => one !== expected[i]);
    reject("not-canonical", `line ${line}`, "the text is not the one of its value");
  }
  return certificate;
}

/** The text of a value whose first line begins at an indentation, and whose last one shares its line with `taken` characters. */
function print(value: unknown, indent: number, taken: number): string {
  const flat = JSON.stringify(value);
  const room = 120 - indent - taken;
  if (flat.length <= room) {
    const spaced = flat.replaceAll(/"(?:[^"\\]|\\.)*"|[:,]/g, (token) => (token.length === 1 ? `${token} ` : token));
    if (spaced.length <= room) return spaced;
  }
  const entries = typeof value === "object" ? Object.entries(value ?? {}) : [];
  if (entries.length === 0) return flat;
  const lines = entries.map(([key, inner], i) => {
    const label = Array.isArray(value) ? "" : `${JSON.stringify(key)}: `;
    return label + print(inner, indent + 2, label.length + (i === entries.length - 1 ? 0 : 1));
  });
  const newLine = `\n${" ".repeat(indent)}`;
  return `${flat[0]}${newLine}  ${lines.join(`,${newLine}  `)}${newLine}${flat.at(-1)}`;
}

/** RFC 8785: keys by UTF-16 code units, no white space; strings and integers as JavaScript prints them. */
function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
  if (typeof value !== "object") return JSON.stringify(value);
  const entries = Object.entries(value ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalText(inner)}`).join(",")}}`;
}

// ----------------------------------------------------------------------------------------------------------------- shape

/** Takes JSON data of one shape, or rejects; the keys of objects come out in the order of their shape. */
type Shape<Value> = (json: unknown, path: string) => Value;
type ValueOf<Of> = Of extends Shape<infer Value> ? Value : never;
type ValuesOf<Items> = { [Key in keyof Items]: ValueOf<Items[Key]> };

function shape<Value>(expected: string, fits: (json: unknown) => boolean): Shape<Value> {
  return (json, path) => (fits(json) ? (json as Value) : reject("schema", path, `expected ${expected}`));
}

const count = whole(Number.MAX_SAFE_INTEGER);

function whole(most: number, least = 0): Shape<number> {
  const fits = (json: unknown): boolean => Number.isInteger(json) && Number(json) >= least && Number(json) <= most;
  return shape(`an integer from ${least} to ${most}`, fits);
}

function string(pattern: RegExp): Shape<string> {
  return shape(`a string like ${pattern.source}`, (json) => typeof json === "string" && pattern.test(json));
}

function oneOf<const Value>(...values: readonly Value[]): Shape<Value> {
  return shape(`one of ${values.join(", ")}`, (json) => values.includes(json as Value));
}

/** An array that begins with the given shapes and goes on with `rest`. */
function array<const Items extends readonly Shape<unknown>[], Rest = never>(
  items: Items,
  most: number = items.length,
  rest?: Shape<Rest>,
  least: number = items.length,
): Shape<[...ValuesOf<Items>, ...Rest[]]> {
  return (json, path) => {
    if (!Array.isArray(json) || json.length < least || json.length > most)
      return reject("schema", path, `expected an array of ${least} to ${most} elements`);
    const read = json.map((inner, i) => (items[i] ?? rest)?.(inner, `${path}[${i}]`));
    // What holds no object is passed on as it is: of large networks there is no second copy.
    return (read.every((inner, i) => inner === json[i]) ? json : read) as [...ValuesOf<Items>, ...Rest[]];
  };
}

function list<Item>(item: Shape<Item>, most: number, least = 0): Shape<Item[]> {
  return array([], most, item, least);
}

/** An object with these keys and no others. */
function record<Fields extends Readonly<Record<string, Shape<unknown>>>>(
  fields: Fields,
  optional: readonly string[] = [],
): Shape<ValuesOf<Fields>> {
  return (json, path) => {
    // What is no object has other keys, or none.
    const given = Object(json) as Record<string, unknown>;
    for (const key of Object.keys(given)) if (!Object.hasOwn(fields, key)) reject("schema", path, `unknown key ${key}`);
    const value = Object.entries(fields).flatMap(([key, of]) => {
      if (Object.hasOwn(given, key)) return [[key, of(given[key], `${path}.${key}`)]];
      return optional.includes(key) ? [] : reject("schema", path, `expected the key ${key}`);
    });
    return Object.fromEntries(value) as ValuesOf<Fields>;
  };
}

/** The lines of f-bar. */
// prettier-ignore
const RULES = [
  "msg-1-memorize", "msg-2-spread-memory", "msg-3-start", "msg-4-spread-compute", "msg-5-keep", "tm-1-head-here",
  "tm-2-head-below", "tm-3-head-above", "tm-4-head-right", "tm-5-head-left", "tm-6-keep", "otherwise-keep",
] as const;
type Rule = (typeof RULES)[number];

const natural = string(/^(0|[1-9][0-9]{0,3999})$/);
const numeral = string(/^(?!.{4003})(0|-?[1-9][0-9]*)(\/([2-9]|[1-9][0-9]+))?$/);
const name = string(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]{1,200}$/u);
const names = list(name, 4096);
const note = string(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r]){0,4000}$/u);
const symbol = oneOf(-1, 0, 1);
const move = oneOf("up", "down", "left", "right", "stay");
const digest = string(/^sha256:[0-9a-f]{64}$/);
const entry = array([symbol, move, count]);
const sourceRow = array([name, list(array([symbol, symbol, move, name]), 3, 1)]);
const row = array([numeral], 1_000_001, array([count, numeral]));
const layer = record({
  name: string(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]{0,64}$/u),
  inputs: whole(1_000_000),
  relu: oneOf(true, false),
  rows: list(row, 1_000_000, 1),
});
const network = record({ format: oneOf("weightproof-network"), version: oneOf(1), layers: list(layer, 64, 1) });
const sourceFields = { states: names, start: name, halting: names, table: list(sourceRow, 4096) };
// prettier-ignore
const certificateShape = record({
  format: oneOf("weightproof-certificate"), version: oneOf(1), system: oneOf("rcnn"), statement: oneOf("filter"),
  reading: record({ name: oneOf("amended"), amendments: list(name, 256) }),
  source: record({ name, about: note, source: note, ...sourceFields }, ["about", "source"]),
  machine: record({ name, states: names, halting: list(count, 4096), table: list(array([entry, entry, entry]), 4096, 1) }),
  alphabet: oneOf("well-formed", "full"),
  code: record({ states: whole(4096, 1), stateDigits: count, lastIndex: count, scale: natural }),
  digests: record({ source: digest, machine: digest, filter: digest, head: digest }),
  verdicts: record({
    function: record({
      patches: natural, leaves: count,
      rules: record(Object.fromEntries(RULES.map((rule) => [rule, natural])) as Record<Rule, Shape<string>>),
    }),
    step: record({ closedPatches: natural, cases: count }),
    weights: record({
      setSize: count, distinct: count, nonzero: count, widths: list(count, 64), widthBound: count,
      withinWidthBound: oneOf(true, false),
    }),
    head: record({ units: count, kinks: count, intervals: count }),
    replay: list(record({
      rows: count, columns: count, headRow: count, headColumn: count, layers: count, cells: count,
      haltsAtLayer: (json, path) => (json === null ? null : count(json, path)),
      tape: list(string(/^[-.+]*$/), 100_000),
    }), 64),
  }),
  filter: network, head: network,
});
type Certificate = ValueOf<typeof certificateShape>;

// --------------------------------------------------------------------------------------------------- machine, networks

/** The reading that this file embodies; docs/divergences.md says what each of these means. */
// prettier-ignore
const AMENDMENTS = [
  "digit-zero", "state-digits", "power-of-two", "state-code", "state-scale", "head-cell", "padding-has-no-digits",
  "start-corner", "border-stays", "head-right-state", "head-left-state", "halting-fixed-point", "head-continuous",
  "head-blank-cell",
];

/** In the order of a table: blank, +1, -1. */
const SYMBOLS = [0, 1, -1] as const;
/** [write, move, next state] */
type Entry = ValueOf<typeof entry>;
type Machine = Certificate["machine"];

/** B.1.2: a first state that does nothing, then the working states, then the halting states that are entered. */
function normalForm({ name: title, states, start, halting, table }: Certificate["source"]): Machine {
  const fail = (message: string): never => reject("source-machine", "source", message);
  const known = new Set(states);
  const halts = new Set(halting);
  if (known.size < states.length) fail("a state is listed twice");
  const nexts = table.flatMap(([, entries]) => entries.map(([, , , next]) => next));
  for (const state of [start, ...halting, ...nexts]) if (!known.has(state)) fail(`${state} is not a state`);
  const rises = (ranks: number[]): boolean => ranks.every((rank, i) => rank > (ranks[i - 1] ?? -1));
  if (!rises(table.map(([state]) => states.indexOf(state)))) fail("the rows are not in the order of the states");
  for (const [state, entries] of table) {
    if (halts.has(state)) fail(`the halting state ${state} has entries`);
    if (!rises(entries.map(([read]) => SYMBOLS.indexOf(read)))) fail(`the row of ${state} is not in order`);
  }

  const fresh = (wish: string, taken: ReadonlySet<string>): string => {
    let found = wish;
    for (let n = 2; taken.has(found); n++) found = `${wish}-${n}`;
    return found;
  };
  const rows = new Map(table.map(([state, entries]) => [state, new Map(entries.map((one) => [one[0], one]))]));
  const working = states.filter((state) => !halts.has(state));
  const isPartial = working.some((state) => rows.get(state)?.size !== 3);
  const declared = states.filter((state) => halts.has(state));
  const sink = declared[0] ?? fresh("halt", known);
  const entered = new Set([start, ...nexts, ...(isPartial ? [sink] : [])]);
  const final = (declared.length === 0 ? [sink] : declared).filter((state) => entered.has(state));
  const all = [fresh("first", new Set([...states, ...final])), ...working, ...final];
  const index = new Map(all.map((state, q) => [state, q]));
  const entryOf = (state: string, read: Entry[0], otherwise: string): Entry => {
    const found = rows.get(state)?.get(read);
    return found === undefined
      ? [read, "stay", index.get(otherwise) as number]
      : [found[1], found[2], index.get(found[3]) as number];
  };
  // Neither the first state nor a halting one has a row in the source: they keep the symbol and stay.
  const goal = (state: string, q: number): string => (q === 0 ? start : q > working.length ? state : sink);
  const normal = all.map(
    (state, q) => SYMBOLS.map((read) => entryOf(state, read, goal(state, q))) as [Entry, Entry, Entry],
  );
  return { name: title, states: all, halting: final.map((state) => index.get(state) as number), table: normal };
}

/** n / d with d > 0. */
type Ratio = readonly [n: bigint, d: bigint];

/** An affine map and its ReLU; a row is bias + sum of weight * input[column]. */
interface Layer<Numeral> {
  readonly inputs: number;
  readonly relu: boolean;
  readonly rows: readonly { readonly bias: Numeral; readonly entries: readonly (readonly [number, Numeral])[] }[];
}

/** The numbers of a network; decides of its spelling and shape what the schema leaves open. */
function readNetwork({ layers }: Certificate["filter"], part: string): Layer<Ratio>[] {
  /** The number that a numeral spells, if it is reduced. */
  const ratioOf = remember((text: string): Ratio | undefined => {
    const [n = 0n, d = 1n] = text.split("/").map(BigInt);
    let [a, b] = [n < 0n ? -n : n, d];
    while (b !== 0n) [a, b] = [b, a % b];
    return a === 1n ? [n, d] : undefined;
  });
  const numberAt = (text: string, path: string): Ratio =>
    ratioOf(text) ?? reject("network", path, `${text} is not reduced`);
  let rowCount = 0;
  return layers.map(({ name: title, inputs, relu, rows }, l) => {
    const path = `${part}.layers[${l}]`;
    if (title.length > 64) reject("network", `${path}.name`, "expected at most 64 UTF-16 code units");
    const before = layers[l - 1]?.rows.length ?? inputs;
    if (before !== inputs) reject("network", `${path}.inputs`, `expected ${before}, got ${inputs}`);
    const numbers = rows.map(([bias, ...pairs], r) => {
      const entries = pairs.map(([column, weight], e): readonly [number, Ratio] => {
        const place = `${path}.rows[${r}][${e + 1}]`;
        if (column >= inputs || column <= (pairs[e - 1]?.[0] ?? -1)) reject("network", place, `column ${column}`);
        if (weight === "0") reject("network", place, "the weight is 0");
        return [column, numberAt(weight, place)];
      });
      return { bias: numberAt(bias, `${path}.rows[${r}][0]`), entries };
    });
    rowCount += rows.length;
    // The limit of 20,000,000 entries needs no look: an entry takes ten characters of at most 128 Mi.
    if (rowCount > 2_000_000) reject("network", path, "too many rows");
    return { inputs, relu, rows: numbers };
  });
}

// ------------------------------------------------------------------------------------------------------- cells and f-bar

/** The code of a machine's cells (B.1.1). */
interface Cells {
  readonly machine: Machine;
  readonly constants: Certificate["code"];
  /** unit(i) = 2 * 3^(K-i): what digit i is worth. */
  readonly unit: (index: number) => bigint;
  /** What a head in state q adds to a cell: digit 3, and the digits of q in binary from index 4 on. */
  readonly head: (q: number) => bigint;
}

function cellCode(machine: Machine): Cells {
  const states = machine.states.length;
  let stateDigits = 0;
  while (2 ** stateDigits < states) stateDigits++;
  const lastIndex = 3 + stateDigits;
  const unit = (index: number): bigint => 2n * 3n ** BigInt(lastIndex - index);
  const bits = (q: number): bigint[] => binary(q, stateDigits).map((bit, i) => BigInt(bit) * unit(4 + i));
  const head = (q: number): bigint => bits(q).reduce((sum, bit) => sum + bit, unit(3));
  return { machine, constants: { states, stateDigits, lastIndex, scale: String(unit(0)) }, unit, head };
}

/** The digits of q in binary, most significant first. */
function binary(q: number, width: number): number[] {
  return Array.from({ length: width }, (_, i) => (q >> (width - 1 - i)) & 1);
}

/** A cell value with what it means. */
interface Letter {
  readonly u: bigint;
  /** Digits 0 to 2; undefined for p, which has none (amendment padding-has-no-digits). */
  readonly digits: readonly number[] | undefined;
  /** The state of a head that is here, and the symbol that it writes. */
  readonly state: number | undefined;
  readonly write: number | undefined;
  /** What f-bar can see of the letter where it is a neighbour, and a text that is equal for equal sights. */
  readonly sight: Sight;
  readonly key: string;
}

interface Sight {
  readonly isPadding: boolean;
  readonly isOne: boolean;
  /** Digit 1 is not 0, or is not there. */
  readonly isSet: boolean;
  /** Digit 2. */
  readonly phase: number | undefined;
  /** Where a head that is here goes: the place seen from here, and the next state. */
  readonly to: number | undefined;
  readonly next: number | undefined;
}

const [CENTRE, ABOVE, BELOW, LEFT, RIGHT] = [4, 1, 7, 3, 5] as const;
/** The place of a patch to which a move leads from the centre; from place i, the move to 8 - i leads to the centre. */
const PLACE_OF: Readonly<Record<Entry[1], number>> = { up: ABOVE, down: BELOW, left: LEFT, right: RIGHT, stay: CENTRE };
/** Row and column of a place, the centre being (0, 0). */
const offset = (place: number): readonly [row: number, column: number] => [Math.floor(place / 3) - 1, (place % 3) - 1];

/** The letter of a string of K + 1 digits, or p = 1/6 for none. */
function letterOf({ machine, unit, constants }: Cells, digits?: readonly number[]): Letter {
  const [flag, written, phase, head, ...bits] = digits ?? [];
  const u = digits?.reduce((sum, digit, i) => sum + BigInt(digit) * unit(i), 0n) ?? unit(1) / 2n;
  // Amendment head-cell: anything else with a 1 at index 3 has no head.
  const q = bits.includes(-1) ? Infinity : bits.reduce((sum, bit) => 2 * sum + bit, 0);
  const carries = phase === 1 && head === 1 && (flag === 0 || (flag === 1 && written === 0)) && q < constants.states;
  const [write, direction, next] = carries ? entryAt(machine, q, written as Entry[0]) : [];
  const to = direction && PLACE_OF[direction];
  const sight: Sight = { isPadding: digits === undefined, isOne: u === unit(0), isSet: written !== 0, phase, to, next };
  return { u, digits: digits?.slice(0, 3), state: carries ? q : undefined, write, sight, key: textOf(sight) };
}

function entryAt({ table }: Machine, q: number, read: Entry[0]): Entry {
  return table[q]?.[SYMBOLS.indexOf(read)] as Entry;
}

/** A text that is equal for records with equal fields. */
function textOf(fields: object): string {
  return Object.values(fields).join();
}

/** The 9 + 4 s well-formed letters: not in the compute phase; in it, without head; in it, with one. */
function wellFormed(cells: Cells): { readonly silent: Letter[]; readonly plain: Letter[]; readonly heads: Letter[] } {
  const { states, stateDigits } = cells.constants;
  /** Digits 0 and 1 of a data cell with -1, blank or 1, and of a cell of a padding column. */
  const faces = [[0, -1], [0, 0], [0, 1], [1, 0]]; // prettier-ignore
  const letters = (list_: number[][]): Letter[] =>
    list_.map((digits) => letterOf(cells, [...digits, ...binary(0, 4 + stateDigits - digits.length)]));
  return {
    silent: letters([...faces, [0, 0, -1]]),
    plain: letters(faces.map((face) => [...face, 1])),
    heads: letters(
      faces.flatMap((face) => Array.from({ length: states }, (_, q) => [...face, 1, 1, ...binary(q, stateDigits)])),
    ),
  };
}

/** The letters of the centre and of a neighbour, rising. */
interface Letters {
  readonly centre: readonly Letter[];
  readonly neighbour: readonly Letter[];
}

function alphabetOf(cells: Cells, alphabet: Certificate["alphabet"]): Letters {
  const width = cells.constants.lastIndex + 1;
  const rising = (letters: Letter[]): Letter[] => letters.sort((a, b) => (a.u < b.u ? -1 : 1));
  if (alphabet === "well-formed") {
    const centre = rising(Object.values(wellFormed(cells)).flat());
    return { centre, neighbour: rising([...centre, letterOf(cells)]) };
  }
  const size = 3 ** width;
  if (size > MAX_LETTERS)
    giveUp("letters", `the alphabet has ${size} digit strings; at most ${MAX_LETTERS} are listed`);
  const strings = Array.from({ length: size }, (_, n) => Array.from(n.toString(3).padStart(width, "0")));
  const all = strings.map((digits) => letterOf(cells, digits.map((digit) => Number(digit) - 1))); // prettier-ignore
  const centre = rising([...all, letterOf(cells)]);
  return { centre, neighbour: centre };
}

/** What a line of f-bar gives: base + phase / 9 + what a head brings; its derivative by the centre is slope. */
interface Outcome {
  readonly rule: Rule;
  readonly base: "centre" | "written" | "nothing";
  readonly phase: -1 | 0 | 1;
  /** Its state; "own": the next state of the head at the centre. */
  readonly head: number | "own" | "none";
  readonly slope: 0 | 1;
}

function valueOf({ unit, head: headOf }: Cells, { base, phase, head }: Outcome, { u, write, sight }: Letter): bigint {
  const from = { centre: u, written: BigInt(write ?? 0) * unit(1), nothing: 0n }[base];
  return from + BigInt(phase) * unit(2) + (head === "none" ? 0n : headOf(head === "own" ? (sight.next ?? 0) : head));
}

/** What is known of f-bar after some cells of a patch: its outcome, or how to go on. Equal knowledge has equal keys. */
interface Aim {
  readonly key: string;
  readonly outcome?: Outcome;
  readonly after: (place: number, seen: Sight) => Aim;
}

/** The neighbours that f-bar reads, in an order in which its lines can be decided one after the other. */
const NEIGHBOURS: readonly number[] = [BELOW, ABOVE, RIGHT, LEFT];
const ARRIVALS: readonly Rule[] = ["tm-2-head-below", "tm-3-head-above", "tm-4-head-right", "tm-5-head-left"];

function settled(rule: Rule, base: Outcome["base"], part: Partial<Outcome> = {}): Aim {
  const outcome: Outcome = { rule, base, phase: 0, head: "none", slope: 0, ...part };
  const aim: Aim = { key: textOf(outcome), outcome, after: () => aim };
  return aim;
}

/** f-bar_Conv2D after its centre. */
function aimAt({ u, sight }: Letter): Aim {
  if (sight.phase === 0)
    return message({ zero: u === 0n, set: sight.isSet, memory: false, corner: false, compute: false });
  if (sight.phase !== 1) return settled("otherwise-keep", "centre", { slope: sight.phase === -1 ? 1 : 0 });
  if (sight.to === undefined) return FREE;
  return sight.to === CENTRE ? settled("tm-1-head-here", "written", { phase: 1, head: "own" }) : leaving(sight.to);
}

/** f-bar_TM, a head at the centre that moves; where it would leave the grid, it stays (amendment border-stays). */
function leaving(to: number): Aim {
  const head = ({ isPadding }: Sight): "own" | "none" => (isPadding ? "own" : "none");
  const aim: Aim = {
    key: String(to),
    after: (place, seen) => (place === to ? settled("tm-1-head-here", "written", { phase: 1, head: head(seen) }) : aim),
  };
  return aim;
}

/** f-bar_TM, no head so far. */
const FREE: Aim = {
  key: "free",
  after: (place, { to, next }) => {
    if (to === undefined) return place === LEFT ? settled("tm-6-keep", "centre") : FREE;
    const head = to === 8 - place ? (next ?? 0) : "none";
    return settled(ARRIVALS[NEIGHBOURS.indexOf(place)] as Rule, "centre", { head });
  },
};

/** f-bar_msg: whether the centre is 0 or has a symbol, and what the neighbours showed so far. */
function message(so: Readonly<Record<"zero" | "set" | "memory" | "corner" | "compute", boolean>>): Aim {
  const after = (place: number, seen: Sight): Aim => {
    const memory = so.memory || seen.phase === -1;
    const corner = so.corner || (place === BELOW && so.set && seen.isPadding);
    const compute = so.compute || seen.phase === 1;
    if (place === ABOVE && so.zero && seen.isSet) return settled("msg-1-memorize", "nothing", { phase: -1, slope: 1 });
    if (place === ABOVE && memory) return settled("msg-2-spread-memory", "nothing", { phase: -1 });
    if (place === RIGHT && corner && seen.isOne) return settled("msg-3-start", "centre", { phase: 1, head: 0 });
    if (place !== LEFT) return message({ ...so, memory, corner, compute });
    return compute ? settled("msg-4-spread-compute", "centre", { phase: 1 }) : settled("msg-5-keep", "centre");
  };
  return { key: textOf(so), after };
}

/** The outcomes of f-bar after its centre, where a neighbour shows one of some sights; with the number of ways to each. */
function outcomesFrom(start: Aim, at: (place: number) => Tally<Sight>): Tally<Outcome> {
  let aims: Tally<Aim> = [[start, 1n]];
  for (const place of NEIGHBOURS) {
    const next = aims.flatMap(([aim, ways]) =>
      at(place).map(([sight, n]): [Aim, bigint] => [aim.after(place, sight), ways * n]),
    );
    aims = tally(next.map(([aim, ways]) => [aim.key, aim, ways]));
  }
  return aims.map(([{ outcome }, ways]) => [outcome as Outcome, ways]);
}

/** Things that differ, each with its number. */
type Tally<Thing> = [thing: Thing, size: bigint][];

/** Adds up the numbers of things with the same key. */
function tally<Thing>(things: Iterable<readonly [key: string, thing: Thing, size: bigint]>): Tally<Thing> {
  const sums = new Map<string, [Thing, bigint]>();
  for (const [key, thing, size] of things) {
    const sum = sums.get(key);
    if (sum === undefined) sums.set(key, [thing, size]);
    else sum[1] += size;
  }
  return [...sums.values()];
}

function sightsOf(letters: readonly Letter[]): Tally<Sight> {
  return tally(letters.map(({ key, sight }) => [key, sight, 1n]));
}

// --------------------------------------------------------------------------------------------------------------- weights

/** Every number of layer i is in part i of U_s, as FORMAT.md has it. Gives the numbers times 4: all of U_s are integers then. */
function decideWeights(
  filter: readonly Layer<Ratio>[],
  cells: Cells,
  parts: readonly ReadonlySet<bigint>[],
): [Layer<bigint>[], Certificate["verdicts"]["weights"]] {
  if (filter.length !== parts.length) reject("layer-count", "layers", `expected ${parts.length} layers`);
  const distinct = new Set([0n]);
  let nonzero = 0;
  const quarters = filter.map((layer_, l) => {
    const quarter = ([n, d]: Ratio, r: number, k: number): bigint => {
      const four = (4n * n) / d;
      if (four * d !== 4n * n || parts[l]?.has(four) !== true)
        reject("weight-outside-set", `layers[${l}].rows[${r}][${k}]`, `${n}/${d} is not in U_s`);
      distinct.add(four);
      if (n !== 0n) nonzero++;
      return four;
    };
    const rows = layer_.rows.map(({ bias, entries }, r) => ({
      bias: quarter(bias, r, 0),
      entries: entries.map(([column, weight], e) => [column, quarter(weight, r, e + 1)] as const),
    }));
    return { ...layer_, rows };
  });
  const widths = filter.map(({ rows }) => rows.length);
  const widthBound = 100 * cells.constants.states;
  const withinWidthBound = widths.every((width) => width <= widthBound);
  const setSize = new Set(parts.flatMap((part) => [...part])).size;
  return [quarters, { setSize, distinct: distinct.size, nonzero, widths, widthBound, withinWidthBound }];
}

/** The five parts of U_s, each number times 4. */
function weightSets({ constants, unit, head }: Cells, alphabet: string, { neighbour }: Letters): Set<bigint>[] {
  /** 4 x + offset, for all x and offsets. */
  const four = (xs: readonly bigint[], ...offsets: bigint[]): bigint[] =>
    xs.flatMap((x) => offsets.map((by) => 4n * x + by));
  const signs = (xs: readonly bigint[]): bigint[] => xs.flatMap((x) => [x, -x]);
  const minus = (xs: readonly bigint[]): bigint[] => xs.map((x) => -x);
  const upTo = (n: bigint): bigint[] => Array.from({ length: Number(n) }, (_, j) => BigInt(j));
  const [one, third, phase, lift, bar] = [unit(0), unit(1), unit(2), 2n * unit(0), 4n * unit(0)];
  const heads = upTo(BigInt(constants.states)).map((q) => head(Number(q)));
  const symbols = [-third, 0n, third];

  const kind = ({ digits, state, u }: Letter): string => `${digits};${state};${u === 0n || u === one}`;
  // In the well-formed alphabet each letter is of another kind than the next, so all of them are ends.
  const isEnd = (letter: Letter, i: number): boolean =>
    neighbour[i + 1] === undefined || kind(letter) !== kind(neighbour[i + 1] as Letter);
  const ends = neighbour.filter(isEnd).map(({ u }) => u);
  const faces = symbols.flatMap((x) => [0n, ...heads].map((h) => x + phase + h));
  const kept = [...faces, one + phase, 0n, -phase, third / 2n].map((x) => x + lift);
  const shown = [...symbols, one].map((x) => x + phase);
  const v1 = [...four([1n, lift], 0n), ...four(minus(ends), -1n, -2n), ...four([-(neighbour[0] as Letter).u], 1n, 2n)];
  v1.push(...four([0n, phase], -2n, -1n, 1n, 2n));
  const v2 = four([4n, -4n, 3n, -2n, -6n, 5n], 0n);
  const v3 = [...four(upTo(33n).map((n) => n - 16n), -1n, 0n, 1n, 2n), ...four(kept, 0n, 2n, -4n)]; // prettier-ignore
  v3.push(...four([...signs(shown), ...heads], 2n), ...signs([...four([bar, phase, lift], 0n), ...four([bar], 2n)]));
  const v4 = four([...signs([1n, 2n, 2n * phase]), 2n * head(0), -lift], 0n);
  if (alphabet === "full") {
    const values = 3n ** BigInt(constants.lastIndex + 1);
    const size = 3n ** (BigInt(constants.lastIndex + 1) / 2n);
    const first = 1n - values;
    const cliffs = upTo(values / size - 1n).map((j) => first + 2n * ((j + 1n) * size - 1n));
    const turns = upTo(size - 1n).map((j) => first + 2n * j);
    v1.push(...four([1n - first], 0n), ...four(minus(cliffs), -2n, -6n));
    v2.push(...four([1n, -lift, first - 1n, ...signs([2n * size])], 0n));
    v3.push(...four([-first], 4n, 2n), ...four(minus(turns), -2n, -6n));
  }
  return [v1, v2, v3, v4, [4n]].map((part) => new Set([0n, ...part]));
}

// --------------------------------------------------------------------------------------------- the filter against f-bar

/** A first-layer unit relu(weight x + bias), times 4, and what its value adds to gates, times 16. */
interface Unit {
  readonly weight: bigint;
  readonly bias: bigint;
  readonly pull: ReadonlyMap<number, bigint>;
}

/** The filter with V2 and V3 joined, and V4 and V5; a gate is a ReLU after V3. */
interface Gates {
  /** Pre-activations, times 64, without what the nine cells add; and the units that read each of these. */
  readonly constant: readonly bigint[];
  readonly units: readonly (readonly Unit[])[];
  /** The output, times 1024, is bias + sum of weight * relu(pre-activation times 64). */
  readonly weight: readonly bigint[];
  readonly bias: bigint;
}

/** Counts sums towards a limit of work. */
type Spend = (amount: number) => void;

function gatesOf(filter: readonly Layer<bigint>[], { centre, neighbour }: Letters, spend: Spend): Gates {
  const [v1, v2, v3, v4, v5] = filter as [Layer<bigint>, Layer<bigint>, Layer<bigint>, Layer<bigint>, Layer<bigint>];
  if (v1.inputs !== 9) reject("shape", "layers[0].inputs", `expected nine inputs, got ${v1.inputs}`);
  for (const [l, { relu }] of filter.entries())
    if (relu !== (l === 0 || l === 2)) reject("shape", `layers[${l}].relu`, `expected ${!relu}`);
  if (v5.rows.length !== 1) reject("shape", "layers[4].rows", `expected one output, got ${v5.rows.length}`);
  const many = v1.rows.findIndex(({ entries }) => entries.length > 1);
  if (many >= 0) reject("first-layer-reads-many", `layers[0].rows[${many}]`, "expected a unit that reads one cell");
  const values = [neighbour, centre].map((letters) => new Set(letters.map(({ u }) => u)));
  for (const [r, { bias, entries }] of v1.rows.entries()) {
    for (const [place, weight] of entries)
      if (bias % weight === 0n && values[place === CENTRE ? 1 : 0]?.has(-bias / weight) === true)
        reject("first-layer-kink", `layers[0].rows[${r}]`, `the unit has its kink at the cell value ${-bias / weight}`);
  }

  const add = (sums: Map<number, bigint>, index: number, by: bigint): unknown =>
    sums.set(index, (sums.get(index) ?? 0n) + by);
  const constant = new Map(v3.rows.map(({ bias }, gate) => [gate, 16n * bias]));
  const readers = v2.rows.map((): (readonly [gate: number, weight: bigint])[] => []);
  for (const [gate, { entries }] of v3.rows.entries()) {
    for (const [r, weight] of entries) {
      readers[r]?.push([gate, weight]);
      add(constant, gate, 4n * weight * (v2.rows[r]?.bias ?? 0n));
    }
  }
  const pulls = v1.rows.map(() => new Map<number, bigint>());
  for (const [r, { entries }] of v2.rows.entries()) {
    spend(entries.length * (readers[r]?.length ?? 0));
    for (const [unit, inner] of entries) {
      for (const [gate, outer] of readers[r] ?? []) add(pulls[unit] as Map<number, bigint>, gate, outer * inner);
    }
  }
  const units = Array.from({ length: 9 }, (): Unit[] => []);
  for (const [r, { bias, entries }] of v1.rows.entries()) {
    const pull = pulls[r] as Map<number, bigint>;
    for (const [place, weight] of entries) units[place]?.push({ weight, bias, pull });
    if (entries.length === 0 && bias > 0n) for (const [gate, by] of pull) add(constant, gate, by * bias);
  }

  const output = v5.rows[0] as (typeof v5.rows)[number];
  const weights = new Map(v3.rows.map((_, gate) => [gate, 0n]));
  let bias = 256n * output.bias;
  for (const [r, outer] of output.entries) {
    bias += 64n * outer * (v4.rows[r]?.bias ?? 0n);
    for (const [gate, inner] of v4.rows[r]?.entries ?? []) add(weights, gate, outer * inner);
  }
  return { constant: [...constant.values()], units, weight: [...weights.values()], bias };
}

/** What a cell adds to a number, and the derivative of that by the cell. */
type Pull = readonly [value: bigint, slope: bigint];
const NO_PULL: Pull = [0n, 0n];

/** What each letter at a place adds to each gate. From letter to letter only the units change that have their kink between. */
function* along(
  units: readonly Unit[],
  letters: readonly Letter[],
  spend: Spend,
): Generator<[Letter, Map<number, Pull>]> {
  const changes = letters.map((): [sign: bigint, unit: Unit][] => []);
  for (const unit of units) {
    const { weight, bias } = unit;
    const isUp = weight > 0n;
    let [low, high] = [0, letters.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (weight * (letters[middle] as Letter).u + bias > 0n === isUp) high = middle;
      else low = middle + 1;
    }
    if (!isUp) changes[0]?.push([1n, unit]);
    changes[low]?.push([isUp ? 1n : -1n, unit]);
  }
  const lines = new Map<number, { level: bigint; slope: bigint }>();
  for (const [i, letter] of letters.entries()) {
    for (const [sign, { weight, bias, pull }] of changes[i] ?? []) {
      for (const [gate, by] of pull) {
        const { level, slope } = lines.get(gate) ?? { level: 0n, slope: 0n };
        lines.set(gate, { level: level + sign * by * bias, slope: slope + sign * by * weight });
      }
    }
    const pulls = new Map<number, Pull>();
    spend(1 + lines.size);
    for (const [gate, { level, slope }] of lines) {
      if (level === 0n && slope === 0n) lines.delete(gate);
      else pulls.set(gate, [slope * letter.u + level, slope]);
    }
    yield [letter, pulls];
  }
}

/** A number and its derivatives by the nine cells, as far as the cells of a partial patch go. */
type Jet = readonly bigint[];

function plus(jet: Jet, place: number, [value, slope]: Pull): bigint[] {
  const sum = [...jet];
  sum[0] = (jet[0] as bigint) + value;
  sum[1 + place] = (jet[1 + place] as bigint) + slope;
  return sum;
}

/** Partial patches that no later cell can tell apart. */
interface Path {
  readonly aim: Aim;
  /** Gates that may still be on or off, and their pre-activations so far. */
  readonly open: readonly number[];
  readonly sums: readonly Jet[];
  /** Gates that are on, whatever follows; and what all of these have put out so far. */
  readonly on: readonly number[];
  readonly output: Jet;
  /** One of the partial patches. */
  readonly sample: readonly Letter[];
}

/** What later cells can add to a gate, at least and at most; and whether they do anything to it. */
interface Rest {
  readonly least: bigint;
  readonly most: bigint;
  readonly moves: boolean;
}

/** What a next cell does to a path. */
interface Step {
  readonly aim: Aim;
  readonly pulls: readonly Pull[];
  readonly output: Pull;
  readonly letter: Letter;
}

/** At every patch of the alphabet, value and derivatives of the filter are those of f-bar, and no gate is at its kink. */
function decideFunction(gates: Gates, cells: Cells, { centre, neighbour }: Letters, spend: Spend): object {
  const { constant, units, weight, bias } = gates;
  const order = [...NEIGHBOURS, 0, 2, 6, 8];
  /** Of each place, the letters that neither the filter nor f-bar tells apart. */
  const kinds = order.map((place) => {
    const pulled = function* (): Generator<[string, { letter: Letter; pulls: Map<number, Pull> }, bigint]> {
      for (const [letter, pulls] of along(units[place] as Unit[], neighbour, spend)) {
        const sorted = [...pulls].sort(([a], [b]) => a - b);
        yield [`${letter.key};${sorted}`, { letter, pulls }, 1n];
      }
    };
    return tally(pulled());
  });
  /** rest[d]: what the neighbours from the d-th on can add to each gate. */
  const rest = [constant.map((): Rest => ({ least: 0n, most: 0n, moves: false }))];
  for (const ofPlace of kinds.toReversed()) {
    spend(constant.length * ofPlace.length);
    const later = rest[0] as Rest[];
    const sooner = later.map(({ least, most, moves }, gate): Rest => {
      const values = ofPlace.map(([{ pulls }]) => pulls.get(gate)?.[0] ?? 0n);
      const [low, high] = [values.reduce((a, b) => (a < b ? a : b)), values.reduce((a, b) => (a > b ? a : b))];
      return { least: least + low, most: most + high, moves: moves || ofPlace.some(([{ pulls }]) => pulls.has(gate)) };
    });
    rest.unshift(sooner);
  }
  /** The path that a cell at `place` leads to, the d-th neighbour; gates that this decides leave the list of open ones. */
  const extend = (path: Path, d: number, place: number, { aim, pulls, output, letter }: Step): Path => {
    spend(1 + path.open.length);
    const [open, sums]: [number[], Jet[]] = [[], []];
    const on = path.on.filter((gate) => rest[d]?.[gate]?.moves);
    const out = plus(path.output, place, output);
    for (const [i, gate] of path.open.entries()) {
      const sum = plus(path.sums[i] as Jet, place, pulls[i] as Pull);
      const { least, most, moves } = (rest[d] as Rest[])[gate] as Rest;
      if ((sum[0] as bigint) + least > 0n) {
        for (const [k, part] of sum.entries()) out[k] = (out[k] as bigint) + (weight[gate] as bigint) * part;
        if (moves) on.push(gate);
      } else if ((sum[0] as bigint) + most >= 0n) {
        open.push(gate);
        sums.push(sum);
      }
    }
    return { aim, open, sums, on, output: out, sample: [...path.sample, letter] };
  };
  /** What the d-th neighbour can do to a path: a matter of its aim, and of which gates are open and on. */
  const stepsFrom = ({ aim, open, on }: Path, d: number): Tally<Step> => {
    spend((1 + open.length + on.length) * (kinds[d]?.length ?? 0));
    const steps = (kinds[d] as (typeof kinds)[0]).map(([{ letter, pulls: by }, size]) => {
      const pulls = open.map((gate) => by.get(gate) ?? NO_PULL);
      const total = (k: 0 | 1): bigint =>
        on.reduce((sum, gate) => sum + (weight[gate] as bigint) * (by.get(gate) ?? NO_PULL)[k], 0n);
      const step: Step = {
        aim: aim.after(order[d] as number, letter.sight),
        pulls,
        output: [total(0), total(1)],
        letter,
      };
      return [`${step.aim.key};${pulls};${step.output}`, step, size] as const;
    });
    return tally(steps);
  };
  const known = new Map<string, Tally<Step>>();

  const rules = Object.fromEntries(RULES.map((rule) => [rule, 0n])) as Record<Rule, bigint>;
  const nine = Array.from({ length: 9 }, () => 0n);
  const start = {
    open: [...constant.keys()],
    sums: constant.map((c) => [c, ...nine]),
    on: [],
    output: [bias, ...nine],
  };
  for (const [letter, by] of along(units[CENTRE] as Unit[], centre, spend)) {
    const aim = aimAt(letter);
    const first: Step = { aim, pulls: start.open.map((gate) => by.get(gate) ?? NO_PULL), output: NO_PULL, letter };
    let paths: Tally<Path> = [[extend({ aim, ...start, sample: [] }, 0, CENTRE, first), 1n]];
    for (const [d, place] of order.entries()) {
      const longer = paths.flatMap(([path, size]) => {
        const key = `${d};${path.aim.key};${path.open};${path.on}`;
        const steps = known.get(key) ?? stepsFrom(path, d);
        known.set(key, steps);
        return steps.map(([step, ways]): [Path, bigint] => [extend(path, d + 1, place, step), size * ways]);
      });
      const keyOf = ({ aim: { key }, open, sums, on, output }: Path): string =>
        `${key};${open};${sums};${on};${output}`;
      paths = tally(longer.map(([path, size]) => [keyOf(path), path, size]));
    }
    for (const [{ aim: end, sums, output, sample }, size] of paths) {
      const outcome = end.outcome as Outcome;
      const differ = (code: "kink" | "value" | "derivative"): never => {
        const patch = [CENTRE, ...order].map((place, i) => `${place}: ${sample[i]?.u}`);
        return reject(code, "filter", `at the patch (place: u) ${patch.join(", ")}; the rule is ${outcome.rule}`);
      };
      // A gate that is open to the end is exactly 0: at its kink, unless it is 0 all around.
      if (sums.some((sum) => sum.some((part) => part !== 0n))) differ("kink");
      const [value, ...slopes] = output;
      if (value !== 1024n * valueOf(cells, outcome, letter)) differ("value");
      const wanted = (place: number): bigint => (place === CENTRE ? 1024n * BigInt(outcome.slope) : 0n);
      if (slopes.some((slope, place) => slope !== wanted(place))) differ("derivative");
      rules[outcome.rule] += size;
    }
  }
  const patches = BigInt(centre.length) * BigInt(neighbour.length) ** 8n;
  const decided = Object.values(rules).reduce((sum, size) => sum + size, 0n);
  if (decided !== patches) reject("volume", "filter", `decided ${decided} of ${patches} patches`);
  const texts = Object.fromEntries(Object.entries(rules).map(([rule, size]) => [rule, String(size)]));
  return { patches: String(patches), rules: texts };
}

// ------------------------------------------------------------------------------------------ f-bar against the machine

/** f-bar maps well-formed patches to well-formed cells, and leaves in each cell what a step of the machine leaves there. */
function decideStep(cells: Cells): Certificate["verdicts"]["step"] {
  const { silent, plain, heads } = wellFormed(cells);
  const padding = letterOf(cells);
  const all = [...silent, ...plain, ...heads];
  const values = new Set(all.map(({ u }) => u));
  const anything = sightsOf([...all, padding]);
  const starts = new Map(all.map((centre) => [aimAt(centre).key, centre]));
  const outcomes = new Map([...starts].map(([key, centre]) => [key, outcomesFrom(aimAt(centre), () => anything)]));
  let closed = 0n;
  for (const centre of all) {
    for (const [outcome, ways] of outcomes.get(aimAt(centre).key) as Tally<Outcome>) {
      if (!values.has(valueOf(cells, outcome, centre))) reject("not-closed", "f-bar", `${outcome.rule} at ${centre.u}`);
      closed += ways * BigInt(all.length + 1) ** 4n;
    }
  }
  const patches = BigInt(all.length) * BigInt(all.length + 1) ** 8n;
  if (closed !== patches) reject("volume", "f-bar", `decided ${closed} of ${patches} patches`);

  // Situations that look alike from the centre: the same neighbours on the grid, and the head at the same one of them.
  const alike = new Map<string, Situation[]>();
  for (let sides = 0; sides < 81; sides++) {
    // How many rows and columns there are on each side of the centre; 2 stands for more.
    const [above, below, left, right] = [27, 9, 3, 1].map((n) => Math.floor(sides / n) % 3) as [number, number, number, number]; // prettier-ignore
    const isInside = (i: number, j: number): boolean => i >= -above && i <= below && j >= -left && j <= right;
    const onGrid = NEIGHBOURS.filter((place) => isInside(...offset(place)));
    for (let i = -above; i <= below; i++) {
      for (let j = -left; j <= right; j++) {
        const headAt = Math.abs(i) + Math.abs(j) <= 1 ? CENTRE + 3 * i + j : undefined;
        const key = `${onGrid};${headAt}`;
        alike.set(key, [...(alike.get(key) ?? []), { onGrid, headAt, i, j, isInside }]);
      }
    }
  }
  // What a cell says of the tape: symbol and state. Cells of a padding column read as blank.
  const show = (written: number | undefined, q: number | undefined): string => `${written} ${q ?? "-"}`;
  const readings = new Map([...plain, ...heads].map(({ u, digits, state }) => [u, show(digits?.[1], state)]));
  const [none, outside] = [sightsOf(plain), sightsOf([padding])];
  let cases = 0;
  for (const [key, group] of alike) {
    const [{ onGrid, headAt }] = group as [Situation];
    for (const head of heads) {
      const at = (place: number): Tally<Sight> => (place === headAt ? sightsOf([head]) : onGrid.includes(place) ? none : outside); // prettier-ignore
      for (const centre of headAt === CENTRE ? [head] : plain) {
        const place = `head ${head.u}, centre ${centre.u}, neighbours and head at ${key}`;
        const left = outcomesFrom(aimAt(centre), at).map(([one]) => readings.get(valueOf(cells, one, centre)));
        if (new Set(left).size > 1) reject("not-local", "f-bar", `${place}: one of ${left.join(", ")}`);
        for (const { i, j, isInside } of group) {
          const { to = CENTRE, next } = head.sight;
          const [row_, column] = [i + offset(to)[0], j + offset(to)[1]];
          const arrives = isInside(row_, column) ? row_ === 0 && column === 0 : headAt === CENTRE;
          const expected = show(headAt === CENTRE ? head.write : centre.digits?.[1], arrives ? next : undefined);
          if (left[0] !== expected) reject("wrong-step", "f-bar", `${place}: ${left[0]} instead of ${expected}`);
          cases++;
        }
      }
    }
  }
  return { closedPatches: String(patches), cases };
}

/** A cell near the borders, and a head at row i, column j from it. */
interface Situation {
  readonly onGrid: readonly number[];
  readonly headAt: number | undefined;
  readonly i: number;
  readonly j: number;
  readonly isInside: (i: number, j: number) => boolean;
}

// ----------------------------------------------------------------------------------------------------- head and replays

/** The head network is f-bar_head on the whole line: both are linear between and beyond the points of comparison. */
function decideHead(head: readonly Layer<Ratio>[]): Certificate["verdicts"]["head"] {
  const fail = (expected: string, path: string): never => reject("head-shape", `head.${path}`, `expected ${expected}`);
  const [hidden, output] = head.length === 2 ? (head as [Layer<Ratio>, Layer<Ratio>]) : fail("two layers", "layers");
  if (hidden.inputs !== 1) fail("one input", "layers[0].inputs");
  if (!hidden.relu) fail("a ReLU", "layers[0].relu");
  if (output.rows.length !== 1) fail("one output", "layers[1].rows");
  if (output.relu) fail("no ReLU", "layers[1].relu");
  const units = hidden.rows.length;
  if (units > 6) reject("head-too-many-units", "head.layers[0].rows", `expected at most 6 units, got ${units}`);

  const add = ([a, b]: Ratio, [c, d]: Ratio): Ratio => [a * d + c * b, b * d];
  const times = ([a, b]: Ratio, [c, d]: Ratio): Ratio => [a * c, b * d];
  const compare = ([a, b]: Ratio, [c, d]: Ratio): number => (a * d < c * b ? -1 : a * d > c * b ? 1 : 0);
  const rowAt = ({ bias, entries }: Layer<Ratio>["rows"][number], input: readonly Ratio[]): Ratio =>
    entries.reduce((sum, [column, weight]) => add(sum, times(weight, input[column] as Ratio)), bias);
  const relu = (x: Ratio): Ratio => (x[0] > 0n ? x : [0n, 1n]);
  const networkAt = (x: Ratio): Ratio =>
    rowAt(output.rows[0] as Layer<Ratio>["rows"][number], hidden.rows.map((row_) => relu(rowAt(row_, [x])))); // prettier-ignore
  // f-bar_head (B.2) with the amendments head-continuous and head-blank-cell.
  const [kinkA, kinkB, kinkC, kinkD]: [Ratio, Ratio, Ratio, Ratio] = [[-1n, 6n], [0n, 1n], [1n, 9n], [1n, 6n]]; // prettier-ignore
  const headAt = (x: Ratio): Ratio => {
    if (compare(x, kinkA) <= 0) return [-1n, 1n];
    if (compare(x, kinkB) <= 0) return times([18n, 1n], add(x, [1n, 9n]));
    if (compare(x, kinkC) <= 0) return times([-18n, 1n], add(x, [-1n, 9n]));
    return compare(x, kinkD) <= 0 ? times([18n, 1n], add(x, [-1n, 9n])) : [1n, 1n];
  };
  const own = hidden.rows.flatMap(({ bias: [b, d], entries }) =>
    entries.map(([, [n, e]]): Ratio => (n < 0n ? [b * e, -n * d] : [-b * e, n * d])),
  );
  const rising = [kinkA, kinkB, kinkC, kinkD, ...own].sort(compare);
  const kinks = rising.filter((x, k) => k === 0 || compare(x, rising[k - 1] as Ratio) !== 0);
  const points = [add(kinks[0] as Ratio, [-1n, 1n]), ...kinks, add(kinks.at(-1) as Ratio, [1n, 1n])];
  const errors = points.map((x) => add(networkAt(x), times([-1n, 1n], headAt(x))));
  const [first] = errors as [Ratio];
  if (errors.some((error) => compare(error, first) !== 0)) reject("head-slope", "head", "a derivative is another");
  if (first[0] !== 0n) reject("head-value", "head", "the network differs from the head by a constant");
  return { units, kinks: kinks.length, intervals: kinks.length + 1 };
}

/** Runs from a blank tape: after each layer, every cell is what a step of the machine leaves there. */
function decideReplay(gates: Gates, { machine, unit, head }: Cells, runs: Certificate["verdicts"]["replay"]): object[] {
  const pullAt = gates.units.map((units) =>
    remember((u: number): Map<number, bigint> => {
      const sums = new Map<number, bigint>();
      for (const { weight, bias, pull } of units) {
        const value = weight * BigInt(u) + bias;
        if (value > 0n) for (const [gate, by] of pull) sums.set(gate, (sums.get(gate) ?? 0n) + by * value);
      }
      return sums;
    }),
  );
  /** The filter, times 1024, at the patch that a text spells. */
  const filterAt = remember((patch: string): bigint => {
    const sums = [...gates.constant];
    for (const [place, u] of patch.split(",").entries())
      for (const [gate, value] of pullAt[place]?.(Number(u)) ?? []) sums[gate] = (sums[gate] as bigint) + value;
    return sums.reduce((sum, pre, gate) => (pre > 0n ? sum + (gates.weight[gate] as bigint) * pre : sum), gates.bias);
  });
  let budget = MAX_REPLAY_CELLS;
  return runs.map(({ rows, columns, headRow, headColumn, layers }, k) => {
    const path = `verdicts.replay[${k}]`;
    if (headRow >= rows || headColumn >= columns) reject("replay-run", path, "expected a grid with the head on it");
    budget -= rows * columns * Math.max(1, layers);
    if (budget < 0) giveUp("replay-cells", `more than ${MAX_REPLAY_CELLS} cells are to be compared`);
    const tape = Array.from({ length: rows * columns }, (): Entry[0] => 0);
    let [row, column, q] = [headRow, headColumn, 0];
    const isInside = (i: number, j: number): boolean => i >= 0 && i < rows && j >= 0 && j < columns;
    const [one, phase] = [unit(1), unit(2)];
    const encode = (): number[] =>
      tape.map((written, i) => Number(BigInt(written) * one + phase + (i === row * columns + column ? head(q) : 0n)));
    let grid = encode();
    let haltsAtLayer: number | null = null;
    for (let layer_ = 1; layer_ <= layers; layer_++) {
      const [write, direction, next] = entryAt(machine, q, tape[row * columns + column] as Entry[0]);
      tape[row * columns + column] = write;
      const [i, j] = [row + offset(PLACE_OF[direction])[0], column + offset(PLACE_OF[direction])[1]];
      if (isInside(i, j)) [row, column] = [i, j];
      q = next;
      const wanted = encode();
      for (const [cell, value] of wanted.entries()) {
        const patch = Array.from({ length: 9 }, (_, place) => {
          const [y, x] = [Math.floor(cell / columns) + offset(place)[0], (cell % columns) + offset(place)[1]];
          return isInside(y, x) ? grid[y * columns + x] : Number(one / 2n);
        });
        if (filterAt(String(patch)) !== 1024n * BigInt(value))
          reject("replay-cell", path, `layer ${layer_}, cell ${cell}`);
      }
      grid = wanted;
      if (haltsAtLayer === null && machine.halting.includes(q)) haltsAtLayer = layer_;
    }
    const line = (r: number): string =>
      tape.slice(r * columns, (r + 1) * columns).map((written) => "-.+"[written + 1]).join(""); // prettier-ignore
    const lines = Array.from({ length: rows }, (_, r) => line(r));
    return { rows, columns, headRow, headColumn, layers, cells: rows * columns * layers, haltsAtLayer, tape: lines };
  });
}

function remember<Key, Value>(of: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const value = known.get(key) ?? of(key);
    known.set(key, value);
    return value;
  };
}
