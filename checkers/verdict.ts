/**
 * What a checker says: accepted with a result, rejected with a code, a place and a witness, or undecided at a named limit.
 */

/** The claim holds. The result is what was decided, or how much was looked at, so that tests can compare closed formulas. */
export interface Accepted<Result> {
  readonly verdict: "accepted";
  readonly result: Result;
}

/** The claim fails. One code for each condition; the witness is enough to see the failure by hand. */
export interface Rejected<Code extends string> {
  readonly verdict: "rejected";
  readonly code: Code;
  /** Where: a JSON path or the name of a part, such as "filter.layers[2].rows[3]". */
  readonly path: string;
  /** One sentence. */
  readonly message: string;
  readonly witness: Witness;
}

/** The claim was not decided: a documented limit was reached first. Never a kind of acceptance. */
export interface Undecided {
  readonly verdict: "undecided";
  /** The name of the limit. */
  readonly limit: string;
  readonly message: string;
}

/** JSON data; numbers are exact strings. */
export type Witness = { readonly [key: string]: string | number | boolean | null | readonly string[] | Witness };

export type Verdict<Code extends string, Result> = Accepted<Result> | Rejected<Code> | Undecided;

/** The claim holds, with what was decided. */
export function accepted<Result>(result: Result): Accepted<Result> {
  return { verdict: "accepted", result };
}

/** The claim fails: why, where, in one sentence, and what shows it. */
export function rejected<Code extends string>(
  code: Code,
  path: string,
  message: string,
  witness: Witness = {},
): Rejected<Code> {
  return { verdict: "rejected", code, path, message, witness };
}

/** A documented limit was reached before the claim was decided. */
export function undecided(limit: string, message: string): Undecided {
  return { verdict: "undecided", limit, message };
}

/** Whether a claim was found to hold; undecided is no. */
export function isAccepted<Code extends string, Result>(verdict: Verdict<Code, Result>): verdict is Accepted<Result> {
  return verdict.verdict === "accepted";
}

/** A text of a certificate as messages and witnesses quote it: a certificate may state anything, at any length. */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 3)}...`;
}
