/**
 * Machines of other formats: their symbols become blank, +1 and -1, their names are checked, and what the change loses
 * is told in the machine's notes.
 */
import type { Move, SourceMachine, SourceTransition, TapeSymbol } from "../../spec/machines/machine.js";
import { quoteInput, type InputError } from "../input-error.js";
import { MAX_NAME_LENGTH } from "../input-limits.js";
import schema from "./machine.schema.json" with { type: "json" };
import { spellSymbol } from "./read-machine.js";

/** An error with the given message at a place that the caller knows. */
export type Complaint = (message: string) => InputError;

/** One rule of a foreign table. */
export interface ForeignRule {
  readonly write: string;
  readonly move: Move;
  readonly next: string;
}

/** A machine in the symbols of its own format. */
export interface ForeignMachine {
  readonly name: string;
  /** The name of the format in the notes. */
  readonly format: string;
  readonly alphabet: ForeignAlphabet;
  /** States that do not halt, in file order. */
  readonly working: readonly string[];
  readonly halting: readonly string[];
  readonly start: string;
  /** rules.get(state)?.get(symbol); where there is none the machine halts. */
  readonly rules: ReadonlyMap<string, ReadonlyMap<string, ForeignRule>>;
  /** The tape that the file asks for, if any. */
  readonly input?: string | undefined;
  /** The halting state that the format enters where there is no rule, if it names one. */
  readonly haltWithoutRule?: string;
}

/** The symbols of a machine as they are read: blank and at most two more. */
export class ForeignAlphabet {
  readonly blank: string;
  readonly #others: string[] = [];

  constructor(blank: string) {
    this.blank = blank;
  }

  /**
   * Takes a symbol into the alphabet.
   *
   * @throws {InputError} the complaint, if it is the fourth one
   */
  add(symbol: string, complain: Complaint): void {
    if (symbol === this.blank || this.#others.includes(symbol)) return;
    if (this.#others.length === TARGETS.length) {
      const known = this.#others.map(showSymbol).join(", ");
      throw complain(
        `expected at most three symbols, blank and two more, got ${showSymbol(this.blank)} (blank), ${known} and ${showSymbol(symbol)}`,
      );
    }
    this.#others.push(symbol);
  }

  /** All symbols, blank first, the others in the order in which they were read. */
  get symbols(): readonly string[] {
    return [this.blank, ...this.#others];
  }

  /**
   * The tape symbol of each symbol. Blank is blank; 1 or + is +1 and 2 or - is -1 where they occur; the rest takes what
   * is left, +1 first, in the order of code points.
   */
  code(): ReadonlyMap<string, TapeSymbol> {
    const code = new Map<string, TapeSymbol>([[this.blank, 0]]);
    const free = new Set(TARGETS);
    const assign = (symbol: string, target: TapeSymbol | undefined): void => {
      if (target === undefined || !this.#others.includes(symbol) || code.has(symbol) || !free.delete(target)) return;
      code.set(symbol, target);
    };
    for (const [symbol, target] of WELL_KNOWN) assign(symbol, target);
    for (const symbol of this.#others.toSorted(byCodePoint)) assign(symbol, [...free][0]);
    return code;
  }
}

const TARGETS: readonly TapeSymbol[] = [1, -1];

function byCodePoint(a: string, b: string): number {
  return (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0);
}

const WELL_KNOWN: readonly (readonly [symbol: string, target: TapeSymbol])[] = [
  ["1", 1],
  ["+", 1],
  ["2", -1],
  ["-", -1],
];

/** A symbol of one character; shown by its number if it would not show. */
export function showSymbol(symbol: string): string {
  const visible = symbol === " " || !/[\s\p{C}\p{Z}]/u.test(symbol);
  const number = (symbol.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return visible ? quoteInput(symbol) : `U+${number}`;
}

/** Whether a text is a single character (a Unicode code point), as a symbol has to be. */
export function isSymbol(text: string): boolean {
  return text !== "" && [...text].length === 1;
}

const NAME = new RegExp(schema.$defs.name.pattern, "u");

/**
 * Asserts that a state's name is one that machine files allow.
 *
 * @throws {InputError} the complaint
 */
export function assertStateName(name: string, complain: Complaint): void {
  if (!NAME.test(name) || [...name].length > MAX_NAME_LENGTH) {
    throw complain(`expected ${schema.$defs.name.title}, got ${quoteInput(name)}`);
  }
}

/** The nearest name that machine files allow: "my-machine" for "tapes/my-machine.txt". */
export function nameOfFile(file: string): string {
  const base = file.split(/[/\\]/).at(-1) ?? "";
  return toName(base.replace(/(?<=.)\.[^.]*$/, ""));
}

/** A text as the name of a machine: characters that names may not have are replaced, and what is too long is cut. */
export function toName(text: string): string {
  const cleaned = text.replaceAll(/[\s\p{Cc}\p{Cf}\p{Cs}]+/gu, " ").trim();
  const name = [...cleaned].slice(0, MAX_NAME_LENGTH).join("").trim();
  return name === "" ? "machine" : name;
}

/** The machine with its symbols mapped; `about` says how, and what became of the input. */
export function adaptMachine(foreign: ForeignMachine): SourceMachine {
  const { name, alphabet, working, start, rules } = foreign;
  const code = alphabet.code();
  const symbolOf = (symbol: string): TapeSymbol => {
    const mapped = code.get(symbol);
    if (mapped === undefined) throw new Error(`adaptMachine: expected a symbol of the alphabet, got ${symbol}`);
    return mapped;
  };
  const table = new Map(
    working.map((state): [string, ReadonlyMap<TapeSymbol, SourceTransition>] => {
      const row = [...(rules.get(state) ?? [])].map(
        ([symbol, { write, move, next }]): [TapeSymbol, SourceTransition] => [
          symbolOf(symbol),
          { write: symbolOf(write), move, next },
        ],
      );
      return [state, new Map(row)];
    }),
  );
  const halting = haltingStates(foreign);
  const about = describeChange(foreign, code);
  return { name, states: [...working, ...halting], start, halting, table, notes: { about }, expected: {} };
}

/**
 * An absent entry enters the first halting state. Where the format names halting states, such as "accept", a run that
 * meets no rule must not end in one of them by accident: it gets a state of its own.
 */
function haltingStates({ alphabet, working, halting, rules, haltWithoutRule }: ForeignMachine): readonly string[] {
  const complete = working.every((state) => alphabet.symbols.every((symbol) => rules.get(state)?.has(symbol) === true));
  if (complete || halting.length === 0) return halting;
  if (haltWithoutRule !== undefined) return [haltWithoutRule, ...halting.filter((state) => state !== haltWithoutRule)];
  const taken = new Set([...working, ...halting]);
  let own = "no-rule";
  for (let suffix = 2; taken.has(own); suffix++) own = `no-rule-${suffix}`;
  return [own, ...halting];
}

function describeChange({ format, input }: ForeignMachine, code: ReadonlyMap<string, TapeSymbol>): string {
  const legend = [...code].map(([symbol, target]) => `${showSymbol(symbol)} is ${spellSymbol(target)}`).join(", ");
  const lost =
    input === undefined || input === "" ? "" : `; its input ${quoteInput(input.replaceAll(/\s+/gu, " "))} is left out`;
  // One space for any white space, as notes of machine files are read; they have no control characters.
  return `Read from ${format}: ${legend}${lost}`.replaceAll(/\s+/gu, " ").replaceAll(/[\p{Cc}\p{Cs}]/gu, "?");
}
