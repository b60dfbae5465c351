/** The hand-over is about definitions, so what breaks it is a definition that is bent: f-bar, or the machine's first state. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { checkHandOver } from "../../../../checkers/rcnn/check-hand-over.js";
import { frontPatches } from "../../../../checkers/rcnn/front.js";
import { Work } from "../../../../checkers/work.js";
import type { Move, NormalMachine, TapeSymbol } from "../../../../spec/machines/machine.js";
import { headValue, PHASE, PHASE_VALUE, symbolValue } from "../../../../spec/rcnn/cell-code.js";
import type { CellOutcome, cellRule } from "../../../../spec/rcnn/cell-rule.js";
import { FIRST_LITERAL, largeMachine } from "../../execution/learn/learners.js";

type Rule = typeof cellRule;
const bent = vi.hoisted(() => ({ by: undefined as unknown }));

vi.mock(import("../../../../spec/rcnn/cell-rule.js"), async (original) => {
  const actual = await original();
  return {
    ...actual,
    cellRule: (...given) => {
      const outcome = actual.cellRule(...given);
      const by = bent.by as ((outcome: CellOutcome, given: Parameters<Rule>) => CellOutcome) | undefined;
      return by === undefined ? outcome : by(outcome, given);
    },
  };
});

afterEach(() => {
  bent.by = undefined;
});

/** A verdict, with f-bar's outcomes changed. */
function verdictWith(by: (outcome: CellOutcome, given: Parameters<Rule>) => CellOutcome) {
  bent.by = by;
  return checkHandOver(FIRST_LITERAL);
}

const kept = (outcome: CellOutcome): CellOutcome => ({
  ...outcome,
  keepsCentre: true,
  offset: PHASE_VALUE.sub(PHASE_VALUE),
});
const SIDES = [
  [-1, 0],
  [1, 0],
  [0, -1],
  [0, 1],
] as const;

describe("checkHandOver", () => {
  it("should accept machines in normal form, and count every kind with every content", () => {
    for (const machine of [FIRST_LITERAL, largeMachine(40)]) {
      const s = machine.states.length;
      const sizes = { O: 1, d: 2, n: 1, f: 8, b: 4 + 4 * s };
      const kinds = frontPatches();
      const patches = kinds
        .map((one) => one.kinds.reduce((product, kind) => product * BigInt(sizes[kind]), 1n))
        .reduce((a, b) => a + b, 0n);
      expect(checkHandOver(machine)).toEqual({ verdict: "accepted", result: { fronts: 96, patches } });
      expect(kinds).toHaveLength(96);
    }
  });

  it("should reject a first state that moves away from the start, whatever it reads, and no other", () => {
    const moving = (symbol: TapeSymbol, move: Move): NormalMachine => ({
      ...FIRST_LITERAL,
      table: FIRST_LITERAL.table.map((row, q) => (q === 0 ? { ...row, [symbol]: { ...row[symbol], move } } : row)),
    });
    for (const symbol of [0, 1, -1] as const) {
      for (const move of ["up", "left", "right"] as const) {
        expect(checkHandOver(moving(symbol, move))).toMatchObject({
          verdict: "rejected",
          code: "hand-over",
          path: "source.table",
          witness: { centre: "reached" },
        });
      }
      expect(checkHandOver(moving(symbol, "down")).verdict).toBe("accepted");
    }
  });

  it("should reject a compute phase that does not spread in one of the four directions", () => {
    for (const side of SIDES) {
      const verdict = verdictWith((outcome, [, questions, patch]) => {
        if (outcome.rule !== "msg-4-spread-compute") return outcome;
        const others = SIDES.filter((one) => one !== side);
        return others.some(([row, column]) => patch.at(row, column).ask(questions.phase) === PHASE.compute)
          ? outcome
          : kept(outcome);
      });
      // The start is in the lowest row: nothing ever spreads to a cell from above.
      expect(verdict.verdict, String(side)).toBe(side[0] === -1 ? "accepted" : "rejected");
    }
  });

  it("should reject a start that is missing, without head, in another state, or not the only one", () => {
    const start = (offset: (outcome: CellOutcome, given: Parameters<Rule>) => CellOutcome["offset"]) =>
      verdictWith((outcome, given) =>
        outcome.rule === "msg-3-start" ? { ...outcome, offset: offset(outcome, given) } : outcome,
      );
    const starts = {
      verdict: "rejected",
      code: "hand-over",
      witness: {
        front: "OOOOdnOOO",
        centre: "starts",
        patch: ["1/6", "1/6", "1/6", "1/6", "-1/3", "1", "1/6", "1/6", "1/6"],
        rule: "msg-3-start",
      },
    };
    expect(start(() => PHASE_VALUE.sub(PHASE_VALUE))).toMatchObject(starts);
    expect(start(() => PHASE_VALUE)).toMatchObject(starts);
    expect(start((_, [code]) => PHASE_VALUE.add(headValue(code, 1)))).toMatchObject(starts);
    expect(
      verdictWith((outcome, [code, questions, patch]) =>
        outcome.rule === "msg-5-keep" && patch.at(1, 0).ask(questions.isPadding)
          ? { ...outcome, offset: PHASE_VALUE.add(headValue(code, 0)) }
          : outcome,
      ),
    ).toMatchObject({ verdict: "rejected", code: "hand-over", witness: { centre: "waits" } });
  });

  it("should reject a phase that runs ahead, and memorized cells that change", () => {
    const waits = { verdict: "rejected", code: "hand-over", witness: { centre: "waits", rule: "msg-5-keep" } };
    // Of one sign only; or to what a cell of that sign holds anyway.
    for (const sign of [-1, 1] as const) {
      expect(
        verdictWith((outcome, [, questions, patch]) =>
          outcome.rule === "msg-5-keep" && patch.at(0, 0).ask(questions.symbol) === sign
            ? { ...outcome, offset: PHASE_VALUE }
            : outcome,
        ),
      ).toMatchObject(waits);
    }
    for (const offset of [symbolValue(-1), symbolValue(1)]) {
      expect(
        verdictWith((outcome) =>
          outcome.rule === "msg-5-keep" ? { ...outcome, keepsCentre: false, offset } : outcome,
        ),
      ).toMatchObject(waits);
    }
    expect(
      verdictWith((outcome, [, questions, patch]) =>
        outcome.rule === "msg-5-keep" && patch.at(1, 1).ask(questions.phase) === PHASE.compute
          ? { ...outcome, offset: PHASE_VALUE }
          : outcome,
      ),
    ).toMatchObject(waits);
    expect(
      verdictWith((outcome) => (outcome.rule === "msg-5-keep" ? { ...outcome, offset: PHASE_VALUE.neg() } : outcome)),
    ).toMatchObject(waits);
    expect(
      verdictWith((outcome) => (outcome.rule === "msg-5-keep" ? { ...outcome, keepsCentre: false } : outcome)),
    ).toMatchObject(waits);
  });

  it("should reject a machine step that waits for the phase, or takes a cell that it has not reached for a border", () => {
    const computes = { verdict: "rejected", code: "hand-over", witness: { centre: "computes" } };
    for (const [row, column] of SIDES) {
      const verdict = verdictWith((outcome, [, questions, patch]) =>
        outcome.rule === "tm-1-head-here" && patch.at(row, column).ask(questions.phase) === PHASE.unknown
          ? kept(outcome)
          : outcome,
      );
      // Below a cell that computes is never one that does not.
      expect(verdict.verdict, `${row} ${column}`).toBe(row === 1 ? "accepted" : "rejected");
      if (row !== 1) expect(verdict).toMatchObject(computes);
    }
    // Cells that compute beside the front, without a head.
    expect(
      verdictWith((outcome, [, questions, patch]) =>
        outcome.rule === "tm-6-keep" && patch.at(-1, 0).ask(questions.phase) === PHASE.unknown
          ? { ...outcome, offset: PHASE_VALUE }
          : outcome,
      ),
    ).toMatchObject(computes);
    expect(
      verdictWith((outcome, [, questions, patch]) =>
        outcome.rule === "tm-6-keep" && patch.at(-1, 0).ask(questions.phase) === PHASE.unknown
          ? { ...outcome, keepsCentre: false }
          : outcome,
      ),
    ).toMatchObject(computes);
  });

  it("should reject a spread that alters cells of the computing grid", () => {
    expect(
      verdictWith((outcome) => (outcome.rule === "tm-6-keep" ? { ...outcome, offset: PHASE_VALUE } : outcome)).verdict,
    ).toBe("rejected");
    expect(
      verdictWith((outcome) => (outcome.rule === "tm-6-keep" ? { ...outcome, keepsCentre: false } : outcome)).verdict,
    ).toBe("rejected");
  });

  it("should leave a machine undecided that costs more than is allowed", () => {
    const work = new Work();
    work.spend(3 * 2 ** 30 - 2 ** 16 * FIRST_LITERAL.states.length + 1);
    expect(checkHandOver(FIRST_LITERAL, work).verdict).toBe("undecided");
  });
});
