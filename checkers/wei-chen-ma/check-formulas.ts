/**
 * What a certificate says that coordinates hold after each layer (DECODER.md, "Formulas"). The step is decided without it; the second
 * checker builds on it, so that it is decided here as well: each formula is the function that the layer computes, node for node.
 */
import { decoderGroups, type DecoderSizes } from "../../spec/wei-chen-ma/decoder-layout.js";
import { rejected, shortened, type Rejected } from "../verdict.js";
import type { Diagrams, Node, Variable } from "./decision-diagram.js";
import { both, negation, type Situation } from "./decoder-situation.js";

/** For each layer: [coordinate, formula] where it differs from the layer before, rising; "0" is none. */
export type FormulaChanges = readonly (readonly (readonly [coordinate: number, formula: string])[])[];

/** The first formula that is malformed, or is not what its coordinate holds. @param after what coordinates hold after each layer */
export function formulaFault(
  diagrams: Diagrams,
  here: Situation,
  sizes: DecoderSizes,
  changes: FormulaChanges,
  after: readonly (readonly Node[])[],
): Rejected<"formula"> | undefined {
  const fail = (path: string, message: string): Rejected<"formula"> => rejected("formula", path, message);
  if (changes.length !== after.length) return fail("formulas", `expected a list for each of ${after.length} layers`);
  const nodes = new Map<string, Node | undefined>();
  const held = new Map<number, readonly [text: string, node: Node]>();
  for (const [j, values] of after.entries()) {
    let before = -1;
    for (const [i, [c, text]] of (changes[j] ?? []).entries()) {
      const path = `formulas[${j}][${i}]`;
      if (c <= before || c >= values.length) return fail(path, "expected coordinates that rise, in range");
      if ((held.get(c)?.[0] ?? "0") === text) return fail(path, "expected a change");
      before = c;
      if (text === "0") {
        held.delete(c);
        continue;
      }
      if (!nodes.has(text)) nodes.set(text, formulaNode(diagrams, here, sizes, text));
      const node = nodes.get(text);
      if (node === undefined) return fail(path, `expected a formula, got ${shortened(text, 60)}`);
      held.set(c, [text, node]);
    }
    const wrong = values.findIndex((node, c) => node !== (held.get(c)?.[1] ?? diagrams.zero));
    if (wrong >= 0)
      return fail(`decoder.layers[${j}].feedForward[0].rows[${wrong}]`, `expected ${held.get(wrong)?.[0] ?? "0"}`);
  }
  // Two formulas may be one function; at the end they must be those that (C.2) is written in.
  const last = finalFormulas(sizes);
  const other = (after.at(-1) ?? []).findIndex((_, c) => held.get(c)?.[0] !== last.get(c));
  return other < 0
    ? undefined
    : fail(`formulas[${after.length - 1}]`, `expected ${last.get(other) ?? "0"} in coordinate ${other} at the end`);
}

/** What st, sym1 and pos2 hold after the last layer, by coordinate. */
function finalFormulas(sizes: DecoderSizes): Map<number, string> {
  const groups = decoderGroups(sizes);
  const formulas = new Map<number, string>();
  for (let z = 0; z < sizes.states; z++) formulas.set(groups.state + z, `next.${z}`);
  for (let a = 0; a < sizes.symbols; a++) formulas.set(groups.symbol + a, `read.${a}`);
  for (let k = 0; k < sizes.bits; k++) formulas.set(groups.position + sizes.bits - 1 - k, `m.${k}`);
  return formulas;
}

/** The function that a formula names; undefined if it is none. */
function formulaNode(diagrams: Diagrams, here: Situation, sizes: DecoderSizes, text: string): Node | undefined {
  const [name = "", ...numbers] = text.split(".");
  if (!numbers.every((number) => /^(0|[1-9][0-9]{0,6})$/.test(number))) return undefined;
  const [first, second, ...more] = numbers.map(Number);
  if (more.length > 0) return undefined;
  if (name === "pair") {
    if (first === undefined || second === undefined || first >= sizes.states || second >= sizes.symbols)
      return undefined;
    const { state, symbol } = here.variables;
    return both(diagrams, diagrams.is(state, first), diagrams.is(symbol, second));
  }
  if (second !== undefined) return undefined;
  return first === undefined ? flag(diagrams, here, name) : indexed(diagrams, here, sizes, name, first);
}

function flag(diagrams: Diagrams, { variables, right, left, wall }: Situation, name: string): Node | undefined {
  const found = diagrams.is(variables.found, 1);
  const inside = diagrams.is(variables.inside, 1);
  const flags: Readonly<Record<string, () => Node>> = {
    right: () => right,
    left: () => left,
    wall: () => wall,
    found: () => found,
    inside: () => inside,
    blank: () => both(diagrams, negation(diagrams, found), negation(diagrams, inside)),
  };
  return Object.hasOwn(flags, name) ? flags[name]?.() : undefined;
}

function indexed(
  diagrams: Diagrams,
  here: Situation,
  { states, symbols, bits }: DecoderSizes,
  name: string,
  k: number,
): Node | undefined {
  const { variables, next, written, moved, read, carries, borrows } = here;
  const found = diagrams.is(variables.found, 1);
  const given = (): Node => both(diagrams, diagrams.is(variables.inside, 1), diagrams.is(variables.given, k));
  const bit = (list: readonly Variable[]): Node => diagrams.is(list[k] as Variable, 1);
  const turns = (): Node => diagrams.add(carries[k] as Node, borrows[k] as Node);
  const formulas: Readonly<Record<string, readonly [below: number, () => Node]>> = {
    z: [states, () => diagrams.is(variables.state, k)],
    a: [symbols, () => diagrams.is(variables.symbol, k)],
    next: [states, () => next[k] as Node],
    write: [symbols, () => written[k] as Node],
    l: [bits, () => bit(variables.position)],
    t: [bits, () => bit(variables.step)],
    m: [bits, () => moved[k] as Node],
    carry: [bits + 1, () => carries[k] as Node],
    borrow: [bits + 1, () => borrows[k] as Node],
    keep: [bits, () => both(diagrams, bit(variables.position), negation(diagrams, turns()))],
    flip: [bits, () => both(diagrams, negation(diagrams, bit(variables.position)), turns())],
    last: [bits, () => both(diagrams, found, bit(variables.last))],
    old: [symbols, () => both(diagrams, found, diagrams.is(variables.old, k))],
    given: [symbols, given],
    fresh: [symbols, () => both(diagrams, negation(diagrams, found), given())],
    read: [symbols, () => read[k] as Node],
  };
  const formula = Object.hasOwn(formulas, name) ? formulas[name] : undefined;
  return formula === undefined || k >= formula[0] ? undefined : formula[1]();
}
