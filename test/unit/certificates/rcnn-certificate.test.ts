import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { printJson } from "../../../certificates/canonical.js";
import { printCertificate, readCertificateText, type RcnnCertificate } from "../../../certificates/rcnn-certificate.js";
import { RULE_LINES } from "../../../spec/rcnn/cell-rule.js";
import { fullText, TEXT } from "../../mutants/rcnn/certificates.js";

const read = (file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`../../../certificates/schemas/${file}`, import.meta.url), "utf8")) as Record<
    string,
    unknown
  >;
const certificate = JSON.parse(TEXT) as RcnnCertificate;

describe("printCertificate", () => {
  it("should print keys in the order of FORMAT.md, however the data was made", () => {
    expect(printCertificate(certificate)).toBe(TEXT);
    const reversed = Object.fromEntries(Object.entries(certificate).toReversed()) as unknown as RcnnCertificate;
    expect(printJson(reversed)).not.toBe(TEXT);
    expect(printCertificate(reversed)).toBe(TEXT);
  });

  it("should list top-level keys as the table in FORMAT.md does", () => {
    const format = readFileSync(new URL("../../../certificates/FORMAT.md", import.meta.url), "utf8");
    const table = format.slice(format.indexOf("## Keys"), format.indexOf("## Verdicts"));
    const keys = [...table.matchAll(/^\| ([^|]*) \|/gm)].flatMap(([, cell = ""]) =>
      [...cell.matchAll(/`(\w+)`/g)].map(([, key]) => key),
    );
    expect(Object.keys(certificate)).toEqual(keys);
  });
});

describe("readCertificateText", () => {
  it("should read what printCertificate prints", () => {
    expect(readCertificateText(TEXT)).toEqual({ certificate });
    expect(readCertificateText(fullText())).toHaveProperty("certificate.alphabet", "full");
  });

  it("should name the fault and the place", () => {
    const faultOf = (text: string) => {
      const result = readCertificateText(text);
      if (!("fault" in result)) throw new Error("expected a fault");
      return [result.fault, result.path];
    };
    expect(faultOf("{")).toEqual(["not-json", ""]);
    expect(faultOf("[]")).toEqual(["schema", ""]);
    expect(faultOf(TEXT.replace('"cases": ', '"cases": -'))).toEqual(["schema", "verdicts.step.cases"]);
    expect(faultOf(`${TEXT}\n`)).toEqual(["not-canonical", `line ${TEXT.split("\n").length}`]);
    expect(faultOf(" ".repeat(128 * 1024 * 1024 + 1))).toEqual(["too-large", ""]);
  });
});

describe("the schema of certificates", () => {
  it("should be a schema, and fit the certificates of both alphabets", () => {
    const fits = new Ajv2020({ strict: true, strictTuples: false, allowUnionTypes: true })
      .addSchema(read("network.schema.json"))
      .compile(read("rcnn-certificate.schema.json"));
    for (const text of [TEXT, fullText()]) expect(fits(JSON.parse(text))).toBe(true);
  });

  it("should be closed: every object lists its keys, requires all but notes and inputs, and allows no others", () => {
    let objects = 0;
    const visit = (schema: unknown): void => {
      if (typeof schema !== "object" || schema === null) return;
      const { type, properties, required, additionalProperties } = schema as Record<string, unknown>;
      if (type === "object") {
        objects++;
        expect(additionalProperties).toBe(false);
        const optional = Object.keys(properties as object).filter((key) => !(required as string[]).includes(key));
        expect([[], ["about", "source"], ["input"]]).toContainEqual(optional);
      }
      for (const inner of Object.values(schema)) visit(inner);
    };
    visit(read("rcnn-certificate.schema.json"));
    visit(read("network.schema.json"));
    expect(objects).toBe(15);
  });

  it("should know the rules of f-bar, in their order", () => {
    const text = JSON.stringify(read("rcnn-certificate.schema.json"));
    const rules = Object.keys(certificate.verdicts.function.rules);
    expect(rules).toEqual([...RULE_LINES]);
    for (const rule of rules) expect(text).toContain(`"${rule}"`);
  });
});
