/** The lines of the cell rule for readers: what each says, and its formula in the paper's terms. */
import type { RuleLine } from "../../spec/rcnn/cell-rule.js";

/** A line of the definition. */
export interface RuleText {
  /** What has to hold, and what happens, in a sentence. */
  readonly says: string;
  /** The new value; x is the cell, [0] the next state, [1] the symbol that is written, [2] the move. */
  readonly formula: string;
}

/** Every line, by name. */
export const RULE_TEXTS: Readonly<Record<RuleLine, RuleText>> = {
  "msg-1-memorize": {
    says: "The cell is 0 and the cell above is the edge or a settled data cell: this row is the next to be memorized.",
    formula: "−3⁻², with slope 1: the gradient passes here",
  },
  "msg-2-spread-memory": {
    says: "A neighbour above or below is in the memory phase, which spreads.",
    formula: "−3⁻²",
  },
  "msg-3-start": {
    says: "A data cell with a 1 on its right and the edge below: the corner in which the machine starts.",
    formula: "x + 3⁻² + 3⁻³: compute phase, and the head in the first state",
  },
  "msg-4-spread-compute": {
    says: "A neighbour is in the compute phase, which spreads.",
    formula: "x + 3⁻²",
  },
  "msg-5-keep": { says: "The phase is unknown and nothing reaches this cell: it stays.", formula: "x" },
  "tm-1-head-here": {
    says: "The head is here: it writes and leaves, or stays if it must.",
    formula: "γ(x)[1]·3⁻¹ + 3⁻², and 3⁻³ with the code of γ(x)[0] if the head stays",
  },
  "tm-2-head-below": {
    says: "The head is below. If it moves up, it arrives here.",
    formula: "x, and 3⁻³ with the code of the next state if its move is up",
  },
  "tm-3-head-above": {
    says: "The head is above. If it moves down, it arrives here.",
    formula: "x, and 3⁻³ with the code of the next state if its move is down",
  },
  "tm-4-head-right": {
    says: "The head is on the right. If it moves left, it arrives here.",
    formula: "x, and 3⁻³ with the code of the next state if its move is left",
  },
  "tm-5-head-left": {
    says: "The head is on the left. If it moves right, it arrives here.",
    formula: "x, and 3⁻³ with the code of the next state if its move is right",
  },
  "tm-6-keep": { says: "No head is here or beside this cell: it stays.", formula: "x" },
  "otherwise-keep": { says: "The cell is in the memory phase, or no cell of the grid at all: it stays.", formula: "x" },
};

/** The nine places of a patch. */
export const PLACES: readonly string[] = [
  "above left",
  "above",
  "above right",
  "left",
  "centre",
  "right",
  "below left",
  "below",
  "below right",
];

/** Groups the digits of a long number. */
export function grouped(number: number | string): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** "1 layer", "2 layers". */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
}
