import { describe, expect, it } from "vitest";
import { decoderTask } from "../../../../systems/wei-chen-ma/decoder-task.js";
import { loadTapeMachine } from "../../../../systems/wei-chen-ma/load-tape-machine.js";
import { inTemporaryFolder } from "./temporary.js";

const INCREMENT = `input: '1011'
blank: ' '
start state: right
table:
  right:
    [1, 0]: R
    ' ': { L: carry }
  carry:
    1: { write: 0, L }
    [0, ' ']: { write: 1, L: done }
  done:
`;

describe("loadTapeMachine", () => {
  it("should read an input in the symbols of the file, where 0 is not the blank", () => {
    inTemporaryFolder({ "a.yaml": INCREMENT }, (path) => {
      const { machine, input } = decoderTask(path("a.yaml"), { input: ["10"] }, 20);
      expect(input.map((symbol) => machine.symbols[symbol])).toEqual(["1", "0"]);
    });
  });

  it("should begin with the file's input unless another is given", () => {
    inTemporaryFolder({ "a.yaml": INCREMENT }, (path) => {
      const { machine, input } = decoderTask(path("a.yaml"), {}, 20);
      expect(input.map((symbol) => machine.symbols[symbol]).join("")).toBe("1011");
      expect(decoderTask(path("a.yaml"), { input: [""] }, 20).input).toEqual([]);
    });
  });

  it("should leave machines of the house as they were", () => {
    expect(loadTapeMachine("bb2x3").symbols).toEqual(["0", "1", "-1"]);
  });
});
