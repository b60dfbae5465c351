import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gateTables, type GateTables } from "../../../../checkers/rcnn/gate-tables.js";
import { ONE, rational, ZERO, type Rational } from "../../../../spec/exact/rational.js";
import { evaluateWithJacobian, type AffineRow, type Network } from "../../../../spec/networks/network.js";
import { PLACES } from "../../../../spec/rcnn/patch.js";
import { expectAgreement, tablesOf, type Letters } from "./table-agreement.js";
import { risingLetters, wildFilter } from "./wild-filters.js";

describe("gateTables of any filter", () => {
  it("should give value, Jacobian and kinks as evaluateWithJacobian does, or say where a first-layer unit has its kink", () => {
    let [agreed, kinked] = [0, 0];
    fc.assert(
      fc.property(
        wildFilter(),
        risingLetters,
        fc.array(fc.nat(), { minLength: 4 * PLACES, maxLength: 4 * PLACES }),
        (network, letters, picks) => {
          const tables = gateTables(network, letters);
          const points = [0, 1, 2, 3].map((k) =>
            letters.map((ofPlace, place) => ofPlace[(picks[k * PLACES + place] as number) % ofPlace.length] as bigint),
          );
          if ("verdict" in tables) {
            if (tables.verdict !== "rejected") throw new Error(tables.message);
            expect(tables.code).toBe("first-layer-kink");
            const { place, cell } = tables.witness as { place: number; cell: string };
            const values = letters.map((ofPlace, p) => rational(p === place ? BigInt(cell) : (ofPlace[0] as bigint)));
            expect(letters[place]).toContain(BigInt(cell));
            expect(evaluateWithJacobian(network, values).kink).toBe(true);
            kinked++;
            return;
          }
          for (const point of points) expectAgreement(network, tables, letters, point);
          agreed++;
        },
      ),
      { numRuns: 800 },
    );
    expect(agreed).toBeGreaterThan(150);
    expect(kinked).toBeGreaterThan(50);
  });

  it("should put every letter into one class of its place, and merge letters that add the same", () => {
    fc.assert(
      fc.property(wildFilter(), risingLetters, (network, letters) => {
        const tables = gateTables(network, letters);
        if ("verdict" in tables) return;
        for (const [place, ofPlace] of tables.places.entries()) {
          const listed = ofPlace.flatMap((one) => one.letters).toSorted((a, b) => a - b);
          expect(listed).toEqual([...(letters[place] as readonly bigint[]).keys()]);
          for (const one of ofPlace) {
            expect([...one.letters]).toEqual(one.letters.toSorted((a, b) => a - b));
            // A slope that cancels is none: a gate may sit at 0 there.
            for (const [, slope] of one.slope) expect(slope).not.toBe(0);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** A sum of factor * relu(weight * x + bias) of the centre, in one gate with a bias of its own. */
function functionOf(
  terms: readonly (readonly [factor: bigint, weight: bigint, bias: Rational])[],
  shift: Rational,
): Network {
  return {
    layers: [
      {
        name: "V1",
        inputs: PLACES,
        rows: terms.map(([, weight, bias]) => ({ bias, entries: [[4, rational(weight)]] })),
        relu: true,
      },
      {
        name: "V2",
        inputs: terms.length,
        rows: [{ bias: ZERO, entries: terms.map(([factor], k) => [k, rational(factor)] as const) }],
        relu: false,
      },
      { name: "V3", inputs: 1, rows: [{ bias: shift, entries: [[0, ONE]] }], relu: true },
      { name: "V4", inputs: 1, rows: [{ bias: ZERO, entries: [[0, ONE]] }], relu: false },
      { name: "V5", inputs: 1, rows: [{ bias: ZERO, entries: [[0, ONE]] }], relu: false },
    ],
  };
}

describe("gateTables of functions of one place", () => {
  const letters: Letters = Array.from({ length: PLACES }, (_, place) =>
    place === 4 ? [-5n, -4n, -3n, -2n, -1n, 0n, 1n, 2n, 3n, 4n, 5n] : [0n],
  );

  /** Compares tables and network at every letter. */
  function expectAll(network: Network): GateTables {
    const tables = tablesOf(network, letters);
    for (const x of letters[4] as readonly bigint[])
      expectAgreement(
        network,
        tables,
        letters,
        Array.from({ length: PLACES }, (_, place) => (place === 4 ? x : 0n)),
      );
    return tables;
  }

  it("should follow them left of their kinks, between and right of them, whatever cancels where", () => {
    const term = fc.tuple(
      fc.constantFrom(-2n, -1n, 1n, 2n),
      fc.constantFrom(-1n, 1n),
      fc.integer({ min: -4, max: 3 }).map((k) => rational(BigInt(2 * k + 1), 2n)),
    );
    fc.assert(
      fc.property(fc.array(term, { minLength: 1, maxLength: 4 }), fc.integer({ min: 0, max: 12 }), (terms, shift) => {
        expectAll(functionOf(terms, rational(BigInt(4 * shift + 1), 4n)));
      }),
      { numRuns: 150 },
    );
  });

  it("should keep a plateau, a tent and a crossing where one of value, slope and level is 0 and another is not", () => {
    const half = rational(1n, 2n);
    const above = rational(41n, 4n);
    // 0, then rising, then 2; |x - 1/2|, the sum of whose terms is 0 wherever all are on; 0 with slope 2 at 0.
    expectAll(
      functionOf(
        [
          [1n, 1n, half.neg()],
          [-1n, 1n, rational(-5n, 2n)],
        ],
        above,
      ),
    );
    expectAll(
      functionOf(
        [
          [1n, 1n, half.neg()],
          [1n, -1n, half],
        ],
        above,
      ),
    );
    expectAll(
      functionOf(
        [
          [1n, 1n, half],
          [-1n, -1n, half],
        ],
        above,
      ),
    );
  });

  it("should merge letters at which a function is the same, zeros between and beyond its parts included", () => {
    const bump = (at: bigint) =>
      (
        [
          [1n, -3n],
          [-1n, -2n],
          [-1n, 2n],
          [1n, 3n],
        ] as const
      ).map(([factor, offset]) => [4n * factor, 1n, rational(-4n * at - offset, 4n)] as const);
    const tables = expectAll(functionOf([...bump(-2n), ...bump(2n)], ZERO));
    // Letters count from 0: those of -2 and 2, and all others.
    const classes = (tables.places[4] ?? []).map(({ letters: members }) => [...members]);
    expect(classes).toEqual([
      [0, 1, 2, 4, 5, 6, 8, 9, 10],
      [3, 7],
    ]);
  });

  it("should tell letters apart whose samples only read alike", () => {
    // Functions 0 to 12: at one letter functions 0 and 12 are 1 with slope 0, at another 0 has slope 11 and 2 is 1.
    const values: readonly (readonly [letter: bigint, row: number, value: bigint])[] = [
      [-4n, 0, 11n],
      [-4n, 12, 1n],
      [4n, 0, 1n],
      [4n, 2, 1n],
      [4n, 11, 1n],
    ];
    const plateaus = values.map(([at, row, value]) => ({ at, row, value }));
    const network: Network = {
      layers: [
        {
          name: "V1",
          inputs: PLACES,
          rows: plateaus.flatMap(({ at }) =>
            [-3n, -2n, 2n, 3n].map((offset): AffineRow => ({
              bias: rational(-4n * at - offset, 4n),
              entries: [[4, ONE]],
            })),
          ),
          relu: true,
        },
        {
          name: "V2",
          inputs: 4 * plateaus.length,
          rows: Array.from({ length: 13 }, (_, r): AffineRow => ({
            bias: ZERO,
            entries: plateaus.flatMap(({ row, value }, k) =>
              row === r ? [1n, -1n, -1n, 1n].map((w, i) => [4 * k + i, rational(4n * w * value)] as const) : [],
            ),
          })),
          relu: false,
        },
        {
          name: "V3",
          inputs: 13,
          rows: [{ bias: ZERO, entries: Array.from({ length: 13 }, (_, r) => [r, rational(BigInt(r + 1))] as const) }],
          relu: true,
        },
        { name: "V4", inputs: 1, rows: [{ bias: ZERO, entries: [[0, ONE]] }], relu: false },
        { name: "V5", inputs: 1, rows: [{ bias: ZERO, entries: [[0, ONE]] }], relu: false },
      ],
    };
    expect(expectAll(network).places[4]).toHaveLength(3);
  });
});
