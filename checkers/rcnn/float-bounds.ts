/**
 * Certifies that float32 never rounds in the network of Definition 5: for every sum that a tensor engine forms, forward
 * and backward, a bound on the sum of the absolute values of its terms.
 *
 * If all terms are multiples of some 2^-k and their absolute values add up to less than 2^24 such units, then every
 * partial sum, in every order, fused or not, is a multiple of 2^-k below 2^24 units and hence a float32. The bounds
 * come from the weights and from tables over the whole alphabet; nothing is sampled. They hold where every cell is
 * well-formed and every derivative that enters a layer is at most 1, which check-function.ts and check-step.ts decide
 * (f-bar maps well-formed patches to well-formed cells, and its only derivative is 0 or 1, by the centre). The way back
 * is bounded over the cells that occur in training, where alone it is taken.
 *
 * Two layouts of the same matrices, as execution/tensors has them: *dense* forms all sums of V1 ... V5 as they are;
 * *taps* forms each row of V2 from its own copies of the units that it reads, so that on the way back the many steep
 * ReLUs of one coordinate are never added up across rows.
 */
import type { AffineMap, Network } from "../../spec/networks/network.js";
import { formatRational, type Rational } from "../../spec/exact/rational.js";
import { alphabet } from "../../spec/rcnn/alphabet.js";
import { PHASE, toUnits, val, type Cell, type CellCode } from "../../spec/rcnn/cell-code.js";
import { CENTRE, PLACES } from "../../spec/rcnn/patch.js";
import { rejected, shortened, type Rejected, type Verdict, accepted } from "../verdict.js";
import { Work, withinWork } from "../work.js";
import { filterBackward, filterForward, headForward, memoryBackward, memoryForward, type Worst } from "./float-sums.js";
import { placeCells } from "./letters.js";
import { univariateTables } from "./univariate-tables.js";

/**
 * How a tensor engine forms the rows of V2: "dense" from all ReLUs of V1 at once, "taps" each from its own copies of
 * the ReLUs that it reads (docs/exactness.md).
 */
export type FloatLayout = "dense" | "taps";

/**
 * `unsupported`: the filter is not of the kind this checker decides. `not-dyadic`: a weight is not a multiple of a
 * power of two. `out-of-range`: a weight has more than 24 bits, or lies so near to 0 or so far from it that products
 * could leave float32's range of exponents.
 */
export type FloatFault = "unsupported" | "not-dyadic" | "out-of-range" | "too-large";

/** One kind of sum, and the worst of its instances. */
export interface ReductionBound {
  /** Such as "V3 forward": the matrix, or the part of Definition 5, and the direction. */
  readonly name: string;
  /** The row (or, backward, the column) of the matrix with the largest bound. */
  readonly row: number;
  /** The unit 2^-k on which all terms of that sum lie, "1" or "1/n" or "n". */
  readonly grid: string;
  /** Bound on the sum of absolute values, in units of `grid`; below 2^24. */
  readonly size: string;
}

/** All sums of a layout, in the order in which a pass meets them. */
export interface FloatBounds {
  readonly layout: FloatLayout;
  readonly rows: number;
  readonly mainColumns: number;
  readonly forward: readonly ReductionBound[];
  readonly backward: readonly ReductionBound[];
}

/** The question: which grid, which layout, and whether the backward pass counts. */
export interface FloatQuestion {
  readonly layout: FloatLayout;
  /** m + 1 */
  readonly rows: number;
  /** d + 1 */
  readonly mainColumns: number;
  /** Bound the sums of training as well as those of prediction. */
  readonly training: boolean;
}

/** float32 holds every integer up to here. */
export const FLOAT32_LIMIT: number = 2 ** 24;

/**
 * Bounds every sum of the network; rejects the first kind of sum that may reach 2^24 units, and says which.
 *
 * @param filter in u-units, accepted by check-function.ts on the well-formed alphabet
 * @param head F = 3^(K-2) f-bar_head of u-units, one hidden layer
 */
export function checkFloatBounds(
  filter: Network,
  head: Network,
  code: CellCode,
  question: FloatQuestion,
  work: Work = new Work(),
): Verdict<FloatFault, FloatBounds> {
  return withinWork(() => decide(filter, head, code, question, work));
}

function decide(
  filter: Network,
  head: Network,
  code: CellCode,
  question: FloatQuestion,
  work: Work,
): Verdict<FloatFault, FloatBounds> {
  for (const [name, { layers }] of Object.entries({ filter, head })) {
    const fault = numberFault(layers, name);
    if (fault !== undefined) return fault;
  }
  const cells = placeCells(alphabet(code, "well-formed"));
  const inUnits = (ofPlace: readonly Cell[]): number[] => ofPlace.map(({ value }) => Number(toUnits(code, value)));
  askForTables(filter, (cells[CENTRE] as readonly Cell[]).length, work);
  const tables = univariateTables(filter, cells.map(inUnits));
  if ("verdict" in tables) return tables;
  const trainingTables = univariateTables(
    filter,
    cells.map((ofPlace) => inUnits(ofPlace.filter(occursInTraining))),
  );
  if ("verdict" in trainingTables) return trainingTables;
  const { layout, rows, mainColumns, training } = question;
  const forward = [
    memoryForward(code),
    ...filterForward(filter, tables),
    ...headForward(head, inUnits(cells[CENTRE] as readonly Cell[]), rows * mainColumns),
  ];
  const backward = training ? [...memoryBackward(code, head), ...filterBackward(filter, trainingTables, layout)] : [];
  for (const bound of [...forward, ...backward]) {
    if (bound.size < FLOAT32_LIMIT) continue;
    return rejected(
      "too-large",
      bound.name,
      `with ${code.states} states, sums of ${bound.name} may reach ${bound.size} units of ${fraction(bound.grid)}; float32 is exact below ${FLOAT32_LIMIT}`,
      { row: String(bound.row), grid: fraction(bound.grid), size: String(bound.size), limit: String(FLOAT32_LIMIT) },
    );
  }
  const report = ({ name, row, grid, size }: Worst): ReductionBound => ({
    name,
    row,
    grid: fraction(grid),
    size: String(size),
  });
  return accepted({ layout, rows, mainColumns, forward: forward.map(report), backward: backward.map(report) });
}

/** How often the entries of V1 and V2 are looked at for each letter: in both tables, and in both directions. */
const LOOKS = 16;

/** Asks for the tables of V1 and V2, and for what is made of them. @throws {OutOfWork} */
function askForTables({ layers }: Network, letters: number, work: Work): void {
  const entries = (l: number): number => (layers[l]?.rows ?? []).reduce((sum, row) => sum + 1 + row.entries.length, 0);
  const gates = layers[2]?.rows.length ?? 0;
  work.spend(LOOKS * letters * (entries(0) + entries(1) + entries(2) + PLACES * gates));
}

/**
 * Whether a cell can occur while Algorithm 1 trains: p, the padding column's 1, a cell not yet memorized (0), a
 * memorized one (+-1/3), or one in the memory phase. By Lemma 3 (check-memorization.ts) no other value occurs then.
 */
function occursInTraining(cell: Cell): boolean {
  return val(cell, 2) !== PHASE.compute;
}

/**
 * Weights and biases other than 0 lie between 2^-EXPONENTS and 2^EXPONENTS in absolute value. Terms are products of a
 * cell value, which is below 2^24, and at most two weights of the head, or of numbers of U_s; so they and their sums
 * stay between 2^-126 and 2^127, where float32 keeps 24 bits.
 */
const EXPONENTS = 40n;

/** The first row with a number that float32 does not hold, or whose products it might not hold. */
function numberFault(layers: readonly AffineMap[], name: string): Rejected<FloatFault> | undefined {
  for (const [i, layer] of layers.entries()) {
    for (const [r, row] of layer.rows.entries()) {
      const path = `${name}.layers[${i}].rows[${r}]`;
      for (const number of [row.bias, ...row.entries.map(([, weight]) => weight)]) {
        if ((number.d & (number.d - 1n)) !== 0n) {
          return rejected("not-dyadic", path, "a weight or bias is not a multiple of a power of two");
        }
        if (!isInRange(number)) {
          const message = `a weight or bias has more than 24 bits, or is not between 2^-${EXPONENTS} and 2^${EXPONENTS}`;
          return rejected("out-of-range", path, message, { number: shortened(formatRational(number), 60) });
        }
      }
    }
  }
  return undefined;
}

/** Whether a dyadic number is 0, or has at most 24 bits and a size within the range of exponents. */
function isInRange({ n, d }: Rational): boolean {
  if (n === 0n) return true;
  const odd = n / (n & -n);
  return odd < 2n ** 24n && n <= d << EXPONENTS && d <= n << EXPONENTS;
}

/** A power of two as "n" or "1/n". */
function fraction(power: number): string {
  return power >= 1 ? String(BigInt(power)) : `1/${BigInt(1 / power)}`;
}
