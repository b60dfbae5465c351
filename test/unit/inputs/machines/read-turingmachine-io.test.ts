import { describe, expect, it } from "vitest";
import { InputError } from "../../../../inputs/input-error.js";
import { MAX_FILE_BYTES, MAX_STATES } from "../../../../inputs/input-limits.js";
import { readMachine } from "../../../../inputs/machines/read-machine.js";
import { readTuringmachineIo as readAlphabet } from "../../../../inputs/machines/read-turingmachine-io.js";
import { writeMachine } from "../../../../inputs/machines/write-machine.js";
import { normalForm } from "../../../../spec/machines/normal-form.js";
import { runFromBlank } from "../../../../spec/machines/simulate.js";
import { readTuringmachineIo } from "../../../three-symbol-readers.js";

const GOOD = `input: '1011'
blank: ' '
start state: right
synonyms:
  accept: {R: done}
table:
  right:
    [1, 0]: R
    ' ': {L: carry}
  carry:
    1: {write: 0, L}
    0: {write: 1, L: done}
    ' ': accept
  done:
`;

/** The message of the InputError that reading throws. */
function complaint(text: string): string {
  try {
    readTuringmachineIo(text, "m.yaml");
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  throw new Error(`accepted: ${text.slice(0, 200)}`);
}

describe("readTuringmachineIo", () => {
  it("should read blank, start, synonyms, lists of symbols, kept states and halting states", () => {
    const source = readTuringmachineIo(GOOD, "tapes/increment.yaml");
    expect(source).toEqual({
      name: "increment",
      states: ["right", "carry", "done"],
      start: "right",
      halting: ["done"],
      table: new Map([
        [
          "right",
          new Map([
            [1, { write: 1, move: "right", next: "right" }],
            [-1, { write: -1, move: "right", next: "right" }],
            [0, { write: 0, move: "left", next: "carry" }],
          ]),
        ],
        [
          "carry",
          new Map([
            [1, { write: -1, move: "left", next: "carry" }],
            [-1, { write: 1, move: "left", next: "done" }],
            [0, { write: 0, move: "right", next: "done" }],
          ]),
        ],
      ]),
      notes: {
        about: 'Read from turingmachine.io: " " is blank, "1" is +1, "0" is -1',
      },
      expected: {},
    });
    expect(readMachine(writeMachine(source), "m.yaml")).toEqual(source);
  });

  it("should read what js-yaml reads: lists as keys on any line, keys without values, anchors, texts with commas, documents", () => {
    const text = `input: 101
blank: ' '
start state: 7
table:
  7:
    1      : &back {write: 0, L}
    [0, ' '] : {write: 1, L: done}
    ','    : *back
    "a,b"  : R
  done:
`;
    const machine = readAlphabet(text, "m.yaml");
    expect(machine).toMatchObject({ start: "7", symbols: [" ", "1", "0", ",", "a", "b"], halting: ["done"] });
    expect(machine.input).toEqual([{ rows: [[1, 2, 1]], headRow: 0, headColumn: 0 }]);
    expect(machine.table.get("7")?.get("3")).toEqual({ write: [2], moves: ["left"], next: "7" });
    expect(machine.table.get("7")?.get("5")).toEqual({ write: [5], moves: ["right"], next: "7" });
    expect(readAlphabet(`---\n${text}---\n${text.replace("101", "1")}`, "m.yaml", 2).input?.[0]?.rows).toEqual([[1]]);
  });

  it("should take the name of a document, and drop positions and half-edited text", () => {
    const source = GOOD.replaceAll(/^/gm, "  ");
    const text = `name: "increment\\n(binary)"\nsource code: |\n${source}\npositions: {right: {x: 1, y: 2}}\neditor contents: "table: {"\n`;
    expect(readTuringmachineIo(text, "m.yaml").name).toBe("increment (binary)");
    expect(readTuringmachineIo(text.replace(/^name: .*\n/, ""), "m.yaml").name).toBe("m");
    expect(readTuringmachineIo(text.replace(/^name: .*\n/, "name: ''\n"), "m.yaml").name).toBe("m");
  });

  it("should count a missing instruction as one step and an entered halting state as none", () => {
    const steps = (text: string): [boolean, number] => {
      const { halted, steps: count } = runFromBlank(normalForm(readTuringmachineIo(text, "m.yaml")), { maxSteps: 10 });
      return [halted, count];
    };
    expect(steps("{blank: 0, start state: A, table: {A: {0: {write: 1, R: Z}}, Z: }}")).toEqual([true, 1]);
    expect(steps("{blank: 0, start state: A, table: {A: {0: {write: 1, R: B}}, B: {}}}")).toEqual([true, 2]);
    expect(steps("{blank: 0, start state: A, table: {A: }}")).toEqual([true, 0]);
  });

  it("should not let a missing instruction end in a state that accepts", () => {
    const text = "{blank: 0, start state: A, table: {A: {0: {R: B}, 1: {R: accept}}, B: {}, accept: }}";
    const machine = normalForm(readTuringmachineIo(text, "m.yaml"));
    const { halted, state } = runFromBlank(machine, { maxSteps: 10 });
    expect([halted, machine.states[state]]).toEqual([true, "no-rule"]);
  });

  it("should know N, null and quoted names", () => {
    const text = `{blank: 0, start state: 'null', table: {'null': {0: {N: 'null'}, 1: {L: ~}, 2: {R: null}}, 7: null}}`;
    const { table, halting } = readTuringmachineIo(text, "m.yaml");
    expect(halting).toEqual(["7"]);
    expect([...(table.get("null") ?? [])].map(([, { move, next }]) => [move, next])).toEqual([
      ["stay", "null"],
      ["left", "null"],
      ["right", "null"],
    ]);
  });

  const edits: [string, string | RegExp, string, string][] = [
    ["no blank", /^blank.*\n/m, "", 'm.yaml:1:1: missing key "blank"'],
    ["no start", /^start.*\n/m, "", 'missing key "start state"'],
    ["no table", /^table[^]*/m, "", 'missing key "table"'],
    ["a blank of two characters", "blank: ' '", "blank: 00", '2:8: blank: expected one character, got "00"'],
    ["an empty blank", "blank: ' '", "blank: ''", 'blank: expected one character, got ""'],
    ["a blank that is nothing", "blank: ' '", "blank:", "blank: expected a text, got nothing"],
    ["a blank that is a list", "blank: ' '", "blank: [0]", "blank: expected a text, got a list"],
    [
      "an undeclared start",
      "start state: right",
      "start state: rigth",
      '3:14: start state: state "rigth" has no entry in the table (did you mean "right"?)',
    ],
    [
      "an unknown key",
      "input: ",
      "inptu: ",
      '1:1: machine: unknown key "inptu"; expected name, input, blank, start state, synonyms or table (did you mean "input"?)',
    ],
    ["a table that is a list", /^table:[^]*/m, "table: [A]\n", "table: expected a mapping, got a list"],
    ["a table that is nothing", /^table:[^]*/m, "table:\n", "table: expected a mapping, got nothing"],
    ["a state that is a text", "  done:\n", "  done: halt\n", '14:9: state "done": expected a mapping, got "halt"'],
    ["a state that is a list", "  done:\n", "  done: []\n", 'state "done": expected a mapping, got a list'],
    [
      "a state with a control character",
      "  done:\n",
      '  done:\n  "a\\tb":\n',
      "table: expected a name (1 to 64 characters",
    ],
    ["a state with a long name", "  done:\n", `  done:\n  ${"x".repeat(65)}:\n`, "table: expected a name"],
    ["a state twice", "  done:\n", "  done:\n  carry: {}\n", '15:3: "carry" is given twice'],
    [
      "a symbol of two characters",
      "    1: {write",
      "    10: {write",
      '11:5: state "carry", symbol "10": expected a symbol of one character',
    ],
    ["an empty symbol", "    1: {write", "    '': {write", 'symbol "": expected a symbol of one character'],
    ["a symbol twice", "[1, 0]: R", "[1, 1]: R", '8:9: "1" is given twice'],
    ["a symbol in a list and outside", "    ' ': {L", "    0: {L", '9:5: "0" is given twice'],
    ["an empty list of symbols", "[1, 0]: R", "[]: R", "8:5: expected a name in the list before the colon"],
    ["a list in a list of symbols", "[1, 0]: R", "[[1], 0]: R", "8:6: expected a name before the colon"],
    [
      "two characters to write",
      "{write: 0, L}",
      "{write: 00, L}",
      '11:16: state "carry", symbol "1": expected to write a symbol of one character, got "00"',
    ],
    ["nothing to write", "{write: 0, L}", "{write: , L}", "expected to write a symbol of one character, got nothing"],
    ["a list to write", "{write: 0, L}", "{write: [0], L}", "expected to write a symbol of one character, got a list"],
    [
      "no move",
      "{write: 0, L}",
      "{write: 0}",
      '11:8: state "carry", symbol "1": expected a move (L, R or N), got none',
    ],
    ["an empty instruction", "{write: 0, L}", "{}", "expected a move (L, R or N), got none"],
    ["two moves", "{write: 0, L}", "{L: done, R: done}", "expected one move, got L and R"],
    [
      "an unknown key of an instruction",
      "{write: 0, L}",
      "{wriet: 0, L}",
      '11:9: state "carry", symbol "1": unknown key "wriet"; expected write, L, R or N',
    ],
    [
      "a move in small letters",
      "[1, 0]: R",
      "[1, 0]: r",
      '8:13: state "right", symbol "1": expected L, R, N or a synonym, got "r"',
    ],
    [
      "a mistyped synonym",
      "' ': accept",
      "' ': acept",
      'expected L, R, N or a synonym, got "acept" (did you mean "accept"?)',
    ],
    [
      "an instruction that is nothing",
      "[1, 0]: R",
      "[1, 0]:",
      "expected an instruction such as R or { write: 1, R: B }, got nothing",
    ],
    ["an instruction that is a list", "[1, 0]: R", "[1, 0]: [R]", "got a list"],
    [
      "an undeclared target",
      "L: done",
      "L: gone",
      '12:22: state "carry", symbol "0", L: state "gone" has no entry in the table (did you mean "done"?)',
    ],
    ["a target that is a mapping", "L: done", "L: {}", 'symbol "0", L: expected a text, got a mapping'],
    ["an undeclared target of a synonym", "{R: done}", "{R: gone}", 'synonym "accept", R: state "gone" has no entry'],
    [
      "a synonym of a synonym",
      "  accept: {R: done}\n",
      "  accept: {R: done}\n  yes: accept\n",
      'synonym "yes": expected L, R, N or a synonym, got "accept"',
    ],
    ["synonyms that are a list", "  accept: {R: done}\n", "  - accept\n", "synonyms: expected a mapping, got a list"],
    ["an alias of nothing", "{R: done}", "*a", "there is no anchor &a before this alias"],
    ["a tag", "{R: done}", "!a {R: done}", "tags (!) are not read"],
    ["a tab", "  right:\n", "\tright:\n", "not YAML: "],
  ];

  it.each(edits)("should refuse %s", (_, from, to, message) => {
    const text = GOOD.replace(from, to);
    expect(text).not.toBe(GOOD);
    expect(complaint(text)).toContain(message);
    expect(complaint(text)).toMatch(/^m\.yaml:\d+:\d+: .{1,300}$/);
  });

  const texts: [string, string, string][] = [
    ["nothing", "", "m.yaml: expected a machine, got an empty file"],
    ["a sentence", "hello", 'm.yaml:1:1: machine: expected a mapping, got "hello"'],
    ["a list", "[1]", "machine: expected a mapping, got a list"],
    ["a document of something else", "{source code: {}}", "m.yaml:1:15: source code: expected a text"],
    ["an empty document", "source code: ''", "m.yaml: source code: expected a machine, got an empty file"],
    [
      "a document with a fault inside",
      "source code: |\n  blank: 0\n  strat: 1\n",
      'm.yaml: source code:2:1: machine: unknown key "strat"',
    ],
    [
      "an unknown key of a document",
      "{source code: x, title: y}",
      'm.yaml:1:18: document: unknown key "title"; expected name, source code, positions or editor contents',
    ],
    [
      "a document in a document",
      "source code: 'source code: x'",
      'source code:1:1: machine: unknown key "source code"',
    ],
    ["an empty table", "{blank: 0, start state: A, table: {}}", 'start state: state "A" has no entry in the table'],
    ["brackets without end", "[".repeat(100_000), "nested too deeply"],
    ["keys that are lists without end", `{${"[".repeat(100_000)}`, "nested too deeply"],
    ["a text past the limit", " ".repeat(MAX_FILE_BYTES + 1), `at most ${MAX_FILE_BYTES} characters`],
    ["aliases that multiply", "a: &a [x, x]\nb: [*a, *a]\n", 'unknown key "a"'],
    [
      "two documents",
      "blank: 0\n---\nblank: 0\n",
      "m.yaml: expected one machine, got 2 documents; --entry N takes the Nth",
    ],
  ];

  it.each(texts)("should refuse %s", (_, text, message) => {
    expect(complaint(text)).toContain(message);
    expect(complaint(text)).toMatch(/^m\.yaml: ?.{1,300}$/);
  });

  it("should read as many states as allowed, and no more", () => {
    const text = (count: number): string =>
      `blank: 0\nstart state: s0\ntable:\n${Array.from({ length: count }, (_, i) => `  s${i}: {0: R}\n`).join("")}`;
    expect(readTuringmachineIo(text(MAX_STATES), "m.yaml").states.length).toBe(MAX_STATES);
    expect(complaint(text(MAX_STATES + 1))).toBe("m.yaml:4:3: table: expected at most 4096 states, got 4097");
  });
});
