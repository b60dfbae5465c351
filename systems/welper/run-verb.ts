/** weightproof run MACHINE --system welper: the machine by gradient descent, from blank tapes. */
import { machineToTracing, type LossName } from "../../construction/welper/machine-to-tracing.js";
import { runOnBlankTapes } from "../../construction/welper/tracing-to-certificate.js";
import { BackendUnavailable, type BackendName } from "../../execution/tensors/backends.js";
import { runTracing, type TracingRun } from "../../execution/welper/run-tracing.js";
import type { DescentMethod } from "../../execution/welper/tensor-descent.js";
import { TracingTooLarge } from "../../execution/welper/tensor-tracing.js";
import { InputError } from "../../inputs/input-error.js";
import type { LoadOptions } from "../../inputs/machines/load-machine.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { grouped, labelled, printJson } from "../print-verdict.js";
import type { Io } from "../system.js";
import { loadMultiTape } from "./load-source.js";

/** Options of run. */
export interface RunOptions extends LoadOptions {
  readonly steps?: number;
  readonly loss?: LossName;
  readonly descent?: DescentMethod;
  readonly backend?: BackendName | "exact";
}

/** Steps that are made where none are given. */
const DEFAULT_STEPS = 10_000;

/** Runs a machine by descent on the loss that traces it. @throws {InputError} */
export async function runVerb(io: Io, argument: string, options: RunOptions): Promise<ExitCode> {
  const source = loadMultiTape(argument, { format: options.format });
  const limit = options.steps ?? DEFAULT_STEPS;
  const { backend = "exact", descent = "frank-wolfe" } = options;
  if (backend === "exact" && options.descent !== undefined)
    throw new InputError(
      "--descent: needs --backend; in exact integers both make the same steps, which `step` decides",
    );
  const tracing = machineToTracing(source, options.loss);
  const { tapes } = runOnBlankTapes(tracing.machine, limit);
  let run: TracingRun;
  try {
    run = await runTracing(tracing, {
      tapes,
      steps: limit,
      method: descent,
      ...(backend === "exact" ? {} : { backend }),
      onStep: (done) => io.progress("steps", done, limit),
    });
  } catch (error) {
    if (error instanceof BackendUnavailable || error instanceof TracingTooLarge) throw new InputError(error.message);
    throw error;
  }
  const { steps, halted, nonblank, loss, engine, bitExact, firstDeviation } = run;
  const sizes = tapes.map(({ rows, columns }) => ({ rows, columns }));
  const { vertices, units } = tracing.network;
  if (io.json) {
    const how = { loss: tracing.loss, descent, engine, bitExact, firstDeviation };
    const values = loss === null ? null : { least: loss[0], most: loss[1] };
    printJson(io, {
      name: source.name,
      halted,
      steps,
      nonblank,
      tapes: sizes,
      vertices,
      units: units.length,
      values,
      ...how,
    });
  } else io.print(`${halted ? "halted" : "not halted"}: ${source.name}\n${labelled(linesOf(run, sizes, descent))}`);
  if (bitExact === false) return EXIT.rejected;
  return halted || options.steps !== undefined ? EXIT.accepted : EXIT.undecided;
}

function linesOf(
  { steps, nonblank, loss, engine, bitExact, firstDeviation }: TracingRun,
  sizes: readonly { readonly rows: number; readonly columns: number }[],
  descent: DescentMethod,
): [string, string][] {
  const exact = bitExact === null ? "" : bitExact ? ": every step is bit-exact" : `: differs at step ${firstDeviation}`;
  return [
    ["steps", `${grouped(steps)} of descent, each a step of the machine`],
    [
      "tapes",
      `${sizes.map(({ rows, columns }) => `${rows} x ${columns}`).join(", ")}; ${grouped(nonblank)} cells not blank`,
    ],
    ["loss", loss === null ? "none" : `${loss[0]} to ${loss[1]} while it runs: it does not fall`],
    ["engine", `${engine}${bitExact === null ? "" : `, ${descent}`}${exact}`],
  ];
}
