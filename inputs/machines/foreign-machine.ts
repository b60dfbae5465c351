/**
 * What readers of other formats have in common: symbols in their own spelling, names that are checked, and the machine that
 * these make.
 */
import {
  BLANK_TAPE,
  readKey,
  type AlphabetEntry,
  type AlphabetMachine,
  type TapeStart,
} from "../../spec/machines/alphabet-machine.js";
import type { Move } from "../../spec/machines/machine.js";
import { quoteInput, type InputError } from "../input-error.js";
import { MAX_NAME_LENGTH, MAX_TAPE_SYMBOLS } from "../input-limits.js";
import schema from "./machine.schema.json" with { type: "json" };

/** An error with the given message at a place that the caller knows. */
export type Complaint = (message: string) => InputError;

/** One rule of a foreign table with one tape. */
export interface ForeignRule {
  readonly write: string;
  readonly move: Move;
  readonly next: string;
}

/** One rule of a foreign table with several tapes; shapes: one symbol and one move for each tape. */
export interface ForeignTapesRule {
  readonly read: readonly string[];
  readonly write: readonly string[];
  readonly moves: readonly Move[];
  readonly next: string;
}

/** A tape that a file asks for, in the symbols of its format, and where the head begins. */
export interface ForeignInput {
  readonly rows: readonly (readonly string[])[];
  readonly headRow?: number;
  readonly headColumn?: number;
}

/** A machine in the symbols of its own format. */
export interface ForeignMachine {
  readonly name: string;
  /** The name of the format in the notes. */
  readonly format: string;
  readonly alphabet: ForeignAlphabet;
  /** 1 if absent. */
  readonly tapes?: number;
  /** States that do not halt, in file order. */
  readonly working: readonly string[];
  readonly halting: readonly string[];
  /** Halting states that accept or reject; those whose names say so if absent. */
  readonly accepting?: readonly string[];
  readonly rejecting?: readonly string[];
  readonly start: string;
  /** rules.get(state)?.get(symbol), for one tape; where there is none the machine stops. */
  readonly rules?: ReadonlyMap<string, ReadonlyMap<string, ForeignRule>>;
  /** The same for several tapes; no two rules of a state read the same. */
  readonly tapesRules?: ReadonlyMap<string, readonly ForeignTapesRule[]>;
  /** The tapes that the file asks for, if any; symbols that the table does not know are taken into the alphabet. */
  readonly input?: readonly ForeignInput[] | undefined;
}

/** The symbols of a machine as they are read, the blank first. */
export class ForeignAlphabet {
  readonly blank: string;
  readonly #symbols: Set<string>;

  constructor(blank: string) {
    this.blank = blank;
    this.#symbols = new Set([blank]);
  }

  /**
   * Takes a symbol into the alphabet.
   *
   * @throws {InputError} the complaint, if there are too many
   */
  add(symbol: string, complain: Complaint): void {
    if (this.#symbols.has(symbol)) return;
    if (this.#symbols.size === MAX_TAPE_SYMBOLS)
      throw complain(`expected at most ${MAX_TAPE_SYMBOLS} symbols, got more with ${showSymbol(symbol)}`);
    this.#symbols.add(symbol);
  }

  /** Whether a symbol has been taken in. */
  has(symbol: string): boolean {
    return this.#symbols.has(symbol);
  }

  /** All symbols, blank first, the others in the order in which they were read. */
  get symbols(): readonly string[] {
    return [...this.#symbols];
  }
}

/** A symbol; one of a single character is shown by its number if it would not show. */
export function showSymbol(symbol: string): string {
  const visible = symbol === " " || !/[\s\p{C}\p{Z}]/u.test(symbol) || !isSymbol(symbol);
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

/** Names of halting states that say what they decide: accept, halt-accept, q_accept, qAccepted; the same with reject. */
const ACCEPTING_NAME = /^(?:halt|q)?[-_]?accept(?:ed|ing)?$/i;
const REJECTING_NAME = /^(?:halt|q)?[-_]?reject(?:ed|ing)?$/i;

/** The states that accept or reject by their names. */
export function decisionsByName(halting: readonly string[]): {
  readonly accepting: readonly string[];
  readonly rejecting: readonly string[];
} {
  return {
    accepting: halting.filter((state) => ACCEPTING_NAME.test(state)),
    rejecting: halting.filter((state) => REJECTING_NAME.test(state)),
  };
}

/** The machine in its own symbols, which are numbered in the order of its alphabet. */
export function alphabetMachine(foreign: ForeignMachine): AlphabetMachine {
  const { name, format, alphabet, tapes = 1, working, halting, start, rules, tapesRules, input } = foreign;
  const noPlace = (message: string): InputError => {
    throw new RangeError(`alphabetMachine: ${message}`);
  };
  for (const { rows } of input ?? []) for (const symbol of rows.flat()) alphabet.add(symbol, noPlace);
  const { symbols } = alphabet;
  const indices = new Map(symbols.map((symbol, index) => [symbol, index]));
  const indexOf = (symbol: string): number => {
    const index = indices.get(symbol);
    if (index === undefined) throw new Error(`alphabetMachine: expected a symbol of the alphabet, got ${symbol}`);
    return index;
  };
  const rowOf = (state: string): [string, AlphabetEntry][] =>
    tapesRules === undefined
      ? [...(rules?.get(state) ?? [])].map(([symbol, { write, move, next }]) => [
          readKey([indexOf(symbol)]),
          { write: [indexOf(write)], moves: [move], next },
        ])
      : (tapesRules.get(state) ?? []).map(({ read, write, moves, next }) => [
          readKey(read.map(indexOf)),
          { write: write.map(indexOf), moves, next },
        ]);
  const starts = input?.map(({ rows, headRow = 0, headColumn = 0 }): TapeStart => {
    return rows.flat().length === 0 ? BLANK_TAPE : { rows: rows.map((row) => row.map(indexOf)), headRow, headColumn };
  });
  const isBlank = starts?.every(({ rows }) => rows.flat().every((symbol) => symbol === 0)) ?? true;
  return {
    name,
    format,
    tapes,
    symbols,
    states: [...working, ...halting],
    start,
    halting,
    ...decisionsByName(halting),
    ...(foreign.accepting === undefined ? {} : { accepting: foreign.accepting }),
    ...(foreign.rejecting === undefined ? {} : { rejecting: foreign.rejecting }),
    table: new Map(working.map((state) => [state, new Map(rowOf(state))])),
    missing: "stop",
    ...(isBlank || starts === undefined ? {} : { input: starts }),
    notes: {},
    expected: {},
  };
}
