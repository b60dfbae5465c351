/**
 * Merging of states that no *defined* behaviour tells apart: an entry that a program claims to be unreachable may be
 * anything, so two states also become one if each is undefined where the other one acts.
 *
 * The smallest such machine is hard to find; this pass is greedy and takes the first pair that fits. It changes nothing
 * on a run that meets no undefined entry; on any other run the merged machine may do anything.
 */
import { TAPE_SYMBOLS, type SourceMachine, type TapeSymbol } from "../../spec/machines/machine.js";
import { breadthFirst, quotient, type StateMapping } from "./minimize.js";

/** Merges compatible states of a machine; a class keeps the name of its first member in breadth-first order. */
export function mergeCompatibleStates(machine: SourceMachine): StateMapping {
  const states = breadthFirst(machine);
  const working = states.filter((state) => !machine.halting.includes(state));
  const classes = new Classes(machine, states);
  for (const [j, second] of working.entries()) {
    for (const first of working.slice(0, j)) if (classes.merge(first, second)) break;
  }
  return quotient(machine, classes.list());
}

/** One entry of a class. */
interface ClassEntry {
  readonly act: string;
  /** Some state of the class that the entry leads to. */
  readonly next: string;
}

/** A partition that grows by merging and takes a merge back if it leads to a contradiction. */
class Classes {
  /** leader.get(s): the leader of the class of s. */
  readonly #leader = new Map<string, string>();
  readonly #members = new Map<string, readonly string[]>();
  readonly #rows = new Map<string, ReadonlyMap<TapeSymbol, ClassEntry>>();
  readonly #halting: ReadonlySet<string>;
  readonly #order: ReadonlyMap<string, number>;

  constructor(machine: SourceMachine, states: readonly string[]) {
    this.#halting = new Set(machine.halting);
    this.#order = new Map(states.map((state, i) => [state, i]));
    for (const state of states) {
      const row = new Map<TapeSymbol, ClassEntry>();
      for (const [symbol, { write, move, next }] of machine.table.get(state) ?? []) {
        row.set(symbol, { act: `${write} ${move}`, next });
      }
      this.#leader.set(state, state);
      this.#members.set(state, [state]);
      this.#rows.set(state, row);
    }
  }

  /** Makes two states one, with everything that follows from it; false, and no change, if that is impossible. */
  merge(first: string, second: string): boolean {
    if (this.#leaderOf(first) === this.#leaderOf(second) || !this.#alike(first, second)) return false;
    const undo: (() => void)[] = [];
    const waiting: [string, string][] = [[first, second]];
    while (waiting.length > 0) {
      const [left, right] = (waiting.pop() as [string, string]).map((state) => this.#leaderOf(state));
      if (left === undefined || right === undefined || left === right) continue;
      if (!this.#alike(left, right)) {
        for (const step of undo.toReversed()) step();
        return false;
      }
      waiting.push(...this.#join(left, right, undo));
    }
    return true;
  }

  /** The classes, each with its first member in front, in the order of the first members. */
  list(): string[][] {
    const rank = (state: string): number => this.#order.get(state) as number;
    return [...this.#members.values()]
      .map((members) => members.toSorted((a, b) => rank(a) - rank(b)))
      .toSorted(([a], [b]) => rank(a as string) - rank(b as string));
  }

  #leaderOf(state: string): string {
    return this.#leader.get(state) as string;
  }

  /** Whether one step on each symbol cannot tell two classes apart. */
  #alike(first: string, second: string): boolean {
    const [left, right] = [this.#leaderOf(first), this.#leaderOf(second)];
    if (this.#halting.has(left) || this.#halting.has(right)) return left === right;
    const [rowA, rowB] = [this.#rows.get(left), this.#rows.get(right)];
    return TAPE_SYMBOLS.every((symbol) => {
      const [a, b] = [rowA?.get(symbol), rowB?.get(symbol)];
      return a === undefined || b === undefined || a.act === b.act;
    });
  }

  /** Joins two classes; returns the pairs of states that must be joined, too. */
  #join(left: string, right: string, undo: (() => void)[]): [string, string][] {
    const [members, joined] = [this.#members.get(left) ?? [], this.#members.get(right) ?? []];
    const [row, other] = [this.#rows.get(left), this.#rows.get(right)];
    undo.push(() => {
      this.#members.set(left, members);
      this.#members.set(right, joined);
      this.#rows.set(left, row as ReadonlyMap<TapeSymbol, ClassEntry>);
      for (const member of joined) this.#leader.set(member, right);
    });
    this.#members.set(left, [...members, ...joined]);
    this.#members.delete(right);
    this.#rows.set(left, new Map([...(other ?? []), ...(row ?? [])]));
    for (const member of joined) this.#leader.set(member, left);
    return TAPE_SYMBOLS.flatMap((symbol): [string, string][] => {
      const [a, b] = [row?.get(symbol)?.next, other?.get(symbol)?.next];
      return a === undefined || b === undefined ? [] : [[a, b]];
    });
  }
}
