import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { jsonOf, root, scratch, weightproof, weightproofHere } from "./run-cli.js";

const BB2 = "1RB1LB_1LA1RZ";

describe("weightproof certify", () => {
  it("should accept a bbchallenge text and write a certificate that check accepts", async () => {
    const out = join(scratch(), "bb2.json");
    const certified = await weightproofHere("certify", BB2, "--out", out, "--json");
    expect(certified.status).toBe(0);
    expect(jsonOf(certified)).toMatchObject({ verdict: "accepted", alphabet: "well-formed", out });
    const checked = await weightproofHere("check", out, "--json");
    expect(checked.status).toBe(0);
    expect(jsonOf(checked)).toMatchObject({ verdict: "accepted", digests: jsonOf(certified)["digests"] });
  });

  it("should prove the full alphabet where asked to", async () => {
    const { verdicts, alphabet } = jsonOf(await weightproofHere("certify", BB2, "--alphabet", "full", "--json"));
    expect(alphabet).toBe("full");
    expect(verdicts).toMatchObject({ function: { patches: String((3n ** 6n + 1n) ** 9n) } });
  });

  it("should write the certificate to stdout for --out -, and nothing else", async () => {
    const { stdout, status } = await weightproofHere("certify", BB2, "--out", "-");
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ format: "weightproof-certificate" });
  });

  it("should leave nothing behind where the file cannot be written", async () => {
    const folder = scratch();
    const { status, stderr } = await weightproofHere("certify", BB2, "--out", join(folder, "missing", "x.json"));
    expect(status).toBe(2);
    expect(stderr).toMatch(/^weightproof: .*cannot be written \(ENOENT\)\n$/);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("weightproof check", () => {
  it("should reject a certificate with one weight changed, with exit code 1 and a code", async () => {
    const file = join(scratch(), "forged.json");
    const text = readFileSync(join(root, "certificates/bb2.json"), "utf8");
    const forged = text.replace(/\[8,\s*"4"\]/, (entry) => entry.replace('"4"', '"5"'));
    expect(forged).not.toBe(text);
    writeFileSync(file, forged);
    const result = await weightproofHere("check", file, "--json");
    expect(result.status).toBe(1);
    expect(jsonOf(result)).toMatchObject({ verdict: "rejected", code: "digest", path: "digests.filter" });
    expect((await weightproofHere("check", file)).stdout).toMatch(
      /^rejected: .*forged\.json: digest at digests\.filter: /,
    );
  });
});

describe("weightproof run", () => {
  it.each([
    [BB2, 6, 4],
    ["bb3", 21, 5],
    ["bb4", 107, 13],
  ])("should roll the filter of %s out to its published halt", async (machine, steps, nonblank) => {
    const result = await weightproofHere("run", machine, "--json");
    expect(result.status).toBe(0);
    expect(jsonOf(result)).toMatchObject({ halted: true, steps, nonblank, layers: steps + 1 });
  });

  it("should count the halt of an undefined entry like that of a halting transition", async () => {
    expect(jsonOf(await weightproofHere("run", "1RB1LB_1LA---", "--json"))).toMatchObject({ halted: true, steps: 6 });
  });

  it("should stop after --steps", async () => {
    const result = await weightproofHere("run", "langtons-ant", "--steps", "100", "--json");
    expect(result.status).toBe(0);
    expect(jsonOf(result)).toMatchObject({ halted: false, steps: 100, nonblank: 20 });
  });
});

describe("weightproof synthesize", () => {
  it("should build and check the network of a table", async () => {
    const folder = scratch();
    const table = join(folder, "table.json");
    writeFileSync(
      table,
      JSON.stringify({
        format: "weightproof-table",
        version: 1,
        inputs: 1,
        outputs: 1,
        points: [
          { at: ["0"], value: ["1/3"], jacobian: [["1"]] },
          { at: ["1"], value: ["-2"], jacobian: [["0"]] },
        ],
      }),
    );
    const out = join(folder, "network.json");
    const result = await weightproofHere("synthesize", table, "--out", out, "--json");
    expect(result.status).toBe(0);
    expect(jsonOf(result)).toMatchObject({ verdict: "accepted", counts: { points: 2, values: 2, derivatives: 2 } });
    expect(existsSync(out)).toBe(true);
  });
});

describe("weightproof regenerate", () => {
  it("should write what is missing, find it unchanged, and show the first difference", async () => {
    const folder = scratch();
    writeFileSync(join(folder, "certificates.yaml"), `certificates:\n  - { machine: ${BB2}, file: a.json }\n`);
    expect((await weightproofHere("regenerate", folder, "--check")).stdout).toBe("missing    a.json\n");
    expect((await weightproofHere("regenerate", folder)).stdout).toBe("new        a.json\n");
    expect(await weightproofHere("regenerate", folder, "--check")).toMatchObject({
      status: 0,
      stdout: "same       a.json\n",
    });
    const file = join(folder, "a.json");
    writeFileSync(file, readFileSync(file, "utf8").replace('"version": 1', '"version": 2'));
    const differs = await weightproofHere("regenerate", folder, "--check");
    expect(differs.status).toBe(1);
    expect(differs.stdout).toContain(
      'differs    a.json: line 3\n  found:     "version": 2,\n  rebuilt:   "version": 1,\n',
    );
  });

  it("should point at a certificate that no machine has", async () => {
    const folder = scratch();
    writeFileSync(join(folder, "certificates.yaml"), "certificates: []\n");
    writeFileSync(join(folder, "stray.json"), "{}\n");
    const result = await weightproofHere("regenerate", folder, "--check");
    expect(result.status).toBe(1);
    expect(result.stdout).toContain("unlisted   stray.json");
  });
});

describe("the process", () => {
  const forged = join(scratch(), "forged.json");
  writeFileSync(forged, readFileSync(join(root, "certificates/bb2.json"), "utf8").replace('"4"', '"5"'));
  it.each([
    ["an acceptance", ["certify", BB2, "--out", "-"]],
    ["a rejection", ["check", forged, "--json"]],
    ["what is undecided", ["run", "bb2", "--steps", "3"]],
    ["bad input", ["run", "bb44"]],
    ["wrong usage", ["frobnicate"]],
    ["an option that is not there", ["certify", "bb2", "--frob"]],
    ["the help of a command", ["audit", "search", "--help"]],
  ])("should print %s and end with it as the commands do in the tests' own process", async (_, args) => {
    expect(weightproof(...args)).toEqual(await weightproofHere(...args));
  });

  it("should tell its version, without more, and the commands where nothing is asked", () => {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    for (const flag of ["--version", "-V"])
      expect(weightproof(flag)).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
    expect(weightproof("check", "--version").status).toBe(2);
    const asked = weightproof();
    expect([asked.status, asked.stdout]).toEqual([2, ""]);
    expect(asked.stderr).toContain("Commands:");
  });
});

describe("bad input", () => {
  const bad: readonly (readonly [name: string, args: readonly string[], message: RegExp])[] = [
    ["an unknown machine", ["certify", "bb44"], /bb4/],
    ["a missing machine file", ["certify", "nothing/here.yaml"], /no such file/],
    ["a folder for a machine", ["certify", "./machines"], /directory|folder/],
    ["a broken bbchallenge text", ["run", "1RB1XB_1LA1RZ"], /X/],
    ["a missing certificate", ["check", "nothing.json"], /no such file/],
    ["a missing table", ["synthesize", "nothing.json"], /no such file/],
    ["a missing folder", ["regenerate", "nothing-here"], /no such folder/],
    ["an unknown command", ["frobnicate"], /frobnicate/],
    ["an unknown option", ["certify", "bb2", "--frob"], /--frob/],
    ["an unknown alphabet", ["certify", "bb2", "--alphabet", "greek"], /greek/],
    ["a missing argument", ["certify"], /MACHINE/],
    ["steps that are no number", ["run", "bb2", "--steps", "many"], /whole number/],
    ["negative steps", ["run", "bb2", "--steps=-1"], /whole number/],
  ];

  it.each(bad)("should answer %s on stderr with exit code 2 and no stack trace", async (_, args, message) => {
    const { status, stdout, stderr } = await weightproofHere(...args);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stderr).not.toContain("internal error");
  });

  it("should answer an empty file where a table is expected with the place", async () => {
    const file = join(scratch(), "empty.json");
    writeFileSync(file, "");
    const { status, stderr } = await weightproofHere("synthesize", file);
    expect(status).toBe(2);
    expect(stderr).toContain("empty.json");
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });

  it("should call a file that is no certificate rejected, with the code of its text", async () => {
    const file = join(scratch(), "no.json");
    writeFileSync(file, "{]");
    const result = await weightproofHere("check", file, "--json");
    expect(result.status).toBe(1);
    expect(jsonOf(result)).toMatchObject({ verdict: "rejected", code: "not-json" });
  });
});
