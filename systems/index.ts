/** All systems, in the order in which they came. */
import { rcnn } from "./rcnn.js";
import type { System } from "./system.js";

export const SYSTEMS: readonly System[] = [rcnn];
