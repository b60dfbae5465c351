/** Every shape that --json output can take is of its command's schema, and nothing close to it is. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Regenerated } from "../../../systems/rcnn/regenerate.js";
import { auditClaims } from "../../../audit/check-claims.js";
import type { Claim } from "../../../audit/claim.js";
import { RCNN_PAPER } from "../../../audit/rcnn/paper.js";
import { auditJson } from "../../../audit/report-json.js";
import { checkWeightSets } from "../../../checkers/rcnn/check-lemma5.js";
import { checkTable } from "../../../checkers/networks/check-table.js";
import type { Undecided } from "../../../checkers/verdict.js";
import { synthesize } from "../../../construction/rcnn/lemma5/synthesize.js";
import type { LearnResult } from "../../../execution/rcnn/learn.js";
import { get, TINY_FULL_TEXT, TINY_TEXT, withLayers, withValue, type Json } from "../checkers/second/forge.js";
import { jsonOf, root, scratch, weightproofHere } from "../cli/run-cli.js";
import { corruptions } from "./corruptions.js";
import { assertOutput, COMMANDS, isOutput } from "./validate.js";

const folder = scratch();
const inFolder = (name: string): string => join(folder, name);
function fileOf(name: string, text: string): string {
  writeFileSync(inFolder(name), text);
  return inFolder(name);
}

/** What a value is once it has been printed. */
const asPrinted = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

const BB2 = "1RB1LB_1LA1RZ";
const DECODER = join(root, "certificates/wei-chen-ma/bb2.json");
const RECODING = join(root, "corpus/rcnn/bases/recoding.json");
const C17 = join(root, "certificates/wei-chen-ma/c17.json");
const PARITY = join(root, "certificates/parity.json");
const DATA = join(root, "examples/parity-4.csv");
const SMALL_DATA = fileOf("small.csv", "1,1,1\n1,-1,-1\n");

const good = fileOf("good.json", TINY_TEXT);
const full = fileOf("full.json", TINY_FULL_TEXT);
const noText = fileOf("no-text.json", "{]");
const digest = fileOf("digest.json", TINY_TEXT.replace('"sha256:', '"sha256:0').replace(/0"/, '"'));
const value = fileOf(
  "value.json",
  withLayers("filter", (layers) => layers[4]?.rows[0]?.splice(0, 1, "1")),
);
const badHead = fileOf("head.json", withValue(["head", "layers", 0, "relu"], false));
const leaves = fileOf("leaves.json", withValue(["verdicts", "function", "leaves"], 1));
const large = fileOf("large.json", withValue(["verdicts", "replay", 0, "layers"], 10 ** 9));

/** One output: the arguments, and the exit code. */
type Case = readonly [shape: string, status: number, args: readonly string[]];

/** Runs one case, holds it against the schema (jsonOf does), and then everything close to it. */
function checkCases(command: string, cases: readonly Case[]): void {
  it.each(cases)("should describe %s", async (_, status, args) => {
    const result = await weightproofHere(command, ...args, "--json");
    expect([result.stderr, result.status]).toEqual(["", status]);
    checkOutput(command, jsonOf(result) as unknown as Json);
  });
}

function checkOutput(command: string, json: Json): void {
  expect(() => assertOutput(command, json)).not.toThrow();
  const taken = corruptions(command, json).filter(({ apply }) => isOutput(command, apply()));
  expect(taken.map(({ what }) => what)).toEqual([]);
  // No output of a command passes for that of another, but for verdicts, which look alike.
  const others = COMMANDS.filter((other) => other !== command && isOutput(other, json));
  if (!["rejected", "undecided"].includes(String((json as { verdict?: Json }).verdict))) expect(others).toEqual([]);
}

const FAILURE: Undecided = { verdict: "undecided", limit: "letters", message: "more than 200000 cell values" };

describe("explain", () => {
  checkCases("explain", [
    ["the matrices", 0, [good]],
    ["the matrices of a filter on the full alphabet", 0, [full]],
    ["one matrix", 0, [good, "V3"]],
    ["a ReLU", 0, [good, "V1[3]"]],
    ["a function", 0, [full, "V2[0]"]],
    ["a gate", 0, [good, "V3[9]"]],
    ["an entry of a gate", 0, [good, "filter.layers[2].rows[9][3]"]],
    ["a summand", 0, [good, "V4[1]"]],
    ["the new cell", 0, [full, "V5[0]"]],
    ["a ReLU of the readout", 0, [good, "U2[0]"]],
    ["a filter of which only the numbers are known", 0, [value, "V4[0]"]],
    ["a readout of which only the numbers are known", 0, [badHead, "U1[0]"]],
    ["a text that is no certificate", 1, [noText, "V1[0]"]],
  ]);

  it("should describe an alphabet that is too large to be listed", () => {
    checkOutput("explain", asPrinted(FAILURE));
  });
});

describe("certify", () => {
  checkCases("certify", [
    ["an acceptance without files", 0, [BB2]],
    ["the full alphabet", 0, [BB2, "--alphabet", "full"]],
    [
      "an acceptance with files",
      0,
      ["bb3", "--out", inFolder("a.json"), "--filter", inFolder("f.json"), "--statement", inFolder("s.json")],
    ],
    ["a machine of four symbols", 0, ["1RB2LA1RA1RA_1LB1LA3RB1RZ", "--recoding", inFolder("four.json")]],
    ["a circuit", 0, ["c17"]],
    ["a decoder", 0, [BB2, "--system", "wei-chen-ma", "--steps", "6"]],
    ["a tracing loss", 0, [BB2, "--system", "welper"]],
    ["a printed one", 0, [BB2, "--system", "welper", "--loss", "printed"]],
    [
      "a circuit with a file and no passes",
      0,
      ["full-adder", "--no-hashing", "--no-constants", "--out", inFolder("fa.json")],
    ],
  ]);

  it("should describe what no machine in the gallery comes to: a rejection, and the end of a limit", async () => {
    checkOutput("certify", asPrinted(jsonOf(await weightproofHere("check", value, "--json"))));
    checkOutput("certify", asPrinted(FAILURE));
  });
});

describe("check", () => {
  const statement = inFolder("good.intoto.json");
  const filter = inFolder("good.filter.json");
  const certificate = inFolder("stated.json");
  const [learned, learnedExactly] = [inFolder("learned.json"), inFolder("learned-exactly.json")];
  const forgedLearning = inFolder("forged-learning.json");
  const given = ["--statement", statement, "--subject", filter, certificate];
  const files = [certificate, ...given];

  beforeAll(async () => {
    const made = ["--out", certificate, "--filter", filter, "--statement", statement];
    expect((await weightproofHere("certify", BB2, ...made)).status).toBe(0);
    // The smallest learner of the gallery.
    for (const [file, backend] of [
      [learned, "cpu"],
      [learnedExactly, "exact"],
    ] as const) {
      const args = ["--data", SMALL_DATA, "--backend", backend, "--certificate", file];
      expect((await weightproofHere("learn", "dictator", ...args)).status).toBe(0);
    }
    writeFileSync(forgedLearning, readFileSync(learned, "utf8").replace('"answer": "+"', '"answer": "-"'));
  }, 120_000);

  checkCases("check", [
    ["what the first checker accepts", 0, [good]],
    ["what it accepts on the full alphabet", 0, [full]],
    ["what the second checker accepts", 0, [good, "--with", "second"]],
    ["what both accept", 0, [good, "--with", "both"]],
    ["a statement and subjects with the first", 0, [...files]],
    ["a statement with the second", 0, [certificate, "--with", "second", "--statement", statement]],
    ["subjects with both", 0, [certificate, "--with", "both", "--subject", filter, certificate]],
    ["a statement and subjects with both", 0, [...files, "--with", "both"]],
    ["a recoding", 0, [RECODING]],
    ["a recoding with both", 0, [RECODING, "--with", "both"]],
    ["a circuit", 0, [C17]],
    ["a decoder", 0, [DECODER]],
    ["a decoder with both", 0, [DECODER, "--with", "both"]],
    ["a tracing loss", 0, [join(root, "certificates/welper/bb4.json")]],
    ["a tracing loss with both", 0, [join(root, "certificates/welper/bb2-printed.json"), "--with", "both"]],
    ["a circuit with both", 0, [C17, "--with", "both"]],
    ["a learning run on tensors", 0, [learned]],
    ["a learning run on integers", 0, [learnedExactly]],
    ["a text that is none", 1, [noText]],
    ["a rejection of the second", 1, [noText, "--with", "second"]],
    ["a wrong digest", 1, [digest]],
    ["a wrong value, with its patch", 1, [value]],
    ["a head of another shape", 1, [badHead]],
    ["a rejection by the first of both", 1, [leaves, "--with", "both"]],
    ["a rejection by both", 1, [value, "--with", "both"]],
    ["a forged learning run", 1, [forgedLearning]],
    ["the statement of another certificate", 1, [good, "--statement", statement]],
    ["a text that is no statement", 1, [good, "--statement", noText]],
    ["files of another certificate", 1, [good, "--with", "both", "--subject", filter]],
    ["what the first leaves undecided", 3, [large]],
    ["what the second leaves undecided", 3, [large, "--with", "second"]],
    ["what both leave undecided", 3, [large, "--with", "both"]],
  ]);

  it("should describe a learning run that was put to both, whatever the second says of it", async () => {
    checkOutput("check", asPrinted(jsonOf(await weightproofHere("check", learned, "--with", "both", "--json"))));
    const first = jsonOf(await weightproofHere("check", learned, "--json"));
    const second = jsonOf(await weightproofHere("check", good, "--with", "second", "--json"));
    checkOutput("check", asPrinted({ verdict: "accepted", first, second }));
  });

  it("should refuse an acceptance that holds a rejection, and what was given within one of two", async () => {
    const first = jsonOf(await weightproofHere("check", good, "--with", "first", "--json"));
    const second = jsonOf(await weightproofHere("check", good, "--with", "second", "--json"));
    const rejected = jsonOf(await weightproofHere("check", noText, "--json"));
    expect(isOutput("check", { verdict: "accepted", first, second })).toBe(true);
    expect(isOutput("check", { verdict: "accepted", first: rejected, second })).toBe(false);
    expect(isOutput("check", { verdict: "accepted", first: { ...first, subjects: [] }, second })).toBe(false);
    expect(isOutput("check", { verdict: "accepted", first: second, second: first })).toBe(false);
  });
});

describe("export", () => {
  const to = (format: string): string[] => ["--to", format, "--out", inFolder(format)];
  checkCases("export", [
    ["one file", 0, [good, ...to("npz")]],
    ["several files", 0, [good, ...to("onnx"), "--precision", "float64"]],
    ["queries", 0, [good, ...to("smt-lib"), "--form", "layers"]],
    ["files in folders", 0, [good, ...to("vnn-lib")]],
    ["a file that is left out", 0, [PARITY, ...to("onnx")]],
    ["a circuit read back", 0, [C17, ...to("aiger")]],
    ["a rejection", 1, [value, ...to("npz")]],
    ["the end of a limit", 3, [large, ...to("npz")]],
  ]);
});

describe("run", () => {
  const machine = (name: string, table: string): string =>
    fileOf(`${name}.yaml`, `name: ${name}\nstart: A\ntable:\n${table}`);
  const stays = machine("stays", "  A: { blank: { write: blank, move: stay, next: A } }\n");
  const outgrows = machine(
    "outgrows",
    "  A: { blank: { write: +1, move: right, next: B } }\n  B: { blank: { write: +1, move: down, next: A } }\n",
  );
  checkCases("run", [
    ["a halt", 0, ["bb2"]],
    ["the last step", 0, ["langtons-ant", "--steps", "100"]],
    ["no step", 0, ["bb2", "--steps", "0"]],
    ["a decoder", 0, ["bb2", "--system", "wei-chen-ma", "--steps", "6"]],
    ["a decoder on tensors", 0, ["bb2", "--system", "wei-chen-ma", "--steps", "6", "--backend", "cpu"]],
    [
      "a decoder with softmax of too small a scale",
      1,
      ["bb2", "--system", "wei-chen-ma", "--steps", "6", "--attention", "softmax", "--scale", "0.5"],
    ],
    ["a decoder that does not halt", 0, ["bb3", "--system", "wei-chen-ma", "--steps", "5"]],
    ["a decoder in a long run", 0, ["bb5", "--system", "wei-chen-ma", "--steps", "600"]],
    ["a decoder's certificate", 0, [DECODER]],
    ["descent in integers", 0, ["bb4", "--system", "welper"]],
    ["descent on tensors", 0, ["bb2", "--system", "welper", "--backend", "cpu", "--descent", "projected"]],
    ["a decoder by the letter", 1, ["bb2", "--system", "wei-chen-ma", "--steps", "6", "--reading", "printed"]],
    [
      "a decoder by the letter, amended",
      0,
      ["bb2", "--system", "wei-chen-ma", "--steps", "6", "--reading", "printed", "--amend", "all"],
    ],
    ["a grid that nothing changes any more", 3, [stays]],
    ["a grid that grows too large", 3, [outgrows]],
    ["a circuit on tensors", 0, ["c17", "--input", "10110", "--backend", "cpu"]],
    ["a circuit at all inputs", 0, ["full-adder", "--all"]],
    ["a circuit's certificate in exact integers", 0, [C17, "--input", "00000", "--backend", "exact"]],
  ]);
});

describe("attack", () => {
  const unturned = fileOf("unturned.json", "");
  beforeAll(async () => {
    const { status } = await weightproofHere("certify", "c17", "--no-flip", "--out", unturned);
    expect(status).toBe(0);
  });
  checkCases("attack", [
    ["a circuit", 0, [C17]],
    ["a circuit whose certificate has no perturbation", 0, [unturned]],
    ["a decoder", 0, [DECODER]],
    ["a decoder of which none is known", 0, [join(root, "certificates/wei-chen-ma/bb5.json")]],
    ["a certificate that is rejected", 1, [fileOf("forged.json", readFileSync(C17, "utf8").replace("183", "184"))]],
  ]);
});

describe("sample", () => {
  checkCases("sample", [
    ["a circuit", 0, [C17]],
    ["a circuit at another width", 0, [C17, "--width", "1000"]],
    ["a decoder", 0, [DECODER]],
    ["a certificate that is rejected", 1, [fileOf("forged2.json", readFileSync(C17, "utf8").replace("183", "184"))]],
  ]);
});

describe("learn", () => {
  const unlabelled = fileOf("points.csv", "1,1\n-1,1\n");
  const twice = fileOf("twice.csv", "1,1,1\n1,1,-1\n");
  const small = ["dictator", "--data", SMALL_DATA];
  const xor = fileOf("xor.csv", "-1,-1,-1\n-1,1,1\n1,-1,1\n1,1,-1\n");
  const extended = ["copy", "--network", "2-2-1", "--data", xor];
  checkCases("learn", [
    ["a run on tensors", 0, [...small, "--backend", "cpu"]],
    ["a run on integers, over the cube", 0, [...small, "--all", "--backend", "exact"]],
    ["points without labels", 0, [...small, "--test", unlabelled, "--backend", "exact"]],
    ["contradictory examples", 0, ["majority", "--data", twice, "--backend", "exact"]],
    ["runs that were cut off", 3, ["parity", "--data", DATA, "--layers", "100", "--backend", "exact"]],
    ["too few layers to train", 3, ["parity", "--data", DATA, "--layers", "2", "--backend", "exact"]],
    ["an extended network", 0, [...extended, "--backend", "cpu"]],
    ["an extended network that is not done", 3, [...extended, "--backend", "cpu", "--steps", "3"]],
    ["a machine that never answers", 3, ["langtons-ant", "--data", SMALL_DATA, "--backend", "exact"]],
  ]);

  it("should describe what no network in the gallery does: forget, differ, and be refused a certificate", async () => {
    const result = jsonOf(
      await weightproofHere("learn", ...small, "--backend", "cpu", "--json"),
    ) as unknown as LearnResult;
    const entry = { code: "weights", step: 2, entry: [1, 0], expected: 4374, actual: 0 } as const;
    const output = { code: "output", step: 1, expected: 0, actual: 1 } as const;
    for (const fault of [entry, output]) {
      const forgotten: LearnResult = { ...result, memorized: false, fault, bitExact: false, difference: "W[1][0]" };
      checkOutput("learn", asPrinted(forgotten));
    }
    checkOutput("learn", asPrinted(jsonOf(await weightproofHere("check", value, "--json"))));
    checkOutput("learn", asPrinted(FAILURE));
  });
});

describe("trace", () => {
  checkCases("trace", [
    ["a run to its halt", 0, ["bb2", "--grid", "1x9"]],
    ["a breakpoint after some steps", 0, ["bb2", "--at", "4", "--steps", "8"]],
    ["a breakpoint at a state", 0, ["bb2", "--break", "B"]],
    ["a breakpoint that is not met", 0, ["bb2", "--at", "99"]],
    ["passes of a decoder", 0, ["bb2", "--system", "wei-chen-ma", "--steps", "3", "--input", "1"]],
    ["layers of a decoder", 0, ["bb2", "--system", "wei-chen-ma", "--at", "2", "--layers"]],
    ["lines of the program", 0, ["parity", "--data", DATA, "--steps", "3"]],
  ]);
});

/** A table of points of one coordinate. */
const table = (points: readonly { at: string[]; value: string[]; jacobian: string[][] }[]): string =>
  JSON.stringify({ format: "weightproof-table", version: 1, inputs: 1, outputs: 1, points });

describe("synthesize", () => {
  const text = table([
    { at: ["0"], value: ["1/3"], jacobian: [["1"]] },
    { at: ["1"], value: ["-2"], jacobian: [["0"]] },
  ]);
  const small = fileOf("table.json", text);
  // Denominators without common factors, of 49 digits each: their product is beyond the limit of a unit.
  const fine = fileOf(
    "fine.json",
    table(
      Array.from({ length: 160 }, (_, i) => ({
        at: [`1/${10n ** 48n + BigInt(2 * i + 1)}`],
        value: [`1/${10n ** 48n + BigInt(2 * i + 1)}`],
        jacobian: [["1"]],
      })),
    ),
  );
  checkCases("synthesize", [
    ["a network", 0, [small]],
    ["a network in a file", 0, [small, "--out", inFolder("network.json")]],
    ["the end of a limit", 3, [fine]],
  ]);

  it("should describe what no table comes to: rejections", async () => {
    const made = synthesize(text);
    const [first, ...others] = made.network.layers;
    const shorter = { ...made.network, layers: others };
    const noRelu = { ...made.network, layers: [{ ...(first as (typeof others)[number]), relu: false }, ...others] };
    for (const verdict of [
      checkTable(shorter, made.table),
      checkTable(noRelu, made.table),
      checkWeightSets(noRelu, made.table),
    ]) {
      expect(verdict.verdict).toBe("rejected");
      checkOutput("synthesize", asPrinted(verdict));
    }
  });
});

describe("regenerate", () => {
  const [made, stray, empty] = ["made", "stray", "empty"].map(inFolder) as [string, string, string];
  for (const path of [made, stray, empty]) mkdirSync(path);
  const list = `certificates:\n  - { machine: ${BB2}, file: a.json }\n`;
  writeFileSync(join(made, "certificates.yaml"), list);
  writeFileSync(join(stray, "certificates.yaml"), "certificates: []\n");
  writeFileSync(join(stray, "stray.json"), "{}\n");

  // In this order: each finds what the one before has left.
  checkCases("regenerate", [
    ["a certificate that is missing", 1, [made, "--check"]],
    ["a new certificate", 0, [made]],
    ["the same certificate", 0, [made, "--check"]],
    ["a certificate that no machine has", 1, [stray, "--check"]],
    ["an empty folder", 1, [empty]],
  ]);

  it("should describe a certificate that differs, and then has changed", async () => {
    const file = join(made, "a.json");
    writeFileSync(file, readFileSync(file, "utf8").replace('"version": 1', '"version": 2'));
    for (const args of [["--check"], []]) {
      checkOutput("regenerate", asPrinted(jsonOf(await weightproofHere("regenerate", made, ...args, "--json"))));
    }
  });

  it("should describe what no machine in the gallery comes to: a failure", async () => {
    const results: Regenerated[] = [
      { file: "a.json", result: "failed", failure: FAILURE },
      {
        file: "b.json",
        result: "failed",
        failure: { verdict: "rejected", code: "volume", path: "", message: "", witness: {} },
      },
    ];
    checkOutput("regenerate", asPrinted({ folder: "certificates", check: false, certificates: results }));
  });
});

describe("audit", () => {
  checkCases("audit", [
    ["an argument", 0, ["def-3"]],
    ["a certificate and an amendment", 0, ["def-6", "--check"]],
    ["a count, and a place in both versions", 0, ["versions-footnote-8"]],
  ]);

  it("should describe claims whose evidence fails", async () => {
    const claim = (id: string, evidence: Claim["evidence"]): Claim => ({
      id,
      place: { arxiv: "1" },
      statement: "s",
      predicate: "p",
      range: "r",
      reading: "printed",
      verdict: "holds",
      evidence,
      amendment: null,
    });
    const count = RCNN_PAPER.computations[0]?.name ?? "";
    const section = {
      id: "s",
      title: "S",
      claims: [
        claim("a", [{ kind: "amendment", id: "none" }]),
        claim("b", [{ kind: "certificate", file: "none.json", part: "step" }]),
        claim("c", [{ kind: "certificate", file: "value.json", part: "step" }]),
        claim("h", [{ kind: "certificate", file: "good.json", part: "steps" }]),
        claim("d", [{ kind: "certificate", file: "large.json", part: "step" }]),
        claim("e", [{ kind: "count", name: count, result: { nothing: "0" } }]),
        claim("f", [{ kind: "count", name: "none", result: { nothing: "0" } }]),
        claim("g", [{ kind: "argument", text: "t", concludes: "nothing" }]),
      ],
    };
    const json = asPrinted(auditJson(auditClaims([section], { certificates: folder, paper: RCNN_PAPER })));
    const claims = get(json, ["claims"]) as readonly Json[];
    expect(claims.map((one) => get(one, ["fault", "code"]))).toEqual([
      "unknown-amendment",
      "missing-certificate",
      "certificate-rejected",
      "unknown-part",
      "certificate-undecided",
      "result-differs",
      "unknown-count",
      "verdict-does-not-follow",
    ]);
    checkOutput("audit", json);
  });
});

describe("systems", () => {
  checkCases("systems", [["the list", 0, []]]);
});

describe("every command", () => {
  it("should be looked at above", async () => {
    const above = [
      "certify",
      "check",
      "explain",
      "export",
      "run",
      "learn",
      "trace",
      "synthesize",
      "attack",
      "sample",
      "regenerate",
      "audit",
      "systems",
    ];
    expect(COMMANDS.toSorted()).toEqual(above.toSorted());
  });
});
