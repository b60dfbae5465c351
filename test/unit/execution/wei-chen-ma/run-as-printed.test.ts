import { describe, expect, it } from "vitest";
import { checkStep } from "../../../../checkers/wei-chen-ma/check-step.js";
import { decoderAsPrinted } from "../../../../construction/wei-chen-ma/decoder-as-printed.js";
import { isRight, runAsPrinted } from "../../../../execution/wei-chen-ma/run-as-printed.js";
import type { TapeKind } from "../../../../spec/machines/tape-machine.js";
import { PRINTED_CHOICES, type PrintedChoice } from "../../../../spec/wei-chen-ma/decoder-reading.js";
import { haltingLabel } from "../../../../spec/wei-chen-ma/decoder-step.js";
import { tapeMachine } from "../../../mutants/wei-chen-ma/decoders.js";

/** For each amendment a run that is right with all of them, and wrong without it: machine, T, input, tape, the first wrong pass. */
const RUNS: Readonly<
  Record<PrintedChoice, readonly [string, number, readonly number[], TapeKind, pass: number | null]>
> = {
  "position-bits": ["bb2", 2, [1, 1, 1], "two-way", 3],
  "first-symbol": ["bb2", 6, [1], "two-way", 2],
  "first-step-outside": ["bb2", 6, [1], "two-way", 1],
  "extra-step": ["bb2", 6, [], "two-way", null],
  "long-input": ["bb2", 3, [1, 1, 0, 1, 1, 0, 1, 1, 1], "two-way", 3],
  "left-end": ["bb2", 6, [], "one-way", 4],
  "halting-loop": ["bb2", 9, [], "two-way", 8],
  "halting-label": ["bb2", 3, [], "two-way", null],
  affine: ["bb2", 6, [], "two-way", 2],
  "i-prime": ["bb2", 6, [], "two-way", 1],
  "c3-cites": ["bb2", 6, [], "two-way", 3],
  "c7-query": ["bb2", 6, [1], "two-way", 1],
};

const without = (id: PrintedChoice): PrintedChoice[] => PRINTED_CHOICES.filter((one) => one !== id);

describe("runAsPrinted", () => {
  it.each(PRINTED_CHOICES)("should be wrong without %s, and right with all amendments", (id) => {
    const [name, steps, input, tape, pass] = RUNS[id];
    const task = { machine: tapeMachine(name), steps, input, tape };
    expect(isRight(runAsPrinted({ ...task, amended: PRINTED_CHOICES }))).toBe(true);
    const run = runAsPrinted({ ...task, amended: without(id) });
    expect([isRight(run), run.deviation?.pass ?? null]).toEqual([false, pass]);
  });

  it("should be wrong in the first pass with none, and right with all on many runs", () => {
    expect(runAsPrinted({ machine: tapeMachine("bb2"), steps: 6 })).toMatchObject({
      deviation: { pass: 1 },
      label: "0",
    });
    for (const tape of ["two-way", "one-way"] as const) {
      for (const [name, steps, input] of [
        ["bb3", 21, []],
        ["bb2x3", 25, [1, 2, 0, 2]],
        ["binary-counter", 17, [1]],
      ] as const)
        expect(
          isRight(runAsPrinted({ machine: tapeMachine(name), steps, input, tape, amended: PRINTED_CHOICES })),
        ).toBe(true);
    }
  });

  it("should have 3 w + 10 layers: subtracting and adding in w + 1 each", () => {
    for (const steps of [2, 6, 100]) {
      const { decoder } = decoderAsPrinted({ machine: tapeMachine("bb2"), steps, amended: PRINTED_CHOICES });
      expect(decoder.layers).toHaveLength(3 * decoder.sizes.bits + 10);
    }
  });
});

describe("decoders by the letter and the first checker", () => {
  const REJECTED: Readonly<Partial<Record<PrintedChoice, string>>> = {
    "first-symbol": "start",
    "first-step-outside": "decoder-shape",
    "halting-loop": "attention-unsupported",
    "halting-label": "classifier",
    affine: "attention-gap",
    "i-prime": "step",
    "c3-cites": "step",
    "c7-query": "attention-gap",
  };
  /** A code, or "accepted" where nothing is wrong but that formulas are not stated, which the checker looks at last. */
  const fate = (amended: readonly PrintedChoice[], tape: TapeKind): string => {
    const machine = tapeMachine("bb2");
    const { decoder, passes } = decoderAsPrinted({ machine, steps: 100, input: [1], tape, amended });
    const label = haltingLabel(machine);
    const verdict = checkStep({ machine, tape, label, passes, decoder, formulas: decoder.layers.map(() => []) });
    if (verdict.verdict !== "rejected") return verdict.verdict;
    return verdict.code === "formula" ? "accepted" : verdict.code;
  };

  it("should have no fault with all amendments, in another layout and number of layers than ours", () => {
    for (const tape of ["two-way", "one-way"] as const) expect(fate(PRINTED_CHOICES, tape)).toBe("accepted");
  });

  it.each(Object.entries(REJECTED))("should be rejected without %s as %s", (id, code) => {
    expect(fate(without(id as PrintedChoice), "two-way")).toBe(code);
  });

  it("should be rejected without left-end on a one-way tape", () => {
    expect(fate(without("left-end"), "one-way")).toBe("attention-unsupported");
  });
});
