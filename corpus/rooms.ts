/** The papers of the corpus. */
import { rcnn } from "./rcnn/index.js";
import type { CorpusRoom } from "./room.js";
import { weiChenMa } from "./wei-chen-ma/index.js";
import { welper } from "./welper/index.js";

/** In the order in which they came. What is no certificate is decided as one of the first statement of the first. */
export const ROOMS: readonly CorpusRoom[] = [rcnn, weiChenMa, welper];
