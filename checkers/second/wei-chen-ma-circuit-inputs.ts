/** A circuit's network at all inputs, 32 at a time. */
import { type Local, tables, top } from "./wei-chen-ma-circuit-tables.js";
import { type Certificate, type Layer, reject } from "./wei-chen-ma-circuit-text.js";
import { workUpTo } from "./text.js";

/** Squared norms of what the two maps of a layer of gates hold. */
export interface Squares {
  readonly n: bigint;
  readonly h: bigint;
  readonly o: bigint;
}

/** The word of the assignments at which `take` holds. */
function wordOf({ columns, values }: Local, before: Int32Array, take: (value: bigint) => boolean): number {
  let word = 0;
  for (const [assignment, value] of values.entries()) {
    if (!take(value)) continue;
    let term = -1;
    for (let i = 0; i < columns.length && term !== 0; i++) {
      const column = before[columns[i] as number] as number;
      term &= (assignment >> i) & 1 ? column : ~column;
    }
    word |= term;
  }
  return word;
}

const isOne = (value: bigint): boolean => value === 1n;
const isBit = (value: bigint): boolean => value === 0n || value === 1n;

/** Words of 32 inputs that are evaluated at most, over all coordinates and gates. */
const MOST_WORDS = 2 ** 29;

/** Evaluates the network at all inputs, and compares with the circuit. */
export function tryInputs(layers: readonly Layer[], circuit: Certificate["circuit"]): Squares[] {
  const m = circuit.inputs.length;
  const tableOf = tables();
  const levels = layers.flatMap(({ rows }, l) => {
    if (l % 4 !== 0) return [];
    const second = layers[l + 1] as Layer;
    const coordinates = second.rows.map((row, k) => tableOf(row, rows, true, `network.layers[${l + 1}].rows[${k}]`));
    const hidden = rows.map((row, j) => tableOf(row, undefined, true, `network.layers[${l}].rows[${j}]`));
    return [{ place: `network.layers[${l + 1}]`, coordinates, hidden, rows, ones: [0, 0] as [number, number] }];
  });
  const last = layers.length - 1;
  const shown = (layers[last] as Layer).rows.map((row, k) =>
    tableOf(row, undefined, false, `network.layers[${last}].rows[${k}]`),
  );
  // A formula of two columns is a word; of more, each assignment takes a term of its own.
  const cost = (list_: readonly Local[]): number =>
    list_.reduce((sum, { columns, values }) => sum + Math.max(1, (columns.length * values.length) / 8), 0);
  const cells = levels.reduce((sum, one) => sum + cost(one.coordinates) + cost(one.hidden), cost(shown));
  const { spend } = workUpTo(MOST_WORDS, 0);
  const blocks = Math.ceil(2 ** m / 32);
  spend(blocks * (cells + circuit.ands.length));
  const mask = m < 5 ? 2 ** (2 ** m) - 1 : -1;
  let mostInputs = 0;
  const wrong: { binary?: string; function?: string } = {};
  for (let block = 0; block < blocks && wrong.binary === undefined; block++) {
    let before = Int32Array.from({ length: m }, (_, i) => {
      let word = 0;
      for (let bit = 0; bit < 32; bit++) if (Math.floor((32 * block + bit) / 2 ** i) % 2 === 1) word |= 1 << bit;
      return word;
    });
    const wanted = circuitWords(circuit, before);
    mostInputs = Math.max(mostInputs, mostOf(before, mask));
    for (const level of levels) {
      const hidden = level.hidden.flatMap((one) => (one.values.every(isBit) ? [wordOf(one, before, isOne)] : []));
      const next = new Int32Array(level.coordinates.length);
      for (const [k, one] of level.coordinates.entries()) {
        if (!one.values.every(isBit) && (wordOf(one, before, (v) => !isBit(v)) & mask) !== 0)
          wrong.binary ??= `${level.place}.rows[${k}]`;
        next[k] = wordOf(one, before, isOne);
      }
      level.ones[0] = Math.max(level.ones[0], mostOf(hidden, mask));
      level.ones[1] = Math.max(level.ones[1], mostOf(next, mask));
      before = next;
    }
    for (const [k, one] of shown.entries()) {
      const place = `network.layers[${last}].rows[${k}]`;
      if ((wordOf(one, before, (v) => v !== 1n && v !== -1n) & mask) !== 0) wrong.binary ??= place;
      if (((wordOf(one, before, isOne) ^ (wanted[k] as number)) & mask) !== 0) wrong.function ??= place;
    }
  }
  if (wrong.binary !== undefined) reject("binary", wrong.binary, "expected 0 or 1, or -1 or 1 at the end");
  if (wrong.function !== undefined) reject("function", wrong.function, "expected the circuit's output");
  return levels.map(({ hidden, rows, ones }, l) => ({
    n: BigInt(l === 0 ? mostInputs : (levels[l - 1]?.ones[1] ?? 0)),
    h: rows.reduce(
      (sum, row, j) => (hidden[j]?.values.every(isBit) === true ? sum : sum + top(row) ** 2n),
      BigInt(ones[0]),
    ),
    o: BigInt(ones[1]),
  }));
}

/** The outputs of the circuit at 32 inputs. */
export function circuitWords({ inputs, ands, outputs }: Certificate["circuit"], words: Int32Array): number[] {
  const values = new Int32Array(1 + inputs.length + ands.length);
  values.set(words, 1);
  const of = (literal: number): number => (values[literal >> 1] as number) ^ -(literal & 1);
  for (const [i, [a, b]] of ands.entries()) values[1 + inputs.length + i] = of(a) & of(b);
  return outputs.map(([, literal]) => of(literal));
}

/** The most words that have the same bit of the mask: binary counters of all 32 bits, side by side. */
function mostOf(words: Iterable<number>, mask: number): number {
  const digits: number[] = [];
  for (const word of words) {
    for (let i = 0, carry = word; carry !== 0; i++) {
      const digit = digits[i] ?? 0;
      digits[i] = digit ^ carry;
      carry &= digit;
    }
  }
  let most = 0;
  for (let bit = 0; bit < 32; bit++) {
    const sum = digits.reduce((total, digit, i) => total + ((digit >> bit) & 1) * 2 ** i, 0);
    if ((mask >> bit) & 1) most = Math.max(most, sum);
  }
  return most;
}
