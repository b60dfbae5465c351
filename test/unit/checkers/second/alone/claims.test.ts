/** Heads, runs and counts. */
import { describe, expect, it } from "vitest";
import { dataOf, get, layersOf, put, TEXT, type Json, type Layer, type Row } from "../forge.js";
import { expectWith, QUICK, saidOf, saidWith } from "./said.js";

const HEAD = layersOf(dataOf(QUICK), "head") as [Layer, Layer];

describe("the head network", () => {
  const saidOfHead = (change: (layers: [Layer, Layer]) => unknown): string =>
    saidOf((json) => change(layersOf(json, "head") as [Layer, Layer]));
  const counted = (head: { units: number; kinks: number }, ...rows: Row[]): string =>
    saidOf((json) => {
      const [hidden, output] = layersOf(json, "head") as [Layer, Layer];
      hidden.rows.push(...rows);
      output.inputs += rows.length;
      put(json, ["verdicts", "head"], { ...head, intervals: head.kinks + 1 });
    });

  it("should have one hidden layer with a ReLU, one input and one output", () => {
    const changes: readonly (readonly [string, (layers: [Layer, Layer]) => unknown])[] = [
      ["layers", (layers) => layers.splice(1, 1)],
      ["layers", (layers) => (layers as Layer[]).push({ name: "U3", inputs: 1, relu: false, rows: [["0"]] } as Layer)],
      ["layers[0].inputs", ([hidden]) => (hidden.inputs = 2)],
      ["layers[0].relu", ([hidden]) => (hidden.relu = false)],
      ["layers[1].rows", ([, output]) => output.rows.push(["0"])],
      ["layers[1].relu", ([, output]) => (output.relu = true)],
    ];
    for (const [path, change] of changes) expect(saidOfHead(change)).toBe(`head-shape head.${path}`);
  });

  it("should have at most six units, whose kinks are counted once each", () => {
    expect(counted({ units: 6, kinks: 4 }, ["1"], ["-1/6", [0, "1"]])).toBe("accepted");
    expect(counted({ units: 5, kinks: 4 }, ["-1/6", [0, "-1"]])).toBe("accepted");
    expect(counted({ units: 5, kinks: 4 }, ["0", [0, "5/3"]])).toBe("accepted");
    expect(counted({ units: 6, kinks: 4 }, ["1/3", [0, "-3"]], ["-1/3", [0, "2"]])).toBe("accepted");
    expect(counted({ units: 5, kinks: 5 }, ["-1/6", [0, "-1"]])).toMatch(/^counts /);
    expect(counted({ units: 7, kinks: 4 }, ["1"], ["1"], ["1"])).toBe("head-too-many-units head.layers[0].rows");
  });

  it("should have no unit with a kink where f-bar_head has none, read or not", () => {
    const elsewhere: readonly Row[] = [
      ["-1/7", [0, "-1"]],
      ["-1/10", [0, "1"]],
      ["1/9", [0, "1"]],
      ["1/3", [0, "-5/2"]],
      ["2/3", [0, "5/3"]],
      ["-9", [0, "1/7"]],
    ];
    for (const row of elsewhere) {
      expect(counted({ units: 5, kinks: 5 }, row)).toBe("head-kink head.layers[0].rows[4]");
      expect(counted({ units: 6, kinks: 5 }, ["0", [0, "1"]], row)).toBe("head-kink head.layers[0].rows[5]");
    }
    // Two units that cancel each other, both of them read: first, in the middle and last.
    for (const at of [0, 2, 4]) {
      const text = saidOfHead(([hidden, output]) => {
        const [bias, ...entries] = output.rows[0] as Row;
        const shifted = entries.map(([k, weight]): [number, string] => [k < at ? k : k + 2, weight]);
        hidden.rows.splice(at, 0, ["1/9", [0, "1"]], ["1/9", [0, "1"]]);
        shifted.splice(at, 0, [at, "9"], [at + 1, "-9"]);
        output.rows[0] = [bias, ...shifted];
        output.inputs = 6;
      });
      expect(text).toBe(`head-kink head.layers[0].rows[${at}]`);
    }
  });

  it("should have the derivatives of f-bar_head between all kinks, and its values", () => {
    for (const r of (HEAD[0].rows as Row[]).keys()) {
      expectWith(["head", "layers", 0, "rows", r, 0], ["1/1000"], "head-slope head");
      expectWith(["head", "layers", 0, "rows", r, 1, 1], ["-7"], "head-slope head");
      expectWith(["head", "layers", 1, "rows", 0, r + 1, 1], ["5/3"], "head-slope head");
    }
    expectWith(["head", "layers", 1, "rows", 0, 0], ["0", "-1000001/1000000"], "head-value head");
    // A bump between two kinks, or beyond all of them.
    for (const [left, right] of [
      ["-1/20", "1/20"],
      ["-1/15", "-1/14"],
      ["9", "10"],
      ["-10", "-9"],
    ] as const)
      expect(
        saidOfHead(([hidden, output]) => {
          const of = (x: string): Row => [x.startsWith("-") ? x.slice(1) : `-${x}`, [0, "1"]];
          hidden.rows.push(of(left), of(right));
          output.inputs = 6;
          output.rows[0]?.push([4, "1"], [5, "-1"]);
        }),
        left,
      ).toBe("head-slope head");
  });

  it("may have its weights in other fractions, and units that fall", () => {
    // relu(x) = x + relu(-x), and x itself is relu(x + 1/6) - 1/6 - ... only beyond -1/6: so the unit at 0 is turned around.
    const [[bias, ...weights]] = HEAD[1].rows as [Row];
    expect(bias).toBe("-1");
    expect(weights).toEqual([[0, "18"], [1, "-36"], [2, "36"], [3, "-18"]]); // prettier-ignore
    const scaled = saidOfHead(([hidden, output]) => {
      hidden.rows = [["5/4", [0, "15/2"]], ["0", [0, "1/3"]], ["-2/9", [0, "2"]], ["-1/6", [0, "1"]]];
      output.rows = [["-1", [0, "12/5"], [1, "-108"], [2, "18"], [3, "-18"]]];
    }); // prettier-ignore
    expect(scaled).toBe("accepted");
    // From the right: 1 + 18 (1/6 - x)^- ..., with falling units only.
    const falling = saidOfHead(([hidden, output]) => {
      hidden.rows = [["1/6", [0, "-1"]], ["1/9", [0, "-1"]], ["0", [0, "-2"]], ["-1/6", [0, "-1"]]];
      output.rows = [["1", [0, "-18"], [1, "36"], [2, "-18"], [3, "18"]]];
    }); // prettier-ignore
    expect(falling).toBe("accepted");
  });
});

describe("runs", () => {
  type Run = readonly [rows: number, columns: number, headRow: number, headColumn: number, layers: number];
  const runOf = ([rows, columns, headRow, headColumn, layers]: Run, halts: number | null, tape: string[]): Json => {
    const cells = rows * columns * layers;
    return { rows, columns, headRow, headColumn, layers, cells, haltsAtLayer: halts, tape };
  };
  const saidOfRuns = (...runs: Json[]): string => saidWith(["verdicts", "replay"], runs);

  it("should be those of the machine, on every grid", () => {
    // TINY writes 1 at a blank and goes right, -1 at 1 and goes up, blank at -1 and stays; its first step does nothing.
    const runs = [
      runOf([1, 1, 0, 0, 0], null, ["."]),
      runOf([1, 1, 0, 0, 1], null, ["."]),
      runOf([1, 1, 0, 0, 2], null, ["+"]),
      runOf([1, 1, 0, 0, 3], null, ["-"]),
      runOf([1, 1, 0, 0, 4], null, ["."]),
      runOf([2, 3, 1, 1, 3], null, ["...", ".++"]),
      runOf([2, 3, 1, 1, 4], null, ["...", ".+-"]),
      runOf([2, 3, 1, 1, 5], null, ["..+", ".+-"]),
      runOf([3, 1, 2, 0, 9], null, ["+", "-", "-"]),
    ];
    for (const run of runs) expect(saidOfRuns(run), JSON.stringify(run)).toBe("accepted");
    expect(saidOfRuns(...runs)).toBe("accepted");
    expect(saidOfRuns()).toBe("accepted");
  });

  it("should begin with the tape that they state", () => {
    const from = (input: readonly string[], layers: number, tape: string[]): Json => {
      const [rows, columns] = [input.length, input[0]?.length ?? 0];
      const place = { rows, columns, headRow: rows - 1, headColumn: 0 };
      return { ...place, input: [...input], layers, cells: rows * columns * layers, haltsAtLayer: null, tape };
    };
    const runs = [
      from(["-+"], 0, ["-+"]),
      from(["-+"], 2, [".+"]),
      from(["-+"], 3, ["++"]),
      from(["-+"], 4, ["+-"]),
      from(["..+", "+.-"], 2, ["..+", "-.-"]),
      from(["..+", "+.-"], 3, ["+.+", "-.-"]),
    ];
    for (const run of runs) expect(saidOfRuns(run), JSON.stringify(run)).toBe("accepted");
    expect(saidOfRuns(from(["-+"], 4, ["--"]))).toBe("counts verdicts.replay[0].tape[0]");
    const fine = from(["-+"], 0, ["-+"]) as Record<string, Json>;
    for (const input of [["-+", "-+"], ["-"], ["-++"], [".."]])
      expect(saidOfRuns(fine, { ...fine, input }), input.join()).toBe("replay-run verdicts.replay[1].input");
    for (const input of [[], ["1."], [1], null])
      expect(saidOfRuns({ ...fine, input })).toMatch(/^schema verdicts\.replay/);
  });

  it("should have a grid with the head on it", () => {
    const fine = runOf([2, 3, 1, 2, 0], null, ["...", "..."]);
    expect(saidOfRuns(fine)).toBe("accepted");
    for (const run of [
      [0, 3, 0, 0, 0],
      [2, 0, 0, 0, 0],
      [2, 3, 2, 0, 0],
      [2, 3, 0, 3, 0],
    ] as const)
      expect(saidOfRuns(fine, runOf(run, null, [])), run.join()).toBe("replay-run verdicts.replay[1]");
  });

  it("should have at most 5,000,000 cells together, and at least as many as one layer has", () => {
    const none: readonly (readonly Run[])[] = [
      [[5_000_001, 1, 0, 0, 0]],
      [[1, 5_000_001, 0, 0, 1]],
      [[1, 1, 0, 0, 5_000_001]],
      [
        [1, 1, 0, 0, 0],
        [5, 1_000_000, 0, 0, 0],
      ],
      [
        [1, 1, 0, 0, 3],
        [2, 833_333, 0, 0, 3],
      ],
    ];
    for (const runs of none)
      expect(saidOfRuns(...runs.map((run) => runOf(run, null, []))), runs.join()).toBe("undecided replay-cells");
    expect(saidOfRuns(runOf([5, 1_000_000, 0, 0, 0], null, []))).toMatch(/^counts/);
  });

  it("should halt at the layer that is stated", () => {
    // The machine of TEXT: from the first state to A, from A at a blank to B, from B at 1, which it has no entry for, to idle.
    const of = (layers: number, halts: number | null): string =>
      saidWith(["verdicts", "replay"], [runOf([1, 1, 0, 0, layers], halts, [layers < 2 ? "." : "+"])], TEXT);
    expect(of(2, null)).toBe("accepted");
    expect(of(3, 3)).toBe("accepted");
    expect(of(5, 3)).toBe("accepted");
    for (const halts of [null, 2, 4, 5]) expect(of(5, halts)).toBe("counts verdicts.replay[0].haltsAtLayer");
    expectWith(["verdicts", "replay", 0, "haltsAtLayer"], [0, 1], "counts verdicts.replay[0].haltsAtLayer");
  });
});

describe("counts", () => {
  it("should all come out as stated, but for the leaves", () => {
    expectWith(["verdicts", "function", "leaves"], [1], "accepted");
    const counts: readonly (readonly (string | number)[])[] = [
      ["function", "patches"],
      ["function", "rules", "msg-1-memorize"],
      ["function", "rules", "otherwise-keep"],
      ["step", "closedPatches"],
      ["step", "cases"],
      ["weights", "setSize"],
      ["weights", "widthBound"],
      ["weights", "widths", 4],
      ["head", "units"],
      ["head", "kinks"],
      ["head", "intervals"],
      ["replay", 0, "cells"],
      ["replay", 0, "tape", 0],
    ];
    for (const path of counts) {
      const value = get(dataOf(QUICK), ["verdicts", ...path]);
      const other = typeof value === "number" ? value + 1 : `${value as string}`.replace(/.$/, (end) => (end === "+" ? "-" : end === "1" ? "2" : "1")); // prettier-ignore
      const place = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("");
      expectWith(["verdicts", ...path], [other], `counts verdicts${place}`);
    }
    expectWith(["verdicts", "replay", 0, "tape"], [["++", ".."]], "counts verdicts.replay[0].tape[1]");
    expectWith(["verdicts", "replay", 0, "tape"], [[]], "counts verdicts.replay[0].tape[0]");
  });
});
