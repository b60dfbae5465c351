/** What is read of schemas, compared with Ajv. */
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { fits, Schema, type SchemaDocument, type SchemaNode } from "../../../corpus/schema.js";

const VALUES = [
  null,
  true,
  0,
  -1,
  3,
  2.5,
  1e300,
  "",
  "a",
  "aaaa",
  "\u{1f600}\u{1f600}",
  "B",
  [],
  [1],
  [1, 2, 3],
  {},
  { a: 1 },
];
const NODES: readonly SchemaNode[] = [
  { type: "null" },
  { type: "boolean" },
  { type: "integer" },
  { type: "integer", minimum: 0, maximum: 3 },
  { type: "string" },
  { type: "string", minLength: 1, maxLength: 2 },
  { type: "string", pattern: "^[a-z]*$" },
  { type: "array" },
  { type: "array", minItems: 1, maxItems: 2 },
  { type: "object" },
  { const: 3 },
  { const: "a" },
  { enum: ["a", "B", null] },
];

describe("fits", () => {
  it("should say what Ajv says of values whose inside is free", () => {
    for (const node of NODES) {
      const validate = new Ajv2020().compile(node);
      expect(VALUES.filter((value) => fits(value, [node]))).toEqual(VALUES.filter((value) => validate(value)));
    }
  });

  it("should ask for one of several nodes, and refuse schemas that it does not read", () => {
    expect(fits(null, [{ type: "integer" }, { type: "null" }])).toBe(true);
    expect(fits(null, [])).toBe(false);
    expect(() => fits(1, [{ type: "number" }])).toThrow(RangeError);
  });
});

describe("Schema", () => {
  const other: SchemaDocument = { $id: "other.json", $defs: { word: { type: "string" } } } as SchemaDocument;
  const root = {
    $id: "root.json",
    type: "object",
    properties: {
      list: { type: "array", items: { anyOf: [{ type: "null" }, { $ref: "#/$defs/pair" }] } },
      word: { $ref: "other.json#/$defs/word" },
    },
    $defs: {
      pair: { type: "array", prefixItems: [{ type: "integer" }, { $ref: "other.json#/$defs/word" }], items: false },
    },
  } as SchemaDocument;

  it("should walk through references, alternatives and tuples, with lists left open", () => {
    const data = { list: [null, [1, "a"], null, [2, "b"], [3, "c"]], word: "w" };
    const seen: string[] = [];
    new Schema(root, [other]).walk(data, (pointer, kind, _, nodes) => {
      seen.push(`${pointer} ${kind} ${nodes.map(({ type }) => type).join("|")}`);
    });
    expect(seen).toEqual([
      "  object",
      "/list /list array",
      "/list/0 /list/* null|array",
      "/list/2 /list/* null|array",
      "/list/4 /list/* null|array",
      "/list/4/0 /list/*/0 integer",
      "/list/4/1 /list/*/1 string",
      "/word /word string",
    ]);
  });

  it("should refuse a reference to a schema that is not given", () => {
    expect(() => new Schema(root, []).walk({ word: "w" }, () => undefined)).toThrow(RangeError);
  });
});
