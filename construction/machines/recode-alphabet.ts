/**
 * From a machine on one tape over any alphabet to one of three symbols: each symbol becomes a column of cells, or a row of them.
 * Untrusted: checkers/rcnn/check-recoding.ts decides the result.
 *
 * The head enters a block at an end. It reads cell by cell only until what it has read belongs to one symbol; then the entry is
 * known. It goes as far as the last cell that has to change, and back to the end where it leaves, writing. In a column the head
 * leaves at the top to the left and right; so it enters there, too, and one end is enough if the source moves along a row.
 */
import type { AlphabetMachine } from "../../spec/machines/alphabet-machine.js";
import type { Move, SourceMachine, SourceTransition, TapeSymbol } from "../../spec/machines/machine.js";
import { sourceSteps, type RecodedState, type RecodedStep, type Recoding } from "../../spec/machines/recoding.js";
import { mergeCompatibleStates } from "../language/merge-compatible.js";

/** How the cells of a block lie. */
export type BlockShape = "column" | "row";

/** Both, in the order in which they are tried. */
export const BLOCK_SHAPES: readonly BlockShape[] = ["column", "row"];

/** The least n >= 1 with 3^n >= k: the cells that k symbols need. */
export function cellsFor(k: number): number {
  let n = 1;
  while (3 ** n < k) n += 1;
  return n;
}

/**
 * Symbols as digits in base 3, least significant first, 2 written as -1; shape: k x n. So the cells that are read first tell most
 * symbols apart.
 */
export function plainCodes(k: number, n: number = cellsFor(k)): TapeSymbol[][] {
  return Array.from({ length: k }, (_, index) => codeOf(index, n));
}

/** The n digits of a number below 3^n. */
function codeOf(index: number, n: number): TapeSymbol[] {
  return Array.from({ length: n }, (_digit, i) => {
    const digit = Math.floor(index / 3 ** i) % 3;
    return digit === 2 ? -1 : (digit as TapeSymbol);
  });
}

/** Most states of targets that a search for codes builds, all together. */
const SEARCHED_STATES = 20_000;
/** Most codes that it tries. */
const SEARCHED_CODES = 400;

/**
 * The recoding of a machine with the fewest states that a search finds: columns and rows, and codes that are changed one or
 * two at a time. The search is the same every time.
 *
 * @throws {RangeError} if the machine has several tapes
 */
export function recodeAlphabet(source: AlphabetMachine): Recoding {
  if (source.tapes !== 1) throw new RangeError(`recodeAlphabet: expected one tape, got ${source.tapes}`);
  const found = BLOCK_SHAPES.map((shape) => searchCodes(source, shape));
  return found.reduce((best, other) => (other.target.states.length < best.target.states.length ? other : best));
}

/** The best recoding into blocks of one shape that a search finds. */
export function searchCodes(source: AlphabetMachine, shape: BlockShape): Recoding {
  const k = source.symbols.length;
  const n = cellsFor(k);
  // places[i]: the number whose digits are the code of symbol i; from k on, numbers that are no codes.
  let places = Array.from({ length: 3 ** n }, (_, i) => i);
  const build = (order: readonly number[]): Recoding =>
    recodeWith(
      source,
      order.slice(0, k).map((index) => codeOf(index, n)),
      shape,
    );
  let best = build(places);
  let built = best.target.states.length;
  let random = 1;
  const below = (most: number): number => {
    random = (48_271 * random) % 2_147_483_647;
    return random % most;
  };
  for (let tried = 0; tried < SEARCHED_CODES && built < SEARCHED_STATES && k > 2; tried++) {
    // The blank keeps its code.
    const [i, j] = [1 + below(k - 1), 1 + below(places.length - 1)];
    if (i === j) continue;
    const swapped = places.with(i, places[j] as number).with(j, places[i] as number);
    const next = build(swapped);
    built += next.target.states.length;
    if (next.target.states.length > best.target.states.length) continue;
    [best, places] = [next, swapped];
  }
  return best;
}

/**
 * The recoding with given codes.
 *
 * @param codes shape: symbols x n, each once, the blank's blank
 */
export function recodeWith(
  source: AlphabetMachine,
  codes: readonly (readonly TapeSymbol[])[],
  shape: BlockShape,
): Recoding {
  const builder = new Builder(source, codes, shape);
  return builder.recoding();
}

/** Where a block is entered: its first cell, or its last one. */
type End = "first" | "last";

class Builder {
  readonly #source: AlphabetMachine;
  readonly #codes: readonly (readonly TapeSymbol[])[];
  readonly #shape: BlockShape;
  readonly #n: number;
  readonly #stepOf: (state: string, symbol: number) => RecodedStep;
  /** Rows of the table, by name, in the order in which they are first needed. */
  readonly #table = new Map<string, Map<TapeSymbol, SourceTransition>>();
  readonly #states = new Map<string, RecodedState>();
  readonly #stopped = new Map<string, RecodedState>();
  readonly #waiting: [state: string, end: End][] = [];

  constructor(source: AlphabetMachine, codes: readonly (readonly TapeSymbol[])[], shape: BlockShape) {
    this.#source = source;
    this.#codes = codes;
    this.#shape = shape;
    this.#n = codes[0]?.length ?? 1;
    this.#stepOf = sourceSteps(source);
  }

  recoding(): Recoding {
    const start = this.#entry(this.#source.start, "first");
    for (let next = this.#waiting.pop(); next !== undefined; next = this.#waiting.pop()) this.#read(...next);
    // What a run never enters has a place, too: the statement is about every configuration.
    for (const state of this.#source.states) {
      if ([...this.#states.values()].some((one) => one.state === state)) continue;
      this.#entry(state, "first");
      for (let next = this.#waiting.pop(); next !== undefined; next = this.#waiting.pop()) this.#read(...next);
    }
    const { name, notes, halting } = this.#source;
    const ends = [...this.#states.values()].filter(({ state }) => halting.includes(state)).map(({ target }) => target);
    const stops = [...this.#stopped.values()].map(({ target }) => target);
    const target: SourceMachine = {
      name: `${name}, recoded`.slice(0, 200),
      states: [...this.#table.keys(), ...ends, ...stops],
      start,
      halting: [...ends, ...stops],
      table: this.#table,
      notes,
      expected: {},
    };
    const [rows, columns] = this.#shape === "column" ? [this.#n, 1] : [1, this.#n];
    const rank = (one: RecodedState): number => this.#source.states.indexOf(one.state);
    const inOrder = (all: Iterable<RecodedState>): RecodedState[] => [...all].toSorted((a, b) => rank(a) - rank(b));
    const states = inOrder(this.#states.values());
    const stopped = inOrder(this.#stopped.values());
    const { machine } = mergeCompatibleStates(target, new Set([...states, ...stopped].map((one) => one.target)));
    return named({ source: this.#source, target: machine, rows, columns, codes: this.#codes, states, stopped });
  }

  /** The target's state for a source's state in a block that is entered at an end. */
  #entry(state: string, end: End): string {
    const isHalting = this.#source.halting.includes(state);
    const target = end === "first" ? state : `${MADE}${state} from the end`;
    if (!this.#states.has(target)) {
      this.#states.set(target, { state, target, ...this.#place(end) });
      if (!isHalting) this.#waiting.push([state, end]);
    }
    return target;
  }

  #stop(state: string, end: End): string {
    const target = `${MADE}${state} stops${end === "first" ? "" : " at the end"}`;
    this.#stopped.set(target, { state, target, ...this.#place(end) });
    return target;
  }

  #place(end: End): { readonly row: number; readonly column: number } {
    const at = end === "first" ? 0 : this.#n - 1;
    return this.#shape === "column" ? { row: at, column: 0 } : { row: 0, column: at };
  }

  /** Adds the states that read a block from an end. */
  #read(state: string, end: End): void {
    const order = Array.from({ length: this.#n }, (_, i) => (end === "first" ? i : this.#n - 1 - i));
    const away = this.#along(end === "first" ? 1 : -1);
    const entered = this.#entry(state, end);
    const visit = (name: string, depth: number, symbols: readonly number[]): void => {
      const at = order[depth] as number;
      const row = this.#row(name);
      for (const digit of [0, 1, -1] as const) {
        const left = symbols.filter((symbol) => this.#codes[symbol]?.[at] === digit);
        const [only] = left;
        if (only === undefined) continue;
        if (left.length === 1) {
          row.set(digit, this.#act(state, end, at, only));
          continue;
        }
        const next = `${depth === 0 ? MADE : ""}${name}${depth === 0 ? " " : ""}${spell(digit)}`;
        row.set(digit, { write: digit, move: away, next });
        visit(next, depth + 1, left);
      }
    };
    visit(
      entered,
      0,
      this.#codes.map((_, symbol) => symbol),
    );
  }

  /** What to do on a cell of a block whose symbol is known by now. */
  #act(state: string, entered: End, at: number, symbol: number): SourceTransition {
    const step = this.#stepOf(state, symbol);
    const end = this.#leavesAt(step.move, entered, at);
    const goal = end === "first" ? 0 : this.#n - 1;
    const before = this.#codes[symbol] as readonly TapeSymbol[];
    const after = this.#codes[step.write] as readonly TapeSymbol[];
    const changed = after.flatMap((digit, i) => (digit === before[i] ? [] : [i]));
    // Beyond the cell where the head is, seen from the end where it leaves.
    const outward = goal === 0 ? 1 : -1;
    const far = changed.reduce((most, i) => ((i - most) * outward > 0 ? i : most), at);
    // On the way out the cells from here on are rewritten; those nearer to the end are not yet when the head comes back.
    const content = before.map((digit, i) => ((i - at) * outward >= 0 ? (after[i] as TapeSymbol) : digit));
    const tour = { step, end, before, after, content, goal, outward, far, state };
    if (far !== at) {
      const next = this.#away(tour, at + outward);
      return { write: after[at] as TapeSymbol, move: this.#along(outward), next };
    }
    return this.#back(tour, at);
  }

  /** Where the head leaves a block: across it, at the first cell; along it, at that end; if it stays, where it is nearest. */
  #leavesAt(move: Move, entered: End, at: number): End {
    const along = this.#shape === "column" ? (["up", "down"] as const) : (["left", "right"] as const);
    if (move === along[0]) return "first";
    if (move === along[1]) return "last";
    // A column whose heads never move along it is entered at the top only.
    return this.#n === 1 || at === 0 || move !== "stay" ? "first" : entered;
  }

  #along(direction: number): Move {
    if (this.#shape === "column") return direction > 0 ? "down" : "up";
    return direction > 0 ? "right" : "left";
  }

  /** The state that goes outward to the last cell that changes; it writes there what comes after. */
  #away(tour: Tour, at: number): string {
    const written = tour.after.map(spell).join("");
    const name = `${MADE}write ${written} ${at} to ${tour.far}, ${this.#leaving(tour)}`;
    const digit = tour.after[at] as TapeSymbol;
    const entry =
      at === tour.far
        ? this.#back(tour, at)
        : { write: digit, move: this.#along(tour.outward), next: this.#away(tour, at + tour.outward) };
    this.#row(name).set(tour.before[at] as TapeSymbol, entry);
    return name;
  }

  /** Writes a cell and goes towards the end where the head leaves, or leaves. */
  #back(tour: Tour, at: number): SourceTransition {
    const write = tour.after[at] as TapeSymbol;
    if (at === tour.goal) return { write, ...this.#leave(tour) };
    return { write, move: this.#along(-tour.outward), next: this.#return(tour, at - tour.outward) };
  }

  #return(tour: Tour, at: number): string {
    const rest = tour.goal === 0 ? tour.after.slice(0, at + 1) : tour.after.slice(at);
    const name = `${MADE}write ${rest.map(spell).join("")}, ${this.#leaving(tour)}`;
    this.#row(name).set(tour.content[at] as TapeSymbol, this.#back(tour, at));
    return name;
  }

  #leave({ step, end, state }: Tour): { readonly move: Move; readonly next: string } {
    if (step.stops) return { move: "stay", next: this.#stop(state, end) };
    return { move: step.move, next: this.#entry(step.next, this.#arrivesAt(step.move, end)) };
  }

  /** Along the block, the next one is entered at its other end. */
  #arrivesAt(move: Move, end: End): End {
    const isAlong = this.#shape === "column" ? move === "up" || move === "down" : move === "left" || move === "right";
    if (!isAlong || this.#n === 1) return this.#n === 1 ? "first" : end;
    return end === "first" ? "last" : "first";
  }

  #leaving({ step, state, end }: Tour): string {
    return step.stops ? `${state} stops at the ${end}` : `${step.move} ${step.next}${end === "last" ? " (last)" : ""}`;
  }

  /** A row to which entries are added, only for what the head can find there: states that no entry tells apart are merged. */
  #row(name: string): Map<TapeSymbol, SourceTransition> {
    const found = this.#table.get(name);
    if (found !== undefined) return found;
    const row = new Map<TapeSymbol, SourceTransition>();
    this.#table.set(name, row);
    return row;
  }
}

/** What is left to do in a block. */
interface Tour {
  readonly step: RecodedStep;
  readonly end: End;
  readonly before: readonly TapeSymbol[];
  readonly after: readonly TapeSymbol[];
  /** What the head finds when it comes back. */
  readonly content: readonly TapeSymbol[];
  /** The last cell that changes. */
  readonly far: number;
  /** The cell where the head leaves; `outward` leads away from it. */
  readonly goal: number;
  readonly outward: number;
  readonly state: string;
}

/** Begins the names of states that no source has; no name of a source begins so. */
const MADE = "\u0000";

/** Gives the states that were made names that people can read, each its own. */
function named({ target, states, stopped, ...rest }: Recoding): Recoding {
  const taken = new Set(target.states.filter((state) => !state.includes(MADE)));
  const names = new Map<string, string>();
  for (const state of target.states) {
    const plain = state.replaceAll(MADE, "").slice(0, MOST_CHARACTERS);
    let name = plain;
    if (state.includes(MADE)) for (let n = 2; taken.has(name); n++) name = `${plain} (${n})`;
    taken.add(name);
    names.set(state, name);
  }
  const nameOf = (state: string): string => names.get(state) as string;
  const table = [...target.table].map(([state, row]) => {
    const entries = [...row].map(([symbol, entry]) => [symbol, { ...entry, next: nameOf(entry.next) }] as const);
    return [nameOf(state), new Map(entries)] as const;
  });
  return {
    ...rest,
    target: {
      ...target,
      states: target.states.map(nameOf),
      start: nameOf(target.start),
      halting: target.halting.map(nameOf),
      table: new Map(table),
    },
    states: states.map((one) => ({ ...one, target: nameOf(one.target) })),
    stopped: stopped.map((one) => ({ ...one, target: nameOf(one.target) })),
  };
}

/** A name of a certificate has at most 200 characters; some are left for a number. */
const MOST_CHARACTERS = 180;

function spell(digit: TapeSymbol): string {
  return { [-1]: "-", 0: ".", 1: "+" }[digit];
}
