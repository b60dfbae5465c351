/**
 * A standard reduction: a machine on one one-way infinite tape as a machine on the 2-D tape.
 *
 * The tape lies along the grid from the left border on, a symbol to a column of k cells (symbol-column.ts), and the grid
 * has k rows; the head is on the bottom row. The border rule is the rule of the one-way tape, so the left end needs no
 * mark. One step becomes 2k - 1 steps. The right border must be out of reach: n steps need at most n + 1 columns.
 */
import type { TapeSymbol } from "../../spec/machines/machine.js";
import type { TapesMachine } from "../../spec/machines/tape-machine.js";
import type { Configuration } from "../../spec/machines/simulate.js";
import { compileProgram, type CompiledProgram } from "./compile.js";
import { loop, move, onRegister, program, sequence, type Statement } from "./statement.js";
import { columnOf, readColumnUpwards, symbolColumns, symbolOfColumn, writeColumnDownwards } from "./symbol-column.js";
import { assertTapesMachine, tapesControl } from "./tapes-machine.js";

/**
 * Compiles a machine on one tape.
 *
 * @param name of the program
 * @throws {InputError} if the machine is inconsistent or cannot halt
 * @throws {RangeError} if it has two tapes
 */
export function oneWayToGrid(machine: TapesMachine, name: string = "one-way"): CompiledProgram {
  assertOneTape(machine, "oneWayToGrid");
  const columns = symbolColumns(machine.symbols);
  const { state, valueOf, enter, haltUndefined } = tapesControl(machine);
  const act = (from: string, symbol: string): Statement => {
    const entry = machine.table.get(from)?.get(symbol);
    if (entry === undefined) return haltUndefined;
    const [written = "", direction = "stay"] = [entry.write[0], entry.moves[0]];
    return sequence(writeColumnDownwards(columns, written), move(direction), enter(entry.next));
  };
  const cases = machine.states
    .filter((from) => !machine.halting.includes(from))
    .map((from) => [valueOf(from), readColumnUpwards(columns, (symbol) => act(from, symbol))] as const);
  return compileProgram(
    program(
      name,
      `The machine ${machine.name} on a one-way infinite tape, as a machine on the 2-D tape`,
      enter(machine.start),
      loop("step", onRegister(state, Object.fromEntries(cases))),
    ),
  );
}

/**
 * The grid for a tape whose first cells hold the given symbols, with the head on cell 0 and the machine in its first state.
 *
 * @param width number of cells of the tape that the grid has room for
 * @throws {RangeError} if there are more symbols than that, or an undeclared one
 */
export function oneWayConfiguration(machine: TapesMachine, tape: readonly string[], width: number): Configuration {
  assertOneTape(machine, "oneWayConfiguration");
  const columns = symbolColumns(machine.symbols);
  if (tape.length > width || width < 1) {
    throw new RangeError(`oneWayConfiguration: expected a width of at least ${Math.max(1, tape.length)}, got ${width}`);
  }
  const [blank = ""] = machine.symbols;
  const cells = Array.from({ length: width }, (_, i) => columnOf(columns, tape[i] ?? blank));
  const rows = Array.from({ length: columns.height }, (_, row) => cells.map((cell) => cell[row] as TapeSymbol));
  const head = { headRow: columns.height - 1, headColumn: 0 };
  return { rows: columns.height, columns: width, tape: rows.flat(), ...head, state: 0 };
}

/** The symbols on the tape of a grid, cell by cell; undefined for a column that no symbol has. */
export function readOneWayTape(machine: TapesMachine, configuration: Configuration): (string | undefined)[] {
  const columns = symbolColumns(machine.symbols);
  return Array.from({ length: configuration.columns }, (_, i) =>
    symbolOfColumn(
      columns,
      Array.from({ length: columns.height }, (_unused, row) => {
        return configuration.tape[row * configuration.columns + i] as TapeSymbol;
      }),
    ),
  );
}

function assertOneTape(machine: TapesMachine, caller: string): void {
  assertTapesMachine(machine);
  if (machine.tapes !== 1) throw new RangeError(`${caller}: expected a machine with one tape, got ${machine.tapes}`);
}
