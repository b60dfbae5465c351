/** Forged certificates of decoders: every code, at the first, a middle and the last layer, bit or row, from both checkers. */
import { describe, expect, it } from "vitest";
import type { DecoderCertificate } from "../../../certificates/wei-chen-ma/decoder-certificate.js";
import { decodeDecoder } from "../../../certificates/wei-chen-ma/decoder-json.js";
import { biased, certificateOf, fates, forged, plus, row, withDecoder, withMap, type Draft } from "./decoders.js";

const BASE = certificateOf("bb2", 6);
const DECODER = decodeDecoder(BASE.decoder, "decoder");
const LAYERS = DECODER.layers.length;
/** First, middle and last. */
const PLACES = [0, LAYERS >> 1, LAYERS - 1];
const { width, sizes } = DECODER;

/** Sets an element of what is there. */
function set(list: unknown, index: number, value: unknown): void {
  (list as unknown[])[index] = value;
}

type Change = (draft: Draft<DecoderCertificate>) => void;

/** What a wrong function layer may be called: it is met at a value above 1, at an attention that no longer fits, or at the end. */
const WRONG = ["formula", "binary", "step", "attention-unsupported", "attention-gap"];

/** What either checker may say where several claims are false at once. */
function expectFates(text: string, ...codes: readonly string[]): void {
  const [first, second] = fates(text);
  expect(codes, `first said ${first}`).toContain(first);
  expect(codes, `second said ${second}`).toContain(second);
}

describe("forged certificates of decoders", () => {
  it("should begin from one that both checkers accept", () => {
    expect(fates(forged(BASE, () => undefined))).toEqual(["accepted", "accepted"]);
  });

  const parts: readonly (readonly [code: string, what: string, change: Change])[] = [
    ["reading", "an amendment less", (draft) => void draft.reading.amendments.pop()],
    ["source-machine", "a state twice", (draft) => void draft.source.states.push("A")],
    ["source-machine", "an undeclared start", (draft) => void (draft.source.start = "Q")],
    ["source-machine", "rows out of order", (draft) => void draft.source.table.reverse()],
    ["normal-form", "another next state", (draft) => void set(draft.machine.table[0]?.[0], 2, 0)],
    ["normal-form", "another move in the last row", (draft) => void set(draft.machine.table.at(-1)?.at(-1), 1, 1)],
    ["normal-form", "a halting state less", (draft) => void draft.machine.halting.pop()],
    ["label", "a state in both lists", (draft) => void draft.label.accept.unshift(0)],
    ["label", "a state that is not there", (draft) => void draft.label.reject.push(9)],
    [
      "network",
      "a map that is not there",
      (draft) => void ((draft.decoder.layers[0] as { feedForward: number[] }).feedForward[0] = 999),
    ],
    ["network", "columns out of order", (draft) => void draft.decoder.start.reverse()],
    ["network", "a weight of 0", (draft) => void set(draft.decoder.start[0], 1, "0")],
    ["decoder-shape", "a state more", (draft) => void (draft.decoder.states += 1)],
    ["decoder-shape", "a symbol's column less", (draft) => void draft.decoder.embedding.pop()],
    ["capacity", "one pass more than the bits hold", (draft) => void (draft.passes = 2 ** sizes.bits)],
    ["embedding", "the last symbol's column moved", (draft) => void (draft.decoder.embedding[1] = [[4, "1"]])],
    [
      "start",
      "the first state from within",
      (draft) =>
        void (draft.decoder.start = [
          [0, "1"],
          [4, "1"],
        ]),
    ],
    ["start", "an entry more in the last coordinate", (draft) => void draft.decoder.start.push([width - 1, "1"])],
    [
      "classifier",
      "signs turned",
      (draft) =>
        void (draft.decoder.classifier = draft.decoder.classifier.map(([c, v]) => [c, v === "1" ? "-1" : "1"])),
    ],
    ["margin", "a bound above what the inequalities give", (draft) => void (draft.verdicts.margin.bound = "26/10000")],
    ["margin", "a bound above its entry", (draft) => void (draft.verdicts.margin.bound = "1/2")],
    [
      "margin",
      "an entry that is no fixed point",
      (draft) => void (draft.verdicts.margin.entry = draft.verdicts.margin.bound),
    ],
    ["replay-run", "a run of no pass", (draft) => void ((draft.verdicts.replay[0] as { passes: number }).passes = 0)],
    [
      "replay-run",
      "a run of a pass too many",
      (draft) => void ((draft.verdicts.replay[0] as { passes: number }).passes = 8),
    ],
    ["replay-run", "a symbol that is not there", (draft) => void draft.verdicts.replay[0]?.input.push(2)],
    [
      "counts",
      "other reads",
      (draft) => void ((draft.verdicts.replay[0] as { reads: string }).reads = `sha256:${"0".repeat(64)}`),
    ],
    ["counts", "a later halt", (draft) => void ((draft.verdicts.replay[0] as { haltsAt: number }).haltsAt = 6)],
    ["counts", "a longer input", (draft) => void (draft.verdicts.step.longestInput = "10")],
    ["counts", "a search step less", (draft) => void (draft.verdicts.step.attention.bit = 2)],
    ["counts", "fewer parameters", (draft) => void (draft.verdicts.norms.parameters = "1")],
    ["counts", "a smaller alpha", (draft) => void (draft.verdicts.norms.alpha = "1")],
    ["counts", "more ties", (draft) => void ((draft.verdicts.exactness.formats[0] as { ties: string }).ties = "257")],
    ["counts", "a smaller scale", (draft) => void (draft.verdicts.softmax.scale = 1)],
    ["counts", "a larger radius", (draft) => void (draft.verdicts.correction.radius = "2/5")],
    ["counts", "fewer coordinates", (draft) => void (draft.verdicts.binary.coordinates = 1)],
    ["formula", "a list less", (draft) => void draft.formulas.pop()],
    ["formula", "a word that is none", (draft) => void set(draft.formulas[0]?.[0], 1, "pair.9.9")],
    ["formula", "a change that is none", (draft) => void draft.formulas[1]?.unshift([0, "0"])],
  ];
  it.each(parts)("should be rejected as %s: %s", (code, _, change) => {
    const text = forged(BASE, change);
    // Bounds must be reduced to be read at all; 26/10000 is not.
    expect(fates(text)).toEqual([code, code]);
  });

  it("should be rejected where only the digest is another", () => {
    for (const part of ["source", "machine", "decoder"] as const) {
      const text = forged(BASE, () => undefined).replace(BASE.digests[part], `sha256:${"0".repeat(64)}`);
      expect(fates(text)).toEqual(["digest", "digest"]);
    }
  });

  describe.each(PLACES)("in layer %i", (layer) => {
    const live =
      DECODER.layers[layer]?.feedForward[0].rows.flatMap(({ entries }, r) => (entries.length > 0 ? [r] : [])) ?? [];
    const rows = [live[0], live[live.length >> 1], live.at(-1)] as number[];

    it.each(rows)("should be rejected with another bias in row %i", (r) => {
      for (const by of [1, -1])
        expectFates(withDecoder(BASE, withMap(DECODER, layer, "ff", row(r, biased(by)))), ...WRONG);
    });

    it.each(rows)("should be rejected with another weight in row %i", (r) => {
      const [column = 0] = DECODER.layers[layer]?.feedForward[0].rows[r]?.entries[0] ?? [];
      for (const by of [1, -1, -2])
        expectFates(
          withDecoder(BASE, withMap(DECODER, layer, "ff", row(r, plus(column, by)))),
          "formula",
          "binary",
          "step",
          "attention-unsupported",
          "attention-gap",
        );
    });

    it.each([0, width >> 1, width - 1])("should be rejected with another correction of coordinate %i", (c) => {
      const changes = [
        withMap(DECODER, layer, "round", row(2 * c, biased(1))),
        withMap(DECODER, layer, "round", row(2 * c + 1, plus(c, 1))),
        withMap(DECODER, layer, "unround", row(c, plus(2 * c + 1, -1))),
        withMap(DECODER, layer, "unround", row(c, biased(1))),
      ];
      for (const decoder of changes) expectFates(withDecoder(BASE, decoder), "correction");
    });

    it("should be rejected with another formula", () => {
      const change = forged(BASE, (draft) => {
        const list = draft.formulas[layer] as [number, string][];
        list[list.length - 1] = [(list.at(-1) as [number, string])[0], "t.0"];
      });
      expectFates(change, "formula");
    });
  });

  it("should be rejected with a radius of 1/4 that is said to be 1/3", () => {
    const narrow = DECODER.layers.reduce(
      (decoder, _, j) =>
        withMap(decoder, j, "round", (map) => ({
          ...map,
          rows: map.rows.map(({ bias, entries }) => ({
            bias: bias === -1 ? -1 : -3,
            entries: entries.map(([c]) => [c, 4] as const),
          })),
        })),
      DECODER,
    );
    // phi(4 z - 1) - phi(4 z - 3) is 2 at 1: not even the bits stay. With halves it would not be of integers.
    expectFates(withDecoder(BASE, narrow), "correction");
  });
});
