/** Writes down a net vertex by vertex; literals of a circuit become edges from the vertices that show them (Lemma 1). */
import { isComplemented, variableOf, type Literal } from "../../spec/circuits/and-inverter-graph.js";
import { ONE, rational, ZERO, type Rational } from "../../spec/exact/rational.js";
import type { Edge, WeightedGraph } from "../../spec/abbe-sandon/weighted-graph.js";

/** A vertex with two possible outputs, and which of them says 1. */
export interface Signal {
  readonly vertex: number;
  /** The output at 0 and at 1: y^(0) and y^(1) of Lemma 1, in either order. */
  readonly levels: readonly [Rational, Rational];
}

const TWO = rational(2n);

/** What gates output at 0 and at 1. */
export const GATE_LEVELS: Signal["levels"] = [TWO.neg(), TWO];

/** A weight and a bias with which a signal adds -2 at 0 and 2 at 1 to a sum, or the other way round. */
function encode({ levels: [low, high] }: Signal, complemented: boolean): { weight: Rational; bias: Rational } {
  const weight = rational(complemented ? -4n : 4n).div(high.sub(low));
  return { weight, bias: weight.mul(low.add(high)).div(-2n) };
}

/** Vertices so far. */
export class NetworkBuilder {
  readonly #inputs: number;
  readonly #computed: Edge<Rational>[][] = [];

  constructor(inputs: number) {
    this.#inputs = inputs;
  }

  /** A vertex with these edges; those from one vertex become one, and the order is that of the vertices. */
  add(edges: readonly Edge<Rational>[]): number {
    const sums = new Map<number, Rational>();
    for (const { from, weight } of edges) sums.set(from, (sums.get(from) ?? ZERO).add(weight));
    const kept = [...sums].filter(([, weight]) => weight.n !== 0n).toSorted(([a], [b]) => a - b);
    this.#computed.push(kept.map(([from, weight]) => ({ from, weight })));
    return this.#inputs + this.#computed.length;
  }

  /**
   * A vertex whose sum is `bias` plus `scale` times the sum of some literals, each of which counts as -2 or 2.
   *
   * @param signals by variable
   */
  addSum(
    signals: readonly (Signal | undefined)[],
    literals: readonly Literal[],
    bias: Rational,
    scale: Rational = ONE,
  ): number {
    const edges: Edge<Rational>[] = [];
    let constant = bias;
    for (const literal of literals) {
      const variable = variableOf(literal);
      const signal = signals[variable];
      if (variable === 0) constant = constant.add(scale.mul(isComplemented(literal) ? 2n : -2n));
      else if (signal === undefined) throw new RangeError(`addSum: expected a vertex for variable ${variable}`);
      else {
        const { weight, bias: shift } = encode(signal, isComplemented(literal));
        edges.push({ from: signal.vertex, weight: weight.mul(scale) });
        constant = constant.add(shift.mul(scale));
      }
    }
    return this.add([{ from: 0, weight: constant }, ...edges]);
  }

  /** The net. */
  graph(): WeightedGraph<Rational> {
    return { inputs: this.#inputs, computed: this.#computed };
  }
}
