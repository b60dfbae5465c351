/**
 * The structured machine language: programs for the head of a 2-D tape, built from TypeScript values.
 *
 * A program is a tree of statements. TypeScript is the macro language: a function that returns a statement is a macro,
 * a constant that holds one is an inlined subroutine. Nothing here runs; compileProgram turns the tree into a flat
 * machine. Every transition of a machine reads, writes, moves: the compiler gathers all statements between two moves
 * into one transition, so tests, writes and registers cost no steps.
 *
 * @example
 * ```ts
 * import { compileProgram, statements as s } from "weightproof";
 *
 * // A function is a macro: two steps to the right.
 * const twoRight = () => s.sequence(s.right, s.right);
 * const body = s.loop("fill", s.onSymbol({ marked: s.halt("full") }), s.write(1), twoRight());
 * compileProgram(s.program("fill", "Writes +1 on every second cell", body)).machine.halting; // => ["full"]
 * ```
 *
 * @module
 */
import { MOVES, TAPE_SYMBOLS, type Move, type TapeSymbol } from "../../spec/machines/machine.js";

/** A finite register: it lives in the states of the machine, so it multiplies their number while its value matters. */
export interface Register {
  readonly name: string;
  /** At least one value, each once; a run begins with the first. */
  readonly values: readonly string[];
}

/** A body that is written once in the listing and called from several places; recursion is refused. */
export interface Procedure {
  readonly name: string;
  readonly body: Statement;
}

/**
 * What a write statement writes: a symbol, the symbol a register holds, or the negation of the symbol under the head.
 */
export type Written = TapeSymbol | Register | "negated";

/** One statement of the language; the functions below build them and check their arguments. */
export type Statement =
  | { readonly kind: "sequence"; readonly body: readonly Statement[] }
  | { readonly kind: "move"; readonly move: Move }
  | { readonly kind: "write"; readonly value: Written }
  | { readonly kind: "remember"; readonly register: Register }
  | { readonly kind: "set"; readonly register: Register; readonly value: string }
  | { readonly kind: "change"; readonly register: Register; readonly to: ReadonlyMap<string, string> }
  | { readonly kind: "onSymbol"; readonly cases: ReadonlyMap<TapeSymbol, Statement> }
  | { readonly kind: "onRegister"; readonly register: Register; readonly cases: ReadonlyMap<string, Statement> }
  | { readonly kind: "ifSame"; readonly register: Register; readonly same: Statement; readonly different: Statement }
  | { readonly kind: "label"; readonly name: string; readonly body: Statement }
  | { readonly kind: "loop"; readonly name: string; readonly body: Statement }
  | { readonly kind: "leave"; readonly loop: string }
  | { readonly kind: "again"; readonly loop: string }
  | { readonly kind: "call"; readonly procedure: Procedure }
  | { readonly kind: "halt"; readonly state: string }
  | { readonly kind: "never"; readonly why: string };

/** A whole program; control that reaches the end of the body halts in the state "halt". */
export interface Program {
  readonly name: string;
  /** One sentence: what the machine does. */
  readonly about: string;
  readonly body: Statement;
}

/**
 * Statements for the symbols under the head; "marked" stands for both +1 and -1. A symbol without a case does nothing.
 */
export interface SymbolCases {
  readonly blank?: Statement;
  readonly plus?: Statement;
  readonly minus?: Statement;
  readonly marked?: Statement;
}

/** A set of symbols in words. */
export type SymbolClass = "blank" | "plus" | "minus" | "marked";

/** The names of the tape symbols in registers. */
export const SYMBOL_VALUES: ReadonlyMap<TapeSymbol, string> = new Map([
  [0, "blank"],
  [1, "+1"],
  [-1, "-1"],
]);

/** The tape symbol that a register value names; undefined for any other value. */
export function symbolOfValue(value: string): TapeSymbol | undefined {
  return TAPE_SYMBOLS.find((symbol) => SYMBOL_VALUES.get(symbol) === value);
}

const NAME = /^[A-Za-z][A-Za-z0-9-]*$/;
const VALUE = /^[A-Za-z0-9+-]+$/;
/** Names are parts of state names, which have at most 64 characters. */
const MAX_NAME_LENGTH = 40;

/** Whether a text can be the name of a program, label, loop, procedure, register or halting state. */
export function isName(text: string): boolean {
  return NAME.test(text) && text.length <= MAX_NAME_LENGTH;
}

function assertName(name: string, caller: string): void {
  if (!isName(name)) {
    throw new RangeError(
      `${caller}: expected a name of at most ${MAX_NAME_LENGTH} letters, digits and hyphens, got ${JSON.stringify(name)}`,
    );
  }
}

/**
 * A register with the given values; a run begins with the first.
 *
 * @throws {RangeError} if the name is malformed, or the values are none, malformed or repeated
 */
export function register(name: string, values: readonly string[]): Register {
  assertName(name, "register");
  if (values.length === 0) throw new RangeError(`register: expected at least one value for ${name}, got none`);
  const repeated = values.find((value, i) => values.indexOf(value) !== i);
  if (repeated !== undefined)
    throw new RangeError(`register: expected the values of ${name} once, got "${repeated}" twice`);
  const malformed = values.find((value) => !VALUE.test(value));
  if (malformed !== undefined) {
    throw new RangeError(`register: expected values of letters, digits, + and -, got ${JSON.stringify(malformed)}`);
  }
  return { name, values: [...values] };
}

/** A register for a symbol that is not blank. To remember a blank in it counts as `never`. */
export function signRegister(name: string): Register {
  return register(name, ["+1", "-1"]);
}

/** A register for any symbol; a run begins with blank. */
export function symbolRegister(name: string): Register {
  return register(name, ["blank", "+1", "-1"]);
}

/** The statements one after the other. */
export function sequence(...body: readonly Statement[]): Statement {
  return { kind: "sequence", body };
}

/** Does nothing, in no time. */
export const nothing: Statement = { kind: "sequence", body: [] };

/**
 * One step of the head. "stay" costs a step, too; all other statements cost none.
 *
 * @throws {RangeError} if there is no such move
 */
export function move(direction: Move): Statement {
  if (!MOVES.includes(direction)) throw new RangeError(`move: expected one of ${MOVES.join(", ")}, got ${direction}`);
  return { kind: "move", move: direction };
}

/** Moves the head one cell up; on the top row it stays. */
export const up: Statement = move("up");

/** Moves the head one cell down; on the bottom row it stays. */
export const down: Statement = move("down");

/** Moves the head one cell to the left; in the first column it stays. */
export const left: Statement = move("left");

/** Moves the head one cell to the right; in the last column it stays. */
export const right: Statement = move("right");

/**
 * Writes a symbol, or the symbol that a register holds.
 *
 * @throws {RangeError} if a value is not a symbol
 */
export function write(value: TapeSymbol | Register): Statement {
  if (typeof value === "object") {
    const other = value.values.find((word) => symbolOfValue(word) === undefined);
    if (other !== undefined)
      throw new RangeError(`write: expected register ${value.name} to hold symbols, got "${other}"`);
  } else if (!TAPE_SYMBOLS.includes(value)) {
    throw new RangeError(`write: expected 0, 1 or -1, got ${String(value)}`);
  }
  return { kind: "write", value };
}

/** Turns +1 into -1 and -1 into +1; blank stays blank. */
export const negate: Statement = { kind: "write", value: "negated" };

/** Puts the symbol under the head into a register. A symbol that the register cannot hold counts as `never`. */
export function remember(into: Register): Statement {
  return { kind: "remember", register: into };
}

/**
 * Puts a value into a register.
 *
 * @throws {RangeError} if the register cannot hold the value
 */
export function set(target: Register, value: string): Statement {
  assertValue(target, value, "set");
  return { kind: "set", register: target, value };
}

/**
 * Replaces the value of a register as the table says; values that the table does not list stay.
 *
 * @throws {RangeError} if the register cannot hold one of the values
 */
export function change(target: Register, to: Readonly<Record<string, string>>): Statement {
  for (const value of Object.entries(to).flat()) assertValue(target, value, "change");
  return { kind: "change", register: target, to: new Map(Object.entries(to)) };
}

function assertValue(target: Register, value: string, caller: string): void {
  if (!target.values.includes(value)) {
    throw new RangeError(
      `${caller}: expected one of ${target.values.join(", ")} for register ${target.name}, got ${JSON.stringify(value)}`,
    );
  }
}

/** The symbols of a class. */
export function symbolsOf(symbols: SymbolClass): readonly TapeSymbol[] {
  return { blank: [0], plus: [1], minus: [-1], marked: [1, -1] }[symbols] as TapeSymbol[];
}

/**
 * Chooses by the symbol under the head.
 *
 * @throws {RangeError} if "marked" is given together with "plus" or "minus"
 */
export function onSymbol(cases: SymbolCases): Statement {
  if (cases.marked !== undefined && (cases.plus !== undefined || cases.minus !== undefined)) {
    throw new RangeError('onSymbol: expected "marked" alone or "plus" and "minus", got both');
  }
  const table = new Map<TapeSymbol, Statement>();
  for (const name of ["blank", "plus", "minus", "marked"] as const) {
    const statement = cases[name];
    if (statement !== undefined) for (const symbol of symbolsOf(name)) table.set(symbol, statement);
  }
  return { kind: "onSymbol", cases: table };
}

/**
 * Chooses by the value of a register; a value without a case does nothing.
 *
 * @throws {RangeError} if the register cannot hold one of the values
 */
export function onRegister(source: Register, cases: Readonly<Record<string, Statement>>): Statement {
  for (const value of Object.keys(cases)) assertValue(source, value, "onRegister");
  return { kind: "onRegister", register: source, cases: new Map(Object.entries(cases)) };
}

/** Chooses by whether the symbol under the head is the one that a register holds. */
export function ifSame(as: Register, same: Statement, different: Statement = nothing): Statement {
  return { kind: "ifSame", register: as, same, different };
}

/** Multiplies the symbol under the head by the sign that a register holds. */
export function multiplyBy(sign: Register): Statement {
  return onRegister(sign, { "-1": negate });
}

/**
 * Names a piece of the program: states and breakpoints bear the name of the innermost label, loop or procedure.
 *
 * @throws {RangeError} if the name is malformed
 */
export function label(name: string, ...body: readonly Statement[]): Statement {
  assertName(name, "label");
  return { kind: "label", name, body: sequence(...body) };
}

/**
 * Repeats its body until `leave` or `halt`. Its name is a label, too.
 *
 * @throws {RangeError} if the name is malformed
 */
export function loop(name: string, ...body: readonly Statement[]): Statement {
  assertName(name, "loop");
  return { kind: "loop", name, body: sequence(...body) };
}

/** Continues after the innermost loop of that name around the statement. */
export function leave(name: string): Statement {
  return { kind: "leave", loop: name };
}

/** Begins the innermost loop of that name around the statement afresh. */
export function again(name: string): Statement {
  return { kind: "again", loop: name };
}

/** Repeats the body while the head is on a symbol of the class. */
export function whileOn(symbols: SymbolClass, name: string, ...body: readonly Statement[]): Statement {
  const others = TAPE_SYMBOLS.filter((symbol) => !symbolsOf(symbols).includes(symbol));
  const stop = leave(name);
  return loop(name, { kind: "onSymbol", cases: new Map(others.map((symbol) => [symbol, stop])) }, ...body);
}

/**
 * A subroutine with a name of its own. A flat machine has no stack: the place to return to is a hidden register, so
 * each call costs states like an inlined copy, unless minimization finds that the calls continue alike.
 *
 * @throws {RangeError} if the name is malformed
 */
export function procedure(name: string, ...body: readonly Statement[]): Procedure {
  assertName(name, "procedure");
  return { name, body: sequence(...body) };
}

/** Runs a procedure and comes back. */
export function call(target: Procedure): Statement {
  return { kind: "call", procedure: target };
}

/**
 * Halts; the state's name may tell apart several ways to halt.
 *
 * @throws {RangeError} if the name is malformed
 */
export function halt(state: string = "halt"): Statement {
  assertName(state, "halt");
  return { kind: "halt", state };
}

/**
 * Claims that control never comes here, and why. The transition stays undefined, is listed by the compiler, and lets it
 * merge states; on a tape that breaks the claim the machine halts or does anything else.
 */
export function never(why: string): Statement {
  return { kind: "never", why };
}

/** Claims that the head is on a symbol of the class (see `never`). */
export function expectSymbol(symbols: SymbolClass, why: string): Statement {
  const others = TAPE_SYMBOLS.filter((symbol) => !symbolsOf(symbols).includes(symbol));
  const claim = never(why);
  return { kind: "onSymbol", cases: new Map(others.map((symbol) => [symbol, claim])) };
}

/**
 * A program.
 *
 * @throws {RangeError} if the name is malformed
 */
export function program(name: string, about: string, ...body: readonly Statement[]): Program {
  assertName(name, "program");
  return { name, about, body: sequence(...body) };
}
