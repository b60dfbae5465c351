import { describe, expect, it } from "vitest";
import { InputError } from "../../../../inputs/input-error.js";
import { MAX_FILE_BYTES, MAX_NAME_LENGTH, MAX_NOTE_LENGTH, MAX_STATES } from "../../../../inputs/input-limits.js";
import schema from "../../../../inputs/machines/machine.schema.json" with { type: "json" };
import { readMachine } from "../../../../inputs/machines/read-machine.js";

const GOOD = `# a comment
name: example
about: >-
  Two lines
  of prose.
source: here
start: A
halting: [Z]
expected: { steps: 6, nonblank: 4 }
table:
  A:
    blank: { write: +1, move: right, next: B }
    +1: { move: left }
  B:
    _: { write: blank, move: up, next: Z }
    1: { write: -1, move: down, next: A }
    -1: { write: 0, move: stay }
`;

/** The message of the InputError that reading throws. */
function complaint(text: string): string {
  try {
    readMachine(text, "m.yaml");
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  throw new Error(`accepted: ${text.slice(0, 200)}`);
}

describe("readMachine", () => {
  it("should read all of a machine file", () => {
    const machine = readMachine(GOOD, "m.yaml");
    expect(machine).toEqual({
      name: "example",
      states: ["A", "B", "Z"],
      start: "A",
      halting: ["Z"],
      table: new Map([
        [
          "A",
          new Map([
            [0, { write: 1, move: "right", next: "B" }],
            [1, { write: 1, move: "left", next: "A" }],
          ]),
        ],
        [
          "B",
          new Map([
            [0, { write: 0, move: "up", next: "Z" }],
            [1, { write: -1, move: "down", next: "A" }],
            [-1, { write: 0, move: "stay", next: "B" }],
          ]),
        ],
      ]),
      notes: { about: "Two lines of prose.", source: "here" },
      expected: { steps: 6, nonblank: 4 },
    });
  });

  it("should do without notes, expected result and halting states", () => {
    const machine = readMachine("{name: x, start: A, table: {A: {}}}", "m.yaml");
    expect(machine).toMatchObject({ name: "x", states: ["A"], halting: [], notes: {}, expected: {} });
    expect(machine.table).toEqual(new Map([["A", new Map()]]));
  });

  it("should read JSON, block lists, and files with a byte order mark or Windows line ends", () => {
    const json = JSON.stringify({
      name: "x",
      start: "A",
      halting: ["Z"],
      table: { A: { "+1": { write: "-1", move: "up", next: "Z" } } },
    });
    expect(readMachine(json, "m.json").table.get("A")?.get(1)).toEqual({ write: -1, move: "up", next: "Z" });
    const block = "name: x\r\nstart: A\r\nhalting:\r\n  - Y\r\n  - Z\r\ntable:\r\n  A: {}\r\n";
    expect(readMachine(`\uFEFF${block}`, "m.yaml").halting).toEqual(["Y", "Z"]);
  });

  it("should take names as they are written", () => {
    const names = ["0", "007", "1.50", "constructor", "__proto__", "état", "q 0", "null?", "0x1F", "-1", "é́"];
    for (const name of names) {
      const machine = readMachine(
        `{name: n, start: ${name}, table: {${name}: {_: {move: up, next: ${name}}}}}`,
        "m.yaml",
      );
      expect(machine.states).toEqual([name]);
      expect(machine.table.get(name)?.get(0)?.next).toBe(name);
    }
    for (const name of ["true", "null", "~", "yes"]) {
      expect(readMachine(`{name: n, start: "${name}", table: {"${name}": {}}}`, "m.yaml").start).toBe(name);
    }
  });

  it.each(["blank", "_", "0", "+1", "1", "-1"])("should know the symbol %s, quoted or not", (symbol) => {
    const value = symbol === "-1" ? -1 : symbol.endsWith("1") ? 1 : 0;
    for (const spelling of [symbol, `"${symbol}"`, `'${symbol}'`]) {
      const machine = readMachine(
        `{name: n, start: A, table: {A: {${spelling}: {write: ${spelling}, move: up}}}}`,
        "m.yaml",
      );
      expect(machine.table.get("A")).toEqual(new Map([[value, { write: value, move: "up", next: "A" }]]));
    }
  });

  const edits: [string, string, string, string][] = [
    [
      "an unknown symbol to read",
      "    +1: {",
      "    2: {",
      '13:5: state "A": expected a symbol (blank, +1 or -1), got "2"',
    ],
    [
      "an unknown symbol to write",
      "write: -1",
      "write: 2",
      '16:17: state "B", symbol 1, write: expected a symbol (blank, +1 or -1), got "2"',
    ],
    ["a fraction to write", "write: -1", "write: -1.0", 'got "-1.0"'],
    [
      "an unknown move",
      "move: left",
      "move: lefft",
      '13:17: state "A", symbol +1, move: expected a move (up, down, left, right or stay), got "lefft" (did you mean "left"?)',
    ],
    ["a move in capitals", "move: left", "move: L", 'got "L"'],
    ["no move", "{ move: left }", "{ write: -1 }", '13:9: state "A", symbol +1: missing key "move"'],
    ["an empty entry", "{ move: left }", "{}", 'missing key "move"'],
    [
      "an unknown key of an entry",
      "move: left }",
      "move: left, halt: true }",
      '13:23: state "A", symbol +1: unknown key "halt"; expected write, move or next',
    ],
    [
      "a mistyped key of an entry",
      "next: Z",
      "nxet: Z",
      'unknown key "nxet"; expected write, move or next (did you mean "next"?)',
    ],
    ["an undeclared next state", "next: Z", "next: Q", '15:40: state "B", symbol _, next: state "Q" is not declared'],
    [
      "no next state",
      "next: Z",
      "next:",
      "symbol _, next: expected a name (1 to 64 characters, no control characters, no space at either end), got nothing",
    ],
    ["null as the next state", "next: Z", "next: null", "got null (quote it if it is a name)"],
    [
      "an entry that is a text",
      "{ move: left }",
      "left",
      '13:9: state "A", symbol +1: expected an entry with move and, where they change, write and next, got "left"',
    ],
    ["an entry that is a list", "{ move: left }", "[left, A]", "got a list"],
    [
      "a symbol with two spellings",
      "    +1: { move: left }",
      "    +1: { move: left }\n    1: { move: up }",
      '14:5: state "A": symbol +1 has two entries (1 is +1)',
    ],
    [
      "a symbol given twice",
      "    +1: { move: left }",
      "    +1: { move: left }\n    +1: { move: up }",
      '14:5: "+1" is given twice',
    ],
    ["a state given twice", "  B:", "  A:", '14:3: "A" is given twice'],
    ["a row of a halting state", "  B:", "  Z: {}\n  B:", '14:3: state "Z": a halting state has no row in the table'],
    [
      "a row that is nothing",
      "  B:\n",
      "  C:\n  B:\n",
      '14:5: state "C": expected a mapping from the symbols blank, +1 and -1 to entries, got nothing',
    ],
    [
      "an undeclared start",
      "start: A",
      "start: S",
      '7:8: start: state "S" is not declared; give it a row in the table or list it under halting',
    ],
    ["a near miss of a state", "start: A", "start: a", 'state "a" is not declared (did you mean "A"?)'],
    ["no start", "start: A\n", "", '2:1: missing key "start"'],
    ["no name", "name: example\n", "", 'missing key "name"'],
    ["an empty name", "name: example", 'name: ""', "2:7: name: expected a name"],
    ["a name with a line break", "name: example", 'name: "a\\nb"', 'got "a\\nb"'],
    ["a name with a space at the end", "name: example", 'name: "a "', 'got "a "'],
    ["a name that turns the text around", "name: example", 'name: "a\\u202Eb"', "name: expected a name"],
    ["a name that is half a character", "name: example", 'name: "a\\uD800b"', "name: expected a name"],
    [
      "a name that is too long",
      "name: example",
      `name: ${"x".repeat(65)}`,
      "name: expected a name (1 to 64 characters",
    ],
    ["a halting state twice", "[Z]", "[Z, Z]", '8:14: halting: state "Z" is named twice'],
    ["halting states without a list", "[Z]", "Z", '8:10: halting: expected a list of states, got "Z"'],
    ["a list in the list of halting states", "[Z]", "[[Z]]", "8:11: halting: expected a name"],
    [
      "an unknown key",
      "source: here",
      "sorce: here",
      '6:1: unknown key "sorce"; expected name, about, source, start, halting, expected or table (did you mean "source"?)',
    ],
    ["an unknown expectation", "steps: 6", "step: 6", '9:13: expected: unknown key "step"'],
    ["half a step", "steps: 6", "steps: 6.5", '9:20: expected.steps: expected an integer of at least 0, got "6.5"'],
    [
      "a negative number of steps",
      "steps: 6",
      "steps: -6",
      'expected.steps: expected an integer of at least 0, got "-6"',
    ],
    ["steps past the exact integers", "steps: 6", "steps: 9007199254740992", "expected.steps: expected an integer"],
    ["steps in quotes", "steps: 6", 'steps: "6"', 'expected.steps: expected an integer of at least 0, got "6"'],
    ["steps in hexadecimal", "steps: 6", "steps: 0x6", "expected.steps: expected an integer"],
    [
      "steps of what never halts",
      "{ steps: 6",
      "{ halts: false, steps: 6",
      "9:11: expected: a machine that never halts has no steps",
    ],
    [
      "a halt that is no truth value",
      "{ steps: 6",
      "{ halts: no, steps: 6",
      'expected.halts: expected true or false, got "no"',
    ],
    ["a note that is empty", "source: here", 'source: " "', "source: expected a text of 1 to 1000 characters"],
    [
      "a note that is too long",
      "source: here",
      `source: ${"x".repeat(1001)}`,
      "source: expected a text of 1 to 1000 characters",
    ],
    [
      "a note that is a mapping",
      "source: here",
      "source: { at: here }",
      "source: expected a text of 1 to 1000 characters, no control characters, got a mapping",
    ],
    ["an anchor", "halting: [Z]", "halting: &h [Z]", "8:10: anchors (&) are not allowed"],
    ["an alias", "next: Z", "next: *z", "15:40: aliases (*) are not allowed"],
    ["a tag", "start: A", "start: !!str A", "7:8: tags (!) are not allowed"],
    ["a merge key", "    +1: {", "    <<: {", '13:5: state "A": expected a symbol'],
    ["a key that is a list", "    +1: {", "    ? [1]\n    : {", "13:7: expected a name before the colon"],
    ["a directive", "# a comment\n", "%YAML 1.1\n---\n", "1:1: directives (%) are not allowed"],
    ["a second document", "source: here", "source: here\n---\nname: other", "expected one document, got several"],
    ["a tab for indentation", "  A:\n    blank", "  A:\n\tblank", "not YAML: "],
    ["a bracket that stays open", "[Z]", "[Z", "not YAML: "],
    [
      "a control character",
      "source: here",
      "source: he\u0007re",
      '6:11: expected text, got the control character "\\u0007"',
    ],
    ["an escaped control character", "source: here", 'source: "he\\are"', "source: expected a text"],
  ];

  it.each(edits)("should refuse %s", (_, from, to, message) => {
    expect(GOOD.split(from).length).toBeGreaterThan(1);
    expect(complaint(GOOD.replace(from, to))).toContain(message);
  });

  const texts: [string, string, string][] = [
    ["nothing", "", "m.yaml: expected a machine, got an empty file"],
    ["only a comment", "# name: x\n", "m.yaml: expected a machine, got an empty file"],
    ["only a document mark", "---\n", "1:4: expected a machine, got nothing"],
    ["a sentence", "hello world", '1:1: expected a machine, got "hello world"'],
    ["a number", "42", '1:1: expected a machine, got "42"'],
    ["a list", "- A\n- B\n", "1:1: expected a machine, got a list"],
    [
      "a table that is empty",
      "{name: x, start: A, table: {}}",
      "1:28: table: expected a mapping from states to rows, got an empty one",
    ],
    ["a table that is missing", "{name: x, start: A}", '1:1: missing key "table"'],
    [
      "a table that is a list",
      "{name: x, start: A, table: [A]}",
      "table: expected a mapping from states to rows, got a list",
    ],
    ["a state without a name", "{name: x, start: A, table: {'': {}, A: {}}}", "1:29: table: expected a name"],
    [
      "colons without keys",
      "{name: x, start: A, table: {A: {: {move: up}}}}",
      'state "A": expected a symbol (blank, +1 or -1), got ""',
    ],
    ["brackets without end", "[".repeat(100_000), "nested too deeply"],
    ["braces without end", "{a: ".repeat(100_000), "nested too deeply"],
    ["list signs without end", "- ".repeat(500_000), "nested too deeply"],
    ["key signs without end", "? ".repeat(500_000), "nested too deeply"],
    ["brackets that close too often", `${"]".repeat(50_000)}${"[".repeat(100_000)}`, "nested too deeply"],
    ["commas without end", `[${",".repeat(500_000)}`, "m.yaml:1:2: not YAML: expected something before the comma"],
    ["commas in a row", "{name: x, start: A, # why\n , table: {A: {}}}", "2:2: not YAML: expected something before"],
    [
      "steps of indentation",
      Array.from({ length: 1000 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"),
      "nested too deeply",
    ],
    ["a text past the limit", " ".repeat(MAX_FILE_BYTES + 1), `m.yaml: expected at most ${MAX_FILE_BYTES} characters`],
    ["aliases that multiply", "a: &a [x, x]\nb: &b [*a, *a]\nname: *b\n", "1:4: anchors (&) are not allowed"],
  ];

  it.each(texts)("should refuse %s", (_, text, message) => {
    expect(complaint(text)).toContain(message);
  });

  it("should find the place of an error in a state with slashes and tildes in its name", () => {
    const text = "name: x\nstart: a/b~1\ntable:\n  a/b~1:\n    blank: { move: nowhere }\n";
    expect(complaint(text)).toContain('5:20: state "a/b~1", symbol blank, move: expected a move');
  });

  it("should refuse every text in one line of bounded length that begins with the file", () => {
    const all = [...edits.map(([, from, to]) => GOOD.replace(from, to)), ...texts.map(([, text]) => text)];
    for (const text of all) {
      const message = complaint(text);
      expect(message).toMatch(/^m\.yaml[: ]/);
      expect(message).not.toMatch(/[\n\r]/);
      expect(message.length).toBeLessThan(300);
    }
  });

  it("should read as many states as allowed, in reasonable time, and no more", () => {
    const table = (count: number): string =>
      Array.from({ length: count }, (_, i) => `  s${i}: { _: { move: right, next: s${(i + 1) % count} } }`).join("\n");
    const head = "name: long\nstart: s0\n";
    expect(readMachine(`${head}table:\n${table(MAX_STATES)}\n`, "m.yaml").states.length).toBe(MAX_STATES);
    expect(complaint(`${head}table:\n${table(MAX_STATES + 1)}\n`)).toContain("at most 4096 of them, got more");
    expect(complaint(`${head}halting: [Z]\ntable:\n${table(MAX_STATES)}\n`)).toContain("at most 4096 states, got 4097");
  });
});

describe("machine.schema.json", () => {
  it("should have the limits of input-limits.ts", () => {
    expect(schema.properties.table.maxProperties).toBe(MAX_STATES);
    expect(schema.properties.halting.maxItems).toBe(MAX_STATES);
    expect(schema.$defs.name.maxLength).toBe(MAX_NAME_LENGTH);
    expect(schema.$defs.note.maxLength).toBe(MAX_NOTE_LENGTH);
    expect(schema.$defs.name.title).toContain(`1 to ${MAX_NAME_LENGTH} characters`);
    expect(schema.$defs.note.title).toContain(`1 to ${MAX_NOTE_LENGTH} characters`);
  });
});
