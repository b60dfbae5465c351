/** Certificates of learning runs, decided by the second checker. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkCertificateAgain } from "../../../../checkers/second/check.js";
import { said } from "./alone/said.js";
import { claimsOfRuns } from "./claims-of-runs.js";
import { dataOf, forged, get, layersOf, put, spots, type Json, type Layer, type Path, type Row } from "./forge.js";

/** d = 2, m = 3, s = 8, and four predictions. */
const TEXT = readFileSync(new URL("../../../../corpus/rcnn/bases/learning.json", import.meta.url), "utf8");
const DATA = dataOf(TEXT);

const saidOf = (change: (json: Json) => unknown): string => said(forged(change, TEXT));
const saidWith = (path: Path, value: Json | undefined): string => saidOf((json) => put(json, path, value));

/** What is said after a change of a network, with or without the claim that no sum of tensors can round. */
const saidOfLayers = (part: "filter" | "head", change: (layers: Layer[]) => unknown, float32 = true): string =>
  saidOf((json) => {
    change(layersOf(json, part));
    if (!float32) put(json, ["verdicts", "float32"], null);
  });

describe("a learning run", () => {
  it("should be accepted, with nothing left alone", () => {
    expect(checkCertificateAgain(TEXT)).toEqual({ verdict: "accepted", leftAlone: [] });
    expect(saidWith(["verdicts", "float32"], null)).toBe("accepted");
    expect(saidWith(["source", "name"], "renamed")).toBe("accepted");
    expect(saidWith(["predictions"], [])).toBe("counts verdicts.replay.cells");
  });

  it("should have the shape of a learning certificate, or of a filter's, and no third one", () => {
    expect(saidWith(["statement"], "filter")).toMatch(/^schema/);
    for (const statement of ["other", ""])
      expect(saidWith(["statement"], statement)).toBe("unknown-statement statement");
    for (const statement of [null, 1, {}]) expect(saidWith(["statement"], statement)).toMatch(/^schema/);
    for (const text of ["null", "[]", '"learning"', '{"statement":"learning"}']) expect(said(text)).toMatch(/^schema/);
    for (const key of Object.keys(DATA as object)) expect(saidWith([key], undefined), key).toMatch(/^schema/);
    expect(said(`${TEXT}\n`)).toMatch(/^not-canonical/);
    expect(said(TEXT.slice(1))).toMatch(/^not-json/);
  });

  it("should be one of the machine that its source describes: any changed entry is another machine's", () => {
    const rows = get(DATA, ["source", "table"]) as [string, Json[]][];
    for (const r of spots(rows.length)) {
      for (const e of spots((rows[r] as [string, Json[]])[1].length)) {
        const entry: Path = ["source", "table", r, 1, e];
        const write = get(DATA, [...entry, 1]) as number;
        expect(saidWith([...entry, 1], write === 1 ? -1 : 1), entry.join(".")).toBe("value filter");
        const move = get(DATA, [...entry, 2]) as string;
        expect(saidWith([...entry, 2], move === "down" ? "up" : "down"), entry.join(".")).toBe("value filter");
      }
    }
    expect(saidWith(["source", "start"], "end")).toMatch(/^value/);
    expect(saidWith(["source", "halting"], ["end", "end"])).toBe("source-machine source");
    const most = Array.from({ length: 4096 }, (_, q) => `q${q}`);
    const large = { name: "large", states: most, start: "q0", halting: [], table: [] };
    expect(saidWith(["source"], large)).toBe("source-machine source");
  });

  it("should have the digests of its parts", () => {
    for (const part of ["source", "filter", "head"]) {
      const digest = get(DATA, ["digests", part]) as string;
      for (const at of [7, 40, 70]) {
        const other = digest.slice(0, at) + (digest[at] === "0" ? "1" : "0") + digest.slice(at + 1);
        expect(said(TEXT.replace(digest, other)), part).toBe(`digest digests.${part}`);
      }
    }
  });

  it("should be a run on a grid", () => {
    for (const key of ["d", "m", "columns"]) expect(saidWith(["shape", key], 0), key).toMatch(/^learning-shape shape/);
    for (const layers of [0, 3]) expect(saidWith(["shape", "layers"], layers)).toBe("learning-shape shape.layers");
    for (const columns of [250_000, 2 ** 53 - 1])
      expect(saidWith(["shape", "columns"], columns)).toBe("learning-shape shape");
    for (const [key, value] of [
      ["d", 1],
      ["d", 3],
      ["m", 2],
      ["m", 4],
    ] as const)
      // prettier-ignore
      expect(saidWith(["shape", key], value), key).toMatch(/^learning-shape/);
    for (const i of spots(3)) {
      expect(saidWith(["examples", i], "+++ -")).toBe(`learning-shape examples[${i}]`);
      expect(saidWith(["examples", i], undefined)).toBe("learning-shape examples");
    }
    for (const i of spots(4)) expect(saidWith(["predictions", i, "x"], "+")).toBe(`learning-shape predictions[${i}].x`);
  });

  it("should have the filter and the head of its machine, the head in u-units", () => {
    expect(saidOfLayers("filter", (layers) => layers.pop())).toBe("layer-count filter.layers");
    for (const l of [0, 1, 2, 3, 4])
      expect(saidOfLayers("filter", (layers) => ((layers[l] as Layer).rows[0] as Row)[0] !== "7/8" && (((layers[l] as Layer).rows[0] as Row)[0] = "7/8"))).toBe(`weight-outside-set filter.layers[${l}].rows[0][0]`); // prettier-ignore
    const [hidden] = layersOf(DATA, "head");
    for (const r of spots(hidden?.rows.length as number)) {
      expect(saidWith(["head", "layers", 0, "rows", r, 0], "1/3")).toBe("head-slope head");
      expect(saidWith(["head", "layers", 1, "rows", 0, r + 1, 1], "5")).toBe("head-slope head");
    }
    expect(saidWith(["head", "layers", 1, "rows", 0, 0], "0")).toBe("head-value head");
    for (const [at, read] of [
      [0, true],
      [2, true],
      [4, true],
      [4, false],
    ] as const)
      // prettier-ignore
      expect(
        saidOfLayers("head", (layers) => {
          const [units, output] = layers as [Layer, Layer];
          const [bias, ...entries] = output.rows[0] as Row;
          units.rows.splice(at, 0, ["162", [0, "1"]], ["162", [0, "1"]]);
          const kept = entries.map(([k, weight]): [number, string] => [k < at ? k : k + 2, weight]);
          if (read) kept.splice(at, 0, [at, "1"], [at + 1, "-1"]);
          output.inputs = 6;
          output.rows[0] = [bias, ...kept];
        }),
      ).toBe(`head-kink head.layers[0].rows[${at}]`);
  });

  it("should count steps, cells and what decides the lemmas", () => {
    const verdicts = ["memorization", "replay"].flatMap((part) =>
      Object.keys(get(DATA, ["verdicts", part]) as object).map((key) => [part, key] as const),
    );
    for (const path of verdicts) {
      const value = get(DATA, ["verdicts", ...path]) as number;
      for (const by of [-1, 1])
        expect(saidWith(["verdicts", ...path], value + by)).toBe(`counts verdicts.${path.join(".")}`);
    }
  });

  it("should give up on runs of too many cells, before they are evaluated", () => {
    const examples = Array.from({ length: 60_000 }, () => "++ +");
    const text = forged((json) => {
      put(json, ["examples"], examples);
      put(json, ["shape"], { d: 2, m: 60_000, columns: 1, layers: 60_001 });
      put(json, ["verdicts", "float32"], null);
    }, TEXT);
    expect(said(text)).toBe("undecided learning-cells");
  });
});

claimsOfRuns("of each place and each part one", (lists) => {
  const most = Math.max(...lists.map(({ length }) => length));
  return Array.from({ length: most }, (_, i) => lists.map((list) => list[i % list.length]));
});

describe("the bounds on float32 sums of a learning run", () => {
  it("should not be claimed of filters and heads whose sums are not bounded", () => {
    const changes: readonly (readonly ["filter" | "head", string, (layers: Layer[]) => unknown])[] = [
      ["filter", "filter.layers[0]", ([v1, v2]) => (v1?.rows.push(["1"]), ((v2 as Layer).inputs += 1))],
      ["filter", "filter.layers[1]", ([, v2, v3]) => (v2?.rows.push(["4"]), ((v3 as Layer).inputs += 1))],
      ["filter", "filter.layers[1]", ([, v2, v3]) => (v2?.rows.push(["4", [0, "4"]]), ((v3 as Layer).inputs += 1))],
      ["filter", "filter.layers[1]", ([, v2, v3]) => (v2?.rows.push(["0", [0, "4"], [(v2.inputs as number) - 1, "4"]]), ((v3 as Layer).inputs += 1))], // prettier-ignore
      ["head", "head", ([hidden, output]) => (hidden?.rows.push(["0", [0, "1/3"]]), ((output as Layer).inputs += 1))],
    ];
    for (const [part, path, change] of changes) {
      expect(saidOfLayers(part, change), path).toContain(`float-bounds ${path}`);
      expect(saidOfLayers(part, change, false), path).toBe("accepted");
    }
  });

  it("should be below 2^24", () => {
    // 160,000 main cells, each of which may add 162.
    const text = forged((json) => {
      put(json, ["shape", "d"], 9_999);
      put(json, ["shape", "m"], 15);
      put(json, ["shape", "layers"], 16);
      const line = "+".repeat(9_999);
      put(
        json,
        ["examples"],
        Array.from({ length: 15 }, () => `${line} +`),
      );
      put(json, ["predictions"], []);
    }, TEXT);
    expect(said(text)).toBe("float-bounds verdicts.float32");
  });
});
