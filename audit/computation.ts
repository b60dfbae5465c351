/** Named exact computations: what a claim's evidence of the kind "count" runs. */
import type { Outcome } from "./outcome.js";

/** A computation: deterministic, of its own accord, without input. */
export interface Computation {
  /** Kebab-case; registry entries refer to it. */
  readonly name: string;
  /** One sentence: what is counted. */
  readonly about: string;
  readonly run: () => Outcome;
}

/** A finding that holds if no example speaks against it. */
export function unless(counterexample: string | undefined, otherwise: string): { holds: boolean; found: string } {
  return counterexample === undefined ? { holds: true, found: otherwise } : { holds: false, found: counterexample };
}

/** "true" or "false", as registry entries spell it. */
export function yesNo(holds: boolean): string {
  return holds ? "true" : "false";
}
