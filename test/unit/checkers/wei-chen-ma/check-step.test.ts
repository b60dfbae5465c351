import { describe, expect, it } from "vitest";
import { checkStep } from "../../../../checkers/wei-chen-ma/check-step.js";
import { decoderNorms, marginHolds } from "../../../../checkers/wei-chen-ma/decoder-margin.js";
import { upperRational } from "../../../../checkers/wei-chen-ma/upward.js";
import { OutOfWork, Work } from "../../../../checkers/work.js";
import { rational } from "../../../../spec/exact/rational.js";
import { chooseMargin } from "../../../../checkers/wei-chen-ma/largest-margin.js";
import { claimOf, row, withMap, plus } from "../../../mutants/wei-chen-ma/decoders.js";

describe("checkStep", () => {
  it("should accept decoders of the gallery, with closed formulas for layers and modules", () => {
    for (const name of ["bb2", "bb2x3", "bb3", "bb4", "bb5", "binary-counter"]) {
      for (const tape of ["two-way", "one-way"] as const) {
        const claim = claimOf(name, { passes: 100, tape });
        const verdict = checkStep(claim);
        if (verdict.verdict !== "accepted") throw new Error(`${name}: ${verdict.message}`);
        const w = claim.decoder.sizes.bits;
        const { layers, attention, coordinates } = verdict.result;
        expect(layers).toBe(2 * w + (tape === "two-way" ? 6 : 7));
        expect(attention).toEqual({ any: 1, bit: w, last: 1, input: 1 });
        expect(coordinates).toBe(layers * claim.decoder.width);
      }
    }
  });

  it("should decide T = 2^30 - 2 within a few tens of thousands of nodes", () => {
    const verdict = checkStep(claimOf("bb5", { passes: 2 ** 30 - 1 }));
    if (verdict.verdict !== "accepted") throw new Error(verdict.message);
    expect(verdict.result.nodes).toBeLessThan(60_000);
    expect(verdict.result.longestInput).toBe("1");
  });

  it("should grow in nodes no faster than the square of the bits", () => {
    const nodes = [8, 16].map((w) => {
      const verdict = checkStep(claimOf("bb3", { passes: 2 ** w - 1 }));
      return verdict.verdict === "accepted" ? verdict.result.nodes : 0;
    });
    expect(nodes[0]).toBeGreaterThan(0);
    expect((nodes[1] as number) / (nodes[0] as number)).toBeLessThan(5);
  });

  it("should name the situation in which a coordinate is neither 0 nor 1", () => {
    const claim = claimOf("bb2", { passes: 7 });
    const doubled = withMap(claim.decoder, 0, "ff", row(8, plus(8, 1)));
    const binary = checkStep({ ...claim, decoder: doubled });
    if (binary.verdict !== "rejected") throw new Error("expected a rejection");
    expect(binary.code).toBe("binary");
    expect(binary.witness).toEqual({ coordinate: 8, value: 2, situation: { step: "1.." } });
  });

  it("should leave a decoder undecided where work runs out", () => {
    const claim = claimOf("bb2", { passes: 7 });
    expect(checkStep(claim, new Work(0, 100))).toMatchObject({ verdict: "undecided", limit: "work" });
    expect(new OutOfWork("work", 1).limit).toBe("work");
  });
});

describe("marginHolds", () => {
  it("should hold for the bound that was chosen and all below it, and fail one grid unit above", () => {
    const claim = claimOf("bb3", { passes: 22 });
    const verdict = checkStep(claim);
    if (verdict.verdict !== "accepted") throw new Error(verdict.message);
    const norms = decoderNorms(claim.decoder, verdict.result.gaps, claim.formulas);
    const { bound, entry } = chooseMargin(norms);
    const [n = "0", d = "1"] = bound.split("/");
    const [e = "0", f = "1"] = entry.split("/");
    const g = rational(BigInt(n), BigInt(d));
    const first = rational(BigInt(e), BigInt(f));
    expect(marginHolds(norms, upperRational(g), upperRational(first)).holds).toBe(true);
    expect(marginHolds(norms, upperRational(g.div(2)), upperRational(first)).holds).toBe(true);
    for (const more of [1n, 2n, 10n]) {
      const wider = first.mul(rational(20n + more, 20n));
      expect(marginHolds(norms, upperRational(g.add(rational(1n, 10_000_000n))), upperRational(wider)).holds).toBe(
        false,
      );
    }
    expect(Number(g)).toBeGreaterThan(0.0015);
  });

  it("should be what the design measured for BB(4) with N = 120, or better", () => {
    const claim = claimOf("bb4", { passes: 120 });
    const verdict = checkStep(claim);
    if (verdict.verdict !== "accepted") throw new Error(verdict.message);
    const { bound } = chooseMargin(decoderNorms(claim.decoder, verdict.result.gaps, claim.formulas));
    const [n, d] = bound.split("/").map(Number) as [number, number];
    expect(n / d).toBeGreaterThan(0.001167);
  });

  it("should count perturbations of modules whose parameters are all 0", () => {
    const claim = claimOf("bb2", { passes: 7 });
    const verdict = checkStep(claim);
    if (verdict.verdict !== "accepted") throw new Error(verdict.message);
    const norms = decoderNorms(claim.decoder, verdict.result.gaps, claim.formulas);
    const { bound, entry } = chooseMargin(norms);
    const [[n, d], [e, f]] = [bound, entry].map((text) => text.split("/").map(BigInt)) as [
      [bigint, bigint],
      [bigint, bigint],
    ];
    // Four times the idle layers at the same bound would not change anything if they cost nothing.
    const idle = { ...norms, layers: norms.layers.map((layer) => ({ ...layer, self: undefined, cross: undefined })) };
    const at = (g: bigint): boolean =>
      marginHolds(idle, upperRational(rational(g * n, d)), upperRational(rational(g * e, f))).holds;
    expect(at(1n)).toBe(true);
    expect(at(8n)).toBe(false);
  });
});
