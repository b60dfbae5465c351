/**
 * What an attention module reads, decided from its numbers alone for every history.
 *
 * The difference of a position's score and null's is affine in the bits y_v of the position's key, with coefficients that are
 * functions of the situation: D = C_0 + sum of C_v y_v. Let D_max = C_0 + sum of max(C_v, 0); then D = D_max - the sum of |C_v|
 * over the bits that differ from [C_v > 0]. So where 0 < D_max < |C_v| for every bit with a coefficient, the module reads
 * exactly those positions whose bits all are [C_v > 0], and null if there are none. This needs no shape of the matrices.
 *
 * Which positions these are follows from what the bits mean, for four kinds of module only (docs/wei-chen-ma/decoder.md):
 * `any` all steps that wrote at l_i; `bit` those among them that agree with the last in the first j bits and have bit j + 1; `last`
 * the last one; `input` the position l_i of the input. By the lemma on prefixes of the largest member of a set, `bit` reads
 * null exactly if bit j + 1 of i' is 0.
 */
import type { Attention } from "../../spec/networks/attention.js";
import type { AffineMap, AffineRow } from "../../spec/wei-chen-ma/affine.js";
import { rejected, type Rejected } from "../verdict.js";
import type { Diagrams, Node, Variable } from "./decision-diagram.js";
import { negation, positive, type Situation } from "./decoder-situation.js";

/** The kinds of module that the argument covers. */
export type AttentionKind = "any" | "bit" | "last" | "input";

/** Why a module is rejected. */
export type AttentionFault = "attention-unsupported" | "attention-gap";

/** What is read of a module. */
export interface ReadAttention {
  readonly kind: AttentionKind;
  /** What it adds to each coordinate. Shape: width. */
  readonly adds: readonly Node[];
  /** The least difference of the best score and any that is not the best. */
  readonly gap: number;
}

/** Coordinates that keys and values read: a bit of the position's, a constant, or something else. */
export type KeyMeaning =
  | { readonly is: "position" | "step"; readonly bit: number }
  | { readonly is: "constant"; readonly value: number }
  | { readonly is: "symbol"; readonly symbol: number }
  | { readonly is: "other" };

/** Where a module is, and what it reads. */
export interface AttentionPlace {
  readonly diagrams: Diagrams;
  readonly situation: Situation;
  /** The module's input. Shape: width. */
  readonly query: readonly Node[];
  /** What the coordinates of a position that may be read are. Shape: width. */
  readonly keys: readonly KeyMeaning[];
  /** For the place in a verdict. */
  readonly path: string;
  readonly kind: "self" | "cross";
}

/** Whether a module adds nothing, whatever it reads. */
export function addsNothing({ value, nullValue }: Attention): boolean {
  return value.rows.every(({ bias, entries }) => bias === 0 && entries.length === 0) && nullValue.every((v) => v === 0);
}

/** Decides what a module reads and adds. */
export function checkAttention(module: Attention, place: AttentionPlace): ReadAttention | Rejected<AttentionFault> {
  const compared = comparedBits(module, place);
  if ("verdict" in compared) return compared;
  const { diagrams, situation, path } = place;
  const kind = kindOf(compared.targets, place);
  if (typeof kind !== "string") return kind;
  const adds: Node[] = [];
  const { variables } = situation;
  const condition: Record<AttentionKind, (yes: Node, no: Node) => Node> = {
    any: (yes, no) => select(diagrams, diagrams.is(variables.found, 1), yes, no),
    last: (yes, no) => select(diagrams, diagrams.is(variables.found, 1), yes, no),
    bit: (yes, no) => {
      const bit = diagrams.is(variables.last[compared.targets.one ?? 0] as Variable, 1);
      return select(diagrams, diagrams.is(variables.found, 1), select(diagrams, bit, yes, no), no);
    },
    input: (yes, no) => select(diagrams, diagrams.is(variables.inside, 1), yes, no),
  };
  for (const [c, row] of module.value.rows.entries()) {
    const value = valueOf(row, kind, place);
    if (value === undefined) {
      const what =
        kind === "any" || kind === "bit" ? "a value that tied positions share" : "a value of known coordinates";
      return rejected("attention-unsupported", `${path}.value.rows[${c}]`, `expected ${what}`, { kind });
    }
    adds.push(condition[kind](value, diagrams.constant(module.nullValue[c] as number)));
  }
  return { kind, adds, gap: compared.gap };
}

/** The bits that a module compares, by bit number: the function that each is compared with. */
interface Targets {
  readonly position: ReadonlyMap<number, Node>;
  readonly step: ReadonlyMap<number, Node>;
  /** The bit of the step that is compared with 1; set by kindOf. */
  one?: number;
}

interface Compared {
  readonly targets: Targets;
  readonly gap: number;
}

/** The coefficients of a row of the key: a constant and bits. */
function keyRow({ bias, entries }: AffineRow, keys: readonly KeyMeaning[]): Map<string, number> | number {
  const row = new Map<string, number>([["", bias]]);
  for (const [column, weight] of entries) {
    const meaning = keys[column] as KeyMeaning;
    if (meaning.is === "other" || meaning.is === "symbol") return column;
    const [name, value] =
      meaning.is === "constant" ? ["", meaning.value * weight] : [`${meaning.is}.${meaning.bit}`, weight];
    row.set(name, (row.get(name) ?? 0) + value);
  }
  return row;
}

function comparedBits(module: Attention, place: AttentionPlace): Compared | Rejected<AttentionFault> {
  const { diagrams, query, keys, path } = place;
  const coefficients = new Map<string, Node>();
  const left = new Map<string, number>();
  const rows: { readonly query: Node; readonly key: Map<string, number> }[] = [];
  for (const [r, row] of module.query.rows.entries()) {
    const key = keyRow(module.key.rows[r] as AffineRow, keys);
    if (typeof key === "number")
      return rejected("attention-unsupported", `${path}.key.rows[${r}]`, `expected bits of positions and of steps`, {
        coordinate: key,
      });
    for (const [name, weight] of key) if (name !== "" && weight !== 0) left.set(name, r);
    const terms = row.entries.map(([column, weight]) => [query[column] as Node, weight] as const);
    rows.push({ query: diagrams.affine(row.bias, terms), key });
  }
  let best = diagrams.zero;
  for (const [r, { query: q, key }] of rows.entries()) {
    let local = diagrams.scale(q, (key.get("") ?? 0) - (module.nullKey[r] as number));
    for (const [name, weight] of key) {
      if (name === "" || weight === 0) continue;
      const sum = diagrams.add(coefficients.get(name) ?? diagrams.zero, diagrams.scale(q, weight));
      coefficients.set(name, sum);
      // A bit that no later row reads has its whole coefficient now; added here, partial sums stay small.
      if (left.get(name) === r) local = diagrams.add(local, positive(diagrams, sum));
    }
    best = diagrams.add(best, local);
  }
  return gapOf(diagrams, coefficients, best, path);
}

function gapOf(
  diagrams: Diagrams,
  coefficients: ReadonlyMap<string, Node>,
  best: Node,
  path: string,
): Compared | Rejected<AttentionFault> {
  const targets: Targets = { position: new Map(), step: new Map() };
  const [least] = diagrams.range(best);
  if (least < 1) {
    const message = "expected the score of a position that agrees in all bits to be above null's in every situation";
    return rejected("attention-gap", path, message, { difference: least });
  }
  let gap = least;
  for (const [name, coefficient] of coefficients) {
    if (coefficient === diagrams.zero) continue;
    const size = diagrams.map(coefficient, Math.abs);
    const [room] = diagrams.range(diagrams.add(size, diagrams.scale(best, -1)));
    if (room < 1) {
      const message = `expected the score of a position that differs in ${name} to be below null's in every situation`;
      return rejected("attention-gap", path, message, { bit: name, difference: room });
    }
    gap = Math.min(gap, room);
    const [group, bit] = name.split(".") as ["position" | "step", string];
    (targets[group] as Map<number, Node>).set(
      Number(bit),
      diagrams.map(coefficient, (value) => Number(value > 0)),
    );
  }
  return { targets, gap };
}

/** Which of the four kinds the compared bits make. */
function kindOf(targets: Targets, place: AttentionPlace): AttentionKind | Rejected<AttentionFault> {
  const { diagrams, situation, path, kind } = place;
  const { moved, variables } = situation;
  const bits = moved.length;
  const refuse = (message: string, witness: Record<string, string | number> = {}): Rejected<AttentionFault> =>
    rejected("attention-unsupported", path, message, witness);
  for (const [bit, node] of targets.position) {
    if (node !== moved[bit]) return refuse(`expected bit ${bit} of the position to be compared with l_i's`, { bit });
  }
  const all = targets.position.size === bits;
  if (kind === "cross") return all ? "input" : refuse("expected all bits of the position to be compared");
  let [same, ones] = [0, 0];
  for (const [bit, node] of targets.step) {
    const where = diagrams.restrict(node, variables.found, 1);
    if (where === diagrams.is(variables.last[bit] as Variable, 1)) same++;
    else if (where === diagrams.one) {
      targets.one = bit;
      ones++;
    } else return refuse(`expected bit ${bit} of the step to be compared with that of i', or with 1`, { bit });
  }
  if (same === bits) {
    const elsewhere = [...targets.step.values()].map((node) => diagrams.restrict(node, variables.found, 0));
    // No step is 0, so where no step wrote here, comparing all bits with 0 reads null as well.
    if (all || elsewhere.every((node) => node === diagrams.zero)) return "last";
    return refuse("expected null to be read where no step wrote at l_i");
  }
  if (!all) return refuse("expected all bits of the position to be compared");
  if (targets.step.size === 0) return "any";
  const first = targets.one ?? -1;
  const isPrefix = ones === 1 && [...targets.step.keys()].every((bit) => bit >= first) && same === bits - 1 - first;
  return isPrefix
    ? "bit"
    : refuse("expected the first bits of the step to be compared with those of i', the next with 1");
}

/** What a row of the value is at the positions that are read; undefined if it is not known. */
function valueOf({ bias, entries }: AffineRow, kind: AttentionKind, place: AttentionPlace): Node | undefined {
  const { diagrams, situation, keys } = place;
  const { variables, moved } = situation;
  const terms: (readonly [Node, number])[] = [];
  let sum = bias;
  for (const [column, weight] of entries) {
    const meaning = keys[column] as KeyMeaning;
    if (meaning.is === "constant") sum += meaning.value * weight;
    else if (kind === "any" || kind === "bit" || meaning.is === "other") return undefined;
    else if (meaning.is === "symbol") {
      const variable = kind === "last" ? variables.old : variables.given;
      terms.push([diagrams.is(variable, meaning.symbol), weight]);
    } else if (meaning.is === "position") terms.push([moved[meaning.bit] as Node, weight]);
    else terms.push([diagrams.is(variables.last[meaning.bit] as Variable, 1), weight]);
  }
  return diagrams.affine(sum, terms);
}

/** `yes` where a condition is 1, `no` where it is 0. */
function select(diagrams: Diagrams, condition: Node, yes: Node, no: Node): Node {
  return diagrams.add(where(diagrams, condition, yes), where(diagrams, negation(diagrams, condition), no));
}

/** The function where a condition is 1, and 0 where it is 0. */
function where(diagrams: Diagrams, condition: Node, node: Node): Node {
  if (node === diagrams.zero || condition === diagrams.zero) return diagrams.zero;
  if (node === diagrams.one) return condition;
  const [least, most] = diagrams.range(node);
  const size = Math.max(Math.abs(least), Math.abs(most));
  // node + size is at least 0 and at most 2 size, so subtracting 2 size where the condition is 0 leaves nothing of it.
  const lifted = diagrams.affine(size, [
    [node, 1],
    [negation(diagrams, condition), -2 * size],
  ]);
  return diagrams.add(positive(diagrams, lifted), diagrams.scale(condition, -size));
}

/** What the coordinates of a step's hidden vector are, from their functions. */
export function selfMeanings(diagrams: Diagrams, situation: Situation, hidden: readonly Node[]): KeyMeaning[] {
  const known = new Map<Node, KeyMeaning>();
  const { variables, written } = situation;
  for (const [symbol, node] of written.entries()) known.set(node, { is: "symbol", symbol });
  for (const [bit, variable] of variables.position.entries())
    known.set(diagrams.is(variable, 1), { is: "position", bit });
  for (const [bit, variable] of variables.step.entries()) known.set(diagrams.is(variable, 1), { is: "step", bit });
  return hidden.map((node) => {
    const value = diagrams.constantOf(node);
    return value !== undefined ? { is: "constant", value } : (known.get(node) ?? { is: "other" });
  });
}

/** What the coordinates of the encoder's outputs are: (C.1). */
export function crossMeanings(
  width: number,
  places: { readonly symbol: number; readonly symbols: number; readonly step: number; readonly bits: number },
): KeyMeaning[] {
  return Array.from({ length: width }, (_, c): KeyMeaning => {
    const { symbol, symbols, step, bits } = places;
    if (c >= symbol && c < symbol + symbols) return { is: "symbol", symbol: c - symbol };
    if (c >= step && c < step + bits) return { is: "position", bit: bits - 1 - (c - step) };
    return { is: "constant", value: 0 };
  });
}

/** Shapes of a module: rows of query, key and null key alike, values as wide as the network. */
export function attentionShapeFault(module: Attention, width: number): string | undefined {
  const { query, key, value, nullKey, nullValue } = module;
  const reads = (map: AffineMap): boolean => map.inputs === width;
  if (![query, key, value].every(reads)) return `expected query, key and value to read ${width} coordinates`;
  if (key.rows.length !== query.rows.length || nullKey.length !== query.rows.length)
    return "expected query, key and null key to have as many rows";
  return value.rows.length === width && nullValue.length === width
    ? undefined
    : `expected values and null value of ${width} coordinates`;
}
