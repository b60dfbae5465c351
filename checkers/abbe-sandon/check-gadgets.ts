/**
 * Every gadget alone (Lemma 2): from its weights before the first step on, in every state that training can bring them to, with every
 * control, output and label, gradients by back-propagation. What happens in a step depends on nothing else: the rest of the net
 * reaches a gadget through its sources, and the loss through the one number 2 (output - label) f'(sum of the output).
 */
import type { EmulationNet, Gadget } from "../../spec/abbe-sandon/emulation-net.js";
import { oddActivation, RATIONALS } from "../../spec/abbe-sandon/activation.js";
import {
  backPropagationFromSum,
  forwardPass,
  type Edge,
  type ForwardPass,
} from "../../spec/abbe-sandon/weighted-graph.js";
import { formatRational, ONE, rational, ZERO, type Rational } from "../../spec/exact/rational.js";
import { rejected, undecided, type Rejected, type Undecided } from "../verdict.js";
import { BIGINT_STEP, type Work } from "../work.js";
import { openLiteral, type Signal } from "./check-gates.js";
import type { Exactness } from "./exactness.js";

/** Most states of a gadget. Lemma 2 has eight. */
export const MAX_GADGET_STATES = 64;

/** A gadget cut out of the net; weights are in the order of `edges`. */
interface LocalGadget {
  /** Outputs of the sources that always have the same one. */
  readonly sources: readonly Rational[];
  /** What each control outputs where its tail is shut; undefined if it never is. Both are open at 0. */
  readonly shut: readonly [Rational | undefined, Rational | undefined];
  readonly canOpen: readonly [boolean, boolean];
  /** As in WeightedGraph: inputs are the sources and the two controls, the last computed vertex is the output's sum. */
  readonly computed: readonly (readonly Edge<Rational>[])[];
}

/** What a step does to a gadget, from outside. */
interface Situation {
  readonly name: string;
  readonly output: 1 | -1;
  readonly open: readonly [boolean, boolean];
  readonly label: 1 | -1;
}

const SITUATIONS: readonly Situation[] = [1, -1].flatMap((output) =>
  [true, false].flatMap((isOpen) =>
    [1, -1].map((label) => ({
      name: `output ${output}, ${isOpen ? "open" : "shut"}, label ${label}`,
      output: output as 1 | -1,
      open: [isOpen && output === 1, isOpen && output === -1] as const,
      label: label as 1 | -1,
    })),
  ),
);

/** What was decided of all gadgets. */
export interface Gadgets {
  readonly count: number;
  readonly states: number;
  readonly cases: number;
  /** What an open gadget adds to the sum of the output vertex, or takes from it. */
  readonly contribution: Rational;
}

/** Codes of this check. */
export type GadgetFault = "gadget" | "output";

/**
 * Decides every gadget.
 *
 * @param copies m': the output is f(m' contributions)
 */
export function checkGadgets(
  net: EmulationNet,
  signals: readonly (Signal | undefined)[],
  copies: number,
  work: Work,
  exactness: Exactness,
): Gadgets | Rejected<GadgetFault> | Undecided {
  let contribution: Rational | undefined;
  let slope = ZERO;
  const known = new Map<string, { readonly states: number; readonly cases: number }>();
  let [states, cases] = [0, 0];
  const reads = outputEdges(net);
  for (const [g, gadget] of net.gadgets.entries()) {
    const path = `network.gadgets[${g}]`;
    const local = cutOut(net, gadget, reads[g] ?? [], signals, path);
    if ("verdict" in local) return local;
    const key = keyOf(local);
    let found = known.get(key);
    if (found === undefined) {
      if (contribution === undefined) {
        contribution = contributionOf(local, net);
        if (contribution === undefined || contribution.s <= 0n)
          return rejected("gadget", path, "expected a gadget that raises the output where its first control is 0");
        const output = outputOf(net, contribution.mul(BigInt(copies)));
        if ("verdict" in output) return output;
        slope = output.slope;
      }
      const explored = explore(local, { net, contribution, slope, path, work, exactness });
      if ("verdict" in explored) return explored;
      known.set(key, (found = explored));
    }
    states += found.states;
    cases += found.cases;
  }
  if (contribution === undefined) throw new RangeError("checkGadgets: expected a gadget");
  exactness.sum([contribution, contribution.mul(BigInt(copies - 1))]);
  return { count: net.gadgets.length, states, cases, contribution };
}

/** The edges from each gadget to the output. */
function outputEdges({ graph, gadgets }: EmulationNet): Edge<Rational>[][] {
  const owner = new Map(gadgets.flatMap(({ vertices }, g) => vertices.map((vertex) => [vertex, g] as const)));
  const edges: Edge<Rational>[][] = gadgets.map(() => []);
  for (const edge of graph.computed.at(-1) ?? []) edges[owner.get(edge.from) ?? -1]?.push(edge);
  return edges;
}

function cutOut(
  { graph }: EmulationNet,
  { vertices, controls }: Gadget,
  toOutput: readonly Edge<Rational>[],
  signals: readonly (Signal | undefined)[],
  path: string,
): LocalGadget | Rejected<GadgetFault> {
  const sources: Rational[] = [];
  const places = new Map<number, number>([[0, 0]]);
  const incoming = vertices.map((vertex) => graph.computed[vertex - graph.inputs - 1] ?? []);
  const inner = new Set(vertices);
  for (const edge of incoming.flat()) {
    if (places.has(edge.from) || inner.has(edge.from) || controls.includes(edge.from)) continue;
    const signal = signals[edge.from];
    if (signal === undefined || !signal.low.equals(signal.high))
      return rejected("gadget", path, `vertex ${edge.from} is read, but is no control and has more than one output`);
    sources.push(signal.low);
    places.set(edge.from, sources.length);
  }
  const shut: (Rational | undefined)[] = [];
  const canOpen: boolean[] = [];
  for (const [c, control] of controls.entries()) {
    const signal = signals[control];
    if (signal === undefined || openLiteral(signal) === undefined)
      return rejected(
        "gadget",
        `${path}.controls[${c}]`,
        "expected a control that outputs 0, or one other number, or either",
      );
    const { low, high } = signal;
    canOpen.push(low.n === 0n || high.n === 0n);
    shut.push(low.n !== 0n ? low : high.n !== 0n ? high : undefined);
    places.set(control, sources.length + 1 + c);
  }
  for (const [i, vertex] of vertices.entries()) places.set(vertex, sources.length + 3 + i);
  const place = ({ from, weight }: Edge<Rational>): Edge<Rational> => ({ from: places.get(from) as number, weight });
  const computed = [...incoming, toOutput].map((edges) => edges.map(place));
  return { sources, shut: shut as [Rational, Rational], canOpen: canOpen as [boolean, boolean], computed };
}

function keyOf({ sources, shut, canOpen, computed }: LocalGadget): string {
  const text = (value: Rational | undefined): string => (value === undefined ? "" : formatRational(value));
  return JSON.stringify([
    sources.map(text),
    shut.map(text),
    canOpen,
    computed.map((edges) => edges.map(({ from, weight }) => [from, text(weight)])),
  ]);
}

/** The gadget's inputs in a situation; undefined if a control is never like that. */
function inputsOf({ sources, shut, canOpen }: LocalGadget, open: Situation["open"]): Rational[] | undefined {
  const controls = open.map((isOpen, c) => (isOpen ? (canOpen[c] === true ? ZERO : undefined) : shut[c]));
  return controls.includes(undefined) ? undefined : [...sources, ...(controls as Rational[])];
}

function forward(local: LocalGadget, net: EmulationNet, input: readonly Rational[]): ForwardPass<Rational> {
  return forwardPass(
    { inputs: input.length, computed: local.computed },
    oddActivation(net.activation),
    RATIONALS,
    input,
  );
}

function contributionOf(local: LocalGadget, net: EmulationNet): Rational | undefined {
  const input = inputsOf(local, [true, false]);
  return input === undefined ? undefined : forward(local, net, input).sums.at(-1);
}

/** The slope at the sum of the output vertex, where it has to output 1; the activation is odd. */
function outputOf({ activation }: EmulationNet, sum: Rational): { readonly slope: Rational } | Rejected<GadgetFault> {
  const { value, derivative } = oddActivation(activation);
  const found = value(sum);
  const witness = { sum: formatRational(sum), output: formatRational(found) };
  const path = `network.vertices`;
  if (!found.equals(ONE))
    return rejected("output", path, "all open gadgets together do not make the output 1", witness);
  try {
    return { slope: derivative(sum) };
  } catch {
    return rejected("output", path, "the activation has no derivative where the output is 1", witness);
  }
}

interface Exploration {
  readonly net: EmulationNet;
  readonly contribution: Rational;
  readonly slope: Rational;
  readonly path: string;
  readonly work: Work;
  readonly exactness: Exactness;
}

/** All states that the gadget can come to, the first one holding the bit 0. */
function explore(
  start: LocalGadget,
  task: Exploration,
): { readonly states: number; readonly cases: number } | Rejected<GadgetFault> | Undecided {
  const { path, work } = task;
  const seen = new Map<string, 0 | 1>([[keyOf(start), 0]]);
  const pending: { readonly local: LocalGadget; readonly bit: 0 | 1; readonly steps: readonly string[] }[] = [
    { local: start, bit: 0, steps: [] },
  ];
  const shown = SITUATIONS.map(({ open }) => inputsOf(start, open)).find((input) => input !== undefined);
  const z = shown === undefined ? ZERO : (forward(start, task.net, shown).outputs[3 + start.sources.length] ?? ZERO);
  let cases = 0;
  for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
    for (const situation of SITUATIONS) {
      const input = inputsOf(one.local, situation.open);
      if (input === undefined) continue;
      work.spend(BIGINT_STEP * 4 * one.local.computed.reduce((sum, edges) => sum + edges.length + 1, 0));
      cases += 1;
      const steps = [...one.steps, situation.name];
      const stepped = step(one.local, input, situation, one.bit === 0 ? z : z.neg(), task);
      if (typeof stepped === "string")
        return rejected("gadget", path, `${stepped}, after ${one.steps.length} steps, at ${situation.name}`, { steps });
      const isFlip = (situation.open[0] || situation.open[1]) && situation.output !== situation.label;
      const bit = isFlip ? (one.bit === 0 ? 1 : 0) : one.bit;
      const key = keyOf(stepped);
      const before = seen.get(key);
      if (before === undefined) {
        if (seen.size >= MAX_GADGET_STATES)
          return undecided("states", `${path} has more than ${MAX_GADGET_STATES} states`);
        seen.set(key, bit);
        pending.push({ local: stepped, bit, steps });
      } else if (before !== bit) {
        return rejected("gadget", path, `the bit does not change as it has to at ${situation.name}`, { steps });
      }
    }
  }
  return { states: seen.size, cases };
}

/** The gadget after a step, or what is wrong with it in this one. @param z what the first vertex has to show */
function step(
  local: LocalGadget,
  input: readonly Rational[],
  { output, open, label }: Situation,
  z: Rational,
  { net, contribution, slope, exactness }: Exploration,
): LocalGadget | string {
  const pass = forward(local, net, input);
  const { sums, outputs } = pass;
  const shows = outputs[1 + input.length] ?? ZERO;
  if (z.n === 0n || !shows.equals(z))
    return `the first vertex outputs ${formatRational(shows)} instead of ${formatRational(z)}`;
  const adds = sums.at(-1) ?? ZERO;
  const expected = open[0] ? contribution : open[1] ? contribution.neg() : ZERO;
  if (!adds.equals(expected))
    return `the gadget adds ${formatRational(adds)} to the output instead of ${formatRational(expected)}`;
  const loss = rational(BigInt(2 * (output - label))).mul(slope);
  const graph = { inputs: input.length, computed: local.computed };
  let gradient: Rational[][];
  try {
    gradient = backPropagationFromSum(graph, oddActivation(net.activation), RATIONALS, pass, loss);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return "a gradient reaches a vertex at whose sum the activation has no derivative";
  }
  const computed = local.computed.map((edges, i) =>
    edges.map(({ from, weight }, e) => {
      const slopeOfLoss = gradient[i]?.[e] ?? ZERO;
      const change = net.learningRate.mul(slopeOfLoss);
      for (const number of [weight, slopeOfLoss, change]) exactness.sum([number]);
      exactness.sum([weight, change.neg()]);
      return { from, weight: weight.sub(change) };
    }),
  );
  for (const edges of local.computed) exactness.sum(edges.map(({ from, weight }) => weight.mul(outputs[from] ?? ZERO)));
  for (const value of outputs.slice(0, -1)) exactness.sum([value]);
  exactness.sum([loss]);
  return { ...local, computed };
}
