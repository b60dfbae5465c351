/** Certificates whose filter or head was changed and whose digests were repaired: every code that their numbers can have. */
import { describe, expect, it } from "vitest";
import { at, dataOf, fate, fateAfter, fateWith, fullText, put, TEXT, type Json, type Place } from "./certificates.js";

const DATA = dataOf(TEXT);
type Row = [string, ...[number, string][]];
const rowsOf = (part: "filter" | "head", layer: number): Row[] => at(DATA, [part, "layers", layer, "rows"]) as Row[];
const rowAt = (part: "filter" | "head", layer: number, row: number): Place => [part, "layers", layer, "rows", row];

/** First, middle and last. */
const ends = (length: number): number[] => [0, Math.floor(length / 2), length - 1];

describe("checkCertificate on networks that are none", () => {
  for (const part of ["filter", "head"] as const) {
    it(`should reject a ${part} that is not spelled or shaped as a network, in every layer`, () => {
      const layers = at(DATA, [part, "layers"]) as { inputs: number; rows: Row[] }[];
      for (const [l, { inputs, rows }] of layers.entries()) {
        for (const r of ends(rows.length)) {
          const place = rowAt(part, l, r);
          const [bias, ...entries] = rows[r] as Row;
          const path = `${part}.layers[${l}].rows[${r}]`;
          const doubled: [number, string][] = [[0, "1"], ...entries.slice(-1), ...entries.slice(-1)];
          const faults: readonly (readonly [string, Json])[] = [
            ["[0]", ["2/4", ...entries]],
            ["[1][1]", [bias, [0, "0"]]],
            ["[1][0]", [bias, [inputs, "1"]]],
            ["[1][0]", [bias, [2 ** 53 - 1, "1"]]],
            ["[2][0]", [bias, [0, "1"], [0, "1"]]],
            ...(doubled.length === 3 && doubled[1]?.[0] !== 0 ? [["[3][0]", [bias, ...doubled] as Json] as const] : []),
          ];
          for (const [where, row] of faults) expect(fateWith(place, row)).toBe(fate("network", `${path}${where}`));
        }
        expect(fateWith([part, "layers", l, "inputs"], inputs + 1)).toBe(
          l === 0 && part === "filter"
            ? fate("shape", "filter.layers[0].inputs")
            : l === 0
              ? fate("head-shape", "head.layers[0].inputs")
              : fate("network", `${part}.layers[${l}].inputs`),
        );
        expect(fateWith([part, "layers", l, "rows"], [])).toMatch(/^schema /);
      }
    });
  }

  it("should reject spellings of numbers that no network has, by the schema already", () => {
    for (const bad of [
      "",
      "+1",
      "-0",
      "01",
      "1/1",
      "1/0",
      "1/-2",
      "1.0",
      "1e3",
      " 1",
      "1 ",
      "0x1",
      "1_0",
      "٣",
      "1/02",
      "∞",
      "NaN",
    ])
      for (const place of [rowAt("filter", 0, 0), rowAt("head", 1, 0)]) {
        expect(fateWith([...place, 0], bad), bad).toMatch(/^schema /);
        expect(fateWith([...place, 1, 1], bad), bad).toMatch(/^schema /);
      }
  });
});

describe("checkCertificate on filters", () => {
  it("should reject a filter with a layer missing or one too many", () => {
    const layers = at(DATA, ["filter", "layers"]) as Json[];
    expect(fateWith(["filter", "layers"], layers.slice(0, 4))).toBe(fate("layer-count", "filter.layers"));
    const identity: Json = { name: "V6", inputs: 1, relu: false, rows: [["0", [0, "1"]]] };
    expect(fateWith(["filter", "layers"], [...layers, identity])).toBe(fate("layer-count", "filter.layers"));
  });

  it("should reject any ReLU moved, and a second output", () => {
    for (const [l, relu] of [true, false, true, false, false].entries())
      expect(fateWith(["filter", "layers", l, "relu"], !relu)).toBe(fate("shape", `filter.layers[${l}].relu`));
    const [only] = rowsOf("filter", 4) as [Row];
    expect(fateWith(["filter", "layers", 4, "rows"], [only, only])).toBe(fate("shape", "filter.layers[4].rows"));
  });

  it("should reject a weight that is not in U_s, first, middle and last of each layer", () => {
    for (const l of [0, 1, 2, 3, 4]) {
      for (const r of ends(rowsOf("filter", l).length)) {
        const place = rowAt("filter", l, r);
        expect(fateWith([...place, 0], "1/7")).toBe(fate("weight-outside-set", `filter.layers[${l}].rows[${r}][0]`));
        if (at(DATA, [...place, 1]) !== undefined)
          expect(fateWith([...place, 1, 1], "1/7")).toBe(
            fate("weight-outside-set", `filter.layers[${l}].rows[${r}][1]`),
          );
      }
    }
  });

  it("should reject a first-layer unit of two places, and one with its kink at a cell value", () => {
    const count = rowsOf("filter", 0).length;
    for (const r of ends(count)) {
      const two: Json = ["0", [0, "1"], [8, "1"]];
      expect(fateWith(rowAt("filter", 0, r), two)).toBe(fate("first-layer-reads-many", `filter.layers[0].rows[${r}]`));
      for (const place of [0, 4, 8]) {
        // 0 is in every set of weights, and u = 0 is the blank cell.
        const kink: Json = ["0", [place, "1"]];
        expect(fateWith(rowAt("filter", 0, r), kink)).toBe(fate("first-layer-kink", `filter.layers[0].rows[${r}]`));
      }
    }
  });

  it("should reject a gate at its kink, with thresholds of U_s alone", () => {
    // The gate of "msg-1 slope" opens where a sloped bump is 1 and the cell above is settled: at -2 it is just 0 there.
    const gates = rowsOf("filter", 2);
    const index = gates.findIndex(([bias]) => bias === "-3/2");
    expect(index).toBeGreaterThan(0);
    expect(fateWith([...rowAt("filter", 2, index), 0], "-2")).toBe(fate("kink", "filter"));
  });

  it("should reject a derivative that is not f-bar's, with weights of U_s alone", () => {
    // A sloped bump made flat: the value stays, the slope of the memory phase is lost.
    const functions = rowsOf("filter", 1);
    const sloped = functions.flatMap((row, r) => (row.some((entry) => entry[1] === "3") ? [r] : []));
    expect(sloped).toHaveLength(2);
    const flat = new Map([
      ["3", "4"],
      ["-2", "-4"],
      ["-6", "-4"],
      ["5", "4"],
    ]);
    for (const r of sloped) {
      const [bias, ...entries] = functions[r] as Row;
      const row: Json = [bias, ...entries.map(([column, weight]) => [column, flat.get(weight) as string])];
      expect(fateWith(rowAt("filter", 1, r), row)).toBe(fate("derivative", "filter"));
    }
  });

  it("should reject any two gates exchanged that weigh differently; terms are summed alike, and so is their order free", () => {
    const weights = rowsOf("filter", 3).flatMap(([, ...entries]) => entries.map(([, weight]) => weight));
    for (const l of [2, 3]) {
      const rows = rowsOf("filter", l);
      if (l === 2) expect(weights).toHaveLength(rows.length);
      for (let r = l - 2; r + 1 < rows.length; r += l === 2 ? 3 : 5) {
        const found = fateAfter((json) => {
          put(json, rowAt("filter", l, r), rows[r + 1] as Json);
          put(json, rowAt("filter", l, r + 1), rows[r] as Json);
        });
        const isFree = l === 3 || weights[r] === weights[r + 1];
        expect(found, `V${l + 1} rows ${r}, ${r + 1}`).toMatch(
          isFree ? /^accepted$/ : /^(value|derivative|kink) filter$/,
        );
      }
    }
  });

  it("should reject a true filter with one more row, since its widths are counted", () => {
    const rows = rowsOf("filter", 0);
    const found = fateAfter((json) => {
      put(json, ["filter", "layers", 0, "rows"], [...rows, ["0"]] as Json);
      put(json, ["filter", "layers", 1, "inputs"], rows.length + 1);
    });
    expect(found).toBe(fate("counts", "verdicts.weights.widths[0]"));
  });

  it("should leave a filter undecided that has too many gates", () => {
    const rows = rowsOf("filter", 2);
    const found = fateAfter((json) => {
      const idle = Array.from({ length: 4097 - rows.length }, (): Row => ["0"]);
      put(json, ["filter", "layers", 2, "rows"], [...rows, ...idle] as Json);
      put(json, ["filter", "layers", 3, "inputs"], 4097);
    });
    expect(found).toBe("undecided gates");
  });

  it("should reject the same on the full alphabet", () => {
    const full = dataOf(fullText());
    const gates = at(full, ["filter", "layers", 2, "rows"]) as Row[];
    // The gates of the zigzag of "carry flat" weigh 1, -2, 2, -2, ...
    for (const r of [2, gates.findIndex(([bias]) => bias === "-3/2")]) {
      const found = fateAfter((json) => {
        put(json, rowAt("filter", 2, r), gates[r + 1] as Json);
        put(json, rowAt("filter", 2, r + 1), gates[r] as Json);
      }, fullText());
      expect(found).toMatch(/^(value|derivative|kink) filter$/);
    }
    expect(fateWith(rowAt("filter", 0, 0), ["0", [4, "1"]], fullText())).toBe(
      fate("first-layer-kink", "filter.layers[0].rows[0]"),
    );
  });
});

describe("checkCertificate on heads", () => {
  it("should reject heads of another shape, slope or value", () => {
    const head = (place: Place): Place => ["head", "layers", ...place];
    for (const [l, relu] of [true, false].entries())
      expect(fateWith(head([l, "relu"]), !relu)).toBe(fate("head-shape", `head.layers[${l}].relu`));
    const layers = at(DATA, ["head", "layers"]) as Json[];
    expect(fateWith(["head", "layers"], layers.slice(0, 1))).toBe(fate("head-shape", "head.layers"));
    for (const unit of [0, 1, 2, 3]) {
      expect(fateWith(head([0, "rows", unit, 0]), "1/7")).toBe(fate("head-slope", "head"));
      expect(fateWith(head([1, "rows", 0, unit + 1, 1]), "7")).toBe(fate("head-slope", "head"));
    }
    expect(fateWith(head([1, "rows", 0, 0]), "0")).toBe(fate("head-value", "head.layers[1].rows[0].bias"));
    const units = fateAfter((json) => {
      const rows = rowsOf("head", 0);
      put(json, head([0, "rows"]), [...rows, ...rows.slice(0, 3)] as Json);
      put(json, head([1, "inputs"]), 7);
    });
    expect(units).toBe(fate("head-too-many-units", "head.layers[0].rows"));
  });

  it("should reject the filter in the head's place, and the head in the filter's", () => {
    expect(fateWith(["head"], at(DATA, ["filter"]))).toBe(fate("head-shape", "head.layers"));
    expect(fateWith(["filter"], at(DATA, ["head"]))).toBe(fate("layer-count", "filter.layers"));
  });
});
