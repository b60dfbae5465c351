/** Digests that are not those of their parts. The keys of `digests` name parts of the certificate. */
import { createHash } from "node:crypto";
import type { Json } from "../case.js";
import { ACCEPTED, draft, replace, stale, type Draft } from "../drafts.js";
import { pointerOf, valueAt } from "../edit-data.js";
import { fits } from "../schema.js";
import { instance, named, type Subject } from "../subject.js";

const PREFIX = "sha256:";

function sha256(text: string): string {
  return PREFIX + createHash("sha256").update(text).digest("hex");
}

interface Part {
  readonly name: string;
  readonly path: string;
  readonly digest: string;
}

function partsOf(data: Json): Part[] {
  const digests = (data as Record<string, Json>)["digests"];
  if (digests === undefined) return [];
  return Object.entries(digests as Record<string, string>).map(([name, digest]) => ({
    name,
    path: `/digests${pointerOf(name)}`,
    digest,
  }));
}

/** The digest with one digit changed: the first, the second, one in the middle and the last. */
function digitCases(base: string, { name, path, digest }: Part): Draft[] {
  return [0, 1, 32, 63].map((digit) => {
    const at = PREFIX.length + digit;
    const wrong = digest.slice(0, at) + (digest[at] === "0" ? "1" : "0") + digest.slice(at + 1);
    return draft(`${name}: digit ${digit + 1} is another`, "WrongDigest", stale(base, replace(path, wrong)), "digest");
  });
}

/** Strings and numbers of a part, one of each kind, changed with the digest kept: most as the schema lets them be. */
function changedCases({ base, kinds }: Subject, { name }: Part): Draft[] {
  return kinds
    .filter((kind) => `${kind.name}/`.startsWith(`/${name}/`))
    .flatMap((kind, k) => {
      const { pointer, value, nodes } = instance(kind, k);
      const others: readonly Json[] =
        typeof value === "number"
          ? [value + 1, value - 1]
          : typeof value === "string"
            ? [`${value}x`, `${value}1`, "1", "2"]
            : [];
      const other = [...others, ...(typeof value === "boolean" ? [!value] : [])].find((one) => fits(one, nodes));
      if (other === undefined) return [];
      const comment = `${named(kind.name)} changed, the digest of ${name} kept`;
      return [draft(comment, "WrongDigest", stale(base, replace(pointer, other)), "digest")];
    });
}

/** Digests that are malformed, exchanged, or not those of the parts. */
export function digestCases(subject: Subject): Draft[] {
  const { base, data } = subject;
  const parts = partsOf(data);
  const all = (comment: string, digest: (part: Part) => string): Draft =>
    draft(comment, "WrongDigest", stale(base, ...parts.map((part) => replace(part.path, digest(part)))), "digest");
  const one = (comment: string, part: Part, digest: string): Draft =>
    draft(`${part.name}: ${comment}`, "WrongDigest", stale(base, replace(part.path, digest)), "digest");
  if (parts.length === 0) return [];
  return [
    ...parts.flatMap((part) => digitCases(base, part)),
    ...parts.flatMap((part, i) => {
      const next = parts[(i + 1) % parts.length] as Part;
      return next === part ? [] : [one(`the digest of ${next.name}`, part, next.digest)];
    }),
    ...parts.map((part) =>
      one(
        "the digest of another layout of it",
        part,
        sha256(JSON.stringify(valueAt(data, pointerOf(part.name)), null, 2)),
      ),
    ),
    all("all digests those of no bytes", () => sha256("")),
    all("all digests zero", () => PREFIX + "0".repeat(64)),
    all(
      "the digits of all digests in the other order",
      ({ digest }) => PREFIX + [...digest].slice(PREFIX.length).reverse().join(""),
    ),
    ...parts.flatMap((part) => changedCases(subject, part)),
    draft(
      "the digests kept, and so is everything else",
      "Control",
      stale(base, replace("/version", valueAt(data, "/version"))),
      ACCEPTED,
    ),
  ];
}
