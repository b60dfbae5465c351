/** Files that a checker once accepted or did not finish, as they were found. */
import type { Input } from "../case.js";
import { draft, undecided, type Draft } from "../drafts.js";

const file = (name: string): Input => ({ base: `found/${name}.json`, digests: "kept" });

export function foundFilterCases(): Draft[] {
  return [
    draft(
      "a head that equals f-bar_head, with units whose kinks cancel at -1/9, where training takes the gradient",
      ["Found", "HiddenKink"],
      file("head-kink"),
      "head-kink",
    ),
    draft(
      "three gates that nothing reads, which once ended a checker by running out of memory",
      ["Found", "Bomb", "OwnLimit"],
      file("three-idle-gates"),
      "counts",
      { first: undecided("work") },
    ),
  ];
}

export function foundLearningCases(): Draft[] {
  return [
    draft(
      "a run of another learner, its filter padded to 29 states, called one of parity",
      ["Found", "OtherSource"],
      file("forged-parity"),
      "value",
    ),
  ];
}
