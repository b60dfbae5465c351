import { describe, expect, it } from "vitest";
import {
  AFFINE_LIMITS,
  AffineBudget,
  decodeAffine,
  decodeFeedForward,
  encodeAffine,
  encodeFeedForward,
  type AffineMapJson,
} from "../../../../certificates/wei-chen-ma/affine-json.js";

const MAP: AffineMapJson = { inputs: 3, rows: [["-1", [0, "3"], [2, "-2147483647"]], ["0"], ["7", [1, "1"]]] };
const LAYERS = {
  layers: [
    { name: "first", ...MAP, relu: true },
    { name: "second", inputs: 3, rows: [["0", [2, "1"]]] as AffineMapJson["rows"], relu: false },
  ],
};

function pathOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return (error as { path: string }).path;
  }
  return "no error";
}

describe("affine maps as JSON", () => {
  it("should read what it writes", () => {
    expect(encodeAffine(decodeAffine(MAP, ""))).toEqual(MAP);
    expect(encodeFeedForward(decodeFeedForward(LAYERS, "network"))).toEqual(LAYERS);
    expect(Object.keys(encodeFeedForward(decodeFeedForward(LAYERS, "")).layers[0] as object)).toEqual([
      "name",
      "inputs",
      "relu",
      "rows",
    ]);
  });

  it("should name the place of whatever the schema cannot say", () => {
    const rows = (r: number, row: AffineMapJson["rows"][number]): AffineMapJson => ({
      ...MAP,
      rows: MAP.rows.map((old, i) => (i === r ? row : old)),
    });
    for (const r of [0, 1, 2]) {
      const at = `m.rows[${r}]`;
      expect(pathOf(() => decodeAffine(rows(r, ["0", [3, "1"]]), "m"))).toBe(`${at}[1][0]`);
      expect(pathOf(() => decodeAffine(rows(r, ["0", [1, "1"], [1, "1"]]), "m"))).toBe(`${at}[2][0]`);
      expect(pathOf(() => decodeAffine(rows(r, ["0", [1, "1"], [0, "1"]]), "m"))).toBe(`${at}[2][0]`);
      expect(pathOf(() => decodeAffine(rows(r, ["0", [0, "1"], [1, "0"]]), "m"))).toBe(`${at}[2][1]`);
      expect(pathOf(() => decodeAffine(rows(r, ["2147483648"]), "m"))).toBe(`${at}[0]`);
      expect(pathOf(() => decodeAffine(rows(r, ["0", [0, "-2147483648"]]), "m"))).toBe(`${at}[1][1]`);
    }
    expect(pathOf(() => decodeAffine({ ...MAP, inputs: AFFINE_LIMITS.width + 1 }, "m"))).toBe("m.inputs");
    expect(pathOf(() => decodeFeedForward({ layers: [] }, "n"))).toBe("n.layers");
    expect(
      pathOf(() => decodeFeedForward({ layers: [LAYERS.layers[0], { ...LAYERS.layers[1], inputs: 2 }] as never }, "n")),
    ).toBe("n.layers[1].inputs");
    expect(pathOf(() => decodeFeedForward({ layers: [{ ...LAYERS.layers[0], rows: [] }] as never }, "n"))).toBe(
      "n.layers[0].rows",
    );
    expect(pathOf(() => encodeAffine({ inputs: 1, rows: [{ bias: 0.5, entries: [] }] }, "m"))).toBe("m.rows[0][0]");
  });

  it("should keep to the limits on rows and entries of all maps together", () => {
    const budget = new AffineBudget();
    const wide = { bias: 0, entries: { length: AFFINE_LIMITS.entries } as never };
    budget.take(wide, "first");
    expect(pathOf(() => budget.take({ bias: 0, entries: [[0, 1]] }, "second"))).toBe("second");
    const long = new AffineBudget();
    for (let i = 0; i < AFFINE_LIMITS.rows; i++) long.take({ bias: 0, entries: [] }, "row");
    expect(pathOf(() => long.take({ bias: 0, entries: [] }, "one more"))).toBe("one more");
  });
});
