/**
 * What a checker says: accepted with counts, rejected with a code, a place and a witness, or undecided at a named limit.
 */

/** The claim holds; `counts` say how much was looked at, so that a test can compare them with closed formulas. */
export interface Accepted<Counts> {
  readonly verdict: "accepted";
  readonly counts: Counts;
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

export type Verdict<Code extends string, Counts> = Accepted<Counts> | Rejected<Code> | Undecided;

export function rejected<Code extends string>(
  code: Code,
  path: string,
  message: string,
  witness: Witness = {},
): Rejected<Code> {
  return { verdict: "rejected", code, path, message, witness };
}

/** A text of a certificate as messages and witnesses quote it: a certificate may state anything, at any length. */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 3)}...`;
}
