// Compiles JSON schemas to code, X.schema.json to X.validator.ts beside it: Ajv at run time would cost each start 150 ms and
// need `eval`, which a page with a strict policy forbids. The files are made by scripts/setup.mjs and not committed.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Folders with schemas of which each may refer to the others by $id, and Ajv's options for them. */
const FOLDERS = [
  { folder: "certificates/schemas", options: { allowUnionTypes: true, strictTuples: false } },
  { folder: "certificates/wei-chen-ma", options: { allowUnionTypes: true, strictTuples: false } },
  { folder: "certificates/abbe-sandon", options: { allowUnionTypes: true, strictTuples: false } },
  { folder: "certificates/welper", options: { allowUnionTypes: true, strictTuples: false } },
  { folder: "inputs/machines", options: { verbose: true, allowUnionTypes: true } },
  { folder: "inputs/tables", options: { verbose: true } },
  { folder: "audit", options: { strictTypes: false } },
  { folder: "audit/rcnn/search", options: { strictTuples: false } },
];
const SUFFIX = ".schema.json";

/** Writes the validators that are missing or older than a schema of their folder, or than this file. */
export async function makeValidators(root = ".") {
  for (const { folder, options } of FOLDERS) {
    const schemas = readdirSync(join(root, folder))
      .filter((name) => name.endsWith(SUFFIX))
      .map((name) => join(root, folder, name));
    const sourcesAt = Math.max(...[fileURLToPath(import.meta.url), ...schemas].map(changedAt));
    for (const schema of schemas) {
      const target = schema.replace(SUFFIX, ".validator.ts");
      if (changedAt(target) <= sourcesAt) writeFileSync(target, await validatorOf(schema, schemas, options));
    }
  }
}

function changedAt(path) {
  return existsSync(path) ? statSync(path).mtimeMs : 0;
}

/** The text of a module that exports `validate`, for one schema. */
async function validatorOf(path, all, options) {
  // Loaded here, because setup.mjs runs before anything is installed.
  const { Ajv2020 } = await import("ajv/dist/2020.js");
  const { default: standaloneCode } = await import("ajv/dist/standalone/index.js");
  const read = (name) => JSON.parse(readFileSync(name, "utf8"));
  const ajv = new Ajv2020({ ...options, code: { source: true, esm: true } });
  for (const other of all) if (other !== path) ajv.addSchema(read(other));
  const code = standaloneCode
    .default(ajv, ajv.compile(read(path)))
    .replace('"use strict";', "")
    .replace(/export const validate = (\w+);export default \1;/, "const validateJson = $1;")
    // Ajv would count a string's characters with a module of its own, loaded by `require`.
    .replace(/const (\w+) = require\("ajv\/dist\/runtime\/ucs2length"\)\.default;/, "const $1 = charactersIn;");
  if (/\brequire\(|\bexport\b/.test(code)) throw new Error(`${path}: Ajv's code is not of the form expected`);
  return `// Made of ${basename(path)} by scripts/validators.mjs; see there.
// @ts-nocheck

/** How JSON data differs from the schema, in Ajv's terms. */
export interface SchemaDifference {
  readonly keyword: string;
  /** A JSON pointer into the data. */
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
  readonly propertyName?: string;
  readonly data?: unknown;
  readonly parentSchema?: object;
}

/** Where JSON data differs from the schema, up to the first difference that decides it; empty if it is of its shape. */
export function validate(json: unknown): readonly SchemaDifference[] {
  return validateJson(json) ? [] : validateJson.errors;
}

function charactersIn(text) {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

${code}
`;
}
