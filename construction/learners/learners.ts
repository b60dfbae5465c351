/** The learners that ship with the project: for each its program, its oracle and what it needs. */
import type { Program } from "../language/statement.js";
import { conjunction } from "./conjunction.js";
import { dictator } from "./dictator.js";
import { exactMatch } from "./exact-match.js";
import { majority } from "./majority.js";
import { nearestExample } from "./nearest-example.js";
import {
  conjunctionOracle,
  dictatorOracle,
  exactMatchOracle,
  majorityOracle,
  nearestExampleOracle,
  parityOracle,
  type Oracle,
} from "./oracles.js";
import { parity } from "./parity.js";
import { stepBound, type StepBound } from "./step-bound.js";

/** A learning machine for XOR tapes of every size d, m >= 1, in the sense of B.1.2. */
export interface Learner {
  /** Also the name of its program and of its file, machines/learners/NAME.yaml. */
  readonly name: string;
  readonly program: Program;
  /** The function that the machine computes, for every training set. */
  readonly oracle: Oracle;
  /** How many padding columns the machine needs at least; the same for all d and m. */
  readonly paddingColumns: number;
  /** A bound on the steps of the normal machine, for every tape with m examples of d coordinates. */
  readonly maxSteps: StepBound;
}

/** All learners, parity first. */
export const learners: readonly Learner[] = [
  {
    name: "parity",
    program: parity,
    oracle: parityOracle,
    paddingColumns: 1,
    maxSteps: stepBound("2 d^2 m + 8 d m + d^2 + 10 d + m + 7"),
  },
  {
    name: "majority",
    program: majority,
    oracle: majorityOracle,
    paddingColumns: 1,
    maxSteps: stepBound("m^2 + 2 d m + 7 m + d + 11"),
  },
  {
    name: "exact-match",
    program: exactMatch,
    oracle: exactMatchOracle,
    paddingColumns: 1,
    maxSteps: stepBound("2 d m + 4 m + d + 4"),
  },
  {
    name: "nearest-example",
    program: nearestExample,
    oracle: nearestExampleOracle,
    paddingColumns: 1,
    maxSteps: stepBound("2 d^2 m + 10 d m + 8 m + 8 d + 6"),
  },
  {
    name: "dictator",
    program: dictator,
    oracle: dictatorOracle,
    paddingColumns: 0,
    maxSteps: stepBound("4 d m + m + 5 d + 4"),
  },
  {
    name: "conjunction",
    program: conjunction,
    oracle: conjunctionOracle,
    paddingColumns: 0,
    maxSteps: stepBound("6 d m + m + 5 d + 4"),
  },
];
