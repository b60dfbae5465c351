/** The checker of emulation nets: true certificates of all learners, and what is not true, with its code. */
import { describe, expect, it } from "vitest";
import { checkEmulation } from "../../../../checkers/abbe-sandon/check-emulation.js";
import { decideEmulation } from "../../../../checkers/abbe-sandon/decide-emulation.js";
import { compileProgram } from "../../../../construction/abbe-sandon/language/compile.js";
import { GALLERY_LEARNERS } from "../../../../construction/abbe-sandon/learners/gallery.js";
import { learnerToNetwork } from "../../../../construction/abbe-sandon/learner-to-network.js";
import type { EmulationNet } from "../../../../spec/abbe-sandon/emulation-net.js";
import type { Learner } from "../../../../spec/abbe-sandon/learner.js";
import { rational } from "../../../../spec/exact/rational.js";
import { certifyLearner } from "../../../../systems/abbe-sandon/certify-learner.js";

const learnerOf = (name: string, n: number): Learner =>
  compileProgram((GALLERY_LEARNERS[name] as (bits: number) => Parameters<typeof compileProgram>[0])(n));

describe("checkEmulation", () => {
  it.each([
    ["constant", 2, "8", "float16"],
    ["conjunction", 3, "512", "float16"],
    ["parity", 3, "512", "float16"],
    ["halving", 3, "2048", "float16"],
    ["decision-list", 2, null, "float16"],
    ["winnow", 4, "4096", "float16"],
    ["parity", 8, null, "float16"],
  ] as const)("should accept the net of %s of %i bits", (name, n, inputs, format) => {
    const verdict = certifyLearner(name, learnerOf(name, n));
    if (verdict.verdict !== "accepted") throw new Error(verdict.message);
    const { certificate, text } = verdict.result;
    const { verdicts, learner } = certificate;
    expect([verdicts.function.inputs, verdicts.exactness.format]).toEqual([inputs, format]);
    expect(verdicts.gadgets.count).toBe(learner.memory + verdicts.output.copies);
    expect(checkEmulation(text)).toMatchObject({ verdict: "accepted" });
    const forged = text.replace(`"copies": ${verdicts.output.copies}`, `"copies": ${verdicts.output.copies + 1}`);
    expect(checkEmulation(forged)).toMatchObject({ verdict: "rejected", code: "counts" });
  });

  const learner = learnerOf("parity", 2);
  const net = learnerToNetwork(learner);

  it("should not accept the net with any one weight three halves of what it is", () => {
    const codes = new Set<string>();
    for (const [i, edges] of net.graph.computed.entries()) {
      // Where every gadget is alike, a vertex of the first ones stands for the others'.
      if (i % 7 !== 0) continue;
      for (const e of edges.keys()) {
        const verdict = decideEmulation(learner, withWeight(net, i, e));
        if (verdict.verdict === "rejected") codes.add(verdict.code);
        // A weight into a gate may be larger: its sums stay where the activation is constant.
        else expect([verdict.verdict, edges.length > 0]).toEqual(["accepted", true]);
      }
    }
    expect([...codes].toSorted()).toEqual(expect.arrayContaining(["gadget"]));
  });

  it("should reject another learning rate, a missing copy and another learner", () => {
    const other = { ...net, learningRate: net.learningRate.mul(rational(3n, 2n)) };
    expect(decideEmulation(learner, other)).toMatchObject({ verdict: "rejected", code: "gadget" });
    const fewer = { ...net, gadgets: net.gadgets.slice(0, -1) };
    expect(decideEmulation(learner, fewer)).toMatchObject({ verdict: "rejected", code: "roles" });
    const [first, ...rest] = learner.circuit.outputs;
    const wrong = { ...learner.circuit, outputs: [{ name: "h", literal: (first?.literal ?? 0) ^ 1 }, ...rest] };
    expect(decideEmulation({ ...learner, circuit: wrong }, net)).toMatchObject({
      verdict: "rejected",
      code: "function",
    });
  });
});

function withWeight(net: EmulationNet, i: number, e: number): EmulationNet {
  const computed = net.graph.computed.map((edges, at) =>
    at !== i
      ? edges
      : edges.map((edge, k) => (k === e ? { ...edge, weight: edge.weight.mul(rational(3n, 2n)) } : edge)),
  );
  return { ...net, graph: { ...net.graph, computed } };
}
