/** The small tables on which the two readings of B.4.1 are compared. */
import type { Finding } from "../../amendment.js";
import { formatRational, parseRational, type Rational } from "../../../spec/exact/rational.js";
import { AS_AMENDED, sumOfIndicators, type Lemma5Variant } from "../../../spec/rcnn/lemma5/functions.js";
import { assertTable, pointKey, type Table } from "../../../spec/networks/table.js";

/** A row of a small table: x, f(x) and g(x), numbers as text; one row of the Jacobian for each output. */
export type SmallPoint = readonly [
  at: readonly string[],
  value: readonly string[],
  jacobian: readonly (readonly string[])[],
];

/**
 * A table from texts; its shape is that of the first point.
 *
 * @throws {RangeError} if a point has another shape, or comes twice
 */
export function smallTable(first: SmallPoint, ...others: readonly SmallPoint[]): Table {
  const read = (texts: readonly string[]): Rational[] => texts.map(parseRational);
  const [{ length: inputs }, { length: outputs }] = first;
  const points = [first, ...others].map(([at, value, jacobian]) => ({
    at: read(at),
    value: read(value),
    jacobian: jacobian.map(read),
  }));
  const table = { inputs, outputs, points };
  assertTable(table, "smallTable");
  return table;
}

/** Whether a count keeps to a bound, and what to say about it. */
export function atMost(count: number, bound: number, found: string): Finding {
  return { holds: count <= bound, found };
}

/** Whether Equation (4), under a reading, has the value and the Jacobian that the table asks for at each point. */
export function compareWithTable(table: Table, reading: Lemma5Variant = AS_AMENDED): Finding {
  let holds = true;
  const found = table.points.map(({ at, value, jacobian }) => {
    const sum = sumOfIndicators(table, at, reading);
    const asked = spell(value, jacobian);
    const got = spell(sum.value, sum.jacobian);
    if (asked !== got) holds = false;
    return `at ${pointKey(at)}: ${got}${asked === got ? "" : `, asked for ${asked}`}`;
  });
  return { holds, found: found.join("; ") };
}

function spell(value: readonly Rational[], jacobian: readonly (readonly Rational[])[] | undefined): string {
  const rows = jacobian === undefined ? "none" : `[${jacobian.map(pointKey).join(", ")}]`;
  return `value ${pointKey(value)}, Jacobian ${rows}`;
}

/** Numbers in one line: "{-1, 1/2}". */
export function listNumbers(values: readonly Rational[]): string {
  return `{${values.map(formatRational).join(", ")}}`;
}
