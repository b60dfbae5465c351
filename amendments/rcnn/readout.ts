/**
 * Amendments to the head: f-bar_head of B.2 and f_head of Definition 5.
 */
import { gridName, gridShapes } from "./grid-shapes.js";
import { formatRational, rational, ZERO, type Rational } from "../../spec/exact/rational.js";
import { cellCode } from "../../spec/rcnn/cell-code.js";
import { encodeTapeCell } from "../../spec/rcnn/configuration-code.js";
import { READOUT, readout, readoutAsPrinted } from "../../spec/rcnn/readout.js";
import { amendment, type FamilyAmendment, type Finding, type Instance } from "../amendment.js";

/** In the order of the paper. */
export const READOUT_AMENDMENTS: readonly FamilyAmendment[] = [
  amendment({
    id: "head-shapes",
    place: "Definition 5, f_head",
    printed: "U1 is d_head x 1 and U2 is 1 x d_head in U1 sigma(U2 z).",
    amended: "U1 is 1 x d_head and U2 is d_head x 1.",
    reason: "z is one number, and so must be the product. The printed shapes allow for d_head = 1 only.",
    order: "d_head = 1 ... 6",
    instances: headShapes,
  }),
  amendment({
    id: "head-continuous",
    place: "B.2, f-bar_head",
    printed: "The three steep lines hold on open intervals; at 0, 3^-2 and 1/6 the last line says 1.",
    amended: "They hold on closed ones, on which neighbours agree: 2 at 0, 0 at 3^-2, 1 at 1/6.",
    reason: "B.3 wants a ReLU network for it, and those are continuous.",
    order: "the ends of the lines, rising: -1/6, 0, 3^-2, 1/6",
    instances: headContinuous,
  }),
  amendment({
    id: "head-blank-cell",
    place: "B.2, f-bar_head, against the end of B.3",
    printed: "At 3^-2 the head is 1.",
    amended: "At 3^-2 it is 0.",
    reason: "B.3 ends with blank cells 3^-2, which must not add to the prediction.",
    order: "final data grids by number of cells, then by number of rows, up to 4 cells; output 1, then -1",
    instances: headBlankCell,
  }),
];

function* headShapes(): Generator<Instance> {
  for (let units = 1; units <= 6; units++) {
    const finding = (u1: Shape, u2: Shape): Finding => {
      const hidden = product(u2, [1, 1]);
      const result = hidden === undefined ? undefined : product(u1, hidden);
      return {
        holds: result !== undefined && result[0] === 1 && result[1] === 1,
        found:
          hidden === undefined
            ? `U2 z does not exist: ${u2.join(" x ")} by 1 x 1`
            : `U1 sigma(U2 z) is ${result?.join(" x ") ?? "undefined"}`,
      };
    };
    yield {
      text: `d_head = ${units}`,
      printed: () => finding([units, 1], [1, units]),
      amended: () => finding([1, units], [units, 1]),
    };
  }
}

type Shape = readonly [rows: number, columns: number];

/** The shape of a matrix product, if there is one. */
function product(left: Shape, right: Shape): Shape | undefined {
  return left[1] === right[0] ? [left[0], right[1]] : undefined;
}

function* headContinuous(): Generator<Instance> {
  for (const kink of READOUT.kinks) {
    const finding = (f: (x: Rational) => Rational): Finding => {
      // Between kinks, which are at least 1/18 apart, f is affine: two values give its limit at the kink.
      const limit = (near: Rational): Rational => {
        const [one, two] = [f(kink.add(near)), f(kink.add(near).add(near))];
        return one.add(one).sub(two);
      };
      const step = rational(1n, 108n);
      const [left, value, right] = [limit(step.neg()), f(kink), limit(step)];
      return {
        holds: left.equals(value) && right.equals(value),
        found: `limits ${formatRational(left)} and ${formatRational(right)}, value ${formatRational(value)}`,
      };
    };
    yield {
      text: `x = ${formatRational(kink)}`,
      printed: () => finding(readoutAsPrinted),
      amended: () => finding(readout),
    };
  }
}

function* headBlankCell(): Generator<Instance> {
  const code = cellCode(1);
  for (const [rows, columns] of gridShapes(4)) {
    for (const output of [1, -1] as const) {
      const values = Array.from({ length: rows * columns }, (_, k) =>
        encodeTapeCell(code, k === 0 ? { symbol: output, state: 0 } : { symbol: 0, state: undefined }),
      );
      const finding = (f: (x: Rational) => Rational): Finding => {
        const sum = values.reduce((total, value) => total.add(f(value)), ZERO);
        return { holds: sum.equals(BigInt(output)), found: `the cells add up to ${formatRational(sum)}` };
      };
      yield {
        text: `final ${gridName(rows, columns)} with output ${output}, head on the corner, all else blank`,
        printed: () => finding(readoutAsPrinted),
        amended: () => finding(readout),
      };
    }
  }
}
