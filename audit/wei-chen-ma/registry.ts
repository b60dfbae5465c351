/** The registry of Wei, Chen and Ma: every section's claims, read from their files and validated. */
import { joinSections, readSection, type ClaimSection } from "../claim.js";
import appendixA from "./claims/appendix-a.json" with { type: "json" };
import appendixB from "./claims/appendix-b.json" with { type: "json" };
import appendixC from "./claims/appendix-c.json" with { type: "json" };
import appendixD from "./claims/appendix-d.json" with { type: "json" };
import introduction from "./claims/introduction.json" with { type: "json" };
import section2 from "./claims/section-2.json" with { type: "json" };
import section3 from "./claims/section-3.json" with { type: "json" };
import section4 from "./claims/section-4.json" with { type: "json" };

const FILES: readonly (readonly [name: string, json: unknown])[] = [
  ["introduction", introduction],
  ["section-2", section2],
  ["section-3", section3],
  ["section-4", section4],
  ["appendix-a", appendixA],
  ["appendix-b", appendixB],
  ["appendix-c", appendixC],
  ["appendix-d", appendixD],
];

let sections: readonly ClaimSection[] | undefined;

/**
 * All sections, in the order of the paper.
 *
 * @throws {ClaimFormatError} if a file does not match the schema, or an id is used twice
 */
export function weiChenMaClaims(): readonly ClaimSection[] {
  sections ??= joinSections(FILES.map(([name, json]) => readSection(json, name)));
  return sections;
}
