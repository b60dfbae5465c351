/**
 * Training sets and points from CSV: signs, 1 and -1, or bits, 1 and 0; the label in the last column, with or without a header
 * line. A file of bits is read by one of two rules, which the caller chooses; in a column of a file of signs 0 may stand for -1.
 */
import { CsvError, parse } from "csv-parse/sync";
import { InputError, quoteInput, showPath } from "../input-error.js";
import type { Example, Point, Sign } from "./examples.js";

/** Most lines of a file, and most columns; the grid of the network has as many rows and columns. */
export const CSV_LIMITS = { lines: 100_000, columns: 10_000 } as const;

/**
 * The sign of bit 1 in a file of bits: as "minus", so that the sign of a sum of bits is the product of their signs, and an odd
 * number of ones is -1; or as "plus".
 */
export type BitSign = "minus" | "plus";

/** A training set as a file has it. */
export interface TrainingFile {
  readonly examples: readonly Example[];
  /** The names of the columns, the label's last; undefined if the file has none. */
  readonly header: readonly string[] | undefined;
  /** Whether the file is of bits, 0 and 1, and has no other numbers. */
  readonly isBits: boolean;
}

/** A point to predict, with its label where it is known. */
export interface Query {
  readonly x: Point;
  readonly label: Sign | undefined;
}

/**
 * Reads a training set: at least one line of at least one coordinate and a label.
 *
 * @param name where the text comes from; it begins each message
 * @param bits the sign of 1 in a file of bits
 * @throws {InputError} "name:line: ..." for anything else
 */
export function readExamples(text: string, name: string, bits: BitSign = "plus"): Example[] {
  return [...readTrainingFile(text, name, bits).examples];
}

/**
 * Reads a training set, and how it is written: readExamples tells the rest.
 *
 * @throws {InputError} as readExamples
 */
export function readTrainingFile(text: string, name: string, bits: BitSign): TrainingFile {
  const { rows, header, isBits } = readSigns(text, name, bits);
  const width = (rows[0] as readonly Sign[]).length;
  if (width < 2) {
    throw new InputError(
      `${showPath(name)}: expected at least one coordinate and a label in each line, got one column`,
    );
  }
  return { examples: rows.map((row) => ({ x: row.slice(0, -1), y: row.at(-1) as Sign })), header, isBits };
}

/**
 * Reads points to predict, all with labels (d + 1 columns) or all without (d columns).
 *
 * @param d coordinates of the training set
 * @param bits the sign of 1 in a file of bits
 * @throws {InputError} "name:line: ..." for anything else
 */
export function readQueries(text: string, name: string, d: number, bits: BitSign = "plus"): Query[] {
  const { rows } = readSigns(text, name, bits);
  const width = (rows[0] as readonly Sign[]).length;
  if (width !== d && width !== d + 1) {
    throw new InputError(
      `${showPath(name)}: expected ${d} coordinates as in the training set, with or without a label, got ${width} columns`,
    );
  }
  return rows.map((row) => ({ x: row.slice(0, d), label: row[d] }));
}

interface SignTable {
  readonly rows: (readonly Sign[])[];
  readonly header: readonly string[] | undefined;
  readonly isBits: boolean;
}

function readSigns(text: string, name: string, bits: BitSign): SignTable {
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
  const isBits =
    data.some(({ fields }) => fields.includes("0")) &&
    data.every(({ fields }) => !fields.includes("-1") && !fields.includes("+1"));
  const one: Sign = isBits && bits === "minus" ? -1 : 1;
  const rows = data.map(({ line, fields }) => {
    if (fields.length !== width) {
      throw new InputError(`${place}:${line}: expected ${width} columns, got ${fields.length}`);
    }
    return fields.map((field, column): Sign => {
      const where = `${place}:${line}: column ${column + 1}`;
      if (field === "1" || field === "+1") return one;
      if (field === "") throw new InputError(`${where}: expected 1, -1 or 0, got nothing`);
      if (field !== "-1" && field !== "0") {
        const hint = /[;\t]/.test(field) ? " (commas separate the columns)" : "";
        throw new InputError(`${where}: expected 1, -1 or 0, got ${quoteInput(field)}${hint}`);
      }
      const other = (lower[column] ??= field);
      if (other !== field) throw new InputError(`${where}: expected ${other} as above, got ${field}`);
      return one === 1 ? -1 : 1;
    });
  });
  return { rows, header: hasHeader ? first?.fields : undefined, isBits };
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
