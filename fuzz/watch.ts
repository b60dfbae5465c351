/** The watchdog: starts a thread for a target, ends it at the time limit, and tells what it did. */
import { Worker } from "node:worker_threads";
import { INPUT_OFFSET, SHARED_BYTES, SLOT, type WorkerJob, type WorkerMessage } from "./protocol.js";
import { DEFAULT_MEMORY, DEFAULT_TIME_LIMIT, type Target } from "./target.js";

/** An input that did what none may do. */
export interface FoundInput {
  readonly target: string;
  /** The seed of the thread that met it. */
  readonly seed: number;
  readonly kind: "thrown" | "hang" | "memory" | "died";
  /** What was thrown, with its stack, or what happened. */
  readonly message: string;
  readonly input: Uint8Array;
}

/** What came of fuzzing a target. */
export interface Watched {
  readonly executions: number;
  /** Different answers of the last thread. */
  readonly answers: number;
  readonly found: readonly FoundInput[];
}

/** How long and from where to fuzz. */
export interface WatchOptions {
  /** URL of the module that exports TARGETS. */
  readonly module: string;
  readonly seed: number;
  /** Ends after so many seconds; no end if absent. */
  readonly seconds?: number | undefined;
  /** Ends after so many inputs; no end if absent. */
  readonly count?: number | undefined;
  /** The one input to try. */
  readonly input?: Uint8Array | undefined;
  /** Ends after so many different findings. */
  readonly maxFindings: number;
}

const POLL = 50;
/** Importing the project and making the seeds. */
const START_LIMIT = 120_000;

/** Fuzzes a target until the time or the inputs are used up, or there are enough findings. */
export async function watchTarget(target: Target, options: WatchOptions): Promise<Watched> {
  // Starting the first thread does not count: on a busy computer it takes longer than a short run.
  const clock = { end: Infinity };
  const found = new Map<string, FoundInput>();
  let [executions, answers] = [0, 0];
  let seed = options.seed;
  for (;;) {
    const left = options.count === undefined ? undefined : options.count - executions;
    const { count, ...ended } = await watchThread(target, { ...options, seed, count: left }, clock, (one) => {
      const key = keyOf(one);
      if (!found.has(key)) found.set(key, one);
      return found.size >= options.maxFindings;
    });
    executions += count;
    answers = ended.answers;
    const isOver = ended.isOver || found.size >= options.maxFindings || performance.now() >= clock.end;
    if (isOver || (options.count !== undefined && executions >= options.count)) break;
    // The thread was lost with an input; the next one goes on from another seed.
    seed = (seed + 0x1000193) >>> 0;
  }
  return { executions, answers, found: [...found.values()] };
}

/** Findings with the same first lines are one. */
function keyOf({ kind, message }: FoundInput): string {
  const lines = message.split("\n").slice(0, 4).join("\n");
  return kind === "thrown" ? lines.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""').replaceAll(/[0-9]+/g, "0") : kind;
}

interface ThreadEnd {
  readonly count: number;
  readonly answers: number;
  /** False if the thread was lost and another may go on. */
  readonly isOver: boolean;
}

function watchThread(
  target: Target,
  { module, seed, count, input, seconds = Infinity }: WatchOptions,
  clock: { end: number },
  report: (found: FoundInput) => boolean,
): Promise<ThreadEnd> {
  const shared = new SharedArrayBuffer(SHARED_BYTES);
  const slots = new Int32Array(shared, 0, INPUT_OFFSET / Int32Array.BYTES_PER_ELEMENT);
  const workerData: WorkerJob = { module, target: target.name, seed, count, input, shared };
  const worker = new Worker(new URL("worker.js", import.meta.url), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: target.memory ?? DEFAULT_MEMORY },
    stdout: true,
    stderr: true,
  });
  const inputNow = (): Uint8Array =>
    Uint8Array.from(new Uint8Array(shared, INPUT_OFFSET, Atomics.load(slots, SLOT.length)));
  const isBegun = (): boolean => Atomics.load(slots, SLOT.number) > 0;
  return new Promise((resolve, reject) => {
    let [number, since] = [0, performance.now()];
    let isSettled = false;
    const finish = (isOver: boolean): void => {
      if (isSettled) return;
      isSettled = true;
      clearInterval(timer);
      const ended = { count: Atomics.load(slots, SLOT.number), answers: Atomics.load(slots, SLOT.answers), isOver };
      void worker.terminate().then(() => resolve(ended));
    };
    const lose = (kind: FoundInput["kind"], message: string): void => {
      if (isSettled) return;
      report({ target: target.name, seed, kind, message, input: inputNow() });
      finish(input !== undefined);
    };
    const timer = setInterval(() => {
      const now = performance.now();
      const current = Atomics.load(slots, SLOT.number);
      if (current !== number) [number, since] = [current, now];
      if (number > 0 && clock.end === Infinity) clock.end = now + seconds * 1000;
      const limit = number === 0 ? START_LIMIT : (target.timeLimit ?? DEFAULT_TIME_LIMIT);
      if (now - since > limit) {
        if (number > 0) lose("hang", `no answer within ${limit / 1000} s`);
        else reject(new Error(`watchTarget: ${target.name} did not start within ${limit / 1000} s`));
      } else if (now >= clock.end && number > 0) finish(true);
    }, POLL);
    worker.on("message", (message: WorkerMessage) => {
      if (message.kind === "done") finish(true);
      else if (report({ target: target.name, seed, kind: "thrown", message: message.stack, input: message.input }))
        finish(true);
    });
    worker.on("error", (error: Error & { readonly code?: string }) => {
      if (error.code === "ERR_WORKER_OUT_OF_MEMORY") lose("memory", "the thread ran out of memory");
      else if (isBegun()) lose("died", error.stack ?? error.message);
      else {
        clearInterval(timer);
        reject(error);
      }
    });
    worker.on("exit", (code) => {
      if (!isSettled && code !== 0) lose("died", `the thread ended with code ${code}`);
    });
  });
}
