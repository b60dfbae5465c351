/**
 * Where this project reads Welper differently from the print. Anything else in which the code differs from the paper is a bug;
 * docs/welper/divergences.md says the same in prose.
 */
import type { FamilyAmendment } from "../amendment.js";
import { SIMPLEX_AMENDMENTS } from "./simplex.js";
import { TAPE_AMENDMENTS } from "./tapes.js";
import { TRAINING_AMENDMENTS } from "./training.js";

/** All amendments, by subject. */
export const AMENDMENTS: readonly FamilyAmendment[] = [
  ...SIMPLEX_AMENDMENTS,
  ...TAPE_AMENDMENTS,
  ...TRAINING_AMENDMENTS,
];
