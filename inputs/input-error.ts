/**
 * An error in what the user gave: a file, a text, a name. The message is one line that names the place and says what
 * was expected; it is shown by its message, without a stack trace.
 *
 * @example
 * ```ts
 * import { InputError, loadMachine } from "weightproof";
 *
 * try {
 *   loadMachine("bb22");
 * } catch (error) {
 *   if (!(error instanceof InputError)) throw error;
 *   error.message.split("\n").length; // => 1
 * }
 * loadMachine("bb22"); // throws InputError
 * ```
 */
export class InputError extends Error {
  override readonly name: string = "InputError";
}

/** A short, one-line rendering of a piece of input for an error message: quoted, at most 40 characters. */
export function quoteInput(text: string): string {
  // A character has at most two code units: what lies behind is not looked at.
  const characters = Array.from(text.slice(0, 2 * 41));
  return quoted(characters.length <= 40 ? text : `${characters.slice(0, 37).join("")}...`);
}

/** JSON, with everything escaped that a terminal may take for a line break, a command or a change of direction. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(UNSEEN, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Code units of the basic plane; JSON has escaped those below a blank. */
const UNSEEN = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** "a", "a or b", "a, b or c". */
export function listInput(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

/** Longest path that a message shows whole, in UTF-16 units. */
const MAX_SHOWN_PATH = 1000;

/** A path as it is, or quoted if it would not print as one line; no file has a path that is too long to show. */
export function showPath(path: string): string {
  if (path.length > MAX_SHOWN_PATH) return quoteInput(path);
  return /[\p{Cc}\p{Zl}\p{Zp}]/u.test(path) ? quoted(path) : path;
}
