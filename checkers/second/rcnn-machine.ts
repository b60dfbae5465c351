/** Machines, their normal form (B.1.2), and the code of their cells (B.1.1). Cells are in u-units: u = 2 * 3^K * x. */
import { reject } from "./rcnn-codes.js";
import { tuple, count, giveUp, list, name, oneOf, record, string, type Shape } from "./text.js";

/** Most states of a machine in its normal form. */
export const MAX_STATES = 4096;

/** With more cell values in its alphabet, a certificate is left undecided. */
const MAX_LETTERS = 200_000;

/** In the order of a table: blank, +1, -1. */
export const SYMBOLS: readonly [0, 1, -1] = [0, 1, -1];
/** [write, move, next state] */
export type Entry = readonly [write: Digit, move: Move, next: number];
type Digit = -1 | 0 | 1;
type Move = "up" | "down" | "left" | "right" | "stay";

/** A machine as written. */
export interface Source {
  readonly name: string;
  readonly about?: string;
  readonly source?: string;
  readonly states: readonly string[];
  readonly start: string;
  readonly halting: readonly string[];
  readonly table: readonly (readonly [
    state: string,
    entries: readonly (readonly [read: Digit, write: Digit, move: Move, next: string])[],
  ])[];
}

/** A machine in its normal form. */
export interface Machine {
  readonly name: string;
  readonly states: readonly string[];
  readonly halting: readonly number[];
  readonly table: readonly (readonly [Entry, Entry, Entry])[];
}

/** The code of a machine's cells as stated: s, K - 3, K, and the u-units in one x-unit. */
export interface CodeJson {
  readonly states: number;
  readonly stateDigits: number;
  readonly lastIndex: number;
  readonly scale: string;
}

const names = list(name, MAX_STATES);
const note = string(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r]){0,4000}$/u);
const symbol = oneOf(-1, 0, 1);
const move = oneOf("up", "down", "left", "right", "stay");
const entry = tuple(symbol, move, count);
const sourceRow = tuple(name, list(tuple(symbol, symbol, move, name), 3, 1));
const sourceFields = { states: names, start: name, halting: names, table: list(sourceRow, MAX_STATES) };

/** The shape of `source`. */
export const sourceShape: Shape<Source> = record({ name, about: note, source: note, ...sourceFields }, [
  "about",
  "source",
]);

/** The shape of `machine`. */
// prettier-ignore
export const machineShape: Shape<Machine> = record({
  name, states: names, halting: list(count, MAX_STATES), table: list(tuple(entry, entry, entry), MAX_STATES, 1),
});

/** B.1.2: a first state that does nothing, then the working states, then the halting states that are entered. */
export function normalForm({ name: title, states, start, halting, table }: Source, path: string = "source"): Machine {
  const fail = (message: string): never => reject("source-machine", path, message);
  const known = new Set(states);
  const halts = new Set(halting);
  if (known.size < states.length) fail("a state is listed twice");
  if (halts.size < halting.length) fail("a halting state is listed twice");
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
  // Neither the first state nor a halting state has a row in the source: they keep the symbol and stay.
  const goal = (state: string, q: number): string => (q === 0 ? start : q > working.length ? state : sink);
  const normal = all.map(
    (state, q) => SYMBOLS.map((read) => entryOf(state, read, goal(state, q))) as [Entry, Entry, Entry],
  );
  return { name: title, states: all, halting: final.map((state) => index.get(state) as number), table: normal };
}

/** The code of a machine's cells (B.1.1). */
export interface Cells {
  readonly machine: Machine;
  readonly constants: CodeJson;
  /** unit(i) = 2 * 3^(K-i): what digit i is worth. */
  readonly unit: (index: number) => bigint;
  /** What a head in state q adds to a cell: digit 3, and the digits of q in binary from index 4 on. */
  readonly head: (q: number) => bigint;
}

/** The cell code of a machine: s states take ceil(log2 s) digits, from index 4 to K; values are in u-units. */
export function cellCode(machine: Machine): Cells {
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
export interface Letter {
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

/** Everything that f-bar asks of a neighbour. */
export interface Sight {
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

/** Index of the centre in vec(z). */
export const CENTRE = 4;

/** Index of the cell above the centre in vec(z). */
export const ABOVE = 1;

/** Index of the cell below the centre in vec(z). */
export const BELOW = 7;

/** Index of the cell to the left of the centre in vec(z). */
export const LEFT = 3;

/** Index of the cell to the right of the centre in vec(z). */
export const RIGHT = 5;
/** The place of a patch to which a move leads from the centre; from place i, the move to 8 - i leads to the centre. */
export const PLACE_OF: Readonly<Record<Entry[1], number>> = {
  up: ABOVE,
  down: BELOW,
  left: LEFT,
  right: RIGHT,
  stay: CENTRE,
};
/** Row and column of a place, the centre being (0, 0). */
export function offset(place: number): readonly [row: number, column: number] {
  return [Math.floor(place / 3) - 1, (place % 3) - 1];
}

/** The letter of a string of K + 1 digits, or p = 1/6 for none. */
export function letterOf({ machine, unit, constants }: Cells, digits?: readonly number[]): Letter {
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

/** The entry of a machine's table for a state and the symbol that is read. */
export function entryAt({ table }: Machine, q: number, read: Entry[0]): Entry {
  return table[q]?.[SYMBOLS.indexOf(read)] as Entry;
}

/** A text that is equal for records with equal fields. */
export function textOf(fields: object): string {
  return Object.values(fields).join();
}

/** The 9 + 4 s well-formed letters: not in the compute phase; in it, without head; in it, with one. */
export function wellFormed(cells: Cells): {
  readonly silent: Letter[];
  readonly plain: Letter[];
  readonly heads: Letter[];
} {
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

/** `alphabet` of a certificate. */
export type Alphabet = "well-formed" | "full";

/** The letters of the centre and of a neighbour, rising. */
export interface Letters {
  readonly centre: readonly Letter[];
  readonly neighbour: readonly Letter[];
}

/**
 * The letters of the centre and of its neighbours, each rising. Of padding there is one at the centre only in the full
 * alphabet. Gives up on a full alphabet of more than MAX_LETTERS values.
 */
export function alphabetOf(cells: Cells, alphabet: Alphabet): Letters {
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
