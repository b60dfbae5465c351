/**
 * Reads Turing machines of JFLAP (.jff), on one tape or several. Entering a final state halts and accepts, whatever leaves it. An
 * empty <read> or <write>, and the square that JFLAP draws, is blank; ~ is any symbol to read, and the symbol that was read to
 * write; !a is any symbol but a; a,b}x is a or b, which x then stands for in the same transition. A text of several characters
 * is one symbol, as in later versions of JFLAP.
 */
import type { AlphabetMachine } from "../../spec/machines/alphabet-machine.js";
import type { Move } from "../../spec/machines/machine.js";
import {
  alphabetMachine,
  ForeignAlphabet,
  nameOfFile,
  showSymbol,
  type Complaint,
  type ForeignTapesRule,
} from "./foreign-machine.js";
import { InputError, quoteInput } from "../input-error.js";
import { MAX_TABLE_ENTRIES } from "../input-limits.js";
import { parseXml, type XmlElement, type XmlFile } from "../xml-tree.js";
import { jflapStructure, type JflapState, type JflapTransition } from "./jflap-structure.js";

/** JFLAP draws the blank like this; in its files a blank is empty. */
const BLANK = "\u25A1";
const ANY = "~";
const MOVES: ReadonlyMap<string, Move> = new Map([
  ["L", "left"],
  ["R", "right"],
  ["S", "stay"],
]);

/** What a transition reads on one tape. */
type Pattern =
  | { readonly kind: "one" | "not"; readonly symbol: string }
  | { readonly kind: "any" }
  | { readonly kind: "list"; readonly symbols: readonly string[]; readonly variable: string };

/** A transition with its texts taken apart; shapes: one for each tape. */
interface Rule {
  readonly reads: readonly Pattern[];
  readonly writes: readonly string[];
  readonly moves: readonly Move[];
  readonly next: string;
  readonly element: XmlElement;
}

/** Whether a text is meant as a .jff file: it begins like XML. */
export function looksLikeJflap(text: string): boolean {
  return /^\s*</.test(text);
}

/**
 * The machine of a .jff file; JFLAP keeps no input in its files.
 *
 * @param file what to call the file in messages
 * @param symbols of an input; those that no transition names are taken in where one is for any symbol
 * @throws {InputError} "file:line:column: ..." if the file is not a machine of this kind, or two transitions that do different
 *   things leave a state on the same symbols
 */
export function readJflap(text: string, file: string, symbols: readonly string[] = []): AlphabetMachine {
  const xml = parseXml(text, file);
  const { tapes, states, start } = jflapStructure(xml);
  const alphabet = new ForeignAlphabet(BLANK);
  const read = new Map<XmlElement, Rule>();
  const ruleOf = (from: JflapState, transition: JflapTransition): Rule => {
    const known = read.get(transition.element);
    if (known !== undefined) return known;
    const rule = readTransition(xml, from.name, transition, tapes, alphabet);
    read.set(transition.element, rule);
    return rule;
  };
  const levels = states.map((state) => state.levels.map((level) => level.map((each) => ruleOf(state, each))));
  const isOpen = [...read.values()].some(({ reads }) => reads.some(({ kind }) => kind === "any" || kind === "not"));
  if (isOpen) for (const symbol of symbols) alphabet.add(symbol, (message) => new InputError(`--input: ${message}`));
  const finals = states.filter(({ final }) => final).map(({ name }) => name);
  const tapesRules = new Map(
    states.flatMap(({ name, final }, i) =>
      final ? [] : [[name, collectRules(xml, name, levels[i] ?? [], alphabet, tapes)] as const],
    ),
  );
  return alphabetMachine({
    name: nameOfFile(file),
    format: "a JFLAP file",
    alphabet,
    tapes,
    working: [...tapesRules.keys()],
    halting: finals,
    accepting: finals,
    rejecting: [],
    start,
    tapesRules,
  });
}

function readTransition(
  xml: XmlFile,
  from: string,
  { element, next }: JflapTransition,
  tapes: number,
  alphabet: ForeignAlphabet,
): Rule {
  const { errorAt } = xml;
  const place = `transition from state ${quoteInput(from)}`;
  const complain: Complaint = (message) => errorAt(element.offset, `${place}: ${message}`);
  // A transition from a building block only reads.
  const isBlock = element.attributes.get("block") === "true";
  const reads = textsOf(element, "read", tapes, "", complain).map((text) => readPattern(text, alphabet, complain));
  const writes = isBlock ? reads.map(() => ANY) : textsOf(element, "write", tapes, "", complain).map(withBlank);
  for (const [t, write] of writes.entries()) {
    const pattern = reads[t] as Pattern;
    if (write === ANY || (pattern.kind === "list" && pattern.variable === write)) continue;
    alphabet.add(write, complain);
  }
  const moves = (isBlock ? reads.map(() => "S") : textsOf(element, "move", tapes, "R", complain)).map((text) => {
    const move = MOVES.get(text.trim());
    if (move === undefined) throw complain(`expected L, R or S in <move>, got ${quoteInput(text.trim())}`);
    return move;
  });
  return { reads, writes, moves, next, element };
}

/** The texts of the children with a name, by the tapes that they are for; what is not there has a text of its own. */
function textsOf(element: XmlElement, tag: string, tapes: number, absent: string, complain: Complaint): string[] {
  const texts = new Map<number, string>();
  for (const child of element.children.filter(({ name }) => name === tag)) {
    const tape = (child.attributes.get("tape") ?? "1").trim();
    if (!/^[1-9]$/.test(tape) || Number(tape) > tapes)
      throw complain(`<${tag}> of tape ${quoteInput(tape)}; the machine has ${tapes === 1 ? "one" : tapes}`);
    if (texts.has(Number(tape))) throw complain(`a second <${tag}> of tape ${tape}`);
    texts.set(Number(tape), child.text);
  }
  if (tapes === 1 && texts.size === 0) throw complain(`missing <${tag}>`);
  return Array.from({ length: tapes }, (_, t) => texts.get(t + 1) ?? absent);
}

function withBlank(text: string): string {
  const bare = text.trim();
  return bare === "" ? (text === " " ? text : BLANK) : bare;
}

function readPattern(text: string, alphabet: ForeignAlphabet, complain: Complaint): Pattern {
  const read = withBlank(text);
  if (read === ANY) return { kind: "any" };
  if (read.startsWith("!") && read.length > 1) {
    alphabet.add(read.slice(1), complain);
    return { kind: "not", symbol: read.slice(1) };
  }
  const brace = read.indexOf("}");
  if (brace > 0 && brace < read.length - 1) {
    const symbols = read.slice(0, brace).split(",").map(withBlank);
    for (const symbol of symbols) alphabet.add(symbol, complain);
    return { kind: "list", symbols, variable: read.slice(brace + 1) };
  }
  alphabet.add(read, complain);
  return { kind: "one", symbol: read };
}

/** The symbols that a pattern fits. */
function symbolsOf(pattern: Pattern, alphabet: readonly string[]): readonly string[] {
  if (pattern.kind === "any") return alphabet;
  if (pattern.kind === "list") return pattern.symbols;
  return pattern.kind === "one" ? [pattern.symbol] : alphabet.filter((symbol) => symbol !== pattern.symbol);
}

/** Level by level, and on a level rules with ! after all others: where an earlier one applies, a later one does not. */
function collectRules(
  { errorAt }: XmlFile,
  state: string,
  levels: readonly (readonly Rule[])[],
  alphabet: ForeignAlphabet,
  tapes: number,
): ForeignTapesRule[] {
  const found = new Map<string, ForeignTapesRule>();
  const isNegative = ({ reads }: Rule): boolean => reads.some(({ kind }) => kind === "not");
  const ranks = levels.flatMap((level) => [level.filter((rule) => !isNegative(rule)), level.filter(isNegative)]);
  for (const rank of ranks) {
    const now = new Map<string, ForeignTapesRule>();
    for (const rule of rank) {
      const choices = rule.reads.map((pattern) => symbolsOf(pattern, alphabet.symbols));
      if (choices.reduce((product, { length }) => product * length, 1) + now.size > MAX_TABLE_ENTRIES)
        throw errorAt(rule.element.offset, `state ${quoteInput(state)}: more than ${MAX_TABLE_ENTRIES} entries`);
      for (const read of combinations(choices, tapes)) {
        const entry = { read, write: writtenBy(rule, read), moves: rule.moves, next: rule.next };
        const key = JSON.stringify(read);
        const before = now.get(key);
        if (before !== undefined && JSON.stringify(before) !== JSON.stringify(entry)) {
          const names = read.map((symbol) => (symbol === BLANK ? "blank" : showSymbol(symbol))).join(", ");
          const place = `transition from state ${quoteInput(state)}, symbol ${names}`;
          throw errorAt(rule.element.offset, `${place}: a second one; only deterministic machines are read`);
        }
        now.set(key, entry);
      }
    }
    for (const [key, entry] of now) if (!found.has(key)) found.set(key, entry);
  }
  return [...found.values()];
}

function writtenBy({ reads, writes }: Rule, read: readonly string[]): string[] {
  return writes.map((write, t) => {
    const pattern = reads[t] as Pattern;
    const isRead = write === ANY || (pattern.kind === "list" && pattern.variable === write);
    return isRead ? (read[t] as string) : write;
  });
}

function combinations(choices: readonly (readonly string[])[], tapes: number): string[][] {
  let all: string[][] = [[]];
  for (let t = 0; t < tapes; t++)
    all = all.flatMap((before) => (choices[t] ?? []).map((symbol) => [...before, symbol]));
  return all;
}
