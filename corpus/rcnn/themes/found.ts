/** Files that a checker once accepted or did not finish, as they were found. */
import type { Input } from "../../case.js";
import { draft, undecided, type Draft } from "../../drafts.js";

const file = (name: string): Input => ({ base: `rcnn/found/${name}.json`, digests: "kept" });

/** Certificates of filters that were found by fuzzing, or by thought. */
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
    draft(
      "the full alphabet of 121 states, of which a checker once kept 2.7 GB",
      ["Found", "Bomb", "Limit", "OwnLimit", "Slow"],
      file("many-letters"),
      undecided("memory"),
      { second: undecided("work") },
    ),
  ];
}

/** Certificates of learning runs that were found by fuzzing, or by thought. */
export function foundLearningCases(): Draft[] {
  return [
    draft(
      "a head with an output weight of 2^-1100, which float32 does not hold, and on which a checker never ended",
      ["Found", "Bomb", "WrongBound"],
      file("head-tiny-weight"),
      "float-bounds",
    ),
    draft(
      "a head with a unit scaled by 2^200 and its output weight by the inverse, which float32 evaluates to NaN",
      ["Found", "WrongBound"],
      file("head-huge-weights"),
      "float-bounds",
    ),
    draft(
      "a run of another learner, its filter padded to 29 states, called one of parity",
      ["Found", "OtherSource"],
      file("forged-parity"),
      "value",
    ),
  ];
}
