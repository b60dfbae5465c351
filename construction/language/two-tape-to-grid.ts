/**
 * A standard reduction (B.1.2): a machine on two one-way infinite tapes as a machine on the 2-D tape.
 *
 * Each tape is a band of k rows with a symbol to a column (symbol-column.ts) and below it a row of marks: 1 where the tape's
 * head is, blank elsewhere, and -1 in the leftmost column of the grid, which belongs to no cell of a tape. A step visits
 * the mark of tape 1 and reads, visits the mark of tape 2, reads, decides, writes and moves that mark, then goes back to
 * tape 1 to write and move there. A mark is found from the left border of its row, so a step of a machine whose heads are
 * on cells a and b becomes O(a + b + k) steps. The right border must be out of reach: n steps need n + 2 columns at most.
 */
import type { TapeSymbol } from "../../spec/machines/machine.js";
import type { TapeMove, TapesEntry, TapesMachine } from "../../spec/machines/tape-machine.js";
import type { Configuration } from "../../spec/machines/simulate.js";
import { compileProgram, type CompiledProgram } from "./compile.js";
import {
  down,
  leave,
  left,
  loop,
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
  type Statement,
} from "./statement.js";
import {
  columnOf,
  readColumnUpwards,
  symbolColumns,
  symbolOfColumn,
  writeColumnDownwards,
  type SymbolColumns,
} from "./symbol-column.js";
import { assertTapesMachine, tapesControl } from "./tapes-machine.js";

/**
 * Compiles a machine on two tapes.
 *
 * @param name of the program
 * @throws {InputError} if the machine is inconsistent or cannot halt, or needs too many states
 * @throws {RangeError} if it has one tape
 */
export function twoTapeToGrid(machine: TapesMachine, name: string = "two-tape"): CompiledProgram {
  assertTwoTapes(machine, "twoTapeToGrid");
  const columns = symbolColumns(machine.symbols);
  const { state, valueOf, enter, haltUndefined } = tapesControl(machine);
  const seen = register(
    "seen",
    machine.symbols.map((_, i) => `s${i}`),
  );
  // What remains to be done on tape 1 after tape 2 is done; entries that agree in it share a value.
  const firstHalves = [...new Set([...machine.table.values()].flatMap((row) => [...row.values()].map(firstHalf)))];
  const rest = register("rest", firstHalves.length === 0 ? ["r0"] : firstHalves.map((_, i) => `r${i}`));

  const decide = (from: string, first: string, second: string): Statement => {
    const entry = machine.table.get(from)?.get(`${first} ${second}`);
    if (entry === undefined) return haltUndefined;
    return sequence(
      writeColumnDownwards(columns, entry.write[1] as string),
      down,
      moveMark(entry.moves[1] as TapeMove),
      set(rest, `r${firstHalves.indexOf(firstHalf(entry))}`),
    );
  };
  const working = machine.states.filter((from) => !machine.halting.includes(from));
  const decideAll = (second: string): Statement => {
    const bySeen = (from: string): Statement =>
      onRegister(seen, Object.fromEntries(machine.symbols.map((first, i) => [`s${i}`, decide(from, first, second)])));
    return onRegister(state, Object.fromEntries(working.map((from) => [valueOf(from), bySeen(from)])));
  };
  const finish = firstHalves.map((half): readonly [string, Statement] => {
    const [symbol, direction, next] = JSON.parse(half) as [string, TapeMove, string];
    const write1 = sequence(writeColumnDownwards(columns, symbol), down, moveMark(direction));
    return [`r${firstHalves.indexOf(half)}`, sequence(write1, enter(next))];
  });
  const band = columns.height + 1;
  return compileProgram(
    program(
      name,
      `The machine ${machine.name} on two one-way infinite tapes, as a machine on the 2-D tape`,
      enter(machine.start),
      loop(
        "step",
        up,
        readColumnUpwards(columns, (symbol) => set(seen, `s${machine.symbols.indexOf(symbol)}`)),
        times(columns.height + band, down),
        findMark("find-second"),
        up,
        readColumnUpwards(columns, decideAll),
        times(band, up),
        findMark("find-first"),
        times(columns.height, up),
        onRegister(rest, Object.fromEntries(finish)),
      ),
    ),
  );
}

/** What an entry does on tape 1, and the state it enters. */
function firstHalf({ write: written, moves, next }: TapesEntry): string {
  return JSON.stringify([written[0], moves[0], next]);
}

function times(count: number, statement: Statement): Statement {
  return sequence(...Array.from({ length: count }, () => statement));
}

/** From any cell of a row of marks: goes to the left border, then to the mark. */
function findMark(name: string): Statement {
  return sequence(
    loop(`${name}-border`, onSymbol({ minus: leave(`${name}-border`) }), left),
    right,
    whileOn("blank", name, right),
  );
}

/** Moves the mark under the head; on cell 0, left of which is the border, a move to the left does nothing. */
function moveMark(direction: TapeMove): Statement {
  if (direction === "stay") return sequence();
  return sequence(write(0), direction === "left" ? sequence(left, onSymbol({ minus: right })) : right, write(1));
}

/**
 * The grid for two tapes whose first cells hold the given symbols, with both heads on cell 0 and the machine in its first
 * state.
 *
 * @param width number of cells of each tape that the grid has room for
 * @throws {RangeError} if there are more symbols than that, or an undeclared one
 */
export function twoTapeConfiguration(
  machine: TapesMachine,
  tapes: readonly [readonly string[], readonly string[]],
  width: number,
): Configuration {
  assertTwoTapes(machine, "twoTapeConfiguration");
  const longest = Math.max(1, ...tapes.map((tape) => tape.length));
  if (longest > width) {
    throw new RangeError(`twoTapeConfiguration: expected a width of at least ${longest}, got ${width}`);
  }
  const columns = symbolColumns(machine.symbols);
  const marks: TapeSymbol[] = [-1, 1, ...Array.from({ length: width - 1 }, (): TapeSymbol => 0)];
  const tape = tapes.flatMap((symbols) => [...bandOf(machine, columns, symbols, width), marks]).flat();
  return {
    rows: 2 * (columns.height + 1),
    columns: width + 1,
    tape,
    headRow: columns.height,
    headColumn: 1,
    state: 0,
  };
}

function bandOf(
  machine: TapesMachine,
  columns: SymbolColumns,
  symbols: readonly string[],
  width: number,
): TapeSymbol[][] {
  const [blank = ""] = machine.symbols;
  const cells = Array.from({ length: width }, (_, i) => columnOf(columns, symbols[i] ?? blank));
  return Array.from({ length: columns.height }, (_, row) => [0, ...cells.map((cell) => cell[row] as TapeSymbol)]);
}

/** What a grid says about one of the tapes. */
export interface TapeContent {
  /** Cell by cell; undefined for a column that no symbol has. */
  readonly symbols: readonly (string | undefined)[];
  /** The cell that is marked; -1 if none is. */
  readonly head: number;
}

/** Reads both tapes from a grid. */
export function readTwoTapes(machine: TapesMachine, configuration: Configuration): readonly [TapeContent, TapeContent] {
  const columns = symbolColumns(machine.symbols);
  const { tape, columns: stride } = configuration;
  const readTape = (band: number): TapeContent => {
    const top = band * (columns.height + 1);
    const at = (row: number, cell: number): TapeSymbol => tape[row * stride + cell + 1] as TapeSymbol;
    const cells = Array.from({ length: stride - 1 }, (_, cell) => cell);
    const symbols = cells.map((cell) =>
      symbolOfColumn(
        columns,
        Array.from({ length: columns.height }, (_, row) => at(top + row, cell)),
      ),
    );
    return { symbols, head: cells.findIndex((cell) => at(top + columns.height, cell) === 1) };
  };
  return [readTape(0), readTape(1)];
}

function assertTwoTapes(machine: TapesMachine, caller: string): void {
  assertTapesMachine(machine);
  if (machine.tapes !== 2) throw new RangeError(`${caller}: expected a machine with two tapes, got ${machine.tapes}`);
}
