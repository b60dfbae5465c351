import { parityOracle, type Oracle } from "./oracles.js";
import { parity } from "./parity.js";
import type { Program } from "../language/statement.js";
export interface Learner { readonly name: string; readonly program: Program; readonly oracle: Oracle; readonly paddingColumns: number }
export const learners: readonly Learner[] = [{ name: "parity", program: parity, oracle: parityOracle, paddingColumns: 1 }];
