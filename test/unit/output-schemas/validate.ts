/** Holds JSON output against the schema of the command that printed it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";

export const folder: string = resolve(dirname(fileURLToPath(import.meta.url)), "../../../output-schemas");

const SHARED = "verdict.schema.json";

/** A schema as far as tests look into it. */
export type JsonSchema = { readonly [key: string]: unknown } & { readonly $id: string };

export const schemas: ReadonlyMap<string, JsonSchema> = new Map(
  readdirSync(folder).map((name) => [name, JSON.parse(readFileSync(join(folder, name), "utf8")) as JsonSchema]),
);

/** What a command's schema is called: "audit search" has audit-search.schema.json. */
export function schemaName(command: string): string {
  return `${command.replaceAll(" ", "-")}.schema.json`;
}

/** The commands that have a schema. */
export const COMMANDS: readonly string[] = [...schemas.keys()]
  .filter((name) => name !== SHARED)
  .map((name) => name.slice(0, -".schema.json".length));

// Strict, so that a misspelled keyword is an error. A list's prefix may be shorter than the list: rows of networks are.
const ajv = new Ajv2020({ strict: true, strictTuples: false });
for (const schema of schemas.values()) ajv.addSchema(schema);

/** Whether a value is what the command may print. */
export function isOutput(command: string, json: unknown): boolean {
  return ajv.validate(schemaName(command), json);
}

/** Whether a value is what the shared definition of a name describes. */
export function isShared(definition: string, json: unknown): boolean {
  return ajv.validate(`${SHARED}#/$defs/${definition}`, json);
}

/** Throws unless a value is what the command may print. */
export function assertOutput(command: string, json: unknown): void {
  const name = schemaName(command);
  if (!existsSync(join(folder, name))) throw new Error(`${command} --json has no schema output-schemas/${name}`);
  if (!isOutput(command, json)) throw new Error(`${command} --json: not of its schema: ${ajv.errorsText()}`);
}

const EXIT = { accepted: 0, rejected: 1, undecided: 3 };

/** Throws unless the exit code is that of the verdict. Some commands print no verdict; audit has one code more. */
export function assertExitCode(command: string, json: unknown, status: number | null): void {
  const { verdict } = json as { readonly verdict?: keyof typeof EXIT };
  const undecidedAudit = command === "audit" && verdict === "rejected" && status === EXIT.undecided;
  if (verdict === undefined || undecidedAudit || status === EXIT[verdict]) return;
  throw new Error(`${command} --json: the verdict is ${verdict}, the exit code ${status}`);
}
