/** The shape of a certificate, at each of its limits. */
import { describe, expect, it } from "vitest";
import { type Json, type Path } from "../forge.js";
import { expectShape, said, saidOfShape } from "./said.js";

const long = (length: number, text = "x"): string => text.repeat(length);

describe("the shape of certificates", () => {
  it("should take integers from the least to the most", () => {
    const counts: readonly Path[] = [
      ["code", "stateDigits"],
      ["verdicts", "step", "cases"],
      ["verdicts", "replay", 0, "haltsAtLayer"],
    ];
    for (const path of counts) {
      expectShape(path, [0, 1, 2 ** 53 - 1]);
      expectShape(path, [-1, 0.5, 2 ** 53, "0", true, [0]], `schema ${path.join(".").replace(".0.", "[0].")}`);
    }
    expectShape(["verdicts", "replay", 0, "haltsAtLayer"], [null]);
    expectShape(["code", "stateDigits"], [null], "schema code.stateDigits");
    expectShape(["code", "states"], [1, 4096]);
    expectShape(["code", "states"], [0, 4097], "schema code.states");
  });

  it("should take one of some values", () => {
    const others: readonly (readonly [Path, Json])[] = [
      [["format"], "weightproof-network"],
      [["version"], 2],
      [["version"], "1"],
      [["reading", "name"], ""],
      [["alphabet"], ""],
      [["filter", "format"], ""],
      [["filter", "version"], 0],
      [["verdicts", "weights", "withinWidthBound"], 1],
    ];
    for (const [path, value] of others) expectShape(path, [value], `schema ${path.join(".")}`);
    for (const key of ["system", "statement"]) {
      expectShape([key], ["", "?", "Filter", "toString"], `unknown-${key} ${key}`);
      expectShape([key], [null, 1, [], {}], `schema ${key}`);
    }
    expectShape(["alphabet"], ["full", "well-formed"]);
    expectShape(["verdicts", "weights", "withinWidthBound"], [true, false]);
    expectShape(["source", "table", 0, 1, 0, 1], [-1, 0, 1]);
    expectShape(["source", "table", 0, 1, 0, 1], [2, "0", null], "schema source.table[0][1][0][1]");
    expectShape(["source", "table", 0, 1, 0, 2], ["up", "down", "left", "right", "stay"]);
    expectShape(["source", "table", 0, 1, 0, 2], ["", "UP"], "schema source.table[0][1][0][2]");
    expectShape(["head", "layers", 0, "relu"], [0, "true"], "schema head.layers[0].relu");
  });

  it("should take numerals in one spelling", () => {
    const digit = ["0", "1", "9", "10", "19", "907"];
    const none = ["", "00", "01", "-0", "-1x", "x1", "1x", "+1", " 1", "1 ", "1.0", "1e3", "x"];
    expectShape(["code", "scale"], digit);
    expectShape(["code", "scale"], [...none, "-1", "1/2"], "schema code.scale");
    const bias: Path = ["filter", "layers", 0, "rows", 0, 0];
    expectShape(bias, [...digit, "-1", "-10", "-97", "1/2", "-1/2", "3/10", "3/19", "3/100", "12/907", "4/2"]);
    const ratios = [
      "1/0",
      "1/1",
      "1/02",
      "1/",
      "/2",
      "1/-2",
      "1/2x",
      "1/2/3",
      "--1",
      "-",
      "-01",
      "01/2",
      "x1/2",
      "1/x",
    ];
    expectShape(bias, [...none, ...ratios, 0], "schema filter.layers[0].rows[0][0]");
    expectShape(["code", "scale"], [long(4000, "1")]);
    expectShape(["code", "scale"], [long(4001, "1")], "schema code.scale");
    expectShape(bias, [long(4002, "1")]);
    expectShape(bias, [long(4003, "1")], "schema filter.layers[0].rows[0][0]");
  });

  it("should take texts of so many code points, without characters that are none", () => {
    const control = ["\u0000x", "x\u001f", "x\u0007x", "\ud800x", "x\udc00", "x\ud800x"];
    const lines = ["\tx", "x\n", "x\rx", "\n"];
    const separators = ["\u2028x", "x\u2029", "\u2029x", "x\u2028"];
    const emoji = "\u{1f600}";
    expectShape(["source", "name"], ["x", "xy", " ", "é", emoji, long(200), long(200, emoji)]);
    expectShape(
      ["source", "name"],
      ["", ...control, ...lines, ...separators, long(201), long(201, emoji), 0],
      "schema source.name",
    );
    expectShape(["source", "about"], ["", "x", ...lines, ...separators, "\r\n\t", long(4000), long(4000, emoji)]);
    expectShape(["source", "about"], [...control, `\n${control[0]}`, long(4001), 0], "schema source.about");
    expectShape(["head", "layers", 0, "name"], ["", "x", "xy", emoji, long(64), long(64, emoji)]);
    expectShape(
      ["head", "layers", 0, "name"],
      [...control, ...lines, ...separators, long(65), 0],
      "schema head.layers[0].name",
    );
    const hex = "0123456789abcdef".repeat(4);
    expectShape(["digests", "head"], [`sha256:${hex}`]);
    const digests = [hex, `sha256:${hex}0`, `sha256:${hex.slice(1)}`, `xsha256:${hex}`, `sha256:${hex.toUpperCase()}`];
    expectShape(["digests", "head"], [...digests, ""], "schema digests.head");
    const row: Path = ["verdicts", "replay", 0, "tape", 0];
    expectShape(row, ["", "-", ".", "+", "+-.", long(5000, ".")]);
    expectShape(row, ["x", "x.", ".x", ".x.", "0", 0, null], "schema verdicts.replay[0].tape[0]");
  });

  it("should take lists from the least to the most elements", () => {
    const some = (length: number, value: Json): Json => Array.from({ length }, () => value);
    const limits: readonly (readonly [Path, Json, least: number, most: number])[] = [
      [["reading", "amendments"], "x", 0, 256],
      [["source", "states"], "x", 0, 4096],
      [["source", "halting"], "x", 0, 4096],
      [["source", "table"], ["x", [[0, 0, "up", "x"]]], 0, 4096],
      [["source", "table", 0, 1], [0, 0, "up", "x"], 1, 3],
      [["machine", "halting"], 0, 0, 4096],
      [["machine", "table"], [[0, "up", 0], [0, "up", 0], [0, "up", 0]], 1, 4096],
      [["machine", "table", 0], [0, "up", 0], 3, 3],
      [["verdicts", "weights", "widths"], 0, 0, 64],
      [["head", "layers"], { name: "", inputs: 1, relu: true, rows: [["0"]] }, 1, 64],
      [["head", "layers", 0, "rows"], ["0"], 1, 5000],
    ]; // prettier-ignore
    for (const [path, value, least, most] of limits) {
      expectShape(path, [some(least, value), some(most, value)]);
      const none = [most + 1, ...(least > 0 ? [least - 1] : [])].map((length) => some(length, value));
      const place = path
        .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
        .join("")
        .slice(1);
      if (most !== 5000) expectShape(path, none, `schema ${place}`);
      expectShape(path, [{}, "x", null], `schema ${place}`);
    }
    expectShape(["machine", "table", 0, 0], [[0, "up"], [0, "up", 0, 0], []], "schema machine.table[0][0]"); // prettier-ignore
    expectShape(["machine", "table", 0, 0], [["x", "up", 0]], "schema machine.table[0][0][0]");
    const row: Path = ["head", "layers", 0, "rows", 0];
    expectShape(row, [["0"], ["0", [1, "2"]], ["0", [0, "0"], [0, "1"]]]);
    expectShape(row, [[]], "schema head.layers[0].rows[0]");
    expectShape(row, [["0", [0, "1"], [0]], ["0", [0, "1"], [0, "1", 0]]], "schema head.layers[0].rows[0][2]"); // prettier-ignore
    expectShape(row, [["0", ["0", "1"]]], "schema head.layers[0].rows[0][1][0]");
    expectShape(["head", "layers", 0, "inputs"], [0, 1_000_000]);
    expectShape(["head", "layers", 0, "inputs"], [1_000_001], "schema head.layers[0].inputs");
  });

  it("should take objects with their keys and no others, the notes being optional", () => {
    for (const [path, place] of [
      [["code"], "code"],
      [["verdicts", "replay", 0], "verdicts.replay[0]"],
      [["filter", "layers", 0], "filter.layers[0]"],
    ] as const)
      expectShape(path, [null, 0, "x", [], [1], {}], `schema ${place}`);
    for (const text of ["null", "0", "[]", "{}"]) expect(said(text)).toBe("schema ");
    expect(saidOfShape(["code", "extra"], 0)).toBe("schema code");
    expect(saidOfShape(["code", "toString"], 0)).toBe("schema code");
    expect(saidOfShape(["code", "scale"], undefined)).toBe("schema code");
    expect(saidOfShape(["source", "name"], undefined)).toBe("schema source");
    for (const note of ["about", "source"]) expect(saidOfShape(["source", note], undefined)).toMatch(/^not-canonical/);
  });
});
