/** A run by descent from tapes: in exact integers, or on tensors beside them, compared after every step. */
import type { Tracing } from "../../construction/welper/machine-to-tracing.js";
import { parseRational } from "../../spec/exact/rational.js";
import { readingCount, readingIndex } from "../../spec/welper/machine.js";
import { readingOf, type Tape } from "../../spec/welper/tapes.js";
import { loadBackend, loadBestBackend, type Backend, type BackendName } from "../tensors/backends.js";
import { IntegerDescent } from "./integer-descent.js";
import { disposeVariables, tensorStep, type DescentMethod, type DescentRates } from "./tensor-descent.js";
import { TensorTracing, type TracingVariables } from "./tensor-tracing.js";

/** What to run, and how. */
export interface RunTracingOptions {
  readonly tapes: readonly Tape[];
  readonly steps: number;
  /** Absent for integers alone; "best" for the best backend that is here. */
  readonly backend?: BackendName | "best";
  readonly method?: DescentMethod;
  readonly onStep?: (done: number) => void;
}

/** How a run ended. */
export interface TracingRun {
  readonly steps: number;
  readonly halted: boolean;
  readonly state: number;
  /** Cells that are not blank, on all tapes. */
  readonly nonblank: number;
  /** Least and most loss of a running step. */
  readonly loss: readonly [least: number, most: number] | null;
  /** The engine in words. */
  readonly engine: string;
  /** On tensors: whether x, T and H were the exact ones after every step. */
  readonly bitExact: boolean | null;
  readonly firstDeviation: number | null;
}

/** Runs it. @throws {BackendUnavailable, TracingTooLarge} */
export async function runTracing(tracing: Tracing, options: RunTracingOptions): Promise<TracingRun> {
  const { machine, network } = tracing;
  const { tapes, steps, method = "frank-wolfe" } = options;
  const count = readingCount(machine);
  const exact = new IntegerDescent(network, readingIndex(machine.symbols.length, readingOf(tapes)), tapes);
  const halts = (): boolean => machine.halting[Math.floor(exact.vertex / count)] === true;
  const beside =
    options.backend === undefined ? undefined : await besideOf(tracing, tapes, exact.vertex, options.backend);
  const loss: [number, number] = [Infinity, -Infinity];
  let firstDeviation: number | null = null;
  let done = 0;
  for (; done < steps && !halts(); done++) {
    const value = exact.step();
    loss[0] = Math.min(loss[0], value);
    loss[1] = Math.max(loss[1], value);
    if (beside !== undefined && firstDeviation === null) {
      beside.step(method);
      if (!beside.equals(exact)) firstDeviation = done + 1;
    }
    options.onStep?.(done + 1);
  }
  const blank = (network.codes[0] ?? []).join();
  const k = (network.codes[0] ?? []).length;
  const nonblank = exact.tapes.reduce((sum, { content }) => {
    for (let c = 0; c < content.length; c += k) if (content.slice(c, c + k).join() !== blank) sum++;
    return sum;
  }, 0);
  beside?.dispose();
  return {
    steps: done,
    halted: halts(),
    state: Math.floor(exact.vertex / count),
    nonblank,
    loss: done === 0 ? null : loss,
    engine: beside === undefined ? "exact integers" : beside.detail,
    bitExact: beside === undefined ? null : firstDeviation === null,
    firstDeviation,
  };
}

interface Beside {
  readonly detail: string;
  step(method: DescentMethod): void;
  equals(exact: IntegerDescent): boolean;
  dispose(): void;
}

async function besideOf(
  { network, constants }: Tracing,
  tapes: readonly Tape[],
  vertex: number,
  name: BackendName | "best",
): Promise<Beside> {
  const backend: Backend = name === "best" ? await loadBestBackend() : await loadBackend(name);
  const tensors = new TensorTracing(backend.tf, network, tapes);
  const rates: DescentRates = {
    content: numberOf(constants.rates.content),
    head: numberOf(constants.rates.head),
    projected: numberOf(constants.rates.projected),
  };
  let variables: TracingVariables = tensors.variables(vertex, tapes);
  return {
    detail: `${backend.detail}, float32`,
    step(method) {
      const after = tensorStep(tensors, (at) => tensors.loss(at), variables, method, rates);
      disposeVariables(variables);
      variables = after.variables;
    },
    equals: (exact) => equalsExact(variables, exact),
    dispose: () => disposeVariables(variables),
  };
}

/** Whether tensors hold exactly what the integers are. @param from the first tape whose T is compared */
export function equalsExact({ x, content, head }: TracingVariables, exact: IntegerDescent, from = 0): boolean {
  const isIndicator = (x.dataSync() as Float32Array).every((value, v) => value === (v === exact.vertex ? 1 : 0));
  return (
    isIndicator &&
    exact.tapes.every((tape, i) => {
      const numbers = content[i]?.dataSync() as Float32Array;
      const heads = head[i]?.dataSync() as Float32Array;
      return (
        (i < from || numbers.every((value, c) => value === tape.content[c])) &&
        heads.every((value, c) => value === (tape.head.get(c) ?? 0))
      );
    })
  );
}

/** A rate as a double; those of this project are powers of two or integers. */
export function numberOf(text: string): number {
  const { s, n, d } = parseRational(text);
  return Number(s * n) / Number(d);
}
