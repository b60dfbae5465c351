/**
 * Boolean functions as literals of one table: two ANDs of the same literals are one variable, and constants are folded away. So
 * equal literals are equal functions; different ones may be equal, too, and are compared by their values.
 */
import {
  complement,
  FALSE,
  isComplemented,
  TRUE,
  variableOf,
  type Literal,
} from "../../spec/circuits/and-inverter-graph.js";
import { BIGINT_STEP, Work } from "../work.js";

/** What an AND costs, in numbers to keep. */
const AND_SIZE = 8;

/** Variables 1 ... inputs are the inputs; the others are ANDs, each after what it reads. */
export class LiteralTable {
  readonly inputs: number;
  readonly #work: Work;
  readonly #larger: Literal[] = [];
  readonly #smaller: Literal[] = [];
  readonly #known = new Map<number, Literal>();

  constructor(inputs: number, work: Work = new Work()) {
    this.inputs = inputs;
    this.#work = work;
  }

  /** Variables, the constant included. */
  get size(): number {
    return 1 + this.inputs + this.#larger.length;
  }

  /** The ANDs, in order: variable inputs + 1 + i is ands[i]. */
  get ands(): (readonly [larger: Literal, smaller: Literal])[] {
    return this.#larger.map((larger, i) => [larger, this.#smaller[i] as Literal]);
  }

  /** a AND b. */
  and(a: Literal, b: Literal): Literal {
    const [larger, smaller] = a >= b ? [a, b] : [b, a];
    if (smaller === FALSE || larger === complement(smaller)) return FALSE;
    if (smaller === TRUE || larger === smaller) return larger;
    // Literals stay below 2^26: the memory that a text may take ends long before.
    const key = larger * 2 ** 27 + smaller;
    const before = this.#known.get(key);
    if (before !== undefined) return before;
    this.#work.keep(AND_SIZE);
    const made = 2 * this.size;
    this.#larger.push(larger);
    this.#smaller.push(smaller);
    this.#known.set(key, made);
    return made;
  }

  /** a OR b. */
  or(a: Literal, b: Literal): Literal {
    return complement(this.and(complement(a), complement(b)));
  }

  /**
   * The function of some literals that a truth table has, by Shannon's expansion on the last of them.
   *
   * @param table 0 or 1 at each assignment; bit i of the index is the value of literals[i]. Shape: 2^literals
   */
  ofTable(literals: readonly Literal[], table: Uint8Array): Literal {
    this.#work.spend(BIGINT_STEP);
    if (literals.length === 0) return table[0] === 1 ? TRUE : FALSE;
    const half = table.length / 2;
    const rest = literals.slice(0, -1);
    const select = literals.at(-1) as Literal;
    const low = this.ofTable(rest, table.subarray(0, half));
    const high = this.ofTable(rest, table.subarray(half));
    if (low === high) return low;
    if (low === FALSE) return this.and(select, high);
    if (low === TRUE) return this.or(complement(select), high);
    if (high === FALSE) return this.and(complement(select), low);
    if (high === TRUE) return this.or(select, low);
    return this.or(this.and(select, high), this.and(complement(select), low));
  }

  /**
   * All variables at 32 inputs at a time.
   *
   * @param words bit b of word i is input i in assignment b. Shape: inputs
   * @param values receives a word for each variable. Shape: size
   */
  simulate(words: Uint32Array, values: Uint32Array): void {
    values[0] = 0;
    values.set(words, 1);
    let at = 1 + this.inputs;
    for (const [i, larger] of this.#larger.entries())
      values[at++] = wordOf(values, larger) & wordOf(values, this.#smaller[i] as Literal);
  }
}

/** The values of a literal. */
export function wordOf(values: Uint32Array, literal: Literal): number {
  const word = values[variableOf(literal)] as number;
  return isComplemented(literal) ? ~word : word;
}

/** Words for inputs 32 b ... 32 b + 31 of all 2^m in order, input i being bit i. Shape: inputs */
export function blockOfInputs(inputs: number, block: number, words: Uint32Array): void {
  for (let i = 0; i < inputs; i++) {
    words[i] = i < 5 ? (LOW_BITS[i] as number) : Math.floor(block / 2 ** (i - 5)) % 2 === 1 ? 0xffff_ffff : 0;
  }
}

const LOW_BITS = [0xaaaa_aaaa, 0xcccc_cccc, 0xf0f0_f0f0, 0xff00_ff00, 0xffff_0000];
