/** The entry points as a page gets them: bundled for a browser, run where there is neither Node nor `eval`, and weighed. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createContext, runInContext, type Context } from "node:vm";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";
import { beforeAll, describe, expect, it } from "vitest";
import type * as Library from "../../browser.js";
import type * as Checkers from "../../checkers/index.js";

const ROOT = resolve(import.meta.dirname, "../..");
const FILTER = readFileSync(join(ROOT, "certificates/bb2.json"), "utf8");
const LEARNING = readFileSync(join(ROOT, "corpus/rcnn/bases/learning.json"), "utf8");

/** What pages and Node have beyond the language, as far as it is used. */
const WEB = { TextDecoder, TextEncoder, atob, btoa, setTimeout, clearTimeout };

/** One minified script of a module's text, which may import what this package exports; the module is its global `bundle`. */
async function bundle(code: string): Promise<string> {
  const entry = join(ROOT, "entry.js");
  const build = await rolldown({
    input: entry,
    platform: "browser",
    plugins: [
      {
        name: "entry",
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? code : null),
      },
    ],
    onLog: (level, { message }) => {
      throw new Error(`${level}: ${message}`);
    },
  });
  const { output } = await build.generate({ format: "iife", name: "bundle", minify: true, codeSplitting: false });
  expect(output).toHaveLength(1);
  expect(output[0].imports).toEqual([]);
  return output[0].code;
}

/** Runs a bundle in a context with the language and `WEB` alone. */
function run<Module>(code: string): Module {
  const context: Context = createContext({ ...WEB }, { codeGeneration: { strings: false, wasm: false } });
  runInContext(code, context);
  expect(runInContext("typeof process + typeof Buffer + typeof require", context)).toBe("undefined".repeat(3));
  return runInContext("bundle", context) as Module;
}

/** A verdict as data of this context. */
const here = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

describe("weightproof/checkers in a browser", () => {
  let checkers: Pick<typeof Checkers, "check" | "checkAgain">;
  beforeAll(async () => {
    checkers = run(await bundle('export { check, checkAgain } from "weightproof/checkers";'));
  }, 120_000);

  it.each([
    ["a filter", FILTER],
    ["a learning run", LEARNING],
  ])("should accept the certificate of %s with both checkers", async (_, text) => {
    expect(here(await checkers.check(text))).toEqual({ verdict: "accepted", result: JSON.parse(text) });
    expect(await checkers.checkAgain(text)).toMatchObject({ verdict: "accepted" });
  });

  it.each([
    ["a filter with a claim changed", FILTER.replace('"cases": ', '"cases": 1'), "counts", "verdicts.step.cases"],
    ["a filter under another digest", FILTER.replace(/"head": "sha256:./, '"head": "sha256:g'), "schema", undefined],
    ["a filter that is spelled otherwise", FILTER.replace("\n", "\n "), "not-canonical", "line 2"],
    ["no certificate", "{}", "schema", undefined],
    ["no JSON", "{", "not-json", undefined],
    ["another system", FILTER.replace('"system": "rcnn"', '"system": "cnn"'), "unknown-system", "system"],
    [
      "another statement",
      FILTER.replace('"statement": "filter"', '"statement": "f"'),
      "unknown-statement",
      "statement",
    ],
  ])("should reject %s with both checkers", async (_, text, code, path) => {
    const expected = { verdict: "rejected", code, ...(path === undefined ? {} : { path }) };
    expect(await checkers.check(text)).toMatchObject(expected);
    expect(await checkers.checkAgain(text)).toMatchObject(expected);
  });
});

describe("weightproof in a browser", () => {
  it("should read a machine, certify it as it does here, and decide the certificate", async () => {
    const { certify, check, readMachine } = run<Pick<typeof Library, "certify" | "check" | "readMachine">>(
      await bundle('export { certify, check, readMachine } from "weightproof";'),
    );
    const machine = readMachine(readFileSync(join(ROOT, "machines/bb2.yaml"), "utf8"), "bb2.yaml");
    const certified = certify(machine);
    expect(certified).toMatchObject({ verdict: "accepted", result: { text: FILTER } });
    expect(check(FILTER)).toMatchObject({ verdict: "accepted" });
  });

  it.each(["weightproof", "weightproof/arbitraries"])("should have nothing in %s that a page lacks", async (entry) => {
    const module = run<object>(await bundle(`export * from "${entry}";`));
    expect(Object.keys(module).length).toBeGreaterThan(10);
  });
});

describe("what a page loads", () => {
  const SECOND = "./dist/checkers/second";
  it.each([
    ["both checkers of everything", 170, 'export { check, checkAgain } from "weightproof/checkers";'],
    [
      "constructions and the first checker of filters",
      36,
      'export { certify } from "weightproof"; export { checkCertificate } from "./dist/checkers/rcnn/check-certificate.js";',
    ],
    ["constructions and the first checker", 122, 'export { certify, check } from "weightproof";'],
    ["these with the reader of machine files", 158, 'export { certify, check, readMachine } from "weightproof";'],
    [
      "the second checker of filters",
      12.5,
      `export { decideFilter } from "${SECOND}/rcnn.js"; export { parse, verdictOf } from "${SECOND}/text.js";`,
    ],
    ["the second checker", 46, `export { checkCertificateAgain } from "${SECOND}/check.js";`],
  ])("should be, for %s, at most %d KB with gzip", async (_, most, code) => {
    const size = gzipSync(await bundle(code), { level: 9 }).length / 1000;
    expect(size).toBeLessThanOrEqual(most);
  });
});
