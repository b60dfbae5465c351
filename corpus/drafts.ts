/** Short ways to write cases. */
import type { Case, DataEdit, Expected, Input, Json, TextEdit } from "./case.js";

/** A case before it has a number. */
export type Draft = Omit<Case, "id">;

/** The certificate is true. */
export const ACCEPTED: Expected = { verdict: "accepted" };

/** The input is not text that a checker could read. */
export const UNREADABLE: Expected = { verdict: "unreadable" };

/** A rejection with one of some codes. */
export function rejected(...codes: readonly string[]): Expected {
  return { verdict: "rejected", codes };
}

/**
 * No verdict, because of a limit.
 *
 * @param limit the name of the limit, as docs/trust.md has it
 */
export function undecided(limit: string): Expected {
  return { verdict: "undecided", limit };
}

/**
 * A case.
 *
 * @param expected a verdict, or the code of a rejection
 */
export function draft(
  comment: string,
  flags: string | readonly string[],
  input: Input,
  expected: Expected | string,
  except?: Case["except"],
): Draft {
  const list = typeof flags === "string" ? [flags] : flags;
  const verdict = typeof expected === "string" ? rejected(expected) : expected;
  return { comment, flags: list, input, expected: verdict, ...(except === undefined ? {} : { except }) };
}

/** A base with its data edited and its digests repaired. */
export function edited(base: string, ...data: readonly DataEdit[]): Input {
  return { base, data, digests: "repaired" };
}

/** A base with its data edited and its digests as they were. */
export function stale(base: string, ...data: readonly DataEdit[]): Input {
  return { base, data, digests: "kept" };
}

/** A base with its text edited. */
export function retyped(base: string, ...text: readonly TextEdit[]): Input {
  return { base, digests: "kept", text };
}

/** Replaces the value at a JSON pointer. */
export function replace(path: string, value: Json): DataEdit {
  return { op: "replace", path, value };
}

/** Removes the value at a JSON pointer. */
export function remove(path: string): DataEdit {
  return { op: "remove", path };
}

/** Adds a value at a JSON pointer; in an array before the item that is there, or at the end ("-"). */
export function add(path: string, value: Json): DataEdit {
  return { op: "add", path, value };
}

/** Moves a value from one JSON pointer to another. */
export function move(from: string, path: string): DataEdit {
  return { op: "move", from, path };
}

/**
 * Replaces a piece of the text.
 *
 * @param nth which occurrence, counted from 1, or all of them
 */
export function find(text: string, put: string, nth: number | "all" = 1): TextEdit {
  return { op: "find", text, nth, put };
}

/** First, middle and last index of a list. */
export function spots(length: number): number[] {
  return [...new Set([0, Math.floor(length / 2), length - 1])].filter((i) => i >= 0 && i < length);
}

/** Exchanges the elements of a list at two indices, the first below the second. */
export function exchanged(list: string, first: number, second: number): DataEdit[] {
  const forth = move(`${list}/${first}`, `${list}/${second}`);
  return second === first + 1 ? [forth] : [forth, move(`${list}/${second - 1}`, `${list}/${first}`)];
}
