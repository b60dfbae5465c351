/** Places in a text: from the offset of a character to "file:line:column". */
import { InputError, quoteInput } from "./input-error.js";

/** The error with the given message at a character of a text: "file:line:column: message". */
export type ErrorAt = (offset: number, message: string) => InputError;

/**
 * Errors that name their place in a text. Lines and columns count from 1, columns in UTF-16 units; an offset past the end
 * is the end.
 *
 * @param file what to call the text in messages
 */
export function errorsIn(text: string, file: string): ErrorAt {
  return (offset, message) => {
    const before = text.slice(0, offset);
    const line = before.split("\n").length;
    return new InputError(`${file}:${line}:${before.length - before.lastIndexOf("\n")}: ${message}`);
  };
}

/** The character at an offset as a message shows it: in quotes, or "the end". */
export function characterAt(text: string, offset: number): string {
  const code = text.codePointAt(offset);
  return code === undefined ? "the end" : quoteInput(String.fromCodePoint(code));
}
