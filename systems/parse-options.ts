/** Readers of option values; commander prints their messages. */

/** Reads a whole number of at least 0 in decimal digits. @throws {Error} for anything else */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^[0-9]+$/.test(text) || !Number.isSafeInteger(value)) throw new Error("Expected a whole number.");
  return value;
}

/** Adds a whole number to those that the same option gave before. @throws {Error} for anything else */
export function collectNumbers(text: string, before: unknown): number[] {
  return [...((before as readonly number[] | undefined) ?? []), wholeNumber(text)];
}

/** Reads "ROWSxCOLUMNS". @throws {Error} unless both are from 1 to 999 */
export function gridSize(text: string): [rows: number, columns: number] {
  const match = /^([1-9][0-9]{0,2})x([1-9][0-9]{0,2})$/.exec(text);
  if (match === null) throw new Error("Expected ROWSxCOLUMNS, each from 1 to 999.");
  return [Number(match[1]), Number(match[2])];
}

/** Reads a number above 0. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!/^[0-9]+(\.[0-9]+)?$/.test(text) || !Number.isFinite(value) || value <= 0)
    throw new Error("Expected a number above 0.");
  return value;
}
