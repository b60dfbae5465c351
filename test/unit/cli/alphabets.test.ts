/** Machines of more than three symbols, from their text to both certificates and a run. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CHAMPION } from "../../alphabet-machines.js";
import { jsonOf, root, scratch, weightproofHere } from "./run-cli.js";

const folder = scratch();
const inFolder = (name: string): string => join(folder, name);

/** A machine that turns each of the letters a ... z of a word into the next one and halts on the blank behind it, as Morphett's lines. */
function alphabetMachine(letters: number): string {
  const letter = (i: number): string => String.fromCodePoint(97 + (i % letters));
  const rules = Array.from({ length: letters }, (_, i) => `0 ${letter(i)} ${letter(i + 1)} r 0`);
  return `${[...rules, "0 _ _ l halt"].join("\n")}\n`;
}

describe("machines of more than three symbols", () => {
  const [filter, recoding] = [inFolder("champion.json"), inFolder("champion.recoding.json")];

  it("should be certified with two certificates, which check decides together", async () => {
    const certified = await weightproofHere("certify", CHAMPION, "--out", filter);
    expect(certified).toMatchObject({ status: 0, stderr: "" });
    expect(certified.stdout).toContain("one of the source = 1 to 3 steps of the target, from every configuration (32 ");
    expect(certified.stdout).toContain(`  written to ${filter}\n  written to ${recoding}\n`);
    expect((await weightproofHere("check", filter, "--with", "both")).status).toBe(0);
    const checked = await weightproofHere("check", recoding, "--with", "both", "--subject", filter);
    expect(checked).toMatchObject({ status: 0, stderr: "" });
    expect(checked.stdout).toContain("is an accepted certificate of the target's filter");
    const second = await weightproofHere("check", recoding, "--with", "second");
    expect(second.status).toBe(0);
  });

  it("should be told from other filters", async () => {
    const other = await weightproofHere("check", recoding, "--subject", join(root, "certificates/bb2.json"));
    expect(other.status).toBe(1);
    expect(other.stdout).toContain("the filter is not that of the recoding's target");
    expect((await weightproofHere("check", recoding, "--statement", filter)).status).toBe(1);
    expect((await weightproofHere("check", recoding, "--with", "all")).status).toBe(2);
  });

  it("should run through the filter with the published result", async () => {
    expect(jsonOf(await weightproofHere("run", CHAMPION, "--json"))).toMatchObject({
      halted: true,
      steps: 3_932_964,
      nonblank: 2050,
      state: "Z",
    });
  });

  it("should be certified with 27 symbols, and decided by both checkers", async () => {
    const file = inFolder("letters.txt");
    writeFileSync(file, alphabetMachine(26));
    const out = inFolder("letters.json");
    const other = inFolder("letters.recoding.json");
    expect((await weightproofHere("certify", file, "--out", out)).status).toBe(0);
    const { source, verdicts } = JSON.parse(readFileSync(other, "utf8")) as {
      source: { symbols: string[] };
      verdicts: { steps: { situations: number } };
    };
    // 26 letters and the blank, each beside any of 27.
    expect(verdicts.steps.situations).toBe(27 * 27);
    expect(source.symbols).toHaveLength(27);
    const checked = await weightproofHere("check", other, "--with", "both", "--subject", out);
    expect(checked.status).toBe(0);
    expect((await weightproofHere("check", out, "--with", "both")).status).toBe(0);
  });

  it("should be undecided beyond the limit, which is named, with nothing written", async () => {
    const file = inFolder("many.txt");
    const lines = Array.from({ length: 60 }, (_, q) =>
      Array.from({ length: 26 }, (_letter, i) => {
        const letter = (n: number): string => String.fromCodePoint(97 + (n % 26));
        return `${q} ${letter(i)} ${letter(i * 7 + q * q)} ${(i * q) % 3 === 0 ? "l" : "r"} ${(q * 5 + i * 3) % 60}`;
      }),
    );
    writeFileSync(file, `${lines.flat().join("\n")}\n`);
    const out = inFolder("many.json");
    const { status, stdout } = await weightproofHere("certify", file, "--out", out);
    expect(stdout).toMatch(/^undecided: .*: limit states: the recoded machine has \d+ states, more than 1024\n$/);
    expect(status).toBe(3);
    expect(existsSync(out)).toBe(false);
  });

  it("should be refused in one line by what is about networks", async () => {
    for (const args of [
      ["explain", recoding],
      ["export", recoding, "--to", "npz", "--out", inFolder("npz")],
    ] as const) {
      const { status, stdout, stderr } = await weightproofHere(...args);
      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      expect(stderr).toMatch(/recoding/);
    }
  });
});
