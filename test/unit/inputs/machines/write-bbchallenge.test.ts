import { describe, expect, it } from "vitest";
import { InputError } from "../../../../inputs/input-error.js";
import { loadMachine } from "../../../../inputs/machines/load-machine.js";
import { readMachine } from "../../../../inputs/machines/read-machine.js";
import { writeBbchallenge } from "../../../../inputs/machines/write-bbchallenge.js";

const machine = (table: string, rest: string = "start: p"): string =>
  writeBbchallenge(readMachine(`{name: m, ${rest}, table: {${table}}}`, "m.yaml"));

describe("writeBbchallenge", () => {
  it("should call the start state A and the others B, C, ... in file order", () => {
    const table =
      "q: {_: {move: left, next: r}}, p: {_: {write: 1, move: right, next: q}}, r: {1: {move: left, next: p}}";
    expect(machine(table)).toBe("1RB---_0LC---_---1LA");
  });

  it("should have three symbols only if -1 occurs", () => {
    expect(machine("p: {_: {move: left}}")).toBe("0LA---");
    expect(machine("p: {_: {write: -1, move: left}}")).toBe("2LA------");
    expect(machine("p: {-1: {write: 0, move: left}}")).toBe("------0LA");
  });

  it("should give halting states the last letters and leave out those that no entry enters", () => {
    const rest = "start: p, halting: [x, y, z]";
    expect(machine("p: {_: {move: left, next: z}, 1: {move: left, next: x}}", rest)).toBe("0LZ1LY");
    expect(machine("p: {_: {move: left, next: y}}", rest)).toBe("0LZ---");
  });

  it.each<[string, () => string, string]>([
    [
      "a move up",
      () => machine("p: {_: {move: left}, 1: {move: up}}"),
      'machine "m": state "p", symbol +1: bbchallenge text has only the moves left and right, got up',
    ],
    [
      "a head that stays",
      () => machine("p: {-1: {move: stay}}"),
      'state "p", symbol -1: bbchallenge text has only the moves left and right, got stay',
    ],
    ["a halting start", () => machine("p: {_: {move: left}}", "start: z, halting: [z]"), "no halting start state"],
    [
      "27 states",
      () => machine(Array.from({ length: 27 }, (_, i) => `s${i}: {}`).join(", "), "start: s0"),
      "at most 26 states, got 27",
    ],
    [
      "26 states and a halting one",
      () =>
        machine(
          Array.from({ length: 26 }, (_, i) => `s${i}: {_: {move: left, next: z}}`).join(", "),
          "start: s0, halting: [z]",
        ),
      "at most 26 states, got 27",
    ],
    [
      "langtons-ant",
      () => writeBbchallenge(loadMachine("langtons-ant")),
      'machine "langtons-ant": state "east", symbol blank: bbchallenge text has only the moves left and right, got down',
    ],
  ])("should refuse %s", (_, write, message) => {
    expect(write).toThrow(InputError);
    expect(write).toThrow(message);
  });
});
