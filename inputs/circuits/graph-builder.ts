/**
 * Builds and-inverter graphs gate by gate. Hashing gives two gates of the same literals one variable; folding leaves out gates
 * that are a constant or one of their own literals. Both are choices, and counted.
 */
import {
  complement,
  FALSE,
  TRUE,
  type AndInverterGraph,
  type CircuitOutput,
  type Literal,
} from "../../spec/circuits/and-inverter-graph.js";
import { InputError } from "../input-error.js";
import { MAX_CIRCUIT_GATES } from "./circuit-limits.js";

/**
 * What a builder does beside writing down gates; neither, if absent.
 *
 * @example
 * ```ts
 * import { GraphBuilder, type BuildOptions } from "weightproof";
 *
 * const options: BuildOptions = { hashing: true };
 * const builder = new GraphBuilder(["a", "b"], options);
 * const once = builder.and(builder.input(0), builder.input(1));
 * builder.and(builder.input(1), builder.input(0)) === once; // => true
 * ```
 */
export interface BuildOptions {
  /** Structural hashing. */
  readonly hashing?: boolean;
  /** Constant propagation: x AND 0, x AND 1, x AND x, x AND NOT x. */
  readonly constants?: boolean;
}

/**
 * Writes down a circuit.
 *
 * @example
 * ```ts
 * import { certifyCircuit, GraphBuilder } from "weightproof";
 *
 * const builder = new GraphBuilder(["a", "b", "select"]);
 * const [a, b, select] = [builder.input(0), builder.input(1), builder.input(2)];
 * const circuit = builder.graph([{ name: "y", literal: builder.mux(select, a, b) }]);
 * certifyCircuit("mux", circuit).verdict; // => "accepted"
 * ```
 */
export class GraphBuilder {
  readonly #inputs: readonly string[];
  readonly #ands: (readonly [Literal, Literal])[] = [];
  readonly #options: BuildOptions;
  readonly #known = new Map<number, Map<number, Literal>>();

  /** @param inputs their names, each once */
  constructor(inputs: readonly string[], options: BuildOptions = {}) {
    this.#inputs = inputs;
    this.#options = options;
  }

  /** The literal of an input. @throws {RangeError} if there is none of that number */
  input(i: number): Literal {
    if (!Number.isSafeInteger(i) || i < 0 || i >= this.#inputs.length)
      throw new RangeError(`input: expected a number below ${this.#inputs.length}, got ${i}`);
    return 2 * (i + 1);
  }

  /** a AND b. @throws {InputError} if there are too many gates */
  and(a: Literal, b: Literal): Literal {
    const [larger, smaller] = a >= b ? [a, b] : [b, a];
    if (this.#options.constants === true) {
      if (smaller === FALSE || larger === complement(smaller)) return FALSE;
      if (smaller === TRUE || larger === smaller) return larger;
    }
    if (this.#options.hashing !== true) return this.#add(larger, smaller);
    let row = this.#known.get(larger);
    if (row === undefined) this.#known.set(larger, (row = new Map()));
    const before = row.get(smaller);
    if (before !== undefined) return before;
    const made = this.#add(larger, smaller);
    row.set(smaller, made);
    return made;
  }

  #add(larger: Literal, smaller: Literal): Literal {
    if (this.#ands.length >= MAX_CIRCUIT_GATES)
      throw new InputError(`expected a circuit of at most ${MAX_CIRCUIT_GATES} AND gates`);
    this.#ands.push([larger, smaller]);
    return 2 * (this.#inputs.length + this.#ands.length);
  }

  /** a OR b. */
  or(a: Literal, b: Literal): Literal {
    return complement(this.and(complement(a), complement(b)));
  }

  /** a XOR b, of three gates. */
  xor(a: Literal, b: Literal): Literal {
    return this.or(this.and(a, complement(b)), this.and(complement(a), b));
  }

  /** `high` where select is 1, `low` where it is 0. */
  mux(select: Literal, high: Literal, low: Literal): Literal {
    return this.or(this.and(select, high), this.and(complement(select), low));
  }

  /** The AND of any number of literals as a balanced tree; 1 of none. */
  andAll(literals: readonly Literal[]): Literal {
    return balanced(literals, TRUE, (a, b) => this.and(a, b));
  }

  /** The OR of any number of literals as a balanced tree; 0 of none. */
  orAll(literals: readonly Literal[]): Literal {
    return complement(this.andAll(literals.map(complement)));
  }

  /** The XOR of any number of literals as a balanced tree; 0 of none. */
  xorAll(literals: readonly Literal[]): Literal {
    return balanced(literals, FALSE, (a, b) => this.xor(a, b));
  }

  /** The circuit with these outputs. */
  graph(outputs: readonly CircuitOutput[]): AndInverterGraph {
    return { inputs: this.#inputs, ands: this.#ands, outputs };
  }
}

function balanced(literals: readonly Literal[], empty: Literal, join: (a: Literal, b: Literal) => Literal): Literal {
  let level = literals;
  while (level.length > 1) {
    const next: Literal[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const [a, b] = [level[i] as Literal, level[i + 1]];
      next.push(b === undefined ? a : join(a, b));
    }
    level = next;
  }
  return level[0] ?? empty;
}
