/** Circuits whose signals have names: definitions in any order, put into the order of an and-inverter graph. */
import type { AndInverterGraph, Literal } from "../../spec/circuits/and-inverter-graph.js";
import { InputError, quoteInput } from "../input-error.js";
import { MAX_CIRCUIT_INPUTS, MAX_CIRCUIT_OUTPUTS, MAX_SIGNAL_NAME } from "./circuit-limits.js";
import { GraphBuilder } from "./graph-builder.js";

/** A signal that is defined by others. */
interface Definition {
  readonly line: number;
  readonly reads: readonly string[];
  /** The gates of it, from the literals of what it reads. */
  readonly build: (builder: GraphBuilder, literals: readonly Literal[]) => Literal;
}

/** Collects the signals of a file, then makes the graph. */
export class Netlist {
  readonly #file: string;
  readonly #inputs = new Map<string, number>();
  readonly #outputs = new Map<string, number>();
  readonly #definitions = new Map<string, Definition>();

  /** @param file what to call the text in messages */
  constructor(file: string) {
    this.#file = file;
  }

  /** The error "file:line: message". */
  error(line: number, message: string): InputError {
    return new InputError(`${this.#file}:${line}: ${message}`);
  }

  /** Declares an input. @throws {InputError} if the name is taken, or there are too many */
  input(name: string, line: number): void {
    this.#assertNew(name, line);
    if (this.#inputs.size >= MAX_CIRCUIT_INPUTS)
      throw this.error(line, `expected at most ${MAX_CIRCUIT_INPUTS} inputs`);
    this.#inputs.set(name, line);
  }

  /** Declares an output. @throws {InputError} if it is one already, or there are too many */
  output(name: string, line: number): void {
    this.#assertName(name, line);
    if (this.#outputs.has(name)) throw this.error(line, `output ${quoteInput(name)}: expected each output once`);
    if (this.#outputs.size >= MAX_CIRCUIT_OUTPUTS)
      throw this.error(line, `expected at most ${MAX_CIRCUIT_OUTPUTS} outputs`);
    this.#outputs.set(name, line);
  }

  /** Defines a signal. @throws {InputError} if the name is taken */
  define(name: string, line: number, reads: readonly string[], build: Definition["build"]): void {
    this.#assertNew(name, line);
    this.#definitions.set(name, { line, reads, build });
  }

  #assertNew(name: string, line: number): void {
    this.#assertName(name, line);
    const before = this.#inputs.get(name) ?? this.#definitions.get(name)?.line;
    if (before !== undefined)
      throw this.error(line, `signal ${quoteInput(name)}: expected one definition, got another on line ${before}`);
  }

  #assertName(name: string, line: number): void {
    if (name.length > MAX_SIGNAL_NAME || /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(name))
      throw this.error(line, `expected a name of at most ${MAX_SIGNAL_NAME} characters, got ${quoteInput(name)}`);
  }

  /** The graph of all outputs. @throws {InputError} if a signal is not defined, or depends on itself */
  graph(): AndInverterGraph {
    if (this.#outputs.size === 0) throw new InputError(`${this.#file}: expected at least one output`);
    const names = [...this.#inputs.keys()];
    const builder = new GraphBuilder(names);
    const literals = new Map<string, Literal>(names.map((name, i) => [name, builder.input(i)]));
    const outputs = [...this.#outputs].map(([name, line]) => ({
      name,
      literal: this.#resolve(name, line, literals, builder),
    }));
    return builder.graph(outputs);
  }

  /** The literal of a signal, after those that it depends on; without recursion, because chains may be a million deep. */
  #resolve(name: string, line: number, literals: Map<string, Literal>, builder: GraphBuilder): Literal {
    const open = new Set<string>();
    const stack: { readonly name: string; readonly line: number }[] = [{ name, line }];
    while (stack.length > 0) {
      const top = stack.at(-1) as (typeof stack)[number];
      if (literals.has(top.name)) {
        stack.pop();
        continue;
      }
      const definition = this.#definitions.get(top.name);
      if (definition === undefined) throw this.error(top.line, `signal ${quoteInput(top.name)} is not defined`);
      const missing = definition.reads.filter((read) => !literals.has(read));
      if (missing.length === 0) {
        const read = definition.reads.map((one) => literals.get(one) as Literal);
        literals.set(top.name, this.#build(definition, builder, read));
        open.delete(top.name);
        stack.pop();
        continue;
      }
      open.add(top.name);
      for (const next of missing) {
        if (open.has(next))
          throw this.error(
            definition.line,
            `signal ${quoteInput(top.name)}: expected no cycle, but it depends on itself`,
          );
        stack.push({ name: next, line: definition.line });
      }
    }
    return literals.get(name) as Literal;
  }

  #build(definition: Definition, builder: GraphBuilder, read: readonly Literal[]): Literal {
    try {
      return definition.build(builder, read);
    } catch (error) {
      if (error instanceof InputError) throw this.error(definition.line, error.message);
      throw error;
    }
  }
}
