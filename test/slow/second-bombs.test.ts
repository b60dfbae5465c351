/** Texts that would take much work or memory: the second checker has an answer in little of either. */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { cellCode, normalForm } from "../../checkers/second/rcnn-machine.js";
import { root, scratch } from "../unit/cli/run-cli.js";
import {
  dataOf,
  forged,
  layersOf,
  put,
  TINY_TEXT,
  type Json,
  type Layer,
  type Row,
} from "../unit/checkers/second/forge.js";

const MEBIBYTE = 1_048_576;
const folder = scratch();
const checker = pathToFileURL(join(root, "dist/checkers/second/check.js")).href;
const script = `
  import { readFileSync } from "node:fs";
  import { checkCertificateAgain } from "${checker}";
  const { verdict, code, limit } = checkCertificateAgain(readFileSync(process.argv[1], "utf8"));
  console.log(JSON.stringify({ said: code ?? limit ?? verdict, peak: process.resourceUsage().maxRSS / 1024 }));`;

/** What is said of a text of less than 1 MiB, in a process that may have 600 MiB on its heap. */
function saidWithin(text: string): string {
  expect(text.length).toBeLessThan(MEBIBYTE);
  const file = join(folder, "bomb.json");
  writeFileSync(file, text);
  const args = ["--max-old-space-size=600", "--input-type=module", "-e", script, file];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", timeout: 30_000 });
  expect(stderr).toBe("");
  const { said, peak } = JSON.parse(stdout) as { said: string; peak: number };
  expect(peak).toBeLessThan(600);
  return said;
}

/** The same small numbers each time. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

const WEIGHTS = ["4", "-4", "3", "-2", "-6", "5"];

/** Adds rows of V2 that read two units of V1 each; gives the first one. */
function addFunctions(layers: Layer[], count: number, below: (most: number) => number): number {
  const [v1, v2, v3] = layers as [Layer, Layer, Layer];
  const first = v2.rows.length;
  for (let k = 0; k < count; k++) {
    const units = [...new Set([below(v1.rows.length), below(v1.rows.length)])].toSorted((a, b) => a - b);
    v2.rows.push(["0", ...units.map((unit): [number, string] => [unit, WEIGHTS[below(6)] as string])]);
  }
  v3.inputs = v2.rows.length;
  return first;
}

/** Adds a gate that reads rows of V2 from `first` on, with random whole weights; gives its entries. */
function addGate(layers: Layer[], bias: string, first: number, below: (most: number) => number): Row {
  const [, v2, v3, v4] = layers as [Layer, Layer, Layer, Layer];
  const entries = v2.rows.slice(first).map((_, k): [number, string] => [first + k, String(1 + below(16))]);
  for (const entry of entries) if (below(2) === 0) entry[1] = `-${entry[1]}`;
  v3.rows.push([bias, ...entries]);
  v4.inputs = v3.rows.length;
  return [bias, ...entries];
}

/** Adds a row of V4 that reads the last gates. */
function addOutput(layers: Layer[], ...weights: string[]): void {
  const [, , v3, v4, v5] = layers as [Layer, Layer, Layer, Layer, Layer];
  const first = v3.rows.length - weights.length;
  v4.inputs = v3.rows.length;
  v4.rows.push(["0", ...weights.map((weight, k): [number, string] => [first + k, weight])]);
  v5.inputs = v4.rows.length;
  v5.rows[0]?.push([v4.rows.length - 1, "1"]);
}

const withFilter = (change: (layers: Layer[]) => void): string =>
  forged((json) => change(layersOf(json, "filter")), TINY_TEXT);

describe("the second checker", () => {
  it("should decide gates that nothing reads, however deep they are", () => {
    for (const [bias, expected] of [
      ["-1/4", "counts"],
      ["1", "kink"],
    ] as const)
      // prettier-ignore
      expect(
        saidWithin(
          withFilter((layers) => {
            const below = random(1);
            const [v1] = layers as [Layer];
            const first = addFunctions(layers, 200, below);
            // Values of whole units of V1 alone: no gate of quarters is 0 then.
            for (const row of layers[1]?.rows.slice(first) ?? [])
              for (const entry of row.slice(1) as [number, string][]) entry[1] = "4";
            expect(v1.rows.length).toBeGreaterThan(50);
            for (let k = 0; k < 5; k++) addGate(layers, bias, first, below);
          }),
        ),
      ).toBe(expected);
  });

  it("should decide gates that cancel each other: equal, multiples, and opposite ones with what is left", () => {
    const text = withFilter((layers) => {
      const below = random(2);
      const first = addFunctions(layers, 40, below);
      for (const row of layers[1]?.rows.slice(first) ?? [])
        for (const entry of row.slice(1) as [number, string][]) entry[1] = "4";
      for (let k = 0; k < 3; k++) {
        const [bias, ...entries] = addGate(layers, "1/4", first, below);
        const times = (factor: number): Row => [
          factor === -1 ? "-1/4" : bias,
          ...entries.map(([column, weight]): [number, string] => [column, String(factor * Number(weight))]),
        ];
        // relu(z) - relu(z), and relu(z) - relu(-z) - (relu(z) - relu(-z)).
        layers[2]?.rows.push(times(1));
        addOutput(layers, "1", "-1");
        layers[2]?.rows.push(times(1), times(-1), times(1), times(-1));
        addOutput(layers, "1", "-1", "-1", "1");
      }
    });
    expect(saidWithin(text)).toBe("counts");
  });

  it("should give up on gates that stay open, alone or by the thousand, and on products of layers", () => {
    const open = withFilter((layers) => {
      const below = random(3);
      const first = addFunctions(layers, 200, below);
      for (let k = 0; k < 40; k++) {
        addGate(layers, "-1/4", first, below);
        addOutput(layers, k % 2 === 0 ? "1" : "-1");
      }
    });
    expect(saidWithin(open)).toBe("work");
    const thousands = withFilter((layers) => {
      const below = random(4);
      const first = addFunctions(layers, 40, below);
      for (let k = 0; k < 8_000; k++)
        layers[2]?.rows.push(["1/4", [first + below(20), `${1 + below(16)}`], [first + 20 + below(20), "-3"]]);
      addOutput(layers, ...Array.from({ length: 8_000 }, (_, k) => (k % 2 === 0 ? "1" : "-1")));
    });
    expect(saidWithin(thousands)).toBe("work");
    const product = withFilter((layers) => {
      const [v1, v2, v3, v4] = layers as [Layer, Layer, Layer, Layer];
      const row: Row = ["0"];
      for (let k = 0; k < 9_000; k++) row.push([v1.rows.push(["1/4", [0, "1"]]) - 1, "4"]);
      v2.inputs = v1.rows.length;
      const read = v2.rows.push(row) - 1;
      v3.inputs = v2.rows.length;
      for (let k = 0; k < 9_000; k++) v3.rows.push(["1/4", [read, "1"]]);
      v4.inputs = v3.rows.length;
    });
    expect(saidWithin(product)).toBe("work");
  });

  it("should give up on large alphabets", () => {
    for (const [alphabet, count] of [
      ["full", 100],
      ["well-formed", 4_000],
    ] as const) {
      const states = Array.from({ length: count }, (_, q) => `q${q}`);
      const source = { name: "many", states, start: "q0", halting: [], table: [] };
      const machine = normalForm(source);
      const text = forged((json) => {
        Object.assign(json as object, { source, machine, alphabet, code: cellCode(machine).constants });
        // Numbers that all filters may have.
        for (const [l, { rows }] of layersOf(json, "filter").entries()) {
          for (const row of rows) {
            row[0] = l === 0 ? "1/4" : "0";
            for (const entry of row.slice(1) as [number, string][]) entry[1] = l === 1 ? "4" : "1";
          }
        }
      }, TINY_TEXT);
      expect(saidWithin(text), alphabet).toBe("work");
    }
  });

  it("should replay up to the limit, on grids of each shape", () => {
    const run = (rows: number, columns: number, layers: number): Json => {
      const cells = rows * columns * layers;
      return { rows, columns, headRow: 0, headColumn: 0, layers, cells, haltsAtLayer: null, tape: [] };
    };
    for (const [rows, columns, layers] of [[1, 1, 5_000_000], [1, 2_500_000, 2], [2_500_000, 1, 2], [2_000, 2_500, 0]] as const) // prettier-ignore
      expect(saidWithin(forged((json) => put(json, ["verdicts", "replay"], [run(rows, columns, layers)]), TINY_TEXT))).toBe("counts"); // prettier-ignore
  });

  it("should read long numbers, deep brackets and long lines", () => {
    const digits = withFilter((layers) => {
      const [v1, v2] = layers as [Layer, Layer];
      for (let k = 0; k < 230; k++) v1.rows.push([`1${"0".repeat(1998)}1/${"7".repeat(2000)}`]);
      v2.inputs = v1.rows.length;
    });
    expect(["network", "weight-outside-set"]).toContain(saidWithin(digits));
    expect(saidWithin("[".repeat(MEBIBYTE - 1))).toBe("not-json");
    expect(saidWithin("[".repeat(500_000) + "]".repeat(500_000))).toBe("schema");
    expect(saidWithin("9".repeat(MEBIBYTE - 1))).toBe("schema");
    expect(saidWithin(TINY_TEXT + "\n".repeat(1_000_000))).toBe("not-canonical");
  });

  it("should roll out many points of a learning run on a wide grid up to the limit", () => {
    const text = readFileSync(join(root, "corpus/rcnn/bases/learning.json"), "utf8");
    const [point] = (dataOf(text) as { predictions: Json[] }).predictions as [Json];
    const many = forged((json) => {
      put(
        json,
        ["predictions"],
        Array.from({ length: 10_000 }, () => point),
      );
      put(json, ["shape", "columns"], 2_000);
      put(json, ["verdicts", "float32"], null);
    }, text);
    expect(saidWithin(many)).toBe("learning-cells");
  });
});
