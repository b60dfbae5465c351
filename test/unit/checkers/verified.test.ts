import { describe, expect, it } from "vitest";
import { LEFT_ALONE, verifiedChecker, type VerifiedVerdict } from "../../../checkers/verified.js";

/** What is said of an answer of the program. */
function said(exitCode: number, text: string): VerifiedVerdict {
  return verifiedChecker({ decide: () => ({ exitCode, text }) })("{}");
}

describe("verifiedChecker", () => {
  it("should accept what the program accepts, and say what that leaves alone", () => {
    expect(said(0, "machine: accepted\nfunction: accepted\nhead: accepted\n")).toEqual({
      verdict: "accepted",
      leftAlone: LEFT_ALONE,
    });
  });

  it.each([
    ["code", "machine: accepted\ncode: not accepted\n", "code"],
    ["weights", "code: accepted\nweights: not accepted\nfunction: not accepted\n", "verdicts.weights"],
    ["machine", "machine: not accepted\nfunction: not accepted\nhead: accepted\n", "machine.table"],
    ["function", "machine: accepted\nfunction: not accepted\nhead: not accepted\n", "filter"],
    ["head", "machine: accepted\nfunction: accepted\nhead: not accepted\n", "head"],
  ])("should reject with the place of %s", (_, text, path) => {
    expect(said(1, text)).toMatchObject({ verdict: "rejected", code: "not-verified", path, witness: {} });
  });

  it("should leave undecided what the program leaves alone", () => {
    expect(said(3, "left alone: no key format\n")).toEqual({
      verdict: "undecided",
      limit: "scope",
      message: "the verified checker leaves this text alone: no key format",
    });
  });

  it("should name the limit that the program came to", () => {
    expect(said(3, "undecided: limit work\n")).toMatchObject({ verdict: "undecided", limit: "work" });
  });

  it.each([1, 2, 3, 4])("should never accept with the exit code %d", (code) => {
    expect(said(code, "machine: accepted\nfunction: accepted\nhead: accepted\n")).toMatchObject({
      verdict: "undecided",
    });
  });
});
