import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { jsonOf, root, scratch, weightproof } from "./run-cli.js";

const folder = scratch();
const inFolder = (name: string): string => join(folder, name);
function fileOf(name: string, text: string): string {
  writeFileSync(inFolder(name), text);
  return inFolder(name);
}

describe("circuits on the command line", () => {
  it("should certify, check by both, run and export a circuit", () => {
    const out = inFolder("c17.json");
    expect(weightproof("certify", "c17", "--out", out).stdout).toContain("= the circuit's at every input");
    expect(readFileSync(out, "utf8")).toBe(readFileSync(join(root, "certificates/wei-chen-ma/c17.json"), "utf8"));
    expect(weightproof("check", out, "--with", "both").stdout).toContain("by both checkers");
    expect(weightproof("run", out, "--input", "10110", "--backend", "exact").stdout).toContain("22 = 1, 23 = 0");
    expect(weightproof("export", out, "--to", "aiger", "--out", inFolder("aiger")).status).toBe(0);
    expect(readdirSync(inFolder("aiger")).toSorted()).toEqual(["c17.network.aag", "c17.source.aag"]);
    expect(weightproof("certify", inFolder("aiger/c17.network.aag"), "--no-flip").status).toBe(0);
  }, 60_000);

  it("should count parameters at a stated width, and say what passes left out", () => {
    const wide = jsonOf(weightproof("certify", "full-adder", "--no-flip", "--width", "1000", "--json"));
    const plain = jsonOf(weightproof("certify", "full-adder", "--no-flip", "--no-hashing", "--no-constants", "--json"));
    expect(wide).toMatchObject({ width: 1000, passes: { gatesBefore: 16, gatesAfter: 15 } });
    expect(plain).toMatchObject({ passes: { gatesBefore: 16, gatesAfter: 16 } });
    expect(weightproof("certify", "c17", "--no-flip", "--width", "3").stdout).toContain(
      "rejected: c17: shape at width",
    );
  }, 60_000);

  it.each([
    ["latch.aag", "aag 1 0 1 1 0\n2 2\n2\n", "latch.aag:1: expected a combinational circuit, got 1 latches"],
    ["cycle.bench", "INPUT(a)\nOUTPUT(b)\nb = AND(a, c)\nc = NOT(b)\n", 'cycle.bench:4: signal "c": expected no cycle'],
    ["short.aig", "aig 3 2 0 1 1\n6\n\u0002", "short.aig: byte"],
    ["counts.aag", "aag 3 2 0 1 1\n2\n4\n6\n", "counts.aag:5: expected the three literals of a gate"],
    ["gate.blif", ".inputs a\n.outputs b\n.gate inv a=a b=b\n", "gate.blif:3: expected .names"],
    ["clauses.cnf", "p cnf 2 3\n1 0\n", "clauses.cnf:1: expected 3 clauses as stated, got 1"],
  ])("should refuse %s in one line, and write nothing", (name, text, message) => {
    const out = inFolder(`${name}.json`);
    const { status, stdout, stderr } = weightproof("certify", fileOf(name, text), "--out", out);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(existsSync(out)).toBe(false);
  });

  it("should run many inputs at once, and compare them all", () => {
    const all = jsonOf(weightproof("run", "full-adder", "--all", "--json"));
    expect(all).toMatchObject({ engines: ["exact", "wasm"], bitExact: true, deviation: null });
    const { rows } = all as unknown as { rows: { input: string; outputs: { value: number }[] }[] };
    expect(rows.map(({ input }) => input)).toEqual(["000", "001", "010", "011", "100", "101", "110", "111"]);
    for (const { input, outputs } of rows) {
      const ones = [...input].filter((bit) => bit === "1").length;
      expect(outputs.map(({ value }) => value).toSorted()).toEqual([ones % 2, ones >> 1].toSorted());
    }
    expect(weightproof("run", "c17", "--input", "10110, 00000").stdout).toContain("  00000    22 = 0, 23 = 0");
  });

  it("should attack a certificate, and count samples at its margin", () => {
    const certificate = (name: string): string => join(root, "certificates/wei-chen-ma", `${name}.json`);
    expect(jsonOf(weightproof("attack", certificate("c17"), "--json"))).toMatchObject({
      stated: true,
      flip: { turnsAtLower: false, input: "11100", output: "23", quotient: "2.038" },
    });
    expect(weightproof("attack", certificate("bb2")).stdout).toContain(
      "it turns the label on the blank tape, in pass 7",
    );
    const explicit = "4780104816778761";
    expect(jsonOf(weightproof("sample", certificate("c17"), "--json"))).toMatchObject({ explicit, finiteClass: "624" });
    expect(weightproof("sample", certificate("c17"), "--width", "9").stderr).toContain("--width: expected at least 10");
    expect(weightproof("sample", certificate("bb2"), "--width", "99").stderr).toContain("--width: is for circuits");
    expect(weightproof("attack", join(root, "certificates/bb2.json"))).toMatchObject({ status: 2 });
  });

  it("should say what an input must be, and what is no circuit", () => {
    const said = (...args: string[]): string => {
      const { status, stderr } = weightproof(...args);
      expect(status).toBe(2);
      return stderr;
    };
    expect(said("run", "c17")).toContain("expected --input with 5 bits");
    expect(said("run", "c17", "--input", "1011")).toContain('--input "1011": expected 5 bits of 0 and 1');
    expect(said("run", "c17", "--input", "1011x")).toContain("expected 5 bits of 0 and 1");
    expect(said("run", "c17", "--input", "10110,1011")).toContain('--input "1011": expected 5 bits');
    expect(said("run", "c17", "--all", "--input", "10110")).toContain("--all and --input: expected one of them");
    expect(said("run", "mux16", "--all")).toContain("2^20 inputs, and a run at most 4,096");
    expect(said("run", "c17", "--input", "10110", "--steps", "3")).toContain("--steps: is for machines");
    expect(said("certify", "c18.bench")).toContain("c18.bench: no such file");
    expect(said("certify", "nothing", "--system", "wei-chen-ma")).toContain('"nothing" is not a circuit');
    const c17 = join(root, "certificates/wei-chen-ma/c17.json");
    expect(said("export", c17, "--to", "rocq", "--out", folder)).toContain("networks of circuits are written as");
  });

  it("should regenerate a folder whose manifest names the system, and show a difference", () => {
    const certificates = scratch();
    const manifest = "system: wei-chen-ma\ncertificates:\n  - { source: c17, file: c17.json }\n";
    writeFileSync(join(certificates, "certificates.yaml"), manifest);
    expect(weightproof("regenerate", certificates, "--check").stdout).toContain("missing    c17.json");
    expect(weightproof("regenerate", certificates).stdout).toContain("new        c17.json");
    expect(weightproof("regenerate", certificates, "--check").status).toBe(0);
    writeFileSync(join(certificates, "c17.json"), "{}\n");
    expect(weightproof("regenerate", certificates, "--check").stdout).toContain("differs    c17.json: line 1");
    writeFileSync(join(certificates, "certificates.yaml"), manifest.replace("file: c17.json", "file: ../c17.json"));
    expect(weightproof("regenerate", certificates).stderr).toContain("expected a plain file name that ends in .json");
    writeFileSync(join(certificates, "certificates.yaml"), `${manifest}  - { source: c17, file: c17.json }\n`);
    expect(weightproof("regenerate", certificates).stderr).toContain("expected each file once");
    writeFileSync(join(certificates, "certificates.yaml"), "system: wei-chen-ma\ncertificates: 3\n");
    expect(weightproof("regenerate", certificates).stderr).toContain("expected the keys system and certificates");
  }, 60_000);
});
