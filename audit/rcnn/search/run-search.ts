/** Running a shard of a search: in batches over worker threads, from where a state left off. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { addTally, evaluate, type Histogram } from "./evaluate.js";
import { shardSize, type SearchState } from "./state-file.js";

/** How to run. */
export interface SearchOptions {
  /** Worker threads; 0 evaluates in this one. */
  readonly workers: number;
  /** Called with a state that can be continued, after each round of batches. */
  readonly onState?: (state: SearchState) => void;
}

/** Machines that a worker evaluates at once. */
const BATCH = 250;

/** What a worker is asked for and answers with. */
export interface BatchRequest {
  readonly machines: string;
  readonly indices: readonly number[];
}

/** Continues a search to its end; the result does not depend on the number of workers. */
export async function runSearch(start: SearchState, { workers, onState }: SearchOptions): Promise<SearchState> {
  const { machines, shard, shards } = start;
  const total = shardSize(machines, start);
  const indices = (from: number, to: number): number[] =>
    Array.from({ length: to - from }, (_, i) => shard - 1 + (from + i) * shards);
  const pool = Array.from({ length: workers }, () => new Worker(new URL("worker.js", import.meta.url)));
  let state = start;
  try {
    while (state.done < total) {
      const histogram: Histogram = new Map(state.histogram);
      const bounds = Array.from({ length: Math.max(1, workers) + 1 }, (_, i) =>
        Math.min(total, state.done + i * BATCH),
      );
      const batches = bounds.slice(1).map((to, i) => indices(bounds[i] as number, to));
      const results = await Promise.all(batches.map((batch, i) => runBatch(pool[i], machines, batch)));
      for (const result of results) for (const [signs, tally] of result) addTally(histogram, signs, tally);
      state = { ...state, done: bounds.at(-1) as number, histogram };
      onState?.(state);
    }
  } finally {
    await Promise.all(pool.map((worker) => worker.terminate()));
  }
  return state;
}

async function runBatch(
  worker: Worker | undefined,
  machines: SearchState["machines"],
  indices: readonly number[],
): Promise<Histogram> {
  if (worker === undefined) return evaluate(machines, indices);
  const answer = once(worker, "message") as Promise<[Histogram]>;
  worker.postMessage({ machines: machines.name, indices } satisfies BatchRequest);
  const [histogram] = await answer;
  return histogram;
}
