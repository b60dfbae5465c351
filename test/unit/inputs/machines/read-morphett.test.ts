import { describe, expect, it } from "vitest";
import { InputError } from "../../../../inputs/input-error.js";
import { MAX_FILE_BYTES, MAX_STATES } from "../../../../inputs/input-limits.js";
import { morphettDialect, readMorphett as readAlphabet } from "../../../../inputs/machines/read-morphett.js";
import { runAlphabet } from "../../../../spec/machines/alphabet-machine.js";
import { normalForm } from "../../../../spec/machines/normal-form.js";
import { runFromBlank } from "../../../../spec/machines/simulate.js";
import { readMorphett } from "../../../three-symbol-readers.js";

/** The message of the InputError that reading throws. */
function complaint(text: string, dialect?: "morphett" | "turing2d"): string {
  try {
    readMorphett(text, "m.txt", dialect);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  throw new Error(`accepted: ${text.slice(0, 200)}`);
}

describe("readMorphett", () => {
  it("should read fields, comments, breakpoints and halting states", () => {
    const text = "; a comment\r\n\r\n0 _ 1 r b ; go\r\n\t0  1 1 L halt-accept !\r\nb _ _ * HALT;x\r\nb 1 _ R 0\r\n";
    const source = readMorphett(text, "dir/small.txt");
    expect(source).toEqual({
      name: "small",
      states: ["0", "b", "halt-accept", "HALT"],
      start: "0",
      halting: ["halt-accept", "HALT"],
      table: new Map([
        [
          "0",
          new Map([
            [0, { write: 1, move: "right", next: "b" }],
            [1, { write: 1, move: "left", next: "halt-accept" }],
          ]),
        ],
        [
          "b",
          new Map([
            [0, { write: 0, move: "stay", next: "HALT" }],
            [1, { write: 0, move: "right", next: "0" }],
          ]),
        ],
      ]),
      notes: { about: `Read from lines of Morphett's simulator: "_" is blank, "1" is +1` },
      expected: {},
    });
  });

  it("should prefer the state to the symbol and both to wildcards, in whatever order the rules stand", () => {
    const rules = ["a x x l a", "a * x r a", "* x x * a", "* * _ r b", "0 _ x l a"];
    for (const text of [rules.join("\n"), rules.toReversed().join("\n")]) {
      const { table } = readMorphett(text, "m.txt");
      const acts = (state: string): [unknown, unknown] =>
        [0, 1].map((symbol) => table.get(state)?.get(symbol as 0 | 1)) as [unknown, unknown];
      expect(acts("a")).toEqual([
        { write: 1, move: "right", next: "a" },
        { write: 1, move: "left", next: "a" },
      ]);
      expect(acts("b")).toEqual([
        { write: 0, move: "right", next: "b" },
        { write: 1, move: "stay", next: "a" },
      ]);
      expect(acts("0")).toEqual([
        { write: 1, move: "left", next: "a" },
        { write: 1, move: "stay", next: "a" },
      ]);
    }
  });

  it("should take the first rule that matches in turing2d", () => {
    const { table } = readMorphett("0 * * u a\n0 x _ d 0\n* x x l halt\na _ x r *\n", "m.txt");
    expect(table.get("0")?.get(1)).toEqual({ write: 1, move: "up", next: "a" });
    expect(table.get("0")?.get(0)).toEqual({ write: 0, move: "up", next: "a" });
    expect(table.get("a")?.get(1)).toEqual({ write: 1, move: "left", next: "halt" });
    expect(table.get("a")?.get(0)).toEqual({ write: 1, move: "right", next: "a" });
  });

  it("should keep symbol, place and state where the fields are wildcards", () => {
    const { table, states } = readMorphett("* * * * *\n0 1 2 r q", "m.txt");
    expect(states).toEqual(["0", "q"]);
    for (const symbol of [0, 1, -1] as const) {
      expect(table.get("q")?.get(symbol)).toEqual({ write: symbol, move: "stay", next: "q" });
    }
    expect(table.get("0")?.get(1)).toEqual({ write: -1, move: "right", next: "q" });
  });

  it("should stop where no rule matches", () => {
    const machine = normalForm(readMorphett("0 _ 1 r b\nb 1 1 r halt-accept\n", "m.txt"));
    const { steps, state, halted } = runFromBlank(machine, { maxSteps: 10 });
    expect([halted, steps, machine.states[state]]).toEqual([true, 2, "no-rule"]);
    const { stopped, ...end } = runAlphabet(readAlphabet("0 _ 1 r b\nb 1 1 r halt-accept\n", "m.txt"), 10);
    expect([stopped, end.steps, end.state, end.accepts]).toEqual([true, 1, "b", false]);
  });

  it("should take only the state halt for a halting one in turing2d", () => {
    expect(readMorphett("0 _ x u halts\nhalts * * * halt", "m.txt").halting).toEqual(["no-rule", "halt"]);
    expect(readMorphett("0 _ x u halt-now", "m.txt")).toMatchObject({
      halting: ["no-rule"],
      states: ["0", "halt-now", "no-rule"],
    });
  });

  it("should tell the input that the file asks for", () => {
    const tape = (text: string): unknown => {
      const { input, symbols } = readAlphabet(text, "m.txt");
      const [start] = input ?? [];
      return start && [start.rows.map((row) => row.map((symbol) => symbols[symbol]).join("")), start.headColumn];
    };
    expect(tape("0 _ 1 r 0\n; Load this. $INITIAL_TAPE: 10 01 \n")).toEqual([["10_01"], 0]);
    expect(tape("0 _ 1 r 0\n; $INITIAL_TAPE: 10*01 \n")).toEqual([["1001"], 2]);
    expect(tape('%tape="0111 0000"%\n0 _ 1 r 0')).toEqual([["0111", "0000"], 0]);
    expect(tape("0 _ 1 r 0\n; $INITIAL_TAPE:  ")).toBeUndefined();
  });

  it("should take the last of two rules, the rules of a halting state for none, and the first rule's state for the start", () => {
    expect(readMorphett("0 a b r 0\n0 a a l 1", "m.txt").table.get("0")?.get(1)).toEqual({
      write: 1,
      move: "left",
      next: "1",
    });
    expect(readAlphabet("0 _ 1 r Halted\nHalted _ 1 r 0", "m.txt")).toMatchObject({
      halting: ["Halted"],
      states: ["0", "Halted"],
    });
    expect(readAlphabet("go _ 1 right b\nb _ 1 - halt", "m.txt")).toMatchObject({
      start: "go",
      format: 'five-column lines that begin in the state "go" of the first rule',
    });
    expect(readAlphabet("a _ 1 r 0", "m.txt").start).toBe("0");
  });

  it("should let rules for any symbol take the symbols of an input", () => {
    const text = "0 * * r 0\n0 _ _ * halt";
    expect(readAlphabet(text, "m.txt", { symbols: ["x", "y", "_"] }).symbols).toEqual(["_", "x", "y"]);
    expect(readAlphabet("0 a a r 0", "m.txt", { symbols: ["x"] }).symbols).toEqual(["_", "a"]);
  });

  const lines: [string, string, string][] = [
    [
      "four fields",
      "0 _ 1 r",
      "m.txt:1: expected five fields (state, symbol, new symbol, direction, new state), got 4",
    ],
    [
      "one field",
      "0 _ 1 r 0\n\nhello",
      "m.txt:3: expected five fields (state, symbol, new symbol, direction, new state), got 1",
    ],
    [
      "a sixth field",
      "0 _ 1 r 0 x",
      'm.txt:1: expected five fields (state, symbol, new symbol, direction, new state) and at most a breakpoint !, got "x"',
    ],
    ["a seventh field", "0 _ 1 r 0 ! !", 'and at most a breakpoint !, got "! !"'],
    ["a long symbol", "0 01 1 r 0", 'm.txt:1: state "0": expected a symbol of one character, got "01"'],
    [
      "a long new symbol",
      "0 _ 01 r 0",
      'm.txt:1: state "0", symbol "_": expected a new symbol of one character, got "01"',
    ],
    ["an unknown direction", "0 _ 1 x 0", 'm.txt:1: state "0", symbol "_": expected a direction (l, r, *), got "x"'],
    ["nothing", "", 'm.txt: expected rules such as "0 _ 1 r 1", got none'],
    ["only comments", "; 0 _ 1 r 1\n", "expected rules"],
    ["a long state", `${"x".repeat(65)} _ 1 r 0`, "m.txt:1: state: expected a name (1 to 64 characters"],
    [
      "a control character in a state",
      "0 _ 1 r a\u0007b",
      'm.txt:1: state "0", symbol "_", new state: expected a name',
    ],
    ["a long line", `0 _ 1 r ${"x".repeat(100_000)}`, "new state: expected a name"],
    ["many fields", "0 ".repeat(100_000), "and at most a breakpoint !, got"],
    ["a tape of turing2d", '0 _ 1 r 0\n%tape="x"%', "expected five fields"],
  ];

  it.each(lines)("should refuse %s", (_, text, message) => {
    expect(complaint(text, "morphett")).toContain(message);
    expect(complaint(text, "morphett")).toMatch(/^m\.txt:(\d+:)? [^\n]{1,300}$/);
  });

  it("should refuse directions up and down where the dialect is named, and others in turing2d", () => {
    expect(complaint("0 _ 1 u 0", "morphett")).toContain('expected a direction (l, r, *), got "u"');
    expect(complaint("0 _ 1 u 0\n0 1 1 x 0")).toContain(
      'm.txt:2: state "0", symbol "1": expected a direction (l, r, u, d, *), got "x"',
    );
  });

  it("should bound the text and the states", () => {
    expect(complaint(" ".repeat(MAX_FILE_BYTES + 1))).toContain(`at most ${MAX_FILE_BYTES} characters`);
    const ring = (count: number): string =>
      Array.from({ length: count }, (_, i) => `${i} * * r ${(i + 1) % count}`).join("\n");
    expect(readMorphett(ring(MAX_STATES), "m.txt").states.length).toBe(MAX_STATES);
    expect(complaint(ring(MAX_STATES + 1))).toBe("m.txt: expected at most 4096 states, got 4097");
  });
});

describe("morphettDialect", () => {
  it.each<[string, "morphett" | "turing2d" | undefined]>([
    ["0 _ 1 r b", "morphett"],
    ["\n\n  ; comment\nwhatever", "morphett"],
    ["10 a * L halt !", "morphett"],
    ["0 _ 1 r b\nb _ 1 u 0", "turing2d"],
    ["0 _ 1 d b ; down", "turing2d"],
    ['%tape="0111"%\n0 _ 1 r b', "turing2d"],
    ["; 0 _ 1 u b", "morphett"],
    ["name: x\nstart: A", undefined],
    ["name: a b r c", undefined],
    ["0 _ 1 r", undefined],
    ["# a comment\n0 _ 1 r b", undefined],
    ["", undefined],
  ])("should take %j for %s", (text, dialect) => {
    expect(morphettDialect(text)).toBe(dialect);
  });

  it("should decide a megabyte of anything", () => {
    const dialects = ["x", " ", "x ", "; ", "0 _ 1 r 0\n"].map((text) =>
      morphettDialect(text.repeat(Math.floor(MAX_FILE_BYTES / text.length))),
    );
    expect(dialects).toEqual([undefined, undefined, undefined, "morphett", "morphett"]);
  });
});
