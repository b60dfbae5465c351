/** All 2^m inputs of a network, 32 at a time, coordinate by coordinate from local tables. */
import type { LocalUnit } from "./local-unit.js";
import { blockOfInputs } from "./literal-table.js";

/** The coordinates of a layer of gates: those of its two maps, each over the columns of the layer before. */
export interface LayerUnits {
  /** Rows of the first map; undefined where a value is not 0 or 1. */
  readonly hidden: readonly (LocalUnit | undefined)[];
  readonly output: readonly LocalUnit[];
}

/** The most ones at any input. */
export interface MostOnes {
  readonly input: number;
  /** Of the rows that are 0 or 1. */
  readonly hidden: number;
  readonly output: number;
}

/** Counts, for each of 32 inputs, how many words have its bit; planes of a binary counter. */
class OnesCounter {
  #planes: number[] = [];
  #most = 0;

  add(word: number): void {
    let carry = word;
    for (let i = 0; carry !== 0; i++) {
      const plane = this.#planes[i] ?? 0;
      this.#planes[i] = plane ^ carry;
      carry &= plane;
    }
  }

  /** Ends a block; `mask` has the bits that are inputs. */
  close(mask: number): void {
    // The largest count, plane by plane from the highest: those inputs that have the bit, if any has it.
    let candidates = mask;
    let value = 0;
    for (let i = this.#planes.length - 1; i >= 0; i--) {
      const having = candidates & (this.#planes[i] as number);
      if (having === 0) continue;
      candidates = having;
      value += 2 ** i;
    }
    this.#most = Math.max(this.#most, value);
    this.#planes = [];
  }

  get most(): number {
    return this.#most;
  }
}

/** The values of a coordinate. @param columns those of the layer before */
function unitWord({ columns, complemented, values }: LocalUnit, before: Uint32Array): number {
  const { table } = values;
  const word = (i: number): number => {
    const column = before[columns[i] as number] as number;
    return complemented[i] === true ? ~column : column;
  };
  if (columns.length === 0) return table[0] === 1 ? -1 : 0;
  if (columns.length === 1) {
    const x = word(0);
    return (table[0] === 1 ? ~x : 0) | (table[1] === 1 ? x : 0);
  }
  if (columns.length === 2) {
    const [x, y] = [word(0), word(1)];
    return (
      (table[0] === 1 ? ~x & ~y : 0) |
      (table[1] === 1 ? x & ~y : 0) |
      (table[2] === 1 ? ~x & y : 0) |
      (table[3] === 1 ? x & y : 0)
    );
  }
  let sum = 0;
  for (let assignment = 0; assignment < table.length; assignment++) {
    if (table[assignment] !== 1) continue;
    let term = -1;
    for (let i = 0; i < columns.length && term !== 0; i++) term &= (assignment >> i) & 1 ? word(i) : ~word(i);
    sum |= term;
  }
  return sum;
}

/** Blocks of 32 inputs. */
export function blocksOf(inputs: number): number {
  return Math.max(1, 2 ** (inputs - 5));
}

/** Steps that the coordinates of all layers and of the output take for each block. */
export function unitSteps(layers: readonly LayerUnits[], shown: readonly LocalUnit[]): number {
  // Up to two columns a formula is evaluated, beyond that every assignment at which the coordinate is 1.
  const stepsOf = (unit: LocalUnit | undefined): number => {
    const columns = unit?.columns.length ?? 0;
    return columns <= 2 ? 4 : 2 ** columns * columns;
  };
  const sum = (units: readonly (LocalUnit | undefined)[]): number =>
    units.reduce((total, unit) => total + stepsOf(unit), 0);
  return layers.reduce((total, { hidden, output }) => total + sum(hidden) + sum(output), sum(shown));
}

/**
 * Tries all inputs.
 *
 * @param layers of gates, in order
 * @param shown coordinates of the output over the last layer
 * @param expected receives the inputs' words and gives the words of the outputs as they should be
 * @returns the counts, or the first input at which an output differs
 */
export function enumerateInputs(
  inputs: number,
  layers: readonly LayerUnits[],
  shown: readonly LocalUnit[],
  expected: (words: Uint32Array) => readonly number[],
): { readonly ones: readonly MostOnes[] } | { readonly input: number; readonly output: number } {
  const counters = layers.map(() => ({ hidden: new OnesCounter(), output: new OnesCounter() }));
  const first = new OnesCounter();
  const words = new Uint32Array(inputs);
  const blocks = blocksOf(inputs);
  const mask = inputs < 5 ? 2 ** (2 ** inputs) - 1 : -1;
  const values = layers.map(({ output }) => new Uint32Array(output.length));
  for (let block = 0; block < blocks; block++) {
    blockOfInputs(inputs, block, words);
    for (const word of words) first.add(word);
    first.close(mask);
    let before: Uint32Array = words;
    for (const [l, { hidden, output }] of layers.entries()) {
      const counter = counters[l] as (typeof counters)[number];
      for (const unit of hidden) if (unit !== undefined) counter.hidden.add(unitWord(unit, before));
      counter.hidden.close(mask);
      const after = values[l] as Uint32Array;
      for (const [k, unit] of output.entries()) {
        const word = unitWord(unit, before);
        after[k] = word;
        counter.output.add(word);
      }
      counter.output.close(mask);
      before = after;
    }
    const wanted = expected(words);
    for (const [j, unit] of shown.entries()) {
      const wrong = (unitWord(unit, before) ^ (wanted[j] as number)) & mask;
      if (wrong !== 0) return { input: 32 * block + (31 - Math.clz32(wrong & -wrong)), output: j };
    }
  }
  return {
    ones: counters.map(({ hidden, output }, l) => ({
      input: l === 0 ? first.most : (counters[l - 1] as (typeof counters)[number]).output.most,
      hidden: hidden.most,
      output: output.most,
    })),
  };
}
