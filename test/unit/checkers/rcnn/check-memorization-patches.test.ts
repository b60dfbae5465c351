import { describe, expect, it } from "vitest";
import { checkMemorization, REPLAYED_SIZES } from "../../../../checkers/rcnn/check-memorization.js";
import { readoutNetworkInUnits } from "../../../../construction/rcnn/readout-network.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { formatRational, ONE, rational, ZERO } from "../../../../spec/exact/rational.js";
import type { AffineMap, AffineRow, Network } from "../../../../spec/networks/network.js";
import { cellCode, PADDING, PHASE_VALUE, toUnits } from "../../../../spec/rcnn/cell-code.js";
import { PAIR } from "../../../mutants/rcnn/samples.js";
import { withRow } from "../../../mutants/networks/samples.js";
import { withIdleRow } from "../../../mutants/rcnn/number-mutants.js";
import { wrongAt } from "../../../mutants/rcnn/single-patch.js";

const code = cellCode(2);
const filter = machineToFilter(PAIR);
const head = readoutNetworkInUnits(code);

/** Beyond the border, a padding column, the memory phase, zero, and memorized +1/3 and -1/3. */
const CELLS: Readonly<Record<string, bigint>> = {
  o: toUnits(code, PADDING),
  "1": code.scale,
  m: toUnits(code, PHASE_VALUE.neg()),
  ".": 0n,
  "+": code.scale / 3n,
  "-": -code.scale / 3n,
};
const unitsOf = (patch: string): bigint[] => [...patch.replaceAll(" ", "")].map((cell) => CELLS[cell] as bigint);

describe("checkMemorization on heads", () => {
  const at = toUnits(code, PHASE_VALUE.neg());
  /** relu(weight (u - at) + lift) - 1 */
  const ramp = (weight: bigint, lift: bigint): Network => ({
    layers: [
      {
        name: "U2",
        inputs: 1,
        rows: [{ bias: rational(lift - weight * at), entries: [[0, rational(weight)]] }],
        relu: true,
      },
      { name: "U1", inputs: 1, rows: [{ bias: rational(-1n), entries: [[0, rational(1n)]] }], relu: false },
    ],
  });

  it("should ask for value 0 and slope 1 at -3^-2, and for nothing else", () => {
    expect(checkMemorization(filter, ramp(1n, 1n), code).verdict).toBe("accepted");
    const wrong: readonly (readonly [Network, value: string, slope: string | null])[] = [
      [ramp(2n, 1n), "0", "2"],
      [ramp(-1n, 1n), "0", "-1"],
      [ramp(1n, 2n), "1", "1"],
      [ramp(1n, -1n), "-1", "0"],
      [ramp(1n, 0n), "-1", null],
    ];
    for (const [network, value, slope] of wrong) {
      expect(checkMemorization(filter, network, code)).toMatchObject({
        verdict: "rejected",
        code: "memory-head",
        path: "head",
        witness: { value, slope },
      });
    }
  });

  it("should refuse heads of no layer, of two inputs and of two outputs", () => {
    const [hidden, output] = ramp(1n, 1n).layers as [AffineMap, AffineMap];
    const identity: AffineRow = { bias: ZERO, entries: [[0, ONE]] };
    for (const layers of [
      [],
      [{ ...hidden, inputs: 2 }, output],
      [hidden, { ...output, rows: [...output.rows, ...output.rows] }],
      [hidden, { ...output, rows: [] }],
      [hidden, output, { name: "", inputs: 1, relu: false, rows: [identity, identity] }],
    ])
      expect(checkMemorization(filter, { layers }, code)).toMatchObject({ code: "memory-head", path: "head" });
  });

  it("should count what it looks at: 528 waves, 172 training sets", () => {
    const verdict = checkMemorization(filter, head, code);
    expect(verdict).toMatchObject({ result: { columnWindows: 8, waves: 528, trainingSets: 172 } });
    expect(REPLAYED_SIZES.map(({ d, m }) => m * (d + 1))).toEqual([2, 4, 3, 6, 4, 6]);
  });
});

describe("checkMemorization on filters that are wrong at one patch of the wave", () => {
  // Rows of three cells: memorized, in the memory phase, zero; at each border, beside padding columns, and inside.
  const met = [
    "+-+ mmm mmm",
    "--- --- ---",
    "-+- +-+ -+-",
    "+++ +++ ++-",
    "-++ +++ +++",
    "--+ ++- mmm",
    "+++ --+ ...",
    "+-- ... ...",
    "mmm mmm ...",
    "mmm ... ...",
    "... ... ...",
    "... ... ooo",
    "mmm ... ooo",
    "mmm mmm ooo",
    "ooo ... ...",
    "ooo mmm ...",
    "ooo mmm mmm",
    "ooo +-+ +--",
    "ooo -+1 mm1",
    "ooo ... ooo",
    "ooo mmm ooo",
    "+-- mmm ooo",
    "-+- ... ooo",
    "o+- o-+ omm",
    "o-- o-+ o..",
    "ooo o.. o..",
    "om1 o.1 o.1",
    "o+1 o-1 o-1",
    "+-1 -+1 --1",
    "+11 -11 m11",
    "+11 m11 m11",
    "+1o -1o m1o",
    "-1o .1o .1o",
    "111 111 111",
    "11o 11o 11o",
    "ooo .1o .1o",
    "ooo 111 111",
    "11o 11o ooo",
  ];
  for (const patch of met) {
    it(`should reject one that is wrong at ${patch}`, () => {
      const verdict = checkMemorization(wrongAt(filter, unitsOf(patch), 2n), head, code);
      if (verdict.verdict !== "rejected") throw new Error(`expected memory-value, got ${verdict.verdict}`);
      expect([verdict.code, verdict.path]).toEqual(["memory-value", "filter"]);
      const texts = unitsOf(patch).map((u) => formatRational(rational(u, code.scale)));
      expect(verdict.witness["patch"]).toEqual(texts);
    });
  }

  it("should reject one that has no integer, or no derivative, at a patch", () => {
    const thirds = wrongAt(filter, unitsOf("+-+ mmm ..."), rational(1n, 3n));
    expect(checkMemorization(thirds, head, code)).toMatchObject({ code: "memory-value", path: "filter" });
    // A gate of its own that is 0 with slope 1 where the centre is in the memory phase, and 0 around all other cells.
    const at = toUnits(code, PHASE_VALUE.neg());
    const [{ rows: units }, { rows: functions }, { rows: gates }, { rows: terms }] = filter.layers as [
      AffineMap,
      AffineMap,
      AffineMap,
      AffineMap,
    ];
    let kinked = filter;
    for (const quarters of [-2n, -1n, 1n, 2n])
      kinked = withIdleRow(kinked, 0, { bias: rational(-4n * at - quarters, 4n), entries: [[4, rational(1n)]] });
    kinked = withIdleRow(kinked, 1, {
      bias: rational(0n),
      entries: [-1n, 2n, -2n, 1n].map((w, k) => [units.length + k, rational(w)] as const),
    });
    kinked = withIdleRow(kinked, 2, { bias: rational(0n), entries: [[functions.length, rational(1n)]] });
    kinked = withIdleRow(kinked, 3, { bias: rational(0n), entries: [[gates.length, rational(1n)]] });
    kinked = withRow(kinked, 4, 0, (row) => ({ ...row, entries: [...row.entries, [terms.length, rational(1n)]] }));
    expect(checkMemorization(kinked, head, code)).toMatchObject({ code: "memory-kink", path: "filter" });
  });

  it("should accept one that is wrong where the wave never comes", () => {
    // Zeros above what is memorized, rows of different kinds in one row, a padding column left of the data, a single row of
    // padding between the borders of a row without data.
    for (const patch of [
      "... +++ mmm",
      "+.+ mmm mmm",
      "1++ 1-- 1mm",
      "m.. ... ...",
      "ooo o1o ooo",
      "mmm +++ +++",
      "... mmm +++",
    ])
      expect(checkMemorization(wrongAt(filter, unitsOf(patch), 2n), head, code).verdict).toBe("accepted");
  });
});
