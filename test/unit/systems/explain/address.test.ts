import { describe, expect, it } from "vitest";
import { findAddress, placeOf, spelled } from "../../../../systems/rcnn/explain/address.js";
import { subjectOf } from "./subjects.js";

const { filter, head } = subjectOf();
const widths = filter.layers.map(({ rows }) => rows.length);
const found = (text: string): string => {
  const address = findAddress(text, filter, head);
  return `${spelled(address)} ${placeOf(address)}`;
};

describe("addresses", () => {
  it.each([
    ["filter", "filter filter"],
    ["head", "readout head"],
    ["readout", "readout head"],
    ["V3", "V3 filter.layers[2]"],
    ["v3[0]", "V3[0] filter.layers[2].rows[0]"],
    ["V1[3]", "V1[3] filter.layers[0].rows[3]"],
    ["V3[7][4]", "V3[7][4] filter.layers[2].rows[7][4]"],
    ["V3[7][0]", "V3[7][0] filter.layers[2].rows[7][0]"],
    ["V5[0]", "V5[0] filter.layers[4].rows[0]"],
    ["U2[3]", "U2[3] head.layers[0].rows[3]"],
    ["U1[0][2]", "U1[0][2] head.layers[1].rows[0][2]"],
    ["filter.layers[2].rows[7]", "V3[7] filter.layers[2].rows[7]"],
    ["filter.layers[2].rows[7][4]", "V3[7][4] filter.layers[2].rows[7][4]"],
    ["filter.layers[2].rows[7][4][1]", "V3[7][4] filter.layers[2].rows[7][4]"],
    ["filter.layers[2].rows", "V3 filter.layers[2]"],
    ["filter.layers[2].inputs", "V3 filter.layers[2]"],
    ["layers[0].rows[5]", "V1[5] filter.layers[0].rows[5]"],
    ["head.layers[0].rows[1]", "U2[1] head.layers[0].rows[1]"],
    ["head.layers[1].rows[0].bias", "U1[0][0] head.layers[1].rows[0][0]"],
    ["head.layers[0].rows[1].entries[0]", "U2[1][1] head.layers[0].rows[1][1]"],
  ])("should read %s", (text, expected) => expect(found(text)).toBe(expected));

  it("should take every row, and every number of it, and nothing beyond", () => {
    for (const [part, letter, layers] of [
      ["filter", (l: number) => `V${l + 1}`, filter.layers],
      ["head", (l: number) => `U${2 - l}`, head.layers],
    ] as const) {
      for (const [l, { rows }] of layers.entries()) {
        for (const [r, { entries }] of rows.entries()) {
          const last = entries.length;
          expect(findAddress(`${letter(l)}[${r}][${last}]`, filter, head)).toEqual({
            part,
            layer: l,
            row: r,
            element: last,
          });
          expect(() => findAddress(`${letter(l)}[${r}][${last + 1}]`, filter, head)).toThrow("there is no such entry");
        }
        expect(() => findAddress(`${letter(l)}[${rows.length}]`, filter, head)).toThrow("there is no such row");
      }
    }
  });

  const all = `there are V1[0 ... ${(widths[0] ?? 0) - 1}], V2[0 ... ${(widths[1] ?? 0) - 1}], V3[0 ... ${(widths[2] ?? 0) - 1}], V4[0 ... ${(widths[3] ?? 0) - 1}], V5[0], U2[0 ... 3], U1[0]`;

  it.each([
    ["V6", `"V6": there is no such matrix: ${all}`],
    ["V0[1]", `"V0[1]": there is no such matrix: ${all}`],
    ["U3[0]", `"U3[0]": there is no such matrix: ${all}`],
    ["filter.layers[5].rows[0]", `"filter.layers[5].rows[0]": there is no such matrix: ${all}`],
    ["V5[1]", '"V5[1]": there is no such row: V5[0]'],
    ["V3[4000]", `"V3[4000]": there is no such row: V3[0 ... ${(widths[2] ?? 0) - 1}]`],
    ["V1[0][2]", '"V1[0][2]": there is no such entry: there are the bias V1[0][0] and the entries V1[0][1 ... 1]'],
    ["", `"": expected an address such as V3[0], V3[0][1] or U2[0]: ${all}`],
    ["V3[-1]", `"V3[-1]": expected an address such as V3[0], V3[0][1] or U2[0]: ${all}`],
    ["verdicts.head", `"verdicts.head": expected an address such as V3[0], V3[0][1] or U2[0]: ${all}`],
    ["V3[0]\n", `"V3[0]\\n": expected an address such as V3[0], V3[0][1] or U2[0]: ${all}`],
  ])("should say of %j what there is instead, in one line", (text, message) => {
    expect(() => findAddress(text, filter, head)).toThrow(message);
    expect(message).not.toContain("\n");
  });
});
