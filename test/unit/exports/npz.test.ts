import { valueAt } from "../../../spec/exact/piecewise-linear.js";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { ExportRefused } from "../../../exports/export-refused.js";
import { encodeNpy } from "../../../exports/numpy/npy.js";
import { npzArchive } from "../../../exports/rcnn/npz.js";
import { rational, type Rational } from "../../../spec/exact/rational.js";
import type { Network } from "../../../spec/networks/network.js";
import { evaluate } from "../../../spec/networks/network.js";
import { readoutInUnits } from "../../../spec/rcnn/readout.js";
import { certificate, exported, withNumber } from "./samples.js";

interface Read {
  readonly type: string;
  readonly shape: readonly number[];
  readonly values: readonly (bigint | number)[];
  readonly text: string;
}

/** Reads .npy by the words of NumPy's format document. */
function readNpy(bytes: Uint8Array): Read {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  expect(Buffer.from(bytes.subarray(0, 6)).toString("latin1")).toBe("\x93NUMPY");
  expect([bytes[6], bytes[7]]).toEqual([1, 0]);
  const start = 10 + view.getUint16(8, true);
  expect(start % 64).toBe(0);
  const header = Buffer.from(bytes.subarray(10, start)).toString("latin1");
  const match = /^\{'descr': '(<f8|<i8|<U\d+)', 'fortran_order': False, 'shape': \(([\d, ]*)\), \} *\n$/.exec(header);
  if (match === null) throw new Error(`readNpy: ${header}`);
  const [, type = "", shape = ""] = match;
  const sizes = shape
    .split(",")
    .filter((size) => size.trim() !== "")
    .map(Number);
  if (sizes.length === 1) expect(shape).toMatch(/,$/);
  const count = sizes.reduce((a, b) => a * b, 1);
  if (type.startsWith("<U")) {
    const letters = Array.from({ length: Number(type.slice(2)) }, (_, i) => view.getUint32(start + 4 * i, true));
    expect(bytes.length).toBe(start + 4 * letters.length);
    return { type: "<U", shape: sizes, values: [], text: String.fromCodePoint(...letters) };
  }
  expect(bytes.length).toBe(start + 8 * count);
  const values = Array.from({ length: count }, (_, i) =>
    type === "<f8" ? view.getFloat64(start + 8 * i, true) : view.getBigInt64(start + 8 * i, true),
  );
  return { type, shape: sizes, values, text: "" };
}

const readNpz = (bytes: Uint8Array): ReadonlyMap<string, Read> =>
  new Map(Object.entries(unzipSync(bytes)).map(([name, file]) => [name.replace(/\.npy$/, ""), readNpy(file)]));

/** A number of an array, from its integers. */
function exact(arrays: ReadonlyMap<string, Read>, name: string, index: number): Rational {
  const numerator = arrays.get(`${name}.numerator`)?.values[index] as bigint;
  return rational(numerator, arrays.get(`${name}.denominator`)?.values[0] as bigint);
}

describe("npzArchive", () => {
  const arrays = readNpz(npzArchive(certificate));
  const layers = [...exported.filter.layers, ...exported.head.layers];

  it("should hold every weight and bias twice, as integers over one denominator and as the same float64", () => {
    expect(layers.map(({ name }) => name)).toEqual(["V1", "V2", "V3", "V4", "V5", "U2", "U1"]);
    expect(arrays.size).toBe(7 * layers.length + 1);
    for (const { name, inputs, rows, relu } of layers) {
      const [weights, biases] = [arrays.get(`${name}.weight`), arrays.get(`${name}.bias`)];
      expect(weights).toMatchObject({ type: "<f8", shape: [rows.length, inputs] });
      expect(biases).toMatchObject({ type: "<f8", shape: [rows.length] });
      expect(arrays.get(`${name}.weight.numerator`)).toMatchObject({ type: "<i8", shape: [rows.length, inputs] });
      expect(arrays.get(`${name}.relu`)).toMatchObject({ type: "<i8", shape: [], values: [relu ? 1n : 0n] });
      for (const [r, { bias, entries }] of rows.entries()) {
        expect(exact(arrays, `${name}.bias`, r).equals(bias)).toBe(true);
        expect(biases?.values[r]).toBe(bias.valueOf());
        const row = new Map(entries);
        for (let k = 0; k < inputs; k++) {
          const weight = row.get(k) ?? rational(0n);
          const index = r * inputs + k;
          const found = exact(arrays, `${name}.weight`, index);
          if (!found.equals(weight) || weights?.values[index] !== weight.valueOf()) {
            expect.fail(`${name}[${r}][${k}] is ${found.toFraction()}, not ${weight.toFraction()}`);
          }
        }
      }
    }
  });

  it("should hold the head in u-units: F = 3^(K-2) f-bar_head", () => {
    const layer = (name: string, relu: boolean): Network["layers"][number] => ({
      name,
      relu,
      inputs: arrays.get(`${name}.weight`)?.shape[1] ?? 0,
      rows: Array.from({ length: arrays.get(`${name}.bias`)?.shape[0] ?? 0 }, (_, r) => ({
        bias: exact(arrays, `${name}.bias`, r),
        entries: Array.from({ length: arrays.get(`${name}.weight`)?.shape[1] ?? 0 }, (__, k) => {
          const index = r * (arrays.get(`${name}.weight`)?.shape[1] ?? 0) + k;
          return [k, exact(arrays, `${name}.weight`, index)] as const;
        }),
      })),
    });
    const network = { layers: [layer("U2", true), layer("U1", false)] };
    const wanted = readoutInUnits(exported.code);
    for (let u = -200n; u <= 200n; u += 7n) {
      expect(evaluate(network, [rational(u)])).toEqual([valueAt(wanted, rational(u))]);
    }
  });

  it("should say of what it is", () => {
    const facts = JSON.parse(arrays.get("facts")?.text ?? "") as Record<string, string>;
    expect(facts).toMatchObject({
      "weightproof.machine": "bb2",
      "weightproof.units": "u = 486 x",
      "weightproof.digest.head": certificate.digests.head,
    });
  });

  it("should have the same bytes each time", () => {
    expect(Buffer.from(npzArchive(certificate)).equals(npzArchive(certificate))).toBe(true);
  });

  it.each([
    ["1/3", "V3, row 3: 1/3 is no float64 number"],
    ["9007199254740993", "V3, row 3: 9007199254740993 is no float64 number"],
    ["1/9223372036854775808", "V3.bias: 1/9223372036854775808 does not fit in int64 numbers"],
  ])("should refuse the bias %s", (bias, message) => {
    const changed = withNumber([2, 3], bias);
    const write = (): unknown => npzArchive(changed);
    expect(write).toThrow(ExportRefused);
    if (message.startsWith("V3.bias")) expect(write).toThrow(/does not fit in int64 numbers$/);
    else expect(write).toThrow(message);
  });
});

describe("encodeNpy", () => {
  it("should spell the shapes of numbers, vectors and matrices as NumPy does", () => {
    const header = (shape: number[]): string => {
      const values = new Float64Array(shape.reduce((a, b) => a * b, 1));
      return Buffer.from(encodeNpy({ type: "float64", shape, values })).toString("latin1");
    };
    expect(header([])).toContain("'shape': (), }");
    expect(header([3])).toContain("'shape': (3,), }");
    expect(header([2, 3])).toContain("'shape': (2, 3), }");
  });

  it("should keep letters outside the first plane, and the empty text", () => {
    expect(readNpy(encodeNpy({ type: "text", value: "ä𝔛" })).text).toBe("ä𝔛");
    expect(readNpy(encodeNpy({ type: "text", value: "" })).text).toBe("");
  });
});
