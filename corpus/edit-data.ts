/** Edits of JSON data at JSON pointers (RFC 6901, RFC 6902). */
import type { DataEdit, Json } from "./case.js";

type Container = Record<string | number, Json>;

/** The steps of a JSON pointer. @throws {RangeError} if it is none */
export function pointerSteps(pointer: string): string[] {
  if (pointer === "") return [];
  if (!pointer.startsWith("/")) throw new RangeError(`pointerSteps: expected a JSON pointer, got ${pointer}`);
  const steps = pointer.slice(1).split("/");
  return steps.map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The JSON pointer of steps. */
export function pointerOf(...steps: readonly (string | number)[]): string {
  return steps.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** The value at a pointer. @throws {RangeError} if nothing is there */
export function valueAt(json: Json, pointer: string): Json {
  let value = json;
  for (const step of pointerSteps(pointer)) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step))
      throw new RangeError(`valueAt: expected a value at ${pointer}, got none`);
    value = (value as Container)[step] as Json;
  }
  return value;
}

/**
 * The data after an edit; `json` itself may change.
 *
 * @param bases the data of other certificates, by name
 * @throws {RangeError} if the edit does not fit the data
 */
export function editData(json: Json, edit: DataEdit, bases: (name: string) => Json): Json {
  switch (edit.op) {
    case "add":
      return add(json, edit.path, repeated(edit.value, edit.times));
    case "replace":
      return replace(json, edit.path, repeated(edit.value, edit.times));
    case "remove":
      remove(json, edit.path);
      return json;
    case "move": {
      const value = valueAt(json, edit.from);
      remove(json, edit.from);
      return add(json, edit.path, value);
    }
    case "copy":
      return add(json, edit.path, structuredClone(valueAt(json, edit.from)));
    case "append": {
      const list = valueAt(json, edit.path);
      if (!Array.isArray(list)) throw new RangeError(`editData: expected an array at ${edit.path}`);
      for (let i = 0; i < edit.count; i++) list.push(structuredClone(edit.value));
      return json;
    }
    case "columns": {
      const row = valueAt(json, edit.path);
      if (!Array.isArray(row)) throw new RangeError(`editData: expected a row at ${edit.path}`);
      for (let column = edit.from; column <= edit.to; column++) row.push([column, edit.weight]);
      return json;
    }
    case "transplant":
      return replace(json, edit.path, structuredClone(valueAt(bases(edit.base), edit.path)));
  }
}

function repeated(value: Json, times: number | undefined): Json {
  if (times === undefined) return structuredClone(value);
  if (typeof value !== "string") throw new RangeError("editData: expected a string to repeat");
  return value.repeat(times);
}

/** The container of a pointer's last step, and the step; of arrays "-" is the end. */
function parentOf(json: Json, pointer: string): [Container, string | number] {
  const steps = pointerSteps(pointer);
  const last = steps.at(-1) as string;
  const parent = valueAt(json, pointerOf(...steps.slice(0, -1)));
  if (typeof parent !== "object" || parent === null) throw new RangeError(`editData: nothing can be at ${pointer}`);
  if (!Array.isArray(parent)) return [parent, last];
  return [parent as unknown as Container, last === "-" ? parent.length : Number(last)];
}

function add(json: Json, pointer: string, value: Json): Json {
  if (pointer === "") return value;
  const [parent, step] = parentOf(json, pointer);
  if (Array.isArray(parent)) {
    if (!(Number(step) >= 0 && Number(step) <= parent.length))
      throw new RangeError(`editData: expected an index of the array, or its length, in ${pointer}`);
    parent.splice(Number(step), 0, value);
  } else set(parent, step, value);
  return json;
}

function replace(json: Json, pointer: string, value: Json): Json {
  valueAt(json, pointer);
  if (pointer === "") return value;
  const [parent, step] = parentOf(json, pointer);
  set(parent, step, value);
  return json;
}

function remove(json: Json, pointer: string): void {
  valueAt(json, pointer);
  const [parent, step] = parentOf(json, pointer);
  if (Array.isArray(parent)) parent.splice(Number(step), 1);
  else delete parent[step];
}

/** Sets a key as JSON.parse does: __proto__ is a key like any other. */
function set(parent: Container, step: string | number, value: Json): void {
  if (step !== "__proto__") parent[step] = value;
  else Object.defineProperty(parent, step, { value, enumerable: true, configurable: true, writable: true });
}
