/** The compiler: program -> instructions -> flat table -> smallest machine, with the way back from states to lines. */
import type { SourceMachine } from "../../spec/machines/machine.js";
import { MAX_STATES } from "../../inputs/input-limits.js";
import { InputError } from "../../inputs/input-error.js";
import { flattenProgram, type FlatProgram, type Origin } from "./flatten.js";
import { lowerProgram } from "./lower.js";
import { mergeCompatibleStates } from "./merge-compatible.js";
import { minimizeMachine } from "./minimize.js";
import type { Program } from "./statement.js";

/**
 * A compiled program: an ordinary machine, and what is known about where it comes from.
 *
 * @example
 * ```ts
 * import { compileProgram, statements as s, type CompiledProgram } from "weightproof";
 *
 * const body = s.whileOn("marked", "seek", s.right);
 * const compiled: CompiledProgram = compileProgram(s.program("seek-blank", "Goes right to the first blank", body));
 * compiled.labels.has("seek"); // => true
 * compiled.listing.length; // => 5
 * ```
 */
export interface CompiledProgram {
  readonly machine: SourceMachine;
  /** The program as text; line n is listing[n - 1]. State names and origins refer to its lines. */
  readonly listing: readonly string[];
  /** For each working state of the machine, the places it stands for, the one that named it first. */
  readonly origins: ReadonlyMap<string, readonly Origin[]>;
  /** Every name of a label, loop or procedure: what a breakpoint may refer to. */
  readonly labels: ReadonlySet<string>;
  /**
   * The machine before minimization: the same on every tape that keeps the program's claims, with one origin for each
   * state, and undefined where the program claims `never`.
   */
  readonly flat: FlatProgram;
  /** Number of states (halting ones included) after each pass. */
  readonly sizes: { readonly flat: number; readonly minimized: number; readonly merged: number };
}

/**
 * Compiles a program.
 *
 * @throws {InputError} one line with the program's name and the place: see lowerProgram and flattenProgram; also if the
 *   machine has more than MAX_STATES states
 *
 * @example
 * ```ts
 * import { compileProgram, normalForm, runFromBlank, statements as s } from "weightproof";
 *
 * // Writes +1, -1, +1 to the right of where it starts.
 * const body = s.sequence(s.write(1), s.right, s.write(-1), s.right, s.write(1));
 * const { machine } = compileProgram(s.program("three", "Writes three symbols", body));
 * const { nonblank, at } = runFromBlank(normalForm(machine), { maxSteps: 10 });
 * [nonblank, at(0, 0), at(0, 1), at(0, 2)]; // => [3, 1, -1, 1]
 * ```
 */
export function compileProgram(program: Program): CompiledProgram {
  const lowered = lowerProgram(program);
  const flat = flattenProgram(program, lowered);
  const minimized = minimizeMachine(flat.machine);
  const count = minimized.machine.states.length;
  if (count > MAX_STATES) {
    const sizes = lowered.registers.map(({ name, values }) => `${name} ${values.length}`).join(" x ");
    const product = lowered.registers.reduce((total, { values }) => total * BigInt(values.length), 1n);
    throw new InputError(
      `program ${program.name}: expected at most ${MAX_STATES} states, got ${count}; ` +
        `its registers have ${sizes} = ${product} values together`,
    );
  }
  const merged = mergeCompatibleStates(minimized.machine);
  const { machine } = merged;
  const origins = new Map<string, Origin[]>();
  for (const [state, [origin]] of flat.origins) {
    const name = merged.stateOf.get(minimized.stateOf.get(state) as string) as string;
    const known = origins.get(name);
    if (known === undefined) origins.set(name, [origin]);
    else known.push(origin);
  }
  return {
    machine,
    listing: lowered.listing,
    origins,
    labels: lowered.labels,
    flat,
    sizes: {
      flat: flat.machine.states.length,
      minimized: minimized.machine.states.length,
      merged: machine.states.length,
    },
  };
}
