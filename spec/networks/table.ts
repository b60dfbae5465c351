/**
 * Tables: what Lemma 5 (B.4.1) turns into networks. A finite domain X in Q^inputs, a value f(x) in Q^outputs and a
 * Jacobian g(x, j, i) for each of its points.
 */
import { formatRational, type Rational } from "../exact/rational.js";

/** One x of X with what the network has to do there. */
export interface TablePoint {
  /** x; shape: inputs. */
  readonly at: readonly Rational[];
  /** f(x); shape: outputs. */
  readonly value: readonly Rational[];
  /** jacobian[j][i] = g(x, j, i), the derivative of output j by input i; shape: outputs x inputs. */
  readonly jacobian: readonly (readonly Rational[])[];
}

/** X, f and g of Lemma 5. */
export interface Table {
  /** d_in, at least 1. */
  readonly inputs: number;
  /** d_out, at least 1. */
  readonly outputs: number;
  /** X in any order; at least one point, no point twice. */
  readonly points: readonly TablePoint[];
}

/** One condition that a table must meet, each with its own code. */
export type TableFaultCode =
  | "bad-inputs"
  | "bad-outputs"
  | "no-points"
  | "at-length"
  | "value-length"
  | "jacobian-rows"
  | "jacobian-columns"
  | "duplicate-point";

/** The first condition that a table fails. */
export interface TableFault {
  readonly code: TableFaultCode;
  /** Where, such as "points[3].jacobian[0]". */
  readonly path: string;
  /** The expected and the actual value, without the place. */
  readonly message: string;
}

/** The first condition that fails, or undefined: counts from 1 on, every shape as declared, all points distinct. */
export function findTableFault(table: Table): TableFault | undefined {
  const { inputs, outputs, points } = table;
  if (!Number.isSafeInteger(inputs) || inputs < 1) return countFault("bad-inputs", "inputs", inputs);
  if (!Number.isSafeInteger(outputs) || outputs < 1) return countFault("bad-outputs", "outputs", outputs);
  if (points.length === 0)
    return { code: "no-points", path: "points", message: "expected at least one point, got none" };
  const seen = new Map<string, number>();
  for (const [p, { at, value, jacobian }] of points.entries()) {
    const place = `points[${p}]`;
    if (at.length !== inputs) return lengthFault("at-length", `${place}.at`, inputs, at);
    if (value.length !== outputs) return lengthFault("value-length", `${place}.value`, outputs, value);
    if (jacobian.length !== outputs) return lengthFault("jacobian-rows", `${place}.jacobian`, outputs, jacobian);
    for (const [j, row] of jacobian.entries()) {
      if (row.length !== inputs) return lengthFault("jacobian-columns", `${place}.jacobian[${j}]`, inputs, row);
    }
    const key = pointKey(at);
    const before = seen.get(key);
    if (before !== undefined) {
      const message = `expected distinct points, got ${key} here and at points[${before}]`;
      return { code: "duplicate-point", path: `${place}.at`, message };
    }
    seen.set(key, p);
  }
  return undefined;
}

/**
 * Asserts that a table meets all conditions of findTableFault.
 *
 * @param caller the function whose argument it is
 * @throws {RangeError} with the first condition that fails
 */
export function assertTable(table: Table, caller: string): void {
  const fault = findTableFault(table);
  if (fault !== undefined) throw new RangeError(`${caller}: ${fault.path}: ${fault.message}`);
}

/** One text for each point: "(1/3, 0)". */
export function pointKey(at: readonly Rational[]): string {
  return `(${at.map(formatRational).join(", ")})`;
}

/**
 * X_i as Part (i) of the proof of Lemma 5 means it: for each coordinate i, the values that points have there, rising.
 */
export function coordinateValues(table: Table): Rational[][] {
  const columns: Rational[][] = Array.from({ length: table.inputs }, () => []);
  for (const { at } of table.points) at.forEach((x, i) => columns[i]?.push(x));
  return columns.map(distinct);
}

/** X_i as Lemma 6 defines it: the values in all coordinates of all points together, rising. */
export function inputValues(table: Table): Rational[] {
  return distinct(table.points.flatMap(({ at }) => at));
}

/** Y_i of Lemma 6 with Y = f(X): the values in all coordinates of all outputs together, rising. */
export function outputValues(table: Table): Rational[] {
  return distinct(table.points.flatMap(({ value }) => value));
}

/** G of Lemma 5 with G = g(X): all partial derivatives, rising. */
export function slopes(table: Table): Rational[] {
  return distinct(table.points.flatMap(({ jacobian }) => jacobian.flat()));
}

/** The different numbers of a list, rising. */
export function distinct(values: Iterable<Rational>): Rational[] {
  const byText = new Map<string, Rational>();
  for (const value of values) byText.set(formatRational(value), value);
  return [...byText.values()].sort((a, b) => a.compare(b));
}

function countFault(code: TableFaultCode, path: string, found: number): TableFault {
  return { code, path, message: `expected an integer from 1 on, got ${found}` };
}

function lengthFault(code: TableFaultCode, path: string, expected: number, found: readonly unknown[]): TableFault {
  return { code, path, message: `expected ${expected} elements, got ${found.length}` };
}
