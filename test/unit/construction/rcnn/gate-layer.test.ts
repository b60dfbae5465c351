import { describe, expect, it } from "vitest";
import {
  gatesToNetwork,
  type Gate,
  type OutputTerm,
  type PlaceFeature,
} from "../../../../construction/rcnn/gates-to-network.js";
import { UnivariateFunctions } from "../../../../construction/rcnn/univariate.js";
import { formatRational, ONE, rational, ZERO, type Rational } from "../../../../spec/exact/rational.js";
import { evaluateWithJacobian, type Network } from "../../../../spec/networks/network.js";
import { alphabet } from "../../../../spec/rcnn/alphabet.js";
import { cellCode, PADDING_CELL, toUnits, type Cell } from "../../../../spec/rcnn/cell-code.js";

const CODE = cellCode(2);
const LETTERS = alphabet(CODE, "well-formed").neighbour;
const CELLS: readonly (readonly Cell[])[] = Array.from({ length: 9 }, () => LETTERS);
const BLANK = LETTERS.find(({ value }) => value.n === 0n) as Cell;

/** A reading with a value for each of some letters, 0 for the others. */
function reading(place: number, values: Readonly<Record<number, bigint>>): PlaceFeature {
  return { place, name: "is so much", of: (cell) => rational(values[LETTERS.indexOf(cell)] ?? 0n) };
}

const named = (name: string): Pick<OutputTerm, "name" | "about" | "serves"> => ({ name, about: "", serves: [] });

function output(network: Network, chosen: Readonly<Record<number, number>>): string {
  const point = CELLS.map((ofPlace, place) => {
    const cell = chosen[place] === undefined ? BLANK : (ofPlace[chosen[place]] as Cell);
    return rational(toUnits(CODE, cell.value));
  });
  const { value, jacobian, kink } = evaluateWithJacobian(network, point);
  expect(kink).toBe(false);
  expect(jacobian[0]?.every(({ n }) => n === 0n)).toBe(true);
  return formatRational(value[0] as Rational);
}

describe("gatesToNetwork", () => {
  it("should sum terms of gates of readings, at every pair of cells", () => {
    const left = reading(3, { 0: 5n, 1: 5n, 2: -7n, 9: 2n, 17: 3n });
    const right = reading(5, { 0: 1n, 8: 4n, 9: 4n, 10: -1n, 17: 6n });
    const half = rational(1n, 2n);
    const gate: Gate = {
      bias: half.neg(),
      features: [
        [left, ONE],
        [right, rational(-2n)],
      ],
    };
    const terms: OutputTerm[] = [
      { ...named("a"), bias: rational(11n), gates: [[gate, rational(3n)]] },
      {
        ...named("b"),
        bias: rational(-4n),
        gates: [
          [{ bias: ONE, features: [[left, ONE]] }, ONE],
          [gate, ONE.neg()],
        ],
      },
    ];
    const network = gatesToNetwork(CODE, CELLS, new UnivariateFunctions(), terms);
    const relu = (x: Rational): Rational => (x.s < 0n ? ZERO : x);
    for (const i of LETTERS.keys()) {
      for (const j of LETTERS.keys()) {
        const [a, b] = [left.of(LETTERS[i] as Cell), right.of(LETTERS[j] as Cell)];
        const first = relu(a.sub(b.mul(rational(2n))).sub(half));
        const second = relu(a.add(ONE));
        const expected = rational(7n)
          .add(first.mul(rational(2n)))
          .add(second);
        expect(output(network, { 3: i, 5: j })).toBe(formatRational(expected));
      }
    }
  });

  it("should be a network of five layers that fit, whatever the gates", () => {
    const one = reading(1, { 3: 1n });
    const network = gatesToNetwork(CODE, CELLS, new UnivariateFunctions(), [
      { ...named("only"), bias: ZERO, gates: [[{ bias: ONE, features: [[one, ONE]] }, ONE]] },
    ]);
    expect(network.layers.map(({ name, relu }) => [name, relu])).toEqual([
      ["V1", true],
      ["V2", false],
      ["V3", true],
      ["V4", false],
      ["V5", false],
    ]);
    expect(network.layers.map(({ inputs }) => inputs).slice(1)).toEqual(
      network.layers.slice(0, 4).map(({ rows }) => rows.length),
    );
  });

  it("should share one plateau among cells and gates on which all readings of a place agree", () => {
    const twice = reading(7, { 4: 1n, 5: 1n, 6: 1n });
    const network = gatesToNetwork(CODE, CELLS, new UnivariateFunctions(), [
      { ...named("a"), bias: ZERO, gates: [[{ bias: ZERO.sub(rational(1n, 2n)), features: [[twice, ONE]] }, ONE]] },
      { ...named("b"), bias: ZERO, gates: [[{ bias: ONE, features: [[twice, rational(2n)]] }, ONE]] },
    ]);
    expect(network.layers[1]?.rows).toHaveLength(1);
    expect(network.layers[0]?.rows).toHaveLength(4);
    // A second reading of the same place that cuts the run in two makes two plateaus, which share an edge.
    const cut = reading(7, { 5: 1n });
    const split = gatesToNetwork(CODE, CELLS, new UnivariateFunctions(), [
      {
        ...named("a"),
        bias: ONE,
        gates: [
          [
            {
              bias: ONE,
              features: [
                [twice, ONE],
                [cut, ONE],
              ],
            },
            ONE,
          ],
        ],
      },
    ]);
    expect(split.layers[1]?.rows).toHaveLength(3);
    expect(split.layers[0]?.rows).toHaveLength(8);
  });

  it("should leave out what is 0: readings, and weights that cancel", () => {
    const nothing = reading(2, {});
    const some = reading(2, { 0: 1n });
    const network = gatesToNetwork(CODE, CELLS, new UnivariateFunctions(), [
      {
        ...named("a"),
        bias: ZERO,
        gates: [
          [
            {
              bias: ONE,
              features: [
                [nothing, ONE],
                [some, ONE],
                [reading(2, { 0: -1n }), ONE],
              ],
            },
            ONE,
          ],
        ],
      },
    ]);
    expect(network.layers[1]?.rows).toHaveLength(1);
    expect(network.layers[2]?.rows[0]?.entries).toEqual([]);
  });

  it("should leave out gates that no patch turns on, with what only they read and terms that are nothing else", () => {
    const [some, other] = [reading(2, { 3: 1n, 4: 5n }), reading(6, { 7: 2n })];
    const off: Gate = {
      bias: rational(-11n),
      features: [
        [some, ONE],
        [other, rational(3n)],
      ],
    };
    const on: Gate = { ...off, bias: rational(-21n, 2n) };
    const only = (gate: Gate, bias: Rational): Network =>
      gatesToNetwork(CODE, CELLS, new UnivariateFunctions(), [
        { ...named("a"), bias, gates: [[gate, ONE]] },
        { ...named("b"), bias: ONE, gates: [[{ bias: ONE, features: [[some, ONE]] }, ONE]] },
      ]);
    const widths = (network: Network): number[] => network.layers.map(({ rows }) => rows.length);
    // 5 + 3 * 2 is 11 at most: at its kink everywhere or below, and so off.
    expect(widths(only(off, ZERO))).toEqual([6, 2, 1, 1, 1]);
    expect(widths(only(off, ONE))).toEqual([6, 2, 1, 2, 1]);
    expect(widths(only(on, ZERO))).toEqual([10, 3, 2, 2, 1]);
    expect(output(only(off, ONE), { 2: 4 })).toBe("8");
    expect(output(only(on, ONE), { 2: 4, 6: 7 })).toBe("17/2");
  });

  it("should tell p from the cells beside it", () => {
    const isPadding: PlaceFeature = { place: 0, name: "is p", of: (cell) => (cell === PADDING_CELL ? ONE : ZERO) };
    const network = gatesToNetwork(CODE, CELLS, new UnivariateFunctions(), [
      { ...named("a"), bias: ZERO, gates: [[{ bias: rational(-1n, 2n), features: [[isPadding, ONE]] }, rational(2n)]] },
    ]);
    for (const [i, cell] of LETTERS.entries())
      expect(output(network, { 0: i })).toBe(cell === PADDING_CELL ? "1" : "0");
  });
});
