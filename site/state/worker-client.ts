/** The page's side of its worker: one question at a time for each answer, and a stop that works whatever the worker does. */
import type { Answered, Asked, Calls, Question } from "../workers/protocol.js";
import { startWorker } from "../workers/start-worker.js";

/** How far a question has come. */
export interface WorkerProgress {
  readonly part: string;
  readonly done: number;
  readonly total: number;
}

/** What a person gave cannot be used; the message is for them. */
export class GivenError extends Error {
  override readonly name = "GivenError";
}

/** The question was given up. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: ((progress: WorkerProgress) => void) | undefined;
}

/** A worker that is started when it is first asked. */
export class WorkerClient {
  #worker: Worker | undefined;
  #waiting = new Map<number, Waiting>();
  #last = 0;

  /** Asks. @throws {GivenError} for people; {Stopped} if it was given up; {Error} if the worker failed */
  ask<Q extends Question>(
    question: Q,
    ask: Calls[Q]["ask"],
    onProgress?: (progress: WorkerProgress) => void,
  ): Promise<Calls[Q]["answer"]> {
    const worker = (this.#worker ??= this.#start());
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject, onProgress });
      worker.postMessage({ id, question, ask } satisfies Asked);
    });
  }

  /** Ends the worker, whatever it does; what it has loaded is lost. */
  stop(): void {
    this.#end(new Stopped("stopped"));
  }

  #start(): Worker {
    const worker = startWorker();
    worker.addEventListener("message", ({ data }: MessageEvent<Answered>) => this.#hear(data));
    worker.addEventListener("error", ({ message }) =>
      this.#end(new Error(message || "the worker could not be started")),
    );
    return worker;
  }

  #hear(answered: Answered): void {
    const waiting = this.#waiting.get(answered.id);
    if (waiting === undefined) return;
    if ("progress" in answered) {
      waiting.onProgress?.(answered.progress);
      return;
    }
    this.#waiting.delete(answered.id);
    if ("answer" in answered) waiting.resolve(answered.answer);
    else
      waiting.reject(
        answered.error.isInput ? new GivenError(answered.error.message) : new Error(answered.error.message),
      );
  }

  #end(error: Error): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(error);
  }
}

/** Keeps one question on its way; of those that come meanwhile only the newest is asked. */
export class NewestFirst<Ask> {
  #busy = false;
  #next: { readonly ask: Ask } | undefined;
  readonly #run: (ask: Ask) => Promise<void>;

  constructor(run: (ask: Ask) => Promise<void>) {
    this.#run = run;
  }

  ask(ask: Ask): void {
    this.#next = { ask };
    if (!this.#busy) void this.#work();
  }

  async #work(): Promise<void> {
    this.#busy = true;
    while (this.#next !== undefined) {
      const { ask } = this.#next;
      this.#next = undefined;
      await this.#run(ask);
    }
    this.#busy = false;
  }
}
