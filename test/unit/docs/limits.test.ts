/** The table of limits in docs/trust.md against the code, in both directions. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { NETWORK_LIMITS } from "../../../certificates/network-json.js";
import { EMULATION_LIMITS } from "../../../certificates/abbe-sandon/emulation-json.js";
import { AFFINE_LIMITS } from "../../../certificates/wei-chen-ma/affine-json.js";
import { TABLE_LIMITS } from "../../../inputs/tables/read-table.js";
import { CSV_LIMITS } from "../../../inputs/examples/read-examples.js";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");

interface Row {
  readonly value: string;
  readonly file: string;
  readonly name: string;
  readonly verdict: string;
}

const ROWS: readonly Row[] = read("docs/trust.md")
  .split("\n")
  .flatMap((line) => {
    const match = /^\| [^|]+? +\| ([\d,^]+) +\| (\S+\.ts) `([\w.]+)` +\| ([\w ,]+?) +\|$/.exec(line);
    return match === null ? [] : [match.slice(1)];
  })
  .map(([value = "", file = "", name = "", verdict = ""]) => ({ value, file, name, verdict }));

const LISTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  NETWORK_LIMITS,
  AFFINE_LIMITS,
  EMULATION_LIMITS,
  TABLE_LIMITS,
  CSV_LIMITS,
};

/** The value of a product or power of whole numbers, or of other constants of the file. */
function evaluated(expression: string, source: string): bigint {
  const product = expression.split(/(?<!\*)\*(?!\*)/).map((factor) => factor.trim());
  if (product.length > 1) return product.reduce((value, factor) => value * evaluated(factor, source), 1n);
  const [base = "", exponent] = expression.split("**").map((part) => part.trim());
  if (exponent !== undefined) return evaluated(base, source) ** evaluated(exponent, source);
  if (/^[\d_]+n?$/.test(base)) return BigInt(base.replaceAll(/[_n]/g, ""));
  return constant(base, source);
}

function constant(name: string, source: string): bigint {
  const match = new RegExp(`const ${name}(?:: \\w+)? = ([^;]+);`).exec(source);
  if (match === null) throw new Error(`there is no constant ${name}`);
  return evaluated(match[1] as string, source);
}

function stated(value: string): bigint {
  const [base = "", exponent = "1"] = value.replaceAll(",", "").split("^");
  return BigInt(base) ** BigInt(exponent);
}

/** Constants with such names that bound no input: lengths of messages and pictures, sizes that a choice turns on. */
const NO_LIMITS = new Set([
  "MAX_MESSAGE_LENGTH",
  "MAX_SHOWN_PATH",
  "MAX_COMPARED_LENGTH",
  "MAX_STATE_NAME",
  "MAX_WORD",
  "construction/language/statement.ts MAX_NAME_LENGTH",
]);

describe("the limits in docs/trust.md", () => {
  it("should be there, with a verdict that is no acceptance", () => {
    expect(ROWS.length).toBeGreaterThan(45);
    for (const { verdict, name } of ROWS) {
      expect(["undecided", "rejected", "unreadable", "a larger machine", "not told"], name).toContain(verdict);
    }
  });

  it.each(ROWS)("should state $value for $name of $file", ({ value, file, name }) => {
    const [list = "", key] = name.split(".");
    const actual = key === undefined ? constant(name, read(file)) : BigInt(LISTS[list]?.[key] as number);
    expect(actual).toBe(stated(value));
  });

  it("should be all that readers and checkers have", () => {
    const listed = new Set(ROWS.map(({ file, name }) => `${file} ${name.split(".")[0]}`));
    const missing = ["spec", "certificates", "checkers", "construction", "inputs", "systems", "cli"].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".ts"))
        .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
        .flatMap((file) =>
          [...read(file).matchAll(/^(?:export )?const ((?:\w+_)?(?:MAX_\w+|LIMITS?))\b/gm)]
            .map(([, name = ""]) => [file, name] as const)
            .filter(([, name]) => !NO_LIMITS.has(name) && !NO_LIMITS.has(`${file} ${name}`))
            .map(([, name]) => `${file} ${name}`),
        ),
    );
    expect(missing.filter((one) => !listed.has(one))).toEqual([]);
  });
});
