import { describe, expect, it } from "vitest";
import { compileProgram } from "../../../../construction/language/compile.js";
import {
  again,
  call,
  change,
  down,
  expectSymbol,
  halt,
  ifSame,
  label,
  leave,
  left,
  loop,
  multiplyBy,
  negate,
  nothing,
  never,
  onRegister,
  onSymbol,
  procedure,
  program,
  register,
  remember,
  right,
  sequence,
  set,
  signRegister,
  symbolRegister,
  up,
  whileOn,
  write,
  type Statement,
} from "../../../../construction/language/statement.js";
import { InputError } from "../../../../inputs/input-error.js";
import type { SourceMachine, TapeSymbol } from "../../../../spec/machines/machine.js";

const sign = signRegister("sign");

function compile(...body: Statement[]): ReturnType<typeof compileProgram> {
  return compileProgram(program("test", "A program of a test", ...body));
}

/** The table as text: "state symbol: write move next", in order. */
function rows(machine: SourceMachine): string[] {
  return [...machine.table].flatMap(([state, row]) =>
    [...row].map(([symbol, { write: written, move, next }]) => `${state} ${symbol}: ${written} ${move} ${next}`),
  );
}

describe("compileProgram", () => {
  it("should gather everything between two moves into one transition", () => {
    const { machine } = compile(
      onSymbol({ plus: write(-1), minus: negate }),
      right,
      write(1),
      onSymbol({ plus: left }),
    );
    expect(rows(machine)).toEqual([
      "test.2 0: 0 right test.5",
      "test.2 1: -1 right test.5",
      "test.2 -1: 1 right test.5",
      "test.5 0: 1 left halt",
      "test.5 1: 1 left halt",
      "test.5 -1: 1 left halt",
    ]);
    expect(machine).toMatchObject({ name: "test", start: "test.2", halting: ["halt"] });
    expect(machine.notes).toEqual({ about: "A program of a test" });
  });

  it("should halt without a further step where a halt follows a move", () => {
    const { machine } = compile(right, set(sign, "-1"), onRegister(sign, { "-1": halt("minus") }), halt("plus"));
    expect(rows(machine)).toEqual(["test.2 0: 0 right minus", "test.2 1: 1 right minus", "test.2 -1: -1 right minus"]);
    expect(machine.states).toEqual(["test.2", "minus"]);
  });

  it("should hold a register in the states only while its value matters", () => {
    const { machine, sizes } = compile(remember(sign), right, write(sign), right, right);
    expect(machine.states).toEqual(["test.2", "test.4 sign +1", "test.4 sign -1", "test.6", "halt"]);
    expect(sizes.flat).toBe(5);
  });

  it("should multiply by a sign, change values and choose by sameness", () => {
    const phase = register("phase", ["a", "b", "c"]);
    const { machine } = compile(
      remember(sign),
      set(phase, "a"),
      change(phase, { a: "b", b: "c" }),
      onRegister(phase, { a: halt("wrong"), c: halt("wrong") }),
      right,
      multiplyBy(sign),
      ifSame(sign, halt("same"), halt("other")),
    );
    expect(machine.table.get("test.8 sign -1")).toEqual(
      new Map([
        [0, { write: 0, move: "stay", next: "other" }],
        [1, { write: -1, move: "stay", next: "same" }],
        [-1, { write: 1, move: "stay", next: "other" }],
      ]),
    );
    expect(machine.halting).not.toContain("wrong");
  });

  it("should keep the old value of a register up to where it is changed", () => {
    const phase = register("phase", ["a", "b", "c"]);
    const { machine } = compile(
      onSymbol({ plus: set(phase, "b"), minus: set(phase, "c") }),
      right,
      change(phase, { a: "b", b: "c", c: "a" }),
      right,
      onRegister(phase, { a: halt("a"), b: halt("b"), c: halt("c") }),
    );
    const end = (symbol: TapeSymbol): string | undefined => {
      const middle = machine.table.get(machine.start)?.get(symbol)?.next ?? "";
      return machine.table.get(middle)?.get(0)?.next;
    };
    expect([end(0), end(1), end(-1)]).toEqual(["b", "c", "a"]);
  });

  it("should leave and repeat the loop that is named, also from an inner one", () => {
    const { machine } = compile(
      loop(
        "outer",
        loop("inner", onSymbol({ plus: leave("outer"), minus: sequence(left, again("outer")) }), right),
        up,
      ),
      down,
    );
    expect(rows(machine)).toEqual([
      "inner.4 0: 0 right inner.4",
      "inner.4 1: 1 down halt",
      "inner.4 -1: -1 left inner.4",
    ]);
  });

  it("should take the innermost of two loops of one name, and the outer one behind it", () => {
    const { machine } = compile(
      loop("l", loop("l", onSymbol({ plus: leave("l") }), right), left, onSymbol({ plus: leave("l") }), up),
      down,
    );
    expect(rows(machine)).toEqual([
      "l.4 0: 0 right l.4",
      "l.4 1: 1 left l.7",
      "l.4 -1: -1 right l.4",
      "l.7 0: 0 up l.4",
      "l.7 1: 1 down halt",
      "l.7 -1: -1 up l.4",
    ]);
  });

  it("should print a listing that reads like the program", () => {
    const twice = procedure("twice", right, right);
    const { listing } = compile(
      label("begin", onSymbol({ marked: left, blank: sequence(write(1), right) })),
      whileOn("blank", "skip", down),
      ifSame(sign, nothing, call(twice)),
      onRegister(sign, { "+1": halt("plus") }),
      expectSymbol("plus", "it was written"),
      write(sign),
      change(sign, { "+1": "-1", "-1": "+1" }),
      call(twice),
    );
    expect(listing).toEqual([
      "program test",
      "  begin:",
      "    on blank:",
      "      write +1",
      "      right",
      "    on +1, -1: left",
      "  loop skip",
      "    on +1, -1: leave skip",
      "    down",
      "  if same as sign: nothing",
      "  otherwise: call twice",
      "  if sign +1: halt plus",
      "  on blank, -1: never: it was written",
      "  write sign",
      "  change sign +1 to -1, -1 to +1",
      "  call twice",
      "  halt",
      "procedure twice",
      "  right",
      "  right",
      "  return",
    ]);
  });

  it("should share the lines of a procedure between its calls, and its states where the calls go on alike", () => {
    const twice = procedure("twice", right, right);
    const alike = compile(onSymbol({ blank: call(twice), marked: sequence(write(0), call(twice)) }), up);
    expect(alike.sizes.flat).toBe(5);
    const different = compile(call(twice), up, call(twice), down);
    expect(different.machine.states).toEqual([
      "twice.8 twice.call 1",
      "twice.9 twice.call 1",
      "test.3",
      "twice.8 twice.call 2",
      "twice.9 twice.call 2",
      "test.5",
      "halt",
    ]);
    expect([...different.labels]).toEqual(["twice"]);
  });

  it("should call procedures from procedures and come back to the right places", () => {
    const inner = procedure("inner", right);
    const outer = procedure("outer", call(inner), up, call(inner));
    const { machine } = compile(call(outer), down, call(inner), left);
    const path: string[] = [];
    for (let state = machine.start; state !== "halt";) {
      const entry = machine.table.get(state)?.get(0);
      path.push(entry?.move ?? "");
      state = entry?.next ?? "halt";
    }
    expect(path).toEqual(["right", "up", "right", "down", "right", "left"]);
  });

  it("should list every transition that the program leaves undefined, with its line and its reason", () => {
    const { flat, machine } = compile(remember(sign), right, expectSymbol("blank", "it is blank there"), up);
    expect(flat.undefinedTransitions).toEqual([
      { state: "test.2", symbol: 0, line: 2, why: "register sign cannot hold blank" },
      { state: "test.4", symbol: 1, line: 4, why: "it is blank there" },
      { state: "test.4", symbol: -1, line: 4, why: "it is blank there" },
    ]);
    expect(flat.machine.table.get("test.4")?.size).toBe(1);
    // "test.2" acts on signs only and "test.4" on blank only, so they may be one state.
    expect(machine.states).toEqual(["test.2", "halt"]);
    expect(rows(machine)).toEqual(["test.2 0: 0 up halt", "test.2 1: 1 right test.2", "test.2 -1: -1 right test.2"]);
  });

  it("should merge states that claims keep apart, and remember where they came from", () => {
    const there = sequence(expectSymbol("plus", "plus"), right);
    const { machine, origins, sizes } = compile(
      onSymbol({ blank: sequence(up, there), plus: sequence(left, expectSymbol("minus", "minus"), down) }),
    );
    expect(sizes).toEqual({ flat: 4, minimized: 4, merged: 3 });
    expect([...origins.values()].map((places) => places.length).toSorted()).toEqual([1, 2]);
    expect(machine.states.length).toBe(3);
  });

  it("should number states whose full name would be too long for a file", () => {
    const long = Array.from({ length: 3 }, (_, i) => signRegister(`a-register-with-a-very-long-name-${i}`));
    const [a, b, c] = long as [typeof sign, typeof sign, typeof sign];
    const { machine } = compile(
      remember(a),
      right,
      remember(b),
      right,
      remember(c),
      right,
      write(a),
      right,
      write(b),
      right,
      write(c),
    );
    expect(machine.states.every((state) => state.length <= 64)).toBe(true);
    expect(machine.states).toContain("test.8.2");
    expect(new Set(machine.states).size).toBe(machine.states.length);
  });
});

describe("compileProgram, on programs that cannot be compiled", () => {
  const first = procedure("first", right);
  const secondFirst = procedure("first", left);
  const chain = procedure("chain", right, {
    kind: "call",
    get procedure() {
      return chain;
    },
  } as Statement);

  it.each<[string, Statement[], string]>([
    ["never halts", [loop("on", right)], "program test: no halt can be reached from the start"],
    ["never halts behind a claim", [right, never("no")], "program test: no halt can be reached from the start"],
    [
      "turns round without a move",
      [loop("on", write(1))],
      "program test, line 3 (on): control loops forever without a move",
    ],
    [
      "turns round between moves",
      [right, loop("on", nothing)],
      "program test, line 3 (on): control loops forever without a move",
    ],
    [
      "leaves a loop that is not there",
      [right, leave("loop")],
      'program test, line 3: there is no loop "loop" around "leave"',
    ],
    [
      "repeats a loop from behind it",
      [loop("l", leave("l")), again("l")],
      'program test, line 4: there is no loop "l" around "again"',
    ],
    [
      "leaves a loop from a procedure",
      [loop("l", call(procedure("p", leave("l"))))],
      'there is no loop "l" around "leave"',
    ],
    [
      "has two procedures of one name",
      [call(first), call(secondFirst)],
      'program test, line 3: there are two procedures "first"',
    ],
    [
      "has two registers of one name",
      [remember(sign), remember(symbolRegister("sign"))],
      'there are two registers "sign" with different values',
    ],
    ["calls itself", [call(chain)], "procedures call themselves: chain > chain"],
  ])("should refuse one that %s", (_, body, message) => {
    expect(() => compile(...body)).toThrow(InputError);
    expect(() => compile(...body)).toThrow(message);
  });

  it("should say the register product when the states explode", () => {
    const registers = Array.from({ length: 17 }, (_, i) => signRegister(`r${i}`));
    const body = [
      ...registers.flatMap((each) => [remember(each), right]),
      ...registers.flatMap((each) => [write(each), right]),
    ];
    const factors = registers.map(({ name }) => `${name} 2`).join(" x ");
    expect(() => compile(...body)).toThrow(
      `program test: more than 65536 states; its registers have ${factors} = 131072 values together, at up to 35 places`,
    );
  });

  it("should say the register product when too many states are left", () => {
    const registers = Array.from({ length: 11 }, (_, i) => signRegister(`r${i}`));
    const body = [
      ...registers.flatMap((each) => [remember(each), right]),
      ...registers.flatMap((each) => [write(each), right]),
    ];
    expect(() => compile(...body)).toThrow(
      /^program test: expected at most 4096 states, got 6\d{3}; .* = 2048 values together$/,
    );
  });
});
