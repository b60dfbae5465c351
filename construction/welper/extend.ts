/** From an algorithm and a data set to the extended network that trains as the algorithm does. */
import type { Example } from "../../spec/rcnn/training-set.js";
import { extendedLosses, type ExtendedConstants, type RootName } from "../../spec/welper/extended-network.js";
import type { Shape } from "../../spec/welper/primary-network.js";
import type { Tape } from "../../spec/welper/tapes.js";
import type { Algorithm } from "./algorithms/algorithms.js";
import { dataTape } from "./algorithms/program.js";
import { machineToTracing, type LossName, type Tracing } from "./machine-to-tracing.js";

/** An extended network with the data that it is trained on. */
export interface Extended {
  readonly algorithm: Algorithm;
  readonly tracing: Tracing;
  readonly shape: Shape;
  readonly root: RootName;
  readonly constants: ExtendedConstants;
  readonly examples: readonly Example[];
  /** At the start, with the labels on tape 0. */
  readonly tapes: readonly Tape[];
}

/** Why there is no extended network for these data; docs/welper/extended-network.md, "What is refused". */
export type ExtendFault = "no-orthogonal" | "stops-at-once" | "never-stops";

/** A network that would not train. */
export class CannotExtend extends Error {
  readonly code: ExtendFault;
  constructor(code: ExtendFault, message: string) {
    super(message);
    this.name = "CannotExtend";
    this.code = code;
  }
}

/** How to build it. */
export interface ExtendOptions {
  readonly algorithm: Algorithm;
  readonly shape: Shape;
  readonly examples: readonly Example[];
  readonly root?: RootName;
  readonly loss?: LossName;
  /** B_stop; chosen if absent. */
  readonly stop?: number;
}

/** Builds it. @throws {CannotExtend} if there is no orthogonal vector, or the threshold stops at once or never */
export function extend(options: ExtendOptions): Extended {
  const { algorithm, shape, examples, root = "held", loss = "fan" } = options;
  if (examples.length < 4) {
    const message = `expected at least 4 examples, got ${examples.length}: the exact vector that is orthogonal to the labels has 4 entries`;
    throw new CannotExtend("no-orthogonal", message);
  }
  const tracing = machineToTracing(algorithm.machine, loss);
  const constants = constantsFor(tracing, algorithm, shape, examples.length, root);
  const stop = options.stop ?? constants.stop;
  const chosen = { ...constants, stop };
  const theta = algorithm.oracle(examples);
  const { first, running, final } = extendedLosses(chosen, shape, theta ?? [], examples);
  if (first <= stop)
    throw new CannotExtend(
      "stops-at-once",
      `the loss is ${first} at the start, so the threshold ${stop} stops at once`,
    );
  if (root === "held" && running <= stop)
    throw new CannotExtend(
      "stops-at-once",
      `the loss is ${running} while it runs, so the threshold ${stop} stops at once`,
    );
  if (theta !== undefined && final > stop)
    throw new CannotExtend("never-stops", `the loss is ${final} in the end, so the threshold ${stop} never stops`);
  const cells = dataTape(examples).map((symbol) => (symbol === 1 ? 1 : 0));
  const blank = algorithm.cells.map((count): Tape => ({
    rows: 1,
    columns: count,
    head: 0,
    cells: Array.from({ length: count }, () => 0),
  }));
  return {
    algorithm,
    tracing,
    shape,
    root,
    constants: chosen,
    examples,
    tapes: [{ rows: 1, columns: cells.length, cells, head: 0 }, ...blank],
  };
}

/**
 * The held root runs at the least power of two above which no error of the primary network lies, so that every threshold works that the algorithm may
 * need; the offset is the least integer with which the first loss is no less than the next ones.
 */
function constantsFor(
  { constants: { levels } }: Tracing,
  { code }: Algorithm,
  shape: Shape,
  examples: number,
  root: RootName,
): ExtendedConstants {
  const most = largestOutput(shape, code.bits === 1 ? 1 : 2 ** (code.bits - 1));
  const error = (examples * (most + 1) ** 2) / 2;
  let running = 2;
  while ((running ** 2 + examples) / 2 - 1 < error) running *= 2;
  const isHeld = root === "held";
  const stop = isHeld ? (running ** 2 + examples) / 2 - 1 : levels.upper + examples / 2;
  let offset = 3;
  while ((examples * (offset - 1) ** 2) / 2 < stop + 1) offset++;
  const net = isHeld ? ([2, 3] as const) : ([2 * levels.lower, 2 * levels.upper] as const);
  return { offset, held: { running, halted: 1 }, turns: { init: [1, 2], net }, stop };
}

/** A bound of |f_theta(x)| for weights up to `weight` and x in {-1, 1}^M. */
function largestOutput(shape: Shape, weight: number): number {
  return shape.slice(0, -1).reduce((size, width) => weight * (width * size + 1), 1);
}
