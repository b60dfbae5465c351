/** Certificates with some of their data changed. */
import fc from "fast-check";
import { digestOf, printJson } from "../certificates/canonical.js";
import { Random } from "./random.js";

/** JSON data. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What a change is made from. */
export const numbers: fc.Arbitrary<number[]> = fc.array(fc.nat(), { minLength: 4, maxLength: 4 });

/** Every place in JSON data, as a list of keys. */
function places(json: Json, place: (string | number)[] = []): (string | number)[][] {
  if (typeof json !== "object" || json === null) return [place];
  const keys = Array.isArray(json) ? [...json.keys()] : Object.keys(json);
  return [
    place,
    ...keys.flatMap((key) => places((json as Record<string | number, Json>)[key] as Json, [...place, key])),
  ];
}

function at(json: Json, place: readonly (string | number)[]): Json | undefined {
  return place.reduce<Json | undefined>(
    (value, key) =>
      typeof value === "object" && value !== null ? (value as Record<string | number, Json>)[key] : undefined,
    json,
  );
}

const VALUES: readonly Json[] = [
  0,
  1,
  -1,
  2,
  2 ** 53 - 1,
  2 ** 53,
  1.5,
  1e300,
  "",
  "0",
  "1",
  "-1",
  "1/2",
  "1/4",
  "-7/3",
  "9".repeat(2000),
  `1/${"7".repeat(2000)}`,
  null,
  true,
  false,
  [],
  {},
  "__proto__",
  "\ud800",
  "well-formed",
  "full",
];

/** A text of the certificate's format with some values changed; half of them with the digests made right again. */
export function changedText(text: string, numbers: readonly number[]): string {
  const random = new Random(numbers.reduce((hash, n) => Math.imul(hash ^ n, 0x01000193), 0x811c9dc5));
  const json = JSON.parse(text) as Record<string, Json>;
  const all = places(json);
  for (let n = 1 + random.below(3); n > 0; n--) {
    const place = random.pick(all);
    const [parent, last] = [at(json, place.slice(0, -1)), place.at(-1)];
    if (last === undefined || typeof parent !== "object" || parent === null) continue;
    const fields = parent as Record<string | number, Json>;
    const value = random.oneIn(2) ? at(json, random.pick(all)) : random.pick(VALUES);
    const action = random.below(6);
    if (action === 0 && Array.isArray(parent)) parent.splice(Number(last), 1);
    else if (action === 1 && Array.isArray(parent)) parent.splice(Number(last), 0, structuredClone(value ?? null));
    else if (action === 2 && !Array.isArray(parent)) delete fields[last];
    else fields[last] = structuredClone(value ?? null);
  }
  if (!random.oneIn(4)) repairDigests(json);
  return printJson(json);
}

/** A certificate after a change of its data, with its digests made right, printed as certificates are. */
export function changedCertificate(text: string, change: (json: Record<string, unknown>) => void): string {
  const json = JSON.parse(text) as Record<string, Json>;
  change(json);
  repairDigests(json);
  return printJson(json);
}

/** Recomputes the digests, so that what is changed is found by what it says. */
function repairDigests(json: Record<string, Json>): void {
  const digests = json["digests"];
  if (typeof digests !== "object" || digests === null || Array.isArray(digests)) return;
  for (const part of Object.keys(digests)) {
    try {
      if (json[part] !== undefined) digests[part] = digestOf(json[part]);
    } catch {
      // Data without a digest, such as a lone surrogate, keeps the old one.
    }
  }
}
