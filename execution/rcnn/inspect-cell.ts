/**
 * One cell of one layer, taken apart: what the definition says of its patch and what was asked for that, and what each of
 * the filter's matrices makes of the patch, in exact numbers. Definitions and network are only asked; nothing is decided.
 */
import { formatRational, rational, ZERO, type Rational } from "../../spec/exact/rational.js";
import type { NormalMachine } from "../../spec/machines/machine.js";
import { evaluate, evaluateWithJacobian, type AffineMap, type Network } from "../../spec/networks/network.js";
import { toUnits, type Cell, type CellCode } from "../../spec/rcnn/cell-code.js";
import { cellFeatures, cellRule, outcomeValue, type RuleLine } from "../../spec/rcnn/cell-rule.js";
import { CENTRE, patchOf, placeIndex, type Patch } from "../../spec/rcnn/patch.js";

/** A question that the definition asked of a place, and the answer. */
export interface AskedFeature {
  /** 0 ... 8 */
  readonly place: number;
  readonly question: string;
  readonly answer: string;
}

/** A row of a matrix at a patch. */
export interface RowValue {
  readonly row: number;
  /** Before the ReLU, if the matrix has one; in u-units. */
  readonly sum: string;
  /** Rows of the matrix before that have a part in the sum, each with its weight and its value. */
  readonly parts: readonly { readonly row: number; readonly weight: string; readonly value: string }[];
}

/** A matrix at a patch. */
export interface MatrixValue {
  readonly name: string;
  readonly rows: number;
  readonly relu: boolean;
  /** Rows whose outputs are not 0. */
  readonly on: readonly RowValue[];
}

/** A cell, taken apart. Values are in u-units unless said otherwise. */
export interface CellInspection {
  readonly rule: RuleLine;
  readonly asked: readonly AskedFeature[];
  /** What the definition says: the new value in u-units and in x-units, and the nine derivatives. */
  readonly specified: { readonly units: string; readonly value: string; readonly jacobian: readonly string[] };
  readonly matrices: readonly MatrixValue[];
  /** What the network says. */
  readonly computed: { readonly units: string; readonly value: string; readonly jacobian: readonly string[] };
  /** Whether a ReLU sits at its kink, so that the network has no derivatives there. */
  readonly kink: boolean;
  /** Whether both say the same, value and derivatives. */
  readonly agrees: boolean;
}

/**
 * Takes the new cell of a patch apart.
 *
 * @param machine in normal form
 * @param filter in u-units: nine inputs, one output
 * @param cells shape: 9, row by row
 * @throws {RangeError} if there are not nine cells, or the filter has another form
 */
export function inspectCell(
  code: CellCode,
  machine: NormalMachine,
  filter: Network,
  cells: readonly Cell[],
): CellInspection {
  const asked: AskedFeature[] = [];
  const outcome = cellRule(code, cellFeatures(code, machine), listening(patchOf(cells), asked));
  const value = outcomeValue(outcome, cells[CENTRE] as Cell);
  const specified = {
    units: String(toUnits(code, value)),
    value: formatRational(value),
    jacobian: cells.map((_, place) => (place === CENTRE ? String(outcome.slope) : "0")),
  };
  const input = cells.map((cell) => rational(toUnits(code, cell.value)));
  const { value: outputs, jacobian, kink } = evaluateWithJacobian(filter, input);
  const [units] = outputs;
  if (units === undefined || outputs.length !== 1) {
    throw new RangeError(`inspectCell: expected a filter with one output, got ${outputs.length}`);
  }
  const computed = {
    units: formatRational(units),
    value: formatRational(units.div(rational(code.scale))),
    jacobian: (jacobian[0] as readonly Rational[]).map(formatRational),
  };
  const agrees = !kink && computed.units === specified.units && `${computed.jacobian}` === `${specified.jacobian}`;
  return { rule: outcome.rule, asked, specified, matrices: matricesAt(filter, input), computed, kink, agrees };
}

/** The patch, with every question and its answer written down once. */
function listening(patch: Patch, asked: AskedFeature[]): Patch {
  return {
    at(row, column) {
      const place = placeIndex(row, column);
      const cell = patch.at(row, column);
      return {
        ask(question) {
          const answer = cell.ask(question);
          const known = asked.some((one) => one.place === place && one.question === question.name);
          if (!known) asked.push({ place, question: question.name, answer: String(answer ?? "none") });
          return answer;
        },
      };
    },
  };
}

/** Each matrix by itself, as the definition of networks evaluates it. */
function matricesAt({ layers }: Network, input: readonly Rational[]): MatrixValue[] {
  let values = input;
  return layers.map((layer) => {
    const sums = evaluate({ layers: [{ ...layer, relu: false }] }, values);
    const inputs = values;
    values = layer.relu ? sums.map((sum) => (sum.s > 0n ? sum : ZERO)) : sums;
    const on = values.flatMap((value, row) =>
      value.n === 0n ? [] : [rowValue(layer, row, sums[row] as Rational, inputs)],
    );
    return { name: layer.name, rows: layer.rows.length, relu: layer.relu, on };
  });
}

function rowValue(layer: AffineMap, row: number, sum: Rational, inputs: readonly Rational[]): RowValue {
  const parts = (layer.rows[row]?.entries ?? []).flatMap(([column, weight]) => {
    const value = inputs[column] ?? ZERO;
    if (value.n === 0n) return [];
    return [{ row: column, weight: formatRational(weight), value: formatRational(value) }];
  });
  return { row, sum: formatRational(sum), parts };
}

/**
 * A network with another number in one place.
 *
 * @param element 0 for the bias, from 1 the entries, as in certificates
 * @throws {RangeError} if there is no such number
 */
export function withNumber(
  network: Network,
  [layer, row, element]: readonly [layer: number, row: number, element: number],
  number: Rational,
): Network {
  const own = network.layers[layer]?.rows[row];
  if (own === undefined || element < 0 || element > own.entries.length) {
    throw new RangeError(`withNumber: expected the place of a number, got ${layer}, ${row}, ${element}`);
  }
  const entries = own.entries.flatMap(([column, weight], e): [number, Rational][] => {
    const changed = e === element - 1 ? number : weight;
    // A weight of 0 is an entry that is not there.
    return changed.n === 0n ? [] : [[column, changed]];
  });
  const changedRow = { bias: element === 0 ? number : own.bias, entries };
  return {
    layers: network.layers.map((map, l) =>
      l === layer ? { ...map, rows: map.rows.map((other, r) => (r === row ? changedRow : other)) } : map,
    ),
  };
}
