import { describe, expect, it } from "vitest";
import { alphabetToTape } from "../../../../construction/wei-chen-ma/one-tape.js";
import { readMorphett } from "../../../../inputs/machines/read-morphett.js";
import { readBbchallenge } from "../../../../inputs/machines/read-bbchallenge.js";
import { readTuringmachineIo } from "../../../../inputs/machines/read-turingmachine-io.js";
import { loadAnyMachine } from "../../../../inputs/machines/load-machine.js";

describe("alphabetToTape", () => {
  it("should keep the symbols of a format, four of them", () => {
    const tape = alphabetToTape(readBbchallenge("1RB2LA1RA1RA_1LB1LA3RB1RZ"));
    expect(tape.symbols).toEqual(["0", "1", "2", "3"]);
    expect(tape.table.get("B")?.get("2")).toEqual({ write: ["3"], moves: ["right"], next: "B" });
    expect(tape.halting).toEqual(["Z"]);
  });

  it("should spell a blank space _, and keep 0 apart from the blank", () => {
    const text = `blank: ' '\nstart state: a\ntable:\n  a:\n    0: {write: 1, R: a}\n    1: R\n    ' ': {R: b}\n  b:\n`;
    const tape = alphabetToTape(readTuringmachineIo(text, "m.yaml"));
    expect(tape.symbols).toEqual(["_", "0", "1"]);
    expect(tape.table.get("a")?.get("0")?.write).toEqual(["1"]);
    expect(tape.table.get("a")?.get("_")?.next).toBe("b");
  });

  it("should make a last step into no-rule where a format stops without a rule", () => {
    const tape = alphabetToTape(readMorphett("0 1 1 r 0\n", "m.txt"));
    expect(tape.halting).toContain("no-rule");
    expect(tape.table.get("0")?.get("_")).toEqual({ write: ["_"], moves: ["stay"], next: "no-rule" });
  });

  it("should refuse several tapes and moves up and down, with the place", () => {
    const corner = loadAnyMachine("examples/machines/corner.turing2d.txt").machine;
    expect(() => alphabetToTape(corner)).toThrow('state "0", symbol "0" moves down');
    const split = loadAnyMachine("examples/machines/three-tapes.tms.txt").machine;
    expect(() => alphabetToTape(split)).toThrow("the machine has 3 tapes");
  });
});
