import { describe, expect, it } from "vitest";
import { InputError } from "../../../../inputs/input-error.js";
import { MAX_FILE_BYTES } from "../../../../inputs/input-limits.js";
import { looksLikeGolly } from "../../../../inputs/machines/read-golly-turmite.js";
import { readGolly } from "../../../three-symbol-readers.js";

/** The message of the InputError that reading throws. */
function complaint(text: string): string {
  try {
    readGolly(text, "t.txt");
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  throw new Error(`accepted: ${text.slice(0, 200)}`);
}

describe("readGolly", () => {
  it("should read an absolute turmite", () => {
    expect(readGolly("{{{1,'N',1},{0,'',0}},\n {{1,\"W\",0}, {1,'S',1}}}  # done")).toEqual({
      name: `{{{1,'N',1},{0,'',0}},{{1,"W",0},{1,'S',1}}}`,
      states: ["0", "1", "halt"],
      start: "0",
      halting: ["halt"],
      table: new Map([
        [
          "0",
          new Map([
            [0, { write: 1, move: "up", next: "1" }],
            [1, { write: 0, move: "stay", next: "halt" }],
          ]),
        ],
        [
          "1",
          new Map([
            [0, { write: 1, move: "left", next: "0" }],
            [1, { write: 1, move: "down", next: "1" }],
          ]),
        ],
      ]),
      notes: { about: `Read from Golly's notation of absolute turmites: "0" is blank, "1" is +1` },
      expected: {},
    });
  });

  it("should turn a relative turmite before it moves, from every heading", () => {
    const { table, states, start } = readGolly("{{{1,1,0},{2,2,1},{0,4,0}},{{0,8,0},{0,0,0},{1,1,1}}}");
    expect(start).toBe("0-north");
    expect(states).toHaveLength(4 * 2 + 1);
    const acts = (state: string): string[] =>
      [...(table.get(state) ?? new Map()).values()].map(({ write, move, next }) => `${write} ${move} ${next}`);
    expect(acts("0-north")).toEqual(["1 up 0-north", "-1 right 1-east", "0 down 0-south"]);
    expect(acts("0-east")).toEqual(["1 right 0-east", "-1 down 1-south", "0 left 0-west"]);
    expect(acts("0-west")).toEqual(["1 left 0-west", "-1 up 1-north", "0 right 0-east"]);
    expect(acts("1-south")).toEqual(["0 right 0-east", "0 stay halt", "1 down 1-south"]);
    expect(acts("1-west")).toEqual(["0 down 0-south", "0 stay halt", "1 left 1-west"]);
  });

  it("should read one colour, and call a long table by its file", () => {
    expect(readGolly("{{{0,'E',0}}}").table.get("0")?.get(0)).toEqual({ write: 0, move: "right", next: "0" });
    const long = `{${Array.from({ length: 10 }, () => "{{1,'N',1},{0,'E',0}}").join(",")}}`;
    expect(readGolly(long, "dir/long.txt").name).toBe("long");
    expect(readGolly(long).name).toBe("absolute turmite");
  });

  const refused: [string, string, string][] = [
    ["nothing", "", "t.txt:1:1: expected a table such as {{{1,2,0},{0,8,0}}} or turns such as RL, got nothing"],
    ["a word", "hello", 't.txt:1:1: expected turns (L, R, U, N) such as RL or a table in braces, got "h"'],
    ["small letters", "Rl", 't.txt:1:2: expected turns (L, R, U, N) such as RL or a table in braces, got "l"'],
    [
      "an ant of 256 colours",
      ` ${"R".repeat(256)}`,
      "t.txt:1:257: expected at most 255 colours, one for each turn, got 256",
    ],
    ["an ant without end", "R".repeat(MAX_FILE_BYTES), "expected at most 255 colours"],
    [
      "two heads ahead and right",
      "{{{1,2,0},{0,3,0}}}",
      "t.txt:1:14: state 0, colour 1: expected one turn, got 3 = 1 + 2: heads that split are not read",
    ],
    ["four heads", "{{{1,15,0},{0,2,0}}}", "t.txt:1:6: state 0, colour 0: expected one turn, got 15 = 1 + 2 + 4 + 8"],
    [
      "a turn past all",
      "{{{1,16,0},{0,2,0}}}",
      "state 0, colour 0: expected a turn (1 ahead, 2 right, 4 back, 8 left, 0 halt), got 16",
    ],
    [
      "two absolute heads",
      "{{{1,'NE',0},{0,'E',0}}}",
      `t.txt:1:6: state 0, colour 0: expected one direction, got "NE": heads that split are not read`,
    ],
    ["an unknown direction", "{{{1,'n',0},{0,'E',0}}}", `expected 'N', 'E', 'S', 'W' or '' (halt), got "n"`],
    [
      "a direction of a hexagonal turmite",
      "{{{1,'A',0},{0,'B',0}}}",
      `expected 'N', 'E', 'S', 'W' or '' (halt), got "A"`,
    ],
    [
      "a turn among directions",
      "{{{1,'N',0},{0,2,0}}}",
      "t.txt:1:16: state 0, colour 1: expected 'N', 'E', 'S', 'W' or '' (halt), got 2",
    ],
    [
      "a direction among turns",
      "{{{1,2,0},{0,'N',0}}}",
      `state 0, colour 1: expected a turn (1 ahead, 2 right, 4 back, 8 left, 0 halt), got "N"`,
    ],
    [
      "a colour beyond the table",
      "{{{1,'N',0},{2,'E',0}}}",
      "t.txt:1:14: state 0, colour 1: expected a colour below 2, got 2",
    ],
    [
      "a state beyond the table",
      "{{{1,'N',0},{1,'E',0}},{{1,'N',2},{0,'E',0}}}",
      "t.txt:1:32: state 1, colour 0: expected a state below 2, got 2",
    ],
    [
      "a state beyond the table where it halts",
      "{{{1,0,1},{1,2,0}}}",
      "t.txt:1:8: state 0, colour 0: expected a state below 1, got 1",
    ],
    ["a colour in quotes", "{{{'1','N',0},{0,'E',0}}}", 'state 0, colour 0: expected a colour below 2, got "1"'],
    [
      "256 colours",
      `{{${Array.from({ length: 256 }, () => "{1,2,0}").join(",")}}}`,
      "t.txt:1:2044: expected at most 255 colours, got more triples in a row",
    ],
    ["a short row", "{{{1,2,0},{1,2,0}},{{1,2,0}}}", "t.txt:1:22: state 1: expected 2 triples as in state 0, got 1"],
    ["a long row", "{{{1,2,0}},{{0,2,0},{0,2,0}}}", "state 1: expected 1 triples as in state 0, got 2"],
    ["a pair", "{{{1,2},{0,8,0}}}", 't.txt:1:7: expected a comma after the move, got "}"'],
    ["a quadruple", "{{{1,2,0,0},{0,8,0}}}", 't.txt:1:9: expected } after the three parts of a triple, got ","'],
    ["an empty triple", "{{{}}}", 't.txt:1:4: expected a number or a direction in quotes, got "}"'],
    ["an empty row", "{{}}", 't.txt:1:3: expected a triple {colour, move, state}, got "}"'],
    ["an empty table", "{}", 't.txt:1:2: expected {, got "}"'],
    ["a comma too many", "{{{1,2,0},}}", 't.txt:1:11: expected a triple {colour, move, state}, got "}"'],
    ["a negative number", "{{{1,-1,0},{0,8,0}}}", 't.txt:1:6: expected a number or a direction in quotes, got "-"'],
    ["a number of ten digits", "{{{1,1111111111,0}}}", "expected a comma after the move"],
    ["square brackets", "{{[1,2,0],[0,8,0]}}", 't.txt:1:3: expected a triple {colour, move, state}, got "["'],
    ["a quote that stays open", "{{{1,'N,0}}}", `expected a number or a direction in quotes, got "'"`],
    ["an end too early", "{{{1,2,0},{0,8,0}}", "t.txt:1:19: expected a comma or }, got the end"],
    ["something behind the table", "{{{1,2,0},{0,8,0}}} x", 't.txt:1:21: expected the end after the table, got "x"'],
    [
      "a second line with a fault",
      "{{{1,2,0},\n {0,9,0}}}",
      "t.txt:2:5: state 0, colour 1: expected one turn, got 9 = 1 + 8",
    ],
    ["braces without end", "{".repeat(MAX_FILE_BYTES), 'expected a number or a direction in quotes, got "{"'],
    ["a text past the limit", " ".repeat(MAX_FILE_BYTES + 1), `t.txt: expected at most ${MAX_FILE_BYTES} characters`],
    ["spaces without end", `{${" ".repeat(MAX_FILE_BYTES - 1)}`, "expected {, got the end"],
    [
      "more states than there may be",
      `{${"{{0,2,0}},".repeat(1024)}{{0,2,0}}}`,
      "expected at most 4096 states, got 4101, the headings and a halting state included",
    ],
    ["rows without end", `{${"{{0,2,0}},".repeat(50_000)}`, "expected at most 4096 rows"],
    ["a half character", "{{{1,\uD800", "expected a number or a direction in quotes"],
  ];

  it.each(refused)("should refuse %s", (_, text, message) => {
    expect(complaint(text)).toContain(message);
    expect(complaint(text)).toMatch(/^t\.txt:(\d+:\d+:)? [^\n]{1,200}$/);
  });

  it("should read as many states as there may be", () => {
    const row = "{{0,2,0}}";
    expect(readGolly(`{${Array.from({ length: 1023 }, () => row).join(",")}}`).states.length).toBe(4 * 1023);
  });
});

describe("looksLikeGolly", () => {
  it.each(["RL", "LLRR", "NU\n", "{{{1,2,0}}}", " { {", "{{", "# ant\nRL # turns"])("should say yes to %j", (text) => {
    expect(looksLikeGolly(text)).toBe(true);
  });

  it.each(["", "R", "rl", "RLX", "R L", "{name: x}", "{}", "bb5", "#RL", "{a: {b: c}}"])(
    "should say no to %j",
    (text) => {
      expect(looksLikeGolly(text)).toBe(false);
    },
  );
});
