/** The derived themes, on certificates of an invented paper and on those of this project: what Ajv says is what they expect. */
import { Ajv2020 } from "ajv/dist/2020.js";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { digestOf, printJson } from "../../../certificates/canonical.js";
import type { CaseFile } from "../../../corpus/case.js";
import { makeCaseFiles } from "../../../corpus/files.js";
import { Materializer } from "../../../corpus/materialize.js";
import type { CorpusRoom } from "../../../corpus/room.js";
import { ROOMS } from "../../../corpus/rooms.js";
import type { SchemaDocument } from "../../../corpus/schema.js";
import { FOLDER } from "../../mutants/corpus.js";

const count = { type: "integer", minimum: 0, maximum: 9_007_199_254_740_991 };
const SCHEMA = {
  $id: "sums.schema.json",
  type: "object",
  additionalProperties: false,
  required: ["format", "version", "system", "statement", "digests", "terms", "sum"],
  properties: {
    format: { const: "weightproof-certificate" },
    version: { const: 1 },
    system: { const: "sums" },
    statement: { const: "sum" },
    note: { type: "string", maxLength: 10 },
    digests: {
      type: "object",
      additionalProperties: false,
      required: ["terms"],
      properties: { terms: { type: "string", pattern: "^sha256:[0-9a-f]{64}$" } },
    },
    terms: {
      type: "array",
      minItems: 1,
      maxItems: 9,
      items: { type: "array", minItems: 2, maxItems: 2, prefixItems: [{ enum: ["+", "-"] }, count], items: false },
    },
    sum: { anyOf: [{ type: "null" }, count] },
  },
} as unknown as SchemaDocument;
const TERMS = [["+", 12], ["-", 5], ["+", 1]]; // prettier-ignore

/** An invented paper: it gives a schema and a certificate, and no theme. */
const SUMS: CorpusRoom = {
  system: "sums",
  flags: {},
  makeBases: async () => new Map(),
  statements: {
    sum: {
      schema: SCHEMA,
      documents: [],
      read: () => ({ fault: "schema" }),
      checkers: ["first"],
      codes: [],
      base: "sums/bases/one.json",
      free: ["/note"],
      themes: () => [],
    },
  },
};

const folder = mkdtempSync(join(tmpdir(), "weightproof-test-"));
mkdirSync(join(folder, "sums/bases"), { recursive: true });
writeFileSync(
  join(folder, "sums/bases/one.json"),
  printJson({
    format: "weightproof-certificate",
    version: 1,
    system: "sums",
    statement: "sum",
    note: "free",
    digests: { terms: digestOf(TERMS) },
    terms: TERMS,
    sum: 8,
  }),
);

const filesOf = (from: string, room: CorpusRoom): CaseFile[] =>
  [...makeCaseFiles(from, [room]).values()].map((text) => JSON.parse(text) as CaseFile);

/** Codes that say nothing of the schema, or come before it. */
const EARLIER = new Set(["not-json", "too-large", "unknown-system", "unknown-statement"]);

/** What a file is after JSON.parse and Ajv: a code, or "shaped" for what has the shape of a certificate. */
function shapeOf(bytes: Uint8Array, isShaped: (json: unknown) => boolean): string {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return "not-json";
  }
  return isShaped(json) ? "shaped" : "schema";
}

describe("derived themes", () => {
  const files = filesOf(folder, SUMS);
  const cases = files.flatMap((file) => file.cases);

  it("should be there for an invented paper that gives a schema and a certificate alone", () => {
    expect(files.map(({ theme }) => theme)).toEqual([
      "text", "spelling", "keys", "types", "strings", "lists", "constants", "digests", "precedence",
    ]); // prettier-ignore
    expect(cases.length).toBeGreaterThan(300);
    const codes = new Set(cases.flatMap(({ expected }) => (expected.verdict === "rejected" ? expected.codes : [])));
    expect([...codes].toSorted()).toEqual(
      ["digest", "not-canonical", "not-json", "schema", "too-large", "unknown-statement", "unknown-system"], // prettier-ignore
    );
    expect(cases.map(({ comment }) => comment)).toEqual(
      expect.arrayContaining([
        "note may be missing",
        "terms.*.1: with a leading zero",
        "terms.* without its last element",
        "terms with 10 elements",
        "sum twice, the last one false",
        "terms: digit 64 is another",
      ]),
    );
  });

  it("should expect of each case what parsing and Ajv say, for every paper", () => {
    for (const [from, room, step] of [[folder, SUMS, 1], ...ROOMS.map((one) => [FOLDER, one, 7] as const)] as const) {
      const materializer = new Materializer(from);
      for (const { statement, cases: of } of filesOf(from, room)) {
        const { schema, documents } = room.statements[statement] as CorpusRoom["statements"][string];
        const ajv = new Ajv2020({ allowUnionTypes: true, strict: false }).addSchema([...documents]);
        const isShaped = ajv.compile(schema);
        for (const { id, comment, input, expected } of of.filter((_, i) => i % step === 0)) {
          if (expected.verdict === "unreadable") continue;
          const codes = expected.verdict === "rejected" ? expected.codes : [];
          if (codes.some((code) => EARLIER.has(code) && code !== "not-json")) continue;
          const shape = shapeOf(materializer.bytesOf(input), isShaped);
          const wanted = codes.includes("not-json") ? "not-json" : codes.includes("schema") ? "schema" : "shaped";
          expect([id, comment, shape]).toEqual([id, comment, wanted]);
        }
      }
    }
  });

  it("should be the same files each time", () => {
    expect(makeCaseFiles(folder, [SUMS])).toEqual(makeCaseFiles(folder, [SUMS]));
  });

  it("should refuse a flag without meaning", () => {
    const theme = { name: "odd", about: "Odd.", drafts: [{ comment: "", flags: ["Odd"], input: { hex: "" }, expected: { verdict: "unreadable" as const } }] }; // prettier-ignore
    const statement = { ...SUMS.statements["sum"], themes: () => [theme] } as CorpusRoom["statements"][string];
    expect(() => makeCaseFiles(folder, [{ ...SUMS, statements: { sum: statement } }])).toThrow("expected a known flag");
  });
});
