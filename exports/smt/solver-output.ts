/**
 * What an SMT solver prints after check-sat and get-value, read as the two solvers spell it: an answer, and rationals.
 */
import { rational, type Rational } from "../../spec/exact/rational.js";

/** Values by name; those that are not rationals are left out. */
export type SmtModel = ReadonlyMap<string, Rational>;

/** The answer of a solver, with its model if it gave one. */
export interface SolverOutput {
  readonly answer: "unsat" | "sat" | "unknown";
  /** Present after sat, if values were asked for. */
  readonly model?: SmtModel;
}

/** Reads a solver's output; undefined if it does not begin with an answer. */
export function readSolverOutput(text: string): SolverOutput | undefined {
  const forms = readForms(text);
  const [answer, values] = forms ?? [];
  if (answer !== "unsat" && answer !== "sat" && answer !== "unknown") return undefined;
  if (answer !== "sat" || !isList(values)) return { answer };
  const model = new Map<string, Rational>();
  for (const pair of values) {
    if (!isList(pair) || pair.length !== 2) continue;
    const [name, value] = pair;
    const number = value === undefined ? undefined : toRational(value);
    if (typeof name === "string" && number !== undefined) model.set(name, number);
  }
  return { answer, model };
}

/** A symbol, numeral or string as text, or a list. */
type Form = string | readonly Form[];

function isList(form: Form | undefined): form is readonly Form[] {
  return Array.isArray(form);
}

/** All forms of a text that closes every parenthesis it opens, or undefined. */
function readForms(text: string): readonly Form[] | undefined {
  const top: Form[] = [];
  const open: Form[][] = [top];
  for (const [word] of text.matchAll(/[()]|"(?:[^"]|"")*"|\|[^|]*\||[^\s()"|]+/g)) {
    if (word === "(") {
      open.push([]);
    } else if (word === ")") {
      const list = open.pop() as Form[];
      const outer = open.at(-1);
      if (outer === undefined) return undefined;
      outer.push(list);
    } else {
      open.at(-1)?.push(word);
    }
  }
  return open.length === 1 ? top : undefined;
}

/**
 * A numeral or decimal, under "-" of one argument and "/" of two: 2, 2.0, (- 2.0), (/ 1 4), (/ (- 1) 4), (- (/ 1.0
 * 4.0)).
 */
function toRational(form: Form): Rational | undefined {
  if (!isList(form)) return toNumber(form);
  const [operator, ...terms] = form;
  const [left, right] = terms.map(toRational);
  if (left === undefined) return undefined;
  if (operator === "-" && terms.length === 1) return left.neg();
  if (operator === "/" && terms.length === 2 && right !== undefined && right.n !== 0n) return left.div(right);
  return undefined;
}

function toNumber(word: string): Rational | undefined {
  const match = /^(-?)([0-9]+)(?:\.([0-9]+))?$/.exec(word);
  if (match === null) return undefined;
  const [, sign = "", whole = "", fraction = ""] = match;
  const size = rational(BigInt(whole + fraction), 10n ** BigInt(fraction.length));
  return sign === "" ? size : size.neg();
}
