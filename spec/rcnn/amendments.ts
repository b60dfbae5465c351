/**
 * Where this project reads sections 4.1 and B.1 - B.3 differently from the print. Each amendment carries a family of small
 * instances; on the first one where the printed reading fails, the amended reading holds. Anything else in which the code
 * differs from the paper is a bug; docs/divergences.md says the same in prose. The amendments to B.4.1 are in
 * ../networks/lemma5-amendments.ts.
 */
import { ALPHABET_AMENDMENTS } from "./amendments/alphabet-amendments.js";
import type { Amendment, AmendmentReplay } from "./amendments/amendment.js";
import { FILTER_AMENDMENTS } from "./amendments/filter-amendments.js";
import { HEAD_AMENDMENTS } from "./amendments/head-amendments.js";
import { MACHINE_AMENDMENTS } from "./amendments/machine-amendments.js";
import { STATE_AMENDMENTS } from "./amendments/state-amendments.js";
import { THEOREM_AMENDMENTS } from "./amendments/theorem-amendments.js";
import { TRAINING_AMENDMENTS } from "./amendments/training-amendments.js";

export type { Amendment, AmendmentReplay, Instance } from "./amendments/amendment.js";

/** All amendments, by subject: cells, states, machines, filter, head, training, probabilities. */
export const AMENDMENTS: readonly Amendment[] = [
  ...ALPHABET_AMENDMENTS,
  ...STATE_AMENDMENTS,
  ...MACHINE_AMENDMENTS,
  ...FILTER_AMENDMENTS,
  ...HEAD_AMENDMENTS,
  ...TRAINING_AMENDMENTS,
  ...THEOREM_AMENDMENTS,
];

/**
 * Replays an amendment's smallest counterexample on both readings.
 *
 * @param id such as "digit-zero"
 * @throws {RangeError} if there is no such amendment
 */
export function replayAmendment(id: string): AmendmentReplay {
  const found = AMENDMENTS.find((one) => one.id === id);
  if (found === undefined) throw new RangeError(`replayAmendment: expected the id of an amendment, got ${id}`);
  return found.replay();
}
