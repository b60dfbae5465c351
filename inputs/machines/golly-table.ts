/** The braces of Golly's turmite tables, and nothing about their meaning. */
import { MAX_STATES } from "../input-limits.js";
import type { InputError } from "../input-error.js";
import { characterAt, type ErrorAt } from "../text-places.js";

/** Most colours of a turmite; Golly has 256 cell states. */
export const MAX_COLOURS = 255;

/** A number of the table, or a quoted word. */
export interface Item {
  readonly value: number | string;
  readonly offset: number;
}

/** {colour, move, state} */
export type Triple = readonly [colour: Item, move: Item, state: Item];

/**
 * Reads {{{item, item, item}, ...}, ...}: one list for each state, in it one triple for each colour.
 *
 * @throws {InputError} the error at the first character that does not fit, or at a fourth triple of a row
 */
export function readGollyTable(text: string, errorAt: ErrorAt): readonly (readonly Triple[])[] {
  return new TableReader(text, errorAt).read();
}

class TableReader {
  readonly #text: string;
  readonly #errorAt: ErrorAt;
  #offset = 0;

  constructor(text: string, errorAt: ErrorAt) {
    this.#text = text;
    this.#errorAt = errorAt;
  }

  read(): readonly (readonly Triple[])[] {
    const rows = this.#list(() => {
      const row = this.#list(() => this.#triple());
      if (row.length > MAX_COLOURS) {
        const [[{ offset }]] = row.slice(MAX_COLOURS) as [Triple];
        throw this.#errorAt(offset, `expected at most ${MAX_COLOURS} colours, got more triples in a row`);
      }
      return row;
    });
    this.#skipSpace();
    if (this.#offset < this.#text.length) throw this.#unexpected("the end after the table");
    return rows;
  }

  #triple(): Triple {
    this.#expect("{", "a triple {colour, move, state}");
    const colour = this.#item();
    this.#expect(",", "a comma after the colour");
    const move = this.#item();
    this.#expect(",", "a comma after the move");
    const state = this.#item();
    this.#expect("}", "} after the three parts of a triple");
    return [colour, move, state];
  }

  #list<T>(element: () => T): T[] {
    this.#expect("{", "{");
    const elements = [element()];
    while (this.#accept(",")) {
      elements.push(element());
      if (elements.length > MAX_STATES) throw this.#unexpected(`at most ${MAX_STATES} rows`);
    }
    this.#expect("}", "a comma or }");
    return elements;
  }

  #item(): Item {
    this.#skipSpace();
    const offset = this.#offset;
    const match = /(?:([0-9]{1,9})|'([^'\n]*)'|"([^"\n]*)")/y;
    match.lastIndex = offset;
    const [whole, digits, single, double] = match.exec(this.#text) ?? [];
    if (whole === undefined) throw this.#unexpected("a number or a direction in quotes");
    this.#offset += whole.length;
    return { value: digits === undefined ? (single ?? double ?? "") : Number(digits), offset };
  }

  #skipSpace(): void {
    while (/\s/.test(this.#text.charAt(this.#offset))) this.#offset += 1;
  }

  #accept(sign: string): boolean {
    this.#skipSpace();
    if (this.#text.charAt(this.#offset) !== sign) return false;
    this.#offset += 1;
    return true;
  }

  #expect(sign: string, wanted: string): void {
    if (!this.#accept(sign)) throw this.#unexpected(wanted);
  }

  #unexpected(wanted: string): InputError {
    this.#skipSpace();
    return this.#errorAt(this.#offset, `expected ${wanted}, got ${characterAt(this.#text, this.#offset)}`);
  }
}
