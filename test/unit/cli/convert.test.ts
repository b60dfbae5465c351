import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadMachine } from "../../../inputs/machines/load-machine.js";
import { readMachine } from "../../../inputs/machines/read-machine.js";
import { jsonOf, scratch, weightproofHere } from "./run-cli.js";

const TURMITE = "{{{1,2,0},{0,2,1}},{{1,0,0},{1,8,0}}}";

describe("weightproof convert", () => {
  it("should write each format to stdout, and nothing else", async () => {
    const yaml = await weightproofHere("convert", "bb3", "--to", "yaml");
    expect(yaml).toMatchObject({ status: 0, stderr: "" });
    expect(readMachine(yaml.stdout, "stdout")).toEqual(loadMachine("bb3"));
    expect((await weightproofHere("convert", "bb3", "--to", "bbchallenge")).stdout).toBe("1RB1RZ_1LB0RC_1LC1LA\n");
    expect((await weightproofHere("convert", "bb3", "--to", "turingmachine.io")).stdout).toMatch(
      /^# bb3\nblank: 0\nstart state: A\n/,
    );
  });

  it("should write a file that is recognised, and runs as the original does", async () => {
    const out = join(scratch(), "bb4.txt");
    expect(await weightproofHere("convert", "bb4", "--to", "turingmachine.io", "--out", out)).toMatchObject({
      status: 0,
      stdout: "",
    });
    expect((await weightproofHere("convert", out, "--to", "bbchallenge")).stdout).toBe("1RB1LB_1LA0LC_1RZ1LD_1RD0RA\n");
  });

  it("should certify a turmite, and the machine file that it is converted to", async () => {
    const out = join(scratch(), "turmite.yaml");
    expect((await weightproofHere("convert", TURMITE, "--to", "yaml", "--out", out)).status).toBe(0);
    const direct = jsonOf(await weightproofHere("certify", TURMITE, "--json"));
    const converted = jsonOf(await weightproofHere("certify", out, "--json"));
    expect(direct).toMatchObject({ verdict: "accepted", name: TURMITE });
    expect(converted).toEqual(direct);
  });

  it("should read a file in the format that --format names", async () => {
    const file = join(scratch(), "machine.txt");
    writeFileSync(file, "0 _ 1 r b\n0 1 1 l b\nb _ 1 l 0\nb 1 1 r halt\n");
    const certified = await weightproofHere("certify", file, "--format", "turing2d", "--json");
    expect(jsonOf(certified)).toMatchObject({ verdict: "accepted", name: "machine" });
    const refused = await weightproofHere("certify", file, "--format", "yaml");
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatch(/^weightproof: .*machine\.txt:1:1: expected a machine, got "0 _ 1 .*\n$/);
  });

  const bad: readonly (readonly [name: string, args: readonly string[], message: RegExp])[] = [
    ["no format to write", ["bb2"], /--to/],
    ["an unknown format to write", ["bb2", "--to", "jflap"], /yaml, bbchallenge, turingmachine\.io/],
    [
      "an unknown format to read",
      ["bb2", "--to", "yaml", "--format", "tm"],
      /yaml, bbchallenge, turingmachine\.io, morphett/,
    ],
    [
      "a machine that does not fit",
      ["RL", "--to", "bbchallenge"],
      /^weightproof: machine "RL": state "east", symbol blank: .* got down\n$/,
    ],
    [
      "a file that cannot be written",
      ["bb2", "--to", "yaml", "--out", "/nowhere/at/all.yaml"],
      /cannot be written \(ENOENT\)/,
    ],
  ];

  it.each(bad)("should answer %s on stderr with exit code 2 and no stack trace", async (_, args, message) => {
    const { status, stdout, stderr } = await weightproofHere("convert", ...args);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stderr).not.toContain("internal error");
  });

  it("should say that a machine file needs a state that does not halt, and leave nothing behind", async () => {
    const folder = scratch();
    const file = join(folder, "halted.txt");
    writeFileSync(file, "blank: 0\nstart state: A\ntable:\n  A:\n");
    const { status, stderr } = await weightproofHere("convert", file, "--to", "yaml", "--out", join(folder, "x.yaml"));
    expect(status).toBe(2);
    expect(stderr).toBe('weightproof: machine "halted": a machine file has at least one state that does not halt\n');
    expect(readdirSync(folder)).toEqual(["halted.txt"]);
  });
});
