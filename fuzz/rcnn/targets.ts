/** What is fuzzed of Goel, Kakade, Kalai and Zhang: certificates, with both checkers side by side, and the paper's data. */
import type { Target } from "../target.js";
import { CERTIFICATE_TARGETS } from "./certificates.js";
import { DATA_TARGETS } from "./data.js";
import { GATE_TARGETS } from "./gates.js";

/** All targets that depend on this paper. */
export const RCNN_TARGETS: readonly Target[] = [...DATA_TARGETS, ...CERTIFICATE_TARGETS, ...GATE_TARGETS];
