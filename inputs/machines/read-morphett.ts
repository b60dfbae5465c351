/**
 * Reads the five-field lines of A. Morphett's simulator: state, symbol, new symbol, direction, new state. A second
 * dialect, turing2d, has the directions up and down as well and takes the first rule that matches.
 */
import type { AlphabetMachine } from "../../spec/machines/alphabet-machine.js";
import type { Move } from "../../spec/machines/machine.js";
import {
  alphabetMachine,
  assertStateName,
  ForeignAlphabet,
  isSymbol,
  nameOfFile,
  type ForeignInput,
  type ForeignRule,
} from "./foreign-machine.js";
import { InputError, quoteInput } from "../input-error.js";
import { MAX_FILE_BYTES, MAX_STATES } from "../input-limits.js";

/** The two dialects. */
export type MorphettDialect = "morphett" | "turing2d";

const BLANK = "_";
const WILDCARD = "*";
/** Where both simulators begin. */
const START = "0";
/** The simulator has l, r and *; other simulators of such lines have the rest. */
const SIDEWAYS: readonly (readonly [string, Move])[] = [
  ["l", "left"],
  ["<", "left"],
  ["left", "left"],
  ["r", "right"],
  [">", "right"],
  ["right", "right"],
  ["*", "stay"],
  ["s", "stay"],
  ["n", "stay"],
  ["-", "stay"],
  ["=", "stay"],
  ["stay", "stay"],
];
const DIRECTIONS: Readonly<Record<MorphettDialect, ReadonlyMap<string, Move>>> = {
  morphett: new Map(SIDEWAYS),
  turing2d: new Map([
    ["l", "left"],
    ["r", "right"],
    ["u", "up"],
    ["d", "down"],
    ["*", "stay"],
  ]),
};
const FIELDS = "state, symbol, new symbol, direction, new state";

/** A line of the file; each field but the direction may be the wildcard. */
interface Rule {
  readonly line: number;
  readonly state: string;
  readonly read: string;
  readonly write: string;
  readonly move: Move;
  readonly next: string;
}

/** A rule, or a %tape line of turing2d, in the part of a line before its comment. */
const RULE = /^([^\s:]|\S+[^\s:])\s+\S\s+\S\s+([lrud*sn<>=-]|left|right|stay)\s+\S+(?:\s+!)?$/i;
const TAPE = /^%tape="([^"]*)"%$/;

/**
 * The dialect in which a text is written, or undefined if its first line is neither a rule nor a comment of the format.
 */
export function morphettDialect(text: string): MorphettDialect | undefined {
  const lines = text.split("\n").map((line) => line.trim());
  const first = lines.find((line) => line !== "") ?? "";
  const bare = withoutComment(first);
  if (!first.startsWith(";") && !TAPE.test(bare) && !RULE.test(bare)) return undefined;
  const planar = lines.some((line) => {
    const direction = RULE.exec(withoutComment(line))?.[2]?.toLowerCase();
    return direction === "u" || direction === "d" || TAPE.test(withoutComment(line));
  });
  return planar ? "turing2d" : "morphett";
}

/** How to read lines. */
export interface MorphettOptions {
  /** The one that the text seems to be written in if absent. */
  readonly dialect?: MorphettDialect | undefined;
  /** Symbols of an input; those that no rule names are taken in where a rule is for any symbol. */
  readonly symbols?: readonly string[] | undefined;
}

/**
 * The machine of five-field lines. It starts in state 0, or if no rule names it in that of the first rule; states whose names
 * begin with "halt" halt (in turing2d the state "halt" alone), whatever rules they have. Where no rule matches it stops. Of two
 * rules for the same state and symbol Morphett's simulator takes the last.
 *
 * @param file what to call the file in messages
 * @throws {InputError} "file:line: ..." if a line is not in the format
 */
export function readMorphett(text: string, file: string, options: MorphettOptions = {}): AlphabetMachine {
  if (text.length > MAX_FILE_BYTES) throw new InputError(`${file}: expected at most ${MAX_FILE_BYTES} characters`);
  const dialect = options.dialect ?? morphettDialect(text) ?? "morphett";
  const halts = (state: string): boolean => (dialect === "morphett" ? /^halt/i.test(state) : state === "halt");
  const alphabet = new ForeignAlphabet(BLANK);
  const rules = new RuleBook(dialect);
  let input: ForeignInput | undefined;
  for (const [i, raw] of text.split("\n").entries()) {
    const fail = (message: string): InputError => new InputError(`${file}:${i + 1}: ${message}`);
    const tape = dialect === "turing2d" ? TAPE.exec(withoutComment(raw))?.[1] : tapeOfComment(raw);
    if (tape !== undefined && tape.trim() !== "") {
      input ??= readTape(tape.trim(), dialect);
      for (const symbol of input.rows.flat()) alphabet.add(symbol, (message) => fail(`tape: ${message}`));
    }
    const fields = withoutComment(raw).split(/\s+/);
    if (fields[0] === "" || (dialect === "turing2d" && tape !== undefined)) continue;
    const rule = readRule(fields, i + 1, dialect, fail);
    for (const symbol of [rule.read, rule.write]) {
      if (symbol !== WILDCARD) alphabet.add(symbol, (message) => fail(`state ${quoteInput(rule.state)}: ${message}`));
    }
    rules.add(rule);
  }
  if (rules.size === 0) throw new InputError(`${file}: expected rules such as "0 _ 1 r 1", got none`);
  if (rules.hasWildcard) {
    for (const symbol of options.symbols ?? [])
      alphabet.add(symbol, (message) => new InputError(`--input: ${message}`));
  }
  const isNamed = rules.stateNames().includes(START) || rules.hasState(WILDCARD);
  const start = isNamed ? START : (rules.stateNames()[0] as string);
  const morphett = isNamed
    ? "lines of Morphett's simulator"
    : `five-column lines that begin in the state ${quoteInput(start)} of the first rule`;
  const named = [...new Set([...(rules.hasState(START) ? [] : [start]), ...rules.stateNames()])];
  if (named.length > MAX_STATES)
    throw new InputError(`${file}: expected at most ${MAX_STATES} states, got ${named.length}`);
  const working = named.filter((state) => !halts(state));
  return alphabetMachine({
    name: nameOfFile(file),
    format: dialect === "morphett" ? morphett : "lines of turing2d",
    alphabet,
    working,
    halting: named.filter(halts),
    start,
    rules: new Map(working.map((state) => [state, rules.row(state, alphabet.symbols)])),
    input: input === undefined ? undefined : [input],
  });
}

/** A tape of Morphett's simulator, in which * is before the cell of the head; or rows of turing2d, which begins on the first cell. */
function readTape(tape: string, dialect: MorphettDialect): ForeignInput {
  if (dialect === "turing2d") return { rows: tape.split(/\s+/).map((row) => [...row]) };
  const word = [...tape.replaceAll(" ", BLANK)];
  const head = word.indexOf(WILDCARD);
  return { rows: [word.filter((symbol) => symbol !== WILDCARD)], headColumn: Math.max(0, head) };
}

/** What follows the last $INITIAL_TAPE of a comment: the simulator keeps its tapes in comments of this form. */
function tapeOfComment(line: string): string | undefined {
  const comment = line.indexOf(";");
  const mark = line.lastIndexOf(TAPE_MARK);
  return comment < 0 || mark < comment ? undefined : line.slice(mark + TAPE_MARK.length).replace(/^:/, "");
}

const TAPE_MARK = "$INITIAL_TAPE";

function withoutComment(line: string): string {
  return (line.split(";", 1)[0] ?? "").trim();
}

function readRule(
  fields: readonly string[],
  line: number,
  dialect: MorphettDialect,
  fail: (message: string) => InputError,
): Rule {
  const [state = "", read = "", write = "", direction = "", next = "", mark] = fields;
  if (fields.length < 5) throw fail(`expected five fields (${FIELDS}), got ${fields.length}`);
  if (mark !== undefined && (mark !== "!" || fields.length > 6)) {
    throw fail(
      `expected five fields (${FIELDS}) and at most a breakpoint !, got ${quoteInput(fields.slice(5).join(" "))}`,
    );
  }
  const place = `state ${quoteInput(state)}, symbol ${quoteInput(read)}`;
  assertStateName(state, (message) => fail(`state: ${message}`));
  assertStateName(next, (message) => fail(`${place}, new state: ${message}`));
  if (!isSymbol(read))
    throw fail(`state ${quoteInput(state)}: expected a symbol of one character, got ${quoteInput(read)}`);
  if (!isSymbol(write)) throw fail(`${place}: expected a new symbol of one character, got ${quoteInput(write)}`);
  const directions = DIRECTIONS[dialect];
  const move = directions.get(direction.toLowerCase());
  if (move === undefined) {
    const known = dialect === "morphett" ? "l, r, *" : [...directions.keys()].join(", ");
    throw fail(`${place}: expected a direction (${known}), got ${quoteInput(direction)}`);
  }
  return { line, state, read, write, move, next };
}

/** The rules of a file by state and symbol as written, wildcards included. */
class RuleBook {
  readonly #dialect: MorphettDialect;
  readonly #rules = new Map<string, Map<string, Rule>>();
  readonly #names = new Set<string>();
  size = 0;
  /** Whether a rule is for any symbol. */
  hasWildcard = false;

  constructor(dialect: MorphettDialect) {
    this.#dialect = dialect;
  }

  /** Takes a rule in: in turing2d the first one for a state and a symbol counts, else the last. */
  add(rule: Rule): void {
    const row = this.#rules.get(rule.state) ?? new Map<string, Rule>();
    if (this.#dialect === "morphett" || !row.has(rule.read)) row.set(rule.read, rule);
    this.#rules.set(rule.state, row);
    for (const name of [rule.state, rule.next]) if (name !== WILDCARD) this.#names.add(name);
    if (rule.read === WILDCARD) this.hasWildcard = true;
    this.size += 1;
  }

  hasState(state: string): boolean {
    return this.#rules.has(state);
  }

  /** All states that are named, in file order. */
  stateNames(): readonly string[] {
    return [...this.#names];
  }

  /** What a state does on each symbol; symbols that no rule matches are left out. */
  row(state: string, symbols: readonly string[]): ReadonlyMap<string, ForeignRule> {
    const row = new Map<string, ForeignRule>();
    for (const symbol of symbols) {
      const rule = this.#find(state, symbol);
      if (rule === undefined) continue;
      row.set(symbol, {
        write: rule.write === WILDCARD ? symbol : rule.write,
        move: rule.move,
        next: rule.next === WILDCARD ? state : rule.next,
      });
    }
    return row;
  }

  /** Morphett's simulator prefers the state to the symbol and both to wildcards; turing2d takes the first line. */
  #find(state: string, symbol: string): Rule | undefined {
    const matching = [
      this.#rules.get(state)?.get(symbol),
      this.#rules.get(state)?.get(WILDCARD),
      this.#rules.get(WILDCARD)?.get(symbol),
      this.#rules.get(WILDCARD)?.get(WILDCARD),
    ].filter((rule) => rule !== undefined);
    if (this.#dialect === "morphett") return matching[0];
    return matching.reduce<Rule | undefined>(
      (best, rule) => (best === undefined || rule.line < best.line ? rule : best),
      undefined,
    );
  }
}
