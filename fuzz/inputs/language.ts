/** The machine language: programs, their machine files, and machines on tapes with their reductions. */
import fc from "fast-check";
import { compileProgram } from "../../construction/language/compile.js";
import { oneWayToGrid } from "../../construction/language/one-way-to-grid.js";
import { placeOfState, readListing, writeProgramFile } from "../../construction/language/program-file.js";
import { readTapesMachine } from "../../construction/language/read-tapes-machine.js";
import {
  again,
  call,
  change,
  halt,
  ifSame,
  label,
  leave,
  loop,
  move,
  negate,
  never,
  onRegister,
  onSymbol,
  procedure,
  program,
  register,
  remember,
  sequence,
  set,
  write,
  type Procedure,
  type Program,
  type Register,
  type Statement,
} from "../../construction/language/statement.js";
import { twoTapeToGrid } from "../../construction/language/two-tape-to-grid.js";
import { InputError } from "../../inputs/input-error.js";
import { readMachine } from "../../inputs/machines/read-machine.js";
import { MOVES, TAPE_SYMBOLS } from "../../spec/machines/machine.js";
import { normalForm } from "../../spec/machines/normal-form.js";
import { isDeepStrictEqual } from "node:util";
import { seedsOf } from "../seeds.js";
import { assertHolds, readerTarget, refusal, type Target } from "../target.js";

const TAPES = [
  "name: copy\ntapes: 2\nsymbols: [_, a, b]\nstart: copy\nhalting: [done]\ntable:\n  copy:\n" +
    "    a _: { write: a a, move: right right }\n    _ _: { move: left stay, next: done }\n",
  "name: flip\ntapes: 1\nsymbols: [_, a, b, c]\nstart: f\ntable:\n  f:\n    a: { write: b, move: right }\n" +
    "    b: { write: c, move: left }\n    c: { move: stay, next: f }\n",
];

/** Machines this small are compiled, too. */
const SMALL_TAPES = 60;

const tapes = readerTarget(
  {
    name: "tapes",
    seeds: seedsOf(...TAPES),
    words: ["tapes: 1", "tapes: 2", "symbols:", "halting:", "write: a", "move: left", "next: done", "[_, a]", "a a:"],
    timeLimit: 30_000,
  },
  (text) => {
    const machine = readTapesMachine(text, "fuzzed.yaml");
    if (machine.states.length * machine.symbols.length > SMALL_TAPES) return machine;
    const { machine: compiled } = machine.tapes === 1 ? oneWayToGrid(machine) : twoTapeToGrid(machine);
    return normalForm(compiled);
  },
  ({ states }) => `read, ${states.length} states`,
);

/** A list of numbers that runs out: programs are spelled by any bytes. */
class Choices {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isEmpty(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** A number below the limit; 0 from the end on. */
  below(limit: number): number {
    return (this.#bytes[this.#at++] ?? 0) % limit;
  }
}

const NAMES = ["a", "b", "end", "halt", "state", "x".repeat(40)];
const REGISTERS: readonly Register[] = [
  register("sign", ["+1", "-1"]),
  register("symbol", ["blank", "+1", "-1"]),
  register("phase", ["p", "q", "r"]),
  register("phase", ["p"]),
  register(
    "wide",
    Array.from({ length: 200 }, (_, k) => `v${k}`),
  ),
];
const MAX_DEPTH = 12;

/**
 * The program that bytes spell: any tree of statements, meaningful or not.
 *
 * @throws {RangeError} where a statement refuses its arguments
 */
function programOf(bytes: Uint8Array): Program {
  const choices = new Choices(bytes);
  const procedures = NAMES.slice(0, 2).map((name) => procedure(name, statementOf(choices, 3, [])));
  const body: Statement[] = [];
  while (!choices.isEmpty) body.push(statementOf(choices, MAX_DEPTH, procedures));
  return program("fuzzed", "Any program", ...body);
}

function statementOf(choices: Choices, depth: number, procedures: readonly Procedure[]): Statement {
  const pick = <Item>(items: readonly Item[]): Item => items[choices.below(items.length)] as Item;
  const inner = (): Statement => statementOf(choices, depth - 1, procedures);
  const several = (): Statement[] => Array.from({ length: choices.below(5) }, inner);
  const kinds: readonly (() => Statement)[] = [
    () => move(pick(MOVES)),
    () => write(pick(TAPE_SYMBOLS)),
    () => pick([negate, write(pick(REGISTERS.slice(0, 2)))]),
    () => remember(pick(REGISTERS.slice(0, 2))),
    () => {
      const target = pick(REGISTERS);
      return set(target, pick(target.values));
    },
    () => halt(pick(NAMES)),
    () => never("it is said so"),
    () => pick([leave, again])(pick(NAMES)),
    () => {
      const target = pick(REGISTERS);
      return change(target, { [pick(target.values)]: pick(target.values) });
    },
    () => onSymbol({ blank: inner(), plus: inner() }),
    () => onSymbol({ marked: inner() }),
    () => {
      const target = pick(REGISTERS);
      return onRegister(target, { [pick(target.values)]: inner() });
    },
    () => ifSame(pick(REGISTERS.slice(0, 2)), inner(), inner()),
    () => label(pick(NAMES), inner()),
    () => loop(pick(NAMES), ...several()),
    () => (procedures.length === 0 ? inner() : call(pick(procedures))),
    () => sequence(...several()),
  ];
  return pick(depth > 0 ? kinds : kinds.slice(0, SIMPLE_KINDS))();
}

/** The first kinds of statements have no others inside. */
const SIMPLE_KINDS = 9;

/** Larger programs take long to compile, and are no different. */
const MAX_PROGRAM_BYTES = 2 ** 9;

const programs: Target = {
  name: "program",
  seeds: seedsOf("a", "\r\u0001\u0000\u0002\u0005\u0000", "\u000d\u0000\u0004\u0000\u0003\u0001\u0001\u0007\u0000"),
  documents: fc
    .uint8Array({ minLength: 1, maxLength: 120 })
    // Small numbers are one character each, whatever the text is made of.
    .map((bytes) => String.fromCharCode(...bytes.map((byte) => byte & 0x7f))),
  timeLimit: 60_000,
  run(input) {
    let source: Program;
    try {
      source = programOf(input.subarray(0, MAX_PROGRAM_BYTES));
    } catch (error) {
      // Statements check their arguments, and name themselves.
      if (error instanceof RangeError && /^[a-zA-Z]+: expected /.test(error.message)) return refusal(error);
      throw error;
    }
    try {
      const compiled = compileProgram(source);
      const text = writeProgramFile(compiled, "a fuzzed program");
      assertHolds(isDeepStrictEqual(readListing(text), [...compiled.listing]), "the listing is read otherwise");
      assertHolds(
        isDeepStrictEqual(normalForm(readMachine(text, "written")), normalForm(compiled.machine)),
        "the machine is read otherwise",
      );
      const working = compiled.machine.states.filter((state) => !compiled.machine.halting.includes(state));
      const lost = working.find((state) => (placeOfState(state)?.line ?? 0) > compiled.listing.length);
      assertHolds(lost === undefined, `the state ${lost} leads to no line`);
      return `compiled, ${Math.min(20, compiled.machine.states.length)} states`;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return refusal(error);
    }
  },
};

/** The machine language and its reductions. */
export const LANGUAGE_TARGETS: readonly Target[] = [tapes, programs];
