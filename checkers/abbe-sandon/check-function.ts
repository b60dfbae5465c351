/**
 * Which gadgets are open at every x and b (Lemma 3): m' of them, those that raise the output where h is 1 and those that lower it where
 * it is 0, and the gadget of bit i exactly where g differs from b there. By trying all of them, or by merging equal gates of the net and
 * of the learner's circuit.
 */
import type { Learner } from "../../spec/abbe-sandon/learner.js";
import {
  complement,
  FALSE,
  isComplemented,
  TRUE,
  variableOf,
  type Literal,
} from "../../spec/circuits/and-inverter-graph.js";
import { rejected, undecided, type Rejected, type Undecided } from "../verdict.js";
import { blockOfInputs, wordOf, type LiteralTable } from "../wei-chen-ma/literal-table.js";
import { findInput } from "../wei-chen-ma/find-input.js";
import type { Work } from "../work.js";

/** Where each gadget raises and lowers the output, as literals of x and b. */
export type Openings = readonly (readonly [raise: Literal, lower: Literal])[];

/** Most bits of x and b together whose values are all tried. */
export const MAX_TRIED_BITS = 20;

/** Most values of vertices that are tried. */
export const MAX_TRIED_VALUES: number = 2 ** 32;

/** The learner's outputs in the table. */
interface Wanted {
  readonly answer: Literal;
  readonly flips: readonly Literal[];
}

/**
 * Decides the openings.
 *
 * @param vertices of the net, on which it depends whether everything is tried
 * @returns 2^(n + m) where every x and b was tried
 */
export function checkFunction(
  learner: Learner,
  openings: Openings,
  copies: number,
  vertices: number,
  table: LiteralTable,
  work: Work,
): { readonly inputs: string | null } | Rejected<"function"> | Undecided {
  const wanted = addLearner(learner, table);
  const bits = table.inputs;
  const wrong = (values: Uint32Array): number => wrongWord(values, wanted, openings, copies);
  const tries = bits <= MAX_TRIED_BITS && 2 ** bits * vertices <= MAX_TRIED_VALUES;
  if (tries) {
    work.spend(Math.max(1, 2 ** (bits - 5)) * (table.size + 4 * openings.length));
    const found = tryAll(table, wrong);
    return found === undefined ? { inputs: String(2 ** bits) } : reject(learner, found, wanted, openings, table);
  }
  work.spend(1024 * (table.size + 4 * openings.length));
  const found = findInput(table, wrong);
  if (found !== undefined) return reject(learner, found, wanted, openings, table);
  const message = "the net's gates are not the learner's after merging, and there are too many x and b to try";
  return isRightByMerging(wanted, openings, copies, table) ? { inputs: null } : undecided("equivalence", message);
}

function addLearner({ inputs, circuit }: Learner, table: LiteralTable): Wanted {
  const literals: Literal[] = [FALSE, ...circuit.inputs.map((_, i) => 2 * (i + 1))];
  const translate = (literal: Literal): Literal => {
    const translated = literals[variableOf(literal)] as Literal;
    return isComplemented(literal) ? complement(translated) : translated;
  };
  for (const [a, b] of circuit.ands) literals.push(table.and(translate(a), translate(b)));
  const [answer = FALSE, ...next] = circuit.outputs.map(({ literal }) => translate(literal));
  const flips = next.map((g, i) => {
    const b = 2 * (inputs + 1 + i);
    return table.or(table.and(g, complement(b)), table.and(complement(g), b));
  });
  return { answer, flips };
}

/** The inputs, of 32, at which something is wrong. */
function wrongWord(values: Uint32Array, { answer, flips }: Wanted, openings: Openings, copies: number): number {
  const h = wordOf(values, answer);
  const planes: number[] = [];
  let wrong = 0;
  for (const [i, [raise, lower]] of openings.entries()) {
    const [raises, lowers] = [wordOf(values, raise), wordOf(values, lower)];
    wrong |= (raises & ~h) | (lowers & h);
    let carry = raises | lowers;
    const flip = flips[i];
    if (flip !== undefined) wrong |= carry ^ wordOf(values, flip);
    for (let p = 0; carry !== 0; p++) {
      const plane = planes[p] ?? 0;
      planes[p] = plane ^ carry;
      carry &= plane;
    }
  }
  const highest = Math.max(planes.length, copies.toString(2).length);
  for (let p = 0; p < highest; p++) wrong |= (planes[p] ?? 0) ^ (Math.floor(copies / 2 ** p) % 2 === 1 ? -1 : 0);
  return wrong;
}

function tryAll(table: LiteralTable, wrong: (values: Uint32Array) => number): number[] | undefined {
  const words = new Uint32Array(table.inputs);
  const values = new Uint32Array(table.size);
  const mask = table.inputs < 5 ? 2 ** (2 ** table.inputs) - 1 : -1;
  for (let block = 0; block < Math.max(1, 2 ** (table.inputs - 5)); block++) {
    blockOfInputs(table.inputs, block, words);
    table.simulate(words, values);
    const word = wrong(values) & mask;
    if (word === 0) continue;
    const bit = 31 - Math.clz32(word & -word);
    return Array.from(words, (one) => (one >>> bit) & 1);
  }
  return undefined;
}

function reject(
  { inputs }: Learner,
  bits: readonly number[],
  { answer, flips }: Wanted,
  openings: Openings,
  table: LiteralTable,
): Rejected<"function"> {
  const values = new Uint32Array(table.size);
  table.simulate(
    Uint32Array.from(bits, (bit) => (bit === 1 ? 0xffff_ffff : 0)),
    values,
  );
  const at = (literal: Literal): number => wordOf(values, literal) & 1;
  const [x, b] = [bits.slice(0, inputs).join(""), bits.slice(inputs).join("")];
  const wrongBit = flips.findIndex((flip, i) => {
    const [raise, lower] = openings[i] as Openings[number];
    return at(flip) !== (at(raise) | at(lower));
  });
  const open = openings.reduce((sum, [raise, lower]) => sum + (at(raise) | at(lower)), 0);
  const path = wrongBit < 0 ? "network" : `network.gadgets[${wrongBit}]`;
  const message =
    wrongBit < 0 ? "the wrong gadgets are open" : `bit ${wrongBit} of the memory becomes another than g's`;
  return rejected("function", path, `${message} at x = ${x}, b = ${b}`, { x, b, h: at(answer), open });
}

/** Whether the literals are the same, and what is open sums to m' because it pairs off. */
function isRightByMerging(
  { answer: h, flips }: Wanted,
  openings: Openings,
  copies: number,
  table: LiteralTable,
): boolean {
  const { ands, inputs } = table;
  const operandsOf = (literal: Literal): readonly Literal[] =>
    isComplemented(literal) ? [] : (ands[variableOf(literal) - inputs - 1] ?? []);
  const openWhere: Literal[] = [];
  for (const [i, [raise, lower]] of openings.entries()) {
    const condition = flips[i] ?? conditionOf(h, raise, lower, operandsOf);
    if (condition === undefined) return false;
    if (table.and(h, condition) !== raise || table.and(complement(h), condition) !== lower) return false;
    openWhere.push(condition);
  }
  const counts = new Map<Literal, number>();
  let open = 0;
  for (const condition of openWhere) {
    if (condition === FALSE) continue;
    const partner = counts.get(complement(condition)) ?? 0;
    if (condition === TRUE) open += 1;
    else if (partner > 0) {
      counts.set(complement(condition), partner - 1);
      open += 1;
    } else counts.set(condition, (counts.get(condition) ?? 0) + 1);
  }
  return open === copies && [...counts.values()].every((left) => left === 0);
}

/** F where raise is h AND F. */
function conditionOf(
  h: Literal,
  raise: Literal,
  lower: Literal,
  operandsOf: (literal: Literal) => readonly Literal[],
): Literal | undefined {
  if (h === TRUE) return raise;
  if (h === FALSE) return lower;
  if (raise === h && lower === complement(h)) return TRUE;
  if (raise === FALSE && lower === FALSE) return FALSE;
  const operands = operandsOf(raise);
  return operands.includes(h) ? operands.find((one) => one !== h) : undefined;
}
