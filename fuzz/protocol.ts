/** What the watchdog and the thread that it watches share. */
import { MAX_INPUT_BYTES } from "./byte-changes.js";

/** Indices of 32-bit integers at the beginning of the shared memory. */
export const SLOT = {
  /** Bytes of the input. */
  length: 0,
  /** Its number, from 1; 0 before the first one. */
  number: 1,
  /** Different answers so far. */
  answers: 2,
} as const;

/** Where the input begins. */
export const INPUT_OFFSET = 16;

/** Bytes of the shared memory. */
export const SHARED_BYTES: number = INPUT_OFFSET + MAX_INPUT_BYTES;

/** What a thread is to do. */
export interface WorkerJob {
  /** The URL of the module that exports TARGETS. */
  readonly module: string;
  readonly target: string;
  readonly seed: number;
  /** Inputs to try; no end if absent. */
  readonly count?: number | undefined;
  /** The one input to try instead of the session's. */
  readonly input?: Uint8Array | undefined;
  readonly shared: SharedArrayBuffer;
}

/** What a thread reports. */
export type WorkerMessage =
  { readonly kind: "thrown"; readonly input: Uint8Array; readonly stack: string } | { readonly kind: "done" };
