/** What the schemas of JSON output are themselves: shipped, complete, closed, and one with the certificates' schemas. */
import type { KindFault } from "../../../checkers/unknown-kind.js";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { TableCode } from "../../../checkers/networks/check-table.js";
import type { DimensionCode, WeightCode } from "../../../checkers/rcnn/check-lemma5.js";
import type { CertificateFault } from "../../../checkers/rcnn/check-certificate.js";
import type { LearningFault } from "../../../checkers/rcnn/check-learning.js";
import type { RecodingFault } from "../../../checkers/rcnn/check-recoding.js";
import type { AttestationFault } from "../../../checkers/rcnn/check-attestation.js";
import type { SecondCode } from "../../../checkers/second/check.js";
import type { VerifiedCode } from "../../../checkers/verified.js";
import type { CircuitCode } from "../../../checkers/second/wei-chen-ma-circuit.js";
import type { DecoderCode } from "../../../checkers/second/wei-chen-ma-decoder.js";
import type { DecoderCertificateFault } from "../../../checkers/wei-chen-ma/check-decoder.js";
import type { CircuitFault } from "../../../checkers/wei-chen-ma/check-circuit.js";
import type { TracingCode } from "../../../checkers/second/welper-tracing.js";
import type { TracingFault } from "../../../checkers/welper/check-tracing.js";
import { root, weightproofHere } from "../cli/run-cli.js";
import { COMMANDS, folder, isOutput, isShared, schemas, type JsonSchema } from "./validate.js";

type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null;

const schemaOf = (name: string): JsonSchema => schemas.get(`${name}.schema.json`) as JsonSchema;

/** A definition within a schema. */
function at(schema: unknown, ...keys: readonly string[]): Node {
  return keys.reduce((node, key) => (node as Node)[key], schema) as Node;
}

/** The schema and all schemas within it, with their places. Words of enum and const are no schemas. */
function* subschemas(schema: Node, path: string): Generator<readonly [path: string, schema: Node]> {
  yield [path, schema];
  for (const key of ["items", "additionalProperties"]) {
    if (isNode(schema[key])) yield* subschemas(schema[key], `${path}/${key}`);
  }
  for (const key of ["$defs", "properties"]) {
    for (const [name, inner] of Object.entries((schema[key] ?? {}) as Node))
      yield* subschemas(inner as Node, `${path}/${key}/${name}`);
  }
  for (const key of ["oneOf", "anyOf", "allOf", "prefixItems"]) {
    for (const [i, inner] of ((schema[key] ?? []) as readonly Node[]).entries())
      yield* subschemas(inner, `${path}/${key}/${i}`);
  }
}

const everySubschema = [...schemas].flatMap(([name, schema]) => [...subschemas(schema, name)]);

/** What a schema's reference stands for. */
function resolve(path: string, reference: string): Node {
  const [file = "", fragment = ""] = reference.split("#");
  const document = schemas.get(file === "" ? (path.split("/")[0] as string) : file);
  return at(document, ...fragment.split("/").slice(1));
}

describe("the commands", () => {
  /** The help of the subcommands that help lists, with theirs. */
  async function commands(...above: string[]): Promise<[path: string[], help: string][]> {
    const { stdout } = await weightproofHere(...above, "--help");
    const [, list = ""] = stdout.split("\nCommands:\n");
    const names = [...list.matchAll(/^ {2}([a-z][a-z-]*)/gm)].flatMap(([, name = ""]) => (name === "help" ? [] : name));
    const below = await Promise.all(names.map((name) => commands(...above, name)));
    return [[above, stdout], ...below.flat()];
  }

  it("should have a schema where they offer --json, and no other", async () => {
    const all = await commands();
    expect(all.map(([path]) => path)).toContainEqual(["audit", "search"]);
    const offering = all.filter(([, help]) => / {2}--json /.test(help));
    expect(offering.map(([path]) => path.join("-")).toSorted()).toEqual(COMMANDS.toSorted());
  });
});

describe("the schemas", () => {
  it("should be shipped, and found by their name in the package", () => {
    const { files } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { files: string[] };
    expect(files).toContain("output-schemas");
    for (const name of schemas.keys()) {
      const found = createRequire(import.meta.url).resolve(`weightproof/output-schemas/${name}`);
      expect(found).toBe(join(folder, name));
    }
  });

  it("should say in what form they are written and for which command", () => {
    for (const [name, { $schema, $id, title, description }] of schemas) {
      expect({ $schema, $id }).toEqual({ $schema: "https://json-schema.org/draft/2020-12/schema", $id: name });
      if (name !== "verdict.schema.json") {
        const command = name.slice(0, -".schema.json".length);
        expect(title).toBe(`weightproof ${command} --json`);
        expect(description).toMatch(/exit code/);
      }
    }
  });

  it("should refer to nothing that is not there, and use all that they define", () => {
    const used = new Set<unknown>();
    for (const [path, { $ref }] of everySubschema) {
      if (typeof $ref !== "string") continue;
      expect(resolve(path, $ref), `${path}: ${$ref}`).toBeTypeOf("object");
      used.add(resolve(path, $ref));
    }
    const unused = [...schemas].flatMap(([name, { $defs = {} }]) =>
      Object.entries($defs as Node).flatMap(([key, definition]) => (used.has(definition) ? [] : [`${name} ${key}`])),
    );
    expect(unused).toEqual([]);
  });

  it("should describe every field in one sentence", () => {
    for (const [path, { properties = {} }] of everySubschema) {
      for (const [key, field] of Object.entries(properties as Record<string, Node>)) {
        // What can have one value only needs no words.
        if (field["const"] !== undefined) continue;
        const target = typeof field["$ref"] === "string" ? resolve(path, field["$ref"]) : field;
        const described = field["description"] ?? target["description"];
        expect(described, `${path}/${key}`).toMatch(/^\S(?:(?!\. [A-Z]).)*\.$/);
      }
    }
  });

  it("should be closed but for what depends on the case: witnesses, and what stands under names of its own", () => {
    const open = everySubschema.filter(
      ([, { type, properties, additionalProperties, unevaluatedProperties }]) =>
        (type === "object" || properties !== undefined) &&
        additionalProperties !== false &&
        unevaluatedProperties !== false,
    );
    expect(open.map(([path]) => path)).toEqual([
      "audit.schema.json/$defs/numbers",
      // Parts, closed where they are put together.
      "check.schema.json/$defs/filterParts",
      "check.schema.json/$defs/secondParts",
      "check.schema.json/$defs/files",
      "check.schema.json/$defs/recodingParts",
      // Kinds of certificate under their names.
      "systems.schema.json/items/properties/statements",
      // What all verdicts have in common.
      "verdict.schema.json",
      "verdict.schema.json/$defs/witness",
    ]);
  });

  it("should demand every field but those that may be absent", () => {
    const optional = everySubschema.flatMap(([path, { properties = {}, required = [] }]) =>
      Object.keys(properties as Node)
        .filter((key) => !(required as readonly string[]).includes(key))
        .map((key) => `${path.split("/")[0]}: ${key}`),
    );
    expect(optional.toSorted()).toEqual([
      "audit.schema.json: amended",
      "audit.schema.json: neurips",
      "audit.schema.json: printed",
      "certify.schema.json: recoding",
      "check.schema.json: statement",
      "check.schema.json: subjects",
      "check.schema.json: verified",
      "check.schema.json: verified",
      "learn.schema.json: entry",
      "run.schema.json: tape",
      "run.schema.json: tapes",
      "trace.schema.json: stop",
      "trace.schema.json: text",
      "verdict.schema.json: input",
    ]);
  });
});

describe("verdict.schema.json", () => {
  const rejected = { verdict: "rejected", code: "value", path: "filter", message: "m", witness: { a: ["1"], b: {} } };
  const undecided = { verdict: "undecided", limit: "letters", message: "m" };

  it("should accept verdicts and refuse what is close to them", () => {
    expect(isShared("rejected", rejected)).toBe(true);
    expect(isShared("undecided", undecided)).toBe(true);
    const { witness: _, ...noWitness } = rejected;
    const wrong = [
      noWitness,
      { ...rejected, more: 1 },
      { ...rejected, code: "no-such-code" },
      { ...rejected, path: 1 },
    ];
    for (const json of [...wrong, { ...rejected, witness: { a: [1] } }, undecided])
      expect(isShared("rejected", json), JSON.stringify(json)).toBe(false);
    const { limit: __, ...noLimit } = undecided;
    for (const json of [noLimit, { ...undecided, more: 1 }, { ...undecided, limit: 1 }, rejected])
      expect(isShared("undecided", json), JSON.stringify(json)).toBe(false);
    expect(isOutput("verdict", rejected)).toBe(true);
    expect(isOutput("verdict", { verdict: "perhaps" })).toBe(false);
    expect(isOutput("verdict", {})).toBe(false);
  });
});

// The compiler refuses a list of codes that is not that of the checkers; the tests compare it with the schemas.
type Code =
  | CertificateFault
  | LearningFault
  | RecodingFault
  | CircuitFault
  | DecoderCertificateFault
  | TracingFault
  | TracingCode
  | KindFault
  | AttestationFault
  | SecondCode
  | CircuitCode
  | DecoderCode
  | VerifiedCode;
const CODES: Readonly<Record<Code, true>> = {
  "too-large": true,
  "not-json": true,
  "unknown-system": true,
  "unknown-statement": true,
  schema: true,
  "not-canonical": true,
  reading: true,
  digest: true,
  "source-machine": true,
  "normal-form": true,
  code: true,
  network: true,
  "layer-count": true,
  "weight-outside-set": true,
  shape: true,
  "first-layer-reads-many": true,
  "first-layer-kink": true,
  kink: true,
  value: true,
  derivative: true,
  volume: true,
  "not-closed": true,
  "not-local": true,
  "wrong-step": true,
  "head-shape": true,
  "head-too-many-units": true,
  "head-slope": true,
  "head-value": true,
  "head-kink": true,
  "replay-run": true,
  "replay-cell": true,
  counts: true,
  "memory-value": true,
  "memory-derivative": true,
  "memory-kink": true,
  "memory-head": true,
  "memory-step": true,
  "memory-wave": true,
  "memory-replay": true,
  "hand-over": true,
  "learning-shape": true,
  "learning-training": true,
  "learning-memory": true,
  "learning-prediction": true,
  "float-bounds": true,
  "recoding-code": true,
  "recoding-states": true,
  "recoding-step": true,
  "replay-step": true,
  envelope: true,
  statement: true,
  "subject-file": true,
  circuit: true,
  number: true,
  correction: true,
  function: true,
  binary: true,
  margin: true,
  theorem: true,
  flip: true,
  sample: true,
  label: true,
  "decoder-shape": true,
  capacity: true,
  embedding: true,
  start: true,
  classifier: true,
  "attention-unsupported": true,
  "attention-gap": true,
  step: true,
  formula: true,
  replay: true,
  "not-verified": true,
  coding: true,
  "read-out": true,
  constants: true,
  argmin: true,
  tie: true,
  levels: true,
  projection: true,
  "back-edge": true,
  "condition-18": true,
  corner: true,
  "named-point": true,
};

const TABLE_CODES: Readonly<Record<TableCode | DimensionCode | WeightCode, true>> = {
  "bad-inputs": true,
  "bad-outputs": true,
  "no-points": true,
  "at-length": true,
  "value-length": true,
  "jacobian-rows": true,
  "jacobian-columns": true,
  "duplicate-point": true,
  "no-layers": true,
  "no-rows": true,
  "shape-mismatch": true,
  "bad-name": true,
  "column-out-of-range": true,
  "columns-not-rising": true,
  "zero-weight": true,
  "inputs-differ": true,
  "outputs-differ": true,
  kink: true,
  "value-differs": true,
  "derivative-differs": true,
  "not-five-layers": true,
  "relu-misplaced": true,
  "too-wide": true,
  "too-many-weights": true,
  "weight-outside-set": true,
  "union-too-large": true,
};

describe("rejection codes", () => {
  it("should be those of the checkers", () => {
    expect(at(schemaOf("verdict"), "$defs", "rejectionCode")["enum"]).toEqual(Object.keys(CODES));
    const table = at(schemaOf("synthesize"), "$defs", "rejected", "properties", "code");
    expect(table["enum"]).toEqual(Object.keys(TABLE_CODES));
  });
});

describe("what certificates hold too", () => {
  const certificateSchema = (name: string): Node =>
    JSON.parse(readFileSync(join(root, "certificates", `${name}.schema.json`), "utf8")) as Node;

  /** A schema with its references spelled out, without words for people and without the sizes that a reader allows. */
  function shape(document: Node, schema: Node, path: string): unknown {
    if (typeof schema["$ref"] === "string") {
      const [file = "", fragment = ""] = schema["$ref"].split("#");
      const target = file === "" ? document : (schemas.get(file) as Node);
      return shape(target, at(target, ...fragment.split("/").slice(1)), path);
    }
    return Object.fromEntries(
      Object.entries(schema)
        .filter(([key]) => !["description", "maxItems", "maxLength"].includes(key))
        .map(([key, value]) => [key, spellOut(document, key, value, path)]),
    );
  }

  function spellOut(document: Node, key: string, value: unknown, path: string): unknown {
    if (key === "properties") {
      return Object.fromEntries(
        Object.entries(value as Record<string, Node>).map(([name, one]) => [name, shape(document, one, path)]),
      );
    }
    if (["anyOf", "prefixItems"].includes(key)) return (value as Node[]).map((one) => shape(document, one, path));
    return key === "items" && isNode(value) ? shape(document, value, path) : value;
  }

  const own = (name: string, ...keys: string[]): unknown => shape(schemaOf(name), at(schemaOf(name), ...keys), name);
  const theirs = (name: string, ...keys: string[]): unknown => {
    const document = certificateSchema(name);
    return shape(document, at(document, ...keys), name);
  };

  it.each(["alphabet", "code", "digests", "verdicts"])(
    "should have %s in the form of a filter's certificate",
    (key) => {
      expect(own("verdict", "$defs", key)).toEqual(theirs("schemas/rcnn-certificate", "properties", key));
    },
  );

  it.each(["shape", "digests"])("should have %s in the form of a learning run's certificate", (key) => {
    expect(own("check", "$defs", "learning", "properties", key)).toEqual(
      theirs("schemas/rcnn-learning", "properties", key),
    );
  });

  it.each(["digests", "verdicts"])("should have %s in the form of a circuit's certificate", (key) => {
    const own_ = own("verdict", "$defs", key === "digests" ? "circuitDigests" : "circuitVerdicts");
    expect(own_).toEqual(theirs("wei-chen-ma/circuit", "properties", key));
  });

  it.each(["digests", "verdicts"])("should have %s in the form of a decoder's certificate", (key) => {
    const own_ = own("verdict", "$defs", key === "digests" ? "decoderDigests" : "decoderVerdicts");
    expect(own_).toEqual(theirs("wei-chen-ma/decoder", "properties", key));
  });

  it("should have digests and steps in the form of a recoding's certificate", () => {
    expect(own("verdict", "$defs", "recodingDigests")).toEqual(
      theirs("schemas/rcnn-recoding", "properties", "digests"),
    );
    const steps = ["properties", "verdicts", "properties", "steps"];
    expect(own("verdict", "$defs", "recodingSteps")).toEqual(theirs("schemas/rcnn-recoding", ...steps));
  });

  it("should have a learning run's counts in the form of its certificate", () => {
    for (const key of ["memorization", "handOver", "replay"]) {
      const place = ["properties", "verdicts", "properties", key];
      expect(own("check", "$defs", "learningVerdicts", "properties", key)).toEqual(
        theirs("schemas/rcnn-learning", ...place),
      );
    }
  });
});
