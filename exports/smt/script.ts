/**
 * SMT-LIB 2 scripts: named definitions, of which a script carries those that its assertions need, and one check-sat.
 */
import type { Term } from "./terms.js";

/** A named term, which other terms use by its name. */
export interface Definition {
  readonly name: string;
  readonly sort: "Real" | "Bool";
  readonly term: Term;
  /**
   * Write a constant and an equation instead of a macro. It says the same, for a value is given to the name in every
   * model and in one way only; solvers handle a sum that many terms read better if it is a variable of theirs.
   */
  readonly asConstant?: boolean;
}

/** Definitions under a heading. */
export interface Section {
  /** Lines of a comment. */
  readonly heading: readonly string[];
  /** In an order in which each reads only what precedes it. */
  readonly definitions: readonly Definition[];
}

/** A script: header, variables, definitions, assertions, and the values to ask for. */
export interface Script {
  /** Lines of the comment at the top. */
  readonly header: readonly string[];
  readonly logic: string;
  /** Free variables, all of sort Real. */
  readonly variables: readonly string[];
  readonly sections: readonly Section[];
  readonly assertions: readonly { readonly heading: readonly string[]; readonly terms: readonly Term[] }[];
  /** Names whose values are asked for after a sat. */
  readonly values: readonly string[];
}

/** The text of a script, without definitions that nothing in it reads. */
export function printScript({ header, logic, variables, sections, assertions, values }: Script): string {
  const all = new Map(sections.flatMap(({ definitions }) => definitions).map((each) => [each.name, each]));
  const read = namesRead(all, [...assertions.flatMap(({ terms }) => terms), ...values]);
  const used = sections
    .map((section) => ({ ...section, definitions: section.definitions.filter(({ name }) => read.has(name)) }))
    .filter(({ definitions }) => definitions.length > 0);
  const lines = [
    ...comment(header),
    "(set-option :produce-models true)",
    `(set-logic ${logic})`,
    ...variables.map((name) => `(declare-const ${name} Real)`),
    ...used.flatMap(({ heading, definitions }) => ["", ...comment(heading), ...definitions.flatMap(printDefinition)]),
    ...assertions.flatMap(({ heading, terms }) => [
      "",
      ...comment(heading),
      ...terms.map((term) => `(assert ${term})`),
    ]),
    "",
    "(check-sat)",
    "; After a sat, the next line asks where; after an unsat it would be an error, so it is a comment.",
    `${VALUES}${values.join(" ")}))`,
  ];
  return `${lines.join("\n")}\n`;
}

/** How the last line of a script begins: the question that only a sat leaves open. */
const VALUES = "; (get-value (";

/** The script with its last line as a command, for a query that is sat; undefined if it asks for no values. */
export function askingForValues(script: string): string | undefined {
  const at = script.lastIndexOf(VALUES);
  if (at < 0) return undefined;
  return `${script.slice(0, at)}${script.slice(at + 2)}`;
}

function comment(lines: readonly string[]): string[] {
  return lines.map((line) => (line === "" ? ";" : `; ${line}`));
}

function printDefinition({ name, sort, term, asConstant }: Definition): string[] {
  if (asConstant === true) return [`(declare-const ${name} ${sort})`, `(assert (= ${name} ${term}))`];
  return [`(define-fun ${name} () ${sort} ${term})`];
}

function namesRead(definitions: ReadonlyMap<string, Definition>, terms: readonly Term[]): ReadonlySet<string> {
  const read = new Set<string>();
  const open = [...terms];
  for (let term = open.pop(); term !== undefined; term = open.pop()) {
    for (const [word] of term.matchAll(/[^\s()]+/g)) {
      const definition = definitions.get(word);
      if (definition === undefined || read.has(word)) continue;
      read.add(word);
      open.push(definition.term);
    }
  }
  return read;
}
