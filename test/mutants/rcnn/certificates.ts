/** A certificate that mutants start from, and ways to change it as JSON data. */
import { certify } from "../../../systems/rcnn/certify.js";
import { digestOf, printJson } from "../../../certificates/canonical.js";
import { checkCertificate, type CertificateFault } from "../../../checkers/rcnn/check-certificate.js";
import type { SourceMachine, SourceTransition, TapeSymbol } from "../../../spec/machines/machine.js";
import type { AlphabetName } from "../../../spec/rcnn/alphabet.js";

/** JSON data that tests change in place. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A place in JSON data. */
export type Place = readonly (string | number)[];

const row = (...entries: [TapeSymbol, SourceTransition][]): Map<TapeSymbol, SourceTransition> => new Map(entries);

/** Two working states, one of them without an entry for -1, and two halting ones, the last of which is never entered. */
export const SOURCE: SourceMachine = {
  name: "mutant",
  states: ["A", "B", "Z", "idle"],
  start: "A",
  halting: ["Z", "idle"],
  table: new Map([
    [
      "A",
      row(
        [0, { write: 1, move: "right", next: "B" }],
        [1, { write: 1, move: "left", next: "B" }],
        [-1, { write: 0, move: "up", next: "Z" }],
      ),
    ],
    ["B", row([0, { write: 1, move: "down", next: "A" }], [1, { write: -1, move: "stay", next: "A" }])],
  ]),
  notes: { about: "A machine to be mutated", source: "these tests" },
  expected: {},
};

function textOf(source: SourceMachine, alphabet: AlphabetName): string {
  const verdict = certify(source, alphabet);
  if (verdict.verdict !== "accepted") throw new Error(`textOf: expected a certificate, got ${verdict.verdict}`);
  return verdict.result.text;
}

export const TEXT: string = textOf(SOURCE, "well-formed");
/** The certificate of the same machine over the full alphabet. */
export const fullText: () => string = once(() => textOf(SOURCE, "full"));

/** The certificate of another machine of the same number of states. */
export const otherText: () => string = once(() =>
  textOf(
    { ...SOURCE, table: new Map(SOURCE.table).set("B", row([0, { write: 0, move: "left", next: "A" }])) },
    "well-formed",
  ),
);

function once(make: () => string): () => string {
  let made: string | undefined;
  return () => (made ??= make());
}

/** A fresh copy of a certificate's data. */
export function dataOf(text: string): Json & object {
  return JSON.parse(text) as Json & object;
}

/** The value at a place; undefined if there is none. */
export function at(json: Json, place: Place): Json | undefined {
  let value: Json | undefined = json;
  for (const step of place) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<string | number, Json>)[step];
  }
  return value;
}

/** The same data with the value at a place replaced; undefined removes a key or an element. Changes `json` itself. */
export function put(json: Json, place: Place, value: Json | undefined): Json {
  const last = place.at(-1);
  if (last === undefined) return value ?? null;
  const parent = at(json, place.slice(0, -1)) as Record<string | number, Json>;
  if (value !== undefined) parent[last] = value;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
  return json;
}

/** Recomputes the digests, so that what is changed is found by what it says and not by its digest; others are left. */
export function repaired(json: Json): Json {
  for (const part of ["source", "machine", "filter", "head"]) {
    const value = at(json, [part]);
    const digest = at(json, ["digests", part]);
    if (value === undefined || typeof digest !== "string" || !/^sha256:[0-9a-f]{64}$/.test(digest)) continue;
    try {
      put(json, ["digests", part], digestOf(value));
    } catch {
      // Data that has no digest, such as a lone surrogate, keeps the old one.
    }
  }
  return json;
}

/** Data printed as certificates are, whatever it is; keys keep the order that they have. */
export function printed(json: Json): string {
  return printJson(json);
}

/** What became of the text: "accepted", or the code and path of the rejection. Anything else is an error. */
export function fateOf(text: string): string {
  const verdict = checkCertificate(text);
  if (verdict.verdict === "undecided") return `undecided ${verdict.limit}`;
  return verdict.verdict === "accepted" ? "accepted" : `${verdict.code} ${verdict.path}`;
}

/** The fate of the certificate after one change, digests repaired. */
export function fateAfter(change: (json: Json) => unknown, text: string = TEXT): string {
  const json = dataOf(text);
  change(json);
  return fateOf(printed(repaired(json)));
}

/** The fate with the value at a place replaced, digests repaired. */
export function fateWith(place: Place, value: Json | undefined, text: string = TEXT): string {
  return fateOf(printed(repaired(put(dataOf(text), place, value))));
}

/** A fate of the given code at a path. */
export function fate(code: CertificateFault, path: string): string {
  return `${code} ${path}`;
}

/** Every place of JSON data that holds an object, an array or a value; of arrays only first, middle and last element. */
export function places(json: Json, place: Place = []): Place[] {
  if (typeof json !== "object" || json === null) return [place];
  const keys: (string | number)[] = Array.isArray(json)
    ? [...new Set([0, Math.floor(json.length / 2), json.length - 1])].filter((i) => i >= 0 && i < json.length)
    : Object.keys(json);
  return [place, ...keys.flatMap((key) => places(at(json, [key]) as Json, [...place, key]))];
}

/** A place as checkers write it: a.b[0].c */
export function pathOf(place: Place): string {
  return place.map((step, i) => (typeof step === "number" ? `[${step}]` : `${i === 0 ? "" : "."}${step}`)).join("");
}
