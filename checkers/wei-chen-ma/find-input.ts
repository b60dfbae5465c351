/** Searches an input at which something happens: all of them, or some at random. What is not found is no evidence. */
import { blockOfInputs, type LiteralTable } from "./literal-table.js";

/** Blocks of 32 inputs that are tried at most. */
const SEARCHED_BLOCKS = 1024;

/**
 * The first input at which a word has a bit, or undefined.
 *
 * @param happens from the values of all variables of the table at 32 inputs, a bit for each
 * @returns bits of the input. Shape: inputs
 */
export function findInput(table: LiteralTable, happens: (values: Uint32Array) => number): number[] | undefined {
  const { inputs } = table;
  const words = new Uint32Array(inputs);
  const values = new Uint32Array(table.size);
  const blocks = Math.max(1, 2 ** (inputs - 5));
  const mask = inputs < 5 ? 2 ** (2 ** inputs) - 1 : -1;
  let state = 0x9e37_79b9;
  for (let block = 0; block < Math.min(blocks, SEARCHED_BLOCKS); block++) {
    if (blocks <= SEARCHED_BLOCKS) blockOfInputs(inputs, block, words);
    else for (let i = 0; i < inputs; i++) words[i] = state = xorshift(state);
    table.simulate(words, values);
    const word = happens(values) & mask;
    if (word === 0) continue;
    const bit = 31 - Math.clz32(word & -word);
    return Array.from(words, (one) => (one >>> bit) & 1);
  }
  return undefined;
}

/** Marsaglia's xorshift on 32 bits. */
function xorshift(state: number): number {
  let x = state;
  x ^= x << 13;
  x ^= x >>> 17;
  x ^= x << 5;
  return x >>> 0;
}

/** The bits of the input of a number, the first input being the lowest bit. Shape: inputs */
export function inputBits(inputs: number, number: number): number[] {
  return Array.from({ length: inputs }, (_, i) => Math.floor(number / 2 ** i) % 2);
}
