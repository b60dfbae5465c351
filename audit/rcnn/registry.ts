/** The registry of the RCNN paper: every section's claims, read from their files and validated. */
import { joinSections, readSection, type ClaimSection } from "../claim.js";
import appendixBStatement from "./claims/appendix-b-statement.json" with { type: "json" };
import appendixB1 from "./claims/appendix-b1.json" with { type: "json" };
import appendixB2 from "./claims/appendix-b2.json" with { type: "json" };
import appendixB3 from "./claims/appendix-b3.json" with { type: "json" };
import appendixB4 from "./claims/appendix-b4.json" with { type: "json" };
import appendixB5 from "./claims/appendix-b5.json" with { type: "json" };
import introduction from "./claims/introduction.json" with { type: "json" };
import section3 from "./claims/section-3.json" with { type: "json" };
import section4 from "./claims/section-4.json" with { type: "json" };
import versions from "./claims/versions.json" with { type: "json" };

const FILES: readonly (readonly [name: string, json: unknown])[] = [
  ["introduction", introduction],
  ["section-3", section3],
  ["section-4", section4],
  ["appendix-b-statement", appendixBStatement],
  ["appendix-b1", appendixB1],
  ["appendix-b2", appendixB2],
  ["appendix-b3", appendixB3],
  ["appendix-b4", appendixB4],
  ["appendix-b5", appendixB5],
  ["versions", versions],
];

let sections: readonly ClaimSection[] | undefined;

/**
 * All sections, in the order of the paper.
 *
 * @throws {ClaimFormatError} if a file does not match the schema, or an id is used twice
 */
export function rcnnClaims(): readonly ClaimSection[] {
  sections ??= joinSections(FILES.map(([name, json]) => readSection(json, name)));
  return sections;
}
