import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { jsonOf, root, scratch, weightproofHere } from "./run-cli.js";

const DATA = join(root, "examples/parity-4.csv");
const TEST = join(root, "examples/parity-4-test.csv");

function csv(text: string): string {
  const file = join(scratch(), "data.csv");
  writeFileSync(file, text);
  return file;
}

describe("weightproof learn", () => {
  it("should memorize, stay bit-exact, and predict every point of the cube right", async () => {
    const result = await weightproofHere(
      "learn",
      "parity",
      "--data",
      DATA,
      "--test",
      TEST,
      "--backend",
      "wasm",
      "--json",
    );
    expect(result.status).toBe(0);
    expect(jsonOf(result)).toMatchObject({
      memorized: true,
      bitExact: true,
      backend: "wasm",
      accuracy: 1,
      labelled: 16,
    });
  });

  it("should print a CSV on stdout and the summary on stderr", async () => {
    const { status, stdout, stderr } = await weightproofHere(
      "learn",
      "parity",
      "--data",
      DATA,
      "--all",
      "--backend",
      "exact",
    );
    expect(status).toBe(0);
    const lines = stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(17);
    expect(lines[0]).toBe("x1,x2,x3,x4,prediction,y");
    expect(stderr).toContain("memorized  yes");
  });

  it("should write a certificate that check replays, and a picture", async () => {
    const folder = scratch();
    const [certificate, svg] = [join(folder, "run.json"), join(folder, "run.svg")];
    const data = csv("1,1,1\n1,-1,-1\n-1,1,-1\n-1,-1,1\n");
    const args = ["--data", data, "--all", "--backend", "exact", "--certificate", certificate, "--svg", svg];
    expect((await weightproofHere("learn", "parity", ...args)).status).toBe(0);
    const checked = await weightproofHere("check", certificate, "--json");
    expect(checked.status).toBe(0);
    expect(jsonOf(checked)).toMatchObject({ verdict: "accepted", name: "parity", shape: { d: 2, m: 4 } });
    expect(readFileSync(svg, "utf8")).toMatch(/^<svg /);
    const forged = readFileSync(certificate, "utf8").replace('"answer": "+"', '"answer": "-"');
    writeFileSync(certificate, forged);
    expect(jsonOf(await weightproofHere("check", certificate, "--json"))).toMatchObject({
      verdict: "rejected",
      code: "learning-prediction",
    });
  });

  it("should say that layers are too few, with the number that is enough, and exit with 3", async () => {
    const result = await weightproofHere("learn", "parity", "--data", DATA, "--layers", "100", "--backend", "exact");
    expect(result.status).toBe(3);
    expect(result.stderr).toMatch(/need more than 100 layers; \d+ are enough/);
  });

  it("should say that contradictory examples are there, and go on", async () => {
    const data = csv("1,1,1\n1,1,-1\n");
    const result = await weightproofHere("learn", "majority", "--data", data, "--backend", "exact");
    expect(result.status).toBe(0);
    expect(result.stderr).toContain("examples 1 and 2 have the same point and different labels");
  });

  const bad: readonly (readonly [name: string, text: string, message: RegExp])[] = [
    ["a ragged line", "1,1,1\n1,-1\n", /data\.csv:2: expected 3 columns, got 2/],
    ["another value", "1,1,1\n1,2,-1\n", /data\.csv:2: column 2: .*"2"/],
    ["no label", "1\n-1\n", /at least one coordinate and a label/],
    ["nothing", "", /at least one line/],
  ];
  it.each(bad)("should refuse %s in one line with the place", async (_, text, message) => {
    const { status, stdout, stderr } = await weightproofHere("learn", "parity", "--data", csv(text));
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });
});

describe("weightproof trace", () => {
  it("should show configurations with the lines of the program, and stop at steps", async () => {
    const shown = await weightproofHere("trace", "parity", "--data", DATA, "--steps", "3");
    expect(shown.status).toBe(0);
    expect(shown.stdout).toContain("step 1 | to-left-border.3 | line 3: remember held");
    const stopped = await weightproofHere("trace", "bb2", "--grid", "1x9", "--at", "4", "--steps", "8");
    expect(stopped.stdout.split("\n").filter((line) => line.startsWith("step "))).toEqual([
      "step 4 | B | breakpoint (step)",
      "step 7 | Z | halted",
    ]);
  });

  it("should refuse a breakpoint that is nowhere", async () => {
    const { status, stderr } = await weightproofHere("trace", "bb2", "--break", "nowhere");
    expect(status).toBe(2);
    expect(stderr).toMatch(/^weightproof: breakpoint "nowhere"/);
  });
});
