import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decodeNetwork,
  encodeNetwork,
  NETWORK_LIMITS,
  NetworkJsonError,
  type NetworkJson,
  type NetworkJsonCode,
} from "../../../certificates/network-json.js";
import { formatRational, rational } from "../../../spec/exact/rational.js";
import type { AffineRow, Network } from "../../../spec/networks/network.js";

const schemaText = readFileSync(new URL("../../../certificates/schemas/network.schema.json", import.meta.url), "utf8");
const fitsSchema = new Ajv2020({ strict: true, strictTuples: false }).compile(JSON.parse(schemaText) as object);

/** Three layers of two to three rows with two entries each, so that every index has a first, a middle and a last. */
function sample(): NetworkJson {
  const rows = (inputs: number): NetworkJson["layers"][number]["rows"] => [
    ["0", [0, "1"], [inputs - 2, "-1/3"], [inputs - 1, "2"]],
    ["-5/7", [0, "12345678901234567890/7"], [1, "3"], [inputs - 1, "1/2"]],
    ["1/16", [0, "-1"], [1, "5"], [2, "7"]],
    ["3"],
  ];
  return {
    format: "weightproof-network",
    version: 1,
    layers: [
      { name: "first", inputs: 3, relu: true, rows: rows(3) },
      { name: "second", inputs: 4, relu: false, rows: rows(4) },
      { name: "third", inputs: 4, relu: true, rows: rows(4) },
    ],
  };
}

type Edit = (value: unknown) => unknown;

/** The sample with the value at a place replaced; `undefined` removes a key. */
function edited(place: readonly (string | number)[], edit: Edit): unknown {
  const copy = structuredClone(sample()) as unknown;
  let parent = copy as Record<string | number, unknown>;
  for (const step of place.slice(0, -1)) parent = parent[step] as Record<string | number, unknown>;
  const last = place.at(-1);
  if (last === undefined) return edit(copy);
  const value = edit(parent[last]);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}

function failure(json: unknown, path?: string): { code: NetworkJsonCode; path: string; message: string } {
  try {
    decodeNetwork(json, path);
  } catch (error) {
    if (!(error instanceof NetworkJsonError)) throw error;
    return { code: error.code, path: error.path, message: error.message };
  }
  throw new Error("expected a rejection");
}

/** Random networks that keep the promises of the type. */
const network: fc.Arbitrary<Network> = fc
  .array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 5 })
  .chain((widths) =>
    fc.tuple(
      ...widths.slice(1).map((rows, i) => {
        const inputs = widths[i] ?? 1;
        const value = fc
          .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.bigInt({ min: 1n, max: 99n }))
          .map(([n, d]) => rational(n, d));
        const row: fc.Arbitrary<AffineRow> = fc.record({
          bias: value,
          entries: fc
            .uniqueArray(fc.tuple(fc.integer({ min: 0, max: inputs - 1 }), value), { selector: ([column]) => column })
            .map((list) => list.filter(([, weight]) => weight.n !== 0n).sort(([a], [b]) => a - b)),
        });
        return fc.record({
          name: fc.string({ maxLength: 8 }),
          inputs: fc.constant(inputs),
          relu: fc.boolean(),
          rows: fc.array(row, { minLength: rows, maxLength: rows }),
        });
      }),
    ),
  )
  .map((layers) => ({ layers }));

function spelled(net: Network): unknown {
  return net.layers.map((layer) => ({
    ...layer,
    rows: layer.rows.map((row) => [formatRational(row.bias), row.entries.map(([c, w]) => [c, formatRational(w)])]),
  }));
}

describe("encodeNetwork and decodeNetwork", () => {
  it("should spell a row as one array of the bias and [column, weight] pairs", () => {
    const row: AffineRow = {
      bias: rational(-1n, 2n),
      entries: [
        [1, rational(3n)],
        [4, rational(2n, 3n)],
      ],
    };
    const json = encodeNetwork({ layers: [{ name: "only", inputs: 5, rows: [row], relu: false }] });
    expect(JSON.stringify(json)).toBe(
      '{"format":"weightproof-network","version":1,"layers":[{"name":"only","inputs":5,"relu":false,' +
        '"rows":[["-1/2",[1,"3"],[4,"2/3"]]]}]}',
    );
  });

  it("should return every network unchanged, through JSON text", () => {
    fc.assert(
      fc.property(network, (net) => {
        const text = JSON.stringify(encodeNetwork(net));
        const back = decodeNetwork(JSON.parse(text));
        expect(spelled(back)).toEqual(spelled(net));
        expect(JSON.stringify(encodeNetwork(back))).toBe(text);
        expect(fitsSchema(JSON.parse(text))).toBe(true);
      }),
    );
  });

  it("should accept the sample that the mutants start from", () => {
    expect(encodeNetwork(decodeNetwork(sample()))).toEqual(sample());
    expect(fitsSchema(sample())).toBe(true);
  });
});

describe("decodeNetwork", () => {
  const layerIndices = [0, 1, 2];
  const rowIndices = [0, 1, 2];
  const entryIndices = [1, 2, 3];

  /** Each row: what is edited, how, the code expected, and the path where it differs from the place. */
  const documents: [string, (string | number)[], Edit, NetworkJsonCode, string?][] = [
    ["a number for the document", [], () => 5, "not-an-object"],
    ["an array for the document", [], () => [], "not-an-object"],
    ["null for the document", [], () => null, "not-an-object"],
    ["no format", ["format"], () => undefined, "missing-key", ""],
    ["no version", ["version"], () => undefined, "missing-key", ""],
    ["no layers", ["layers"], () => undefined, "missing-key", ""],
    ["another format", ["format"], () => "weightproof-machine", "wrong-format"],
    ["a version from the future", ["version"], () => 2, "wrong-version"],
    ["a version in a string", ["version"], () => "1", "wrong-version"],
    ["an unknown key", ["note"], () => "x", "unknown-key"],
    ["layers that are an object", ["layers"], () => ({}), "not-an-array"],
    ["an empty list of layers", ["layers"], () => [], "no-layers"],
    ["too many layers", ["layers"], () => Array.from({ length: NETWORK_LIMITS.layers + 1 }), "too-large"],
  ];
  it.each(documents)("should reject %s", (_, place, edit, code, path) => {
    const found = failure(edited(place, edit));
    expect(found.code).toBe(code);
    expect(found.path).toBe(path ?? place.join("."));
    expect(found.message).not.toContain("\n");
  });

  const layers: [string, string, Edit, NetworkJsonCode, "here" | "above"][] = [
    ["a name that is no string", "name", () => 7, "bad-name", "here"],
    ["a name of two lines", "name", () => "a\nb", "bad-name", "here"],
    ["a name with half a character", "name", () => "a\ud800", "bad-name", "here"],
    ["a name with a control character", "name", () => "\u001b[2J", "bad-name", "here"],
    ["a name that is too long", "name", () => "x".repeat(NETWORK_LIMITS.name + 1), "too-large", "here"],
    ["inputs in a string", "inputs", (n) => String(n), "bad-count", "here"],
    ["inputs below 0", "inputs", () => -1, "bad-count", "here"],
    ["inputs that are no integer", "inputs", () => 1.5, "bad-count", "here"],
    ["too many inputs", "inputs", () => NETWORK_LIMITS.width + 1, "too-large", "here"],
    ["relu that is no boolean", "relu", () => 1, "not-a-boolean", "here"],
    ["rows that are no array", "rows", () => ({ 0: ["0"] }), "not-an-array", "here"],
    ["a layer without rows", "rows", () => [], "no-rows", "here"],
    ["an unknown key", "colour", () => 1, "unknown-key", "here"],
    ["no name", "name", () => undefined, "missing-key", "above"],
    ["no inputs", "inputs", () => undefined, "missing-key", "above"],
    ["no relu", "relu", () => undefined, "missing-key", "above"],
    ["no rows", "rows", () => undefined, "missing-key", "above"],
  ];
  describe.each(layerIndices)("layer %i", (i) => {
    it.each(layers)("should reject %s", (_, key, edit, code, where) => {
      const found = failure(edited(["layers", i, key], edit));
      expect(found.code).toBe(code);
      expect(found.path).toBe(where === "here" ? `layers[${i}].${key}` : `layers[${i}]`);
    });

    it("should reject a layer that is no object", () => {
      expect(failure(edited(["layers", i], () => []))).toMatchObject({ code: "not-an-object", path: `layers[${i}]` });
    });

    it("should reject inputs that are not the rows of the layer before", () => {
      if (i === 0) {
        // The first layer has none before it: fewer inputs leave a column outside instead.
        const found = failure(edited(["layers", 0, "inputs"], () => 2));
        expect(found).toMatchObject({ code: "column-out-of-range", path: "layers[0].rows[0][3][0]" });
        return;
      }
      const found = failure(edited(["layers", i, "inputs"], () => 5));
      expect(found).toMatchObject({ code: "shape-mismatch", path: `layers[${i}].inputs` });
      const shorter = failure(edited(["layers", i - 1, "rows"], (rows) => (rows as unknown[]).slice(1)));
      expect(shorter).toMatchObject({ code: "shape-mismatch", path: `layers[${i}].inputs` });
    });
  });

  const numbers = [
    "2/4",
    "3/1",
    "1/0",
    "0/3",
    "-0",
    "+1",
    "01",
    "1.5",
    "1e3",
    "",
    " 1",
    "1/-2",
    "9".repeat(5000),
    1,
    null,
  ];
  describe.each(layerIndices.flatMap((i) => rowIndices.map((r) => [i, r] as const)))("layer %i, row %i", (i, r) => {
    const row = `layers[${i}].rows[${r}]`;
    it.each(numbers)("should reject the bias %j", (number) => {
      const found = failure(edited(["layers", i, "rows", r, 0], () => number));
      expect(found).toMatchObject({ code: "bad-number", path: `${row}[0]` });
      expect(found.message.length).toBeLessThan(200);
    });

    it("should reject a row that is no array, and one that is empty", () => {
      expect(failure(edited(["layers", i, "rows", r], () => "0"))).toMatchObject({ code: "not-an-array", path: row });
      expect(failure(edited(["layers", i, "rows", r], () => []))).toMatchObject({
        code: "bad-number",
        path: `${row}[0]`,
      });
    });

    it.each(entryIndices)("should reject each fault of entry %i", (e) => {
      const entry = ["layers", i, "rows", r, e];
      const at = `${row}[${e}]`;
      for (const bad of ["1", [], [0], [0, "1", 2], { column: 0 }, null]) {
        expect(failure(edited(entry, () => bad))).toMatchObject({ code: "bad-entry", path: at });
      }
      for (const bad of ["0", -1, 0.5, -0, null]) {
        expect(failure(edited([...entry, 0], () => bad))).toMatchObject({ code: "bad-count", path: `${at}[0]` });
      }
      for (const bad of numbers) {
        expect(failure(edited([...entry, 1], () => bad))).toMatchObject({ code: "bad-number", path: `${at}[1]` });
      }
      expect(failure(edited([...entry, 1], () => "0"))).toMatchObject({ code: "zero-weight", path: `${at}[1]` });
      expect(failure(edited([...entry, 0], () => 4))).toMatchObject({ code: "column-out-of-range", path: `${at}[0]` });
      if (e > 1) {
        const found = failure(edited([...entry, 0], () => 0));
        expect(found).toMatchObject({ code: "columns-not-rising", path: `${at}[0]` });
      }
    });
  });

  it("should reject more rows in all layers together than the limit, at the layer that passes it", () => {
    const rows = Array.from({ length: NETWORK_LIMITS.width }, () => ["0"]);
    const layer = { name: "", inputs: NETWORK_LIMITS.width, relu: false, rows };
    const found = failure({ format: "weightproof-network", version: 1, layers: [layer, layer, layer] });
    expect(found).toMatchObject({ code: "too-large", path: "layers[2].rows" });
  });

  it("should put the path of the larger document before its own", () => {
    const found = failure(
      edited(["layers", 2, "relu"], () => "yes"),
      "filter.network",
    );
    expect(found.message).toBe('filter.network.layers[2].relu: expected true or false, got "yes"');
  });

  it("should quote a hostile key on one line", () => {
    const found = failure({ ...sample(), "a\nb": 1 });
    expect(found).toMatchObject({ code: "unknown-key", path: '"a\\nb"' });
    expect(failure(JSON.parse('{"__proto__":{}}'))).toMatchObject({ code: "unknown-key", path: "__proto__" });
  });

  it("should agree with the schema on everything that a schema can say", () => {
    const beyondSchema = new Set(["zero-weight", "columns-not-rising", "column-out-of-range", "shape-mismatch"]);
    const anything = fc.anything({ maxDepth: 1, withBigInt: false });
    fc.assert(
      fc.property(network, fc.nat(), anything, (net, pick, value) => {
        const json = JSON.parse(JSON.stringify(encodeNetwork(net))) as unknown;
        // Replace one value anywhere in the document.
        const places: [Record<string, unknown>, string][] = [];
        const visit = (node: unknown): void => {
          if (typeof node !== "object" || node === null) return;
          for (const key of Object.keys(node)) {
            places.push([node as Record<string, unknown>, key]);
            visit((node as Record<string, unknown>)[key]);
          }
        };
        visit(json);
        const [node, key] = places[pick % places.length] ?? [{}, ""];
        node[key] = value === undefined ? null : (JSON.parse(JSON.stringify(value) ?? "null") as unknown);
        let code = "accepted";
        try {
          decodeNetwork(json);
        } catch (error) {
          if (!(error instanceof NetworkJsonError)) throw error;
          code = error.code;
        }
        expect(fitsSchema(json)).toBe(code === "accepted" || beyondSchema.has(code));
      }),
      { numRuns: 500 },
    );
  });
});

describe("encodeNetwork", () => {
  const one = rational(1n);
  const faults: [string, Network, NetworkJsonCode][] = [
    ["no layers", { layers: [] }, "no-layers"],
    [
      "half a character in a name",
      { layers: [{ name: "\udc00", inputs: 1, relu: true, rows: [{ bias: one, entries: [] }] }] },
      "bad-name",
    ],
    ["a layer without rows", { layers: [{ name: "", inputs: 1, relu: true, rows: [] }] }, "no-rows"],
    [
      "falling columns",
      {
        layers: [
          {
            name: "",
            inputs: 2,
            relu: true,
            rows: [
              {
                bias: one,
                entries: [
                  [1, one],
                  [0, one],
                ],
              },
            ],
          },
        ],
      },
      "columns-not-rising",
    ],
    [
      "a zero weight",
      { layers: [{ name: "", inputs: 2, relu: true, rows: [{ bias: one, entries: [[1, rational(0n)]] }] }] },
      "zero-weight",
    ],
    [
      "a column outside",
      { layers: [{ name: "", inputs: 2, relu: true, rows: [{ bias: one, entries: [[2, one]] }] }] },
      "column-out-of-range",
    ],
    [
      "layers that do not fit",
      {
        layers: [
          { name: "", inputs: 1, relu: true, rows: [{ bias: one, entries: [] }] },
          { name: "", inputs: 2, relu: true, rows: [{ bias: one, entries: [] }] },
        ],
      },
      "shape-mismatch",
    ],
  ];
  it.each(faults)("should refuse %s", (_, net, code) => {
    expect(() => encodeNetwork(net)).toThrow(expect.objectContaining({ code }) as Error);
  });
});
