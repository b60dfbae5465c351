/**
 * Where this project reads Goel, Kakade, Kalai, Zhang differently from the print. Anything else in which the code differs
 * from the paper is a bug; docs/divergences.md says the same in prose.
 */
import { ALPHABET_AMENDMENTS } from "./alphabet.js";
import type { Amendment, FamilyAmendment } from "../amendment.js";
import { CELL_RULE_AMENDMENTS } from "./cell-rule.js";
import { READOUT_AMENDMENTS } from "./readout.js";
import { LEMMA5_AMENDMENTS } from "./lemma5/index.js";
import { MACHINE_AMENDMENTS } from "./machine.js";
import { STATE_AMENDMENTS } from "./states.js";
import { THEOREM_AMENDMENTS } from "./theorem.js";
import { TRAINING_AMENDMENTS } from "./training.js";

/** The amendments to sections 4.1 and B.1 - B.3, by subject: cells, states, machines, cell rule, readout, training, probabilities. */
export const FAMILY_AMENDMENTS: readonly FamilyAmendment[] = [
  ...ALPHABET_AMENDMENTS,
  ...STATE_AMENDMENTS,
  ...MACHINE_AMENDMENTS,
  ...CELL_RULE_AMENDMENTS,
  ...READOUT_AMENDMENTS,
  ...TRAINING_AMENDMENTS,
  ...THEOREM_AMENDMENTS,
];

/** All amendments: those of the sections above, then those of B.4.1. */
export const AMENDMENTS: readonly Amendment[] = [...FAMILY_AMENDMENTS, ...LEMMA5_AMENDMENTS];
