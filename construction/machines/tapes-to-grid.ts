/**
 * A standard reduction: a machine on several tapes without ends, over any alphabet, as a machine on the 2-D tape.
 *
 * Each tape is a band of rows with a symbol to a column (symbol-column.ts) and below it a row of marks: 1 where the tape's head
 * is, blank elsewhere. A step goes down from mark to mark and reads, and up again, writes, and moves each mark on its way. Tapes
 * have no border from which to look for a mark; instead a register for each two tapes that are neighbours knows on which side of
 * the first one's head the second one's is: at least weakly, so that the walk to the other mark begins on its own column.
 */
import {
  readKey,
  type AlphabetEntry,
  type AlphabetMachine,
  type TapeStart,
} from "../../spec/machines/alphabet-machine.js";
import type { Move, SourceMachine, TapeSymbol } from "../../spec/machines/machine.js";
import { InputError, quoteInput } from "../../inputs/input-error.js";
import { compileProgram } from "../language/compile.js";
import {
  change,
  down,
  halt,
  left,
  loop,
  move,
  nothing,
  onRegister,
  onSymbol,
  program,
  register,
  right,
  sequence,
  set,
  up,
  whileOn,
  write,
  type Register,
  type Statement,
} from "../language/statement.js";
import {
  columnOf,
  readColumnUpwards,
  symbolColumns,
  writeColumnDownwards,
  type SymbolColumns,
} from "../language/symbol-column.js";

/** A machine on several tapes and its machine on the grid. */
export interface GridReduction {
  readonly source: AlphabetMachine;
  readonly target: SourceMachine;
  readonly columns: SymbolColumns;
  /** The state of the source for each halting state of the target; "" for the one that means that there was no entry. */
  readonly halts: ReadonlyMap<string, string>;
}

/** The halting state of the target where the source has no entry. */
const NO_ENTRY = "no-rule";

/**
 * Compiles a machine with two tapes or more.
 *
 * @param starts where the heads begin; on column 0 if absent
 * @throws {InputError} if the machine cannot halt, or needs too many states
 * @throws {RangeError} if it has one tape
 */
export function tapesToGrid(source: AlphabetMachine, starts: readonly TapeStart[] = []): GridReduction {
  const { tapes, symbols, halting, states, table } = source;
  if (tapes < 2) throw new RangeError(`tapesToGrid: expected at least two tapes, got ${tapes}`);
  const columns = symbolColumns(symbols);
  const control = controlOf(source);
  const sides = Array.from({ length: tapes - 1 }, (_, t) => register(`side-${t + 1}`, ["here", "right", "left"]));
  const seen = Array.from({ length: tapes - 1 }, (_, t) =>
    register(
      `seen-${t + 1}`,
      symbols.map((_symbol, i) => `s${i}`),
    ),
  );
  const entries = new Map<string, AlphabetEntry>();
  for (const row of table.values()) for (const entry of row.values()) entries.set(restOf(entry), entry);
  const rests = [...entries.keys()];
  const rest = register("rest", rests.length === 0 ? ["r0"] : rests.map((_, i) => `r${i}`));
  const gridding: Gridding = { source, columns, sides, seen, rest, rests, control };

  const initial = sides.map((side, t) => {
    const offset = (starts[t + 1]?.headColumn ?? 0) - (starts[t]?.headColumn ?? 0);
    return set(side, offset === 0 ? "here" : offset > 0 ? "right" : "left");
  });
  const compiled = compileProgram(
    program(
      "tapes",
      `The machine ${source.name} on ${tapes} tapes, as a machine on the 2-D tape`,
      sequence(...initial),
      control.enter(source.start),
      loop("step", ...readAll(gridding), ...writeAll(gridding, entries)),
    ),
  );
  const halts = new Map([[NO_ENTRY, ""], ...states.filter((state) => halting.includes(state)).map(control.nameOf)]);
  const target: SourceMachine = { ...compiled.machine, name: source.name };
  return { source, target, columns, halts };
}

interface Gridding {
  readonly source: AlphabetMachine;
  readonly columns: SymbolColumns;
  /** For tapes t and t + 1: where the head of t + 1 is, seen from that of t. */
  readonly sides: readonly Register[];
  readonly seen: readonly Register[];
  /** What is to be done on all tapes but the last, once that is done. */
  readonly rest: Register;
  readonly rests: readonly string[];
  readonly control: Control;
}

interface Control {
  readonly state: Register;
  readonly valueOf: (state: string) => string;
  readonly enter: (state: string) => Statement;
  readonly nameOf: (state: string) => readonly [target: string, source: string];
}

function controlOf({ states, halting }: AlphabetMachine): Control {
  const working = states.filter((state) => !halting.includes(state));
  const valueOf = (state: string): string => `q${working.indexOf(state)}`;
  const state = register("state", working.length === 0 ? ["q0"] : working.map(valueOf));
  const haltName = (name: string): string => `halt-${halting.indexOf(name) + 1}`;
  return {
    state,
    valueOf,
    enter: (next) => (halting.includes(next) ? halt(haltName(next)) : set(state, valueOf(next))),
    nameOf: (name) => [haltName(name), name],
  };
}

/** What an entry does on all tapes but the last, and the state it enters. */
function restOf({ write: written, moves, next }: AlphabetEntry): string {
  return JSON.stringify([written.slice(0, -1), moves.slice(0, -1), next]);
}

function times(count: number, statement: Statement): Statement {
  return sequence(...Array.from({ length: count }, () => statement));
}

/** From mark to mark, downwards; ends on the top cell of the last tape's column, with all symbols known to what follows. */
function readAll({ source, columns, sides, seen }: Gridding): Statement[] {
  const { height } = columns;
  return sides.flatMap((side, t) => [
    up,
    readColumnUpwards(columns, (symbol) => set(seen[t] as Register, `s${source.symbols.indexOf(symbol)}`)),
    times(2 * height + 1, down),
    // Where the walk ends at once, both heads are on one column.
    onRegister(side, {
      right: walk(`right-to-${t + 2}`, right, side),
      left: walk(`left-to-${t + 2}`, left, side),
    }),
  ]);
}

/** Walks to the mark; if it is here already, the register says so from now on. */
function walk(name: string, step: Statement, side: Register): Statement {
  return onSymbol({ blank: sequence(step, whileOn("blank", name, step)), plus: set(side, "here") });
}

/** Reads the last tape, chooses the entry, writes there, and goes up from tape to tape. */
function writeAll(gridding: Gridding, entries: ReadonlyMap<string, AlphabetEntry>): Statement[] {
  const { source, columns, sides, rest, rests, control } = gridding;
  const { height } = columns;
  const last = source.tapes - 1;
  const onRest = (act: (entry: AlphabetEntry) => Statement): Statement =>
    onRegister(rest, Object.fromEntries(rests.map((key, i) => [`r${i}`, act(entries.get(key) as AlphabetEntry)])));
  const upwards = sides
    .map((side, t) => [
      times(height + 1, up),
      onRegister(side, {
        right: whileOn("blank", `back-from-right-${t + 1}`, left),
        left: whileOn("blank", `back-from-left-${t + 1}`, right),
      }),
      times(height, up),
      onRest(({ write: written, moves }) => writeAndMove(gridding, t, written[t] as number, moves[t] as Move)),
    ])
    .toReversed();
  const enter = onRest(({ next }) => control.enter(next));
  return [up, readColumnUpwards(columns, (symbol) => decide(gridding, last, symbol)), ...upwards.flat(), enter];
}

/** The entry for the symbols that were seen and the one of the last tape. */
function decide(
  { source, columns, sides, seen, rest, rests, control }: Gridding,
  last: number,
  symbol: string,
): Statement {
  const lastSymbol = source.symbols.indexOf(symbol);
  const gridding = { columns, sides, source };
  const act = (entry: AlphabetEntry): Statement =>
    sequence(
      writeAndMove(gridding, last, entry.write[last] as number, entry.moves[last] as Move),
      set(rest, `r${rests.indexOf(restOf(entry))}`),
    );
  const sink = source.states.find((state) => source.halting.includes(state));
  const noEntry = source.missing === "step" && sink !== undefined ? control.enter(sink) : halt(NO_ENTRY);
  const choose = (state: string, before: readonly number[]): Statement => {
    const t = before.length;
    if (t === last) {
      const entry = source.table.get(state)?.get(readKey([...before, lastSymbol]));
      return entry === undefined ? noEntry : act(entry);
    }
    const cases = source.symbols.map((_, i) => [`s${i}`, choose(state, [...before, i])] as const);
    return onRegister(seen[t] as Register, Object.fromEntries(cases));
  };
  const working = source.states.filter((state) => !source.halting.includes(state));
  return onRegister(
    control.state,
    Object.fromEntries(working.map((state) => [control.valueOf(state), choose(state, [])])),
  );
}

/** On the top cell of a column: writes a symbol, moves the mark below it, and keeps both sides of it right. */
function writeAndMove(
  { source, columns, sides }: Pick<Gridding, "source" | "columns" | "sides">,
  tape: number,
  symbol: number,
  direction: Move,
): Statement {
  const moveMark = direction === "stay" ? nothing : sequence(write(0), move(direction), write(1));
  const opposite = direction === "left" ? "right" : "left";
  // A head that was on the same column as its neighbour's is now on a side; from elsewhere it comes no further than there.
  const before =
    tape === 0 || direction === "stay" ? nothing : change(sides[tape - 1] as Register, { here: direction });
  const after =
    tape === sides.length || direction === "stay" ? nothing : change(sides[tape] as Register, { here: opposite });
  return sequence(writeColumnDownwards(columns, source.symbols[symbol] as string), down, moveMark, before, after);
}

/**
 * The input of the target for tapes of the source.
 *
 * @throws {InputError} if a tape has several rows
 */
export function gridOfTapes(
  { source, columns }: GridReduction,
  starts: readonly TapeStart[],
): { readonly rows: readonly (readonly TapeSymbol[])[]; readonly headRow: number; readonly headColumn: number } {
  const { height } = columns;
  const lowest = Math.min(0, ...starts.map(({ headColumn }) => headColumn));
  const width =
    Math.max(...starts.map(({ rows, headColumn }) => Math.max((rows[0] ?? []).length, headColumn + 1))) - lowest;
  const rows = starts.flatMap(({ rows: [line = [], ...more], headColumn }) => {
    if (more.length > 0)
      throw new InputError(`machine ${quoteInput(source.name)}: a tape of several has one row, got ${more.length + 1}`);
    const cells = Array.from({ length: width }, (_, c) =>
      columnOf(columns, source.symbols[line[c + lowest] ?? 0] as string),
    );
    const band = Array.from({ length: height }, (_, r) => cells.map((cell) => cell[r] as TapeSymbol));
    return [...band, cells.map((_, c): TapeSymbol => (c + lowest === headColumn ? 1 : 0))];
  });
  return { rows, headRow: height, headColumn: (starts[0]?.headColumn ?? 0) - lowest };
}

/** Steps of the target from the beginning of a step of the source to that of the next one, by where the heads are. */
export function costOfStep({ columns }: GridReduction, before: readonly number[], after: readonly number[]): number {
  const { height } = columns;
  const last = before.length - 1;
  const distance = (a: number | undefined, b: number | undefined): number => Math.abs((a as number) - (b as number));
  let cost = 2 * height + distance(after[last], before[last]);
  for (let t = last - 1; t >= 0; t--) {
    cost += height + (2 * height + 1) + distance(before[t], before[t + 1]);
    cost += height + 1 + distance(after[t + 1], before[t]) + 2 * height + distance(after[t], before[t]);
  }
  return cost;
}
