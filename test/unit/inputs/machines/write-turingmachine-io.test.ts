import { describe, expect, it } from "vitest";
import { InputError } from "../../../../inputs/input-error.js";
import { loadMachine } from "../../../../inputs/machines/load-machine.js";
import { readMachine } from "../../../../inputs/machines/read-machine.js";
import { writeTuringmachineIo } from "../../../../inputs/machines/write-turingmachine-io.js";

const machine = (table: string, rest: string = "start: p"): string =>
  writeTuringmachineIo(readMachine(`{name: m, ${rest}, table: {${table}}}`, "m.yaml"));

describe("writeTuringmachineIo", () => {
  it("should write the digits 0, 1, 2, short instructions where nothing changes, and halting states without a row", () => {
    expect(writeTuringmachineIo(loadMachine("bb2x3"))).toBe(
      `# bb2x3
blank: 0
start state: A
table:
  A:
    0: { write: 1, R: B }
    1: { write: 2, L: B }
    2: { write: 1, R: Z }
  B:
    0: { write: 2, L: A }
    1: { write: 2, R: B }
    2: { write: 1, L: B }
  Z:
`,
    );
  });

  it("should tell rows without entries from halting states, and quote names that need it", () => {
    const text = machine(
      "p: {}, 'null': {-1: {move: left}, 1: {move: right, next: 'a: b'}}",
      "start: p, halting: ['a: b']",
    );
    expect(text).toBe(
      '# m\nblank: 0\nstart state: p\ntable:\n  p: {}\n  "null":\n    1: { R: "a: b" }\n    2: L\n  "a: b":\n',
    );
  });

  it.each<[string, () => string, string]>([
    [
      "a move up",
      () => machine("p: {_: {move: left}, 1: {move: up}}"),
      'machine "m": state "p", symbol +1: turingmachine.io has only the moves left and right, got up',
    ],
    [
      "a head that stays",
      () => machine("p: {-1: {move: stay}}"),
      'machine "m": state "p", symbol -1: turingmachine.io has only the moves left and right, got stay',
    ],
    [
      "langtons-ant",
      () => writeTuringmachineIo(loadMachine("langtons-ant")),
      'machine "langtons-ant": state "east", symbol blank: turingmachine.io has only the moves left and right, got down',
    ],
  ])("should refuse %s", (_, write, message) => {
    expect(write).toThrow(InputError);
    expect(write).toThrow(message);
  });
});
