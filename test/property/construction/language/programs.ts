/** Random programs, and an interpreter that runs the statement tree itself: no instructions, no states, no tables. */
import fc from "fast-check";
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
  onRegister,
  onSymbol,
  procedure,
  program,
  register,
  remember,
  sequence,
  set,
  signRegister,
  symbolOfValue,
  symbolRegister,
  SYMBOL_VALUES,
  write,
  type Program,
  type Register,
  type Statement,
} from "../../../../construction/language/statement.js";
import { MOVE_OFFSETS, MOVES, TAPE_SYMBOLS, type TapeSymbol } from "../../../../spec/machines/machine.js";
import type { Configuration } from "../../../../spec/machines/simulate.js";

const sign = signRegister("sign");
const symbol = symbolRegister("symbol");
const phase = register("phase", ["a", "b", "c"]);

/** Numbers procedures, for each needs a name of its own. */
let procedures = 0;

/** A statement that may be a loop's `leave` or `again` only for the given loop names, nested at most so deep. */
function statement(depth: number, loops: readonly string[]): fc.Arbitrary<Statement> {
  const simple: fc.Arbitrary<Statement>[] = [
    fc.constantFrom(...MOVES).map(move),
    fc.constantFrom(...TAPE_SYMBOLS).map(write),
    fc.constantFrom(negate, write(sign), write(symbol), remember(sign), remember(symbol), halt(), halt("other")),
    fc.constantFrom(...phase.values).map((value) => set(phase, value)),
    fc.constant(change(phase, { a: "b", b: "a" })),
    ...(loops.length === 0
      ? []
      : [fc.constantFrom(...loops).chain((name) => fc.constantFrom(leave(name), again(name)))]),
  ];
  if (depth === 0) return fc.oneof(...simple);
  const inner = statement(depth - 1, loops);
  const body = fc.array(inner, { minLength: 1, maxLength: 4 }).map((parts) => sequence(...parts));
  const name = `l${loops.length}`;
  const looped = fc
    .tuple(fc.array(statement(depth - 1, [...loops, name]), { minLength: 1, maxLength: 4 }), fc.constantFrom(...MOVES))
    .map(([parts, direction]) => loop(name, ...parts, move(direction)));
  const called = fc
    .tuple(fc.array(statement(depth - 1, []), { minLength: 1, maxLength: 3 }), fc.boolean())
    .map(([parts, twice]) => {
      procedures += 1;
      const target = procedure(`p${procedures}`, ...parts);
      return sequence(call(target), move("right"), twice ? call(target) : sequence());
    });
  return fc.oneof(
    { weight: 3, arbitrary: fc.oneof(...simple) },
    { weight: 2, arbitrary: body },
    { weight: 2, arbitrary: fc.tuple(inner, inner).map(([blank, plus]) => onSymbol({ blank, plus })) },
    { weight: 1, arbitrary: inner.map((marked) => onSymbol({ marked })) },
    { weight: 1, arbitrary: fc.tuple(inner, inner).map(([a, c]) => onRegister(phase, { a, c })) },
    { weight: 2, arbitrary: fc.tuple(inner, inner).map(([same, different]) => ifSame(symbol, same, different)) },
    { weight: 1, arbitrary: inner.map((part) => label("named", part)) },
    { weight: 2, arbitrary: looped },
    { weight: 1, arbitrary: called },
  );
}

/** A program of a few dozen statements; it may fail to compile because it cannot halt or turns round without a move. */
export function arbitraryProgram(): fc.Arbitrary<Program> {
  return fc
    .array(statement(3, []), { minLength: 1, maxLength: 6 })
    .map((parts) => program("arbitrary", "A program of a test", ...parts));
}

/** What an interpreted run shows: tape and head after each move, at the end, and how it ended. */
export interface Interpretation {
  readonly snapshots: readonly string[];
  readonly last: string;
  readonly end: "halt" | "other" | "never" | "budget";
}

/** How a statement ended: normally, by a jump to a loop, or for good. */
type Signal =
  | { readonly kind: "done" }
  | { readonly kind: "leave" | "again"; readonly loop: string }
  | { readonly kind: "end"; readonly end: Interpretation["end"] };

const DONE: Signal = { kind: "done" };

/** Tape and head as text. */
export function snapshot(tape: readonly TapeSymbol[], row: number, column: number): string {
  return `${tape.join(" ")} @ ${row} ${column}`;
}

/** Runs a program from the tape and the head of a configuration, for so many moves at most. */
export function interpret(source: Program, from: Configuration, maxMoves: number): Interpretation {
  const tape = [...from.tape];
  let row = from.headRow;
  let column = from.headColumn;
  const values = new Map<string, string>();
  const snapshots: string[] = [];

  const valueOf = ({ name, values: all }: Register): string => values.get(name) ?? (all[0] as string);
  const read = (): TapeSymbol => tape[row * from.columns + column] as TapeSymbol;
  const put = (written: TapeSymbol): void => {
    tape[row * from.columns + column] = written;
  };
  const run = (current: Statement): Signal => {
    switch (current.kind) {
      case "sequence":
        for (const part of current.body) {
          const signal = run(part);
          if (signal.kind !== "done") return signal;
        }
        return DONE;
      case "move": {
        if (snapshots.length === maxMoves) return { kind: "end", end: "budget" };
        const [rowOffset, columnOffset] = MOVE_OFFSETS[current.move];
        row = Math.min(from.rows - 1, Math.max(0, row + rowOffset));
        column = Math.min(from.columns - 1, Math.max(0, column + columnOffset));
        snapshots.push(snapshot(tape, row, column));
        return DONE;
      }
      case "write": {
        const { value } = current;
        if (value === "negated") put((0 - read()) as TapeSymbol);
        else put(typeof value === "object" ? (symbolOfValue(valueOf(value)) as TapeSymbol) : value);
        return DONE;
      }
      case "remember": {
        const value = SYMBOL_VALUES.get(read()) as string;
        if (!current.register.values.includes(value)) return { kind: "end", end: "never" };
        values.set(current.register.name, value);
        return DONE;
      }
      case "set":
        values.set(current.register.name, current.value);
        return DONE;
      case "change": {
        const value = valueOf(current.register);
        values.set(current.register.name, current.to.get(value) ?? value);
        return DONE;
      }
      case "onSymbol":
        return run(current.cases.get(read()) ?? sequence());
      case "onRegister":
        return run(current.cases.get(valueOf(current.register)) ?? sequence());
      case "ifSame":
        return run(SYMBOL_VALUES.get(read()) === valueOf(current.register) ? current.same : current.different);
      case "label":
        return run(current.body);
      case "loop":
        for (;;) {
          const signal = run(current.body);
          if (signal.kind === "done") continue;
          if (signal.kind === "end" || signal.loop !== current.name) return signal;
          if (signal.kind === "leave") return DONE;
        }
      case "leave":
      case "again":
        return { kind: current.kind, loop: current.loop };
      case "call":
        return run(current.procedure.body);
      case "halt":
        return { kind: "end", end: current.state as "halt" | "other" };
      case "never":
        return { kind: "end", end: "never" };
    }
  };
  const signal = run(source.body);
  return { snapshots, last: snapshot(tape, row, column), end: signal.kind === "end" ? signal.end : "halt" };
}
