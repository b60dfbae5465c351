/** Definition 6: the memory component M_s, which holds a bit as the sign of the weights on a path. */
import { monomial, type Monomial } from "../exact/monomial.js";

/** Vertices of Definition 6, the primed ones with a 2 behind them. */
export type GadgetVertex =
  | "v0" | "v1" | "v2" | "v3" | "v4" | "v5" | "vc" | "v3'" | "v4'" | "v5'" | "vc'" | "v6"; // prettier-ignore

/** An edge of M_s. */
export interface GadgetEdge {
  readonly from: GadgetVertex;
  readonly to: GadgetVertex;
  readonly weight: Monomial;
}

/** 3^(3 - t/2) s, the weight of the edge from v_(t-1) to v_t. */
export function pathWeight(t: number): Monomial {
  return monomial(1, 0, 6 - t, 1);
}

/** The edges of M_s, in the order of the definition. */
export function definition6(): GadgetEdge[] {
  const path = (vertices: readonly GadgetVertex[], first: number): GadgetEdge[] =>
    vertices.slice(1).map((to, i) => ({ from: vertices[i] as GadgetVertex, to, weight: pathWeight(first + i) }));
  // 3 sqrt(3) s is 3^(3 - 3/2) s: the second tail has the weights of the first.
  const control = monomial(-1, 26, 182, 40);
  return [
    ...path(["v0", "v1", "v2", "v3", "v4", "v5", "v6"], 1),
    ...path(["v2", "v3'", "v4'", "v5'"], 3),
    { from: "v5'", to: "v6", weight: monomial(-1, 0, 0, 1) },
    { from: "vc", to: "v4", weight: control },
    { from: "vc'", to: "v4'", weight: control },
  ];
}

/** gamma = 2^-244 3^(-1643/2) s^-362, the learning rate of Lemma 2. */
export const LEMMA_2_RATE: Monomial = monomial(1, -244, -1643, -362);

/** 2^243 3^(1641/2) s^364, what an open gadget adds to the sum of the output vertex (Lemma 2). */
export const LEMMA_2_CONTRIBUTION: Monomial = monomial(1, 243, 1641, 364);
