/** The second checker's hand-over: the first one's counts, and what breaks it. */
import { afterEach, expect, it, vi } from "vitest";
import { checkHandOver } from "../../../../checkers/rcnn/check-hand-over.js";
import type { Aim, Outcome } from "../../../../checkers/second/rcnn-definition.js";
import { decideHandOver } from "../../../../checkers/second/rcnn-hand-over.js";
import { cellCode, type Machine, type Sight } from "../../../../checkers/second/rcnn-machine.js";
import { verdictOf } from "../../../../checkers/second/text.js";
import type { NormalMachine } from "../../../../spec/machines/machine.js";
import { FIRST_LITERAL, IDLE, largeMachine } from "../../execution/learn/learners.js";

type Bend = { readonly outcome?: (outcome: Outcome) => Outcome; readonly seen?: (place: number, seen: Sight) => Sight };
const bent = vi.hoisted(() => ({ by: {} as unknown }));

vi.mock(import("../../../../checkers/second/rcnn-definition.js"), async (original) => {
  const actual = await original();
  const wrap = (aim: Aim): Aim => {
    const { outcome: of, seen: shown } = bent.by as Bend;
    const outcome = aim.outcome && (of?.(aim.outcome) ?? aim.outcome);
    return {
      key: aim.key,
      ...(outcome && { outcome }),
      after: (place, seen) => wrap(aim.after(place, shown?.(place, seen) ?? seen)),
    };
  };
  return { ...actual, aimAt: (letter) => wrap(actual.aimAt(letter)) };
});

afterEach(() => {
  bent.by = {};
});

function machineOf({ name, states, table }: NormalMachine): Machine {
  const entries = table.map((row) =>
    ([0, 1, -1] as const).map((symbol) => [row[symbol].write, row[symbol].move, row[symbol].next]),
  );
  return { name, states, halting: [], table: entries as never };
}

const decide = (machine: Machine) => decideHandOver(cellCode(machine), () => undefined);
const codeWith = (by: Bend, machine = machineOf(FIRST_LITERAL)): string => {
  bent.by = by;
  const verdict = verdictOf(() => (decide(machine), []));
  return verdict.verdict === "rejected" ? verdict.code : verdict.verdict;
};
const onRule = (rule: Outcome["rule"], change: Partial<Outcome>): Bend => ({
  outcome: (outcome) => (outcome.rule === rule ? { ...outcome, ...change } : outcome),
});

it("should count what the first checker counts", () => {
  for (const machine of [FIRST_LITERAL, IDLE, largeMachine(40)]) {
    const verdict = checkHandOver(machine);
    expect(verdict.verdict).toBe("accepted");
    if (verdict.verdict !== "accepted") continue;
    const { fronts, patches } = verdict.result;
    expect(decide(machineOf(machine))).toEqual({ fronts, patches: String(patches) });
  }
});

it("should reject a first state that moves away from the start, and no other", () => {
  const machine = machineOf(FIRST_LITERAL);
  for (const move of ["up", "left", "right", "down", "stay"] as const) {
    for (const k of [0, 1, 2]) {
      const first = (machine.table[0] as Machine["table"][number]).map((entry, i) =>
        i === k ? [entry[0], move, entry[2]] : entry,
      );
      const changed = { ...machine, table: [first, ...machine.table.slice(1)] } as unknown as Machine;
      expect(codeWith({}, changed)).toBe(move === "down" || move === "stay" ? "accepted" : "hand-over");
    }
  }
});

it("should reject each line of f-bar that it needs, changed", () => {
  expect(codeWith({})).toBe("accepted");
  for (const change of [
    onRule("msg-3-start", { phase: 0 }),
    onRule("msg-3-start", { head: "none" }),
    onRule("msg-3-start", { head: 1 }),
    onRule("msg-4-spread-compute", { phase: 0 }),
    onRule("msg-4-spread-compute", { phase: -1 }),
    onRule("msg-4-spread-compute", { base: "nothing" }),
    onRule("msg-4-spread-compute", { head: 0 }),
    onRule("msg-5-keep", { phase: 1 }),
    onRule("msg-5-keep", { base: "nothing" }),
    onRule("tm-6-keep", { phase: 1 }),
    onRule("tm-6-keep", { base: "nothing" }),
  ]) {
    expect(codeWith(change)).toBe("hand-over");
  }
});

it("should reject an f-bar that overlooks the phase beside a cell, or the edge below, or sees an edge where there is none", () => {
  // The phase never arrives from above.
  const blind = (at: number): Bend => ({ seen: (place, seen) => (place === at && seen.phase === 1 ? { ...seen, phase: 0 } : seen) }); // prettier-ignore
  expect([1, 3, 5, 7].map((place) => codeWith(blind(place)))).toEqual(["accepted", "hand-over", "hand-over", "hand-over"]); // prettier-ignore
  expect(codeWith({ seen: (place, seen) => (place === 7 ? { ...seen, isPadding: false } : seen) })).toBe("hand-over");
  expect(codeWith({ seen: (place, seen) => (place === 7 ? { ...seen, isPadding: true } : seen) })).toBe("hand-over");
  expect(codeWith({ seen: (_, seen) => (seen.phase === 0 ? { ...seen, isPadding: true } : seen) })).toBe("hand-over");
});
