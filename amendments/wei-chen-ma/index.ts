/**
 * Where this project reads Wei, Chen, Ma differently from the print. Anything else in which the code differs from the paper is a bug;
 * docs/wei-chen-ma/divergences.md says the same in prose.
 */
import type { FamilyAmendment } from "../amendment.js";
import { CIRCUIT_FAMILIES } from "./circuits.js";
import { DECODER_LEMMA_AMENDMENTS } from "./decoder-lemmas.js";
import { DECODER_RUN_AMENDMENTS } from "./decoder-runs.js";

/** All amendments, by subject. */
export const AMENDMENTS: readonly FamilyAmendment[] = [
  ...CIRCUIT_FAMILIES,
  ...DECODER_RUN_AMENDMENTS,
  ...DECODER_LEMMA_AMENDMENTS,
];
