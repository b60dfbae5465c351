/** Parts of a certificate that are malformed, or not what they must be given the others. */
import { describe, expect, it } from "vitest";
import { printJson } from "../../../../certificates/canonical.js";
import { expectBoth, fates, OTHER_TEXT, SOURCE, textOf } from "./both.js";
import { dataOf, forged, get, places, put, spots, type Json, type Path } from "./forge.js";

const DATA = dataOf();

/** The text with the value at a place replaced, digests repaired. */
const withValue = (path: Path, value: Json | undefined): string => forged((json) => put(json, path, value));

describe("both checkers on what must follow from the rest", () => {
  it("should reject another reading, at each of its amendments", () => {
    const amendments = get(DATA, ["reading", "amendments"]) as string[];
    for (const i of amendments.keys()) {
      expectBoth(withValue(["reading", "amendments", i], undefined), "reading", `without amendment ${i}`);
      expectBoth(withValue(["reading", "amendments", i], "as-printed"), "reading", `another amendment ${i}`);
    }
    expectBoth(withValue(["reading", "amendments"], [...amendments, "more"]), "reading", "one more");
    expectBoth(withValue(["reading", "amendments"], amendments.toReversed()), "reading", "another order");
  });

  it("should reject another digest of each part, changed at its start, its middle and its end", () => {
    for (const part of ["source", "machine", "filter", "head"]) {
      const digest = get(DATA, ["digests", part]) as string;
      for (const i of [7, 8, 40, 70]) {
        const json = dataOf();
        put(json, ["digests", part], digest.slice(0, i) + (digest[i] === "0" ? "1" : "0") + digest.slice(i + 1));
        expectBoth(printJson(json), "digest", `digit ${i} of ${part}`);
      }
      const json = dataOf();
      put(json, [part], get(dataOf(OTHER_TEXT), [part]));
      if (part !== "head") expectBoth(printJson(json), "digest", `${part} of another machine`);
    }
  });

  it("should reject sources that are no machine, or not spelled as one", () => {
    const [rowA, rowB] = get(DATA, ["source", "table"]) as [[string, Json[]], [string, Json[]]];
    const [first, last] = rowB[1] as [Json[], Json[]];
    const cases: readonly (readonly [Path, Json])[] = [
      [
        ["source", "states"],
        ["A", "B", "idle", "Z", "A"],
      ],
      [
        ["source", "states"],
        ["A", "B", "Z"],
      ],
      [["source", "states"], []],
      [["source", "start"], "missing"],
      [["source", "halting", 0], "missing"],
      [["source", "halting", 1], "missing"],
      [
        ["source", "halting"],
        ["Z", "idle", "A"],
      ],
      [["source", "table", 0, 1, 0, 3], "missing"],
      [["source", "table", 1, 1, 1, 3], "missing"],
      [
        ["source", "table"],
        [rowB, rowA],
      ],
      [
        ["source", "table"],
        [rowA, rowA, rowB],
      ],
      [
        ["source", "table"],
        [rowA, rowB, rowB],
      ],
      [
        ["source", "table"],
        [rowA, rowB, ["missing", rowB[1]]],
      ],
      [
        ["source", "table", 1, 1],
        [last, first],
      ],
      [
        ["source", "table", 1, 1],
        [first, first],
      ],
      [
        ["source", "table", 1, 1],
        [first, last, last],
      ],
      [
        ["source", "table"],
        [rowA, rowB, ["Z", rowB[1]]],
      ],
    ];
    for (const [path, value] of cases)
      expectBoth(withValue(path, value), "source-machine", `${path.join(".")}: ${JSON.stringify(value)}`);
  });

  it("should reject a normal form with any name, flag or entry changed", () => {
    for (const path of places(get(DATA, ["machine"]))) {
      const value = get(DATA, ["machine", ...path]);
      if (typeof value === "object") continue;
      const moves = ["up", "down"].filter((move) => move !== value);
      const other =
        typeof value === "number" ? (value === 0 ? 1 : 0) : path.length === 4 ? (moves[0] as string) : `${value}x`;
      expectBoth(withValue(["machine", ...path], other), "normal-form", path.join("."));
    }
    for (const key of ["states", "halting", "table"]) {
      const list = get(DATA, ["machine", key]) as Json[];
      expectBoth(withValue(["machine", key], [...list, list[0] as Json]), "normal-form", `one more of ${key}`);
      expectBoth(withValue(["machine", key, list.length - 1], undefined), "normal-form", `one less of ${key}`);
    }
  });

  it("should give new states the same names, whatever names are taken", () => {
    // Both checkers must find the normal form that certify made, or both would reject these certificates.
    for (const [working, halting] of [
      ["first", []],
      ["halt", []],
      ["first", ["first-2"]],
      ["halt-2", ["halt"]],
    ] as const) {
      const text = machineText(working, halting);
      expect(fates(text), working).toEqual(["accepted", "accepted"]);
    }
  });

  it("should reject constants of the code that are off by one", () => {
    for (const [key, value] of Object.entries(get(DATA, ["code"]) as Record<string, number | string>)) {
      for (const by of [-1, 1]) {
        const other = typeof value === "number" ? value + by : String(BigInt(value) + BigInt(by));
        expectBoth(withValue(["code", key], other), "code", `${key} ${other}`);
      }
    }
  });

  it("should reject networks that are none", () => {
    for (const part of ["filter", "head"]) {
      const layers = get(DATA, [part, "layers"]) as { rows: Json[][]; inputs: number; name: string }[];
      for (const l of spots(layers.length)) {
        const { rows, inputs } = layers[l] as (typeof layers)[0];
        const set = (path: Path, value: Json | undefined, name: string): void =>
          expectBoth(withValue([part, "layers", l, ...path], value), "network", `${part} ${l}: ${name}`);
        const row = spots(rows.length).findLast((r) => (rows[r] as Json[]).length > 1) as number;
        const entries = (rows[row] as Json[]).slice(1) as [number, string][];
        for (const e of spots(entries.length)) {
          set(["rows", row, e + 1, 0], inputs, "a column too large");
          set(["rows", row, e + 1, 1], "0", "a zero weight");
          for (const text of ["2/4", "4/2", "0/2", "10/4", "-6/3"]) set(["rows", row, e + 1, 1], text, text);
          set(
            ["rows", row],
            [(rows[row] as Json[])[0] as Json, ...entries.toSpliced(e, 0, entries[e] as never)],
            "a column twice",
          );
        }
        for (const r of spots(rows.length)) set(["rows", r, 0], "-2/2", "a bias that is not reduced");
        if (l > 0) set(["inputs"], inputs + 1, "another number of inputs");
        if (l > 0) set(["inputs"], inputs - 1, "another number of inputs");
        set(["name"], "\u{1f600}".repeat(33), "a name of 66 code units");
      }
    }
  });
});

/** The certificate of a machine with one working and some halting states of given names. */
function machineText(working: string, halting: readonly string[]): string {
  const next = halting[0] ?? working;
  const table = new Map([[working, new Map([[0 as const, { write: 1 as const, move: "stay" as const, next }]])]]);
  return textOf({ ...SOURCE, states: [working, ...halting], start: working, halting, table });
}
