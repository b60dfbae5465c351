/**
 * Minimization of flat machines: states that cannot be told apart become one (Hopcroft's partition refinement).
 *
 * Two states are told apart by what they do on some sequence of symbols that the tape may show them: the writes, the
 * moves, where an entry is undefined, and the name of the halting state that is entered. Every word of symbols counts,
 * whether a tape can show it or not, so the result is sound for every tape, and it is the smallest machine of this
 * kind.
 */
import {
  TAPE_SYMBOLS,
  type SourceMachine,
  type SourceTransition,
  type TapeSymbol,
} from "../../spec/machines/machine.js";

/** A machine and where the states of another one went. */
export interface StateMapping {
  readonly machine: SourceMachine;
  /** The new state of each old one; states that were removed are missing. */
  readonly stateOf: ReadonlyMap<string, string>;
}

/**
 * Removes the states that cannot be reached from the start (see breadthFirst); the others keep their names and their
 * order.
 */
export function removeDeadStates(machine: SourceMachine): StateMapping {
  const reached = new Set(breadthFirst(machine));
  return quotient(
    machine,
    machine.states.filter((state) => reached.has(state)).map((state) => [state]),
  );
}

/**
 * The smallest machine with the same behaviour from the start state: dead states removed, equivalent ones merged. A
 * class keeps the name of its member that a breadth-first search from the start meets first; classes keep that order,
 * halting states last. O(n log n) for n states.
 */
export function minimizeMachine(machine: SourceMachine): StateMapping {
  const states = breadthFirst(machine);
  const index = new Map(states.map((state, i) => [state, i]));
  const predecessors = TAPE_SYMBOLS.map((symbol) => {
    const lists = states.map((): number[] => []);
    for (const [i, state] of states.entries()) {
      const entry = machine.table.get(state)?.get(symbol);
      if (entry !== undefined) lists[index.get(entry.next) as number]?.push(i);
    }
    return lists;
  });
  const partition = new Partition(states.map((state) => signature(machine, state)));
  partition.refine(predecessors);
  return quotient(
    machine,
    partition.classes().map((members) => members.map((i) => states[i] as string)),
  );
}

/**
 * The states that can be reached from the start, breadth first, halting ones last. An absent entry enters the first
 * declared halting state (see normalForm), so where one can be reached, that state is the first halting one here, too.
 */
export function breadthFirst(machine: SourceMachine): string[] {
  const found = new Set([machine.start]);
  const halting = new Set(machine.halting);
  let undefinedEntry = false;
  for (const state of found) {
    for (const symbol of halting.has(state) ? [] : TAPE_SYMBOLS) {
      const entry = machine.table.get(state)?.get(symbol);
      if (entry === undefined) undefinedEntry = true;
      else found.add(entry.next);
    }
  }
  const implicit = undefinedEntry ? machine.states.find((state) => halting.has(state)) : undefined;
  const ends = new Set([...(implicit === undefined ? [] : [implicit]), ...[...found].filter((s) => halting.has(s))]);
  return [...[...found].filter((state) => !halting.has(state)), ...ends];
}

/**
 * The machine whose states are the given classes; each bears the name of its first member. An entry is taken from the
 * first member that has one. States outside all classes are dropped.
 */
export function quotient(machine: SourceMachine, classes: readonly (readonly string[])[]): StateMapping {
  const stateOf = new Map<string, string>();
  for (const members of classes) for (const member of members) stateOf.set(member, members[0] as string);
  const halting = new Set(machine.halting);
  const states = classes.map((members) => members[0] as string);
  const table = new Map<string, ReadonlyMap<TapeSymbol, SourceTransition>>();
  for (const members of classes) {
    const name = members[0] as string;
    if (halting.has(name)) continue;
    const row = new Map<TapeSymbol, SourceTransition>();
    for (const symbol of TAPE_SYMBOLS) {
      const entry = members.map((member) => machine.table.get(member)?.get(symbol)).find((each) => each !== undefined);
      if (entry !== undefined) row.set(symbol, { ...entry, next: stateOf.get(entry.next) as string });
    }
    table.set(name, row);
  }
  const kept = { states, start: stateOf.get(machine.start) as string, halting: states.filter((s) => halting.has(s)) };
  return { machine: { ...machine, ...kept, table }, stateOf };
}

/** What a state does at once: equal for states that one step cannot tell apart. */
function signature(machine: SourceMachine, state: string): string {
  if (machine.halting.includes(state)) return `halts as ${state}`;
  const entries = TAPE_SYMBOLS.map((symbol) => machine.table.get(state)?.get(symbol));
  return entries.map((entry) => (entry === undefined ? "none" : `${entry.write} ${entry.move}`)).join(", ");
}

/**
 * A partition of 0 ... n-1 as Hopcroft needs it: members of a block lie side by side, so a block splits in time
 * proportional to the part that leaves it.
 */
class Partition {
  readonly #members: number[] = [];
  /** place[i]: where i is in members; block[i]: the block of i. */
  readonly #place: number[] = [];
  readonly #block: number[] = [];
  /** Bounds of each block in members, end excluded. */
  readonly #begin: number[] = [];
  readonly #end: number[] = [];
  /** How many members of each block have been marked; they are at its front. */
  readonly #marked: number[] = [];

  constructor(keys: readonly string[]) {
    const groups = new Map<string, number[]>();
    for (const [i, key] of keys.entries()) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [i]);
      else group.push(i);
    }
    for (const group of groups.values()) {
      const block = this.#begin.length;
      this.#begin.push(this.#members.length);
      for (const i of group) {
        this.#place[i] = this.#members.length;
        this.#block[i] = block;
        this.#members.push(i);
      }
      this.#end.push(this.#members.length);
      this.#marked.push(0);
    }
  }

  /**
   * The coarsest refinement in which, for each letter, members of a block have successors in one block, or none at all.
   */
  refine(predecessors: readonly (readonly (readonly number[])[])[]): void {
    const letters = predecessors.map((_, letter) => letter);
    const key = (block: number, letter: number): number => block * letters.length + letter;
    const waiting: number[] = [];
    const isWaiting = new Set<number>();
    const enqueue = (block: number, letter: number): void => {
      if (isWaiting.has(key(block, letter))) return;
      isWaiting.add(key(block, letter));
      waiting.push(key(block, letter));
    };
    for (const block of this.#begin.keys()) for (const letter of letters) enqueue(block, letter);
    while (waiting.length > 0) {
      const next = waiting.pop() as number;
      isWaiting.delete(next);
      const splitter = Math.floor(next / letters.length);
      const letter = next % letters.length;
      const touched = this.#mark(splitter, predecessors[letter] as readonly (readonly number[])[]);
      for (const block of touched) {
        const smaller = this.#split(block);
        if (smaller === undefined) continue;
        const { created, small } = smaller;
        for (const each of letters) enqueue(isWaiting.has(key(block, each)) ? created : small, each);
      }
    }
  }

  /** The blocks with their members in rising order, in the order of their smallest members. */
  classes(): number[][] {
    const blocks = this.#begin.map((begin, block) =>
      this.#members.slice(begin, this.#end[block]).toSorted((a, b) => a - b),
    );
    return blocks.toSorted(([a], [b]) => (a as number) - (b as number));
  }

  /** Marks everything that leads into the splitter; returns the blocks that have marked members. */
  #mark(splitter: number, predecessors: readonly (readonly number[])[]): Set<number> {
    const sources = this.#members
      .slice(this.#begin[splitter], this.#end[splitter])
      .flatMap((member) => predecessors[member] as readonly number[]);
    const touched = new Set<number>();
    for (const source of sources) {
      const block = this.#block[source] as number;
      const front = (this.#begin[block] as number) + (this.#marked[block] as number);
      this.#swap(this.#place[source] as number, front);
      this.#marked[block] = (this.#marked[block] as number) + 1;
      touched.add(block);
    }
    return touched;
  }

  /** Moves the marked members of a block to a new block, unless all are marked; says which part is the smaller one. */
  #split(block: number): { created: number; small: number } | undefined {
    const begin = this.#begin[block] as number;
    const middle = begin + (this.#marked[block] as number);
    const end = this.#end[block] as number;
    this.#marked[block] = 0;
    if (middle === end) return undefined;
    const created = this.#begin.length;
    this.#begin.push(begin);
    this.#end.push(middle);
    this.#marked.push(0);
    this.#begin[block] = middle;
    for (let place = begin; place < middle; place++) this.#block[this.#members[place] as number] = created;
    return { created, small: middle - begin <= end - middle ? created : block };
  }

  #swap(a: number, b: number): void {
    const first = this.#members[a] as number;
    const second = this.#members[b] as number;
    this.#members[a] = second;
    this.#members[b] = first;
    this.#place[second] = a;
    this.#place[first] = b;
  }
}
