/** The inputs of a run: one after the other, from a seed, guided by what the earlier ones led to. */
import fc from "fast-check";
import { changeBytes } from "./byte-changes.js";
import { Random } from "./random.js";
import type { Target } from "./target.js";
import { bytesOf } from "./text.js";

/** Most inputs that are kept for further changes, and most bytes of one. */
const MAX_POOL = 400;
const MAX_KEPT_BYTES = 2 ** 14;
/** One input in so many may grow to the largest size. */
const LARGE = 40;

/** Makes inputs for a target. The same seed and the same answers give the same inputs. */
export class Session {
  readonly #target: Target;
  readonly #random: Random;
  readonly #pool: Uint8Array[];
  readonly #answers = new Set<string>();
  #count = 0;

  constructor(target: Target, seed: number) {
    this.#target = target;
    this.#random = new Random(seed);
    this.#pool = [...target.seeds()];
  }

  /** How many different answers there were. */
  get answers(): number {
    return this.#answers.size;
  }

  /** The next input: first the seeds as they are, then documents and changed bytes in turn. */
  next(): Uint8Array {
    const [random, index] = [this.#random, this.#count];
    this.#count++;
    const seed = this.#pool[index];
    if (seed !== undefined && index < this.#target.seeds().length) return seed;
    const { documents, words = [] } = this.#target;
    const source = { random, corpus: this.#pool, words, large: random.oneIn(LARGE) };
    if (documents === undefined || index % 2 === 0) return changeBytes(random.pick(this.#pool), source);
    const [document = ""] = fc.sample(documents, { seed: random.next() | 0, numRuns: 1 });
    const bytes = bytesOf(document);
    return random.oneIn(2) ? bytes : changeBytes(bytes, source);
  }

  /** Takes note of the answer to an input; the first input with a new answer is changed further later on. */
  learn(input: Uint8Array, answer: string): void {
    if (this.#answers.has(answer)) return;
    this.#answers.add(answer);
    if (input.length > MAX_KEPT_BYTES || this.#pool.length >= MAX_POOL) return;
    this.#pool.push(Uint8Array.from(input));
  }
}
