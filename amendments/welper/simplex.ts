/** Amendments to sections 2 and 4.2, 4.3, and to appendix A: the step on the simplex, weights, pairs, hat functions. */
import { rational, type Rational } from "../../spec/exact/rational.js";
import { sided } from "../../spec/welper/hat-functions.js";
import {
  allPairsLoss,
  correctedLoss,
  directions,
  graphWeights,
  stateGraph,
  type GraphLoss,
  type StateGraph,
} from "../../spec/welper/full-graph.js";
import { projectOntoSimplex } from "../../spec/welper/projection.js";
import { cornerPoint, valueAtPoint } from "../../spec/welper/relu-loss.js";
import { minimizers } from "../../spec/welper/tracing.js";
import { amendment, type FamilyAmendment, type Finding, type Instance } from "../amendment.js";
import { chain, chainAndLoop } from "./machines.js";

/** In the order of the paper. */
export const SIMPLEX_AMENDMENTS: readonly FamilyAmendment[] = [
  amendment({
    id: "step-sign",
    place: "(3), (14), proof of 4.2, 5.2, (31), (32)",
    printed: "The direction is subtracted: x - (e_w - x).",
    amended: "It is added, as in (22): x + (e_w - x).",
    reason: "From e_v, the printed step towards e_w leaves the simplex.",
    order: "simplices of 2 ... 4 vertices, steps from e_0 to each other",
    instances: steps,
  }),
  amendment({
    id: "tie-at-zero",
    place: "(3) at k = 0, 5.2",
    printed: "Where the gradient is 0, the argmin over the simplex is the point itself: s_1 = s_0.",
    amended:
      "Projected gradient, P_S(s - alpha grad), which stays; or Frank-Wolfe that stays if the point is a minimizer.",
    reason: "Every point of the simplex minimizes a linear function that is 0.",
    order: "simplices of 1 ... 4 vertices",
    instances: ties,
  }),
  amendment({
    id: "weights-k",
    place: "4.3, (10)",
    printed: "B is above all vertex weights, and omega_v above omega_vw for every edge.",
    amended: "Above those of vertices that reach a halt; others are left alone.",
    reason: "A vertex that does not halt has the weight W_K = B itself.",
    order: "chains of 1 ... 3 states, then with a state that loops",
    instances: boundedWeights,
  }),
  amendment({
    id: "pairs-twice",
    place: "(13)",
    printed: "The sum is over v != w.",
    amended:
      "Over unordered pairs; written as the constant B and corrections at vertices and on edges, it is linear in |V|.",
    reason: "Each pair is there twice, so a barycentre has twice its weight.",
    order: "chains of 1 ... 3 states on a tape of one cell",
    instances: pairs,
  }),
  amendment({
    id: "a2-count",
    place: "Lemma A.2",
    printed: "The plane contains 2 |V| - 3 vertices of S_v and S_w.",
    amended: "2 |V| - 4.",
    reason: "They have 2 |V| - 1 vertices together, of which e_v, e_w and e_vw are not on it.",
    order: "simplices of 2 ... 5 vertices",
    instances: planeVertices,
  }),
  amendment({
    id: "corner-w",
    place: "After (34)",
    printed: "The corner S_w^(1/4) is contained in S_vw^(1/4).",
    amended: "S_v^(1/4) is.",
    reason: "e_w is not in it.",
    order: "simplices of 2 ... 4 vertices",
    instances: corners,
  }),
];

const finding = (holds: boolean, found: string): Finding => ({ holds, found });

function* steps(): Generator<Instance> {
  for (let m = 2; m <= 4; m++) {
    for (let w = 1; w < m; w++) {
      const step = (sign: number): Finding => {
        const x = Array.from({ length: m }, (_, u) => (u === 0 ? 1 - sign : u === w ? sign : 0));
        return finding(
          x.every((value) => value >= 0),
          `(${x.join(", ")})`,
        );
      };
      yield { text: `m = ${m}, from e_0 to e_${w}`, printed: () => step(-1), amended: () => step(1) };
    }
  }
}

function* ties(): Generator<Instance> {
  for (let m = 1; m <= 4; m++) {
    const gradient = Array.from({ length: m }, () => 0);
    const point = gradient.map((_, v): Rational => rational(v === 0 ? 1n : 0n));
    yield {
      text: `m = ${m}, gradient 0`,
      printed: () => {
        const least = minimizers(gradient);
        return finding(least.length === 1, `${least.length} of ${m} vertices are minimizers`);
      },
      amended: () => {
        const next = projectOntoSimplex(point);
        return finding(
          next.every((value, v) => value.equals(point[v] as Rational)),
          "it stays at e_0",
        );
      },
    };
  }
}

function* boundedWeights(): Generator<Instance> {
  for (let length = 1; length <= 3; length++) {
    for (const loops of [false, true]) {
      const graph = stateGraph(loops ? chainAndLoop(length) : chain(length, "stay"), 1);
      const { bound, vertex } = graphWeights(graph);
      const above = (some: readonly number[]): Finding => {
        const most = Math.max(...some);
        return finding(bound > most, `B = ${bound}, largest vertex weight ${most}`);
      };
      yield {
        text: `a chain of ${length}${loops ? " and a state that loops" : ""}`,
        printed: () => above(vertex),
        amended: () => above(vertex.filter((_, v) => graph.steps[v] !== null)),
      };
    }
  }
}

/** Whether (14) goes from every vertex that reaches a halt to its successor, and nowhere else. */
function traces(graph: StateGraph, loss: GraphLoss): Finding {
  const { next, steps: left } = graph;
  for (const [v, w] of next.entries()) {
    if (w === null || left[v] === null) continue;
    const least = directions(loss, v, next.length);
    if (least.length !== 1 || least[0] !== w)
      return finding(false, `from vertex ${v} to ${least.join(" or ")} and not to ${w}`);
  }
  return finding(true, "every step leads to the successor");
}

function* pairs(): Generator<Instance> {
  for (let length = 1; length <= 3; length++) {
    const graph = stateGraph(chain(length, "stay"), 1);
    yield {
      text: `a chain of ${length}`,
      printed: () => traces(graph, allPairsLoss(graph, true)),
      amended: () => traces(graph, correctedLoss(graph)),
    };
  }
}

function* planeVertices(): Generator<Instance> {
  for (let m = 2; m <= 5; m++) {
    // Of Lemma A.2's ReLU in short form: 2 x_v + 2 x_w - 1 at the vertices of both corners, v = 0 and w = 1.
    const points = new Set([0, 1].flatMap((v) => Array.from({ length: m }, (_, w) => [v, w].toSorted().join())));
    const onPlane = [...points].filter((point) => {
      const ends = point.split(",").map(Number);
      return ends.reduce((sum, end) => sum + (end < 2 ? 1 : 0), 0) - 1 === 0;
    }).length;
    const count = (expected: number): Finding => finding(onPlane === expected, `${onPlane} of ${points.size}`);
    yield { text: `m = ${m}`, printed: () => count(2 * m - 3), amended: () => count(2 * m - 4) };
  }
}

function* corners(): Generator<Instance> {
  for (let m = 2; m <= 4; m++) {
    // S_vw^(1/4) is where the ReLU of Lemma A.3 is not off: where itself, less that of the opposite sign, is at least 0.
    const inside = (at: number): Finding => {
      const negative = sided(0, 1).map((unit) => ({
        ...unit,
        bias: -unit.bias,
        entries: unit.entries.map(([u, weight]) => [u, -weight] as const),
      }));
      const outside = Array.from({ length: m }, (_, u) => u).find(
        (u) => valueAtPoint(negative, cornerPoint(at, u, 1, 4)) > 0,
      );
      return outside === undefined
        ? finding(true, "all vertices of the corner are in it")
        : finding(false, `e_(${at},${outside})^(1/4) is not in it`);
    };
    yield { text: `m = ${m}, v = 0, w = 1`, printed: () => inside(1), amended: () => inside(0) };
  }
}
