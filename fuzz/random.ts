/** A stream of random numbers from a seed: the same on every computer, and cheap to begin anew. */
export class Random {
  #state: number;

  /** @param seed taken modulo 2^32 */
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** An integer from 0 to 2^32 - 1. */
  next(): number {
    // splitmix32: a counter, and a mixing of its bits.
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    let z = this.#state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  }

  /** An integer from 0 to limit - 1; 0 if the limit is below 1. */
  below(limit: number): number {
    return limit < 1 ? 0 : this.next() % limit;
  }

  /** True once in so many times. */
  oneIn(times: number): boolean {
    return this.below(times) === 0;
  }

  /**
   * One of the items.
   *
   * @throws {RangeError} if there is none
   */
  pick<Item>(items: readonly Item[]): Item {
    if (items.length === 0) throw new RangeError("Random.pick: expected at least one item, got none");
    return items[this.below(items.length)] as Item;
  }
}
