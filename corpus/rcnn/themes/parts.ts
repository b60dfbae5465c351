/** Certificates whose parts do not belong together: readings, constants, digests, parts of other certificates. */
import { createHash } from "node:crypto";
import { canonicalJson } from "../../../certificates/canonical.js";
import { BASES } from "../bases.js";
import type { DataEdit, Json } from "../../case.js";
import {
  ACCEPTED,
  add,
  draft,
  edited,
  exchanged,
  find,
  rejected,
  remove,
  replace,
  retyped,
  spots,
  stale,
  type Draft,
} from "../../drafts.js";
import { valueAt } from "../../edit-data.js";

/** A note of as many characters as there may be, each of two UTF-16 code units. */
export function longNoteCases(base: string): Draft[] {
  const edit: DataEdit = { op: "replace", path: "/source/about", value: "\u{1f600}", times: 4000 };
  return [
    draft("a note of 4,000 characters, each of two UTF-16 code units", "FreeChange", edited(base, edit), ACCEPTED),
  ];
}

/** Lists of amendments with one missing, renamed, repeated or moved. */
export function readingCases(data: Json): Draft[] {
  const base = BASES.tiny;
  const list = "/reading/amendments";
  const all = valueAt(data, list) as string[];
  const last = all.length - 1;
  const wrong = (comment: string, ...edits: DataEdit[]): Draft =>
    draft(comment, "Reading", edited(base, ...edits), "reading");
  return [
    ...all.flatMap((name, i) => [
      wrong(`without ${name}`, remove(`${list}/${i}`)),
      wrong(`with another word for ${name}`, replace(`${list}/${i}`, `${name}s`)),
    ]),
    ...spots(all.length).map((i) =>
      wrong(`${all[i]} twice`, { op: "copy", from: `${list}/${i}`, path: `${list}/${i}` }),
    ),
    ...spots(last).map((i) => wrong(`${all[i]} and ${all[i + 1]} exchanged`, ...exchanged(list, i, i + 1))),
    wrong("the first and the last exchanged", ...exchanged(list, 0, last)),
    wrong("one more", add(`${list}/-`, "one-more")),
    wrong("none", replace(list, [])),
    wrong(
      "all in capital letters",
      replace(
        list,
        all.map((name) => name.toUpperCase()),
      ),
    ),
  ];
}

/** Wrong constants of the cell code. */
export function codeCases(data: Json): Draft[] {
  const base = BASES.tiny;
  const scale = BigInt(valueAt(data, "/code/scale") as string);
  const counts = ["states", "stateDigits", "lastIndex"].flatMap((key) => {
    const value = valueAt(data, `/code/${key}`) as number;
    return [value - 1, value + 1, value + 4].map((wrong) => [`/code/${key}`, wrong] as const);
  });
  const scales = [scale - 1n, scale + 1n, scale * 3n, scale / 3n, 0n, scale + 2n ** 64n];
  return [
    ...[...counts, ...scales.map((wrong) => ["/code/scale", String(wrong)] as const)].map(([path, wrong]) =>
      draft(
        `${path}: ${wrong} instead of ${String(valueAt(data, path))}`,
        "CellCode",
        edited(base, replace(path, wrong)),
        "code",
      ),
    ),
    draft(
      "the constants of seven states",
      ["CellCode", "Transplant"],
      edited(base, { op: "transplant", path: "/code", base: BASES.small }),
      "code",
    ),
    draft("no state", "OutOfRange", edited(base, replace("/code/states", 0)), "schema"),
    draft("more states than there may be", "OutOfRange", edited(base, replace("/code/states", 4097)), "schema"),
  ];
}

/**
 * A text that, put in for another by `part`, gives the part a digest that begins as the true one does.
 *
 * @param from the number to begin the search with
 * @returns the number found
 */
export function findPrefix(part: (n: number) => Json, digest: string, digits: number, from: number): number {
  for (let n = from; ; n++) {
    const found = createHash("sha256")
      .update(canonicalJson(part(n)), "utf8")
      .digest("hex");
    if (digest.startsWith(found.slice(0, digits), "sha256:".length)) return n;
  }
}

/** Where the searches for digests with the same first digits end; they begin here, so that they take no time. */
const FOUND: Readonly<Record<string, number>> = {
  source: 1_287_833,
  machine: 115_329,
  filter: 3087,
  head: 7119,
};
const DIGITS: Readonly<Record<string, number>> = { source: 5, machine: 5, filter: 3, head: 4 };

/**
 * Parts that are others, with a name or note found by search so that their digests begin as the stated ones
 * do.
 *
 * @param tiny the data of the base
 * @param other those of another machine's certificate
 */
export function prefixCases(tiny: Json, other: Json): Draft[] {
  const named: Readonly<Record<string, readonly [path: string, of: (n: number) => string]>> = {
    source: ["/source/about", (n) => `another machine, number ${n}`],
    machine: ["/machine/name", (n) => `tiny ${n}`],
    filter: ["/filter/layers/4/name", (n) => `V5 ${n}`],
    head: ["/head/layers/0/name", (n) => `U2 ${n}`],
  };
  return Object.entries(named).map(([part, [path, of]]) => {
    const copy = structuredClone(other) as Record<string, Json>;
    const [key, container] = [path.split("/").at(-1) as string, valueAt(copy, path.slice(0, path.lastIndexOf("/")))];
    const make = (n: number): Json => {
      (container as Record<string, Json>)[key] = of(n);
      return copy[part] as Json;
    };
    const digest = valueAt(tiny, `/digests/${part}`) as string;
    const n = findPrefix(make, digest, DIGITS[part] as number, FOUND[part] as number);
    const edits: DataEdit[] = [{ op: "transplant", path: `/${part}`, base: BASES.other }, replace(path, of(n))];
    const comment = `another ${part}, whose digest begins with the same ${DIGITS[part]} digits`;
    return draft(comment, "DigestPrefix", stale(BASES.tiny, ...edits), "digest");
  });
}

/** Parts of the certificate of another machine, digests repaired. */
export function transplantCases(): Draft[] {
  const base = BASES.tiny;
  const part = (comment: string, from: string, paths: readonly string[], expected: Draft["expected"] | string): Draft =>
    draft(
      comment,
      "Transplant",
      edited(base, ...paths.map((path): DataEdit => ({ op: "transplant", path, base: from }))),
      expected,
    );
  const { other, small, full } = BASES;
  return [
    draft(
      "the digests of another certificate",
      ["WrongDigest", "Transplant"],
      stale(base, { op: "transplant", path: "/digests", base: other }),
      "digest",
    ),
    part("source of another machine", other, ["/source"], "normal-form"),
    part("normal form of another machine", other, ["/machine"], "normal-form"),
    part("source and normal form of another machine", other, ["/source", "/machine"], "value"),
    part("filter of another machine", other, ["/filter"], "value"),
    part("verdicts of another machine of the same size", other, ["/verdicts"], "counts"),
    part("runs of another machine", other, ["/verdicts/replay"], "counts"),
    part("everything but the filter of another machine", other, ["/source", "/machine", "/verdicts"], "value"),
    part("everything but the source of another machine", other, ["/machine", "/filter", "/verdicts"], "normal-form"),
    part(
      "everything but the runs of another machine",
      other,
      ["/source", "/machine", "/filter", "/verdicts/function"],
      "counts",
    ),
    part("everything of another machine", other, ["/source", "/machine", "/filter", "/verdicts"], ACCEPTED),
    part("head of another machine: it is the same", other, ["/head"], ACCEPTED),
    part("machine with more states", small, ["/source", "/machine"], "code"),
    part(
      "machine and constants with more states",
      small,
      ["/source", "/machine", "/code"],
      rejected("weight-outside-set"),
    ),
    part("filter of a machine with more states", small, ["/filter"], "weight-outside-set"),
    part("verdicts of a machine with more states", small, ["/verdicts"], "counts"),
    part("filter for the full alphabet", full, ["/filter"], "weight-outside-set"),
    part("alphabet of another certificate", full, ["/alphabet"], "weight-outside-set"),
    part("alphabet and filter of another certificate", full, ["/alphabet", "/filter"], "counts"),
    part("alphabet, filter and verdicts of another certificate", full, ["/alphabet", "/filter", "/verdicts"], ACCEPTED),
    draft(
      "the alphabet of a smaller one",
      "Transplant",
      edited(full, { op: "transplant", path: "/alphabet", base }),
      "weight-outside-set",
    ),
    draft(
      "the filter in the head's place",
      "Transplant",
      edited(base, { op: "copy", from: "/filter", path: "/head" }),
      "head-shape",
    ),
    draft(
      "the head in the filter's place",
      "Transplant",
      edited(base, { op: "copy", from: "/head", path: "/filter" }),
      "layer-count",
    ),
    draft(
      "a digit of a count changed in the text",
      "WrongCount",
      retyped(base, find('"cases": 2', '"cases": 3')),
      "counts",
    ),
  ];
}
