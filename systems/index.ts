/** All systems, in the order in which they came. */
import { rcnn } from "./rcnn.js";
import type { System } from "./system.js";
import { weiChenMa } from "./wei-chen-ma.js";
import { welper } from "./welper.js";

/** One system for each paper that is built. */
export const SYSTEMS: readonly System[] = [rcnn, weiChenMa, welper];
