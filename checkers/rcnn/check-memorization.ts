/**
 * Decides Lemmas 3 and 4 for a filter and a head given as numbers, for every number d of coordinates, every number m of
 * examples, every number of padding columns, every L >= m + 1 and every training set at once.
 *
 * The argument is local. In step tau the grid consists of rows of three kinds (memory-wave.ts) and of padding columns
 * of ones; every 3x3 patch of every such grid is one of finitely many, and all of them are evaluated: the new cell must
 * be what Lemma 3 says, and of the nine partial derivatives only the centre's may differ from 0, being 1 exactly in the
 * row that is memorized and in the memory phase. So a layer turns the grid of layer t into that of layer t + 1, and the
 * Jacobian of L layers is a product of 0/1 diagonals: 1 on row tau, 0 elsewhere. The head is 0 with slope 1 at -3^-2,
 * so the output is 0 and the gradient by W is [x, 1] in row tau; one SGD step writes y [x, 1] / 3 there. Whatever the
 * next example is, W diag(z) then has +-1/3 in rows up to tau and 0 below, and the next step starts as this one did.
 *
 * Beside the argument, training is replayed whole, without it, on all training sets of some small sizes.
 */
import { formatRational, rational, type Rational } from "../../spec/exact/rational.js";
import { evaluateWithJacobian, type Network } from "../../spec/networks/network.js";
import { alphabet } from "../../spec/rcnn/alphabet.js";
import { fromUnits, PADDING, PHASE_VALUE, symbolValue, toUnits, type CellCode } from "../../spec/rcnn/cell-code.js";
import { CENTRE } from "../../spec/rcnn/patch.js";
import { rejected, type Rejected, type Verdict, accepted } from "../verdict.js";
import { Work, withinWork } from "../work.js";
import { gateTables, type TableFault } from "./gate-tables.js";
import { placeCells, placeUnits } from "./letters.js";
import { PatchEvaluator } from "./patch-evaluator.js";
import { replayTraining, type TrainingSize } from "./replay-training.js";
import { replayWave, rowWindows, type RowKind, type RowWindow } from "./memory-wave.js";

/**
 * `memory-value`, `memory-derivative`, `memory-kink`: the filter at a patch of the wave. `memory-head`: the head at
 * -3^-2. `memory-step`: the arithmetic of the SGD step. `memory-wave`: the rows. `memory-replay`: a training set that
 * was replayed.
 */
export type MemorizationFault =
  | TableFault
  | "memory-value"
  | "memory-derivative"
  | "memory-kink"
  | "memory-head"
  | "memory-step"
  | "memory-wave"
  | "memory-replay";

/** How much was looked at. */
export interface MemorizationResult {
  /** Windows of three rows; see rowWindows. */
  readonly rowWindows: number;
  /** Windows of three columns. */
  readonly columnWindows: number;
  /** Patches: each pair of windows with every choice of symbols. */
  readonly patches: number;
  /** Grids of rows up to MAX_WAVE_ROWS, each step, followed layer by layer. */
  readonly waves: number;
  /** Training sets replayed whole. */
  readonly trainingSets: number;
}

/** Heights up to which the rows' own rule is compared with Lemma 3's closed form. */
export const MAX_WAVE_ROWS = 32;

/** Sizes whose training sets are all replayed: 4 + 16 + 8 + 64 + 16 + 64 of them. */
export const REPLAYED_SIZES: readonly TrainingSize[] = [
  { d: 1, m: 1 },
  { d: 1, m: 2 },
  { d: 2, m: 1 },
  { d: 2, m: 2 },
  { d: 3, m: 1 },
  { d: 1, m: 3 },
];

type ColumnKind = "data" | "padding" | "O";

/** Every window of three columns of a grid with at least one data column and at least one padding column. */
const COLUMN_WINDOWS: readonly (readonly [ColumnKind, ColumnKind, ColumnKind])[] = [
  ["O", "data", "data"],
  ["O", "data", "padding"],
  ["data", "data", "data"],
  ["data", "data", "padding"],
  ["data", "padding", "padding"],
  ["data", "padding", "O"],
  ["padding", "padding", "padding"],
  ["padding", "padding", "O"],
];

/**
 * Checks that a filter and a head memorize (Lemma 2, part 1), whatever d, m and the training set are.
 *
 * @param filter in u-units
 * @param head F = 3^(K-2) f-bar_head of u-units
 */
export function checkMemorization(
  filter: Network,
  head: Network,
  code: CellCode,
  work: Work = new Work(),
): Verdict<MemorizationFault, MemorizationResult> {
  return withinWork(() => decide(filter, head, code, work));
}

function decide(
  filter: Network,
  head: Network,
  code: CellCode,
  work: Work,
): Verdict<MemorizationFault, MemorizationResult> {
  const units = placeUnits(code, placeCells(alphabet(code, "well-formed")));
  const tables = gateTables(filter, units, work);
  if ("verdict" in tables) return tables;
  const evaluator = new PatchEvaluator(tables, units, work);

  const arithmetic = headFault(head, code) ?? stepFault(code);
  if (arithmetic !== undefined) return arithmetic;

  const windows = rowWindows();
  let patches = 0;
  for (const rows of windows) {
    for (const columns of COLUMN_WINDOWS) {
      const visited = visitWindow(evaluator, code, rows, columns);
      if (typeof visited !== "number") return visited;
      patches += visited;
    }
  }

  let waves = 0;
  for (let rows = 1; rows <= MAX_WAVE_ROWS; rows++) {
    for (let tau = 1; tau <= rows; tau++) {
      const { agrees, layers } = replayWave(rows, tau);
      waves++;
      if (agrees && layers <= rows) continue;
      return rejected("memory-wave", "filter", "the rows do not run as Lemma 3 says", { rows, tau });
    }
  }

  let trainingSets = 0;
  for (const size of REPLAYED_SIZES) {
    const replayed = replayTraining(evaluator, head, code, size);
    if (typeof replayed !== "number") return replayed;
    trainingSets += replayed;
  }
  const result = { rowWindows: windows.length, columnWindows: COLUMN_WINDOWS.length, patches, waves, trainingSets };
  return accepted(result);
}

/** Evaluates every patch of a window; returns how many there are, or the first that is wrong. */
function visitWindow(
  evaluator: PatchEvaluator,
  code: CellCode,
  rows: RowWindow,
  columns: readonly ColumnKind[],
): number | Rejected<MemorizationFault> {
  const kinds = [rows.above, rows.row, rows.below].flatMap((row) => columns.map((column) => [row, column] as const));
  const choices = kinds.map(([row, column]) => cellChoices(code, row, column));
  const total = choices.reduce((product, { length }) => product * length, 1);
  for (let k = 0; k < total; k++) {
    let rest = k;
    const patch = choices.map((values) => {
      const value = values[rest % values.length] as bigint;
      rest = Math.floor(rest / values.length);
      return value;
    });
    const fault = patchFault(evaluator, code, patch, rows, columns[1] === "data");
    if (fault !== undefined) return fault;
  }
  return total;
}

/** The values (u-units) that a cell of the wave may hold. */
function cellChoices(code: CellCode, row: RowKind | "O", column: ColumnKind): bigint[] {
  if (row === "O" || column === "O") return [toUnits(code, PADDING)];
  if (column === "padding") return [code.scale];
  if (row === "M") return [toUnits(code, PHASE_VALUE.neg())];
  return row === "Z" ? [0n] : [toUnits(code, symbolValue(1)), toUnits(code, symbolValue(-1))];
}

function patchFault(
  evaluator: PatchEvaluator,
  code: CellCode,
  patch: readonly bigint[],
  { next, slope }: RowWindow,
  isData: boolean,
): Rejected<MemorizationFault> | undefined {
  const centre = patch[CENTRE] as bigint;
  const becomesMemory = isData && next === "M";
  const expected = becomesMemory ? toUnits(code, PHASE_VALUE.neg()) : centre;
  const expectedSlope = isData ? BigInt(slope) : 0n;
  const witness = {
    patch: patch.map((u) => formatRational(fromUnits(code, u))),
    expected: formatRational(fromUnits(code, expected)),
    expectedSlope: String(expectedSlope),
  };
  const outcome = evaluator.at(patch);
  if (typeof outcome === "string") {
    const kind = outcome === "kink" ? "memory-kink" : "memory-value";
    return rejected(kind, "filter", "the filter has no cell value or no gradient at a patch of the wave", witness);
  }
  if (outcome.value !== expected) {
    const actual = formatRational(fromUnits(code, outcome.value));
    return rejected("memory-value", "filter", "a cell of the wave gets a wrong value", { ...witness, actual });
  }
  if (outcome.gradient.every((slopeAt, place) => slopeAt === (place === CENTRE ? expectedSlope : 0n))) return undefined;
  return rejected("memory-derivative", "filter", "a derivative in the wave is not what Lemma 3 says", {
    ...witness,
    actualJacobian: outcome.gradient.map(String),
  });
}

/** F(-3^-2) = 0 and F'(-3^-2) = 1. */
function headFault(head: Network, code: CellCode): Rejected<MemorizationFault> | undefined {
  const [inputs, outputs] = [head.layers[0]?.inputs, head.layers.at(-1)?.rows.length];
  if (inputs !== 1 || outputs !== 1) return rejected("memory-head", "head", "expected one input and one output");
  const { value, jacobian, kink } = evaluateWithJacobian(head, [rational(toUnits(code, PHASE_VALUE.neg()))]);
  const [f] = value as [Rational];
  const [[slope]] = jacobian as [[Rational]];
  if (!kink && f.equals(0n) && slope.equals(1n)) return undefined;
  return rejected("memory-head", "head", "expected value 0 and slope 1 at -3^-2", {
    value: formatRational(f),
    slope: kink ? null : formatRational(slope),
  });
}

/** 0 - 6 (0 - Y) z is y z / 3 in u-units: signs aside, 6 * 3^(K-2) is 1/3. */
function stepFault(code: CellCode): Rejected<MemorizationFault> | undefined {
  if (6n * (code.scale / 18n) === toUnits(code, symbolValue(1))) return undefined;
  return rejected("memory-step", "filter", "a step of SGD does not write y z / 3");
}
