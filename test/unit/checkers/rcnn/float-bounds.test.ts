import { describe, expect, it } from "vitest";
import { DyadicSum, exactNumber, powerOfTwo } from "../../../../checkers/rcnn/dyadic-sum.js";
import { checkFloatBounds, FLOAT32_LIMIT, type FloatQuestion } from "../../../../checkers/rcnn/float-bounds.js";
import { headNetworkInUnits } from "../../../../construction/rcnn/head-network.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { checkVectors } from "../../../../execution/tensors/check-vectors.js";
import { rational } from "../../../../spec/exact/rational.js";
import type { Network } from "../../../../spec/networks/network.js";
import { cellCode } from "../../../../spec/rcnn/cell-code.js";
import { FIRST_LITERAL, largeMachine } from "../../execution/learn/learners.js";

const question: FloatQuestion = { layout: "taps", rows: 9, mainColumns: 5, training: true };

function boundsFor(states: number, more: Partial<FloatQuestion> = {}) {
  const machine = states === FIRST_LITERAL.states.length ? FIRST_LITERAL : largeMachine(states);
  const code = cellCode(states);
  return checkFloatBounds(machineToFilter(machine), headNetworkInUnits(code), code, { ...question, ...more });
}

/** The terms of every sum of every layer at an input, in plain numbers. */
function termsAt({ layers }: Network, input: readonly number[]): number[][][] {
  let values = [...input];
  return layers.map(({ rows, relu }) => {
    const terms = rows.map(({ bias, entries }) => [
      exactNumber(bias),
      ...entries.map(([column, weight]) => exactNumber(weight) * (values[column] as number)),
    ]);
    values = terms.map((row) => row.reduce((a, b) => a + b, 0)).map((sum) => (relu ? Math.max(0, sum) : sum));
    return terms;
  });
}

describe("checkFloatBounds", () => {
  it("should accept every machine of up to 256 states for prediction and for training", () => {
    for (const states of [8, 256]) {
      const verdict = boundsFor(states);
      expect(verdict.verdict).toBe("accepted");
      if (verdict.verdict !== "accepted") continue;
      for (const { size } of [...verdict.counts.forward, ...verdict.counts.backward]) {
        expect(Number(size)).toBeLessThan(FLOAT32_LIMIT);
      }
    }
  });

  it("should name the sum that is too large, with its size and the limit", () => {
    expect(boundsFor(257)).toMatchObject({
      verdict: "rejected",
      code: "too-large",
      path: "V2 forward",
      witness: { limit: "16777216" },
    });
    // The matrices as they are, differentiated unit by unit, leave the range much earlier.
    expect(boundsFor(8, { layout: "dense" }).verdict).toBe("accepted");
    expect(boundsFor(40, { layout: "dense" })).toMatchObject({ code: "too-large", path: "V1 backward" });
    expect(boundsFor(40, { layout: "dense", training: false }).verdict).toBe("accepted");
    // At 8 states F is at most 2 * 3^4, at a blank cell of unknown phase.
    const rows = Math.floor((FLOAT32_LIMIT - 1) / 162);
    expect(boundsFor(8, { rows, mainColumns: 1 }).verdict).toBe("accepted");
    expect(boundsFor(8, { rows: rows + 1, mainColumns: 1 })).toMatchObject({
      code: "too-large",
      path: `sum over ${rows + 1} cells`,
    });
  });

  it("should bound what is found at patches, layer by layer, and not by much too much", () => {
    const machine = FIRST_LITERAL;
    const verdict = boundsFor(machine.states.length);
    if (verdict.verdict !== "accepted") throw new Error("expected bounds");
    const examples = [{ x: [1, -1] as const, y: 1 as const }];
    const { patches } = checkVectors({
      machine,
      layout: "dense",
      examples,
      points: [],
      columns: 1,
      layers: 2,
      patches: 400,
    });
    const filter = machineToFilter(machine);
    const found = filter.layers.map(({ rows }) => rows.map(() => new DyadicSum()));
    for (const patch of patches) {
      for (const [layer, rows] of termsAt(filter, patch).entries()) {
        for (const [row, terms] of rows.entries()) found[layer]?.[row]?.offer(terms);
      }
    }
    for (const [layer, sums] of found.entries()) {
      const bound = verdict.counts.forward.find(({ name }) => name === `V${layer + 1} forward`);
      const units = Math.max(...sums.map((sum) => sum.units));
      expect(units).toBeLessThanOrEqual(Number(bound?.size));
      // From V4 on, the bound takes all gates at their largest at once.
      if (layer < 3) expect(units * 4).toBeGreaterThan(Number(bound?.size));
    }
  });

  it("should refuse what it cannot decide, by code", () => {
    const code = cellCode(FIRST_LITERAL.states.length);
    const filter = machineToFilter(FIRST_LITERAL);
    const head = headNetworkInUnits(code);
    const withBias = (layer: number, numerator: bigint, denominator: bigint): Network => ({
      layers: filter.layers.map((it, i) => ({
        ...it,
        rows: it.rows.map((row, r) =>
          i === layer && r === it.rows.length - 1 ? { ...row, bias: rational(numerator, denominator) } : row,
        ),
      })),
    });
    const codeOf = (network: Network): string => {
      const verdict = checkFloatBounds(network, head, code, question);
      return verdict.verdict === "rejected" ? verdict.code : verdict.verdict;
    };
    expect(codeOf(filter)).toBe("accepted");
    for (const layer of filter.layers.keys()) expect(codeOf(withBias(layer, 1n, 3n))).toBe("not-dyadic");
    expect(codeOf(withBias(1, 1n, 1n))).toBe("unsupported");
    expect(codeOf({ layers: filter.layers.slice(0, 4) })).toBe("unsupported");
    expect(codeOf(withBias(4, 2n ** 24n, 1n))).toBe("too-large");
    // A grid twice as fine doubles the size in units.
    expect(codeOf(withBias(4, 1n, 2n ** 20n))).toBe("too-large");
  });
});

describe("dyadic sums", () => {
  it("should find the largest power of two that divides a number", () => {
    expect([1, 12, -40, 0.75, 2 ** 30, -0.03125].map(powerOfTwo)).toEqual([1, 4, 8, 0.25, 2 ** 30, 0.03125]);
  });

  it("should keep the coarsest common grid and the largest size", () => {
    const sum = new DyadicSum([4, -12]);
    expect([sum.grid, sum.size, sum.units]).toEqual([4, 16, 4]);
    sum.offer([0, 6]);
    expect([sum.grid, sum.size, sum.units]).toEqual([2, 16, 8]);
    sum.offerScaled([0.5, -0.5], 32, 8);
    expect([sum.grid, sum.size, sum.units]).toEqual([2, 32, 16]);
    sum.grow(1);
    expect(sum.size).toBe(33);
    expect(new DyadicSum([0]).units).toBe(0);
  });
});
