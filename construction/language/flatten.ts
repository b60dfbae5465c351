/**
 * From instructions to a flat table: a state is a place right after a move together with the values of the registers
 * that are live there; a transition is everything that happens up to the next move.
 */
import {
  TAPE_SYMBOLS,
  type Move,
  type SourceMachine,
  type SourceTransition,
  type TapeSymbol,
} from "../../spec/machines/machine.js";
import { InputError } from "../../inputs/input-error.js";
import { liveRegisters } from "./liveness.js";
import type { Instruction, LoweredProgram, Place } from "./lower.js";
import { SYMBOL_VALUES, symbolOfValue, type Program, type Register, type Written } from "./statement.js";

/** Where a state comes from. */
export interface Origin extends Place {
  /** The text of the line. */
  readonly text: string;
  /** The live registers, by name, with their values. */
  readonly registers: ReadonlyMap<string, string>;
}

/** An entry that the program leaves undefined, and where it says so. */
export interface UndefinedTransition {
  readonly state: string;
  readonly symbol: TapeSymbol;
  /** Line of the listing. */
  readonly line: number;
  readonly why: string;
}

/** The flat machine of a program, before minimization. */
export interface FlatProgram {
  /** States in the order in which a search from the start meets them, halting ones last. */
  readonly machine: SourceMachine;
  /** For each working state its only origin. */
  readonly origins: ReadonlyMap<string, readonly [Origin]>;
  /** Entries that the program claims to be unreachable, state by state. */
  readonly undefinedTransitions: readonly UndefinedTransition[];
}

/** Most states before minimization; beyond it the program is refused and its register product named. */
export const MAX_FLAT_STATES: number = 2 ** 16;
/** Longest state name; machine files allow no longer one. */
const MAX_STATE_NAME = 64;

/** Control at an instruction, with the values of all registers. */
interface Point {
  readonly index: number;
  readonly values: readonly string[];
}

/** What happens from a point on a symbol, up to the next move; `next` is a point, or the name of a halting state. */
type Outcome =
  | { readonly kind: "step"; readonly write: TapeSymbol; readonly move: Move; readonly next: Point | string }
  | { readonly kind: "undefined"; readonly line: number; readonly why: string };

/**
 * Flattens a lowered program.
 *
 * @throws {InputError} if a loop turns without a move, no halt can be reached from the start, or there are more than
 *   MAX_FLAT_STATES states (the message then names the register product)
 */
export function flattenProgram(program: Program, lowered: LoweredProgram): FlatProgram {
  return new Flattening(program, lowered).flatten();
}

class Flattening {
  readonly #program: Program;
  readonly #lowered: LoweredProgram;
  readonly #live: readonly (readonly number[])[];
  readonly #registerIndex: ReadonlyMap<string, number>;
  /** The states found so far: name by key, and the points in the same order, which is also the work list. */
  readonly #names = new Map<string, string>();
  readonly #points: Point[] = [];
  readonly #taken: Set<string>;
  /** The next number to try for a short name. */
  readonly #numbers = new Map<string, number>();
  readonly #origins = new Map<string, readonly [Origin]>();
  readonly #halting = new Set<string>();
  readonly #undefined: UndefinedTransition[] = [];

  constructor(program: Program, lowered: LoweredProgram) {
    this.#program = program;
    this.#lowered = lowered;
    this.#live = liveRegisters(lowered);
    this.#registerIndex = new Map(lowered.registers.map(({ name }, i) => [name, i]));
    this.#taken = new Set(lowered.instructions.flatMap((each) => (each.op === "halt" ? [each.state] : [])));
  }

  flatten(): FlatProgram {
    const values = this.#lowered.registers.map((register) => register.values[0] as string);
    const first = this.#settle(0, values);
    const start = this.#nameOf(typeof first === "string" ? { index: 0, values } : first);
    const table = new Map<string, Map<TapeSymbol, SourceTransition>>();
    for (const point of this.#points) {
      const state = this.#nameOf(point);
      const row = new Map<TapeSymbol, SourceTransition>();
      for (const symbol of TAPE_SYMBOLS) {
        const outcome = this.#outcome(point, symbol);
        if (outcome.kind === "undefined") {
          this.#undefined.push({ state, symbol, line: outcome.line, why: outcome.why });
          continue;
        }
        const { write, move, next } = outcome;
        if (typeof next === "string") this.#halting.add(next);
        row.set(symbol, { write, move, next: typeof next === "string" ? next : this.#nameOf(next) });
      }
      table.set(state, row);
    }
    if (this.#halting.size === 0) {
      throw new InputError(`program ${this.#program.name}: no halt can be reached from the start`);
    }
    const halting = [...this.#halting];
    const machine = {
      name: this.#program.name,
      states: [...table.keys(), ...halting],
      start,
      halting,
      table,
      notes: { about: this.#program.about },
      expected: {},
    };
    return { machine, origins: this.#origins, undefinedTransitions: this.#undefined };
  }

  /** Executes instructions until the head moves, the machine halts or a claim is broken. */
  #outcome(from: Point, read: TapeSymbol): Outcome {
    let symbol = read;
    let index = from.index;
    const values = [...from.values];
    const turns = new Set<string>();
    for (;;) {
      const instruction = this.#lowered.instructions[index] as Instruction;
      switch (instruction.op) {
        case "move":
          return { kind: "step", write: symbol, move: instruction.move, next: this.#settle(index + 1, values) };
        case "halt":
          return { kind: "step", write: symbol, move: "stay", next: instruction.state };
        case "never":
          return { kind: "undefined", line: this.#placeOf(index).line, why: instruction.why };
        case "write":
          symbol = this.#written(instruction.value, symbol, values);
          index += 1;
          break;
        case "remember": {
          const { register } = instruction;
          const value = SYMBOL_VALUES.get(symbol) as string;
          if (!register.values.includes(value)) {
            const why = `register ${register.name} cannot hold ${value}`;
            return { kind: "undefined", line: this.#placeOf(index).line, why };
          }
          values[this.#indexOf(register)] = value;
          index += 1;
          break;
        }
        case "onSymbol":
          index = instruction.targets[symbol];
          break;
        case "ifSame":
          index =
            symbolOfValue(this.#valueOf(instruction.register, values)) === symbol
              ? instruction.same
              : instruction.different;
          break;
        default:
          index = this.#withoutTape(index, instruction, values);
          this.#assertTurn(turns, index, `${symbol} ${values.join(" ")}`);
      }
    }
  }

  /** Where control first needs the symbol under the head; the name of a halting state if it halts before that. */
  #settle(from: number, after: readonly string[]): Point | string {
    let index = from;
    const values = [...after];
    const turns = new Set<string>();
    for (;;) {
      const instruction = this.#lowered.instructions[index] as Instruction;
      switch (instruction.op) {
        case "halt":
          return instruction.state;
        case "jump":
        case "set":
        case "change":
        case "onRegister":
          index = this.#withoutTape(index, instruction, values);
          this.#assertTurn(turns, index, values.join(" "));
          break;
        default:
          return { index, values };
      }
    }
  }

  /** Executes an instruction that does not concern the tape; returns the next index. */
  #withoutTape(
    index: number,
    instruction: Extract<Instruction, { op: "jump" | "set" | "change" | "onRegister" }>,
    values: string[],
  ): number {
    if (instruction.op === "jump") return instruction.target;
    const register = this.#indexOf(instruction.register);
    const value = values[register] as string;
    if (instruction.op === "onRegister") return instruction.targets.get(value) as number;
    values[register] = instruction.op === "set" ? instruction.value : (instruction.to.get(value) ?? value);
    return index + 1;
  }

  /** Every way back passes a jump, so a circle without a move meets the same index, symbol and values twice. */
  #assertTurn(turns: Set<string>, index: number, rest: string): void {
    const key = `${index} ${rest}`;
    if (!turns.has(key)) {
      turns.add(key);
      return;
    }
    const { line, labels } = this.#placeOf(index);
    const place = `program ${this.#program.name}, line ${line} (${labels.at(-1)})`;
    throw new InputError(`${place}: control loops forever without a move`);
  }

  #written(value: Written, symbol: TapeSymbol, values: readonly string[]): TapeSymbol {
    if (value === "negated") return symbol === 0 ? 0 : symbol === 1 ? -1 : 1;
    return typeof value === "number" ? value : (symbolOfValue(this.#valueOf(value, values)) as TapeSymbol);
  }

  /** The name of the state at a point; a new state if no point with the same live registers occurred before. */
  #nameOf(point: Point): string {
    const live = (this.#live[point.index] as readonly number[]).map((r) => point.values[r] as string);
    const key = `${point.index} ${live.join(" ")}`;
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    if (this.#names.size >= MAX_FLAT_STATES) throw this.#explosion();

    const place = this.#placeOf(point.index);
    const registers = new Map(
      (this.#live[point.index] as readonly number[]).map((r, i) => [this.#registerAt(r).name, live[i] as string]),
    );
    const short = `${place.labels.at(-1)}.${place.line}`;
    const name = this.#fresh([short, ...[...registers].map((each) => each.join(" "))].join(" "), short);
    this.#names.set(key, name);
    this.#taken.add(name);
    this.#points.push(point);
    const text = (this.#lowered.listing[place.line - 1] as string).trim();
    this.#origins.set(name, [{ ...place, text, registers }]);
    return name;
  }

  /** The full name if it is short enough and free, else the short one with a number. */
  #fresh(full: string, short: string): string {
    if (full.length <= MAX_STATE_NAME && !this.#taken.has(full)) return full;
    for (let number = this.#numbers.get(short) ?? 2; ; number++) {
      const name = `${short}.${number}`;
      if (this.#taken.has(name)) continue;
      this.#numbers.set(short, number + 1);
      return name;
    }
  }

  #explosion(): InputError {
    const { registers, instructions } = this.#lowered;
    const factors = registers.map(({ name, values }) => `${name} ${values.length}`).join(" x ");
    const product = registers.reduce((total, { values }) => total * BigInt(values.length), 1n);
    const points = instructions.filter(({ op }) => op === "move").length + 1;
    return new InputError(
      `program ${this.#program.name}: more than ${MAX_FLAT_STATES} states; ` +
        `its registers have ${factors} = ${product} values together, at up to ${points} places`,
    );
  }

  #placeOf(index: number): Place {
    return this.#lowered.places[index] as Place;
  }

  #registerAt(index: number): Register {
    return this.#lowered.registers[index] as Register;
  }

  #indexOf(register: Register): number {
    return this.#registerIndex.get(register.name) as number;
  }

  #valueOf(register: Register, values: readonly string[]): string {
    return values[this.#indexOf(register)] as string;
  }
}
