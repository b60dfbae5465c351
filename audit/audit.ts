/** audit: the registry of a paper's claims, decided from evidence. */
import type { ClaimSection } from "./claim.js";
import { auditClaims, type Audit } from "./check-claims.js";
import { certificatesFolder } from "./package-folder.js";
import type { AuditedPaper } from "./paper.js";

/**
 * Decides claims of a paper's registry; all of them if no ids are given.
 *
 * @throws {RangeError} if there is no claim of an id
 */
export function audit(
  paper: AuditedPaper,
  ids: readonly string[] = [],
  progress?: (done: number, total: number) => void,
): Audit {
  const sections = paper.claims();
  const sources = { certificates: certificatesFolder(), paper };
  return auditClaims(ids.length === 0 ? sections : pick(sections, ids), sources, progress);
}

/** All ids, in the order of the paper. */
export function claimIds(paper: AuditedPaper): string[] {
  return paper.claims().flatMap(({ claims }) => claims.map(({ id }) => id));
}

function pick(sections: readonly ClaimSection[], ids: readonly string[]): ClaimSection[] {
  const known = new Set(sections.flatMap(({ claims }) => claims.map(({ id }) => id)));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown !== undefined) throw new RangeError(`audit: expected the id of a claim, got ${unknown}`);
  return sections.flatMap((section) => {
    const claims = section.claims.filter(({ id }) => ids.includes(id));
    return claims.length === 0 ? [] : [{ ...section, claims }];
  });
}
