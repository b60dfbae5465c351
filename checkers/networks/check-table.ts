/**
 * Decides Equations (1) and (2) of Lemma 5 (B.4.1) for a network that is given only as numbers: at every point of the
 * table, every output and every partial derivative is the table's, exactly, and no ReLU is at its kink.
 */
import { formatRational, rational, type Rational } from "../../spec/exact/rational.js";
import type { Network } from "../../spec/networks/network.js";
import type { Table } from "../../spec/networks/table.js";
import { rejected, type Rejected, type Verdict, undecided, accepted } from "../verdict.js";
import { findShapeFault, type ShapeCode } from "./check-shape.js";
import { lcmOfDenominators, scaled } from "./common-denominator.js";
import { MAX_UNIT, toIntegerNetwork } from "./integer-network.js";
import { PointEvaluator } from "./point-evaluator.js";

type PointCode = "kink" | "value-differs" | "derivative-differs";

/** Why a network does not realize a table; one code for each condition. */
export type TableCode = ShapeCode | PointCode;

/** Numbers of comparisons: points, outputs at points, partial derivatives at points, and ReLUs at points. */
export interface TableResult {
  readonly points: number;
  /** points * outputs */
  readonly values: number;
  /** points * outputs * inputs */
  readonly derivatives: number;
  /** points * rows of all layers with a ReLU; none of them has pre-activation 0 with a slope other than 0. */
  readonly relus: number;
}

/**
 * Decides whether a network has the values and the Jacobians of a table at all its points, and a derivative there.
 *
 * A ReLU whose pre-activation is 0 with a slope other than 0 is rejected even where later layers cancel its kink. The
 * work is one run of the network for each point, and one run backwards for each output. Beyond NETWORK_LIMITS or
 * MAX_UNIT nothing is decided.
 */
export function checkTable(network: Network, table: Table): Verdict<TableCode, TableResult> {
  const shapeFault = findShapeFault(network, table);
  if (shapeFault !== undefined) return shapeFault;
  const unit = lcmOfDenominators(
    table.points.flatMap(({ at }) => at),
    MAX_UNIT,
  );
  const integers = unit === undefined ? undefined : toIntegerNetwork(network, unit);
  if (integers === undefined) {
    const message = "the denominators of table and network have too large a common multiple";
    return undecided("MAX_UNIT", message);
  }
  const evaluator = new PointEvaluator(integers);
  for (const p of table.points.keys()) {
    const fault = findPointFault(evaluator, table, p);
    if (fault !== undefined) return fault;
  }
  const points = table.points.length;
  const relus = network.layers.reduce((sum, { relu, rows }) => sum + (relu ? rows.length : 0), 0);
  return accepted({
    points,
    values: points * table.outputs,
    derivatives: points * table.outputs * table.inputs,
    relus: points * relus,
  });
}

function findPointFault(evaluator: PointEvaluator, table: Table, p: number): Rejected<PointCode> | undefined {
  const { unit, outputUnit, slopeUnit } = evaluator.network;
  const { at, value, jacobian } = table.points[p] as Table["points"][number];
  const place = `table.points[${p}]`;
  const texts = at.map(formatRational);
  evaluator.moveTo(at.map((x) => scaled(x, unit)));
  for (const zero of evaluator.zeros()) {
    const input = evaluator.rowGradient(zero).findIndex((slope) => slope !== 0n);
    if (input >= 0) {
      const message = `expected no ReLU at its kink at ${place}, got pre-activation 0 that moves with input ${input}`;
      const path = `network.layers[${zero.layer}].rows[${zero.row}]`;
      return rejected("kink", path, message, { point: p, at: texts, input });
    }
  }
  for (const [j, expected] of value.entries()) {
    const found = rational(evaluator.output(j), outputUnit);
    if (!found.equals(expected)) {
      return differs("value-differs", `${place}.value[${j}]`, texts, expected, found);
    }
  }
  for (const [j, expectedRow] of jacobian.entries()) {
    const slopes = evaluator.outputGradient(j);
    for (const [i, expected] of expectedRow.entries()) {
      const found = rational(slopes[i] as bigint, slopeUnit);
      if (!found.equals(expected)) {
        return differs("derivative-differs", `${place}.jacobian[${j}][${i}]`, texts, expected, found);
      }
    }
  }
  return undefined;
}

function differs(
  code: PointCode,
  path: string,
  at: readonly string[],
  expected: Rational,
  found: Rational,
): Rejected<PointCode> {
  const [wanted, got] = [formatRational(expected), formatRational(found)];
  return rejected(code, path, `expected ${wanted} at (${at.join(", ")}), got ${got}`, {
    at,
    expected: wanted,
    found: got,
  });
}
