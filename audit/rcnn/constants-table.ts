/** The constants of Theorem 1 and Lemma 2 on the page, and the sizes of three constructions. */
import type { NamedConstant, SizeTable } from "../paper.js";
import { group, POWERS, sizeRow } from "./growth.js";

/** The constants that reports show: name on the page, computation, quantity, remark. */
export const CONSTANTS: readonly NamedConstant[] = [
  ["c1, c2'", "layers-until-the-end", "smallest c1", "L = c1 (t + m + d) layers; 1 + max(t, m + d) are needed"],
  [
    "c2(2)",
    "hit-probability",
    "c2(2)",
    "largest: one draw hits the filter with probability at least s^(-c2 s^2), for s >= 2",
  ],
  ["c2(16)", "hit-probability", "c2(16)", "the same at 16 states; c2(s) falls and stays above 30000"],
  ["c2(256)", "hit-probability", "c2(256)", "the same at 256 states"],
  ["c2(2), anywhere", "hit-probability-any-place", "c2(2)", "the filter anywhere among the hidden units, widths 100 s"],
  ["c2(2), narrow", "hit-probability-at-actual-widths", "c2(2)", "one draw at the widths that suffice"],
  ["ln Pr, s = 2", "hit-probability", "ln Pr, s = 2", "one draw, widths of Algorithm 1"],
  ["ln Pr, s = 256", "hit-probability", "ln Pr, s = 256", "one draw, widths of Algorithm 1"],
  ["c3", "digits-of-a-cell", "c3 in base-3 digits", "ceil(log2 s) + c3 base-3 digits a cell"],
  [
    "c3, weights",
    "digits-of-a-weight",
    "c3 for the weights",
    "ceil(log2 s) + c3 base-3 digits a weight, in quarters of u",
  ],
  ["c3 in bits", "digits-of-a-cell", "c3 in bits, up to s = 4096", "grows with log s; no constant serves"],
  ["c1', s >= 1", "size-of-the-weight-set", "smallest c1' for s >= 1", "|U_s| <= c1' s"],
  ["c1', s >= 2", "size-of-the-weight-set", "smallest c1' for s >= 2", "|U_s| <= c1' s; tends to 18"],
  ["|U_s|", "size-of-the-weight-set", "from s = 3 on", "the paper: 24 * 16 s + 5"],
  ["parameters", "parameters-of-definition-5", "formula", "the paper: about 10^4 s^2"],
  ["ReLUs of the head", "relus-of-the-head", "kinks, hence needed", "the paper: six"],
  ["eta", "eighteen-and-one-fifty-fourth", "the only eta that stores 1/3", "18 eta = 1/3"],
];

/** Weights, different values and bits, as printed, of the gated filter, and of Lemma 5 to the letter. */
export function sizeTable(): SizeTable {
  return {
    title: "Weights, different values, bits",
    about:
      "Bits: parameters times the bits that name one of the values. The gated filter has the widths that suffice for every machine of s states.",
    size: "s",
    columns: ["parameters", "values", "bits"],
    groups: ["as the paper prints it", "gated filter", "Lemma 5 to the letter"],
    rows: POWERS.map((s) => {
      const { printed, gated, literal } = sizeRow(s);
      return { name: String(s), values: [...printed, ...gated, ...literal].map(group) };
    }),
  };
}
