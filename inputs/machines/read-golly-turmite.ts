/**
 * Reads turmites in the notation of Golly's scripts: tables {{{colour, move, state}, ...}, ...} with one row for each
 * state and one triple for each colour, and the turns of an ant as a word such as RL.
 *
 * An absolute turmite moves north, east, south or west ('N', 'E', 'S', 'W'; '' halts). A relative one turns (1 ahead,
 * 2 right, 4 back, 8 left; 0 halts) and moves one cell ahead; a machine that has no heading needs four states for each
 * of its states. Both begin in state 0 on blank cells of colour 0; a relative one faces north.
 */
import type { AlphabetMachine } from "../../spec/machines/alphabet-machine.js";
import type { Move } from "../../spec/machines/machine.js";
import { alphabetMachine, ForeignAlphabet, nameOfFile, type ForeignRule } from "./foreign-machine.js";
import { MAX_COLOURS, readGollyTable, type Item, type Triple } from "./golly-table.js";
import { InputError, quoteInput } from "../input-error.js";
import { MAX_FILE_BYTES, MAX_NAME_LENGTH, MAX_STATES } from "../input-limits.js";
import { characterAt, errorsIn, type ErrorAt } from "../text-places.js";

/** Clockwise, so that a turn adds to the index. */
const HEADINGS: readonly { readonly name: string; readonly letter: string; readonly move: Move }[] = [
  { name: "north", letter: "N", move: "up" },
  { name: "east", letter: "E", move: "right" },
  { name: "south", letter: "S", move: "down" },
  { name: "west", letter: "W", move: "left" },
];

/** Quarters to the right for each turn. */
const TURNS: ReadonlyMap<number, number> = new Map([
  [1, 0],
  [2, 1],
  [4, 2],
  [8, 3],
]);

/** Quarters to the right for each letter of an ant. */
const ANT_TURNS: Readonly<Record<string, number>> = { N: 0, R: 1, U: 2, L: 3 };

const HALT = "halt";
/** A name for a text that is not in a file. */
const TYPED = "machine text";

/** A table whose every number has been checked; `move` is a heading, a turn in quarters to the right, or a halt. */
interface TurmiteTable {
  readonly kind: "absolute" | "relative";
  readonly rows: readonly (readonly TurmiteRule[])[];
}

interface TurmiteRule {
  readonly colour: number;
  readonly move: number | "halt";
  readonly state: number;
}

/** Whether a text is meant as a turmite of Golly, well-formed or not: two opening braces, or a word of L, R, U, N. */
export function looksLikeGolly(text: string): boolean {
  const bare = withoutComments(text).trim();
  return /^\{\s*\{/.test(bare) || /^[LRUN]{2,}$/.test(bare);
}

/**
 * The machine of a turmite. States of an absolute one are called 0, 1, ...; those of a relative one have their heading
 * behind, as in 0-north, or are headings alone if there is one state only. The machine is called by its text, or if
 * that is too long by its file.
 *
 * @param place what to call the text in messages
 * @throws {InputError} "place:line:column: state, colour: ..." if the text is not in the notation, has more than three
 *   colours, or splits the head
 */
export function readGolly(text: string, place: string = TYPED): AlphabetMachine {
  if (text.length > MAX_FILE_BYTES) throw new InputError(`${place}: expected at most ${MAX_FILE_BYTES} characters`);
  const bare = withoutComments(text);
  const errorAt = errorsIn(bare, place);
  const isTable = bare.trim().startsWith("{");
  const table = isTable ? checkTable(readGollyTable(bare, errorAt), errorAt) : readAnt(bare, errorAt);
  const compact = bare.replaceAll(/\s+/g, "");
  const colours = table.rows[0]?.length ?? 0;
  const alphabet = new ForeignAlphabet("0");
  for (let colour = 1; colour < colours; colour++) alphabet.add(String(colour), (message) => errorAt(0, message));
  const rules = table.kind === "absolute" ? absoluteRules(table) : relativeRules(table);
  const halts = table.rows.some((row) => row.some(({ move }) => move === "halt"));
  return alphabetMachine({
    name: compact.length <= MAX_NAME_LENGTH ? compact : place === TYPED ? `${table.kind} turmite` : nameOfFile(place),
    format: `Golly's notation of ${isTable ? `${table.kind} turmites` : "ants"}`,
    alphabet,
    working: [...rules.keys()],
    halting: halts ? [HALT] : [],
    start: [...rules.keys()][0] ?? "",
    rules,
  });
}

/** Comments run from # to the end of the line; they become blanks, so that offsets stay. */
function withoutComments(text: string): string {
  return text.replaceAll(/#[^\n]*/g, (comment) => " ".repeat(comment.length));
}

function readAnt(text: string, errorAt: ErrorAt): TurmiteTable {
  const word = text.trim();
  const begin = text.indexOf(word);
  if (word === "") throw errorAt(0, "expected a table such as {{{1,2,0},{0,8,0}}} or turns such as RL, got nothing");
  const strange = word.search(/[^LRUN]/);
  if (strange >= 0) {
    const got = characterAt(word, strange);
    throw errorAt(begin + strange, `expected turns (L, R, U, N) such as RL or a table in braces, got ${got}`);
  }
  if (word.length > MAX_COLOURS) {
    throw errorAt(
      begin + MAX_COLOURS,
      `expected at most ${MAX_COLOURS} colours, one for each turn, got ${word.length}`,
    );
  }
  const row = [...word].map((letter, colour) => ({
    colour: (colour + 1) % word.length,
    move: ANT_TURNS[letter] as number,
    state: 0,
  }));
  return { kind: "relative", rows: [row] };
}

function checkTable(rows: readonly (readonly Triple[])[], errorAt: ErrorAt): TurmiteTable {
  const first = rows[0]?.[0];
  if (first === undefined) throw new Error("checkTable: expected a triple");
  const kind = typeof first[1].value === "string" ? "absolute" : "relative";
  const states = kind === "absolute" ? rows.length : HEADINGS.length * rows.length;
  // One more: the halting state.
  if (states + 1 > MAX_STATES) {
    throw errorAt(
      0,
      `expected at most ${MAX_STATES} states, got ${states + 1}, the headings and a halting state included`,
    );
  }
  const colours = rows[0]?.length ?? 0;
  for (const [state, row] of rows.entries()) {
    if (row.length === colours) continue;
    const { offset } = (row[0] as Triple)[0];
    throw errorAt(offset, `state ${state}: expected ${colours} triples as in state 0, got ${row.length}`);
  }
  return {
    kind,
    rows: rows.map((row, state) => {
      return row.map(([colour, move, next], k): TurmiteRule => {
        const fail = ({ offset }: Item, message: string): InputError =>
          errorAt(offset, `state ${state}, colour ${k}: ${message}`);
        const below = (item: Item, limit: number, what: string): number => {
          if (typeof item.value === "number" && item.value < limit) return item.value;
          throw fail(item, `expected ${what} below ${limit}, got ${showItem(item)}`);
        };
        return {
          colour: below(colour, colours, "a colour"),
          move: kind === "absolute" ? headingOf(move, fail) : turnOf(move, fail),
          state: below(next, rows.length, "a state"),
        };
      });
    }),
  };
}

function headingOf(item: Item, fail: (item: Item, message: string) => InputError): number | "halt" {
  const { value } = item;
  if (value === "") return "halt";
  const heading = HEADINGS.findIndex(({ letter }) => letter === value);
  if (heading >= 0) return heading;
  if (typeof value === "string" && /^[NESW]{2,}$/.test(value)) {
    throw fail(item, `expected one direction, got ${showItem(item)}: heads that split are not read`);
  }
  throw fail(item, `expected 'N', 'E', 'S', 'W' or '' (halt), got ${showItem(item)}`);
}

function turnOf(item: Item, fail: (item: Item, message: string) => InputError): number | "halt" {
  const { value } = item;
  if (value === 0) return "halt";
  const turn = typeof value === "number" ? TURNS.get(value) : undefined;
  if (turn !== undefined) return turn;
  if (typeof value === "number" && value < 16) {
    const parts = [...TURNS.keys()].filter((bit) => (value & bit) !== 0);
    throw fail(item, `expected one turn, got ${value} = ${parts.join(" + ")}: heads that split are not read`);
  }
  throw fail(item, `expected a turn (1 ahead, 2 right, 4 back, 8 left, 0 halt), got ${showItem(item)}`);
}

function showItem({ value }: Item): string {
  return typeof value === "number" ? String(value) : quoteInput(value);
}

type Rules = ReadonlyMap<string, ReadonlyMap<string, ForeignRule>>;

function absoluteRules({ rows }: TurmiteTable): Rules {
  return new Map(
    rows.map((row, state) => [
      String(state),
      ruleRow(row, ({ move, state: next }) => ({ heading: move, next: String(next) })),
    ]),
  );
}

function relativeRules({ rows }: TurmiteTable): Rules {
  const nameOf = (state: number, heading: number): string => {
    const { name } = HEADINGS[heading] as (typeof HEADINGS)[number];
    return rows.length === 1 ? name : `${state}-${name}`;
  };
  const rules = new Map<string, ReadonlyMap<string, ForeignRule>>();
  for (const [state, row] of rows.entries()) {
    for (const facing of HEADINGS.keys()) {
      const entries = ruleRow(row, ({ move, state: next }) => {
        if (move === "halt") return { heading: move, next: "" };
        const heading = (facing + move) % HEADINGS.length;
        return { heading, next: nameOf(next, heading) };
      });
      rules.set(nameOf(state, facing), entries);
    }
  }
  return rules;
}

function ruleRow(
  row: readonly TurmiteRule[],
  step: (rule: TurmiteRule) => { readonly heading: number | "halt"; readonly next: string },
): ReadonlyMap<string, ForeignRule> {
  return new Map(
    row.map((rule, colour) => {
      const { heading, next } = step(rule);
      const write = String(rule.colour);
      if (heading === "halt") return [String(colour), { write, move: "stay", next: HALT }];
      return [String(colour), { write, move: (HEADINGS[heading] as (typeof HEADINGS)[number]).move, next }];
    }),
  );
}
