/**
 * The comparison of a filter with f-bar over the well-formed alphabet, written once more without anything of checkers/: each
 * cell is run through the first layers by itself, and every cross of five cells is summed up, one after the other.
 *
 * It takes for granted that the first layer reads one place a unit, and that neither side looks at the corners.
 */
import { rational, ZERO, type Rational } from "../../../spec/exact/rational.js";
import type { NormalMachine } from "../../../spec/machines/machine.js";
import type { AffineMap, AffineRow, Network } from "../../../spec/networks/network.js";
import { alphabet } from "../../../spec/rcnn/alphabet.js";
import { cellCode, PADDING_CELL, toUnits, type Cell } from "../../../spec/rcnn/cell-code.js";
import { cellRule, cellFeatures, outcomeValue } from "../../../spec/rcnn/cell-rule.js";
import { CENTRE, patchOf, PLACES } from "../../../spec/rcnn/patch.js";

/** above, left, centre, right, below */
const CROSS = [1, 3, 4, 5, 7] as const;

/** What f-bar asks for at every cross of a machine, in the order of crosses(). */
export interface Expectation {
  readonly machine: NormalMachine;
  /** The cells of each place of CROSS. */
  readonly cells: readonly (readonly Cell[])[];
  /** In u-units. */
  readonly values: Float64Array;
  /** The derivative by the centre. */
  readonly slopes: Uint8Array;
}

export function expectationOf(machine: NormalMachine): Expectation {
  const code = cellCode(machine.states.length);
  const letters = alphabet(code, "well-formed");
  const cells = CROSS.map((place) => (place === CENTRE ? letters.centre : letters.neighbour));
  const questions = cellFeatures(code, machine);
  const count = cells.reduce((product, { length }) => product * length, 1);
  const values = new Float64Array(count);
  const slopes = new Uint8Array(count);
  let index = 0;
  const patch = Array.from({ length: PLACES }, () => PADDING_CELL);
  const visit = (k: number): void => {
    if (k < CROSS.length) {
      for (const cell of cells[k] as readonly Cell[]) {
        patch[CROSS[k] as number] = cell;
        visit(k + 1);
      }
      return;
    }
    const outcome = cellRule(code, questions, patchOf([...patch]));
    values[index] = Number(toUnits(code, outcomeValue(outcome, patch[CENTRE] as Cell)));
    slopes[index] = outcome.slope;
    index++;
  };
  visit(0);
  return { machine, cells, values, slopes };
}

export interface Disagreement {
  readonly patch: readonly Cell[];
  readonly kind: "kink" | "value" | "derivative";
}

/** The first cross at which a filter differs from what is expected, or undefined if there is none. */
export function firstDisagreement(network: Network, expectation: Expectation): Disagreement | undefined {
  const { machine, cells, values, slopes } = expectation;
  const code = cellCode(machine.states.length);
  const integers = toIntegers(network);
  const { gates, weights, one } = integers;
  const summands = CROSS.map((place, k) =>
    (cells[k] as readonly Cell[]).map(({ value }) => summandsAt(integers, place, Number(toUnits(code, value)))),
  );
  const kinked = summands.findIndex((ofPlace) => ofPlace.some(({ isKink }) => isKink));
  const chosen = CROSS.map(() => 0);
  const disagreement = (kind: Disagreement["kind"]): Disagreement => {
    const patch = Array.from({ length: PLACES }, () => PADDING_CELL);
    for (const [k, place] of CROSS.entries()) patch[place] = cells[k]?.[chosen[k] as number] as Cell;
    return { patch, kind };
  };
  if (kinked >= 0) {
    chosen[kinked] = summands[kinked]?.findIndex(({ isKink }) => isKink) as number;
    return disagreement("kink");
  }

  const sums = Array.from({ length: CROSS.length + 1 }, () => new Float64Array(gates));
  sums[0]?.set(integers.bias);
  let index = 0;
  const compare = (pre: Float64Array): Disagreement["kind"] | undefined => {
    let output = integers.outputBias;
    for (let gate = 0; gate < gates; gate++) {
      const sum = pre[gate] as number;
      if (sum > 0) output += (weights[gate] as number) * sum;
    }
    if (output !== (values[index] as number) * one) return "value";
    for (let k = 0; k < CROSS.length; k++) {
      const { slope } = (summands[k] as readonly Summands[])[chosen[k] as number] as Summands;
      let derivative = 0;
      for (const [gate, d] of slope) {
        if (pre[gate] === 0) return "kink";
        if ((pre[gate] as number) > 0) derivative += (weights[gate] as number) * d;
      }
      if (derivative !== (CROSS[k] === CENTRE ? (slopes[index] as number) * one : 0)) return "derivative";
    }
    index++;
    return undefined;
  };
  const visit = (k: number): Disagreement["kind"] | undefined => {
    const pre = sums[k] as Float64Array;
    if (k === CROSS.length) return compare(pre);
    const next = sums[k + 1] as Float64Array;
    const ofPlace = summands[k] as readonly Summands[];
    for (let letter = 0; letter < ofPlace.length; letter++) {
      chosen[k] = letter;
      const { value } = ofPlace[letter] as Summands;
      for (let gate = 0; gate < gates; gate++) next[gate] = (pre[gate] as number) + (value[gate] as number);
      const found = visit(k + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const kind = visit(0);
  return kind === undefined ? undefined : disagreement(kind);
}

type Entries = readonly (readonly [column: number, weight: number])[];

/** A filter in integers: layer after layer has a common denominator, and values carry the product of those before. */
interface Integers {
  readonly units: readonly { readonly bias: number; readonly entries: Entries }[];
  readonly functions: readonly { readonly bias: number; readonly entries: Entries }[];
  readonly gateRows: readonly Entries[];
  readonly gates: number;
  /** The gates where all units are off. */
  readonly bias: Float64Array;
  /** V5 after V4. */
  readonly weights: Float64Array;
  readonly outputBias: number;
  /** What an output, or a derivative of it, of 1 is. */
  readonly one: number;
}

/** @throws {RangeError} if the first layer reads several places, or a number leaves the exact integers */
function toIntegers({ layers }: Network): Integers {
  const [v1, v2, v3, v4, v5] = layers as [AffineMap, AffineMap, AffineMap, AffineMap, AffineMap];
  if (v1.rows.some(({ entries }) => entries.length > 1)) throw new RangeError("expected units that read one place");
  const [d1, d2, d3] = [v1, v2, v3].map(({ rows }) => denominator(rows)) as [bigint, bigint, bigint];
  const sparse = ({ entries }: AffineRow, d: bigint): Entries => entries.map(([c, weight]) => [c, integer(weight, d)]);
  const units = v1.rows.map((row) => ({ bias: integer(row.bias, d1), entries: sparse(row, d1) }));
  const functions = v2.rows.map((row) => ({ bias: integer(row.bias, d1 * d2), entries: sparse(row, d2) }));
  const gateRows = v3.rows.map((row) => sparse(row, d3));

  const outer = v3.rows.map(() => ZERO);
  let bias = v5.rows[0]?.bias ?? ZERO;
  for (const [term, weight] of v5.rows[0]?.entries ?? []) {
    const row = v4.rows[term] as AffineRow;
    bias = bias.add(weight.mul(row.bias));
    for (const [gate, inner] of row.entries) outer[gate] = (outer[gate] as Rational).add(weight.mul(inner));
  }
  const d4 = denominator([{ bias, entries: outer.map((weight, gate) => [gate, weight]) }]);
  const d = d1 * d2 * d3;
  return {
    units,
    functions,
    gateRows,
    gates: v3.rows.length,
    bias: Float64Array.from(v3.rows, (row, gate) => {
      const constant = (gateRows[gate] as Entries).reduce((sum, [r, w]) => sum + w * (functions[r]?.bias as number), 0);
      return integer(row.bias, d) + constant;
    }),
    weights: Float64Array.from(outer, (weight) => integer(weight, d4)),
    outputBias: integer(bias, d4 * d),
    one: Number(d4 * d),
  };
}

/** What one cell adds to each gate, how fast that changes (where it does), and whether a unit is at its kink there. */
interface Summands {
  readonly value: Float64Array;
  readonly slope: Entries;
  readonly isKink: boolean;
}

function summandsAt({ units, functions, gateRows, gates }: Integers, place: number, x: number): Summands {
  let isKink = false;
  const atUnit = units.map(({ bias, entries: [entry] }): readonly [value: number, slope: number] => {
    // A unit that reads nothing is a constant, which is counted at the centre; that of another place is not counted here.
    if ((entry?.[0] ?? CENTRE) !== place) return [0, 0];
    const weight = entry?.[1] ?? 0;
    const pre = weight * x + bias;
    if (pre === 0 && weight !== 0) isKink = true;
    return pre > 0 ? [pre, weight] : [0, 0];
  });
  const through = (rows: readonly Entries[], inputs: readonly (readonly [number, number])[]) =>
    rows.map((entries): readonly [number, number] => {
      let [value, slope] = [0, 0];
      for (const [column, weight] of entries) {
        const [v, d] = inputs[column] as readonly [number, number];
        value += weight * v;
        slope += weight * d;
      }
      return [value, slope];
    });
  const atGate = through(
    gateRows,
    through(
      functions.map(({ entries }) => entries),
      atUnit,
    ),
  );
  const slope = atGate.flatMap(([, d], gate): [number, number][] => (d === 0 ? [] : [[gate, d]]));
  const value = Float64Array.from({ length: gates }, (_, gate) => (atGate[gate] as readonly [number, number])[0]);
  return { value, slope, isKink };
}

function denominator(rows: readonly AffineRow[]): bigint {
  let common = 1n;
  for (const { bias, entries } of rows) {
    for (const { d } of [bias, ...entries.map(([, weight]) => weight)]) if (common % d !== 0n) common *= d;
  }
  return common;
}

function integer(value: Rational, unit: bigint): number {
  const scaled = value.mul(rational(unit));
  const number = Number(scaled.s * scaled.n);
  if (scaled.d !== 1n || Math.abs(number) > 2 ** 40) throw new RangeError(`expected a small integer, got ${number}`);
  return number;
}
