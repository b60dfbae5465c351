import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { LEFT_ALONE, verifiedChecker, type VerifiedVerdict } from "../../../checkers/verified.js";

const folder = mkdtempSync(join(tmpdir(), "weightproof-package-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A package whose built program says what it is asked to: the text is its answer in JSON. */
function packageOf(name: string, program?: string): string {
  const build = join(folder, name, "proofs", "build");
  mkdirSync(build, { recursive: true });
  writeFileSync(join(folder, name, "package.json"), "{}");
  if (program !== undefined) writeFileSync(join(build, "verified.cjs"), program);
  return pathToFileURL(join(folder, name, "dist", "checkers", "verified.js")).href;
}

function said(exitCode: number, text: string): VerifiedVerdict | undefined {
  const checker = verifiedChecker(packageOf("echo", "exports.decide = (text) => JSON.parse(text);"));
  return checker?.(JSON.stringify({ exitCode, text }));
}

describe("verifiedChecker", () => {
  it("should be undefined where the program has not been built", () => {
    expect(verifiedChecker(packageOf("empty"))).toBeUndefined();
  });

  it("should be undefined where there is no package", () => {
    expect(verifiedChecker(pathToFileURL(join(folder, "nowhere", "verified.js")).href)).toBeUndefined();
  });

  it("should accept what the program accepts, and say what that leaves alone", () => {
    expect(said(0, "machine: accepted\nfunction: accepted\nhead: accepted\n")).toEqual({
      verdict: "accepted",
      leftAlone: LEFT_ALONE,
    });
  });

  it.each([
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
