import { describe, expect, it } from "vitest";
import { DyadicSum, exactNumber } from "../../../../checkers/rcnn/dyadic-sum.js";
import { checkFloatBounds, type FloatQuestion } from "../../../../checkers/rcnn/float-bounds.js";
import { readoutNetworkInUnits } from "../../../../construction/rcnn/readout-network.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { checkVectors } from "../../../../execution/tensors/check-vectors.js";
import { formatRational, ONE, rational, ZERO, type Rational } from "../../../../spec/exact/rational.js";
import type { Network } from "../../../../spec/networks/network.js";
import { cellCode, headValue, PHASE_VALUE } from "../../../../spec/rcnn/cell-code.js";
import { CENTRE } from "../../../../spec/rcnn/patch.js";
import { withRow } from "../../../mutants/networks/samples.js";
import { withCellFunction, withGate } from "../../../mutants/rcnn/gates.js";
import { IDLE } from "../../../mutants/rcnn/samples.js";
import { FIRST_LITERAL } from "../../execution/learn/learners.js";

const question: FloatQuestion = { layout: "taps", rows: 9, mainColumns: 5, training: true };

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
  it("should bound what is found at patches, layer by layer, and not by much too much", () => {
    const machine = FIRST_LITERAL;
    const code = cellCode(machine.states.length);
    const verdict = checkFloatBounds(machineToFilter(machine), readoutNetworkInUnits(code), code, question);
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
      const bound = verdict.result.forward.find(({ name }) => name === `V${layer + 1} forward`);
      const units = Math.max(...sums.map((sum) => sum.units));
      expect(units).toBeLessThanOrEqual(Number(bound?.size));
      // From V4 on, the bound takes all gates at their largest at once.
      if (layer < 3) expect(units * 4).toBeGreaterThan(Number(bound?.size));
    }
  });

  it("should call a sum of 2^24 units too large, and one of a unit less not", () => {
    const code = cellCode(1);
    const filter = machineToFilter(IDLE);
    // 1 at every cell.
    const head: Network = {
      layers: [
        { name: "U2", inputs: 1, rows: [{ bias: rational(1n), entries: [] }], relu: true },
        { name: "U1", inputs: 1, rows: [{ bias: rational(0n), entries: [[0, rational(1n)]] }], relu: false },
      ],
    };
    const prediction = { layout: "taps", mainColumns: 1, training: false } as const;
    expect(checkFloatBounds(filter, head, code, { ...prediction, rows: 2 ** 24 - 1 }).verdict).toBe("accepted");
    expect(checkFloatBounds(filter, head, code, { ...prediction, rows: 2 ** 24 })).toMatchObject({
      code: "too-large",
      path: "sum over 16777216 cells",
      witness: { row: "0", grid: "1", size: "16777216", limit: "16777216" },
    });
  });

  it("should say what was asked and what came out, the way back only if it counts", () => {
    const bounds = (training: boolean, layout: "dense" | "taps") => {
      const verdict = checkFloatBounds(machineToFilter(IDLE), readoutNetworkInUnits(cellCode(1)), cellCode(1), {
        ...question,
        training,
        layout,
      });
      if (verdict.verdict !== "accepted") throw new Error(verdict.message);
      return verdict.result;
    };
    const taps = bounds(true, "taps");
    expect(taps).toMatchObject({ layout: "taps", rows: 9, mainColumns: 5 });
    const names = ({ forward, backward }: typeof taps) =>
      [forward, backward].map((list) => list.map(({ name }) => name));
    expect(names(taps)).toEqual([
      [
        "memory layer forward",
        ...[1, 2, 3, 4, 5].map((k) => `V${k} forward`),
        "head U2 forward",
        "head U1 forward",
        "sum over 45 cells",
      ],
      [
        "head U1 backward",
        "head U2 backward",
        "memory layer backward",
        "F - Y",
        "update of W",
        "V5 backward",
        "V4 backward",
        "V3 backward",
        "V2 and V1 backward, by function",
        "V1 backward, by cell",
      ],
    ]);
    expect(names(bounds(true, "dense"))[1]?.slice(-2)).toEqual(["V2 backward", "V1 backward"]);
    expect(bounds(false, "taps").backward).toEqual([]);
    // A third of 2 * 3^3, and biases of quarters.
    expect(taps.forward.map(({ grid }) => grid).slice(0, 2)).toEqual(["2", "1/4"]);
    expect(taps.forward[0]).toEqual({ name: "memory layer forward", row: 0, grid: "2", size: "9" });
  });

  it("should bound the way back over the cells of training, and no others", () => {
    const code = cellCode(1);
    const filter = machineToFilter(IDLE);
    // A function of the centre that is high at one cell value alone, read with a large odd weight.
    const withBump = (x: Rational): Network => {
      const { n, s: sign } = x.mul(rational(code.scale));
      const [network, bump] = withCellFunction(filter, "bump", CENTRE, sign * n);
      return withGate(network, { bias: ZERO, entries: [[bump, rational(1001n)]] }, ONE);
    };
    const backward = (of: Network) => {
      const verdict = checkFloatBounds(of, readoutNetworkInUnits(code), code, question);
      return verdict.verdict === "accepted" ? verdict.result.backward.slice(-2) : verdict;
    };
    // A blank cell in the compute phase, and one with a head: no sum of training has them.
    expect(backward(withBump(PHASE_VALUE))).toEqual(backward(filter));
    expect(backward(withBump(PHASE_VALUE.add(headValue(code, 0))))).toEqual(backward(filter));
    const third = rational(1n, 3n);
    for (const x of [PHASE_VALUE.neg(), third, third.neg(), ONE, ZERO])
      expect(backward(withBump(x)), formatRational(x)).not.toEqual(backward(filter));
  });

  it("should refuse what it cannot decide, by code", () => {
    const code = cellCode(FIRST_LITERAL.states.length);
    const filter = machineToFilter(FIRST_LITERAL);
    const head = readoutNetworkInUnits(code);
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
    for (const [layer, { rows }] of filter.layers.entries()) {
      expect(codeOf(withBias(layer, 1n, 3n))).toBe("not-dyadic");
      const path = `filter.layers[${layer}].rows[${rows.length - 1}]`;
      expect(checkFloatBounds(withBias(layer, 1n, 3n), head, code, question)).toMatchObject({ path });
    }
    const thirds = withRow(head, 0, 1, (row) => ({ ...row, entries: [[0, rational(1n, 3n)]] }));
    expect(checkFloatBounds(filter, thirds, code, question)).toMatchObject({
      code: "not-dyadic",
      path: "head.layers[0].rows[1]",
    });
    expect(codeOf(withBias(1, 1n, 1n))).toBe("unsupported");
    expect(codeOf({ layers: filter.layers.slice(0, 4) })).toBe("unsupported");
    expect(codeOf(withBias(4, 2n ** 24n, 1n))).toBe("too-large");
    // A grid twice as fine doubles the size in units.
    expect(codeOf(withBias(4, 1n, 2n ** 20n))).toBe("too-large");
  });
});
