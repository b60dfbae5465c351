/** The registry of claims as data: what an entry consists of, and how its file is read. */
import { validate, type SchemaDifference } from "./section.validator.js";

/** Strictest first: what was decided about a statement, and how. */
export type ClaimVerdict = "holds" | "holds as amended" | "fails" | "holds by argument" | "open";

/** All verdicts on a claim, in the order in which reports list them. */
export const CLAIM_VERDICTS: readonly ClaimVerdict[] = [
  "holds",
  "holds as amended",
  "fails",
  "holds by argument",
  "open",
];

/** One piece of evidence. All kinds but "argument" are decided by a program each time. */
export type Evidence =
  | { readonly kind: "amendment"; readonly id: string }
  /** `part` names a part of the certificate's verdicts. */
  | { readonly kind: "certificate"; readonly file: string; readonly part: string }
  | { readonly kind: "count"; readonly name: string; readonly result: Readonly<Record<string, string>> }
  | { readonly kind: "argument"; readonly text: string; readonly concludes: "holds" | "nothing" };

/** Where a statement stands. */
export interface ClaimPlace {
  /** Section of the arXiv version, with appendices. */
  readonly arxiv: string;
  /** What the NeurIPS version has instead, where it differs. */
  readonly neurips?: string;
}

/** One statement of the paper and what became of it. */
export interface Claim {
  /** Kebab-case, unique in the registry. */
  readonly id: string;
  readonly place: ClaimPlace;
  /** The statement in our words. */
  readonly statement: string;
  /** The statement as a formula or a precise condition. */
  readonly predicate: string;
  /** What the evidence ranges over. */
  readonly range: string;
  /** The reading that the verdict is about. */
  readonly reading: "printed" | "amended";
  readonly verdict: ClaimVerdict;
  readonly evidence: readonly Evidence[];
  /** The smallest change that repairs the statement; null where nothing needs repair or none is known. */
  readonly amendment: string | null;
}

/** The claims of one section of the paper. */
export interface ClaimSection {
  /** Kebab-case; the name of its file. */
  readonly id: string;
  readonly title: string;
  readonly claims: readonly Claim[];
}

/** Data that is not a section of the registry: where, and what was expected. */
export class ClaimFormatError extends Error {
  readonly path: string;
  constructor(path: string, message: string) {
    super(`${path}: ${message}`);
    this.name = "ClaimFormatError";
    this.path = path;
  }
}

/**
 * Reads a section of the registry.
 *
 * @param json parsed JSON
 * @param name names the file in messages
 * @throws {ClaimFormatError} if it does not match section.schema.json
 */
export function readSection(json: unknown, name: string): ClaimSection {
  const errors = validate(json);
  if (errors.length === 0) return json as ClaimSection;
  const error = errors.findLast(({ keyword }) => keyword !== "if") ?? errors[0];
  throw new ClaimFormatError(`${name}${error?.instancePath ?? ""}`, describe(error));
}

function describe(error: SchemaDifference | undefined): string {
  const extra = error?.params["additionalProperty"] as string | undefined;
  return `${error?.message ?? "does not match the schema"}${extra === undefined ? "" : `: ${extra}`}`;
}

/**
 * Joins sections into one registry.
 *
 * @throws {ClaimFormatError} if two claims or two sections share an id
 */
export function joinSections(sections: readonly ClaimSection[]): readonly ClaimSection[] {
  const seen = new Set<string>();
  for (const section of sections) {
    for (const id of [`section ${section.id}`, ...section.claims.map((claim) => claim.id)]) {
      if (seen.has(id)) throw new ClaimFormatError(section.id, `expected each id once, got ${id} twice`);
      seen.add(id);
    }
  }
  return sections;
}

/**
 * Finds a claim.
 *
 * @throws {RangeError} if there is none of that id
 */
export function findClaim(sections: readonly ClaimSection[], id: string): Claim {
  const found = sections.flatMap(({ claims }) => claims).find((claim) => claim.id === id);
  if (found === undefined) throw new RangeError(`findClaim: expected the id of a claim, got ${id}`);
  return found;
}
