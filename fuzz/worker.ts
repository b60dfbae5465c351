/** Runs one target in a thread of its own; each input is in shared memory before it is tried, whatever happens then. */
import { parentPort, workerData } from "node:worker_threads";
import { Session } from "./session.js";
import type { Target } from "./target.js";
import { INPUT_OFFSET, SLOT, type WorkerJob, type WorkerMessage } from "./protocol.js";

const job = workerData as WorkerJob;
const slots = new Int32Array(job.shared, 0, INPUT_OFFSET / Int32Array.BYTES_PER_ELEMENT);
const bytes = new Uint8Array(job.shared, INPUT_OFFSET);

function post(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

const { TARGETS } = (await import(job.module)) as { readonly TARGETS: readonly Target[] };
const target = TARGETS.find(({ name }) => name === job.target);
if (target === undefined) throw new Error(`worker: there is no target ${job.target} in ${job.module}`);
const session = new Session(target, job.seed);
const next = (): Uint8Array => (job.input === undefined ? session.next() : job.input);

for (let n = 1; job.count === undefined || n <= job.count; n++) {
  const input = next();
  bytes.set(input);
  Atomics.store(slots, SLOT.length, input.length);
  Atomics.store(slots, SLOT.number, n);
  try {
    session.learn(input, target.run(input));
  } catch (error) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    post({ kind: "thrown", input: Uint8Array.from(input), stack });
    session.learn(input, `thrown ${stack.slice(0, 80)}`);
  }
  Atomics.store(slots, SLOT.answers, session.answers);
}
post({ kind: "done" });
