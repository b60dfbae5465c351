import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { NETWORK_LIMITS } from "../../../../certificates/network-json.js";
import { readTable, TABLE_LIMITS } from "../../../../inputs/tables/read-table.js";
import schema from "../../../../inputs/tables/table.schema.json" with { type: "json" };
import { writeTable } from "../../../../inputs/tables/write-table.js";
import { InputError } from "../../../../inputs/input-error.js";

/** Three points, three inputs, three outputs: every index has a first, a middle and a last. */
function sample(): Record<string, unknown> {
  const point = (...at: string[]): unknown => ({
    at,
    value: ["1", "-1/2", "0"],
    jacobian: [
      ["0", "1", "0"],
      ["1", "0", "0"],
      ["0", "0", "7/3"],
    ],
  });
  return {
    format: "weightproof-table",
    version: 1,
    inputs: 3,
    outputs: 3,
    points: [point("0", "0", "0"), point("0", "0", "1"), point("1/3", "0", "0")],
  };
}

type Place = readonly (string | number)[];

/** The text of the sample with the value at a place replaced; `undefined` removes a key. */
function edited(place: Place, value: unknown): string {
  const copy = sample();
  let parent = copy as Record<string | number, unknown>;
  for (const step of place.slice(0, -1)) parent = parent[step] as Record<string | number, unknown>;
  const last = place.at(-1) as string | number;
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return JSON.stringify(copy);
}

function message(text: string): string {
  try {
    readTable(text);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as InputError).message;
  }
  throw new Error("expected a rejection");
}

describe("readTable", () => {
  it("should read the form that its documentation shows", () => {
    const text =
      '{"format":"weightproof-table","version":1,"inputs":2,"outputs":1,' +
      '"points":[{"at":["1/3","0"],"value":["1"],"jacobian":[["0","1"]]}]}';
    expect(JSON.parse(writeTable(readTable(text)))).toEqual(JSON.parse(text));
    expect(JSON.parse(writeTable(readTable(JSON.stringify(sample()))))).toEqual(sample());
  });

  it.each<[Place, unknown, string]>([
    [["format"], "weightproof-network", 'format: expected "weightproof-table", got "weightproof-network"'],
    [["format"], undefined, 'missing key "format"'],
    [["version"], 2, "version: expected 1, got 2"],
    [["version"], "1", 'version: expected 1, got "1"'],
    [["inputs"], undefined, 'missing key "inputs"'],
    [["inputs"], "3", 'inputs: expected an integer, got "3"'],
    [["inputs"], 0, "inputs: expected at least 1, got 0"],
    [["inputs"], 33, "inputs: expected at most 32, got 33"],
    [["outputs"], 1.5, "outputs: expected an integer, got 1.5"],
    [["outputs"], 65, "outputs: expected at most 64, got 65"],
    [["points"], {}, "points: expected an array, got an object"],
    [["points"], [], "points: expected length at least 1, got length 0"],
    [["note"], "x", "note: unknown key; expected format, version, inputs, outputs or points"],
    [["no\nte"], "x", '"no\\nte": unknown key; expected format, version, inputs, outputs or points'],
  ])("should reject the document with %j set to %j", (place, value, expected) => {
    expect(message(edited(place, value))).toBe(expected);
  });

  describe.each([0, 1, 2])("at point %i", (p) => {
    const at = `points[${p}]`;

    it("should name the key that is missing, unknown or of another type", () => {
      expect(message(edited(["points", p], []))).toBe(`${at}: expected an object, got an array`);
      expect(message(edited(["points", p, "slope"], 1))).toBe(
        `${at}.slope: unknown key; expected at, value or jacobian`,
      );
      for (const key of ["at", "value", "jacobian"]) {
        expect(message(edited(["points", p, key], undefined))).toBe(`${at}: missing key "${key}"`);
        expect(message(edited(["points", p, key], "1"))).toBe(`${at}.${key}: expected an array, got "1"`);
      }
    });

    it("should name the list that has another length", () => {
      expect(message(edited(["points", p, "at"], ["0"]))).toBe(`${at}.at: expected 3 elements, got 1`);
      expect(message(edited(["points", p, "value"], []))).toBe(`${at}.value: expected 3 elements, got 0`);
      expect(message(edited(["points", p, "jacobian"], [[]]))).toBe(`${at}.jacobian: expected 3 elements, got 1`);
      for (const j of [0, 1, 2]) {
        const found = message(edited(["points", p, "jacobian", j], ["0", "0"]));
        expect(found).toBe(`${at}.jacobian[${j}]: expected 3 elements, got 2`);
      }
    });

    it.each([0, 1, 2])("should name the number that is not in its one spelling, at index %i", (k) => {
      const places: [Place, string][] = [
        [["points", p, "at", k], `${at}.at[${k}]`],
        [["points", p, "value", k], `${at}.value[${k}]`],
        ...[0, 1, 2].map((j): [Place, string] => [["points", p, "jacobian", j, k], `${at}.jacobian[${j}][${k}]`]),
      ];
      for (const [place, path] of places) {
        for (const bad of ["0.5", "1/1", "-0", "+1", "01", "1e3", "", " 1", "1/0"]) {
          const expected = `${path}: expected an integer n or a fraction n/d in lowest terms, got "${bad}"`;
          expect(message(edited(place, bad))).toBe(expected);
        }
        expect(message(edited(place, "2/4"))).toBe(`${path}: expected the reduced form 1/2, got 2/4`);
        expect(message(edited(place, 1))).toBe(`${path}: expected a number in a string, got 1`);
        expect(message(edited(place, "9".repeat(101)))).toBe(`${path}: expected length at most 100, got length 101`);
      }
    });
  });

  it.each([
    [0, 1],
    [0, 2],
    [1, 2],
  ])("should name both of two equal points %i and %i", (first, second) => {
    const points = sample()["points"] as { at: string[] }[];
    const text = edited(["points", second, "at"], points[first]?.at);
    expect(message(text)).toMatch(
      new RegExp(
        `^points\\[${second}\\]\\.at: expected distinct points, got \\(.*\\) here and at points\\[${first}\\]$`,
      ),
    );
  });

  it("should reject a key that stands twice, and text that is no JSON, with line and column", () => {
    const twice = JSON.stringify(sample()).replace('"value"', '"at":["0","0","0"],"value"');
    expect(message(twice)).toMatch(/^line 1, column [0-9]+: expected each key once, got "at" again$/);
    expect(message("{\n  oops")).toBe('line 2, column 3: expected a key in double quotes, got "oops"');
  });

  it("should reject what is beyond its limits", () => {
    expect(message(" ".repeat(TABLE_LIMITS["text"] + 1))).toBe("expected at most 67108864 characters, got 67108865");
    const point = { at: ["0"], value: ["0"], jacobian: [["0"]] };
    const many = edited(
      ["points"],
      Array.from({ length: TABLE_LIMITS.points + 1 }, () => point),
    );
    expect(message(many)).toBe("points: expected length at most 20000, got length 20001");
    const zeros = (n: number): string[] => Array.from({ length: n }, () => "0");
    const wide = (points: number): string =>
      JSON.stringify({
        ...sample(),
        inputs: 32,
        outputs: 64,
        points: Array.from({ length: points }, (_, p) => ({
          at: [String(p), ...zeros(31)],
          value: zeros(64),
          jacobian: zeros(64).map(() => zeros(32)),
        })),
      });
    expect(message(wide(44))).toBe("points: expected points * inputs * outputs at most 90000, got 90112");
    expect(readTable(wide(43)).points).toHaveLength(43);
  });

  it("should keep every network within the limits of its JSON form", () => {
    // W1 has 10 rows for each unit of the product at most, W1' 2, W1+ 6, W2' 2; W2+ has one for each output.
    const { inputs, outputs, product } = TABLE_LIMITS;
    expect(10 * product).toBeLessThanOrEqual(NETWORK_LIMITS.width);
    expect((10 + 2 + 6 + 2) * product + outputs).toBeLessThanOrEqual(NETWORK_LIMITS.rows);
    // Entries: 10, 2 * 4, 6 * inputs, 2 * 2 and 1 for each unit of the product.
    expect((10 + 8 + 6 * inputs + 4 + 1) * product).toBeLessThanOrEqual(NETWORK_LIMITS.entries);
  });

  it("should name the same limit in the schema's description as it applies", () => {
    expect(schema.description).toContain(`at most ${TABLE_LIMITS.product}.`);
    expect(() => new Ajv2020({ strict: true }).compile(schema)).not.toThrow();
  });
});
