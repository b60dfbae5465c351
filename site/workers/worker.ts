/**
 * The page's worker: everything that takes time happens here, by the library's own modules. Each question is answered with
 * data, or with an error in words; questions are answered one after the other.
 */
import { InputError } from "../../inputs/input-error.js";
import { GridLimitError } from "../../execution/rcnn/growing-grid.js";
import type { Answered, Asked, Calls, Question, Report } from "./protocol.js";

type Handlers = {
  readonly [Q in Question]: (ask: Calls[Q]["ask"], report: Report) => Promise<Calls[Q]["answer"]>;
};

const explore = () => import("./explore.js");
const HANDLERS: Handlers = {
  load: async (ask) => (await explore()).load(ask),
  advance: async (ask) => (await explore()).advance(ask),
  picture: async (ask) => (await explore()).picture(ask),
  head: async (ask) => (await explore()).head(ask),
  inspect: async (ask) => (await explore()).inspect(ask),
  explain: async (ask) => (await import("./explain.js")).explain(ask),
  change: async (ask) => (await explore()).change(ask),
  learn: async (ask) => (await import("./learn.js")).learn(ask),
  attention: async (ask) => (await import("./attention.js")).attention(ask),
  replay: async (ask) => (await import("./replay.js")).replay(ask),
  prove: async (ask, report) => (await import("./prove.js")).prove(ask, report),
  forge: async (ask) => (await import("./forge.js")).forge(ask),
  decide: async (ask, report) => (await import("./prove.js")).decide(ask.text, report),
};

// The name of this scope's type is in a library of types that contradicts the page's.
const scope = globalThis as unknown as {
  postMessage(message: Answered, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent<Asked>) => void) | null;
};

scope.onmessage = ({ data }) => void answer(data);

async function answer({ id, question, ask }: Asked): Promise<void> {
  try {
    const handle = HANDLERS[question] as (ask: unknown, report: Report) => Promise<unknown>;
    const result = await handle(ask, (part, done, total) => scope.postMessage({ id, progress: { part, done, total } }));
    scope.postMessage({ id, answer: result }, buffersOf(result));
  } catch (error) {
    const isInput = error instanceof InputError || error instanceof GridLimitError;
    scope.postMessage({ id, error: { message: error instanceof Error ? error.message : String(error), isInput } });
  }
}

/** The buffers of an answer's own arrays: they move to the page instead of being copied. */
function buffersOf(result: unknown): Transferable[] {
  if (typeof result !== "object" || result === null) return [];
  return Object.values(result).flatMap((value) =>
    ArrayBuffer.isView(value) && value.buffer instanceof ArrayBuffer ? [value.buffer] : [],
  );
}
