import { describe, expect, it } from "vitest";
import { readTapesMachine } from "../../../../construction/language/read-tapes-machine.js";
import {
  readTwoTapes,
  twoTapeConfiguration,
  twoTapeToGrid,
} from "../../../../construction/language/two-tape-to-grid.js";
import { InputError } from "../../../../inputs/input-error.js";
import { runFastOnGrid } from "../../../../execution/machines/fast-simulator.js";
import { normalForm } from "../../../../spec/machines/normal-form.js";

/** Copies a word of a and b from tape 1 to tape 2, then goes back to the first blank. */
const COPY = `# a comment
name: copy
tapes: 2
symbols: [_, a, b]
start: copy
halting: [done]
table:
  copy:
    a _: { write: a a, move: right right }
    b _: { write: b b, move: right right }
    _ _: { move: left stay, next: done }
`;

describe("readTapesMachine", () => {
  it("should read a machine that runs on the grid", () => {
    const machine = readTapesMachine(COPY, "copy.yaml");
    expect(machine).toMatchObject({ name: "copy", tapes: 2, symbols: ["_", "a", "b"], states: ["copy", "done"] });
    expect(machine.table.get("copy")?.get("_ _")).toEqual({ write: ["_", "_"], moves: ["left", "stay"], next: "done" });
    const normal = normalForm(twoTapeToGrid(machine).machine);
    const run = runFastOnGrid(normal, twoTapeConfiguration(machine, [["a", "b", "b"], []], 5), { maxSteps: 1000 });
    expect(normal.states[run.configuration.state]).toBe("done");
    const [first, second] = readTwoTapes(machine, run.configuration);
    expect(first).toEqual({ symbols: ["a", "b", "b", "_", "_"], head: 2 });
    expect(second).toEqual({ symbols: ["a", "b", "b", "_", "_"], head: 3 });
  });

  it("should read a machine on one tape, without halting states", () => {
    const machine = readTapesMachine(
      "name: m\ntapes: 1\nsymbols: [_]\nstart: a\ntable: { a: { _: { move: stay } } }",
      "m",
    );
    expect(machine).toMatchObject({ tapes: 1, halting: [], states: ["a"] });
  });

  const replace = (from: string, to: string): string => COPY.replace(from, to);

  it.each<[string, string, string]>([
    ["a file that is a list", "- a", "copy.yaml:1:1: the file: expected a mapping, got a list"],
    [
      "an unknown key",
      replace("halting:", "haltings:"),
      'copy.yaml:6:1: the file: unknown key "haltings" (did you mean "halting"?)',
    ],
    ["no symbols", replace("symbols: [_, a, b]\n", ""), "copy.yaml:2:1: the file: expected the key symbols"],
    ["four tapes", replace("tapes: 2", "tapes: 4"), 'copy.yaml:3:8: tapes: expected 1 to 3, got "4"'],
    ["symbols that are no list", replace("[_, a, b]", "a"), "copy.yaml:4:10: symbols: expected a list, got a text"],
    ["a symbol twice", replace("[_, a, b]", "[_, a, a]"), 'copy.yaml:4:17: symbols: "a" is named twice'],
    ["no symbol", replace("[_, a, b]", "[]"), "copy.yaml:4:10: symbols: expected at least one, the blank"],
    [
      "an undeclared start",
      replace("start: copy", "start: copi"),
      'copy.yaml:5:8: start: state "copi" is not declared (did you mean "copy"?)',
    ],
    [
      "a row of a halting state",
      replace("[done]", "[done, copy]"),
      'copy.yaml:8:3: state "copy": a halting state has no row in the table',
    ],
    [
      "a row that is no mapping",
      COPY.replace(/copy:\n(?:    .*\n)+/, "copy: x\n"),
      'copy.yaml:8:9: state "copy": expected a mapping, got a text',
    ],
    [
      "a key with one symbol",
      replace("a _: {", "a: {"),
      'copy.yaml:9:5: state "copy", symbols "a": expected two words, got "a"',
    ],
    [
      "a key with an undeclared symbol",
      replace("a _: {", "c _: {"),
      'copy.yaml:9:5: state "copy", symbols "c _": symbol "c" is not declared',
    ],
    [
      "an entry twice",
      replace("b _: {", "a  _: {"),
      'copy.yaml:10:5: state "copy", symbols "a  _": there are two entries for these symbols',
    ],
    [
      "an entry without a move",
      replace("{ move: left stay, next: done }", "{ next: done }"),
      'symbols "_ _": expected the key move',
    ],
    [
      "an unknown key of an entry",
      replace("{ move: left stay", "{ moves: left stay"),
      'symbols "_ _": unknown key "moves" (did you mean "move"?)',
    ],
    [
      "a move that is none",
      replace("left stay", "left up"),
      'symbols "_ _", move: expected left, right or stay, got "up"',
    ],
    ["one move for two tapes", replace("left stay", "left"), 'symbols "_ _", move: expected two words, got "left"'],
    [
      "an undeclared symbol to write",
      replace("write: a a", "write: a c"),
      'symbols "a _", write: symbol "c" is not declared',
    ],
    [
      "an undeclared next state",
      replace("next: done", "next: don"),
      'symbols "_ _", next: state "don" is not declared (did you mean "done"?)',
    ],
    ["a list for a text", replace("next: done", "next: [done]"), 'symbols "_ _", next: expected a text, got a list'],
  ])("should refuse %s, with the place", (_, text, message) => {
    expect(text).not.toBe(COPY);
    expect(() => readTapesMachine(text, "copy.yaml")).toThrow(InputError);
    expect(() => readTapesMachine(text, "copy.yaml")).toThrow(message);
  });
});
