/**
 * Reads Turing machines of JFLAP (.jff): one tape, one symbol at a time, no building blocks. Final states halt; an empty
 * <read> or <write> is blank, and ~ stands for any symbol that is read and for the symbol that was read.
 */
import type { Move, SourceMachine } from "../../spec/machines/machine.js";
import {
  adaptMachine,
  assertStateName,
  ForeignAlphabet,
  isSymbol,
  nameOfFile,
  type ForeignRule,
} from "./foreign-machine.js";
import { quoteInput, type InputError } from "../input-error.js";
import { MAX_STATES } from "../input-limits.js";
import { parseXml, type XmlElement, type XmlFile } from "../xml-tree.js";

/** JFLAP draws the blank like this; in its files a blank is empty. */
const BLANK = "\u25A1";
const ANY = "~";
const MOVES: ReadonlyMap<string, Move> = new Map([
  ["L", "left"],
  ["R", "right"],
  ["S", "stay"],
]);

interface State {
  readonly name: string;
  readonly final: boolean;
}

interface Transition {
  readonly from: State;
  readonly read: string;
  readonly write: string;
  readonly move: Move;
  readonly next: string;
  readonly element: XmlElement;
}

/** Whether a text is meant as a .jff file: it begins like XML. */
export function looksLikeJflap(text: string): boolean {
  return /^\s*</.test(text);
}

/**
 * The machine of a .jff file. The run starts from a blank tape; JFLAP keeps no input in its files.
 *
 * @param file what to call the file in messages
 * @throws {InputError} "file:line:column: ..." if the file is not a machine of this kind, two transitions leave a state on
 *   one symbol, or there are more than three symbols
 */
export function readJflap(text: string, file: string): SourceMachine {
  const xml = parseXml(text, file);
  const automaton = findAutomaton(xml);
  const { states, start } = readStates(xml, automaton);
  const alphabet = new ForeignAlphabet(BLANK);
  const transitions = automaton.children
    .filter(({ name }) => name === "transition")
    .map((element) => readTransition(xml, element, states, alphabet));
  const named = [...states.values()];
  const working = named.filter(({ final }) => !final).map(({ name }) => name);
  return adaptMachine({
    name: nameOfFile(file),
    format: "a JFLAP file",
    alphabet,
    working,
    halting: named.filter(({ final }) => final).map(({ name }) => name),
    start: start.name,
    rules: collectRules(xml, transitions, alphabet),
  });
}

/** The element that holds states and transitions: <automaton>, or in old files <structure> itself. */
function findAutomaton(xml: XmlFile): XmlElement {
  const { root, errorAt } = xml;
  if (root.name !== "structure") {
    throw errorAt(root.offset, `expected <structure> as JFLAP writes it, got <${quoteTag(root.name)}>`);
  }
  const type = textOf(xml, root, "type", "the file").trim();
  if (type !== "turing") {
    throw errorAt(root.offset, `expected a machine of type turing, got type ${quoteInput(type)}`);
  }
  for (const tapes of root.children.filter(({ name }) => name === "tapes")) {
    if (tapes.text.trim() !== "1") {
      throw errorAt(tapes.offset, `expected one tape, got ${quoteInput(tapes.text.trim())} of them`);
    }
  }
  const [automaton, second] = root.children.filter(({ name }) => name === "automaton");
  if (second !== undefined) throw errorAt(second.offset, "expected one <automaton>, got a second one");
  const container = automaton ?? root;
  for (const child of container.children) {
    const inner = child === automaton ? undefined : findPart(child);
    if (inner !== undefined) {
      const place = `<${quoteTag(child.name)}>`;
      throw errorAt(inner.offset, `${place}: a machine inside the machine; building blocks are not read`);
    }
  }
  return container;
}

/** A part of another machine inside an element. */
function findPart(element: XmlElement): XmlElement | undefined {
  for (const child of element.children) {
    if (["structure", "automaton", "state", "block", "transition"].includes(child.name)) return child;
    const inner = findPart(child);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function readStates(
  { errorAt }: XmlFile,
  automaton: XmlElement,
): { readonly states: ReadonlyMap<string, State>; readonly start: State } {
  const states = new Map<string, State>();
  const names = new Set<string>();
  let start: State | undefined;
  // Since JFLAP 7 a state of a Turing machine is a block with nothing inside.
  for (const element of automaton.children.filter(({ name }) => name === "state" || name === "block")) {
    const fail = (message: string): InputError => errorAt(element.offset, message);
    const id = element.attributes.get("id")?.trim();
    if (id === undefined || !/^[0-9]{1,9}$/.test(id)) {
      throw fail(`expected a state with a number as its id, got ${id === undefined ? "none" : quoteInput(id)}`);
    }
    if (states.has(id)) throw fail(`state ${id}: a second state with this id`);
    const has = (tag: string): boolean => element.children.some(({ name }) => name === tag);
    const named = element.children.find(({ name }) => name === "name")?.text ?? element.attributes.get("name") ?? "";
    const name = named.trim() === "" ? `q${id}` : named.trim();
    assertStateName(name, (message) => fail(`state ${id}: ${message}`));
    if (names.has(name)) throw fail(`state ${id}: a second state with the name ${quoteInput(name)}`);
    const state = { name, final: has("final") };
    if (has("initial")) {
      if (start !== undefined) throw fail(`state ${quoteInput(name)}: a second initial state`);
      start = state;
    }
    states.set(id, state);
    names.add(name);
  }
  if (states.size > MAX_STATES) {
    throw errorAt(automaton.offset, `expected at most ${MAX_STATES} states, got ${states.size}`);
  }
  if (start === undefined) throw errorAt(automaton.offset, "expected a state with <initial/>, got none");
  return { states, start };
}

function readTransition(
  xml: XmlFile,
  element: XmlElement,
  states: ReadonlyMap<string, State>,
  alphabet: ForeignAlphabet,
): Transition {
  const { errorAt } = xml;
  if (element.attributes.get("block") === "true") {
    throw errorAt(element.offset, "a transition of a building block; building blocks are not read");
  }
  const stateOf = (tag: string): State => {
    const id = textOf(xml, element, tag, "transition").trim();
    const state = states.get(id);
    if (state === undefined) {
      throw errorAt(element.offset, `transition: expected the id of a state in <${tag}>, got ${quoteInput(id)}`);
    }
    return state;
  };
  const from = stateOf("from");
  const to = stateOf("to");
  const leaving = `transition from state ${quoteInput(from.name)}`;
  if (from.final) throw errorAt(element.offset, `${leaving}: a final state halts; no transition leaves it`);
  const symbolOf = (tag: string, place: string): string => {
    const text = textOf(xml, element, tag, place);
    const symbol = text === "" ? BLANK : text;
    if (!isSymbol(symbol)) {
      throw errorAt(element.offset, `${place}: expected one symbol in <${tag}>, got ${quoteInput(text)}`);
    }
    if (symbol !== ANY) alphabet.add(symbol, (message) => errorAt(element.offset, `${place}: ${message}`));
    return symbol;
  };
  const read = symbolOf("read", leaving);
  const place = `${leaving}, symbol ${read === BLANK ? "blank" : quoteInput(read)}`;
  const write = symbolOf("write", place);
  const moveText = textOf(xml, element, "move", place).trim();
  const move = MOVES.get(moveText);
  if (move === undefined) {
    throw errorAt(element.offset, `${place}: expected L, R or S in <move>, got ${quoteInput(moveText)}`);
  }
  return { from, read, write, move, next: to.name, element };
}

function collectRules(
  { errorAt }: XmlFile,
  transitions: readonly Transition[],
  alphabet: ForeignAlphabet,
): ReadonlyMap<string, ReadonlyMap<string, ForeignRule>> {
  const rules = new Map<string, Map<string, ForeignRule>>();
  for (const { from, read, write, move, next, element } of transitions) {
    const row = rules.get(from.name) ?? new Map<string, ForeignRule>();
    rules.set(from.name, row);
    for (const symbol of read === ANY ? alphabet.symbols : [read]) {
      if (row.has(symbol)) {
        const name = symbol === BLANK ? "blank" : quoteInput(symbol);
        const place = `transition from state ${quoteInput(from.name)}, symbol ${name}`;
        throw errorAt(element.offset, `${place}: a second one; only deterministic machines are read`);
      }
      row.set(symbol, { write: write === ANY ? symbol : write, move, next });
    }
  }
  return rules;
}

/** The text of the one child with a name. */
function textOf({ errorAt }: XmlFile, parent: XmlElement, tag: string, place: string): string {
  const [child, second] = parent.children.filter(({ name }) => name === tag);
  if (child === undefined) throw errorAt(parent.offset, `${place}: missing <${tag}>`);
  const tape = second ?? ((child.attributes.get("tape") ?? "1").trim() === "1" ? undefined : child);
  if (tape !== undefined)
    throw errorAt(tape.offset, `${place}: expected one <${tag}>, of tape 1; only one tape is read`);
  return child.text;
}

function quoteTag(name: string): string {
  return [...name].length <= 40 ? name : `${[...name].slice(0, 37).join("")}...`;
}
