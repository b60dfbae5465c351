import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { loadVerified } from "../../../systems/load-verified.js";

const folder = mkdtempSync(join(tmpdir(), "weightproof-package-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A module of a package with this program. */
function packageOf(name: string, program?: string): string {
  const build = join(folder, name, "proofs", "build");
  mkdirSync(build, { recursive: true });
  writeFileSync(join(folder, name, "package.json"), "{}");
  if (program !== undefined) writeFileSync(join(build, "verified.cjs"), program);
  return pathToFileURL(join(folder, name, "dist", "systems", "load-verified.js")).href;
}

describe("loadVerified", () => {
  it("should be undefined where the program has not been built", () => {
    expect(loadVerified(packageOf("empty"))).toBeUndefined();
  });

  it("should be undefined where there is no package", () => {
    expect(loadVerified(pathToFileURL(join(folder, "nowhere", "load-verified.js")).href)).toBeUndefined();
  });

  it("should ask the program of the package", () => {
    const checker = loadVerified(packageOf("echo", "exports.decide = (text) => ({ exitCode: 3, text });"));
    expect(checker?.("left alone: no key format\n")).toEqual({
      verdict: "undecided",
      limit: "scope",
      message: "the verified checker leaves this text alone: no key format",
    });
  });
});
