/** The learners that have a name. */
import type { Program } from "../language/expression.js";
import { conjunctionLearner, constantLearner, halvingLearner, parityLearner } from "./elimination.js";
import { decisionListLearner, perceptronLearner, winnowLearner } from "./levels.js";

/** A learner for points of n bits. @throws {RangeError} if n is too large for it */
export type LearnerOfBits = (n: number) => Program;

/** By name. */
export const GALLERY_LEARNERS: Readonly<Record<string, LearnerOfBits>> = {
  parity: parityLearner,
  halving: halvingLearner,
  conjunction: conjunctionLearner,
  "decision-list": decisionListLearner,
  perceptron: (n) => perceptronLearner(n),
  winnow: winnowLearner,
  constant: constantLearner,
};
