/** Everything that is fuzzed: what all papers share, and each paper's own targets. */
import { COMMAND_TARGETS } from "./inputs/command-line.js";
import { DATA_TARGETS } from "./inputs/data.js";
import { LANGUAGE_TARGETS } from "./inputs/language.js";
import { MACHINE_TARGETS } from "./inputs/machines.js";
import { RCNN_TARGETS } from "./rcnn/targets.js";
import type { Target } from "./target.js";
import { WEI_CHEN_MA_TARGETS } from "./wei-chen-ma/targets.js";

/** All targets, in the order in which they are run. */
export const TARGETS: readonly Target[] = [
  ...MACHINE_TARGETS,
  ...LANGUAGE_TARGETS,
  ...DATA_TARGETS,
  ...RCNN_TARGETS,
  ...WEI_CHEN_MA_TARGETS,
  ...COMMAND_TARGETS,
];
