/** DIMACS CNF: a formula as the function of its assignment, with the one output "satisfied". */
import { complement, type AndInverterGraph, type Literal } from "../../spec/circuits/and-inverter-graph.js";
import { InputError, quoteInput } from "../input-error.js";
import { MAX_CIRCUIT_INPUTS } from "./circuit-limits.js";
import { GraphBuilder } from "./graph-builder.js";

/**
 * The circuit of a CNF: inputs x1 ... xn, and 1 where all clauses hold. An empty clause holds nowhere.
 *
 * @param file what to call the text in messages
 * @throws {InputError} "file:line: ..." if it is malformed, or too large
 */
export function readCnf(text: string, file: string): AndInverterGraph {
  const error = (line: number, message: string): InputError => new InputError(`${file}:${line}: ${message}`);
  let header: { readonly variables: number; readonly clauses: number; readonly line: number } | undefined;
  const clauses: number[][] = [];
  let clause: number[] | undefined;
  let last = 1;
  for (const [i, raw] of text.split(/\r?\n/).entries()) {
    const line = i + 1;
    const words = raw.trim().split(/\s+/);
    if (words[0] === "" || words[0] === "c" || words[0]?.startsWith("c") === true) continue;
    // What some collections put after the last clause.
    if (words[0] === "%") break;
    last = line;
    if (words[0] === "p") {
      if (header !== undefined) throw error(line, "expected one header, got another");
      const [, , variables = "", count = ""] = words;
      if (words[1] !== "cnf" || words.length !== 4 || !/^\d{1,9}$/.test(variables) || !/^\d{1,9}$/.test(count))
        throw error(line, `expected "p cnf VARIABLES CLAUSES", got ${quoteInput(raw.trim())}`);
      header = { variables: Number(variables), clauses: Number(count), line };
      if (header.variables > MAX_CIRCUIT_INPUTS) throw error(line, `expected at most ${MAX_CIRCUIT_INPUTS} variables`);
      continue;
    }
    if (header === undefined) throw error(line, 'expected the header "p cnf VARIABLES CLAUSES" before the clauses');
    for (const word of words) {
      const value = Number(word);
      if (!/^-?\d{1,9}$/.test(word) || Math.abs(value) > header.variables)
        throw error(
          line,
          `expected a literal from -${header.variables} to ${header.variables}, got ${quoteInput(word)}`,
        );
      clause ??= [];
      if (value !== 0) clause.push(value);
      else {
        clauses.push(clause);
        clause = undefined;
      }
    }
  }
  if (header === undefined) throw error(last, 'expected a header "p cnf VARIABLES CLAUSES"');
  if (clause !== undefined) throw error(last, "expected 0 at the end of the last clause");
  if (clauses.length !== header.clauses)
    throw error(header.line, `expected ${header.clauses} clauses as stated, got ${clauses.length}`);
  return toGraph(header.variables, clauses, file);
}

function toGraph(variables: number, clauses: readonly (readonly number[])[], file: string): AndInverterGraph {
  const builder = new GraphBuilder(Array.from({ length: variables }, (_, i) => `x${i + 1}`));
  const literalOf = (value: number): Literal => {
    const literal = builder.input(Math.abs(value) - 1);
    return value > 0 ? literal : complement(literal);
  };
  try {
    const held = clauses.map((clause) => builder.orAll(clause.map(literalOf)));
    return builder.graph([{ name: "satisfied", literal: builder.andAll(held) }]);
  } catch (error) {
    if (error instanceof InputError) throw new InputError(`${file}: ${error.message}`);
    throw error;
  }
}
