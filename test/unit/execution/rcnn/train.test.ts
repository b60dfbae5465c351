import { describe, expect, it } from "vitest";
import { readoutNetworkInUnits } from "../../../../construction/rcnn/readout-network.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { hypercube, withOne, type Example, type Sign } from "../../../../inputs/examples/examples.js";
import { ExactRcnn, type RcnnParts } from "../../../../execution/rcnn/network.js";
import { labelUnit, memorizationFault, memoryUnit, train } from "../../../../execution/rcnn/train.js";
import { rational, ZERO } from "../../../../spec/exact/rational.js";
import type { Network } from "../../../../spec/networks/network.js";
import { cellCode, fromUnits, cellFromValue, PADDING_CELL, type Cell } from "../../../../spec/rcnn/cell-code.js";
import { cellRule as specifiedFilter, cellFeatures } from "../../../../spec/rcnn/cell-rule.js";
import { patchOf } from "../../../../spec/rcnn/patch.js";
import { FIRST_LITERAL } from "../learn/learners.js";

const code = cellCode(FIRST_LITERAL.states.length);
const parts: RcnnParts = { code, filter: machineToFilter(FIRST_LITERAL), head: readoutNetworkInUnits(code) };

/** All training sets of m examples in d dimensions. */
function* trainingSets(d: number, m: number): Generator<Example[]> {
  const points = hypercube(d + 1);
  for (let k = 0; k < points.length ** m; k++) {
    yield Array.from({ length: m }, (_, i) => {
      const entries = points[Math.floor(k / points.length ** i) % points.length] as readonly Sign[];
      return { x: entries.slice(0, d), y: entries[d] as Sign };
    });
  }
}

describe("Algorithm 1 in exact integers", () => {
  it("should memorize every training set up to d = 2, m = 3 and d = 3, m = 2, step by step", () => {
    let sets = 0;
    for (const [d, m] of [
      [1, 1],
      [1, 2],
      [1, 3],
      [2, 1],
      [2, 2],
      [2, 3],
      [3, 1],
      [3, 2],
    ] as const) {
      const network = new ExactRcnn(parts, { d, m, columns: 1, layers: m + 1 });
      for (const examples of trainingSets(d, m)) {
        const run = train(network, code, examples);
        expect(run.fault).toBeUndefined();
        expect(run.steps).toHaveLength(m + 1);
        sets++;
      }
    }
    expect(sets).toBe(4 + 16 + 64 + 8 + 64 + 512 + 16 + 256);
  });

  it("should then predict what the machine computes from the XOR tape", () => {
    const trainingSet: Example[] = [
      { x: [1, -1, 1], y: -1 },
      { x: [-1, -1, 1], y: 1 },
    ];
    const smallest: Example[] = [{ x: [-1], y: -1 }];
    for (const examples of [trainingSet, smallest]) {
      const d = examples[0]?.x.length as number;
      const network = new ExactRcnn(parts, { d, m: examples.length, columns: 1, layers: 40 });
      const { weights } = train(network, code, examples);
      const literal = (examples[0]?.y as number) * (examples[0]?.x[0] as number);
      for (const x of hypercube(d)) {
        const { output, settled } = network.rollOut(network.memoryLayer(weights, withOne(x)));
        expect(settled).toBeDefined();
        expect(output).toBe(literal * (x[0] as number) * labelUnit(code));
      }
    }
  });

  it("should refuse fewer layers than the memory phase needs to reach every row", () => {
    const examples: Example[] = ([1, -1, 1] as const).map((y) => ({ x: [1, 1], y }));
    expect(() => train(new ExactRcnn(parts, { d: 2, m: 3, columns: 1, layers: 3 }), code, examples)).toThrow(
      "train: expected at least m + 1 = 4 layers, so that the memory phase reaches every row, got 3",
    );
  });

  it("should compare all entries of a step with Lemmas 3 and 4, the last ones included", () => {
    const examples: Example[] = [
      { x: [1, -1], y: -1 },
      { x: [1, 1], y: 1 },
    ];
    const { steps } = train(new ExactRcnn(parts, { d: 2, m: 2, columns: 1, layers: 3 }), code, examples);
    expect(steps.map((step) => memorizationFault(code, examples, step))).toEqual([undefined, undefined, undefined]);
    const seen = new Set<string>();
    for (const step of steps) {
      for (const key of ["memory", "gradient", "weights"] as const) {
        for (const [k, value] of step[key].entries()) {
          const fault = memorizationFault(code, examples, { ...step, [key]: step[key].with(k, value + 1) });
          expect(fault).toMatchObject({ step: step.index, expected: value, actual: value + 1 });
          expect(fault?.entry).toEqual([Math.floor(k / 3), k % 3]);
          seen.add(fault?.code as string);
        }
      }
      expect(memorizationFault(code, examples, { ...step, output: 1 })?.code).toBe("output");
    }
    expect([...seen]).toEqual(["memory-phase", "gradient", "weights"]);
    expect(steps.at(-1)?.weights.at(-1)).toBe(memoryUnit(code));
  });

  it("should refuse examples that do not fit the shape", () => {
    const network = new ExactRcnn(parts, { d: 2, m: 2, columns: 1, layers: 3 });
    expect(() => train(network, code, [])).toThrow("train: expected at least one example, got none");
    expect(() => train(network, code, [{ x: [1, 1], y: 1 }])).toThrow(
      "train: expected 2 examples of 2 coordinates, got 1 of 2",
    );
    const wrong: Example = { x: [1, 0 as Sign], y: 1 };
    expect(() => train(network, code, [wrong, wrong])).toThrow("train: example 0: expected entries 1 and -1, got 0");
    expect(() => new ExactRcnn(parts, { d: 0, m: 1, columns: 1, layers: 1 })).toThrow(
      "ExactRcnn: expected d to be an integer of at least 1, got 0",
    );
  });
});

describe("the Jacobian of the composed layers", () => {
  it("should be the product of the spec's Jacobians, at every entry", () => {
    const questions = cellFeatures(code, FIRST_LITERAL);
    const [d, m, columns] = [2, 3, 2];
    const layers = 5;
    const width = d + 1 + columns;
    for (const memorized of [0, 1, 3, 4]) {
      const network = new ExactRcnn(parts, { d, m, columns, layers });
      const weights = network.zeroWeights().map((_, k) => {
        const sign = k % 2 === 0 ? 1 : -1;
        return Math.floor(k / (d + 1)) < memorized ? sign * memoryUnit(code) : 0;
      });
      const start = network.memoryLayer(weights, [1, -1, 1]);
      // The product of the spec's Jacobians: rows are cells of the last grid, columns cells of the first one.
      let grid = start;
      let product = [...start.keys()].map((i) => [...start.keys()].map((j): number => (i === j ? 1 : 0)));
      for (let layer = 0; layer < layers; layer++) {
        const cells = [...grid].map((u): Cell => cellFromValue(code, fromUnits(code, BigInt(u))));
        const at = (row: number, column: number): Cell =>
          row < 0 || row > m || column < 0 || column >= width ? PADDING_CELL : (cells[row * width + column] as Cell);
        product = product.map((entries, cell) => {
          const around = [-1, 0, 1].flatMap((r) =>
            [-1, 0, 1].map((c) => at(Math.floor(cell / width) + r, (cell % width) + c)),
          );
          const { slope } = specifiedFilter(code, questions, patchOf(around));
          return entries.map((entry) => slope * entry);
        });
        grid = network.rollOut(grid, undefined, 1).grid;
      }
      const actual = network.jacobian(start);
      expect(actual).toHaveLength(product.length);
      for (const [row, entries] of product.entries()) expect([...(actual[row] as Float64Array)]).toEqual(entries);
      const ones = product.flat().filter((entry) => entry === 1).length;
      expect(ones).toBe(memorized <= m ? d + 1 : 0);
    }
  });
});

describe("corrupted networks", () => {
  it("should make training fail, not pass", () => {
    const examples: Example[] = [
      { x: [1, -1], y: -1 },
      { x: [-1, 1], y: 1 },
    ];
    const corrupt = (layer: number, row: number): Network => ({
      layers: parts.filter.layers.map((it, i) =>
        i !== layer
          ? it
          : { ...it, rows: it.rows.map((r, k) => (k === row ? { ...r, bias: r.bias.add(rational(1n)) } : r)) },
      ),
    });
    const outcome = (filter: Network): string => {
      try {
        const network = new ExactRcnn({ ...parts, filter }, { d: 2, m: 2, columns: 1, layers: 3 });
        return train(network, code, examples).fault?.code ?? "none";
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(outcome(parts.filter)).toBe("none");
    // The output bias, and the bias of the carrying term, are added everywhere.
    expect(outcome(corrupt(4, 0))).not.toBe("none");
    expect(outcome(corrupt(3, 0))).not.toBe("none");
    const slopeless = parts.filter.layers.map((it, i) =>
      i === 1
        ? { ...it, rows: it.rows.map((r) => ({ ...r, entries: r.entries.map(([c]) => [c, ZERO] as const) })) }
        : it,
    );
    expect(outcome({ layers: slopeless })).not.toBe("none");
  });
});
