/** Starts the page's worker from its text, for a page in one file: from a disk no other file may be started. */
import InlineWorker from "./worker.ts?worker&inline";

/** The same as in start-worker.ts. */
export function startWorker(): Worker {
  return new InlineWorker();
}
