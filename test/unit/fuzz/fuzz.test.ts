/** A short run of every target from a fixed seed, and what makes a run worth having: its inputs, its watchdog. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changeBytes, MAX_INPUT_BYTES } from "../../../fuzz/byte-changes.js";
import { Random } from "../../../fuzz/random.js";
import { PROJECT } from "../../../fuzz/seeds.js";
import { Session } from "../../../fuzz/session.js";
import { assertOneLine, Finding, readerTarget, refusal } from "../../../fuzz/target.js";
import { TARGETS } from "../../../fuzz/targets.js";
import { bytesOf, textOf } from "../../../fuzz/text.js";

/** Most inputs of a target; commands, which are processes, get fewer. */
const SHORT = 25;

describe("a short run", () => {
  it.each(TARGETS.map((target) => [target.name, target] as const))("should find nothing in %s", (_, target) => {
    const session = new Session(target, 20221121);
    for (let n = 0; n < Math.min(target.shortRun ?? SHORT, SHORT); n++) {
      const input = session.next();
      try {
        session.learn(input, target.run(input));
      } catch (error) {
        throw new Error(`${target.name}: input ${Buffer.from(input).toString("hex").slice(0, 2000)}`, { cause: error });
      }
    }
    expect(session.answers).toBeGreaterThan(1);
  });
});

describe("the inputs of a session", () => {
  const target = readerTarget(
    { name: "echo", seeds: () => [bytesOf("seed one"), bytesOf("2")] },
    (text) => text,
    () => "",
  );

  it("should be the same from the same seed, others from another, and begin with the seeds", () => {
    const inputs = (seed: number): string[] => {
      const session = new Session(target, seed);
      return Array.from({ length: 200 }, () => Buffer.from(session.next()).toString("hex"));
    };
    expect(inputs(5)).toEqual(inputs(5));
    expect(inputs(5)).not.toEqual(inputs(6));
    expect(inputs(5).slice(0, 2)).toEqual(target.seeds().map((bytes) => Buffer.from(bytes).toString("hex")));
    expect(new Set(inputs(5)).size).toBeGreaterThan(150);
  });

  it("should be of bounded length, and sometimes as long as readers take", () => {
    const random = new Random(3);
    const source = { random, corpus: [bytesOf("a: [1, 2]\n"), bytesOf("{}")], words: ["word"], large: true };
    const lengths = Array.from({ length: 200 }, () => changeBytes(bytesOf("a: [1, 2]\nb: 3\n"), source).length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(MAX_INPUT_BYTES);
    expect(lengths.filter((length) => length > 2 ** 18).length).toBeGreaterThan(10);
  });

  it("should spell any text as bytes and back, lone surrogates included", () => {
    for (const text of ["", "aé€😀", "\ud800", "x\udfffy\ud83d", "\ufeffa\0"]) expect(textOf(bytesOf(text))).toBe(text);
    expect(textOf(Uint8Array.of(0x61, 0xff, 0xed, 0xa0))).toMatch(/^a\ufffd+$/);
  });
});

describe("what is asked of a refusal", () => {
  it("should be one line of bounded length", () => {
    expect(refusal(new Error('m.yaml:3:7: expected a move, got "up\\"" (did you mean "up"?)'))).toBe(
      'm.yaml:0:0: expected a move, got "" (did you mean ""?)',
    );
    for (const text of ["a\nb", "\u001b[2J", "\u2028", "\u0085"]) expect(() => assertOneLine(text)).toThrow(Finding);
    expect(() => refusal(new Error("x".repeat(2001)))).toThrow("the message has 2001 characters");
  });
});

describe("the watchdog", () => {
  let out = "";
  const compiled = join("node_modules", ".cache", "weightproof-fuzz");
  const fuzz = (...args: string[]): { status: number | null; stdout: string } =>
    spawnSync(process.execPath, [join(compiled, "fuzz", "main.js"), "--out", out, ...args], {
      cwd: PROJECT,
      encoding: "utf8",
    });
  const faulty = ["--targets", join("fuzz", "faulty-targets.mjs")];

  beforeAll(() => {
    out = mkdtempSync(join(tmpdir(), "weightproof-fuzz-"));
    execFileSync(process.execPath, [join("node_modules", "typescript", "bin", "tsc"), "-p", "fuzz/tsconfig.json"], {
      cwd: PROJECT,
    });
  }, 120_000);
  afterAll(() => rmSync(out, { recursive: true }));

  it.each([
    ["throws", "thrown"],
    ["hangs", "hang"],
    ["hoards", "memory"],
  ])("should catch a target that %s, keep the input, and replay it", (name, kind) => {
    const { status, stdout } = fuzz(...faulty, "--target", name, "--count", "3");
    expect(stdout).toContain(kind);
    expect(status).toBe(1);
    const file = readdirSync(out).find((found) => found.startsWith(`${name}-${kind}`)) as string;
    const found = JSON.parse(readFileSync(join(out, file), "utf8")) as { input: string; target: string };
    expect(Buffer.from(found.input, "hex").toString()).toContain("!");
    const replayed = fuzz(...faulty, "--replay", join(out, file));
    expect(replayed.status).toBe(1);
    expect(replayed.stdout).toContain(kind);
  });

  it("should end with 0 where nothing is found, and with 2 for wrong usage", () => {
    expect(fuzz(...faulty, "--target", "holds", "--count", "50")).toMatchObject({ status: 0 });
    expect(fuzz("--target", "nothing").status).toBe(2);
    expect(fuzz("--seconds", "soon").status).toBe(2);
    expect(existsSync(join(PROJECT, "docs", "fuzzing.md"))).toBe(true);
  });
});
