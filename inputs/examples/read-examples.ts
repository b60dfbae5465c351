/**
 * Training sets and points from CSV: entries 1 and -1 or 1 and 0 (0 stands for -1), the label in the last column, with
 * or without a header line.
 */
import { CsvError, parse } from "csv-parse/sync";
import { InputError, quoteInput, showPath } from "../input-error.js";
import type { Example, Point, Sign } from "./examples.js";

/** Most lines of a file, and most columns; the grid of the network has as many rows and columns. */
export const CSV_LIMITS = { lines: 100_000, columns: 10_000 } as const;

/** A point to predict, with its label where it is known. */
export interface Query {
  readonly x: Point;
  readonly label: Sign | undefined;
}

/**
 * Reads a training set: at least one line of at least one coordinate and a label.
 *
 * @param name where the text comes from; it begins each message
 * @throws {InputError} "name:line: ..." for anything else
 */
export function readExamples(text: string, name: string): Example[] {
  const rows = readSigns(text, name);
  const width = (rows[0] as readonly Sign[]).length;
  if (width < 2) {
    throw new InputError(
      `${showPath(name)}: expected at least one coordinate and a label in each line, got one column`,
    );
  }
  return rows.map((row) => ({ x: row.slice(0, -1), y: row.at(-1) as Sign }));
}

/**
 * Reads points to predict, all with labels (d + 1 columns) or all without (d columns).
 *
 * @param d coordinates of the training set
 * @throws {InputError} "name:line: ..." for anything else
 */
export function readQueries(text: string, name: string, d: number): Query[] {
  const rows = readSigns(text, name);
  const width = (rows[0] as readonly Sign[]).length;
  if (width !== d && width !== d + 1) {
    throw new InputError(
      `${showPath(name)}: expected ${d} coordinates as in the training set, with or without a label, got ${width} columns`,
    );
  }
  return rows.map((row) => ({ x: row.slice(0, d), label: row[d] }));
}

function readSigns(text: string, name: string): (readonly Sign[])[] {
  const place = showPath(name);
  const lines = parseLines(text, place);
  const [first] = lines;
  const hasHeader = first?.fields.some((field) => !/^[+-]?[0-9.]*$/.test(field)) ?? false;
  const data = hasHeader ? lines.slice(1) : lines;
  if (data.length === 0) throw new InputError(`${place}: expected at least one line of data, got none`);
  const width = (first as CsvLine).fields.length;
  if (width > CSV_LIMITS.columns) {
    throw new InputError(`${place}: expected at most ${CSV_LIMITS.columns} columns, got ${width}`);
  }
  // A column may use -1 or 0 for the lower value, but not both.
  const lower: (string | undefined)[] = Array.from({ length: width }, () => undefined);
  return data.map(({ line, fields }) => {
    if (fields.length !== width) {
      throw new InputError(`${place}:${line}: expected ${width} columns, got ${fields.length}`);
    }
    return fields.map((field, column): Sign => {
      const where = `${place}:${line}: column ${column + 1}`;
      if (field === "1" || field === "+1") return 1;
      if (field === "") throw new InputError(`${where}: expected 1, -1 or 0, got nothing`);
      if (field !== "-1" && field !== "0") {
        throw new InputError(`${where}: expected 1, -1 or 0, got ${quoteInput(field)}`);
      }
      const other = (lower[column] ??= field);
      if (other !== field) throw new InputError(`${where}: expected ${other} as above, got ${field}`);
      return -1;
    });
  });
}

interface CsvLine {
  /** From 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

/** The library's messages quote fields as they are, whatever their length. */
function onOneLine(message: string): string {
  const line = message.slice(0, 201).replaceAll(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
  return line.length <= 200 ? line : `${line.slice(0, 197)}...`;
}

function parseLines(text: string, place: string): CsvLine[] {
  let records: { record: string[]; info: { lines: number } }[];
  try {
    records = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      to: CSV_LIMITS.lines + 2,
    }) as unknown as typeof records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new InputError(`${place}: not CSV: ${onOneLine(error.message)}`);
  }
  if (records.length > CSV_LIMITS.lines + 1) {
    throw new InputError(`${place}: expected at most ${CSV_LIMITS.lines} lines`);
  }
  return records.map(({ record, info }) => ({ line: info.lines, fields: record }));
}
