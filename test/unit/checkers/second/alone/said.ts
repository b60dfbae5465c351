/** What the second checker alone says, with the place; and certificates that are quick to decide. */
import { expect } from "vitest";
import { checkCertificateAgain } from "../../../../../checkers/second/check.js";
import { dataOf, forged, get, put, TINY_TEXT, type Json, type Path } from "../forge.js";

/** "accepted", "CODE PATH" of a rejection, or "undecided LIMIT". */
export function said(text: string): string {
  const verdict = checkCertificateAgain(text);
  if (verdict.verdict === "rejected") return `${verdict.code} ${verdict.path}`;
  return verdict.verdict === "undecided" ? `undecided ${verdict.limit}` : "accepted";
}

/** The message of a rejection. */
export function messageOf(text: string): string {
  const verdict = checkCertificateAgain(text);
  if (verdict.verdict !== "rejected") throw new Error(`messageOf: expected a rejection, got ${verdict.verdict}`);
  return verdict.message;
}

/** TINY with a run that is short: on two cells, the first state, a step to the right, and one against the border. */
export const QUICK: string = forged((json) => {
  const run = { rows: 1, columns: 2, headRow: 0, headColumn: 0, layers: 3, cells: 6, haltsAtLayer: null, tape: ["++"] };
  put(json, ["verdicts", "replay"], [run]);
}, TINY_TEXT);

/** Data of the shape of a certificate, in which another network stands for the filter. */
export const SHORT: string = forged((json) => put(json, ["filter"], get(json, ["head"])), TINY_TEXT);

/** What is said after a change of the data, digests repaired. */
export function saidOf(change: (json: Json) => unknown, text: string = QUICK): string {
  return said(forged(change, text));
}

/** What is said with the value at a place replaced, or taken away. */
export function saidWith(path: Path, value: Json | undefined, text: string = QUICK): string {
  return saidOf((json) => put(json, path, value), text);
}

/** Asserts what is said with each of some values at a place. */
export function expectWith(path: Path, values: readonly (Json | undefined)[], expected: string, text?: string): void {
  for (const value of values)
    expect(saidWith(path, value, text), `${path.join(".")}: ${JSON.stringify(value)?.slice(0, 80)}`).toBe(expected);
}

/**
 * What is said of data whose text is not the one of its value. The shape is decided before the text, so these data have the
 * shape of a certificate just if this is "not-canonical line 1".
 */
export function saidOfShape(path: Path, value: Json | undefined): string {
  const json = dataOf(SHORT);
  put(json, path, value);
  return said(JSON.stringify(json));
}

/** Asserts that values at a place have the shape of a certificate, or that they do not. */
export function expectShape(path: Path, values: readonly Json[], expected: string = "not-canonical line 1"): void {
  for (const value of values)
    expect(saidOfShape(path, value), `${path.join(".")}: ${JSON.stringify(value).slice(0, 80)}`).toBe(expected);
}
