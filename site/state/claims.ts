/** The claims of all papers, as the audit has them. */
import type { ClaimSection } from "../../audit/claim.js";

const FILES = import.meta.glob("../../audit/*/claims/*.json", { import: "default", eager: true }) as Record<
  string,
  ClaimSection
>;

/** The claims of a paper. */
export interface PaperClaims {
  readonly system: string;
  readonly sections: readonly ClaimSection[];
}

/** By paper. */
export const CLAIMS: readonly PaperClaims[] = [...new Set(Object.keys(FILES).map(systemOf))].map((system) => ({
  system,
  sections: Object.entries(FILES).flatMap(([path, section]) => (systemOf(path) === system ? [section] : [])),
}));

function systemOf(path: string): string {
  return /audit\/([^/]+)\/claims/.exec(path)?.[1] ?? "";
}
