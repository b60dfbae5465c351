import { describe, expect, it } from "vitest";
import { loadMachine } from "../../../../inputs/machines/load-machine.js";
import { gridToMultiTape } from "../../../../construction/welper/sources.js";
import { chain } from "../../../../amendments/welper/machines.js";
import {
  allPairsLoss,
  correctedLoss,
  directions,
  graphWeights,
  lineSearch,
  stateGraph,
} from "../../../../spec/welper/full-graph.js";
import { multiTapeForm } from "../../../../spec/welper/machine.js";
import { cornerPoint, valueAtPoint } from "../../../../spec/welper/relu-loss.js";

describe("the loss of section 4.3", () => {
  it("should have the weights (11) at vertices and barycentres, with all pairs and with corrections alone", () => {
    const graph = stateGraph(chain(3, "right"), 3);
    const { vertex, edge, bound } = graphWeights(graph);
    const [pairs, corrected] = [allPairsLoss(graph), correctedLoss(graph)];
    expect(pairs.units.length).toBeGreaterThan(8 * corrected.units.length);
    for (let v = 0; v < vertex.length; v += 5) {
      for (let w = 0; w < vertex.length; w++) {
        const isEdge = graph.next[v] === w || graph.next[w] === v;
        const expected = v === w ? vertex[v] : isEdge ? edge(v, w) : bound;
        for (const { constant, units } of [pairs, corrected])
          expect(constant + valueAtPoint(units, cornerPoint(v, w, 1, 2)) / 2).toBe(expected);
      }
    }
  });

  it("should be traced from every configuration that halts, with rate 1 and by line search (Proposition 4.2)", () => {
    const graph = stateGraph(multiTapeForm(gridToMultiTape(loadMachine("bb2"))), 4);
    const loss = correctedLoss(graph);
    expect(graph.configurations).toHaveLength(3 * 16 * 4);
    let traced = 0;
    for (const [v, w] of graph.next.entries()) {
      if (graph.steps[v] === null) continue;
      const goes = directions(loss, v, graph.next.length);
      expect(goes).toEqual([w ?? v]);
      if (w !== null) expect(lineSearch(loss, v, w)).toEqual([[1, 1]]);
      traced++;
    }
    expect(traced).toBe(graph.steps.filter((k) => k !== null).length);
    expect(traced).toBeGreaterThan(64);
  });
});
