/** The themes of certificates of learning runs that know what a run is. */
import type { Materializer } from "../../materialize.js";
import type { Theme } from "../../room.js";
import { BASES } from "../bases.js";
import { otherSourceCases } from "./binding.js";
import { learningBombs } from "./bombs.js";
import { foundLearningCases } from "./found.js";
import { learningFilterCases } from "./learning-filters.js";
import { longNoteCases } from "./parts.js";
import { learningPartCases, learningRunCases, learningVerdictCases } from "./learning.js";

/** All themes about certificates of learning runs. */
export function learningThemes(materializer: Materializer): readonly Theme[] {
  const data = materializer.dataOf(BASES.learning);
  return [
    {
      name: "parts",
      about: "Machines and networks that are not what they must be.",
      drafts: [...learningPartCases(data), ...longNoteCases(BASES.learning)],
    },
    {
      name: "filters",
      about: "Filters and heads that are not those of the machine.",
      drafts: learningFilterCases(data),
    },
    { name: "sources", about: "Runs of another machine than the source.", drafts: otherSourceCases(data) },
    { name: "found", about: "Files that a checker accepted.", drafts: foundLearningCases() },
    { name: "bombs", about: "Small files that ask for many cells.", drafts: learningBombs(data) },
    {
      name: "runs",
      about: "Sizes, examples, memories and predictions that are not those of the run.",
      drafts: learningRunCases(data),
    },
    { name: "verdicts", about: "Counts and bounds that are false.", drafts: learningVerdictCases(data) },
  ];
}
