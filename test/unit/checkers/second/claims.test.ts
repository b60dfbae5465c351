/** Heads, runs and counts that are not what a certificate says: both checkers reject each, with the same code. */
import { describe, expect, it } from "vitest";
import { expectBoth, fates } from "./both.js";
import {
  changed,
  dataOf,
  get,
  layersOf,
  places,
  put,
  TINY_TEXT,
  withLayers,
  withValue,
  type Json,
  type Layer,
  type Row,
} from "./forge.js";

const DATA = dataOf(TINY_TEXT);

describe("both checkers on heads", () => {
  const rows = layersOf(DATA, "head")[0]?.rows as Row[];

  it("should reject other shapes, and more than six units", () => {
    const change = (name: string, of: (layers: Layer[]) => unknown): void =>
      expectBoth(withLayers("head", of), "head-shape", name);
    change("one layer", (layers) => layers.splice(1, 1));
    change("three layers", (layers) => layers.push({ name: "U3", inputs: 1, relu: false, rows: [["0"]] } as Layer));
    change("two inputs", (layers) => ((layers[0] as Layer).inputs = 2));
    change("no ReLU", (layers) => ((layers[0] as Layer).relu = false));
    change("two ReLUs", (layers) => ((layers[1] as Layer).relu = true));
    change("two outputs", (layers) => layers[1]?.rows.push(["0"]));
    const wide = (count: number): string =>
      withLayers("head", (layers) => {
        while ((layers[0]?.rows.length as number) < count) layers[0]?.rows.push(["0"]);
        (layers[1] as Layer).inputs = count;
      });
    expectBoth(wide(7), "head-too-many-units", "seven units");
    expect(fates(wide(6))).toEqual(["counts", "counts"]);
  });

  it("should reject another derivative between any two kinks, and another constant", () => {
    for (const r of rows.keys()) {
      expectBoth(withValue(["head", "layers", 0, "rows", r, 0], "1/1000"), "head-slope", `bias ${r}`);
      expectBoth(withValue(["head", "layers", 0, "rows", r, 1, 1], "-7"), "head-slope", `weight ${r}`);
      expectBoth(withValue(["head", "layers", 1, "rows", 0, r + 1, 1], "5/3"), "head-slope", `output ${r}`);
    }
    for (const bias of ["0", "1", "-1000001/1000000"])
      expectBoth(withValue(["head", "layers", 1, "rows", 0, 0], bias), "head-value", bias);
  });

  it("should count a unit that reads nothing as none of the kinks, and one without effect as one", () => {
    const text = (row: Row): string =>
      withLayers("head", (layers) => {
        layers[0]?.rows.push(row);
        (layers[1] as Layer).inputs++;
      });
    const counted = (kinks: number, row: Row): void => {
      const json = JSON.parse(text(row)) as Json;
      put(json, ["verdicts", "head"], { units: 5, kinks, intervals: kinks + 1 });
      expect(fates(changed((other) => Object.assign(other as object, json)))).toEqual(["accepted", "accepted"]);
    };
    counted(4, ["1"]);
    counted(4, ["-1/6", [0, "1"]]);
    counted(4, ["-1/3", [0, "2"]]);
  });
});

describe("both checkers on runs and counts", () => {
  const runs = get(DATA, ["verdicts", "replay"]) as Json[];

  it("should reject runs that are none, wherever they stand", () => {
    for (const i of runs.keys()) {
      for (const change of [
        { rows: 0 },
        { columns: 0 },
        { headRow: 99 },
        { headColumn: 99 },
        { headRow: 2 ** 53 - 1 },
      ]) {
        const run = { ...(runs[i] as object), ...change };
        expectBoth(withValue(["verdicts", "replay", i], run), "replay-run", `${i} ${JSON.stringify(change)}`);
      }
    }
  });

  it("should reject every count that is one off, but for the leaves, which the second leaves alone", () => {
    for (const path of places(get(DATA, ["verdicts"]), ["verdicts"])) {
      const value = get(DATA, path);
      if (typeof value === "object" && value !== null) continue;
      const name = path.join(".");
      const other =
        typeof value === "number"
          ? value + 1
          : typeof value === "boolean"
            ? !value
            : typeof value === "string" && /^\d+$/.test(value)
              ? String(BigInt(value) - 1n)
              : value === null
                ? 0
                : `${value as string}.`;
      const found = fates(withValue(path, other));
      if (name.endsWith(".leaves")) expect(found).toEqual(["counts", "accepted"]);
      else if (/rows|columns|headRow|headColumn|layers/.test(name)) {
        expect(found[1], name).toBe(found[0]);
        expect(["counts", "replay-run"]).toContain(found[0]);
      } else expect(found, name).toEqual(["counts", "counts"]);
    }
    expectBoth(withValue(["verdicts", "replay", runs.length - 1, "tape", 0], undefined), "counts", "a row of the tape");
    expectBoth(withValue(["verdicts", "weights", "widths", 4], undefined), "counts", "a width");
  });

  it("should accept a certificate without runs, and one with more runs", () => {
    expect(fates(withValue(["verdicts", "replay"], []))).toEqual(["accepted", "accepted"]);
    expect(fates(withValue(["verdicts", "replay"], [...runs, ...runs]))).toEqual(["accepted", "accepted"]);
  });
});
