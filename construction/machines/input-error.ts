/**
 * An error in what the user gave: a file, a text, a name. The message is one line that names the place and says what
 * was expected; whoever catches it prints the message and no stack trace.
 */
export class InputError extends Error {
  override readonly name: string = "InputError";
}

/** A short, one-line rendering of a piece of input for an error message: quoted, at most 40 characters. */
export function quoteInput(text: string): string {
  const characters = [...text];
  return JSON.stringify(characters.length <= 40 ? text : `${characters.slice(0, 37).join("")}...`);
}

/** "a", "a or b", "a, b or c". */
export function listInput(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

/** A path as it is, or quoted if it would not print as one line. */
export function showPath(path: string): string {
  return /[\p{Cc}\p{Zl}\p{Zp}]/u.test(path) ? JSON.stringify(path) : path;
}
