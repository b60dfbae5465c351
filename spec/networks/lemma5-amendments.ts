/**
 * Where this project reads Lemma 5, Lemma 6 and Corollary 3 (B.4.1) differently from the print. Each amendment carries a
 * counterexample that a program replays: the printed reading fails on it, the amended one does not.
 */
import { ASSEMBLY_AMENDMENTS } from "./lemma5-assembly-amendments.js";
import { BUMP_AMENDMENTS } from "./lemma5-bump-amendments.js";
import type { Lemma5Amendment, Replay } from "./lemma5-replay.js";
import { WEIGHT_AMENDMENTS } from "./lemma5-weight-amendments.js";

export type { Finding, Lemma5Amendment, Replay } from "./lemma5-replay.js";

/** All amendments, in the order of their ids: L5-n, L6-n, C3-n. */
export const LEMMA5_AMENDMENTS: readonly Lemma5Amendment[] = [
  ...BUMP_AMENDMENTS,
  ...ASSEMBLY_AMENDMENTS,
  ...WEIGHT_AMENDMENTS,
];

/**
 * Replays the counterexample of one amendment on both readings.
 *
 * @param id such as "L5-1"
 * @throws {RangeError} if there is no such amendment
 */
export function replayLemma5Amendment(id: string): Replay {
  const amendment = LEMMA5_AMENDMENTS.find((one) => one.id === id);
  if (amendment === undefined)
    throw new RangeError(`replayLemma5Amendment: expected the id of an amendment, got ${id}`);
  return amendment.replay();
}
