/** How verdicts look on a terminal and as JSON, and which exit code they have. */
import type { Rejected, Undecided } from "../checkers/verdict.js";
import { EXIT, type ExitCode } from "./exit-codes.js";
import type { Io } from "./system.js";

/** Prints a value as JSON; bigints as strings. */
export function printJson(io: Io, value: unknown): void {
  io.print(`${JSON.stringify(value, (_, v: unknown) => (typeof v === "bigint" ? String(v) : v), 2)}\n`);
}

/** Groups the digits of a long number for reading: 5220676614400 is 5,220,676,614,400. */
export function grouped(number: string | number | bigint): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A number of things: "1 padding column", "2 padding columns". */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** Lines of "label  value" with the values in one column. */
export function labelled(lines: readonly (readonly [label: string, value: string])[]): string {
  const width = Math.max(0, ...lines.map(([label]) => label.length));
  return lines.map(([label, value]) => `  ${label.padEnd(width)}  ${value}\n`).join("");
}

/** Prints a verdict that is not an acceptance, and returns its exit code. */
export function printFailure<Code extends string>(
  io: Io,
  failure: Rejected<Code> | Undecided,
  subject: string,
): ExitCode {
  if (io.json) printJson(io, failure);
  else io.print(failureText(failure, subject));
  return failure.verdict === "undecided" ? EXIT.undecided : EXIT.rejected;
}

/** A verdict that is not an acceptance, for people. */
export function failureText(failure: Rejected<string> | Undecided, subject: string): string {
  if (failure.verdict === "undecided") {
    return `undecided: ${subject}: limit ${failure.limit}: ${failure.message}\n`;
  }
  return `rejected: ${subject}: ${failure.code}${at(failure)}: ${failure.message}\n${drawWitness(failure)}`;
}

/** The three lines of a 3x3 patch. @param cells shape: 9, row by row */
export function drawPatch(cells: readonly string[]): string[] {
  const width = Math.max(...cells.map((cell) => cell.length));
  return [0, 3, 6].map((i) => {
    const row = cells.slice(i, i + 3).map((cell) => cell.padStart(width));
    return `      ${row.join("  ")}\n`;
  });
}

function at({ path }: Rejected<string>): string {
  return path === "" ? "" : ` at ${path}`;
}

/** A witness line by line; a 3x3 patch as a square. */
function drawWitness({ witness }: Rejected<string>): string {
  return Object.entries(witness)
    .map(([key, value]) => {
      if (key === "patch" && Array.isArray(value) && value.length === 9) {
        return `  ${key}:\n${drawPatch(value as string[]).join("")}`;
      }
      return `  ${key}: ${Array.isArray(value) ? value.join(" ") : typeof value === "object" ? JSON.stringify(value) : String(value)}\n`;
    })
    .join("");
}
