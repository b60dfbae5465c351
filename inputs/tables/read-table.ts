/**
 * Reads tables from JSON: structure by table.schema.json, then what a schema cannot say. Each error is one line with the
 * place, such as `points[3].jacobian[0][1]: expected the reduced form 1/2, got 2/4`.
 */
import { parseRational, type Rational } from "../../spec/exact/rational.js";
import { findTableFault, type Table } from "../../spec/networks/table.js";
import { InputError, listInput, quoteInput } from "../input-error.js";
import { parseJsonText } from "./json-text.js";
import schema from "./table.schema.json" with { type: "json" };
import { validate, type SchemaDifference } from "./table.validator.js";

/**
 * What a table may hold at most. Any table within has a network within NETWORK_LIMITS: 20 rows for each unit of the product
 * at most, and 6 * inputs + 23 entries.
 */
export const TABLE_LIMITS: Readonly<Record<"text" | "inputs" | "outputs" | "points" | "number" | "product", number>> = {
  /** Characters of the text. */
  text: 64 * 2 ** 20,
  inputs: schema.properties.inputs.maximum,
  outputs: schema.properties.outputs.maximum,
  points: schema.properties.points.maxItems,
  /** Characters of a number. */
  number: schema.$defs.number.maxLength,
  /** points * inputs * outputs */
  product: 90_000,
};

/** The JSON form of a table, once its structure is known to be right. */
export interface TableJson {
  readonly format: "weightproof-table";
  readonly version: 1;
  readonly inputs: number;
  readonly outputs: number;
  readonly points: readonly {
    readonly at: readonly string[];
    readonly value: readonly string[];
    readonly jacobian: readonly (readonly string[])[];
  }[];
}

/**
 * The table that a JSON text spells.
 *
 * @throws {InputError} one line with the place and the first fault: no JSON, a key twice, an unknown key, a number that is
 *   not in its one spelling, a wrong length, a point twice, beyond TABLE_LIMITS
 */
export function readTable(text: string): Table {
  if (text.length > TABLE_LIMITS.text) {
    throw new InputError(`expected at most ${TABLE_LIMITS.text} characters, got ${text.length}`);
  }
  const parsed = parseJsonText(text);
  const [error] = validate(parsed);
  if (error !== undefined) throw toInputError(error);
  const json = parsed as TableJson;
  const { inputs, outputs } = json;
  const product = json.points.length * inputs * outputs;
  if (product > TABLE_LIMITS.product) {
    throw new InputError(`points: expected points * inputs * outputs at most ${TABLE_LIMITS.product}, got ${product}`);
  }
  const points = json.points.map(({ at, value, jacobian }, p) => ({
    at: readNumbers(at, `points[${p}].at`),
    value: readNumbers(value, `points[${p}].value`),
    jacobian: jacobian.map((row, j) => readNumbers(row, `points[${p}].jacobian[${j}]`)),
  }));
  const table = { inputs, outputs, points };
  const fault = findTableFault(table);
  if (fault !== undefined) throw new InputError(`${fault.path}: ${fault.message}`);
  return table;
}

function readNumbers(texts: readonly string[], path: string): Rational[] {
  return texts.map((text, k) => {
    try {
      return parseRational(text);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new InputError(`${path}[${k}]: ${error.message.replace(/^parseRational: /, "")}`);
    }
  });
}

/** The first difference from the schema, worded for people. */
function toInputError(error: SchemaDifference): InputError {
  const params = error.params as Readonly<Record<string, unknown>>;
  const path = error.instancePath
    .split("/")
    .slice(1)
    .reduce((place, step) => (/^[0-9]+$/.test(step) ? `${place}[${step}]` : join(place, step)), "");
  const keys = listInput(Object.keys((error.parentSchema as { properties?: object }).properties ?? {}));
  switch (error.keyword) {
    case "additionalProperties":
      return at(join(path, String(params["additionalProperty"])), `unknown key; expected ${keys}`);
    case "required":
      return at(path, `missing key ${quoteInput(String(params["missingProperty"]))}`);
    case "const":
      return at(path, `expected ${JSON.stringify(params["allowedValue"])}, got ${describe(error.data)}`);
    case "pattern":
      return at(path, `expected an integer n or a fraction n/d in lowest terms, got ${describe(error.data)}`);
    case "type":
      return at(path, `expected ${TYPES[String(params["type"])]}, got ${describe(error.data)}`);
    default:
      // Limits: minimum, maximum, minItems, maxItems, maxLength.
      return at(path, `${limitOf(error.keyword)} ${String(params["limit"])}, got ${measure(error.data)}`);
  }
}

const TYPES: Readonly<Record<string, string>> = {
  array: "an array",
  integer: "an integer",
  object: "an object",
  string: "a number in a string",
};

function limitOf(keyword: string): string {
  const bound = keyword.startsWith("min") ? "at least" : "at most";
  const unit = keyword.endsWith("Items") ? "length " : keyword.endsWith("Length") ? "length " : "";
  return `expected ${unit}${bound}`;
}

function measure(value: unknown): string {
  return typeof value === "string" || Array.isArray(value) ? `length ${value.length}` : describe(value);
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return "an object";
  return typeof value === "string" ? quoteInput(value) : String(value);
}

function join(place: string, key: string): string {
  const step = /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) && key.length <= 40 ? key : quoteInput(key);
  return place === "" ? step : `${place}.${step}`;
}

function at(path: string, message: string): InputError {
  return new InputError(path === "" ? message : `${path}: ${message}`);
}
