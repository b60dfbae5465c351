/**
 * Merging of states that no *defined* behaviour tells apart: an entry that a program claims to be unreachable may be
 * anything, so two states also become one if each is undefined where the other one acts.
 *
 * The smallest such machine is hard to find; this pass is greedy and takes the first pair that fits. It changes nothing
 * on a run that meets no undefined entry; on any other run the merged machine may do anything. O(n^2) pairs for n states,
 * each of which may join up to n others before it fails: after MAX_JOINED the pass ends, and what is left stays as it is.
 */
import { MOVES, TAPE_SYMBOLS, type SourceMachine } from "../../spec/machines/machine.js";
import { breadthFirst, quotient, type StateMapping } from "./minimize.js";

/**
 * Most states in classes that are joined, counted join by join, those that are taken back included. The learners need less
 * than a thousand.
 */
export const MAX_JOINED = 5_000_000;

/**
 * Merges compatible states of a machine; a class keeps the name of its first member in breadth-first order.
 *
 * @param apart states that have a meaning of their own: none is merged with another state. If they are given, states that the
 *   start does not reach are kept, and the order is that of the machine.
 */
export function mergeCompatibleStates(machine: SourceMachine, apart?: ReadonlySet<string>): StateMapping {
  const halting = new Set(machine.halting);
  const states = apart === undefined ? breadthFirst(machine) : machine.states.toSorted((a, b) => rank(a) - rank(b));
  const working = states.length - states.filter((state) => halting.has(state)).length;
  const classes = new Classes(machine, states, new Set([...halting, ...(apart ?? [])]));
  for (let second = 1; second < working; second++) {
    for (let first = 0; first < second && classes.joined < MAX_JOINED; first++) if (classes.merge(first, second)) break;
  }
  return quotient(
    machine,
    classes.list().map((members) => members.map((i) => states[i] as string)),
  );

  function rank(state: string): number {
    return halting.has(state) ? 1 : 0;
  }
}

const SYMBOLS = TAPE_SYMBOLS.length;
/** The act of an undefined entry. */
const UNDEFINED = -1;

/** A partition of the states 0 ... n-1 that grows by merging and takes a merge back if it leads to a contradiction. */
class Classes {
  /** leader[i]: the state whose row stands for the class of i. */
  readonly #leader: Int32Array;
  readonly #members: number[][];
  /** act[SYMBOLS * leader + k]: what the class writes and how it moves on symbol k, as one number; or UNDEFINED. */
  readonly #act: Int32Array;
  /** next[SYMBOLS * leader + k]: some state of the class that the entry leads to. */
  readonly #next: Int32Array;
  /** Nothing is merged with such a state, not even a state without entries. */
  readonly #apart: readonly boolean[];
  /** Members of all classes that have been joined so far. */
  joined = 0;

  constructor(machine: SourceMachine, states: readonly string[], apart: ReadonlySet<string>) {
    const index = new Map(states.map((state, i) => [state, i]));
    this.#apart = states.map((state) => apart.has(state));
    this.#leader = Int32Array.from(states.keys());
    this.#members = states.map((_, i) => [i]);
    this.#act = new Int32Array(SYMBOLS * states.length).fill(UNDEFINED);
    this.#next = new Int32Array(SYMBOLS * states.length);
    for (const [i, state] of states.entries()) {
      for (const [k, symbol] of TAPE_SYMBOLS.entries()) {
        const entry = machine.table.get(state)?.get(symbol);
        if (entry === undefined) continue;
        this.#act[SYMBOLS * i + k] = MOVES.length * (entry.write + 1) + MOVES.indexOf(entry.move);
        this.#next[SYMBOLS * i + k] = index.get(entry.next) as number;
      }
    }
  }

  /** Makes two states one, with everything that follows from it; false, and no change, if that is impossible. */
  merge(first: number, second: number): boolean {
    const [a, b] = [this.#leader[first] as number, this.#leader[second] as number];
    if (a === b || !this.#alike(a, b)) return false;
    const undo: (() => void)[] = [];
    const waiting: [number, number][] = [[a, b]];
    for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
      const [left, right] = [this.#leader[pair[0]] as number, this.#leader[pair[1]] as number];
      if (left === right) continue;
      if (!this.#alike(left, right)) {
        for (const step of undo.toReversed()) step();
        return false;
      }
      this.joined += (this.#members[left] as number[]).length + (this.#members[right] as number[]).length;
      undo.push(this.#join(left, right, waiting));
    }
    return true;
  }

  /** The classes, members in rising order, in the order of their first members. */
  list(): number[][] {
    return this.#members
      .filter((members) => members.length > 0)
      .map((members) => members.toSorted((a, b) => a - b))
      .toSorted(([a], [b]) => (a as number) - (b as number));
  }

  /** Whether one step on each symbol cannot tell the classes of two leaders apart. */
  #alike(left: number, right: number): boolean {
    if (this.#apart[left] === true || this.#apart[right] === true) return false;
    for (let k = 0; k < SYMBOLS; k++) {
      const [a, b] = [this.#act[SYMBOLS * left + k], this.#act[SYMBOLS * right + k]];
      if (a !== b && a !== UNDEFINED && b !== UNDEFINED) return false;
    }
    return true;
  }

  /** Joins the class of one leader with another; says which states must be joined, too, and how to take it back. */
  #join(left: number, right: number, waiting: [number, number][]): () => void {
    const [members, joined] = [this.#members[left] as number[], this.#members[right] as number[]];
    const filled: number[] = [];
    for (let k = 0; k < SYMBOLS; k++) {
      const [to, from] = [SYMBOLS * left + k, SYMBOLS * right + k];
      if (this.#act[from] === UNDEFINED) continue;
      if (this.#act[to] === UNDEFINED) {
        filled.push(to);
        this.#act[to] = this.#act[from] as number;
        this.#next[to] = this.#next[from] as number;
      } else {
        waiting.push([this.#next[to] as number, this.#next[from] as number]);
      }
    }
    this.#members[left] = [...members, ...joined];
    this.#members[right] = [];
    for (const member of joined) this.#leader[member] = left;
    return () => {
      this.#members[left] = members;
      this.#members[right] = joined;
      for (const member of joined) this.#leader[member] = right;
      for (const entry of filled) this.#act[entry] = UNDEFINED;
    };
  }
}
