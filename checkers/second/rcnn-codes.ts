/** Why a certificate of the paper's networks is rejected; FORMAT.md and LEARNING.md list the conditions, and their order. */
import { reject as rejectText, type Reject, type TextCode } from "./text.js";

/** Of a filter's certificate. */
// prettier-ignore
export type FilterCode = TextCode
  | "reading" | "source-machine" | "normal-form" | "code" | "layer-count" | "weight-outside-set" | "shape"
  | "first-layer-reads-many" | "first-layer-kink" | "kink" | "value" | "derivative" | "volume" | "not-closed"
  | "not-local" | "wrong-step" | "head-shape" | "head-too-many-units" | "head-slope" | "head-value" | "head-kink"
  | "replay-run" | "replay-cell" | "counts";

/** Only of a learning run's certificate. */
// prettier-ignore
export type LearningCode =
  | "learning-shape" | "memory-value" | "memory-derivative" | "memory-kink" | "memory-head" | "memory-step"
  | "memory-wave" | "memory-replay" | "hand-over" | "float-bounds" | "learning-training" | "learning-memory"
  | "learning-prediction";

/** Ends the check with a rejection; its type admits only the codes of this paper's certificates. */
export const reject: Reject<FilterCode | LearningCode> = rejectText;
