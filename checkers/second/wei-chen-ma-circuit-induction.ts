/** A circuit's network where its inputs are too many to try: layer by layer, coordinates get the numbers of what they are ANDs of. */
import { circuitWords, type Squares } from "./wei-chen-ma-circuit-inputs.js";
import { type Local, MOST_COLUMNS, tables, top } from "./wei-chen-ma-circuit-tables.js";
import { type Certificate, type Layer, reject } from "./wei-chen-ma-circuit-text.js";
import { giveUp } from "./text.js";

/** Numbers for ANDs: the same two signed numbers have the same AND. 2 i and 2 i + 1 are complements; 0 is false. */
function numbering(inputs: number): (a: number, b: number) => number {
  const known = new Map<string, number>();
  let next = 2 * (inputs + 1);
  return (a, b) => {
    const [low, high] = a < b ? [a, b] : [b, a];
    if (low === 0 || (low ^ high) === 1) return 0;
    if (low === 1 || low === high) return high;
    const key = `${low} ${high}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    known.set(key, next);
    next += 2;
    return next - 2;
  };
}

/** The induction over layers. */
export function induct(layers: readonly Layer[], circuit: Certificate["circuit"]): Squares[] {
  const m = circuit.inputs.length;
  const and = numbering(m);
  const tableOf = tables();
  const known = [0, ...circuit.inputs.map((_, i) => 2 * (i + 1))];
  const source = (literal: number): number => (known[literal >> 1] as number) ^ (literal & 1);
  for (const [a, b] of circuit.ands) known.push(and(source(a), source(b)));
  let meanings = known.slice(1, m + 1);
  const squares: Squares[] = [];
  for (let l = 0; l < layers.length - 1; l += 4) {
    const [first, second] = [layers[l] as Layer, layers[l + 1] as Layer];
    const before = meanings;
    meanings = second.rows.map((row, k) => {
      const path = `network.layers[${l + 1}].rows[${k}]`;
      return meaningOf(tableOf(row, first.rows, true, path), before, and, 0n, path);
    });
    squares.push({
      n: frequent(before),
      h: first.rows.reduce((sum, row) => sum + top(row) ** 2n, 0n),
      o: frequent(meanings),
    });
  }
  const last = layers.length - 1;
  for (const [k, row] of (layers[last] as Layer).rows.entries()) {
    const path = `network.layers[${last}].rows[${k}]`;
    const meaning = meaningOf(tableOf(row, undefined, false, path), meanings, and, -1n, path);
    if (meaning !== source(circuit.outputs[k]?.[1] ?? 0)) differAt(layers, circuit, path);
  }
  return squares;
}

/** Looks for an input at which an output is wrong; without one the certificate is left undecided. */
function differAt(layers: readonly Layer[], circuit: Certificate["circuit"], path: string): never {
  let state = 12_345;
  for (let block = 0; block < 64; block++) {
    const words = Int32Array.from(circuit.inputs, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) | 0;
      return (state >> 8) ^ (state << 13);
    });
    const wanted = circuitWords(circuit, words);
    for (let bit = 0; bit < 32; bit++) {
      let values = Array.from(words, (word) => BigInt((word >> bit) & 1));
      for (const { rows, relu } of layers)
        values = rows.map(({ bias, entries }) => {
          const sum = entries.reduce(
            (total, [column, weight]) => total + BigInt(weight) * (values[column] as bigint),
            BigInt(bias),
          );
          return relu && sum < 0n ? 0n : sum;
        });
      const wrong = values.findIndex((value, k) => value !== (((wanted[k] as number) >> bit) & 1 ? 1n : -1n));
      if (wrong >= 0)
        reject("function", `network.layers[${layers.length - 1}].rows[${wrong}]`, "expected the circuit's output");
    }
  }
  return giveUp("equivalence", `${path}: another formula than the circuit's`);
}

/** The number of a coordinate that depends on at most two others. @param zero what is called 0: 0, or -1 at outputs */
function meaningOf(
  { columns, values }: Local,
  before: readonly number[],
  and: (a: number, b: number) => number,
  zero: bigint,
  path: string,
): number {
  const shown = columns.map((column) => before[column] as number);
  const variables = [...new Set(shown.map((number) => number >> 1))].filter((one) => one > 0);
  if (variables.length > MOST_COLUMNS) giveUp("local-variables", path);
  /** The value where variables have these bits. */
  const at = (bits: number): bigint => {
    const assignment = shown.reduce((sum, number, i) => {
      const variable = number >> 1;
      const bit = variable === 0 ? 0 : (bits >> variables.indexOf(variable)) & 1;
      return sum + ((bit ^ (number & 1)) << i);
    }, 0);
    return values[assignment] as bigint;
  };
  const table = Array.from({ length: 2 ** variables.length }, (_, bits) => at(bits));
  if (table.some((value) => value !== 1n && value !== zero))
    giveUp("local-assignments", `${path}: not binary somewhere`);
  const used = variables.filter((_, i) => table.some((value, bits) => value !== table[bits ^ (1 << i)]));
  const bitsOf = (...chosen: readonly number[]): number =>
    chosen.reduce((sum, bit, i) => sum + (bit << variables.indexOf(used[i] as number)), 0);
  const [a, b, more] = used.map((variable) => 2 * variable);
  if (a === undefined) return table[0] === 1n ? 1 : 0;
  if (b === undefined) return table[bitsOf(1)] === 1n ? a : a ^ 1;
  const quarter = [0, 1, 2, 3].map((x) => table[bitsOf(x & 1, x >> 1)] === 1n);
  const ones = quarter.filter(Boolean).length;
  if (more !== undefined || ones === 2) return giveUp("local-variables", `${path}: no AND or OR of two others`);
  // One corner of four is different from the others: an AND of two, or its complement.
  const corner = quarter.indexOf(ones === 1);
  return and(a ^ (corner & 1 ? 0 : 1), b ^ (corner >> 1 ? 0 : 1)) ^ (ones === 1 ? 0 : 1);
}

/** How many numbers can be 1 together: of complements only the more frequent. */
function frequent(numbers: readonly number[]): bigint {
  const counted = new Map<number, number>();
  for (const number of numbers) counted.set(number, (counted.get(number) ?? 0) + 1);
  let sum = 0;
  for (const [number, times] of counted) {
    const other = counted.get(number ^ 1) ?? 0;
    if (number === 1) sum += times;
    else if (number > 1 && (times > other || (times === other && (number & 1) === 0))) sum += times;
  }
  return BigInt(sum);
}
