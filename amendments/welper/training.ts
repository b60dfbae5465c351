/** Amendments to section 5 and appendix C: the extended network. */
import { extendedLosses, orthogonal, type ExtendedConstants } from "../../spec/welper/extended-network.js";
import { amendment, type FamilyAmendment, type Finding, type Instance } from "../amendment.js";

/** In the order of the paper. */
export const TRAINING_AMENDMENTS: readonly FamilyAmendment[] = [
  amendment({
    id: "label-offset",
    place: "Corollary 2.2, (4), 5.2",
    printed: "The loss does not rise from its first value, |y|^2 / 2.",
    amended: "z + a takes the place of z in s_init and as labels: the first loss is |a - y|^2 / 2, of any size.",
    reason:
      "In the next step the output is orthogonal to y, so |y|^2 / 2 is still there, and the machine's loss beside it.",
    order: "4 ... 6 labels -1, the first ones turned to 1",
    instances: firstLosses,
  }),
  amendment({
    id: "held-root",
    place: "5.4, f_TM",
    printed: "f_TM = sqrt(2 l) f_perp.",
    amended:
      "sqrt(2 ((l - \\l\\) + h)), with h held at one value while the machine runs and at another when it has halted.",
    reason: "Square roots are not numbers of a computer; a held value is, and its gradient is that of l all the same.",
    order: "l = 1 ... 4",
    instances: roots,
  }),
  amendment({
    id: "dyadic-perp",
    place: "Appendix C",
    printed: "v less its projection onto the labels, scaled to length 1.",
    amended: "(-y_2, y_1, -y_4, y_3, 0, ...) / 2, for labels -1 and 1.",
    reason: "The printed vector has square roots, and needs a division, which (1) does not list.",
    order: "4 ... 6 labels -1, the first ones turned to 1; v = e_1",
    instances: perpendiculars,
  }),
  amendment({
    id: "one-label",
    place: "5.4, Appendix C, Proposition 2.1",
    printed: "There is a vector that is orthogonal to the labels, for any n and m.",
    amended: "For n m of at least 2; exact ones, as used here, for 4.",
    reason: "Orthogonal to one number other than 0 is only 0.",
    order: "1 ... 3 labels -1, 1, -1",
    instances: singles,
  }),
  amendment({
    id: "stop-norm",
    place: "(4), 5.4",
    printed: "B_stop is a bound of |f - y|.",
    amended: "Of |f - y|^2 / 2, which is the loss.",
    reason: "From 2 on the square's half is the larger one, so training never stops.",
    order: "|f - y| = 1, 2, 3, with B_stop = |f - y|",
    instances: stopNorms,
  }),
  amendment({
    id: "fixed-start",
    place: "5.4, s_0",
    printed: "s_0 and T_0 hold the start of the machine, with the data.",
    amended: "All heads start on cells that are blank whatever the data are.",
    reason:
      "s_0 must not depend on the data; a vertex that says another symbol than the cell has writes it there or reads it wrongly.",
    order: "first cells -1, 1; s_0 at (q_0, -1)",
    instances: starts,
  }),
];

const finding = (holds: boolean, found: string): Finding => ({ holds, found });

function* labelSets(): Generator<number[]> {
  for (let n = 4; n <= 6; n++)
    for (let ones = 0; ones <= n; ones++) yield Array.from({ length: n }, (_, i) => (i < ones ? 1 : -1));
}

const CONSTANTS: ExtendedConstants = {
  offset: 4,
  held: { running: 2, halted: 1 },
  turns: { init: [1, 2], net: [2, 3] },
  stop: 4,
};

function* firstLosses(): Generator<Instance> {
  for (const labels of labelSets()) {
    const examples = labels.map((y) => ({ x: [1], y }));
    const losses = (offset: number): Finding => {
      const { first, running } = extendedLosses({ ...CONSTANTS, offset }, [1, 1], [0, 0], examples);
      return finding(first >= running, `first ${first}, then ${running}`);
    };
    yield { text: `labels ${labels.join(", ")}`, printed: () => losses(0), amended: () => losses(4) };
  }
}

/** Whether a square root of an integer is one. */
function isSquare(value: number): boolean {
  return Number.isInteger(Math.sqrt(value));
}

function* roots(): Generator<Instance> {
  for (let l = 1; l <= 4; l++) {
    yield {
      text: `l = ${l}`,
      printed: () => finding(isSquare(2 * l), `the square root of ${2 * l}`),
      amended: () => finding(isSquare(2 * (l - l + 2)), "the square root of 4"),
    };
  }
}

function* perpendiculars(): Generator<Instance> {
  for (const labels of labelSets()) {
    const n = labels.length;
    yield {
      text: `labels ${labels.join(", ")}`,
      // e_1 less y_1 / n times y has the squared norm 1 - 1 / n: a rational length needs n (n - 1) to be a square.
      printed: () => finding(isSquare(n * (n - 1)), `its length is the square root of ${n - 1}/${n}`),
      amended: () => {
        const vector = orthogonal(labels);
        const product = vector.reduce((sum, value, i) => sum + value * (labels[i] as number), 0);
        const square = vector.reduce((sum, value) => sum + value * value, 0);
        return finding(product === 0 && square === 1, `(${vector.join(", ")})`);
      },
    };
  }
}

function* singles(): Generator<Instance> {
  for (let n = 1; n <= 3; n++) {
    // Orthogonal to (-1, 1, ...): (1, 1, 0); to one number only 0.
    const found = n === 1 ? "only 0 is orthogonal" : "(1, 1) / sqrt(2) is orthogonal";
    yield {
      text: `${n} label${n === 1 ? "" : "s"}`,
      printed: () => finding(n > 1, found),
      amended: () => finding(n > 1 || found === "only 0 is orthogonal", n > 1 ? found : "it is refused"),
    };
  }
}

function* stopNorms(): Generator<Instance> {
  for (let norm = 1; norm <= 3; norm++) {
    const loss = norm ** 2 / 2;
    const stops = (threshold: number): Finding =>
      finding(loss <= threshold, `final loss ${loss}, threshold ${threshold}`);
    yield { text: `|f - y| = ${norm}`, printed: () => stops(norm), amended: () => stops(loss) };
  }
}

function* starts(): Generator<Instance> {
  for (const symbol of [-1, 1]) {
    // In q_0 the machine keeps what it reads; the vertex says -1.
    const written = (cell: number): Finding =>
      finding(cell === -1, `the cell has ${cell}, and -1 is written: ${cell === -1 ? "it is kept" : "it is lost"}`);
    yield { text: `first cell ${symbol}`, printed: () => written(symbol), amended: () => written(-1) };
  }
}
