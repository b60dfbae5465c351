/**
 * A local situation of the decoder, in variables: all that a pass may depend on, if the layers before did what they should. What
 * is shown for every assignment is shown for every machine history, input and length; see check-step.ts.
 */
import type { TapeKind, TapeMachine } from "../../spec/machines/tape-machine.js";
import { decoderGroups, type DecoderSizes } from "../../spec/wei-chen-ma/decoder-layout.js";
import { decoderTransition } from "../../spec/wei-chen-ma/decoder-step.js";
import type { Diagrams, Node, Variable } from "./decision-diagram.js";

/** The variables of a step t and what attention may bring. Bits are numbered from the least significant one. */
export interface SituationVariables {
  /** State z_(t-1) and symbol a_(t-1). */
  readonly state: Variable;
  readonly symbol: Variable;
  /** Bits of l_(t-1), and of t. */
  readonly position: readonly Variable[];
  readonly step: readonly Variable[];
  /** Whether some step up to this one wrote at l_t; the bits of the last, i'; the symbol that it wrote. */
  readonly found: Variable;
  readonly last: readonly Variable[];
  readonly old: Variable;
  /** Whether l_t is in the input, and its symbol there. */
  readonly inside: Variable;
  readonly given: Variable;
}

/** What the machine makes of a situation, as functions of it. */
export interface Situation {
  readonly variables: SituationVariables;
  /** Whether z_t is each state, and u_t each symbol. */
  readonly next: readonly Node[];
  readonly written: readonly Node[];
  /** Bits of l_t. */
  readonly moved: readonly Node[];
  /** Whether z_(t-1) on a_(t-1) moves right, left; and whether the left end stops it. */
  readonly right: Node;
  readonly left: Node;
  readonly wall: Node;
  /** Carry and borrow into each bit of l_(t-1), and out of the last. Shape: w + 1. */
  readonly carries: readonly Node[];
  readonly borrows: readonly Node[];
  /** Whether a_t is each symbol. */
  readonly read: readonly Node[];
}

/** The variables, in an order in which carries are small: those that decide the move, then bits from the least significant. */
export function situationVariables(diagrams: Diagrams, { states, symbols, bits }: DecoderSizes): SituationVariables {
  const numbered = (name: string): Variable[] =>
    Array.from({ length: bits }, (_, k) => diagrams.variable(`${name}.${k}`, 2));
  return {
    state: diagrams.variable("state", states),
    symbol: diagrams.variable("symbol", symbols),
    position: numbered("position"),
    step: numbered("step"),
    found: diagrams.variable("found", 2),
    last: numbered("last"),
    old: diagrams.variable("old", symbols),
    inside: diagrams.variable("inside", 2),
    given: diagrams.variable("given", symbols),
  };
}

/** The machine's step on the variables. */
export function situation(diagrams: Diagrams, machine: TapeMachine, sizes: DecoderSizes, tape: TapeKind): Situation {
  const variables = situationVariables(diagrams, sizes);
  const { states, symbols } = sizes;
  const never = (count: number): Node[] => Array.from({ length: count }, () => diagrams.zero);
  const [next, written] = [never(states), never(symbols)];
  let [right, left] = [diagrams.zero, diagrams.zero];
  for (let z = 0; z < states; z++) {
    for (let a = 0; a < symbols; a++) {
      const here = both(diagrams, diagrams.is(variables.state, z), diagrams.is(variables.symbol, a));
      const entry = decoderTransition(machine, z, a);
      next[entry.next] = diagrams.add(next[entry.next] as Node, here);
      written[entry.write] = diagrams.add(written[entry.write] as Node, here);
      if (entry.move === 1) right = diagrams.add(right, here);
      if (entry.move === -1) left = diagrams.add(left, here);
    }
  }
  const bits = variables.position.map((bit) => diagrams.is(bit, 1));
  let wall = diagrams.zero;
  if (tape === "one-way") {
    const others = bits.slice(1).map((bit) => [bit, -1] as const);
    wall = both(diagrams, left, positive(diagrams, diagrams.affine(0, [[bits[0] as Node, 1], ...others])));
  }
  const move = addMove(diagrams, bits, right, both(diagrams, left, negation(diagrams, wall)));
  const found = diagrams.is(variables.found, 1);
  const inside = diagrams.is(variables.inside, 1);
  const read = never(symbols).map((_, a) => {
    const blank = a === 0 ? negation(diagrams, inside) : diagrams.zero;
    const fresh = diagrams.add(both(diagrams, inside, diagrams.is(variables.given, a)), blank);
    const old = both(diagrams, found, diagrams.is(variables.old, a));
    return diagrams.add(old, both(diagrams, negation(diagrams, found), fresh));
  });
  return { variables, next, written, right, left, wall, ...move, read };
}

/** The input of a pass, (C.3), in the variables. Shape: width. */
export function situationInput(
  diagrams: Diagrams,
  { variables }: Situation,
  sizes: DecoderSizes,
  width: number,
): Node[] {
  const groups = decoderGroups(sizes);
  const input = Array.from({ length: width }, () => diagrams.zero);
  for (let z = 0; z < sizes.states; z++) input[groups.state + z] = diagrams.is(variables.state, z);
  for (let a = 0; a < sizes.symbols; a++) input[groups.symbol + a] = diagrams.is(variables.symbol, a);
  for (let k = 0; k < sizes.bits; k++) {
    const place = sizes.bits - 1 - k;
    input[groups.step + place] = diagrams.is(variables.step[k] as Variable, 1);
    input[groups.position + place] = diagrams.is(variables.position[k] as Variable, 1);
  }
  return input;
}

/** The output of a pass, (C.2), as the machine's step has it. Shape: width. */
export function situationOutput(
  diagrams: Diagrams,
  { next, read, moved }: Situation,
  sizes: DecoderSizes,
  width: number,
): Node[] {
  const groups = decoderGroups(sizes);
  const output = Array.from({ length: width }, () => diagrams.zero);
  for (const [z, node] of next.entries()) output[groups.state + z] = node;
  for (const [a, node] of read.entries()) output[groups.symbol + a] = node;
  for (const [k, node] of moved.entries()) output[groups.position + sizes.bits - 1 - k] = node;
  return output;
}

/** Bits of x + right - left modulo 2^w, with carries and borrows. */
function addMove(
  diagrams: Diagrams,
  bits: readonly Node[],
  right: Node,
  left: Node,
): Pick<Situation, "moved" | "carries" | "borrows"> {
  const [carries, borrows] = [[right], [left]];
  const moved = bits.map((bit, k) => {
    const [carry, borrow] = [carries[k] as Node, borrows[k] as Node];
    carries.push(both(diagrams, carry, bit));
    borrows.push(both(diagrams, borrow, negation(diagrams, bit)));
    return exclusive(diagrams, bit, diagrams.add(carry, borrow));
  });
  return { moved, carries, borrows };
}

/** 1 where both are 1; of functions to {0, 1}. */
export function both(diagrams: Diagrams, a: Node, b: Node): Node {
  return positive(
    diagrams,
    diagrams.affine(-1, [
      [a, 1],
      [b, 1],
    ]),
  );
}

/** 1 where a function to {0, 1} is 0. */
export function negation(diagrams: Diagrams, a: Node): Node {
  return diagrams.map(a, (value) => 1 - value);
}

/** The ReLU of a function. */
export function positive(diagrams: Diagrams, a: Node): Node {
  return diagrams.positive(a);
}

function exclusive(diagrams: Diagrams, a: Node, b: Node): Node {
  return diagrams.map(diagrams.add(a, b), (value) => value % 2);
}
