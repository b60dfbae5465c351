/**
 * The states and transitions of a .jff file as plain data: ids become names, and building blocks, which are machines inside
 * states, are laid flat. Inside a block its own transitions come first; where none of them applies, those of the block do.
 */
import { quoteInput, type InputError } from "../input-error.js";
import { MAX_NESTING, MAX_STATES, MAX_TAPES } from "../input-limits.js";
import type { XmlElement, XmlFile } from "../xml-tree.js";
import { assertStateName } from "./foreign-machine.js";

/** A state that a configuration can be in. */
export interface JflapState {
  readonly name: string;
  readonly final: boolean;
  /** The elements of its transitions with their targets: its own, then those of the block that it is in, and so on. */
  readonly levels: readonly (readonly JflapTransition[])[];
}

/** A transition, and the state that it leads to: inside a block the block's first state. */
export interface JflapTransition {
  readonly element: XmlElement;
  readonly next: string;
}

/** The machine of a file, laid flat. */
export interface JflapStructure {
  readonly tapes: number;
  readonly states: readonly JflapState[];
  readonly start: string;
}

interface RawState {
  readonly id: string;
  readonly name: string;
  readonly final: boolean;
  readonly initial: boolean;
  readonly element: XmlElement;
  readonly inner: RawMachine | undefined;
}

interface RawMachine {
  readonly states: ReadonlyMap<string, RawState>;
  readonly start: RawState;
  readonly transitions: ReadonlyMap<string, readonly { readonly element: XmlElement; readonly to: RawState }[]>;
}

/** @throws {InputError} "file:line:column: ..." if the file is not a Turing machine of JFLAP */
export function jflapStructure(xml: XmlFile): JflapStructure {
  const { root, errorAt } = xml;
  if (root.name !== "structure") {
    throw errorAt(root.offset, `expected <structure> as JFLAP writes it, got <${quoteTag(root.name)}>`);
  }
  const type = childText(xml, root, "type", "the file").trim();
  if (type !== "turing") throw errorAt(root.offset, `expected a machine of type turing, got type ${quoteInput(type)}`);
  let tapes = 1;
  for (const element of root.children.filter(({ name }) => name === "tapes")) {
    const text = element.text.trim();
    tapes = Number(text);
    if (!/^[1-9]$/.test(text) || tapes > MAX_TAPES)
      throw errorAt(element.offset, `expected 1 to ${MAX_TAPES} tapes, got ${quoteInput(text)}`);
  }
  const [automaton, second] = root.children.filter(({ name }) => name === "automaton");
  if (second !== undefined) throw errorAt(second.offset, "expected one <automaton>, got a second one");
  const flat = new Flattening(xml);
  return { tapes, ...flat.lay(readRaw(xml, automaton ?? root, "", 0)) };
}

function readRaw(xml: XmlFile, container: XmlElement, prefix: string, depth: number): RawMachine {
  const { errorAt } = xml;
  if (depth > MAX_NESTING) throw errorAt(container.offset, "nested too deeply");
  const states = new Map<string, RawState>();
  const names = new Set<string>();
  let start: RawState | undefined;
  // Since JFLAP 7 a state of a Turing machine is a block, with nothing inside if it is no building block.
  for (const element of container.children.filter(({ name }) => name === "state" || name === "block")) {
    const fail = (message: string): InputError => errorAt(element.offset, message);
    const id = element.attributes.get("id")?.trim();
    if (id === undefined || !/^[0-9]{1,9}$/.test(id))
      throw fail(`expected a state with a number as its id, got ${id === undefined ? "none" : quoteInput(id)}`);
    if (states.has(id)) throw fail(`state ${id}: a second state with this id`);
    const has = (tag: string): boolean => element.children.some(({ name }) => name === tag);
    const named = element.children.find(({ name }) => name === "name")?.text ?? element.attributes.get("name") ?? "";
    const name = named.trim() === "" ? `q${id}` : named.trim();
    assertStateName(name, (message) => fail(`state ${id}: ${message}`));
    if (names.has(name)) throw fail(`state ${id}: a second state with the name ${quoteInput(name)}`);
    const inside = insideOf(element, container);
    const full = `${prefix}${name}`;
    const inner = inside === undefined ? undefined : readRaw(xml, inside, `${full}/`, depth + 1);
    const state: RawState = { id, name: full, final: has("final"), initial: has("initial"), element, inner };
    if (state.initial) {
      if (start !== undefined) throw fail(`state ${quoteInput(name)}: a second initial state`);
      start = state;
    }
    states.set(id, state);
    names.add(name);
  }
  if (start === undefined) throw errorAt(container.offset, "expected a state with <initial/>, got none");
  const transitions = new Map<string, { readonly element: XmlElement; readonly to: RawState }[]>();
  for (const element of container.children.filter(({ name }) => name === "transition")) {
    const [from, to] = ["from", "to"].map((tag) => {
      const id = childText(xml, element, tag, "transition").trim();
      const state = states.get(id);
      if (state !== undefined) return state;
      throw errorAt(element.offset, `transition: expected the id of a state in <${tag}>, got ${quoteInput(id)}`);
    }) as [RawState, RawState];
    transitions.set(from.id, [...(transitions.get(from.id) ?? []), { element, to }]);
  }
  return { states, start, transitions };
}

/** The machine inside a building block: in the element that its <tag> names, or in the block itself. */
function insideOf(block: XmlElement, container: XmlElement): XmlElement | undefined {
  const tag = block.children.find(({ name }) => name === "tag")?.text.trim();
  const named = tag === undefined ? undefined : container.children.find(({ name }) => name === tag);
  for (const holder of [named, block]) {
    const found = holder === undefined ? undefined : machineIn(holder, 0);
    if (found !== undefined) return found;
  }
  return undefined;
}

function machineIn(element: XmlElement, depth: number): XmlElement | undefined {
  if (element.children.some(({ name }) => name === "state" || name === "block")) return element;
  if (depth > 2) return undefined;
  for (const child of element.children) {
    const found = child.name === "automaton" || child.name === "structure" ? machineIn(child, depth + 1) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

class Flattening {
  readonly #xml: XmlFile;
  readonly #states: JflapState[] = [];

  constructor(xml: XmlFile) {
    this.#xml = xml;
  }

  lay(machine: RawMachine): Pick<JflapStructure, "states" | "start"> {
    this.#add(machine, [], true);
    const names = new Set(this.#states.map(({ name }) => name));
    if (names.size !== this.#states.length)
      throw this.#xml.errorAt(
        this.#xml.root.offset,
        "two states have the same name once building blocks are laid flat",
      );
    return { states: this.#states, start: entryOf(machine.start) };
  }

  #add(machine: RawMachine, outer: readonly (readonly JflapTransition[])[], isTop: boolean): void {
    for (const state of machine.states.values()) {
      const own = (machine.transitions.get(state.id) ?? []).map(({ element, to }) => ({ element, next: entryOf(to) }));
      const levels = [own, ...outer];
      const final = isTop && state.final;
      // A final block halts as soon as it is entered, whatever is inside.
      if (state.inner !== undefined && !final) this.#add(state.inner, levels, false);
      else {
        if (state.name.length > 64) assertFits(this.#xml, state);
        this.#states.push({ name: state.name, final, levels });
      }
      if (this.#states.length > MAX_STATES)
        throw this.#xml.errorAt(state.element.offset, `expected at most ${MAX_STATES} states, got more`);
    }
  }
}

function assertFits({ errorAt }: XmlFile, { name, element }: RawState): void {
  assertStateName(name, (message) => errorAt(element.offset, `building block: ${message}`));
}

/** The state in which a machine is after it has come to a state: inside a block its first one. */
function entryOf(state: RawState): string {
  return state.inner === undefined || state.final ? state.name : entryOf(state.inner.start);
}

/** The text of the one child with a name. */
function childText({ errorAt }: XmlFile, parent: XmlElement, tag: string, place: string): string {
  const [child, second] = parent.children.filter(({ name }) => name === tag);
  if (child === undefined) throw errorAt(parent.offset, `${place}: missing <${tag}>`);
  if (second !== undefined) throw errorAt(second.offset, `${place}: expected one <${tag}>, got a second one`);
  return child.text;
}

function quoteTag(name: string): string {
  return [...name].length <= 40 ? name : `${[...name].slice(0, 37).join("")}...`;
}
