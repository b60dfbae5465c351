/** Everything that is fuzzed. */
import type { Target } from "./target.js";
import { CERTIFICATE_TARGETS } from "./targets/certificates.js";
import { COMMAND_TARGETS } from "./targets/command-line.js";
import { DATA_TARGETS } from "./targets/data.js";
import { GATE_TARGETS } from "./targets/gates.js";
import { LANGUAGE_TARGETS } from "./targets/language.js";
import { MACHINE_TARGETS } from "./targets/machines.js";

export const TARGETS: readonly Target[] = [
  ...MACHINE_TARGETS,
  ...LANGUAGE_TARGETS,
  ...DATA_TARGETS,
  ...CERTIFICATE_TARGETS,
  ...GATE_TARGETS,
  ...COMMAND_TARGETS,
];
