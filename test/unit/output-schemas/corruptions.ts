/** Values that differ from an output in one place, each of which its schema must refuse. */
import { get, places, put, type Json, type Path } from "../checkers/second/forge.js";

export interface Corruption {
  readonly what: string;
  readonly apply: () => Json;
}

/** Keys that an output may lack, by the commands that print them. */
const OPTIONAL: Readonly<Record<string, readonly RegExp[]>> = {
  certify: [/^recoding$/],
  check: [/^statement$/, /^subjects$/],
  systems: [/^\d+\.statements\./],
  trace: [/^\d+\.stop$/, /^\d+\.places\.\d+\.text$/],
  run: [/^tapes?$/],
  learn: [/^fault\.entry$/],
  audit: [/\.place\.neurips$/, /\.outcome\.printed$/, /\.outcome\.amended$/],
};

/** Keys of objects whose own keys depend on what is reported; in regenerate, "result" is a word. */
const OPEN = ["witness", "numbers", "result"];

/** A value of a type that no place with this value takes; where null is, there may be a word or a number, but no empty object. */
function ofAnotherType(value: Json): Json {
  if (typeof value === "string") return 7;
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return String(value);
  return Array.isArray(value) || value === null ? {} : [];
}

/** For every place: a key less, a key more, a value of another type. Of long lists, the first, middle and last element. */
export function corruptions(command: string, json: Json): Corruption[] {
  const all = [[], ...places(json)].filter((path) => !isInOpen(json, path));
  return all.flatMap((path) => {
    const value = get(json, path);
    const name = path.join(".");
    const found: Corruption[] = [];
    const add = (what: string, place: Path, change: Json | undefined): void => {
      found.push({
        what: `${what} at ${name}`,
        apply: () => {
          if (place.length === 0) return change as Json;
          const copy = structuredClone(json);
          put(copy, place, change);
          return copy;
        },
      });
    };
    add("another type", path, ofAnotherType(value));
    const isKey = typeof path.at(-1) === "string";
    if (isKey && OPTIONAL[command]?.some((optional) => optional.test(name)) !== true) add("nothing", path, undefined);
    const isOpen = OPEN.includes(String(path.at(-1)));
    if (typeof value === "object" && value !== null && !Array.isArray(value) && !isOpen) {
      add("a key more", [...path, "extra"], 1);
    }
    return found;
  });
}

function isInOpen(json: Json, path: Path): boolean {
  return path
    .slice(0, -1)
    .some((key, i) => OPEN.includes(String(key)) && !Array.isArray(get(json, path.slice(0, i + 1))));
}
