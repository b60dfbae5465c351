/** The themes of certificates of filters that know what a filter is. */
import type { Json } from "../../case.js";
import type { Materializer } from "../../materialize.js";
import type { Theme } from "../../room.js";
import { BASES } from "../bases.js";
import { filterBombs } from "./bombs.js";
import { hiddenUnitCases, wrongFilterCases } from "./filter.js";
import { foundFilterCases } from "./found.js";
import { headCases } from "./head.js";
import { normalFormCases, otherMachineCases, sourceCases } from "./machine.js";
import { limitCases, precedenceCases } from "./order.js";
import { codeCases, longNoteCases, prefixCases, readingCases, transplantCases } from "./parts.js";
import { countCases, replayCases } from "./verdicts.js";
import { filterShapeCases, weightCases } from "./weights.js";

/** All themes about certificates of filters. */
export function filterThemes(materializer: Materializer): readonly Theme[] {
  const [data, small, full, other] = [BASES.tiny, BASES.small, BASES.full, BASES.other].map((base) =>
    materializer.dataOf(base),
  ) as [Json, Json, Json, Json];
  return [
    {
      name: "code",
      about: "Other readings of the paper, constants of another cell code, and what is no claim.",
      drafts: [...readingCases(data), ...codeCases(data), ...longNoteCases(BASES.tiny)],
    },
    {
      name: "transplants",
      about: "Parts of other true certificates, some with digests that begin alike.",
      drafts: [...transplantCases(), ...prefixCases(data, other)],
    },
    {
      name: "machines",
      about: "Sources that are no machines, normal forms that are not theirs, machines that are not the filter's.",
      drafts: [...sourceCases(small), ...normalFormCases(small), ...otherMachineCases(data, small)],
    },
    {
      name: "weights",
      about: "Filters of another number of layers, with weights that are not in U_s, or of a kind that is not decided.",
      drafts: [...weightCases(data), ...filterShapeCases(data)],
    },
    {
      name: "filters",
      about: "Filters with weights of U_s that are not f-bar in value or derivative, and others that are.",
      drafts: [...wrongFilterCases(data), ...hiddenUnitCases(data)],
    },
    { name: "heads", about: "Heads that are not f-bar_head, and others that are.", drafts: headCases(data) },
    { name: "runs", about: "Runs that cannot be, and results that they do not have.", drafts: replayCases(data) },
    { name: "counts", about: "Counts that are false, in sums that fit and do not.", drafts: countCases(data) },
    { name: "found", about: "Files that a checker accepted or did not finish.", drafts: foundFilterCases() },
    { name: "bombs", about: "Small files that ask for much work or memory.", drafts: filterBombs(data, full) },
    {
      name: "order",
      about: "Two faults at once, and limits.",
      drafts: [...precedenceCases(data), ...limitCases(data)],
    },
  ];
}
