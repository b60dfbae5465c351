/**
 * The tape of a learner (B.1.2) as data: the XOR form that training memorizes, the plain rows that people think in, the
 * configuration a machine starts from, and the halting position it has to reach.
 */
import type { TapeSymbol } from "../../spec/machines/machine.js";
import type { Configuration } from "../../spec/machines/simulate.js";

/** A coordinate or a label. */
export type Sign = 1 | -1;

/** A labelled point of {-1, 1}^d. */
export interface Example {
  readonly x: readonly Sign[];
  readonly y: Sign;
}

/** The data cells of a tape, shape (m+1) x (d+1); no cell is blank. */
export type SignRows = readonly (readonly Sign[])[];

/**
 * The plain tape: row i <= m is [x_i, y_i], row m+1 is [x, 1].
 *
 * @param x the test point, shape: d
 * @throws {RangeError} if there is no example, x is empty, lengths differ or an entry is not 1 or -1
 */
export function plainTape(examples: readonly Example[], x: readonly Sign[]): SignRows {
  const rows = [...examples.map((example) => [...example.x, example.y]), [...x, 1 as const]];
  assertRows(rows, "plainTape");
  return rows;
}

/**
 * The XOR tape of the plain one: row i <= m is y_i [x o x_i, y_i], row m+1 is [x, 1] as before. Here o multiplies
 * coordinate by coordinate.
 *
 * @param rows shape: (m+1) x (d+1), m and d at least 1
 * @throws {RangeError} if the shape is not that, or the last row does not end in 1
 */
export function plainToXorTape(rows: SignRows): SignRows {
  assertRows(rows, "plainToXorTape");
  return multiplyByMargins(rows);
}

/**
 * The plain tape of the XOR form: multiplies each row by its label y_i and each column by the x_j below it.
 *
 * @param rows shape: (m+1) x (d+1), m and d at least 1
 * @throws {RangeError} if the shape is not that, or the last row does not end in 1
 */
export function xorToPlainTape(rows: SignRows): SignRows {
  assertRows(rows, "xorToPlainTape");
  return multiplyByMargins(rows);
}

/** Both ways alike, for every sign is its own inverse; the label of a row and the last row stay. */
function multiplyByMargins(rows: SignRows): SignRows {
  const test = rows.at(-1) as readonly Sign[];
  return rows.map((row, i) => {
    if (i === rows.length - 1) return [...row];
    const y = row.at(-1) as Sign;
    return row.map((entry, j) => (j === row.length - 1 ? y : ((y * entry * (test[j] as Sign)) as Sign)));
  });
}

/** The XOR tape of a training set and a test point: plainToXorTape of plainTape. */
export function xorTape(examples: readonly Example[], x: readonly Sign[]): SignRows {
  return plainToXorTape(plainTape(examples, x));
}

/**
 * The configuration in which a learner starts: blank padding columns right of the data, the head on the bottom right
 * data cell, the machine in its first state.
 *
 * @param paddingColumns how many, at least 0
 * @throws {RangeError} if the rows are malformed, or paddingColumns is not an integer of at least 0
 */
export function startConfiguration(rows: SignRows, paddingColumns: number): Configuration {
  assertRows(rows, "startConfiguration");
  if (!Number.isInteger(paddingColumns) || paddingColumns < 0) {
    throw new RangeError(`startConfiguration: expected at least 0 padding columns, got ${paddingColumns}`);
  }
  const dataColumns = (rows[0] as readonly Sign[]).length;
  const padding = Array.from({ length: paddingColumns }, (): TapeSymbol => 0);
  return {
    rows: rows.length,
    columns: dataColumns + paddingColumns,
    tape: rows.flatMap((row) => [...row, ...padding]),
    headRow: rows.length - 1,
    headColumn: dataColumns - 1,
    state: 0,
  };
}

/** The tape when a learner has halted: the answer, or the fault of the halting position. */
export type Answer = { readonly ok: true; readonly answer: Sign } | { readonly ok: false; readonly message: string };

/**
 * Reads the answer in the halting position of B.1.2: the head on the top left cell, which holds 1 or -1, all other data
 * cells blank. Padding columns may hold anything.
 *
 * @param dataColumns d + 1
 */
export function readAnswer(configuration: Configuration, dataColumns: number): Answer {
  const { tape, columns, headRow, headColumn } = configuration;
  if (headRow !== 0 || headColumn !== 0) {
    return {
      ok: false,
      message: `the head is on row ${headRow + 1}, column ${headColumn + 1}, not on the top left cell`,
    };
  }
  const dirty = tape.findIndex((symbol, i) => i > 0 && i % columns < dataColumns && symbol !== 0);
  if (dirty > 0) {
    const place = `row ${Math.floor(dirty / columns) + 1}, column ${(dirty % columns) + 1}`;
    return { ok: false, message: `${place} is not blank` };
  }
  const [answer] = tape;
  return answer === 1 || answer === -1 ? { ok: true, answer } : { ok: false, message: "the top left cell is blank" };
}

function assertRows(rows: SignRows, caller: string): void {
  if (rows.length < 2)
    throw new RangeError(`${caller}: expected at least one example and a test point, got ${rows.length} rows`);
  const columns = rows[0]?.length ?? 0;
  if (columns < 2)
    throw new RangeError(`${caller}: expected at least one coordinate and a label, got ${columns} columns`);
  for (const [i, row] of rows.entries()) {
    if (row.length !== columns) {
      throw new RangeError(`${caller}: expected ${columns} entries in row ${i + 1}, got ${row.length}`);
    }
    const stranger = row.find((entry: number) => entry !== 1 && entry !== -1);
    if (stranger !== undefined)
      throw new RangeError(`${caller}: expected 1 and -1 in row ${i + 1}, got ${String(stranger)}`);
  }
  if (rows.at(-1)?.at(-1) !== 1) throw new RangeError(`${caller}: expected the last row to end in 1, got -1`);
}
