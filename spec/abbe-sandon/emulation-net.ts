/** A net that emulates a learner (Lemma 3), with the places of its memory. */
import type { Rational } from "../exact/rational.js";
import type { OddPiecewiseLinear } from "./activation.js";
import type { WeightedGraph } from "./weighted-graph.js";

/** A memory gadget: a copy of M_s without its v0, its controls and the output vertex. */
export interface Gadget {
  /** Its vertices in rising order; the first is v1, which shows the bit. */
  readonly vertices: readonly number[];
  /** vc and vc': at 0 the first opens the tail that raises the output, the second the one that lowers it. */
  readonly controls: readonly [raise: number, lower: number];
}

/** A net of the practical reading with what it is trained with. */
export interface EmulationNet {
  readonly graph: WeightedGraph<Rational>;
  /** The first of them hold the bits of the learner's memory in order, the others are the extraneous ones. */
  readonly gadgets: readonly Gadget[];
  readonly activation: OddPiecewiseLinear;
  readonly learningRate: Rational;
}
