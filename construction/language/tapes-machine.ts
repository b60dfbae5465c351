/**
 * Machines on one or two one-way infinite tapes (spec/machines/tape-machine.ts), before a standard reduction (B.1.2) carries
 * them to the 2-D tape. All heads begin on cell 0.
 */
import { InputError } from "../../inputs/input-error.js";
import { tapesMachineFault, type TapesMachine } from "../../spec/machines/tape-machine.js";
import { halt, isName, register, set, type Register, type Statement } from "./statement.js";

/**
 * Asserts that a machine is consistent.
 *
 * @throws {InputError} "machine NAME: ..." with the state and the symbols, if a state or a symbol is not declared or is
 *   declared twice, an entry does not fit the number of tapes, or a halting state has entries
 */
export function assertTapesMachine(machine: TapesMachine): void {
  const fault = tapesMachineFault(machine);
  if (fault !== undefined) throw new InputError(`machine ${machine.name}: ${fault}`);
}

/** The control of a machine inside a program: its states as a register, its halting states as halts. */
export interface TapesControl {
  /** One value for each working state. */
  readonly state: Register;
  /** The register's value for a working state. */
  readonly valueOf: (state: string) => string;
  /** Continues in a state: sets the register, or halts. */
  readonly enter: (state: string) => Statement;
  /** The effect of an absent entry: it enters the first declared halting state, or "halt" where none is declared. */
  readonly haltUndefined: Statement;
}

/**
 * The control of a machine. Halting states keep their names if these can be names of the language; otherwise they are
 * called halt-1, halt-2, ... in the order of the machine's states.
 */
export function tapesControl(machine: TapesMachine): TapesControl {
  const working = machine.states.filter((state) => !machine.halting.includes(state));
  const halting = machine.states.filter((state) => machine.halting.includes(state));
  const keep = halting.every(isName);
  const haltIn = (state: string): Statement => halt(keep ? state : `halt-${halting.indexOf(state) + 1}`);
  const valueOf = (state: string): string => `q${working.indexOf(state)}`;
  const state = register("state", working.length === 0 ? ["q0"] : working.map(valueOf));
  const [undefinedHalt] = halting;
  return {
    state,
    valueOf,
    enter: (next) => (machine.halting.includes(next) ? haltIn(next) : set(state, valueOf(next))),
    haltUndefined: undefinedHalt === undefined ? halt() : haltIn(undefinedHalt),
  };
}
