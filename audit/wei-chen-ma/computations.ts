/** All named computations. */
import type { Computation } from "../computation.js";
import { ATTENTION_COMPUTATIONS } from "./constants-attention.js";
import { BUILT_COMPUTATIONS } from "./constants-built.js";
import { GATE_COMPUTATIONS } from "./constants-gates.js";
import { LEARNING_COMPUTATIONS } from "./constants-learning.js";
import { MARGIN_COMPUTATIONS } from "./constants-margin.js";
import { SAMPLE_COMPUTATIONS } from "./constants-samples.js";
import { TOY_COMPUTATIONS } from "./constants-toy.js";

/** By subject: section 2, gates, the toy chain, what is built, attention, appendix D, samples. */
export const COMPUTATIONS: readonly Computation[] = [
  ...LEARNING_COMPUTATIONS,
  ...GATE_COMPUTATIONS,
  ...TOY_COMPUTATIONS,
  ...BUILT_COMPUTATIONS,
  ...ATTENTION_COMPUTATIONS,
  ...MARGIN_COMPUTATIONS,
  ...SAMPLE_COMPUTATIONS,
];
