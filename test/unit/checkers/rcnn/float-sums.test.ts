import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  filterBackward,
  filterForward,
  headForward,
  memoryBackward,
  memoryForward,
  type Worst,
} from "../../../../checkers/rcnn/float-sums.js";
import { univariateTables, type UnivariateTables } from "../../../../checkers/rcnn/univariate-tables.js";
import { readoutNetworkInUnits } from "../../../../construction/rcnn/readout-network.js";
import { rational, ZERO, type Rational } from "../../../../spec/exact/rational.js";
import type { AffineMap, AffineRow, Network } from "../../../../spec/networks/network.js";
import { cellCode } from "../../../../spec/rcnn/cell-code.js";
import { PLACES } from "../../../../spec/rcnn/patch.js";

const toNumber = ({ s, n, d }: Rational): number => Number(s * n) / Number(d);

/** The largest power of two that divides all numbers other than 0. */
function gridOf(numbers: readonly number[]): number {
  let grid = 2 ** 20;
  while (numbers.some((n) => n % grid !== 0)) grid /= 2;
  return numbers.every((n) => n === 0) ? 1 : grid;
}

/** A sum, as far as it is known: the terms that it may have, and the largest sum of absolute values. */
interface Sum {
  readonly terms: readonly number[];
  readonly size: number;
}

/** The sum of a row over all points: every term that occurs, and the largest of the sums. */
const overPoints = (points: readonly (readonly number[])[]): Sum => ({
  terms: points.flat(),
  size: Math.max(0, ...points.map((terms) => terms.reduce((sum, term) => sum + Math.abs(term), 0))),
});

function expectWorst(found: Worst | undefined, name: string, sums: readonly Sum[]): void {
  const units = sums.map(({ terms, size }) => size / gridOf(terms));
  const row = Math.max(0, units.indexOf(Math.max(...units)));
  const grid = gridOf(sums[row]?.terms ?? []);
  expect(found).toEqual({ name, row, grid, size: units[row] ?? 0 });
}

const weight: fc.Arbitrary<Rational> = fc
  .tuple(fc.constantFrom(-6n, -4n, -3n, -2n, -1n, 1n, 2n, 3n, 4n, 6n), fc.constantFrom(1n, 2n, 4n))
  .map(([n, d]) => rational(n, d));
const bias: fc.Arbitrary<Rational> = fc.oneof(weight, fc.constant(ZERO));

function row(columns: readonly number[], least: number): fc.Arbitrary<AffineRow> {
  const entries = fc
    .subarray([...columns], { minLength: Math.min(least, columns.length) })
    .chain((chosen) => fc.tuple(...chosen.map((column) => weight.map((w) => [column, w] as const))));
  return fc.record({ bias, entries });
}

const rows = (count: number, of: fc.Arbitrary<AffineRow>): fc.Arbitrary<AffineRow[]> =>
  fc.array(of, { minLength: count, maxLength: count });

/** Filters of the kind that is bounded: each unit reads a place, each function units of one place and no bias. */
const filters: fc.Arbitrary<Network> = fc
  .record({
    places: fc.uniqueArray(fc.nat({ max: PLACES - 1 }), { minLength: 1, maxLength: 3 }),
    units: fc.integer({ min: 1, max: 3 }),
    gates: fc.integer({ min: 1, max: 4 }),
    terms: fc.integer({ min: 1, max: 3 }),
  })
  .chain(({ places, units, gates, terms }) => {
    const v1 = fc.tuple(
      ...places.flatMap((place) =>
        Array.from({ length: units }, () =>
          fc.tuple(bias, weight).map(([b, w]): AffineRow => ({ bias: b, entries: [[place, w]] })),
        ),
      ),
    );
    const own = (k: number) => Array.from({ length: units }, (_, i) => k * units + i);
    const v2 = fc.tuple(
      ...places.flatMap((_place, k) =>
        [0, 1].map(() => row(own(k), 1).map((it): AffineRow => ({ ...it, bias: ZERO }))),
      ),
    );
    const all = (count: number) => Array.from({ length: count }, (_, i) => i);
    const functions = 2 * places.length;
    return fc
      .tuple(v1, v2, rows(gates, row(all(functions), 1)), rows(terms, row(all(gates), 0)), row(all(terms), 1))
      .map(([first, second, third, fourth, fifth]): Network => ({
        layers: [
          { name: "V1", inputs: PLACES, rows: first, relu: true },
          { name: "V2", inputs: first.length, rows: second, relu: false },
          { name: "V3", inputs: functions, rows: third, relu: true },
          { name: "V4", inputs: gates, rows: fourth, relu: false },
          { name: "V5", inputs: terms, rows: [fifth], relu: false },
        ],
      }));
  });

const twoLetters: fc.Arbitrary<number[][]> = fc.array(
  fc.uniqueArray(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 2 }),
  { minLength: PLACES, maxLength: PLACES },
);

function tablesOf(filter: Network, letters: readonly (readonly number[])[]): UnivariateTables {
  const tables = univariateTables(filter, letters);
  if ("verdict" in tables) throw new Error("expected tables");
  return tables;
}

/** All patches over the letters. */
function patchesOf(letters: readonly (readonly number[])[]): number[][] {
  return letters.reduce<number[][]>(
    (patches, ofPlace) => patches.flatMap((patch) => ofPlace.map((x) => [...patch, x])),
    [[]],
  );
}

/** Whether a unit is on, at a patch. */
const preOf = ({ bias: b, entries }: AffineRow, values: readonly number[]): number =>
  entries.reduce((sum, [column, w]) => sum + toNumber(w) * (values[column] as number), toNumber(b));

const termsOf = ({ bias: b, entries }: AffineRow, values: readonly number[]): number[] => [
  toNumber(b),
  ...entries.map(([column, w]) => toNumber(w) * (values[column] as number)),
];

/** The sums of a row whose inputs are sums themselves, all at their largest. */
const throughSizes = ({ bias: b, entries }: AffineRow, inputs: readonly Sum[]): Sum => ({
  terms: [
    toNumber(b),
    ...entries.flatMap(([column, w]) => {
      const input = inputs[column] as Sum;
      return input.size === 0 ? [] : [gridOf([toNumber(w)]) * gridOf(input.terms)];
    }),
  ],
  size: entries.reduce(
    (sum, [column, w]) => sum + Math.abs(toNumber(w)) * (inputs[column] as Sum).size,
    Math.abs(toNumber(b)),
  ),
});

/** The sums of the transpose of a layer. */
const backThrough = (layer: AffineMap, upstream: readonly Sum[]): Sum[] =>
  Array.from({ length: layer.inputs }, (_, column) =>
    throughSizes(
      {
        bias: ZERO,
        entries: layer.rows.flatMap(({ entries }, r) =>
          entries.filter(([c]) => c === column).map(([, w]) => [r, w] as const),
        ),
      },
      upstream,
    ),
  );

describe("filterForward and filterBackward", () => {
  it("should bound every layer as all patches together have it", () => {
    fc.assert(
      fc.property(filters, twoLetters, (filter, letters) => {
        const [v1, v2, v3, v4, v5] = filter.layers as [AffineMap, AffineMap, AffineMap, AffineMap, AffineMap];
        const tables = tablesOf(filter, letters);
        const patches = patchesOf(letters);
        const units = patches.map((patch) => v1.rows.map((it) => Math.max(0, preOf(it, patch))));
        const functions = units.map((values) => v2.rows.map((it) => preOf(it, values)));
        const first = v1.rows.map((it) => overPoints(patches.map((patch) => termsOf(it, patch))));
        const second = v2.rows.map((it) => overPoints(units.map((values) => termsOf(it, values))));
        const third = v3.rows.map((it) => overPoints(functions.map((values) => termsOf(it, values))));
        // A gate passes at most what it has at some patch, on the grid of its sum.
        const gates = v3.rows.map((it, g): Sum => ({
          terms: (third[g] as Sum).terms,
          size: Math.max(0, ...functions.map((values) => preOf(it, values))),
        }));
        const fourth = v4.rows.map((it) => throughSizes(it, gates));
        const fifth = v5.rows.map((it) => throughSizes(it, fourth));
        const forward = filterForward(filter, tables);
        for (const [k, sums] of [first, second, third, fourth, fifth].entries())
          expectWorst(forward[k], `V${k + 1} forward`, sums);

        const one: Sum = { terms: [1], size: 1 };
        const byTerm = backThrough(v5, [one]);
        const byGate = backThrough(v4, byTerm);
        const open = byGate.map((sum, g): Sum => ((gates[g] as Sum).size === 0 ? { terms: [], size: 0 } : sum));
        const byFunction = backThrough(v3, open);
        const byUnit = backThrough(v2, byFunction);
        /** The worst letter of each place, all places together; the sum over `terms` is that of one letter. */
        const byCell = (terms: (place: number, x: number) => Sum): Sum => {
          const sums = letters.map((ofPlace, place) => ofPlace.map((x) => terms(place, x)));
          return {
            terms: sums.flat().flatMap((sum) => sum.terms),
            size: sums.reduce((total, ofPlace) => total + Math.max(...ofPlace.map(({ size }) => size)), 0),
          };
        };
        const isOn = (unit: number, x: number): boolean => {
          const { bias: b, entries } = v1.rows[unit] as AffineRow;
          return toNumber(b) + toNumber((entries[0] as AffineRow["entries"][number])[1]) * x > 0;
        };
        const placeOf = (unit: number): number =>
          ((v1.rows[unit] as AffineRow).entries[0] as readonly [number, Rational])[0];
        const slopeOf = (unit: number): Rational =>
          ((v1.rows[unit] as AffineRow).entries[0] as readonly [number, Rational])[1];
        const unitsAt = (place: number, x: number): Sum =>
          throughSizes(
            {
              bias: ZERO,
              entries: v1.rows.flatMap((_, unit) =>
                placeOf(unit) === place && isOn(unit, x) ? [[unit, slopeOf(unit)] as const] : [],
              ),
            },
            byUnit,
          );
        const functionsAt = (place: number, x: number): Sum =>
          throughSizes(
            {
              bias: ZERO,
              entries: v2.rows.flatMap(({ entries }, r) => {
                const on = entries.filter(([unit]) => placeOf(unit) === place && isOn(unit, x));
                const slope = on.reduce((sum, [unit, w]) => sum.add(w.mul(slopeOf(unit))), ZERO);
                return slope.n === 0n ? [] : [[r, slope] as const];
              }),
            },
            byFunction,
          );
        const byRead = v2.rows.map(({ entries }, r): Sum => {
          const input = byFunction[r] as Sum;
          if (input.size === 0) return input;
          const places = (letters[placeOf((entries[0] as AffineRow["entries"][number])[0])] as readonly number[]).map(
            (x) => entries.filter(([unit]) => isOn(unit, x)).map(([unit, w]) => toNumber(w.mul(slopeOf(unit)))),
          );
          return {
            terms: places.flat().map((term) => gridOf([term]) * gridOf(input.terms)),
            size: overPoints(places).size * input.size,
          };
        });
        const dense = filterBackward(filter, tables, "dense");
        const taps = filterBackward(filter, tables, "taps");
        for (const backward of [dense, taps]) {
          expect(backward).toHaveLength(5);
          expectWorst(backward[0], "V5 backward", byTerm);
          expectWorst(backward[1], "V4 backward", byGate);
          expectWorst(backward[2], "V3 backward", byFunction);
        }
        expectWorst(dense[3], "V2 backward", byUnit);
        expectWorst(dense[4], "V1 backward", [byCell(unitsAt)]);
        expectWorst(taps[3], "V2 and V1 backward, by function", byRead);
        expectWorst(taps[4], "V1 backward, by cell", [byCell(functionsAt)]);
      }),
      { numRuns: 150 },
    );
  });

  it("should bound layers without rows", () => {
    const empty = (name: string, inputs: number, relu: boolean, list: AffineRow[] = []): AffineMap => ({
      name,
      inputs,
      rows: list,
      relu,
    });
    const filter: Network = {
      layers: [
        empty("V1", PLACES, true),
        empty("V2", 0, false),
        empty("V3", 0, true),
        empty("V4", 0, false),
        empty("V5", 0, false, [{ bias: rational(3n), entries: [] }]),
      ],
    };
    const forward = filterForward(
      filter,
      tablesOf(
        filter,
        Array.from({ length: PLACES }, () => [1]),
      ),
    );
    expect(forward.map(({ size }) => size)).toEqual([0, 0, 0, 0, 3]);
  });
});

describe("headForward", () => {
  it("should bound the head's sums at every letter, and as many of its values as there are cells", () => {
    const letters = fc.uniqueArray(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 6 });
    const heads = fc.integer({ min: 1, max: 4 }).chain((units) =>
      fc.tuple(
        rows(units, row([0], 1)),
        row(
          Array.from({ length: units }, (_, i) => i),
          1,
        ),
      ),
    );
    fc.assert(
      fc.property(heads, letters, fc.integer({ min: 1, max: 40 }), ([hidden, output], xs, cells) => {
        const head: Network = {
          layers: [
            { name: "U2", inputs: 1, rows: hidden, relu: true },
            { name: "U1", inputs: hidden.length, rows: [output], relu: false },
          ],
        };
        const units = xs.map((x) => hidden.map((it) => Math.max(0, preOf(it, [x]))));
        const values = units.map((at) => preOf(output, at));
        const [first, second, sum] = headForward(head, xs, cells);
        expectWorst(
          first,
          "head U2 forward",
          hidden.map((it) => overPoints(xs.map((x) => termsOf(it, [x])))),
        );
        expectWorst(second, "head U1 forward", [overPoints(units.map((at) => termsOf(output, at)))]);
        const largest = Math.max(...values.map(Math.abs));
        expectWorst(sum, `sum over ${cells} cells`, [{ terms: values, size: cells * largest }]);
      }),
      { numRuns: 200 },
    );
  });
});

describe("memoryForward and memoryBackward", () => {
  it("should bound a step of SGD by its largest numbers", () => {
    for (const states of [1, 2, 5, 100]) {
      const code = cellCode(states);
      const scale = Number(code.scale);
      // |W| = 1/3, |F| = |Y| = 3^(K-2), and 6 (F - Y) for the update, in u-units.
      expect(scale).toBe(2 * 3 ** code.lastIndex);
      const third = 2 * 3 ** (code.lastIndex - 1);
      const label = 3 ** (code.lastIndex - 2);
      expectWorst(memoryForward(code), "memory layer forward", [{ terms: [third], size: third }]);
      const head = readoutNetworkInUnits(code);
      const [u2, u1] = head.layers as [AffineMap, AffineMap];
      const [byHidden, byInput, memory, residual, update] = memoryBackward(code, head);
      const hidden = backThrough(u1, [{ terms: [1], size: 1 }]);
      expectWorst(byHidden, "head U1 backward", hidden);
      expectWorst(byInput, "head U2 backward", backThrough(u2, hidden));
      expectWorst(memory, "memory layer backward", [{ terms: [1], size: 1 }]);
      expectWorst(residual, "F - Y", [{ terms: [label, label], size: 2 * label }]);
      expectWorst(update, "update of W", [{ terms: [third, 12 * label], size: third + 12 * label }]);
    }
  });
});
