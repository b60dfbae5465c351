/**
 * Bytes and digests of JSON values. The canonical form (RFC 8785) gives a value one spelling, so that a digest identifies
 * it; the printed form is what files hold, also one spelling for each value, laid out for readers.
 */
import canonicalize from "canonicalize";
import stringify from "json-stringify-pretty-compact";
import { sha256, utf8 } from "./sha-256.js";

/** RFC 8785. @throws {TypeError} if the value is not JSON data, or has a lone surrogate */
export function canonicalJson(value: unknown): string {
  let text: string | undefined;
  try {
    text = canonicalize(value);
  } catch (error) {
    if (error instanceof RangeError) throw error;
    throw new TypeError(`canonicalJson: expected JSON data: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (text === undefined) throw new TypeError("canonicalJson: expected JSON data");
  return text;
}

/** "sha256:" and the hexadecimal SHA-256 of the canonical form's UTF-8 bytes. */
export function digestOf(value: unknown): string {
  return `sha256:${sha256(utf8(canonicalJson(value)))}`;
}

/** The printed form: what fits on a line is on a line; two spaces of indentation; a newline at the end. */
export function printJson(value: unknown): string {
  return `${stringify(value, { maxLength: 120, indent: 2 })}\n`;
}
