/**
 * What the last grid of a roll-out says: whether the machine has halted, what the tape holds, and so what is predicted.
 */
import type { NormalMachine } from "../../spec/machines/machine.js";
import { cellFromValue, fromUnits, headOnCell, type CellCode } from "../../spec/rcnn/cell-code.js";
import { tapeCell } from "../../spec/rcnn/configuration-code.js";
import type { Sign } from "../../inputs/examples/examples.js";
import type { Query } from "../../inputs/examples/read-examples.js";
import type { PointPlan } from "./learn-plan.js";
import { gridSize, type RcnnShape } from "./network.js";
import { labelUnit } from "./train.js";

/**
 * Why there is no prediction for a point: `not-halted`: the machine runs on when its budget is spent. `too-few-layers`: it
 * halts, or its compute phase reaches the top left cell, only in a later layer. `too-few-columns`: its head would leave the
 * grid on the right. `no-answer`: it halted on a tape from which the head network reads
 * another output than 1 or -1. That the rest of the tape is blank, as the paper's halting position has it, is not asked for.
 */
export type NoPrediction = "not-halted" | "too-few-layers" | "too-few-columns" | "no-answer";

/** The prediction for one point. */
export interface Prediction {
  readonly x: readonly Sign[];
  readonly prediction: Sign | null;
  /** The network's output F / 3^(K-2) = f; null where it means nothing because the run has not come to its end. */
  readonly output: number | null;
  readonly label: Sign | null;
  /** Layers until the run has come to its end; null if it was given up before. */
  readonly layers: number | null;
  readonly reason: NoPrediction | null;
}

/** The end of a roll-out: shape of the grid rows x columns (u-units), and F. */
export interface LastGrid {
  readonly grid: ArrayLike<number>;
  readonly output: number;
}

/** Reads the prediction for a query off its last grid. */
export function readPrediction(
  code: CellCode,
  machine: NormalMachine,
  shape: RcnnShape,
  plan: PointPlan,
  { x, label }: Query,
  last: LastGrid,
): Prediction {
  const f = last.output / labelUnit(code);
  const reason = whyNone(code, machine, shape, plan, last, f);
  const isEnd = reason === undefined || reason === "no-answer";
  return {
    x,
    prediction: reason === undefined ? (f as Sign) : null,
    output: isEnd ? f : null,
    label: label ?? null,
    layers: plan.halted ? plan.layers : null,
    reason: reason ?? null,
  };
}

function whyNone(
  code: CellCode,
  machine: NormalMachine,
  shape: RcnnShape,
  plan: PointPlan,
  { grid }: LastGrid,
  f: number,
): NoPrediction | undefined {
  if (plan.columns > shape.columns) return "too-few-columns";
  if (!plan.halted) return "not-halted";
  // The grid itself must agree: its head is in a halting state.
  if (plan.layers > shape.layers || !isHalted(code, machine, grid)) return "too-few-layers";
  return f === 1 || f === -1 ? undefined : "no-answer";
}

/** Whether the grid has exactly one head and its state is a halting one. */
function isHalted(code: CellCode, machine: NormalMachine, grid: ArrayLike<number>): boolean {
  const heads = Array.from(grid, (u) => headOnCell(code, cellFromValue(code, fromUnits(code, BigInt(u))))).filter(
    (head) => head !== undefined,
  );
  return heads.length === 1 && heads.every(({ state }) => machine.halting[state] === true);
}

/** Whether every cell of the main grid is in the compute phase and holds the symbol that the machine's own run left there. */
export function agreesWithRun(code: CellCode, shape: RcnnShape, plan: PointPlan, grid: ArrayLike<number>): boolean {
  const { columns, mainColumns } = gridSize(shape);
  return plan.tape.every((symbol, k) => {
    const u = grid[Math.floor(k / mainColumns) * columns + (k % mainColumns)] as number;
    return tapeCell(code, cellFromValue(code, fromUnits(code, BigInt(u))))?.symbol === symbol;
  });
}
