import { describe, expect, it } from "vitest";
import { nearestName, suggestion } from "../../../inputs/near-names.js";

describe("nearestName", () => {
  it.each<[string, string[], string | undefined]>([
    ["rigth", ["up", "left", "right"], "right"],
    ["Right", ["left", "right"], "right"],
    ["a", ["A", "B"], "A"],
    ["C", ["A", "B"], undefined],
    ["up", ["us"], undefined],
    ["binary-countr", ["bb2", "binary-counter"], "binary-counter"],
    ["bnary-cuonter", ["binary-counter"], "binary-counter"],
    ["entirely-else", ["binary-counter"], undefined],
    ["bb6", ["bb2", "bb3"], "bb2"],
    ["langton", ["bb2", "langtons-ant"], "langtons-ant"],
    ["la", ["langtons-ant"], undefined],
    ["", ["A"], undefined],
  ])("should be for %j among %j: %j", (name, candidates, expected) => {
    expect(nearestName(name, candidates)).toBe(expected);
  });
});

describe("suggestion", () => {
  it("should be an aside with the name in quotes, or nothing", () => {
    expect(suggestion('sta"rt', ["start"])).toBe(' (did you mean "start"?)');
    expect(suggestion("x", ["start"])).toBe("");
  });
});
