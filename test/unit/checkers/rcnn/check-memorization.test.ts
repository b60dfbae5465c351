import { describe, expect, it } from "vitest";
import { checkMemorization, MAX_WAVE_ROWS, REPLAYED_SIZES } from "../../../../checkers/rcnn/check-memorization.js";
import { gateTables, type GateTables } from "../../../../checkers/rcnn/gate-tables.js";
import { placeCells, placeUnits } from "../../../../checkers/rcnn/letters.js";
import { replayWave, rowsAfter, rowWindows } from "../../../../checkers/rcnn/memory-wave.js";
import { PatchEvaluator } from "../../../../checkers/rcnn/patch-evaluator.js";
import { replayTraining } from "../../../../checkers/rcnn/replay-training.js";
import { readoutNetworkInUnits } from "../../../../construction/rcnn/readout-network.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { rational, ZERO, type Rational } from "../../../../spec/exact/rational.js";
import type { Network } from "../../../../spec/networks/network.js";
import { alphabet } from "../../../../spec/rcnn/alphabet.js";
import { cellCode } from "../../../../spec/rcnn/cell-code.js";
import { FIRST_LITERAL, largeMachine } from "../../execution/learn/learners.js";

const code = cellCode(FIRST_LITERAL.states.length);
const filter = machineToFilter(FIRST_LITERAL);
const head = readoutNetworkInUnits(code);

/** A copy of a network with one number changed: the bias of a row, or its k-th weight. */
function changed(
  network: Network,
  layer: number,
  row: number,
  k: number | "bias",
  to: (x: Rational) => Rational,
): Network {
  return {
    layers: network.layers.map((it, i) => ({
      ...it,
      rows: it.rows.map((r, j) => {
        if (i !== layer || j !== row) return r;
        if (k === "bias") return { ...r, bias: to(r.bias) };
        return { ...r, entries: r.entries.map(([c, w], e) => [c, e === k ? to(w) : w] as const) };
      }),
    })),
  };
}

const codeOf = (network: Network, itsHead: Network = head): string => {
  const verdict = checkMemorization(network, itsHead, code);
  return verdict.verdict === "rejected" ? verdict.code : verdict.verdict;
};

describe("checkMemorization", () => {
  it("should accept a filter for every d, m and training set, and say how much it looked at", () => {
    const verdict = checkMemorization(filter, head, code);
    const symbols = rowWindows().map(
      ({ above, row, below }) => [above, row, below].filter((kind) => kind === "S").length,
    );
    // Data columns in each of the eight windows of columns.
    const data = [2, 1, 3, 2, 1, 1, 0, 0];
    const patches = symbols.flatMap((s) => data.map((columns) => 2 ** (s * columns))).reduce((a, b) => a + b, 0);
    expect(verdict).toEqual({
      verdict: "accepted",
      result: {
        rowWindows: symbols.length,
        columnWindows: data.length,
        patches,
        waves: (MAX_WAVE_ROWS * (MAX_WAVE_ROWS + 1)) / 2,
        trainingSets: REPLAYED_SIZES.map(({ d, m }) => 2 ** (m * (d + 1))).reduce((a, b) => a + b, 0),
      },
    });
  });

  it("should accept filters of other machines with the same counts, for the wave knows no machine", () => {
    const machine = largeMachine(40);
    const other = cellCode(40);
    expect(checkMemorization(machineToFilter(machine), readoutNetworkInUnits(other), other)).toEqual(
      checkMemorization(filter, head, code),
    );
  });

  it("should name what is wrong with a filter or a head", () => {
    const plusOne = (x: Rational): Rational => x.add(rational(1n));
    const v4 = filter.layers[3];
    const slopeTerm = filter.layers[4]?.rows[0]?.entries.findIndex(
      ([term]) => v4?.rows[term]?.entries.length === 2 && v4.rows[term]?.bias.n === 0n && term === 3,
    );
    expect(slopeTerm).toBe(3);
    expect(codeOf(changed(filter, 4, 0, "bias", plusOne))).toBe("memory-value");
    // The term that gives msg-1 its slope adds no value: without it only the derivative is wrong.
    expect(codeOf(changed(filter, 4, 0, 3, () => ZERO))).toBe("memory-derivative");
    expect(codeOf(filter, changed(head, 1, 0, "bias", plusOne))).toBe("memory-head");
    expect(codeOf(filter, changed(head, 1, 0, 0, plusOne))).toBe("memory-head");
    expect(codeOf({ layers: filter.layers.slice(1) })).toBe("shape");
  });

  it("should reject every filter with one output weight missing that message passing needs, the last ones included", () => {
    const outcomes = (filter.layers[3]?.rows ?? []).map((_, term) => codeOf(changed(filter, 4, 0, term, () => ZERO)));
    const rejectedTerms = outcomes.flatMap((outcome, term) => (outcome === "accepted" ? [] : [term]));
    // carry, msg-5, msg-1 and msg-2 at zero, msg-1 slope; msg-3 and msg-4, heads and borders play no role in training.
    expect(rejectedTerms).toEqual([0, 1, 2, 3]);
  });

  it("should give a patch as witness", () => {
    const verdict = checkMemorization(
      changed(filter, 4, 0, 3, () => ZERO),
      head,
      code,
    );
    expect(verdict).toMatchObject({
      verdict: "rejected",
      path: "filter",
      witness: { expectedSlope: "1", actualJacobian: Array.from({ length: 9 }, () => "0") },
    });
    expect((verdict as unknown as { witness: { patch: string[] } }).witness.patch[4]).toBe("0");
  });
});

describe("the replay of whole training sets", () => {
  const units = placeUnits(code, placeCells(alphabet(code, "well-formed")));
  const evaluatorOf = (network: Network): PatchEvaluator =>
    new PatchEvaluator(gateTables(network, units) as GateTables, units);

  it("should accept the filter and count the training sets", () => {
    expect(replayTraining(evaluatorOf(filter), head, code, { d: 1, m: 2 })).toBe(16);
  });

  it("should reject, without the local argument, filters that do not memorize", () => {
    const terms = [...(filter.layers[3]?.rows.keys() ?? [])];
    const rejectedTerms = terms.filter((term) => {
      const replayed = replayTraining(evaluatorOf(changed(filter, 4, 0, term, () => ZERO)), head, code, { d: 1, m: 2 });
      if (typeof replayed !== "number") expect(replayed.code).toBe("memory-replay");
      return typeof replayed !== "number";
    });
    // Without msg-5 the rows leave the wave's path, which the local argument rejects, but they end where they should.
    expect(rejectedTerms).toEqual([0, 2, 3]);
  });
});

describe("the wave of rows", () => {
  it("should start in row tau and spread by one row a layer", () => {
    expect(rowsAfter(5, 3, 0).join("")).toBe("SSZZZ");
    expect(rowsAfter(5, 3, 1).join("")).toBe("SSMZZ");
    expect(rowsAfter(5, 3, 2).join("")).toBe("SMMMZ");
    expect(rowsAfter(5, 1, 2).join("")).toBe("MMZZZ");
  });

  it("should follow from the rule for three rows, in max(tau, rows - tau + 1) layers", () => {
    for (let rows = 1; rows <= 20; rows++) {
      for (let tau = 1; tau <= rows; tau++) {
        expect(replayWave(rows, tau)).toEqual({ agrees: true, layers: Math.max(tau, rows - tau + 1) });
      }
    }
  });

  it("should show every window in grids of few rows", () => {
    const seen = new Set(rowWindows().map(({ above, row, below }) => above + row + below));
    for (let rows = 10; rows <= 14; rows++) {
      for (let tau = 1; tau <= rows; tau++) {
        for (let layer = 0; layer <= rows; layer++) {
          const word = `O${rowsAfter(rows, tau, layer).join("")}O`;
          for (let i = 0; i + 3 <= word.length; i++) expect(seen).toContain(word.slice(i, i + 3));
        }
      }
    }
  });
});
