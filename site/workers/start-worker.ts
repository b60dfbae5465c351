/** Starts the page's worker from its own file; a page in one file has start-inline-worker.ts in this one's place. */
export function startWorker(): Worker {
  return new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
}
