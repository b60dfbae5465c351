/** All named computations. */
import type { Computation } from "../computation.js";
import { DEPTH_COMPUTATIONS } from "./constants-depth.js";
import { HEAD_COMPUTATIONS } from "./constants-head.js";
import { LEARNER_COMPUTATIONS } from "./constants-learners.js";
import { LITERAL_COMPUTATIONS } from "./constants-literal.js";
import { PAO_COMPUTATIONS } from "./constants-pao.js";
import { PROBABILITY_COMPUTATIONS } from "./constants-probability.js";
import { RESTART_COMPUTATIONS } from "./constants-restarts.js";
import { SEARCH_COMPUTATIONS } from "./constants-search.js";
import { SIZE_COMPUTATIONS } from "./constants-sizes.js";

/** By subject: sizes, Lemma 5, probabilities, depth, head, section 3, restarts, search. */
export const COMPUTATIONS: readonly Computation[] = [
  ...SIZE_COMPUTATIONS,
  ...LEARNER_COMPUTATIONS,
  ...LITERAL_COMPUTATIONS,
  ...PROBABILITY_COMPUTATIONS,
  ...DEPTH_COMPUTATIONS,
  ...HEAD_COMPUTATIONS,
  ...PAO_COMPUTATIONS,
  ...RESTART_COMPUTATIONS,
  ...SEARCH_COMPUTATIONS,
];
