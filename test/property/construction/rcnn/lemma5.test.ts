import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { finiteTable, smallRational } from "../../../../arbitraries/tables.js";
import { decodeNetwork, encodeNetwork } from "../../../../certificates/network-json.js";
import { checkDimensions, checkWeightSets } from "../../../../checkers/rcnn/check-lemma5.js";
import { checkTable } from "../../../../checkers/networks/check-table.js";
import { toThreeLayers } from "../../../../construction/rcnn/lemma5/compose-layers.js";
import { readTable } from "../../../../inputs/tables/read-table.js";
import { synthesize } from "../../../../construction/rcnn/lemma5/synthesize.js";
import { tableToNetwork } from "../../../../construction/rcnn/lemma5/table-to-network.js";
import { weightSetReport } from "../../../../construction/rcnn/lemma5/weight-sets.js";
import { writeTable } from "../../../../inputs/tables/write-table.js";
import { formatRational, rational, type Rational } from "../../../../spec/exact/rational.js";
import { halfWidth, sumOfIndicators } from "../../../../spec/rcnn/lemma5/functions.js";
import {
  printedDimensions,
  provenDimensions,
  weightDomain,
  weightSets,
  weightsOf,
} from "../../../../spec/rcnn/lemma5/weights.js";
import { evaluateWithJacobian } from "../../../../spec/networks/network.js";
import type { Table } from "../../../../spec/networks/table.js";

const table = finiteTable();
/** Domains of all kinds, cheap enough for the yardstick. */
const small = finiteTable({ maxInputs: 2, maxOutputs: 2, maxPoints: 3 });

const spell = (values: readonly Rational[]): string[] => values.map(formatRational);

describe("tableToNetwork on random finite tables", () => {
  it("should have every value and every partial derivative at every point, without kinks", () => {
    fc.assert(
      fc.property(small, (given) => {
        const network = tableToNetwork(given);
        for (const { at, value, jacobian } of given.points) {
          const found = evaluateWithJacobian(network, at);
          expect(found.kink).toBe(false);
          expect(spell(found.value)).toEqual(spell(value));
          expect(found.jacobian.map(spell)).toEqual(jacobian.map(spell));
        }
      }),
      { numRuns: 40 },
    );
  });

  it("should be accepted by the checker, with the counts of the closed formulas", () => {
    fc.assert(
      fc.property(table, (given) => {
        const { d1, d2 } = provenDimensions(given);
        const points = given.points.length;
        const values = points * given.outputs;
        expect(checkTable(tableToNetwork(given), given)).toEqual({
          verdict: "accepted",
          result: { points, values, derivatives: values * given.inputs, relus: points * (d1 + d2) },
        });
      }),
    );
  });

  it("should have the proven dimensions, inside the printed ones", () => {
    fc.assert(
      fc.property(table, (given) => {
        const proven = provenDimensions(given);
        expect(checkDimensions(tableToNetwork(given), given)).toEqual({ verdict: "accepted", result: proven });
        const printed = printedDimensions(given);
        for (const key of ["d1", "bumps", "d2", "thresholds"] as const) {
          expect(proven[key]).toBeLessThanOrEqual(printed[key]);
        }
        const allNonzero = given.points.every(({ value }) => value.every((y) => y.n !== 0n));
        if (allNonzero) expect(proven.d2).toBe(printed.d2);
      }),
    );
  });

  it("should hold no more numbers than Lemma 6 and Corollary 3 allow, all from the sets that X, Y and G determine", () => {
    fc.assert(
      fc.property(table, (given) => {
        const network = tableToNetwork(given);
        const verdict = checkWeightSets(network, given);
        expect(verdict.verdict).toBe("accepted");
        const lines = weightSetReport(network, weightDomain(given));
        for (const line of lines) {
          expect(line.holds).toBe(true);
          expect(line.actual).toBeLessThanOrEqual(line.available);
          expect(line.available).toBeLessThanOrEqual(line.sharpBound);
          expect(line.sharpBound).toBeLessThanOrEqual(line.bound);
        }
        const actual = Object.fromEntries(lines.map((line) => [line.set, line.actual]));
        expect(verdict).toMatchObject({ result: actual });
      }),
    );
  });

  it("should equal Equation (4) also outside the table's domain", () => {
    const step = fc.integer({ min: -11, max: 11 });
    const place = fc.constantFrom("near", "bend", "far");
    const off = fc.tuple(small, fc.nat(), fc.array(fc.tuple(place, step), { minLength: 2, maxLength: 2 }));
    fc.assert(
      fc.property(off, ([given, pick, moves]) => {
        const network = tableToNetwork(given);
        const base = given.points[pick % given.points.length]?.at ?? [];
        const delta = halfWidth(given);
        const x = base.map((value, i) => {
          const [where, k] = moves[i] ?? ["far", 0];
          const steps = rational(BigInt(k), 4n);
          if (where === "far") return value.add(steps);
          if (where === "near") return value.add(delta.mul(steps));
          // Just past the end of a plateau, where the sum of bumps passes through the ramp of tau.
          const past = delta.add(delta.mul(delta).mul(steps.abs()));
          return k < 0 ? value.sub(past) : value.add(past);
        });
        const spec = sumOfIndicators(given, x);
        const found = evaluateWithJacobian(network, x);
        expect(spell(found.value)).toEqual(spell(spec.value));
        if (!found.kink && spec.jacobian !== undefined) {
          expect(found.jacobian.map(spell)).toEqual(spec.jacobian.map(spell));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("should stay the same function in the three-layer form of Lemma 5", () => {
    fc.assert(
      fc.property(small, fc.array(smallRational(), { minLength: 2, maxLength: 2 }), (given, shifts) => {
        const network = tableToNetwork(given);
        const three = toThreeLayers(network);
        const { d1, d2 } = provenDimensions(given);
        expect(three.layers.map(({ rows }) => rows.length)).toEqual([d1, d2, given.outputs]);
        expect(three.layers.map(({ relu }) => relu)).toEqual([true, true, false]);
        expect(checkTable(three, given).verdict).toBe("accepted");
        const x = shifts.slice(0, given.inputs);
        expect(spell(evaluateWithJacobian(three, x).value)).toEqual(spell(evaluateWithJacobian(network, x).value));
      }),
      { numRuns: 30 },
    );
  });

  it("should return unchanged from the JSON form of its network and of its table", () => {
    fc.assert(
      fc.property(table, (given) => {
        const text = writeTable(given);
        expect(writeTable(readTable(text))).toBe(text);
        const made = synthesize(text);
        const json = JSON.stringify(encodeNetwork(made.network));
        const back = decodeNetwork(JSON.parse(json));
        expect(JSON.stringify(encodeNetwork(back))).toBe(json);
        expect(checkTable(back, made.table).verdict).toBe("accepted");
        expect(JSON.parse(JSON.stringify(made.report))).toEqual(made.report);
        expect(made.report.dimensions.built).toEqual(made.report.dimensions.proven);
      }),
      { numRuns: 30 },
    );
  });
});

describe("weightSets", () => {
  it("should be used up entirely by all f and g over a small domain", () => {
    // X = {(0, 0), (1, 3)}: every f into {0, 2}^1 and every g into {0, -1/2}: the union of what their matrices hold.
    const [zero, one, two, three] = [0n, 1n, 2n, 3n].map((n) => rational(n)) as [
      Rational,
      Rational,
      Rational,
      Rational,
    ];
    const ats = [
      [zero, zero],
      [one, three],
    ];
    const ys = [zero, two];
    const gs = [zero, rational(-1n, 2n)];
    const union = MATRICES.map(() => new Set<string>());
    let tables = 0;
    let available: string[][] = [];
    for (let code = 0; code < 2 ** 6; code++) {
      const bit = <T>(k: number, list: readonly T[]): T => list[(code >> k) & 1] as T;
      const given: Table = {
        inputs: 2,
        outputs: 1,
        points: ats.map((at, p) => ({ at, value: [bit(p, ys)], jacobian: [[bit(2 + 2 * p, gs), bit(3 + 2 * p, gs)]] })),
      };
      tableToNetwork(given).layers.forEach((layer, k) =>
        weightsOf(layer).forEach((w) => union[k]?.add(formatRational(w))),
      );
      const domain = { ...weightDomain(given), outputValues: ys, slopes: gs };
      available = Object.values(weightSets(domain)).map(spell);
      tables++;
    }
    expect(tables).toBe(64);
    expect(union.map((set) => [...set].sort())).toEqual(available.map((set) => [...set].sort()));
  });
});

const MATRICES = ["W1", "W1'", "W1+", "W2'", "W2+"];
