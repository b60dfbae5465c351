/** Runs once more by descent on the whole loss, against the machine: after every step x, T and H are those of its configuration. */
import type { TracingRunJson } from "../../certificates/welper/tracing-certificate.js";
import { readingCount, readingIndex, type MultiTapeMachine } from "../../spec/welper/machine.js";
import { readingOf, stepTapes, type MultiTapeConfiguration, type Tape } from "../../spec/welper/tapes.js";
import {
  descend,
  pointOf,
  type TracingNetwork,
  type TracingPoint,
  type TracingRates,
} from "../../spec/welper/tracing.js";
import { accepted, rejected, undecided, type Rejected, type Verdict } from "../verdict.js";
import type { Work } from "../work.js";

/** Cells times steps of all replays of a certificate together; more are left undecided. */
export const MAX_REPLAYED_CELLS = 5_000_000;

/** What of a run is stated and not computed. */
export type StatedRun = Pick<TracingRunJson, "tapes" | "steps">;

/** Replays all runs. */
export function replayRuns(
  machine: MultiTapeMachine,
  network: TracingNetwork,
  rates: TracingRates,
  runs: readonly StatedRun[],
  work: Work,
): Verdict<"replay-run" | "replay", TracingRunJson[]> {
  const results: TracingRunJson[] = [];
  let cells = 0;
  for (const [r, run] of runs.entries()) {
    const path = `verdicts.replay[${r}]`;
    const fault = runFault(machine, run, path);
    if (fault !== undefined) return fault;
    cells += run.tapes.reduce((sum, tape) => sum + tape.cells.length, 1) * Math.max(1, run.steps);
    if (cells > MAX_REPLAYED_CELLS)
      return undecided("replayed-cells", `more than ${MAX_REPLAYED_CELLS} cells times steps in all replays together`);
    const result = replayRun(machine, network, rates, run, path, work);
    if ("verdict" in result) return result;
    results.push(result);
  }
  return accepted(results);
}

function runFault(machine: MultiTapeMachine, { tapes }: StatedRun, path: string): Rejected<"replay-run"> | undefined {
  if (tapes.length !== machine.tapes)
    return rejected("replay-run", `${path}.tapes`, `expected ${machine.tapes} tapes, got ${tapes.length}`);
  for (const [i, { rows, columns, cells, head }] of tapes.entries()) {
    const at = `${path}.tapes[${i}]`;
    if (rows < 1 || columns < 1 || rows * columns !== cells.length)
      return rejected("replay-run", `${at}.cells`, `expected rows times columns cells, at least one`);
    const stranger = cells.findIndex((symbol) => symbol >= machine.symbols.length);
    if (stranger >= 0) return rejected("replay-run", `${at}.cells[${stranger}]`, "expected the index of a symbol");
    if (head >= cells.length) return rejected("replay-run", `${at}.head`, "expected the index of a cell");
  }
  return undefined;
}

function replayRun(
  machine: MultiTapeMachine,
  network: TracingNetwork,
  rates: TracingRates,
  { tapes, steps }: StatedRun,
  path: string,
  work: Work,
): TracingRunJson | Rejected<"replay"> {
  const entries = network.units.reduce((sum, unit) => sum + unit.entries.length + 1, network.vertices);
  let configuration: MultiTapeConfiguration = { state: 0, tapes };
  let point = expectedPoint(machine, network, configuration);
  let haltsAt: number | null = machine.halting[0] === true ? 0 : null;
  for (let k = 1; k <= steps && haltsAt === null; k++) {
    work.spend(entries + tapes.reduce((sum, { cells }) => sum + 20 * cells.length, 0));
    point = descend(network, rates, point);
    configuration = stepTapes(machine, configuration);
    if (machine.halting[configuration.state] === true) haltsAt = k;
    const wrong = differs(point, expectedPoint(machine, network, configuration));
    if (wrong !== undefined)
      return rejected("replay", path, `after step ${k} of descent, ${wrong} is not the machine's`, { step: k });
  }
  const end = configuration.tapes.map(({ cells, head }) => ({ cells, head }));
  return { tapes, steps, haltsAt, state: configuration.state, end };
}

function expectedPoint(
  machine: MultiTapeMachine,
  network: TracingNetwork,
  { state, tapes }: MultiTapeConfiguration,
): TracingPoint {
  const reading = readingIndex(machine.symbols.length, readingOf(tapes));
  return pointOf(network, state * readingCount(machine) + reading, tapes as readonly Tape[]);
}

function differs(point: TracingPoint, expected: TracingPoint): string | undefined {
  if (point.x.join() !== expected.x.join()) return "x";
  for (const [i, tape] of expected.tapes.entries()) {
    if (point.tapes[i]?.content.join() !== tape.content.join()) return `T of tape ${i}`;
    if (point.tapes[i]?.head.join() !== tape.head.join()) return `H of tape ${i}`;
  }
  return undefined;
}
