import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { jsonOf, root, scratch, weightproof } from "./run-cli.js";

const folder = scratch();
const inFolder = (name: string): string => join(folder, name);
const WCM = ["--system", "wei-chen-ma"] as const;

const SWAP = inFolder("swap.yaml");
writeFileSync(
  SWAP,
  `name: swap
tapes: 1
symbols: [_, a, b]
start: go
halting: [end]
table:
  go:
    a: { write: b, move: right }
    b: { write: a, move: right }
    _: { move: left, next: end }
`,
);
const TWO = inFolder("two.yaml");
writeFileSync(TWO, `name: two\ntapes: 2\nsymbols: [_, a]\nstart: go\ntable:\n  go:\n    _ _: { move: right stay }\n`);
const LEFT = inFolder("left.yaml");
writeFileSync(
  LEFT,
  `name: left\ntapes: 1\nsymbols: [_, a]\nstart: go\ntable:\n  go:\n    a: { move: right }\n    _: { move: left }\n`,
);

describe("run MACHINE --system wei-chen-ma", () => {
  it("should run BB(4) to its halt, and say what it ran", () => {
    const result = weightproof("run", "bb4", ...WCM, "--steps", "107", "--json");
    expect(result.status).toBe(0);
    expect(jsonOf(result)).toMatchObject({
      name: "bb4",
      halted: true,
      steps: 107,
      nonblank: 13,
      layers: 20,
      width: 100,
    });
  });

  it("should compare all engines where the run is short, and say why not where it is long", () => {
    const short = jsonOf(weightproof("run", "bb4", ...WCM, "--json"));
    expect(short).toMatchObject({ steps: 107, engines: ["exact", "wasm", "indexed"], bitExact: true, deviation: null });
    const long = ["run", "bb5", ...WCM, "--steps", "600"];
    expect(jsonOf(weightproof(...long, "--json"))).toMatchObject({ engines: ["indexed"], bitExact: null });
    expect(weightproof(...long).stdout).toContain("indexed: alone (more than 500 passes)");
  });

  it("should run the decoder of a certificate, and refuse what it is not about", () => {
    const bb4 = join(root, "certificates/wei-chen-ma/bb4.json");
    const expected = { halted: true, steps: 107, nonblank: 13, bitExact: true };
    expect(jsonOf(weightproof("run", bb4, "--json"))).toMatchObject(expected);
    const said = (...args: string[]): string => {
      const { status, stdout, stderr } = weightproof("run", bb4, ...args);
      expect([status, stdout]).toEqual([2, ""]);
      return stderr;
    };
    expect(said("--steps", "108")).toContain("is about at most 107 steps");
    expect(said("--tape", "one-way")).toContain("is a certificate, which states it");
    expect(said("--input", "1".repeat(21))).toContain("has room for 20 symbols, got 21");
    const forged = inFolder("forged.json");
    writeFileSync(forged, readFileSync(bb4, "utf8").replace('"passes": 108,', '"passes": 109,'));
    expect(weightproof("run", forged)).toMatchObject({ status: 1 });
  });

  it("should give the same in every engine that is here, and draw what is read", () => {
    for (const backend of ["exact", "cpu", "wasm", "indexed"]) {
      const result = weightproof("run", SWAP, ...WCM, "--steps", "4", "--input", "aab", "--backend", backend, "--json");
      const bitExact = backend === "indexed" ? null : true;
      expect(jsonOf(result)).toMatchObject({ halted: true, steps: 4, nonblank: 3, bitExact, deviation: null });
    }
    const picture = inFolder("a.svg");
    expect(weightproof("run", "bb2", ...WCM, "--steps", "6", "--picture", picture).status).toBe(0);
    const svg = readFileSync(picture, "utf8");
    expect(svg).toContain("<path d=");
    expect(svg).toContain("pass 7: state Z, position 1, reads pass 4");
  });

  it("should show a softmax that is not sharp enough, with exit code 1", () => {
    const options = ["--steps", "21", "--attention", "softmax"];
    expect(weightproof("run", "bb3", ...WCM, ...options, "--scale", "6").status).toBe(0);
    expect(weightproof("run", "bb3", ...WCM, ...options, "--scale", "0.5").status).toBe(1);
  });
});

describe("run --reading printed", () => {
  it("should say where the print is wrong, and that it is right as amended", () => {
    const run = ["run", "bb2", ...WCM, "--steps", "6", "--reading", "printed"];
    const printed = weightproof(...run);
    expect(printed.status).toBe(1);
    expect(printed.stdout).toContain("differs: bb2, by the letter\n  amended  nothing\n");
    expect(printed.stdout).toContain("pass 1 is wrong: coordinate 3 is 1/2, and after 1 step it is to be 1");
    expect(weightproof(...run, "--amend", "all")).toMatchObject({ status: 0 });
    const ids = ["first-step-outside", "affine", "extra-step", "i-prime"];
    expect(weightproof(...run, "--amend", ...ids)).toMatchObject({ status: 1 });
  });
});

describe("trace MACHINE --system wei-chen-ma", () => {
  it("should say which pass each pass reads, and why", () => {
    const { stdout } = weightproof("trace", SWAP, ...WCM, "--steps", "3", "--input", "ab");
    expect(stdout.split("\n")).toEqual([
      "step 0 (pass 1): state go, symbol a, position 1; no pass wrote at 1; the input has a symbol there",
      "step 1 (pass 2): state go, symbol b, position 2; no pass wrote at 2; the input has a symbol there",
      "step 2 (pass 3): state go, symbol _, position 3; no pass wrote at 3, and the input has no symbol there",
      "step 3 (pass 4): state end, symbol a, position 2; pass 3 is the last that wrote at 2",
      "",
    ]);
  });

  it("should show layers by lemma and formula", () => {
    const { stdout } = weightproof("trace", "bb2", ...WCM, "--at", "2", "--layers");
    expect(stdout).toContain("C.4");
    expect(stdout).toContain("found");
    expect(stdout.trim().split("\n")).toHaveLength(11);
  });
});

describe("input that cannot be followed", () => {
  const cases: readonly (readonly [what: string, args: readonly string[], message: RegExp])[] = [
    [
      "two rows",
      ["certify", "parity", ...WCM, "--steps", "5"],
      /moves up; a decoder follows machines that keep to one row/,
    ],
    ["two tapes", ["certify", TWO, ...WCM, "--steps", "5"], /two tapes; a decoder follows machines on one/],
    ["no such file", ["certify", "nothing.yaml", ...WCM, "--steps", "5"], /nothing\.yaml: no such file/],
    ["no steps", ["certify", "bb2", ...WCM], /needs --steps/],
    [
      "a head that leaves a one-way tape",
      ["certify", LEFT, ...WCM, "--steps", "5", "--tape", "one-way", "--out", inFolder("no.json")],
      /left: step 1 moves left off the end of the one-way tape \(state "go", symbol "_"\)/,
    ],
    ["the same in run", ["run", LEFT, ...WCM, "--steps", "5", "--tape", "one-way"], /moves left off the end/],
    [
      "a symbol that is not there",
      ["run", SWAP, ...WCM, "--input", "abc"],
      /symbol 3 is "c"; the alphabet is "_", "a", "b"/,
    ],
    ["T too small for an input", ["certify", SWAP, ...WCM, "--steps", "0", "--input", "a"], /at least one step/],
    [
      "a state that is not there",
      ["certify", SWAP, ...WCM, "--steps", "3", "--accept", "yes"],
      /--accept: "yes" is not a state/,
    ],
    [
      "a state that accepts and rejects",
      ["certify", SWAP, ...WCM, "--steps", "3", "--accept", "end", "--reject", "end"],
      /is in both/,
    ],
    ["too many steps", ["certify", SWAP, ...WCM, "--steps", "1000000000000"], /at most 549755813888 steps/],
    ["the print without steps", ["run", "bb2", ...WCM, "--reading", "printed"], /needs --steps: T, from 1 to 1000/],
    [
      "an amendment that is none",
      ["run", "bb2", ...WCM, "--steps", "6", "--reading", "printed", "--amend", "c5"],
      /--amend "c5": expected all, or some of/,
    ],
    ["amendments of what is amended", ["run", "bb2", ...WCM, "--amend", "all"], /goes with --reading printed/],
    ["every input of a machine", ["run", "bb2", ...WCM, "--all"], /--all: is for circuits/],
    [
      "tensors by the letter",
      ["run", "bb2", ...WCM, "--steps", "6", "--reading", "printed", "--backend", "cpu"],
      /--backend: does not go with --reading printed/,
    ],
    [
      "an option of another paper",
      ["run", "bb2", "--attention", "softmax", "--scale", "9"],
      /--attention: run of rcnn has no such option; with --system wei-chen-ma it has/,
    ],
    [
      "an option of circuits",
      ["certify", "bb2", ...WCM, "--steps", "6", "--width", "99"],
      /--width: is for circuits; bb2 is a machine/,
    ],
    ["an option of machines", ["certify", "c17", "--steps", "6"], /--steps: is for machines; c17 is a circuit/],
    ["softmax without scale", ["run", "bb2", ...WCM, "--attention", "softmax"], /needs --scale/],
    [
      "softmax in an exact engine",
      ["run", "bb2", ...WCM, "--attention", "softmax", "--scale", "9", "--backend", "exact"],
      /is for tensors/,
    ],
    ["a long picture", ["run", LEFT, ...WCM, "--steps", "500", "--picture", inFolder("no.svg")], /at most 400 passes/],
  ];
  it.each(cases)("should be one line and exit code 2: %s", (_, args, message) => {
    const { status, stdout, stderr } = weightproof(...args);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    for (const file of ["no.json", "no.svg"]) expect(existsSync(inFolder(file))).toBe(false);
  });
});

describe("certify with a label", () => {
  it("should have accepting and rejecting states in the classifier", () => {
    const out = inFolder("label.json");
    const args = [
      "certify",
      SWAP,
      ...WCM,
      "--steps",
      "5",
      "--input",
      "abba",
      "--accept",
      "end",
      "--reject",
      "go",
      "--out",
      out,
    ];
    expect(weightproof(...args).status).toBe(0);
    const { label, decoder } = JSON.parse(readFileSync(out, "utf8")) as {
      label: object;
      decoder: { classifier: unknown };
    };
    expect(label).toEqual({ accept: [1], reject: [0] });
    expect(decoder.classifier).toEqual([
      [0, "-1"],
      [1, "1"],
    ]);
    expect(weightproof("check", out, "--with", "both").status).toBe(0);
  });
});
