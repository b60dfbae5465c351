/** Where the values of a JSON text stand in it. */
import type { TextEdit } from "./case.js";
import { find } from "./drafts.js";
import { pointerOf } from "./edit-data.js";

/** Offsets of a value, and of its key if it has one, else of the value again. */
export interface TextPlace {
  readonly key: number;
  readonly start: number;
  readonly end: number;
}

const STRING = /"(?:[^"\\]|\\.)*"/y;
const SCALAR = /[^\s,\]}]+/y;

/** The places of all values by pointer. @param text JSON, which is not checked here */
export function textPlaces(text: string): ReadonlyMap<string, TextPlace> {
  const places = new Map<string, TextPlace>();
  let at = 0;
  const skip = (): void => {
    while (/[\s,:]/.test(text[at] ?? "")) at++;
  };
  const token = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? "";
    at += found.length;
    return found;
  };
  const value = (pointer: string, key: number): void => {
    const start = at;
    const opening = text[at];
    if (opening === "{" || opening === "[") {
      at++;
      skip();
      for (let i = 0; text[at] !== "}" && text[at] !== "]"; i++, skip()) {
        const name = at;
        const step = opening === "{" ? (JSON.parse(token(STRING)) as string) : i;
        skip();
        value(pointer + pointerOf(step), opening === "{" ? name : at);
      }
      at++;
    } else token(opening === '"' ? STRING : SCALAR);
    places.set(pointer, { key, start, end: at });
  };
  skip();
  value("", at);
  return places;
}

/** Replaces one text by another where it stands at an offset. @throws {RangeError} if it does not stand there */
export function findAt(text: string, offset: number, what: string, put: string): TextEdit {
  let nth = 0;
  for (let at = text.indexOf(what); at !== -1; at = text.indexOf(what, at + what.length)) {
    nth++;
    if (at === offset) return find(what, put, nth);
  }
  throw new RangeError(`findAt: expected ${JSON.stringify(what)} at ${offset}`);
}
