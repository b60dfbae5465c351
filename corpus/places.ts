/** Places of JSON data, as pointers; and the same with every index of an array left open. */
import type { Json } from "./case.js";
import { spots } from "./drafts.js";
import { pointerOf, pointerSteps, valueAt } from "./edit-data.js";

/** Every place below the top; of arrays only the first, middle and last element. */
export function places(json: Json, place = ""): string[] {
  const own = place === "" ? [] : [place];
  if (typeof json !== "object" || json === null) return own;
  const keys = Array.isArray(json) ? spots(json.length) : Object.keys(json);
  return [
    ...own,
    ...keys.flatMap((key) => places((json as Record<string | number, Json>)[key] as Json, place + pointerOf(key))),
  ];
}

/** The pointer with "*" for each index of an array. @param json the data that it points into */
export function opened(json: Json, pointer: string): string {
  const steps = pointerSteps(pointer);
  return steps
    .map((step, i) => {
      const before = pointerOf(...steps.slice(0, i));
      return Array.isArray(valueOrNull(json, before)) ? "/*" : pointerOf(step);
    })
    .join("");
}

function valueOrNull(json: Json, pointer: string): Json {
  try {
    return valueAt(json, pointer);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Whether a value is an object, and no array. */
export function isObject(json: Json): json is { [key: string]: Json } {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
