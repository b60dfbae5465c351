/**
 * Reads the programs of turingmachinesimulator.com, on one tape or several: name, init and accept, then two lines for each
 * transition, "state,symbols" and "next state,symbols,moves". _ is blank; a move is <, > or - (stay).
 */
import type { AlphabetMachine } from "../../spec/machines/alphabet-machine.js";
import type { Move } from "../../spec/machines/machine.js";
import {
  alphabetMachine,
  assertStateName,
  ForeignAlphabet,
  isSymbol,
  nameOfFile,
  toName,
  type ForeignTapesRule,
} from "./foreign-machine.js";
import { InputError, quoteInput } from "../input-error.js";
import { MAX_FILE_BYTES, MAX_STATES, MAX_TAPES } from "../input-limits.js";

const BLANK = "_";
const MOVES: ReadonlyMap<string, Move> = new Map([
  ["<", "left"],
  [">", "right"],
  ["-", "stay"],
]);
const HEADER = /^(name|init|accept)\s*:\s*(.*)$/i;

/** Whether a text is meant as such a program: it has a line init: and a line accept:. */
export function looksLikeTuringMarkup(text: string): boolean {
  return /^\s*init\s*:/im.test(text) && /^\s*accept\s*:/im.test(text);
}

interface Line {
  readonly text: string;
  readonly fail: (message: string) => InputError;
}

/**
 * The machine of a program. A state that accepts halts, whatever leaves it; where there is no transition the machine stops and
 * does not accept.
 *
 * @param file what to call the file in messages
 * @throws {InputError} "file:line: ..." if the text is not such a program
 */
export function readTuringMarkup(text: string, file: string): AlphabetMachine {
  if (text.length > MAX_FILE_BYTES) throw new InputError(`${file}: expected at most ${MAX_FILE_BYTES} characters`);
  const headers = new Map<string, Line>();
  const lines: Line[] = [];
  for (const [i, raw] of text.split("\n").entries()) {
    const fail = (message: string): InputError => new InputError(`${file}:${i + 1}: ${message}`);
    const bare = raw.replace(/\/\/.*$/, "").trim();
    if (bare === "") continue;
    const [, key, value] = HEADER.exec(bare) ?? [];
    if (key === undefined) lines.push({ text: bare, fail });
    else if (headers.has(key.toLowerCase())) throw fail(`${key.toLowerCase()}: a second one`);
    else headers.set(key.toLowerCase(), { text: value ?? "", fail });
  }
  const init = headers.get("init");
  const accept = headers.get("accept");
  if (init === undefined || init.text === "")
    throw new InputError(`${file}: expected a line such as init: q0, got none`);
  if (accept === undefined) throw new InputError(`${file}: expected a line such as accept: q1, got none`);
  assertStateName(init.text, (message) => init.fail(`init: ${message}`));
  const accepting = [...new Set(accept.text.split(",").map((state) => state.trim()))].filter((state) => state !== "");
  for (const state of accepting) assertStateName(state, (message) => accept.fail(`accept: ${message}`));
  const { rules, alphabet, tapes } = readTransitions(lines, file);
  const named = new Set([init.text]);
  for (const [state, row] of rules) for (const name of [state, ...row.map(({ next }) => next)]) named.add(name);
  const states = [...named, ...accepting.filter((state) => !named.has(state))];
  if (states.length > MAX_STATES)
    throw new InputError(`${file}: expected at most ${MAX_STATES} states, got ${states.length}`);
  const name = headers.get("name")?.text ?? "";
  return alphabetMachine({
    name: name === "" ? nameOfFile(file) : toName(name),
    format: "a program of turingmachinesimulator.com",
    alphabet,
    tapes,
    working: states.filter((state) => !accepting.includes(state)),
    halting: accepting,
    accepting,
    rejecting: [],
    start: init.text,
    tapesRules: rules,
  });
}

function readTransitions(
  lines: readonly Line[],
  file: string,
): {
  readonly rules: ReadonlyMap<string, readonly ForeignTapesRule[]>;
  readonly alphabet: ForeignAlphabet;
  readonly tapes: number;
} {
  const [first] = lines;
  if (first === undefined) throw new InputError(`${file}: expected transitions of two lines each, got none`);
  const tapes = first.text.split(",").length - 1;
  if (tapes < 1 || tapes > MAX_TAPES)
    throw first.fail(`expected a state and 1 to ${MAX_TAPES} symbols, got ${tapes} symbols`);
  const alphabet = new ForeignAlphabet(BLANK);
  const rules = new Map<string, ForeignTapesRule[]>();
  for (let i = 0; i < lines.length; i += 2) {
    const [head, tail] = [lines[i] as Line, lines[i + 1]];
    const [state = "", ...read] = fieldsOf(head, 1 + tapes, `a state and ${tapes} symbols`);
    if (tail === undefined) throw head.fail("expected a second line: next state, symbols, moves; the file ends here");
    const [next = "", ...rest] = fieldsOf(tail, 1 + 2 * tapes, `a state, ${tapes} symbols and ${tapes} moves`);
    const write = rest.slice(0, tapes);
    const moves = rest.slice(tapes).map((text): Move => {
      const move = MOVES.get(text);
      if (move === undefined) throw tail.fail(`expected a move (<, > or -), got ${quoteInput(text)}`);
      return move;
    });
    assertStateName(state, (message) => head.fail(`state: ${message}`));
    assertStateName(next, (message) => tail.fail(`state: ${message}`));
    for (const [line, symbol] of [
      ...read.map((each) => [head, each] as const),
      ...write.map((each) => [tail, each] as const),
    ]) {
      if (!isSymbol(symbol)) throw line.fail(`expected a symbol of one character, got ${quoteInput(symbol)}`);
      alphabet.add(symbol, line.fail);
    }
    const row = rules.get(state) ?? [];
    if (row.some((rule) => rule.read.join() === read.join()))
      throw head.fail(`state ${quoteInput(state)}, symbols ${quoteInput(read.join())}: a second transition`);
    rules.set(state, [...row, { read, write, moves, next }]);
  }
  return { rules, alphabet, tapes };
}

function fieldsOf({ text, fail }: Line, count: number, what: string): string[] {
  const fields = text.split(",").map((field) => field.trim());
  if (fields.length !== count) throw fail(`expected ${what}, got ${fields.length} fields`);
  return fields;
}
