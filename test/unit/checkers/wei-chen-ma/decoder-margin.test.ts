import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import {
  printDecoderCertificate,
  type DecoderCertificate,
} from "../../../../certificates/wei-chen-ma/decoder-certificate.js";
import { decodeDecoder } from "../../../../certificates/wei-chen-ma/decoder-json.js";
import { checkCertificateAgain } from "../../../../checkers/second/check.js";
import {
  decoderNorms,
  marginHolds,
  type DecoderNorms,
  type Gaps,
} from "../../../../checkers/wei-chen-ma/decoder-margin.js";
import { chooseMargin } from "../../../../checkers/wei-chen-ma/largest-margin.js";
import { onesAfterLayers, onesOf } from "../../../../checkers/wei-chen-ma/ones-of-formulas.js";
import { upperRational, UPPER_ONE } from "../../../../checkers/wei-chen-ma/upward.js";
import { formatRational, parseRational, rational } from "../../../../spec/exact/rational.js";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../../../..");

function certificateOf(name: string): DecoderCertificate {
  return JSON.parse(readFileSync(`${ROOT}/certificates/wei-chen-ma/${name}.json`, "utf8")) as DecoderCertificate;
}

/** All gaps of our constructions are 1. */
function normsOf({ decoder, formulas }: DecoderCertificate): DecoderNorms {
  const gaps: Gaps = decoder.layers.map(({ self, cross }) => ({
    self: self === null ? null : 1,
    cross: cross === null ? null : 1,
  }));
  return decoderNorms(decodeDecoder(decoder, "decoder"), gaps, formulas);
}

describe("decoderNorms and marginHolds", () => {
  it.each(["bb2", "bb2-input", "bb2x3", "bb4", "one-way"])("should give the bound of %s, and no larger one", (name) => {
    const certificate = certificateOf(name);
    const { bound, entry } = certificate.verdicts.margin;
    expect(chooseMargin(normsOf(certificate))).toEqual({ bound, entry });
    const next = formatRational(parseRational(bound).add(rational(1n, 10_000_000n)));
    const margin = { bound: next, entry, flip: null };
    const verdict = checkCertificateAgain(
      printDecoderCertificate({ ...certificate, verdicts: { ...certificate.verdicts, margin } }),
    );
    expect(verdict).toMatchObject({ verdict: "rejected", code: "margin" });
  });

  it("should lie below the perturbation, and not far below", () => {
    for (const [name, quotient] of Object.entries({
      bb2: 8,
      "bb2-input": 8,
      bb3: 8,
      bb2x3: 8,
      bb4: 8,
      bb5: 8,
      "one-way": 8,
    })) {
      const { bound, flip } = certificateOf(name).verdicts.margin;
      const ratio = parseRational(flip?.squaredNorm ?? "0").div(parseRational(bound).mul(parseRational(bound)));
      expect([ratio.gt(1), ratio.lt(quotient ** 2)], name).toEqual([true, true]);
    }
  });

  it("should name the inequality that fails", () => {
    const norms = normsOf(certificateOf("bb2"));
    const at = (g: string, entry: string, changed: DecoderNorms = norms): string => {
      const verdict = marginHolds(changed, upperRational(parseRational(g)), upperRational(parseRational(entry)));
      return verdict.holds ? "holds" : verdict.fault.path;
    };
    const attention = norms.layers.findIndex(({ self }) => self !== undefined);
    const cross = norms.layers.findIndex((layer) => layer.cross !== undefined);
    expect(at("1/1000", "1/50")).toBe("holds");
    expect(at("1/1000", "1/2000")).toBe("verdicts.margin.entry");
    expect(at("1/1000", "1/1000")).toBe(`decoder.layers[${norms.layers.length - 1}]`);
    expect(at("1/80", "3/10")).toBe("decoder.layers[0].feedForward[1]");
    expect(at("1/1000", "1/50", { ...norms, layers: norms.layers.slice(0, 1) })).toBe("decoder.layers");
    expect(at("1/1000", "1/50", { ...norms, classifier: 10n ** 6n })).toBe("decoder.classifier");
    for (const [which, place] of [
      ["self", attention],
      ["cross", cross],
    ] as const) {
      const layers = norms.layers.map((layer, j) => {
        const module = layer[which];
        return j === place && module !== undefined ? { ...layer, [which]: { ...module, gap: 0 } } : layer;
      });
      expect(at("1/1000", "1/50", { ...norms, layers })).toBe(`decoder.layers[${place}].${which}`);
    }
    expect(UPPER_ONE).toBe(2n ** 64n);
  });
});

describe("onesOf", () => {
  it.each([
    [[], 0],
    [["z.0", "z.1", "z.2"], 1],
    [["z.0", "z.0", "z.1"], 2],
    [["a.0", "z.0", "pair.0.1", "pair.1.0", "next.0", "next.1", "write.0", "write.1"], 5],
    [["given.0", "given.1", "read.0", "read.1"], 2],
    [["right", "left"], 1],
    [["carry.1", "borrow.1", "carry.2"], 2],
    [["keep.0", "flip.0", "flip.1"], 2],
    [["old.0", "old.1", "fresh.0", "blank"], 1],
    [["old.0", "found", "inside", "wall", "l.0", "l.1", "t.0", "m.1", "last.0"], 9],
  ] as const)("should count %j as %i", (formulas, ones) => {
    expect(onesOf(formulas)).toBe(ones);
  });

  it("should follow changes from layer to layer", () => {
    expect(
      onesAfterLayers([
        [
          [0, "l.0"],
          [1, "t.0"],
        ],
        [],
        [[0, "0"]],
        [
          [1, "z.0"],
          [2, "z.1"],
        ],
      ]),
    ).toEqual([2, 2, 1, 1]);
  });
});
