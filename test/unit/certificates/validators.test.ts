/** Schemas as scripts/validators.mjs compiles them, against the same schemas compiled by Ajv here. */
import { readFileSync } from "node:fs";
import { Ajv2020, type Options } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { validate as validateSection } from "../../../audit/section.validator.js";
import { validate as validateFilter } from "../../../certificates/schemas/rcnn-certificate.validator.js";
import { validate as validateLearning } from "../../../certificates/schemas/rcnn-learning.validator.js";
import { validate as validateTable } from "../../../inputs/tables/table.validator.js";
import { put, type Json } from "../checkers/second/forge.js";
import { corruptions } from "../output-schemas/corruptions.js";

const read = (path: string): Json => JSON.parse(readFileSync(path, "utf8")) as Json;
const IN_CERTIFICATES = ["network", "rcnn-certificate", "rcnn-learning"].map(
  (name) => `certificates/schemas/${name}.schema.json`,
);
const OF_CERTIFICATES = { allowUnionTypes: true, strictTuples: false };
const TABLE: Json = {
  format: "weightproof-table",
  version: 1,
  inputs: 1,
  outputs: 1,
  points: [{ at: ["1/2"], value: ["0"], jacobian: [["-3"]] }],
};

describe.each([
  {
    schema: "certificates/schemas/rcnn-certificate.schema.json",
    others: IN_CERTIFICATES,
    options: OF_CERTIFICATES,
    validate: validateFilter,
    data: read("test/unit/checkers/second/certificates/tiny.json"),
    place: ["source", "name"],
  },
  {
    schema: "certificates/schemas/rcnn-learning.schema.json",
    others: IN_CERTIFICATES,
    options: OF_CERTIFICATES,
    validate: validateLearning,
    data: read("corpus/rcnn/bases/learning.json"),
    place: ["source", "name"],
  },
  {
    schema: "inputs/tables/table.schema.json",
    others: [],
    options: { verbose: true },
    validate: validateTable,
    data: TABLE,
    place: ["points", 0, "at", 0],
  },
  {
    schema: "audit/section.schema.json",
    others: [],
    options: { strictTypes: false },
    validate: validateSection,
    data: read("audit/rcnn/claims/appendix-b1.json"),
    place: ["title"],
  },
])("validator of $schema", ({ schema, others, options, validate, data, place }) => {
  const ajv = new Ajv2020(options as Options);
  for (const other of others) if (other !== schema) ajv.addSchema(read(other) as object);
  const compiled = ajv.compile(read(schema) as object);

  it("should find nothing where there is nothing", () => {
    expect(validate(data)).toEqual([]);
  });

  it("should say of every corruption what Ajv says", () => {
    const all = corruptions("", data);
    expect(all.length).toBeGreaterThan(20);
    // Long networks have thousands of places of one kind.
    for (let i = 0; i < all.length; i += Math.ceil(all.length / 400)) {
      const { what, apply } = all[i] as (typeof all)[number];
      const corrupt = apply();
      const found = compiled(corrupt) ? [] : (compiled.errors ?? []);
      expect(validate(corrupt), what).toEqual(found);
    }
  });

  it("should count a string's characters as Ajv does", () => {
    for (const unit of ["x", "\u{1f600}", "\ud800"]) {
      for (const times of [0, 1, 64, 65, 200, 201, 2000, 2001]) {
        const other = structuredClone(data);
        put(other, place, unit.repeat(times));
        const found = compiled(other) ? [] : (compiled.errors ?? []);
        expect(validate(other)).toEqual(found);
      }
    }
  });
});
