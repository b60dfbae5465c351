/** All claims about a tracing loss, decided from its numbers; what a certificate of it must state. The order is that of TRACING.md. */
import type { TracingConstantsJson, TracingVerdictsJson } from "../../certificates/welper/tracing-certificate.js";
import { integer } from "../../certificates/welper/tracing-json.js";
import { formatRational, parseRational, rational, type Rational } from "../../spec/exact/rational.js";
import { backEdge, conditions18 } from "../../spec/welper/finite-control.js";
import type { MultiTapeMachine } from "../../spec/welper/machine.js";
import type { TracingNetwork } from "../../spec/welper/tracing.js";
import { accepted, rejected, type Rejected, type Verdict } from "../verdict.js";
import { Work } from "../work.js";
import { checkLevels, type Interval } from "./check-levels.js";
import { checkNamedPoints } from "./check-named-points.js";
import { codingFault, constantsFault, readOutFault, type ReadOutFault } from "./check-read-outs.js";
import { checkStep, type StepFault, type StepResult } from "./check-step.js";
import { replayRuns, type StatedRun } from "./replay-tracing.js";
import { vertexSlopes, type VertexSlopes } from "./vertex-slopes.js";

/** Why some claim is rejected. */
export type TracingClaimFault =
  | ReadOutFault
  | StepFault
  | "kink"
  | "levels"
  | "projection"
  | "back-edge"
  | "condition-18"
  | "corner"
  | "named-point"
  | "replay-run"
  | "replay";

/** What is claimed of. */
export interface TracingClaim {
  /** That of the vertices. */
  readonly machine: MultiTapeMachine;
  readonly loss: "fan" | "printed";
  readonly constants: TracingConstantsJson;
  readonly network: TracingNetwork;
}

/** Decides all claims. @throws {TracingJsonError} if a constant is no integer within the limits */
export function decideTracing(
  { machine, loss, constants, network }: TracingClaim,
  runs: readonly StatedRun[],
  work: Work = new Work(),
): Verdict<TracingClaimFault, TracingVerdictsJson> {
  const b = integer(constants.b, "constants.b");
  const gamma = integer(constants.gamma, "constants.gamma");
  const lower = integer(constants.levels.lower, "constants.levels.lower");
  const upper = integer(constants.levels.upper, "constants.levels.upper");
  const fault =
    codingFault(network) ??
    readOutFault(machine, network, work) ??
    constantsFault(network, { b, gamma, rates: constants.rates });
  if (fault !== undefined) return fault;
  const slopes = vertexSlopes(network.units, network.vertices, "network.units", work);
  if (slopes.verdict !== "accepted") return slopes;
  const step = checkStep(machine, network, slopes.result, work);
  if (step.verdict !== "accepted") return step;
  const levels = checkLevels(machine, network, slopes.result, { lower, upper }, work);
  if (levels.verdict !== "accepted") return levels;
  const projection = projectionFault(constants.rates.projected, step.result.leastRate);
  if (projection !== undefined) return projection;
  const back = backEdge(machine);
  const eighteen = conditions18(b, machine.tapes);
  const printed = loss === "printed" ? checkPrinted({ machine, network, b, gamma }, slopes.result, back, work) : null;
  if (printed !== null && printed.verdict !== "accepted") return printed;
  // 1 / gamma, which constantsFault has found stated.
  const rate = { numerator: 1, denominator: gamma };
  const replay = replayRuns(machine, network, { content: rate, head: rate }, runs, work);
  if (replay.verdict !== "accepted") return replay;
  const { running, halting } = levels.result;
  return accepted({
    gradient: {
      vertices: network.vertices,
      units: network.units.length,
      decided: network.vertices * network.units.length,
      corner: formatRational(slopes.result.corner),
    },
    step: stepJson(step.result),
    tapes: {
      writes: step.result.running * (machine.tapes - machine.readOnly.length),
      moves: step.result.running * machine.tapes,
    },
    levels: { running: interval(running), halting: interval(halting) },
    projection: { least: formatRational(step.result.leastRate) },
    conditions: { eighteen, twenty: back === undefined },
    named: printed === null ? null : { points: printed.result },
    width: widthOf(network),
    replay: replay.result,
  });
}

function stepJson({ running, readings, cases, comparisons, gap }: StepResult): TracingVerdictsJson["step"] {
  return { running, readings, cases, comparisons: String(comparisons), gap: String(gap) };
}

function interval(values: Interval | null): [string, string] | null {
  return values === null ? null : [String(values[0]), String(values[1])];
}

function widthOf({ units, vertices }: TracingNetwork): TracingVerdictsJson["width"] {
  const entries = units.reduce((sum, unit) => sum + unit.entries.length, 0);
  return { units: units.length, entries, bound: vertices, within: units.length <= vertices };
}

function projectionFault(stated: string, least: Rational): Rejected<"projection"> | undefined {
  let rate: Rational;
  try {
    rate = parseRational(stated);
  } catch (error) {
    return rejected("projection", "constants.rates.projected", error instanceof Error ? error.message : String(error));
  }
  if (rate.gte(least)) return undefined;
  const witness = { stated, least: formatRational(least) };
  return rejected("projection", "constants.rates.projected", `expected at least ${formatRational(least)}`, witness);
}

interface PrintedClaim {
  readonly machine: MultiTapeMachine;
  readonly network: TracingNetwork;
  readonly b: number;
  readonly gamma: number;
}

/** What the paper asks of the printed loss: (20), (18), corners of 1/4, and the values (19). */
function checkPrinted(
  { machine, network, b, gamma }: PrintedClaim,
  { corner }: VertexSlopes,
  back: readonly [number, number] | undefined,
  work: Work,
): Verdict<"back-edge" | "condition-18" | "corner" | "named-point", number> {
  if (back !== undefined) {
    const message = `vertices ${back[0]} and ${back[1]} may follow each other, which (20) excludes`;
    return rejected("back-edge", "machine.table", message, { v: back[0], w: back[1] });
  }
  const failed = conditions18(b, machine.tapes).indexOf(false);
  if (failed >= 0)
    return rejected("condition-18", "constants.b", `condition ${failed + 1} of (18) fails`, { condition: failed + 1 });
  if (corner.lt(rational(1n, 4n))) {
    const message = "l_S is not affine on all corners S_v^(1/4)";
    return rejected("corner", "network.units", message, { corner: formatRational(corner) });
  }
  return checkNamedPoints(machine, network.units, { b, gamma }, work);
}
