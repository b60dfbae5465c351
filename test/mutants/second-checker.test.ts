/** Certificates that are well-formed and false, digests repaired: both checkers reject each, with the same code. */
import { describe, expect, it } from "vitest";
import { encodeNormalMachine, encodeSourceMachine } from "../../certificates/machine-json.js";
import type { SecondCode } from "../../checkers/second/check.js";
import { normalForm } from "../../spec/machines/normal-form.js";
import { cellCode } from "../../spec/rcnn/cell-code.js";
import { expectBoth, fates, OTHER_TINY_TEXT, SOURCE } from "../unit/checkers/second/both.js";
import {
  changed,
  dataOf,
  get,
  layersOf,
  put,
  quarters,
  spots,
  TINY_TEXT,
  withFunction,
  withLayers,
  withValue,
  type Json,
  type Layer,
  type Row,
} from "../unit/checkers/second/forge.js";

const DATA = dataOf(TINY_TEXT);
const [V1, V2, V3, V4, V5] = layersOf(DATA, "filter") as [Layer, Layer, Layer, Layer, Layer];

const rowOf = (layers: Layer[], l: number, r: number): Row => layers[l]?.rows[r] as Row;

/** A filter in which a gate is at its kink at one cell value, and f-bar everywhere else: its slope there is put out 0 times. */
const kinked = (value: bigint, place: number): string =>
  withLayers("filter", (layers) => {
    withFunction(layers, place, [
      [quarters(-4n * value + 1n), "4"],
      [quarters(-4n * value - 1n), "-4"],
    ]);
    const [, , v3, v4] = layers as [Layer, Layer, Layer, Layer];
    // The function is 0 up to value - 1/4, 1 at it and 2 from value + 1/4 on.
    v3.rows.push(["-1", [V2.rows.length, "1"]]);
    v4.inputs++;
  });

/** A filter to which a wiggle is added at the gate that keeps the centre: 0 with slope 1 at one cell value, 0 at all others. */
const wiggled = (value: bigint, place: number): string =>
  withLayers("filter", (layers) => {
    const units = [[2n, "3"], [2n, "-4"], [1n, "4"], [1n, "-2"], [-1n, "-2"], [-2n, "5"], [-2n, "-4"]] as const; // prettier-ignore
    withFunction(
      layers,
      place,
      units.map(([by, weight]) => [quarters(-4n * value + by), weight]),
    );
    layers[2]?.rows[0]?.push([V2.rows.length, "1"]);
  });

describe("both checkers on weights", () => {
  it("should reject another number of layers", () => {
    expectBoth(
      withLayers("filter", (layers) => layers.splice(4, 1)),
      "layer-count",
      "without the last layer",
    );
    expectBoth(
      withLayers("filter", (layers) => layers.splice(0, 1)),
      "layer-count",
      "without the first layer",
    );
    const identity = { name: "V6", inputs: 1, relu: false, rows: [["0", [0, "1"]] as Row] };
    expectBoth(
      withLayers("filter", (layers) => layers.push(identity)),
      "layer-count",
      "with one more layer",
    );
  });

  it("should reject a number that is not in the part of U_s of its layer, in each layer: first, middle and last", () => {
    for (const [l, { rows }] of [V1, V2, V3, V4, V5].entries()) {
      const strangers = ["7/8", "1/3", "123456789", `-${"9".repeat(2000)}`, "1/1024"];
      for (const [i, r] of spots(rows.length).entries()) {
        const stranger = strangers[(i + l) % strangers.length] as string;
        expectBoth(withValue(["filter", "layers", l, "rows", r, 0], stranger), "weight-outside-set", `bias ${l} ${r}`);
        for (const e of spots((rows[r] as Row).length - 1)) {
          const path = ["filter", "layers", l, "rows", r, e + 1, 1];
          expectBoth(withValue(path, strangers[e % strangers.length]), "weight-outside-set", path.join("."));
        }
      }
    }
    // A number of another layer, and one for another number of states.
    expectBoth(withValue(["filter", "layers", 4, "rows", 0, 1, 1], "4"), "weight-outside-set", "a weight of V2 in V5");
    expectBoth(withValue(["alphabet"], "full"), "weight-outside-set", "the alphabet of another certificate");
  });
});

describe("both checkers on filters", () => {
  it("should reject other shapes", () => {
    for (const l of [0, 1, 2, 3, 4])
      expectBoth(
        withLayers("filter", (layers) => ((layers[l] as Layer).relu = l !== 0 && l !== 2)),
        "shape",
        `relu ${l}`,
      );
    expectBoth(
      withLayers("filter", (layers) => ((layers[0] as Layer).inputs = 10)),
      "shape",
      "ten inputs",
    );
    expectBoth(
      withLayers("filter", (layers) => layers[4]?.rows.push(["0"])),
      "shape",
      "two outputs",
    );
  });

  it("should reject units of the first layer that read two cells: the first, a middle and the last one", () => {
    for (const r of spots(V1.rows.length)) {
      const text = withLayers("filter", (layers) => {
        const row = rowOf(layers, 0, r);
        const [place] = row[1] as [number, string];
        if (place === 0) row.push([8, "1"]);
        else row.splice(1, 0, [0, "1"]);
      });
      expectBoth(text, "first-layer-reads-many", `unit ${r}`);
    }
  });

  it("should reject units of the first layer with a kink at a cell, read by anything or not", () => {
    // 0 is a cell value of every place, and a bias of U_s.
    for (const place of [0, 4, 8]) {
      const unread = (layers: Layer[]): void => {
        layers[0]?.rows.push(["0", [place, "1"]]);
        (layers[1] as Layer).inputs++;
      };
      expectBoth(withLayers("filter", unread), "first-layer-kink", `place ${place}`);
    }
    for (const r of spots(V1.rows.length))
      expectBoth(withValue(["filter", "layers", 0, "rows", r, 0], "0"), "first-layer-kink", `unit ${r}`);
  });

  it("should reject a gate with a kink at one cell value, at each place, but not one that is 0 all around", () => {
    for (const place of [0, 1, 4, 7, 8]) expectBoth(kinked(0n, place), "kink", `place ${place}`);
    const idle = withLayers("filter", (layers) => {
      layers[2]?.rows.push(["0"]);
      (layers[3] as Layer).inputs++;
    });
    expect(fates(idle)).toEqual(["counts", "counts"]);
  });

  it("should reject filters with a row, an entry or a number changed: first, middle and last of each layer", () => {
    const codes = new Map<string, number>();
    for (const [l, { rows }] of [V1, V2, V3, V4].entries()) {
      const changes: [string, (layers: Layer[]) => unknown][] = spots(rows.length).flatMap((r) => {
        const next = (r + 1) % rows.length;
        return [
          [`bias ${r}`, (layers) => (rowOf(layers, l, r)[0] = (rows[next] as Row)[0])],
          [`entry ${r}`, (layers) => rowOf(layers, l, r).splice(1, 1)],
          [`last entry ${r}`, (layers) => rowOf(layers, l, r).splice(-1, 1)],
          [
            `rows ${r} and ${next}`,
            (layers) =>
              ([(layers[l] as Layer).rows[r], (layers[l] as Layer).rows[next]] = [rows[next] as Row, rows[r] as Row]),
          ],
        ];
      });
      for (const [name, change] of changes) {
        const [first, second] = fates(withLayers("filter", change));
        expect(second, `V${l + 1} ${name}`).toBe(first);
        codes.set(first, (codes.get(first) ?? 0) + 1);
      }
    }
    expect(codes.get("value")).toBeGreaterThan(20);
  });

  it("should reject a filter whose value is right and whose derivative is not", () => {
    // A bump with slope 1 at the memory phase or at 0 carries the derivative; one that is flat has the same value.
    const flat = new Map([["3", "4"], ["-2", "-4"], ["-6", "-4"], ["5", "4"]]); // prettier-ignore
    const sloped = [...V2.rows.entries()].filter(([, [, ...entries]]) => entries.some(([, weight]) => weight === "-6"));
    expect(sloped).toHaveLength(2);
    for (const [r, [bias, ...entries]] of sloped) {
      const row: Row = [bias, ...entries.map(([column, w]): [number, string] => [column, flat.get(w) ?? w])];
      expectBoth(
        withLayers("filter", (layers) => ((layers[1] as Layer).rows[r] = row)),
        "derivative",
        `row ${r}`,
      );
    }
  });

  it("should reject a derivative by each place, at two of its cells, where the value is right", () => {
    const memory = -2n * 3n ** 2n;
    for (let place = 0; place < 9; place++)
      for (const cell of [0n, memory]) expectBoth(wiggled(cell, place), "derivative", `place ${place}, cell ${cell}`);
  });

  it("should reject the filter of another machine, and another machine for the filter", () => {
    const other = dataOf(OTHER_TINY_TEXT);
    const swapped = changed((json) => put(json, ["filter"], get(other, ["filter"])));
    expectBoth(swapped, "value", "filter");
    const machine = changed((json) => {
      put(json, ["source"], get(other, ["source"]));
      put(json, ["machine"], get(other, ["machine"]));
    });
    expectBoth(machine, "value", "machine");
    expectBoth(
      changed((json) => put(json, ["machine"], get(other, ["machine"]))),
      "normal-form",
      "normal form",
    );
    expectBoth(
      changed((json) => put(json, ["verdicts"], get(other, ["verdicts"]))),
      "counts",
      "verdicts",
    );
  });
});

describe("both checkers at their limits", () => {
  it("should leave runs of too many cells undecided, those of no layers included", () => {
    const run = get(DATA, ["verdicts", "replay", 0]) as { [key: string]: Json };
    const most = 2 ** 53 - 1;
    for (const change of [{ layers: 10 ** 6 }, { rows: most, columns: most }, { rows: most, columns: most, layers: 0 }])
      expect(fates(withValue(["verdicts", "replay", 0], { ...run, ...change }))).toEqual([
        "undecided replay-cells",
        "undecided replay-cells",
      ]);
  });

  it("should leave alphabets of too many cells undecided", () => {
    const count = 129;
    const names = Array.from({ length: count }, (_, q) => `q${q}`);
    const source = { ...SOURCE, states: names, start: "q0", halting: [], table: new Map() };
    const machine = normalForm(source);
    const { scale, ...constants } = cellCode(machine.states.length);
    const text = changed((json) => {
      put(json, ["source"], encodeSourceMachine(source) as unknown as Json);
      put(json, ["machine"], encodeNormalMachine(machine) as unknown as Json);
      put(json, ["code"], { ...constants, scale: String(scale) });
      put(json, ["alphabet"], "full");
    });
    expect(fates(text)).toEqual(["undecided letters", "undecided letters"]);
  });

  it("should give up on filters whose layers multiply to hundreds of millions of weights", () => {
    const count = 20_000;
    const text = withLayers("filter", (layers) => {
      withFunction(
        layers,
        0,
        Array.from({ length: count }, () => ["1/4", "4"]),
      );
      for (let k = 0; k < count; k++) layers[2]?.rows.push(["1/4", [V2.rows.length, "1"]]);
      (layers[3] as Layer).inputs = layers[2]?.rows.length as number;
    });
    expect(fates(text)).toEqual(["undecided gates", "undecided work"]);
  });
});

describe("the codes", () => {
  it("should each be given to some certificate, but for those that no certificate can cause", () => {
    const texts: Record<SecondCode, string | undefined> = {
      "too-large": " ".repeat(2 ** 27 + 1),
      "not-json": TINY_TEXT.slice(1),
      schema: "{}",
      "not-canonical": `${TINY_TEXT}\n`,
      reading: withValue(["reading", "amendments"], []),
      digest: TINY_TEXT.replace(/sha256:./, (start) => (start.endsWith("0") ? "sha256:1" : "sha256:0")),
      "source-machine": withValue(["source", "start"], "missing"),
      "normal-form": withValue(["machine", "table", 1, 0, 1], "stay"),
      code: withValue(["code", "scale"], "1"),
      network: withValue(["head", "layers", 0, "rows", 0, 0], "2/2"),
      "layer-count": withLayers("filter", (layers) => layers.pop()),
      "weight-outside-set": withValue(["filter", "layers", 4, "rows", 0, 1, 1], "2"),
      shape: withLayers("filter", (layers) => layers[4]?.rows.push(["0"])),
      "first-layer-reads-many": withLayers(
        "filter",
        (layers) => ((layers[0] as Layer).rows[0] = ["1", [0, "1"], [8, "1"]]),
      ),
      "first-layer-kink": withValue(["filter", "layers", 0, "rows", 0, 0], "0"),
      kink: kinked(0n, 4),
      value: withLayers("filter", (layers) => ((layers[4] as Layer).rows[0] = ["0"])),
      derivative: wiggled(0n, 4),
      volume: undefined,
      "not-closed": undefined,
      "not-local": undefined,
      "wrong-step": undefined,
      "head-shape": withLayers("head", (layers) => layers.pop()),
      "head-too-many-units": withLayers("head", (layers) => {
        layers[0]?.rows.push(["0"], ["0"], ["0"]);
        (layers[1] as Layer).inputs = 7;
      }),
      "head-slope": withValue(["head", "layers", 1, "rows", 0, 1, 1], "1"),
      "head-value": withValue(["head", "layers", 1, "rows", 0, 0], "0"),
      "head-kink": undefined,
      "replay-run": withValue(["verdicts", "replay", 0, "rows"], 0),
      "replay-cell": undefined,
      counts: withValue(["verdicts", "step", "cases"], 0),
    };
    for (const [code, text] of Object.entries(texts))
      if (text !== undefined) expectBoth(text, code as SecondCode, code);
  });
});
