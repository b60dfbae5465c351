/**
 * What a checker says: accepted with a result, rejected with a code, a place and a witness, or undecided at a named limit.
 */

/**
 * The claim holds. The result is what was decided, or how much was looked at, so that tests can compare closed formulas.
 *
 * @example
 * ```ts
 * import { certify, loadMachine, type Accepted, type Certified } from "weightproof";
 *
 * const verdict = certify(loadMachine("bb2"));
 * const accepted: Accepted<Certified> | undefined = verdict.verdict === "accepted" ? verdict : undefined;
 * accepted?.result.certificate.statement; // => "filter"
 * ```
 */
export interface Accepted<Result> {
  readonly verdict: "accepted";
  readonly result: Result;
}

/**
 * The claim fails. One code for each condition; the witness is enough to see the failure by hand.
 *
 * @example
 * ```ts
 * import { check, type Rejected } from "weightproof";
 *
 * const verdict = check("{}");
 * const rejected: Rejected<string> | undefined = verdict.verdict === "rejected" ? verdict : undefined;
 * rejected?.code; // => "schema"
 * ```
 */
export interface Rejected<Code extends string> {
  readonly verdict: "rejected";
  readonly code: Code;
  /** Where: a JSON path or the name of a part, such as "filter.layers[2].rows[3]". */
  readonly path: string;
  /** One sentence. */
  readonly message: string;
  readonly witness: Witness;
}

/**
 * The claim was not decided: a documented limit was reached first. Never a kind of acceptance.
 *
 * @example
 * ```ts
 * import type { Undecided, Verdict } from "weightproof";
 *
 * // 0 accepted, 1 rejected, 3 undecided: the exit codes of the command line.
 * function exitCode(verdict: Verdict<string, unknown>): number {
 *   return { accepted: 0, rejected: 1, undecided: 3 }[verdict.verdict];
 * }
 * const outOfWork: Undecided = { verdict: "undecided", limit: "work", message: "more than 3 steps of work" };
 * exitCode(outOfWork); // => 3
 * ```
 */
export interface Undecided {
  readonly verdict: "undecided";
  /** The name of the limit. */
  readonly limit: string;
  readonly message: string;
}

/**
 * JSON data; numbers are exact strings.
 *
 * @example
 * ```ts
 * import { check, type Witness } from "weightproof";
 *
 * const verdict = check('{"format": "weightproof-certificate", "version": 1, "system": "other", "statement": "filter"}');
 * const witness: Witness | undefined = verdict.verdict === "rejected" ? verdict.witness : undefined;
 * witness?.["stated"]; // => "other"
 * ```
 */
export type Witness = { readonly [key: string]: string | number | boolean | null | readonly string[] | Witness };

/**
 * What a checker says: it never throws on the claim that it decides.
 *
 * @example
 * ```ts
 * import { check, type Verdict } from "weightproof";
 *
 * function lineOf(verdict: Verdict<string, unknown>): string {
 *   if (verdict.verdict === "accepted") return "accepted";
 *   if (verdict.verdict === "undecided") return `undecided: ${verdict.limit}`;
 *   return `rejected: ${verdict.code} at ${verdict.path}: ${verdict.message}`;
 * }
 * lineOf(check("not JSON")).startsWith("rejected: not-json at"); // => true
 * ```
 */
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

/**
 * Whether a claim was found to hold; undecided is no.
 *
 * @example
 * ```ts
 * import { check, isAccepted } from "weightproof/checkers";
 *
 * const verdict = await check("{}");
 * isAccepted(verdict); // => false
 * ```
 */
export function isAccepted<Code extends string, Result>(verdict: Verdict<Code, Result>): verdict is Accepted<Result> {
  return verdict.verdict === "accepted";
}

/** A text of a certificate as messages and witnesses quote it: a certificate may state anything, at any length. */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 3)}...`;
}
