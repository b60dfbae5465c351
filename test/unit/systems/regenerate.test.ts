import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { certify } from "../../../systems/rcnn/certify.js";
import { listCertificates, MANIFEST, regenerate, type Regenerated } from "../../../systems/rcnn/regenerate.js";
import { InputError } from "../../../inputs/input-error.js";
import { readBbchallenge } from "../../three-symbol-readers.js";

const BBTEXT = "1RB1LB_1LA1RZ";
const MACHINE = `name: small
start: A
halting: [Z]
table:
  A:
    blank: { write: +1, move: right, next: Z }
`;

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "weightproof-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const results = (check: boolean): Regenerated[] => [...regenerate(folder, check)];
const names = (list: readonly Regenerated[]): string[] => list.map(({ file, result }) => `${file} ${result}`);

/** Writes what was rebuilt, as the command line does. */
function store(list: readonly Regenerated[]): void {
  for (const one of list) if ("text" in one) put(one.file, one.text);
}

describe("listCertificates", () => {
  it("should list what a manifest lists, in its order, with the alphabet that it names", () => {
    put(
      MANIFEST,
      `certificates:\n  - { machine: bb2, file: b.json }\n  - { machine: bb3, alphabet: full, file: a.json }\n`,
    );
    expect(listCertificates(folder)).toEqual([
      { machine: "bb2", alphabet: "well-formed", file: "b.json" },
      { machine: "bb3", alphabet: "full", file: "a.json" },
    ]);
  });

  it("should list the machine files of a folder without a manifest", () => {
    for (const name of ["b.yaml", "a.yaml", "a.json", "readme.md"]) put(name, MACHINE);
    expect(listCertificates(folder)).toEqual([
      { machine: "./a.yaml", alphabet: "well-formed", file: "a.json" },
      { machine: "./b.yaml", alphabet: "well-formed", file: "b.json" },
    ]);
  });

  it("should refuse a folder that is not there", () => {
    expect(() => listCertificates(join(folder, "missing"))).toThrow(/missing: no such folder$/);
  });

  const broken: Readonly<Record<string, readonly [text: string, message: RegExp]>> = {
    "no list": ["certificates: 3\n", /expected a list under the one key certificates$/],
    "another key": ["certificates: []\nmore: 1\n", /expected a list under the one key certificates$/],
    "no YAML": ["certificates: [\n", /certificates\.yaml:\d+:\d+: /],
    "a list of words": ["certificates: [bb2]\n", /certificates\[0\]: expected keys machine, alphabet, file$/],
    "an unknown key": [
      "certificates: [{ machine: bb2, file: a.json, extra: 1 }]\n",
      /certificates\[0\]: .*got "extra"$/,
    ],
    "no machine": ["certificates: [{ file: a.json }]\n", /certificates\[0\]\.machine: expected a machine$/],
    "no file": ["certificates: [{ machine: bb2 }]\n", /certificates\[0\]\.file: expected a plain file name/],
    "a file elsewhere": ["certificates: [{ machine: bb2, file: ../a.json }]\n", /\.file: expected a plain file name/],
    "an absolute file": ["certificates: [{ machine: bb2, file: /a.json }]\n", /\.file: expected a plain file name/],
    "an unknown alphabet": [
      "certificates: [{ machine: bb2, alphabet: all, file: a.json }]\n",
      /certificates\[0\]\.alphabet: expected well-formed or full$/,
    ],
    "a file twice": [
      "certificates: [{ machine: bb2, file: a.json }, { machine: bb3, file: a.json }]\n",
      /expected each file once, got "a.json" twice$/,
    ],
    "an alias": ["certificates: &a [*a]\n", /anchors \(&\) are not allowed/],
    "a tag": ["certificates: !!set [a]\n", /tags \(!\) are not allowed/],
    "brackets without end": ["[".repeat(500_000), /nested too deeply$/],
    "dashes without end": ["- ".repeat(500_000), /nested too deeply$/],
  };
  for (const [name, [text, message]] of Object.entries(broken)) {
    it(`should refuse a manifest with ${name}, in one line`, () => {
      put(MANIFEST, text);
      let thrown: unknown;
      try {
        listCertificates(folder);
      } catch (error) {
        thrown = error;
      }
      expect((thrown as Error).message).toMatch(message);
      expect(thrown).toBeInstanceOf(InputError);
      expect((thrown as Error).message).not.toContain("\n");
    });
  }
});

describe("regenerate", () => {
  it("should rebuild what is missing or has changed, byte for byte, and find the rest the same", () => {
    put("small.yaml", MACHINE);
    put(
      MANIFEST,
      `certificates:\n  - { machine: small.yaml, file: s.json }\n  - { machine: ${BBTEXT}, file: b.json }\n`,
    );
    const first = results(false);
    expect(names(first)).toEqual(["s.json new", "b.json new"]);
    store(first);
    const verdict = certify(readBbchallenge(BBTEXT));
    expect(verdict.verdict === "accepted" && readFileSync(join(folder, "b.json"), "utf8") === verdict.result.text).toBe(
      true,
    );
    expect(names(results(false))).toEqual(["s.json same", "b.json same"]);
    expect(names(results(true))).toEqual(["s.json same", "b.json same"]);

    put("s.json", "{}\n");
    const changed = results(false);
    expect(names(changed)).toEqual(["s.json changed", "b.json same"]);
    store(changed);
    expect(names(results(true))).toEqual(["s.json same", "b.json same"]);
  });

  it("should stop a check at the first certificate that is missing or differs, and show the line", () => {
    put("a.yaml", MACHINE);
    put("b.yaml", MACHINE);
    expect(names(results(true))).toEqual(["a.json missing"]);
    store(results(false));
    const text = readFileSync(join(folder, "a.json"), "utf8");
    put("a.json", text.replace('"version": 1', '"version": 2'));
    expect(results(true)).toEqual([
      { file: "a.json", result: "differs", line: 3, found: '  "version": 2,', rebuilt: '  "version": 1,' },
    ]);
    put("a.json", text.slice(0, -1));
    const lines = text.split("\n").length;
    expect(results(true)).toEqual([
      { file: "a.json", result: "differs", line: lines, found: "(end of file)", rebuilt: "" },
    ]);
    put("a.json", `${text}more`);
    expect(results(true)).toEqual([{ file: "a.json", result: "differs", line: lines, found: "more", rebuilt: "" }]);
  });

  it("should find a certificate that no machine of the folder has, in a check only", () => {
    put("a.yaml", MACHINE);
    store(results(false));
    put("z.json", "{}\n");
    expect(names(results(true))).toEqual(["a.json same", "z.json unlisted"]);
    expect(names(results(false))).toEqual(["a.json same"]);
  });

  it("should read machines relative to the folder, wherever it is called from", () => {
    mkdirSync(join(folder, "machines"));
    put("machines/m.yaml", MACHINE);
    put(MANIFEST, "certificates:\n  - { machine: ./machines/m.yaml, file: m.json }\n");
    expect(names(results(false))).toEqual(["m.json new"]);
  });

  it("should refuse a machine that cannot be read, in one line", () => {
    put(MANIFEST, "certificates:\n  - { machine: nowhere.yaml, file: m.json }\n");
    expect(() => results(false)).toThrow(InputError);
  });
});
