/** Where this project reads Lemma 5, Lemma 6 and Corollary 3 (B.4.1) differently from the print. */
import type { Amendment } from "../../amendment.js";
import { ASSEMBLY_AMENDMENTS } from "./assembly.js";
import { BUMP_AMENDMENTS } from "./bumps.js";
import { WEIGHT_AMENDMENTS } from "./weights.js";

/** All amendments to B.4.1, in the order of their ids: L5-n, L6-n, C3-n. */
export const LEMMA5_AMENDMENTS: readonly Amendment[] = [
  ...BUMP_AMENDMENTS,
  ...ASSEMBLY_AMENDMENTS,
  ...WEIGHT_AMENDMENTS,
];
