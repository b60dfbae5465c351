/** An audit as JSON data, for programs. */
import type { Audit, AuditedClaim } from "./check-claims.js";

/** Everything that was decided; bigint-free, keys in a fixed order. */
export function auditJson({ claims, counts, rejected }: Audit): object {
  return {
    verdict: rejected.length === 0 ? "accepted" : "rejected",
    counts,
    rejected: rejected.map(({ claim }) => claim.id),
    claims: claims.map(claimJson),
  };
}

/** One claim with what its evidence came to. */
export function claimJson({ section, claim, outcomes, decided, fault }: AuditedClaim): object {
  const { evidence, ...rest } = claim;
  return {
    section: section.id,
    ...rest,
    decided: decided ?? null,
    fault: fault ?? null,
    evidence: evidence.map((one, i) => ({ ...one, outcome: outcomes[i] })),
  };
}
