/** Small certificates, and ways to forge them. */
import { readFileSync } from "node:fs";
import { digestOf, printJson } from "../../../../certificates/canonical.js";

/** JSON data that is changed in place. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Where in JSON data: keys and indices. */
export type Path = readonly (string | number)[];

/** The certificate of a machine in machines.ts, as it was made when this file was; made.test.ts compares. */
const read = (name: string): string => readFileSync(new URL(`certificates/${name}.json`, import.meta.url), "utf8");
/** SOURCE, for the well-formed alphabet. */
export const TEXT: string = read("small");
/** TINY, for both alphabets. */
export const TINY_TEXT: string = read("tiny");
export const TINY_FULL_TEXT: string = read("tiny-full");
/** TWINS, for the well-formed alphabet. */
export const TWINS_TEXT: string = read("twins");

/** A fresh copy of a certificate's data. */
export function dataOf(text: string = TEXT): Json {
  return JSON.parse(text) as Json;
}

/** The value at a place that is there. */
export function get(json: Json, path: Path): Json {
  return path.reduce<Json>((value, step) => (value as Record<string | number, Json>)[step] as Json, json);
}

/** Puts a value at a place, or takes away what is there. */
export function put(json: Json, path: Path, value: Json | undefined): void {
  const parent = get(json, path.slice(0, -1)) as Record<string | number, Json>;
  const last = path.at(-1) as string | number;
  if (value !== undefined) parent[last] = value;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
}

/** Every place below the top, of long lists only first, middle and last element. */
export function places(json: Json, path: Path = []): Path[] {
  const own = path.length === 0 ? [] : [path];
  if (typeof json !== "object" || json === null) return own;
  const keys = Array.isArray(json) ? spots(json.length) : Object.keys(json);
  return [...own, ...keys.flatMap((key) => places(get(json, [key]), [...path, key]))];
}

/** First, middle and last index of a list. */
export function spots(length: number): number[] {
  return [...new Set([0, Math.floor(length / 2), length - 1])].filter((i) => i >= 0 && i < length);
}

/** Data as certificates are printed, in the order of keys that it has, with its digests made right where it has some. */
export function printed(json: Json): string {
  for (const part of ["source", "machine", "filter", "head"]) {
    try {
      const path = ["digests", part];
      if (/^sha256:[0-9a-f]{64}$/.test(get(json, path) as string)) put(json, path, digestOf(get(json, [part])));
    } catch {
      // What is not there, or has no digest, keeps the old one.
    }
  }
  return printJson(json);
}

/** The text after a change of the data, digests repaired. */
export function forged(change: (json: Json) => unknown, text: string = TEXT): string {
  const json = dataOf(text);
  change(json);
  return printed(json);
}

/** A row of a network. */
export type Row = [bias: string, ...entries: [number, string][]];
/** A layer of a network, but for its name. */
export interface Layer {
  inputs: number;
  relu: boolean;
  rows: Row[];
}

/** The text of the tiny certificate after a change of its data, digests repaired. */
export function changed(change: (json: Json) => unknown): string {
  return forged(change, TINY_TEXT);
}

/** The same with the value at a place replaced, or taken away. */
export function withValue(path: Path, value: Json | undefined): string {
  return changed((json) => put(json, path, value));
}

/** The layers of a network in a certificate's data. */
export function layersOf(json: Json, part: "filter" | "head"): Layer[] {
  return get(json, [part, "layers"]) as unknown as Layer[];
}

/** The text of the tiny certificate after a change of the layers of a network. */
export function withLayers(part: "filter" | "head", change: (layers: Layer[]) => unknown): string {
  return changed((json) => change(layersOf(json, part)));
}

/** Adds a function of one cell as the last row of V2, and units of V1 that only it reads; no gate reads it yet. */
export function withFunction(
  layers: Layer[],
  place: number,
  units: readonly (readonly [bias: string, weight: string])[],
): void {
  const [v1, v2] = layers as [Layer, Layer];
  const first = v1.rows.length;
  v1.rows.push(...units.map(([bias]): Row => [bias, [place, "1"]]));
  v2.inputs = v1.rows.length;
  v2.rows.push(["0", ...units.map(([, weight], k): [number, string] => [first + k, weight])]);
  (layers[2] as Layer).inputs = v2.rows.length;
}

/** n / 4, reduced. */
export function quarters(n: bigint): string {
  if (n % 4n === 0n) return String(n / 4n);
  return n % 2n === 0n ? `${n / 2n}/2` : `${n}/4`;
}
