/** Files that hold several machines: a listing with one a line, several documents. */
import { InputError } from "../input-error.js";

/**
 * The machine that is meant: the only one, or the one that is named by its number.
 *
 * @param entry from 1
 * @throws {InputError} if there is none, there are several and none is named, or there is none of that number
 */
export function chooseEntry<Entry>(
  entries: readonly Entry[],
  entry: number | undefined,
  { file, what }: { readonly file: string; readonly what: string },
): Entry {
  const [first] = entries;
  if (first === undefined) throw new InputError(`${file}: expected a machine, got an empty file`);
  if (entry === undefined) {
    if (entries.length === 1) return first;
    throw new InputError(`${file}: expected one machine, got ${entries.length} ${what}s; --entry N takes the Nth`);
  }
  const chosen = entries[entry - 1];
  if (chosen !== undefined) return chosen;
  throw new InputError(`${file}: there are ${entries.length} ${what}s; expected --entry from 1 to that, got ${entry}`);
}
