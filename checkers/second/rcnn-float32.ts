/** Bounds on the sums that tensor engines form (LEARNING.md, docs/exactness.md). */
import type { Layer, Ratio } from "./network.js";
import { reject } from "./rcnn-codes.js";
import { CENTRE, type Letter, type Letters } from "./rcnn-machine.js";
import type { Spend } from "./text.js";

/** The bound on the sums of one name, in units of their grid. */
export interface Bound {
  readonly name: string;
  readonly row: number;
  readonly grid: string;
  readonly size: string;
}

/** `float32` of a learning certificate, for the layout in taps. */
export interface Float32Bounds {
  readonly layout: "taps";
  readonly rows: number;
  readonly mainColumns: number;
  readonly forward: Bound[];
  readonly backward: Bound[];
}

/** Float32 holds all integers up to this one. */
const FLOAT32_INTEGERS = 2n ** 24n;

/** A sum over several points, all numbers times a power of two: its terms, or-ed together, and a bound on its size. */
class Sum {
  terms: bigint = 0n;
  size: bigint = 0n;

  add(term: bigint, size: bigint = term): this {
    this.terms |= term;
    this.size += size < 0n ? -size : size;
    return this;
  }

  /** The largest power of two that divides all terms; `one` if there are none. */
  grid(one: bigint): bigint {
    return this.terms === 0n ? one : this.terms & -this.terms;
  }
}

/** The largest of some sums in units of their grids, the first of several; numbers are times 2^digits. */
function largest(name: string, digits: number, sums: readonly Sum[]): Bound {
  const one = 1n << BigInt(digits);
  let found: { row: number; grid: bigint; size: bigint } | undefined;
  for (const [row, sum] of sums.entries()) {
    const grid = sum.grid(one);
    const size = sum.size / grid;
    if (found === undefined || size > found.size) found = { row, grid, size };
  }
  const { row, grid, size } = found as NonNullable<typeof found>;
  if (size >= FLOAT32_INTEGERS) reject("float-bounds", "verdicts.float32", `${name}: row ${row} may be ${size} units`);
  return { name, row, grid: grid < one ? `1/${one / grid}` : String(grid / one), size: String(size) };
}

/** For each index, the largest of what `put` has given since the last call of `next`, added up over all calls. */
class Largest {
  readonly total: bigint[];
  readonly #now: bigint[];
  constructor(length: number) {
    this.total = Array.from({ length }, () => 0n);
    this.#now = [...this.total];
  }
  put(index: number, value: bigint, isFirst: boolean): void {
    if (isFirst || value > (this.#now[index] as bigint)) this.#now[index] = value;
  }
  next(): void {
    for (const [i, now] of this.#now.entries()) {
      this.total[i] = (this.total[i] as bigint) + now;
      this.#now[i] = 0n;
    }
  }
}

/** The units of a row of V2 that read one place: weights and biases times 4. */
interface Functions {
  /** Of each place, the rows of V2 that read it, with the weights by which they do. */
  readonly ofPlace: readonly (readonly (readonly [row: number, taps: readonly Tap[]])[])[];
}

interface Tap {
  readonly outer: bigint;
  readonly weight: bigint;
  readonly bias: bigint;
}

function functionsOf(v1: Layer<bigint>, v2: Layer<bigint>): Functions {
  const fail = (path: string, expected: string): never => reject("float-bounds", path, `expected ${expected}`);
  for (const [r, { entries }] of v1.rows.entries())
    if (entries.length !== 1) fail(`filter.layers[0].rows[${r}]`, "one entry");
  const ofPlace = Array.from({ length: 9 }, (): [number, Tap[]][] => []);
  for (const [r, { bias, entries }] of v2.rows.entries()) {
    const path = `filter.layers[1].rows[${r}]`;
    if (bias !== 0n) fail(path, "no bias");
    const taps = entries.map(([unit, outer]) => {
      const { bias: inner, entries: read } = v1.rows[unit] as Layer<bigint>["rows"][number];
      const [place, weight] = read[0] as [number, bigint];
      return { place, outer, weight, bias: inner };
    });
    const places = new Set(taps.map(({ place }) => place));
    if (places.size !== 1) fail(path, "units of one place");
    for (const place of places) ofPlace[place]?.push([r, taps]);
  }
  return { ofPlace };
}

/** Numbers other than 0 lie between 2^-EXPONENTS and 2^EXPONENTS, so that no product leaves float32's range of exponents. */
const EXPONENTS = 40n;

/** A number n / d is a float32 whose products with cell values and another such number are in range, too. */
function mustFit([n, d]: Ratio, path: string): void {
  const size = n < 0n ? -n : n;
  if (size === 0n) return;
  if ((d & (d - 1n)) !== 0n) reject("float-bounds", path, "expected dyadic numbers");
  if (size / (size & -size) >= FLOAT32_INTEGERS) reject("float-bounds", path, "expected numbers of at most 24 bits");
  if (size > d << EXPONENTS || d > size << EXPONENTS)
    reject("float-bounds", path, `expected numbers between 2^-${EXPONENTS} and 2^${EXPONENTS}`);
}

/** A head as integers: its numbers times 2^digits. */
function dyadic(head: readonly Layer<Ratio>[]): { layers: Layer<bigint>[]; digits: number } {
  const all = head.flatMap(({ rows }) => rows.flatMap(({ bias, entries }) => [bias, ...entries.map(([, w]) => w)]));
  for (const number of all) mustFit(number, "head");
  const most = all.reduce((a, [, d]) => (d > a ? d : a), 1n);
  const scaled = ([n, d]: Ratio): bigint => n * (most / d);
  const layers = head.map((layer) => ({
    ...layer,
    rows: layer.rows.map(({ bias, entries }) => ({
      bias: scaled(bias),
      entries: entries.map(([column, weight]) => [column, scaled(weight)] as const),
    })),
  }));
  return { layers, digits: most.toString(2).length - 1 };
}

/**
 * The bounds for a filter (times 4) and a head in u-units, and a grid of `rows` x `mainColumns` main cells; `one` is omega.
 * Ends the check with `float-bounds` where sums are not bounded, or not below 2^24.
 */
export function float32Bounds(
  filter: readonly Layer<bigint>[],
  head: readonly Layer<Ratio>[],
  { centre, neighbour }: Letters,
  one: bigint,
  rows: number,
  mainColumns: number,
  spend: Spend,
): Float32Bounds {
  const [v1, v2, v3, v4, v5] = filter as [Layer<bigint>, Layer<bigint>, Layer<bigint>, Layer<bigint>, Layer<bigint>];
  for (const { rows: of } of filter)
    for (const { bias, entries } of of)
      for (const quarters of [bias, ...entries.map(([, weight]) => weight)]) mustFit([quarters, 4n], "filter");
  const { ofPlace } = functionsOf(v1, v2);
  const { layers, digits } = dyadic(head);
  const [hidden, output] = layers as [Layer<bigint>, Layer<bigint>];
  const lettersAt = (place: number): readonly Letter[] => (place === CENTRE ? centre : neighbour);
  const occursInTraining = ({ digits: of }: Letter): boolean => of?.[2] !== 1;
  const sums = (layer: Layer<bigint>): Sum[] => layer.rows.map(() => new Sum());
  const maxed = (sum: Sum, terms: readonly bigint[]): void => {
    const here = new Sum();
    for (const term of terms) here.add(term);
    sum.terms |= here.terms;
    if (here.size > sum.size) sum.size = here.size;
  };

  // Forward, letter by letter: what each row of V2 is there, and what it adds to the rows of V3. V3 is times 64.
  const [sums1, sums2, sums3] = [sums(v1), sums(v2), sums(v3)];
  for (const [r, { bias, entries }] of v1.rows.entries()) {
    const [place, weight] = entries[0] as [number, bigint];
    spend(lettersAt(place).length);
    for (const { u } of lettersAt(place)) maxed(sums1[r] as Sum, [weight * u, bias]);
  }
  const readers = v2.rows.map((): [gate: number, weight: bigint][] => []);
  for (const [gate, { entries }] of v3.rows.entries()) for (const [r, w] of entries) readers[r]?.push([gate, w]);
  const [size3, most3, training3] = [v3, v3, v3].map((layer) => new Largest(layer.rows.length)) as [Largest, Largest, Largest]; // prettier-ignore
  for (const [place, functions] of ofPlace.entries()) {
    const gates = new Set(functions.flatMap(([r]) => (readers[r] ?? []).map(([gate]) => gate)));
    const cost = functions.reduce((sum, [r, taps]) => sum + taps.length + (readers[r]?.length ?? 0), gates.size);
    let [isFirst, isFirstOfTraining] = [true, true];
    for (const letter of lettersAt(place)) {
      spend(cost);
      const added = new Map([...gates].map((gate) => [gate, { value: 0n, size: 0n }]));
      for (const [r, taps] of functions) {
        const terms = taps.map(({ outer, weight, bias }) => outer * relu(weight * letter.u + bias));
        maxed(sums2[r] as Sum, terms);
        const value = terms.reduce((sum, term) => sum + term, 0n);
        for (const [gate, weight] of readers[r] ?? []) {
          const to = added.get(gate) as { value: bigint; size: bigint };
          const term = weight * value;
          (sums3[gate] as Sum).terms |= term;
          to.value += term;
          to.size += term < 0n ? -term : term;
        }
      }
      const isOfTraining = occursInTraining(letter);
      for (const [gate, { value, size }] of added) {
        size3.put(gate, size, isFirst);
        most3.put(gate, value, isFirst);
        if (isOfTraining) training3.put(gate, value, isFirstOfTraining);
      }
      if (isOfTraining) isFirstOfTraining = false;
      isFirst = false;
    }
    for (const totals of [size3, most3, training3]) totals.next();
  }
  for (const [gate, { bias }] of v3.rows.entries()) {
    (sums3[gate] as Sum).add(16n * bias);
    (sums3[gate] as Sum).size += size3.total[gate] as bigint;
    for (const totals of [most3, training3]) totals.total[gate] = (totals.total[gate] as bigint) + 16n * bias;
  }
  const canBeOn = (totals: Largest, gate: number): boolean => (totals.total[gate] as bigint) > 0n;
  const sums4 = v4.rows.map(({ bias, entries }) => {
    const sum = new Sum().add(64n * bias);
    for (const [gate, weight] of entries)
      if (canBeOn(most3, gate))
        sum.add(weight * (sums3[gate] as Sum).grid(64n), weight * (most3.total[gate] as bigint));
    return sum;
  });
  const sums5 = v5.rows.map(({ bias, entries }) => {
    const sum = new Sum().add(256n * bias);
    for (const [r, weight] of entries) {
      const { size } = sums4[r] as Sum;
      if (size !== 0n) sum.add(weight * (sums4[r] as Sum).grid(256n), weight * size);
    }
    return sum;
  });

  const [sumsHidden, sumOutput, sumF] = [sums(hidden), new Sum(), new Sum()];
  const { bias: lastBias, entries: lastEntries } = output.rows[0] as Layer<bigint>["rows"][number];
  const scale = 1n << BigInt(digits);
  for (const { u } of centre) {
    const values = hidden.rows.map(({ bias, entries }, k) => {
      const terms = [bias, ...entries.map(([, weight]) => weight * u)];
      maxed(sumsHidden[k] as Sum, terms);
      return relu(terms.reduce((sum, term) => sum + term, 0n));
    });
    const terms = [lastBias * scale, ...lastEntries.map(([k, weight]) => weight * (values[k] as bigint))];
    maxed(sumOutput, terms);
    maxed(sumF, [terms.reduce((sum, term) => sum + term, 0n)]);
  }
  const cells = rows * mainColumns;
  sumF.size *= BigInt(cells);
  const one3 = new Sum().add(one / 3n);
  const forward = [
    largest("memory layer forward", 0, [one3]),
    largest("V1 forward", 2, sums1),
    largest("V2 forward", 4, sums2),
    largest("V3 forward", 6, sums3),
    largest("V4 forward", 8, sums4),
    largest("V5 forward", 10, sums5),
    largest("head U2 forward", digits, sumsHidden),
    largest("head U1 forward", 2 * digits, [sumOutput]),
    largest(`sum over ${cells} cells`, 2 * digits, [sumF]),
  ];

  const headBack = sums(hidden);
  for (const [k, weight] of lastEntries) (headBack[k] as Sum).add(weight);
  const inputBack = new Sum();
  for (const [k, { entries }] of hidden.rows.entries())
    for (const [, weight] of entries) pass(weight, headBack[k] as Sum, scale, inputBack);
  const back5 = sums(v4);
  for (const [r, weight] of v5.rows[0]?.entries ?? []) (back5[r] as Sum).add(weight);
  const back4 = sums(v3);
  for (const [r, { entries }] of v4.rows.entries())
    for (const [gate, weight] of entries) pass(weight, back5[r] as Sum, 4n, back4[gate] as Sum);
  const back3 = sums(v2);
  for (const [gate, { entries }] of v3.rows.entries())
    if (canBeOn(training3, gate))
      for (const [r, weight] of entries) pass(weight, back4[gate] as Sum, 16n, back3[r] as Sum);
  const back2 = sums(v2);
  const [cellTerms, cellSize] = [new Sum(), new Largest(1)];
  for (const [place, functions] of ofPlace.entries()) {
    let isFirst = true;
    for (const { u } of lettersAt(place).filter(occursInTraining)) {
      spend(functions.reduce((sum, [, taps]) => sum + taps.length, 1));
      let size = 0n;
      for (const [r, taps] of functions) {
        const arrives = back3[r] as Sum;
        const on = taps.filter(({ weight, bias }) => weight * u + bias > 0n).map(({ outer, weight }) => outer * weight);
        const here = new Sum();
        for (const weight of on) pass(weight, arrives, 64n, here);
        (back2[r] as Sum).terms |= here.terms;
        if (here.size > (back2[r] as Sum).size) (back2[r] as Sum).size = here.size;
        const slope = new Sum();
        pass(
          on.reduce((sum, weight) => sum + weight, 0n),
          arrives,
          64n,
          slope,
        );
        cellTerms.terms |= slope.terms;
        size += slope.size;
      }
      cellSize.put(0, size, isFirst);
      isFirst = false;
    }
    cellSize.next();
  }
  cellTerms.size = cellSize.total[0] as bigint;
  const [target, unit] = [one / 18n, new Sum().add(1n)];
  const backward = [
    largest("head U1 backward", digits, headBack),
    largest("head U2 backward", 2 * digits, [inputBack]),
    largest("memory layer backward", 0, [unit]),
    largest("F - Y", 0, [new Sum().add(target).add(target)]),
    largest("update of W", 0, [new Sum().add(one / 3n).add(12n * target)]),
    largest("V5 backward", 2, back5),
    largest("V4 backward", 4, back4),
    largest("V3 backward", 6, back3),
    largest("V2 and V1 backward, by function", 10, back2),
    largest("V1 backward, by cell", 10, [cellTerms]),
  ];
  return { layout: "taps", rows, mainColumns, forward, backward };
}

/** Adds weight times what arrives, which is in units of 1 / one; if anything does. */
function pass(weight: bigint, arrives: Sum, one: bigint, to: Sum): void {
  if (arrives.size !== 0n) to.add(weight * arrives.grid(one), weight * arrives.size);
}

function relu(x: bigint): bigint {
  return x > 0n ? x : 0n;
}
