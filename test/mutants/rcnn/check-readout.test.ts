import { describe, expect, it } from "vitest";
import { checkReadout, MAX_HEAD_UNITS, type ReadoutFault } from "../../../checkers/rcnn/check-readout.js";
import type { Rejected } from "../../../checkers/verdict.js";
import { readoutNetwork, readoutNetworkInUnits } from "../../../construction/rcnn/readout-network.js";
import { formatRational, ONE, rational, ZERO, type Rational } from "../../../spec/exact/rational.js";
import type { AffineMap, AffineRow, Network } from "../../../spec/networks/network.js";
import { cellCode } from "../../../spec/rcnn/cell-code.js";
import { READOUT, readoutInUnits } from "../../../spec/rcnn/readout.js";

const valid = readoutNetwork();
const [hidden, output] = valid.layers as [AffineMap, AffineMap];
const outputRow = output.rows[0] as AffineRow;
const TINY = rational(1n, 10n ** 40n);

function network(first: Partial<AffineMap>, second: Partial<AffineMap> = {}): Network {
  return {
    layers: [
      { ...hidden, ...first },
      { ...output, ...second },
    ],
  };
}

function withHidden(unit: number, change: (row: AffineRow) => AffineRow): Network {
  return network({ rows: hidden.rows.with(unit, change(hidden.rows[unit] as AffineRow)) });
}

function withOutput(row: Partial<AffineRow>): Network {
  return network({}, { rows: [{ ...outputRow, ...row }] });
}

/** Adds units at kinks of the reader's choice with output weights that need not be 0. */
function withUnits(units: readonly (readonly [bias: Rational, weight: Rational])[]): Network {
  const first = hidden.rows.length;
  return network(
    { rows: [...hidden.rows, ...units.map(([bias]): AffineRow => ({ bias, entries: [[0, ONE]] }))] },
    {
      inputs: first + units.length,
      rows: [
        {
          bias: outputRow.bias,
          entries: [...outputRow.entries, ...units.map(([, weight], k): [number, Rational] => [first + k, weight])],
        },
      ],
    },
  );
}

function expectRejected(candidate: Network, code: ReadoutFault, path?: string): Rejected<ReadoutFault> {
  const verdict = checkReadout(candidate);
  if (verdict.verdict !== "rejected") throw new Error(`expected ${code}, got ${verdict.verdict}`);
  expect(verdict.code).toBe(code);
  if (path !== undefined) expect(verdict.path).toBe(path);
  return verdict;
}

const UNITS = [0, 1, 2, 3] as const;

describe("checkReadout", () => {
  it("should accept the head network and count what it compared", () => {
    expect(checkReadout(valid)).toEqual({ verdict: "accepted", result: { units: 4, kinks: 4, intervals: 5 } });
  });

  it("should accept the integer form for every number of state digits", () => {
    for (let digits = 0; digits <= 12; digits++) {
      const code = cellCode(2 ** digits);
      const integers = readoutNetworkInUnits(code);
      expect(checkReadout(integers, readoutInUnits(code)).verdict).toBe("accepted");
      const [first, second] = integers.layers as [AffineMap, AffineMap];
      for (const row of [...first.rows, ...second.rows]) {
        expect(row.bias.d).toBe(1n);
        for (const [, weight] of row.entries) expect(["1", "-1", "2", "-2"]).toContain(formatRational(weight));
      }
    }
  });

  it("should tell the two systems of units apart", () => {
    const code = cellCode(2);
    expect(checkReadout(valid, readoutInUnits(code))).toMatchObject({ verdict: "rejected", code: "slope" });
    expect(checkReadout(readoutNetworkInUnits(code))).toMatchObject({ verdict: "rejected", code: "slope" });
  });

  it("should accept other networks of the same function", () => {
    const seven = rational(7n);
    const reordered = network(
      { rows: hidden.rows.toReversed() },
      {
        rows: [
          {
            bias: outputRow.bias,
            entries: UNITS.map((k): [number, Rational] => [k, (outputRow.entries[3 - k] as [number, Rational])[1]]),
          },
        ],
      },
    );
    const rescaled = network(
      { rows: hidden.rows.map(({ bias }) => ({ bias: bias.mul(seven), entries: [[0, seven]] })) },
      { rows: [{ ...outputRow, entries: outputRow.entries.map(([k, weight]) => [k, weight.div(seven)]) }] },
    );
    // At a kink of the head itself, units may have theirs, too.
    const at = (hidden.rows[3] as AffineRow).bias;
    const cancelling = withUnits([
      [at, ONE],
      [at, ONE.neg()],
    ]);
    // r(z) = z + r(-z): the units at 0 and 3^-2 reversed; their linear parts cancel, their constants enter the bias.
    const reversed = network(
      {
        rows: hidden.rows.map(({ bias, entries }, k) =>
          k === 1 || k === 2 ? { bias: bias.neg(), entries: [[0, ONE.neg()]] } : { bias, entries },
        ),
      },
      { rows: [{ ...outputRow, bias: rational(-5n) }] },
    );
    for (const same of [reordered, rescaled, cancelling, reversed]) expect(checkReadout(same).verdict).toBe("accepted");
    expect(checkReadout(cancelling)).toMatchObject({ result: { units: 6, kinks: 4, intervals: 5 } });
  });

  it("should accept units that do not read x, and count their constant", () => {
    const constant = (share: Rational): Network =>
      network(
        { rows: [...hidden.rows, { bias: rational(3n), entries: [] }] },
        {
          inputs: 5,
          rows: [{ bias: outputRow.bias.sub(share), entries: [...outputRow.entries, [4, ONE]] }],
        },
      );
    expect(checkReadout(constant(rational(3n)))).toMatchObject({ verdict: "accepted", result: { units: 5, kinks: 4 } });
    expectRejected(constant(ZERO), "value");
  });

  describe("slope", () => {
    it.each(UNITS)("should reject any change of the bias of unit %i", (unit) => {
      for (const change of [TINY, TINY.neg(), ONE, rational(-7n)]) {
        expectRejected(
          withHidden(unit, (row) => ({ ...row, bias: row.bias.add(change) })),
          "slope",
          "head",
        );
      }
    });

    it.each(UNITS)("should reject any change of the input weight of unit %i", (unit) => {
      for (const weight of [ONE.add(TINY), ONE.sub(TINY), ONE.neg()]) {
        expectRejected(
          withHidden(unit, (row) => ({ ...row, entries: [[0, weight]] })),
          "slope",
          "head",
        );
      }
      expectRejected(
        withHidden(unit, (row) => ({ ...row, entries: [] })),
        "slope",
        "head",
      );
    });

    it.each(UNITS)("should reject any change of the output weight of unit %i", (unit) => {
      const [, weight] = outputRow.entries[unit] as [number, Rational];
      for (const change of [TINY, TINY.neg(), weight.neg().sub(weight)]) {
        expectRejected(
          withOutput({ entries: outputRow.entries.with(unit, [unit, weight.add(change)]) }),
          "slope",
          "head",
        );
      }
      expectRejected(withOutput({ entries: outputRow.entries.toSpliced(unit, 1) }), "slope", "head");
    });

    it("should name the interval and both slopes", () => {
      const last = withOutput({ entries: outputRow.entries.with(3, [3, rational(-17n)]) });
      expect(expectRejected(last, "slope").witness).toEqual({ from: "1/6", to: "infinity", network: "1", head: "0" });
      const third = withOutput({ entries: outputRow.entries.with(2, [2, rational(35n)]) });
      expect(expectRejected(third, "slope").witness).toEqual({ from: "1/9", to: "1/6", network: "17", head: "18" });
      const left = withHidden(0, (row) => ({ bias: row.bias.neg(), entries: [[0, ONE.neg()]] }));
      expect(expectRejected(left, "slope").witness).toEqual({
        from: "-infinity",
        to: "-1/6",
        network: "-18",
        head: "0",
      });
    });

    it("should see a slope that is wrong beyond the last kink alone, or before the first, however far out they are", () => {
      for (const far of [rational(100n), rational(10n ** 30n)]) {
        const right = withUnits([[far.neg(), ONE]]);
        expect(expectRejected(right, "slope").witness).toMatchObject({ from: formatRational(far), to: "infinity" });
        const left = network(
          { rows: [...hidden.rows, { bias: far.neg(), entries: [[0, ONE.neg()]] }] },
          { inputs: 5, rows: [{ ...outputRow, entries: [...outputRow.entries, [4, ONE]] }] },
        );
        expect(expectRejected(left, "slope").witness).toMatchObject({
          from: "-infinity",
          to: formatRational(far.neg()),
        });
      }
    });

    it("should see a spike that is narrower than any sample", () => {
      for (const at of [ZERO, rational(1n, 7n), rational(-5n), rational(10n ** 30n)]) {
        const spike = network(
          {
            rows: [
              ...hidden.rows.slice(0, 3),
              ...[TINY, ZERO, TINY.neg()].map((offset): AffineRow => ({
                bias: at.neg().add(offset),
                entries: [[0, ONE]],
              })),
            ],
          },
          {
            inputs: 6,
            rows: [
              {
                bias: outputRow.bias,
                entries: [...outputRow.entries.slice(0, 3), [3, ONE], [4, rational(-2n)], [5, ONE]],
              },
            ],
          },
        );
        expectRejected(spike, "slope");
      }
    });
  });

  describe("value", () => {
    it("should reject any change of the output bias", () => {
      for (const change of [TINY, TINY.neg(), ONE]) {
        const verdict = expectRejected(withOutput({ bias: outputRow.bias.add(change) }), "value");
        expect(verdict.path).toBe("head.layers[1].rows[0].bias");
        expect(verdict.witness).toEqual({
          at: "-7/6",
          network: formatRational(change.sub(ONE)),
          head: "-1",
        });
      }
    });
  });

  describe("kink", () => {
    const elsewhere = [rational(-1n, 9n), rational(1n, 18n), rational(1n, 7n), rational(-1n, 6n).sub(TINY), TINY];

    it("should reject a unit with its kink where the head has none, read or not", () => {
      for (const at of elsewhere) {
        for (const weight of [ZERO, ONE, rational(-7n)]) {
          const candidate = withUnits([
            [at.neg(), weight],
            [at.neg(), weight.neg()],
          ]);
          const { witness } = expectRejected(candidate, "kink", "head.layers[0].rows[4]");
          expect(witness).toEqual({ at: formatRational(at), kinks: ["-1/6", "0", "1/9", "1/6"] });
        }
      }
    });

    it("should reject it at any place among the units, whatever the weight it reads x with", () => {
      for (const unit of [0, 2, 4]) {
        for (const weight of [ONE, ONE.neg(), rational(1n, 3n)]) {
          const idle: AffineRow = { bias: weight.div(rational(9n)), entries: [[0, weight]] };
          const shifted = outputRow.entries.map(([k, w]): [number, Rational] => [k < unit ? k : k + 1, w]);
          const candidate = network(
            { rows: hidden.rows.toSpliced(unit, 0, idle) },
            { inputs: 5, rows: [{ ...outputRow, entries: shifted }] },
          );
          expectRejected(candidate, "kink", `head.layers[0].rows[${unit}]`);
        }
      }
    });

    it("should accept units with their kinks at the head's own, and such as have none", () => {
      for (const [, row] of hidden.rows.entries())
        expect(checkReadout(withUnits([[row.bias, ZERO]])).verdict).toBe("accepted");
      const idle = network({ rows: [...hidden.rows, { bias: ZERO, entries: [] }] }, { inputs: 5, rows: [outputRow] });
      expect(checkReadout(idle).verdict).toBe("accepted");
    });

    it("should measure kinks in the units of the head that is asked for", () => {
      const code = cellCode(8);
      const integers = readoutNetworkInUnits(code);
      const [first, second] = integers.layers as [AffineMap, AffineMap];
      const withKinkAt = (u: bigint): Network => ({
        layers: [
          { ...first, rows: [...first.rows, { bias: rational(-u), entries: [[0, ONE]] }] },
          { ...second, inputs: 5 },
        ],
      });
      expect(checkReadout(withKinkAt(0n), readoutInUnits(code)).verdict).toBe("accepted");
      expect(checkReadout(withKinkAt(code.scale / 9n), readoutInUnits(code)).verdict).toBe("accepted");
      expect(checkReadout(withKinkAt(-code.scale / 9n), readoutInUnits(code))).toMatchObject({ code: "kink" });
    });
  });

  describe("too-many-units", () => {
    it("should count units, needed or not", () => {
      const idle = (count: number): Network =>
        withUnits(Array.from({ length: count }, (_, k) => [(hidden.rows[k] as AffineRow).bias, ZERO] as const));
      expect(checkReadout(idle(MAX_HEAD_UNITS - 4))).toMatchObject({ verdict: "accepted", result: { units: 6 } });
      const { witness } = expectRejected(idle(MAX_HEAD_UNITS - 3), "too-many-units", "head.layers[0].rows");
      expect(witness).toEqual({ units: 7, limit: 6 });
    });
  });

  describe("shape", () => {
    const cases: readonly (readonly [string, Network, string, number | boolean])[] = [
      ["no layers", { layers: [] }, "head.layers", 0],
      ["one layer", { layers: [hidden] }, "head.layers", 1],
      ["three layers", { layers: [hidden, output, { ...output, inputs: 1 }] }, "head.layers", 3],
      ["no input", network({ inputs: 0, rows: [] }, { inputs: 0 }), "head.layers[0].inputs", 0],
      ["two inputs", network({ inputs: 2 }), "head.layers[0].inputs", 2],
      ["no first ReLU", network({ relu: false }), "head.layers[0].relu", false],
      ["a last ReLU", network({}, { relu: true }), "head.layers[1].relu", true],
      ["too few second inputs", network({}, { inputs: 3 }), "head.layers[1].inputs", 3],
      ["too many second inputs", network({}, { inputs: 5 }), "head.layers[1].inputs", 5],
      ["no output", network({}, { rows: [] }), "head.layers[1].rows", 0],
      ["two outputs", network({}, { rows: [outputRow, outputRow] }), "head.layers[1].rows", 2],
    ];
    it.each(cases)("should reject %s", (_, candidate, path, got) => {
      expect(expectRejected(candidate, "shape", path).witness).toEqual({ got });
    });

    it.each(UNITS)("should reject a column that unit %i or the output does not have", (unit) => {
      for (const column of [-1, 1, 0.5, NaN]) {
        const { witness } = expectRejected(
          withHidden(unit, (row) => ({ ...row, entries: [[column, ONE]] })),
          "shape",
          `head.layers[0].rows[${unit}].entries[0]`,
        );
        expect(witness).toEqual({ got: column });
      }
      for (const column of [-1, 4, 0.5]) {
        expectRejected(
          withOutput({ entries: outputRow.entries.with(unit, [column, ONE]) }),
          "shape",
          `head.layers[1].rows[0].entries[${unit}]`,
        );
      }
    });

    it("should reject columns that repeat or fall", () => {
      const twice = withHidden(2, (row) => ({
        ...row,
        entries: [
          [0, ONE],
          [0, ONE],
        ],
      }));
      expectRejected(twice, "shape", "head.layers[0].rows[2].entries[1]");
      expectRejected(withOutput({ entries: outputRow.entries.toReversed() }), "shape");
    });
  });

  it("should reject a network with no units, by its slope", () => {
    const none = network({ rows: [] }, { inputs: 0, rows: [{ bias: ONE, entries: [] }] });
    expect(expectRejected(none, "slope").witness).toMatchObject({ from: "-1/6", to: "0" });
    expect(checkReadout(none, { leftValue: ONE, kinks: [], slopes: [] })).toEqual({
      verdict: "accepted",
      result: { units: 0, kinks: 0, intervals: 1 },
    });
    expect(READOUT.kinks).toHaveLength(4);
  });
});
