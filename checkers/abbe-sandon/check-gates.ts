/**
 * Every vertex outside of gadgets, by induction in the order of vertices (Lemma 1): whatever two outputs its sources have, its sum is
 * where the activation is constant, so the weights of its edges never change, nothing is passed back through it, and it has two
 * outputs itself.
 */
import type { EmulationNet } from "../../spec/abbe-sandon/emulation-net.js";
import { oddValue, type OddPiecewiseLinear } from "../../spec/abbe-sandon/activation.js";
import type { Edge } from "../../spec/abbe-sandon/weighted-graph.js";
import { complement, FALSE, TRUE, type Literal } from "../../spec/circuits/and-inverter-graph.js";
import { formatRational, ONE, ZERO, type Rational } from "../../spec/exact/rational.js";
import { rejected, undecided, type Rejected, type Undecided } from "../verdict.js";
import type { LiteralTable } from "../wei-chen-ma/literal-table.js";
import { BIGINT_STEP, type Work } from "../work.js";
import type { Exactness } from "./exactness.js";
import type { Roles } from "./roles.js";

/** Most sources with two outputs of a vertex. */
export const MAX_FAN_IN = 10;

/** What a vertex outputs: one value always, or one of two, the higher where a literal is 1. */
export interface Signal {
  readonly low: Rational;
  readonly high: Rational;
  /** Constant where low and high are one. */
  readonly literal: Literal;
}

/** The signals of constant, inputs, gates and memory, by vertex; what a gadget holds else is undefined. */
export interface Gates {
  readonly signals: readonly (Signal | undefined)[];
  readonly vertices: number;
  /** Assignments of sources, of all vertices together. */
  readonly cases: number;
}

/**
 * Decides every gate.
 *
 * @param table variables are the bits of x, then those of b
 */
export function checkGates(
  { graph, gadgets, activation }: EmulationNet,
  { gadgetOf, output }: Roles,
  table: LiteralTable,
  work: Work,
  exactness: Exactness,
): Gates | Rejected<"gate"> | Undecided {
  const { inputs, computed } = graph;
  const bitOf = new Map(gadgets.map(({ vertices }, g) => [vertices[0], g]));
  const signals: (Signal | undefined)[] = [constantSignal(ONE)];
  for (let i = 1; i <= inputs; i++) signals.push({ low: ONE.neg(), high: ONE, literal: 2 * i });
  let [vertices, cases] = [0, 0];
  for (const [i, edges] of computed.entries()) {
    const vertex = inputs + 1 + i;
    if (gadgetOf[vertex] !== undefined) {
      const bit = bitOf.get(vertex);
      const isRead = bit !== undefined && bit < table.inputs - inputs;
      signals.push(isRead ? memorySignal(activation, signals, edges, 2 * (inputs + 1 + bit)) : undefined);
    } else if (vertex !== output) {
      const decided = decideGate(i, edges, signals, activation, table, work, exactness);
      if ("verdict" in decided) return decided;
      signals.push(decided.signal);
      vertices += 1;
      cases += decided.cases;
    }
  }
  return { signals, vertices, cases };
}

function constantSignal(value: Rational): Signal {
  return { low: value, high: value, literal: FALSE };
}

/**
 * What the first vertex of a gadget shows: z at 0, -z at 1, z being its output before the first step. An assumption here, which the
 * check of gadgets proves for every step.
 */
function memorySignal(
  activation: OddPiecewiseLinear,
  signals: readonly (Signal | undefined)[],
  edges: readonly Edge<Rational>[],
  literal: Literal,
): Signal | undefined {
  let sum = ZERO;
  for (const { from, weight } of edges) {
    const source = signals[from];
    if (source === undefined || !source.low.equals(source.high)) return undefined;
    sum = sum.add(weight.mul(source.low));
  }
  const z = oddValue(activation, sum);
  return z.s < 0n ? { low: z, high: z.neg(), literal } : { low: z.neg(), high: z, literal: complement(literal) };
}

function decideGate(
  i: number,
  edges: readonly Edge<Rational>[],
  signals: readonly (Signal | undefined)[],
  activation: OddPiecewiseLinear,
  table: LiteralTable,
  work: Work,
  exactness: Exactness,
): { readonly signal: Signal; readonly cases: number } | Rejected<"gate"> | Undecided {
  const path = `network.vertices[${i}]`;
  const sources: (readonly [Edge<Rational>, Signal])[] = [];
  for (const [e, edge] of edges.entries()) {
    const source = signals[edge.from];
    if (source === undefined)
      return rejected("gate", `${path}[${e}]`, `vertex ${edge.from} does not have two outputs`, { from: edge.from });
    sources.push([edge, source]);
  }
  const two = sources.filter(([, { low, high }]) => !low.equals(high));
  if (two.length > MAX_FAN_IN)
    return undecided("fan-in", `${path} has more than ${MAX_FAN_IN} sources with two outputs`);
  work.spend(2 ** two.length * (edges.length + 1) * BIGINT_STEP);
  const values: Rational[] = [];
  const first = activation.points[0]?.[0] ?? ZERO;
  const last = activation.points.at(-1)?.[0] ?? ZERO;
  for (let assignment = 0; assignment < 2 ** two.length; assignment++) {
    let place = 0;
    const terms = sources.map(([{ weight }, { low, high }]) => {
      if (low.equals(high)) return weight.mul(low);
      return weight.mul((assignment >> place++) & 1 ? high : low);
    });
    const sum = terms.reduce((total, term) => total.add(term), ZERO);
    const size = sum.abs();
    if (!(size.lt(first) || size.gt(last))) {
      const bits = Array.from({ length: two.length }, (_, k) => String((assignment >> k) & 1));
      return rejected("gate", path, `a sum of ${formatRational(sum)} is where the activation is not constant`, {
        sources: two.map(([{ from }]) => String(from)),
        higher: bits.join(""),
        sum: formatRational(sum),
      });
    }
    exactness.sum(terms);
    values.push(oddValue(activation, sum));
  }
  const signal = signalOf(
    values,
    two.map(([, { literal }]) => literal),
    table,
  );
  if (signal !== undefined) return { signal, cases: values.length };
  const found = [...new Set(values.map(formatRational))];
  return rejected("gate", path, "expected at most two outputs", { outputs: found });
}

/** The signal with these outputs at all assignments; undefined if there are three. */
function signalOf(values: readonly Rational[], literals: readonly Literal[], table: LiteralTable): Signal | undefined {
  const sorted = values.toSorted((a, b) => a.compare(b));
  const [low, high] = [sorted[0], sorted.at(-1)] as [Rational, Rational];
  if (values.some((value) => !value.equals(low) && !value.equals(high))) return undefined;
  if (low.equals(high)) return constantSignal(low);
  const truth = Uint8Array.from(values, (value) => (value.equals(high) ? 1 : 0));
  return { low, high, literal: table.ofTable(literals, truth) };
}

/** Whether a control is open, as a literal; undefined if it has outputs other than 0 and one more. */
export function openLiteral({ low, high, literal }: Signal): Literal | undefined {
  if (low.equals(high)) return low.n === 0n ? TRUE : FALSE;
  if (low.n === 0n) return complement(literal);
  return high.n === 0n ? literal : undefined;
}
