/** The themes that hold for any certificate, derived from one true certificate and its schema. */
import type { Draft } from "../drafts.js";
import type { Theme } from "../room.js";
import type { Subject } from "../subject.js";
import { constantCases } from "./constants.js";
import { digestCases } from "./digests.js";
import { keyOrderCases, missingKeyCases, repeatedKeyCases, unknownKeyCases } from "./keys.js";
import { lengthCases, tupleCases } from "./lists.js";
import { networkShapeCases, unreducedCases } from "./networks.js";
import { textPrecedenceCases } from "./precedence.js";
import { countSpellingCases, escapeCases, layoutCases } from "./spelling.js";
import { characterCases, freeStringCases } from "./strings.js";
import { textCases } from "./text.js";
import { typeCases } from "./types.js";

interface Derived {
  readonly name: string;
  readonly about: string;
  readonly of: readonly ((subject: Subject) => Draft[])[];
}

const DERIVED: readonly Derived[] = [
  {
    name: "text",
    about: "Files that hold no text, texts that are no JSON, JSON that is no certificate.",
    of: [textCases],
  },
  {
    name: "spelling",
    about: "True certificates in other spellings, and counts in spellings that change them.",
    of: [layoutCases, escapeCases, countSpellingCases],
  },
  {
    name: "keys",
    about: "Keys that are missing, unknown, twice or in another order, in an object of each kind.",
    of: [missingKeyCases, unknownKeyCases, repeatedKeyCases, keyOrderCases],
  },
  { name: "types", about: "Values of other types and out of range, at every kind of place.", of: [typeCases] },
  {
    name: "strings",
    about: "Strings with characters, spellings and lengths that they may not have.",
    of: [characterCases, freeStringCases],
  },
  { name: "lists", about: "Lists and tuples of another length.", of: [tupleCases, lengthCases] },
  {
    name: "constants",
    about: "Another format, version, system or statement, and other words than there may be.",
    of: [constantCases],
  },
  { name: "digests", about: "Digests that are not those of their parts.", of: [digestCases] },
  {
    name: "networks",
    about: "Networks that are none: numbers, columns, inputs, names.",
    of: [unreducedCases, networkShapeCases],
  },
  {
    name: "precedence",
    about: "Two faults at once, of those that every certificate can have.",
    of: [textPrecedenceCases],
  },
];

/** The derived themes of a statement; those without cases, such as networks where there are none, are left out. */
export function derivedThemes(subject: Subject): Theme[] {
  return DERIVED.map(({ name, about, of }) => ({ name, about, drafts: of.flatMap((make) => make(subject)) })).filter(
    ({ drafts }) => drafts.length > 0,
  );
}
