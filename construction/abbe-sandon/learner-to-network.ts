/**
 * Lemma 3's net in the practical reading: m + m' gadgets between v0 and the output, and gates that open as many of them in each step
 * as the output needs. Bit i of the memory has a copy that is open where the bit's own gadget is shut, and the other m' - m copies
 * are open always: so m' gadgets are open, whichever bits are to flip, and no gate counts.
 */
import { GraphBuilder } from "../../inputs/circuits/graph-builder.js";
import {
  complement,
  FALSE,
  isComplemented,
  variableOf,
  type AndInverterGraph,
  type Literal,
} from "../../spec/circuits/and-inverter-graph.js";
import { practicalActivation } from "../../spec/abbe-sandon/activation.js";
import type { EmulationNet, Gadget } from "../../spec/abbe-sandon/emulation-net.js";
import type { Learner } from "../../spec/abbe-sandon/learner.js";
import type { Edge } from "../../spec/abbe-sandon/weighted-graph.js";
import { ONE, rational, type Rational } from "../../spec/exact/rational.js";
import { simplifyGraph } from "../wei-chen-ma/simplify-graph.js";
import { GATE_LEVELS, NetworkBuilder, type Signal } from "./network-builder.js";
import { leastCopies, practicalParameters, type PracticalParameters } from "./practical-parameters.js";

/** What can be chosen; the least that works where it is not. */
export interface NetworkOptions {
  readonly copies?: number;
}

const HALF = rational(1n, 2n);

/** The net of a learner. @throws {RangeError} if there are fewer copies than bits of memory, or none of that number */
export function learnerToNetwork(learner: Learner, options: NetworkOptions = {}): EmulationNet {
  const copies = options.copies ?? leastCopies(learner.memory);
  if (copies < learner.memory)
    throw new RangeError(
      `learnerToNetwork: expected at least ${learner.memory} copies, a bit of memory each, got ${copies}`,
    );
  const parameters = practicalParameters(copies);
  const builder = new NetworkBuilder(learner.inputs);
  const source = parameters.source === 1 ? 0 : builder.add([{ from: 0, weight: rational(2n) }]);
  const heads = Array.from({ length: learner.memory + copies }, () => addHead(builder, source, parameters.weight));
  const controls = addControls(builder, learner, copies, heads, parameters);
  const tails = heads.map((head, i) =>
    (controls[i] as Gadget["controls"]).map((control) => addTail(builder, head.at(-1) as number, control, parameters)),
  );
  builder.add(
    tails.flatMap(([raise = [], lower = []]): Edge<Rational>[] => [
      { from: raise.at(-1) as number, weight: parameters.weight },
      { from: lower.at(-1) as number, weight: parameters.weight.neg() },
    ]),
  );
  return {
    graph: builder.graph(),
    gadgets: heads.map((head, i) => ({
      vertices: [...head, ...(tails[i] ?? []).flat()],
      controls: controls[i] as Gadget["controls"],
    })),
    activation: practicalActivation(parameters.flatTo),
    learningRate: parameters.learningRate,
  };
}

/** v1 and v2. */
function addHead(builder: NetworkBuilder, source: number, weight: Rational): readonly [number, number] {
  const cell = builder.add([{ from: source, weight }]);
  return [cell, builder.add([{ from: cell, weight }])];
}

/** v3, v4 and what follows up to the last vertex before the output. */
function addTail(
  builder: NetworkBuilder,
  head: number,
  control: number,
  { weight, source, lastEdges }: PracticalParameters,
): number[] {
  const third = builder.add([{ from: head, weight }]);
  // A control of 2 cancels the sum that the path gives to v4: source s^4.
  const cancelling = weight.pow(4)?.mul(BigInt(source)).div(-2n) as Rational;
  const tail = [
    third,
    builder.add([
      { from: third, weight },
      { from: control, weight: cancelling },
    ]),
  ];
  for (let i = 1; i < lastEdges; i++) tail.push(builder.add([{ from: tail.at(-1) as number, weight }]));
  return tail;
}

/** The gates, and a control of each tail of each gadget: 0 where it is open, else 2. */
function addControls(
  builder: NetworkBuilder,
  learner: Learner,
  copies: number,
  heads: readonly (readonly [number, number])[],
  { weight, source }: PracticalParameters,
): Gadget["controls"][] {
  const circuit = controlCircuit(learner, copies);
  const level = weight.mul(BigInt(source));
  const signals: (Signal | undefined)[] = [undefined];
  for (let i = 0; i < learner.inputs; i++) signals.push({ vertex: i + 1, levels: [ONE.neg(), ONE] });
  for (const [head] of heads.slice(0, learner.memory)) signals.push({ vertex: head, levels: [level, level.neg()] });
  for (const gate of circuit.ands)
    signals.push({ vertex: builder.addSum(signals, gate, rational(-2n)), levels: GATE_LEVELS });
  const ofLiteral = (literal: Literal): number => builder.addSum(signals, [literal], ONE, HALF);
  return heads.map((_, i) => {
    const [raise, lower] = [circuit.outputs[2 * i], circuit.outputs[2 * i + 1]];
    return [ofLiteral(raise?.literal ?? FALSE), ofLiteral(lower?.literal ?? FALSE)];
  });
}

/** r(x, b) of Lemma 3: for each gadget whether each of its tails is to be shut. */
function controlCircuit({ inputs, memory, circuit }: Learner, copies: number): AndInverterGraph {
  const builder = new GraphBuilder(circuit.inputs, { hashing: true, constants: true });
  const literals: Literal[] = [FALSE, ...circuit.inputs.map((_, i) => builder.input(i))];
  const translate = (literal: Literal): Literal => {
    const translated = literals[variableOf(literal)] as Literal;
    return isComplemented(literal) ? complement(translated) : translated;
  };
  for (const [a, b] of circuit.ands) literals.push(builder.and(translate(a), translate(b)));
  const [answer = FALSE, ...next] = circuit.outputs.map(({ literal }) => translate(literal));
  const flips = next.map((literal, i) => builder.xor(literal, builder.input(inputs + i)));
  const always = Array.from({ length: copies - memory }, () => complement(FALSE));
  const open = [...flips, ...flips.map(complement), ...always];
  const outputs = open.flatMap((one, i) => [
    { name: `raise${i}`, literal: complement(builder.and(answer, one)) },
    { name: `lower${i}`, literal: complement(builder.and(complement(answer), one)) },
  ]);
  return simplifyGraph(builder.graph(outputs), { hashing: true, constants: true }).graph;
}
