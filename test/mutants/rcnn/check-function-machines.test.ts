import { describe, expect, it } from "vitest";
import { checkFunction } from "../../../checkers/rcnn/check-function.js";
import { machineToFilter } from "../../../construction/rcnn/machine-to-filter.js";
import { MOVES, TAPE_SYMBOLS, type NormalMachine, type Transition } from "../../../spec/machines/machine.js";
import { isNormal } from "../../../spec/machines/normal-form.js";
import type { AlphabetName } from "../../../spec/rcnn/alphabet.js";
import { expectDifference } from "./judged.js";
import { FOUR, IDLE, PAIR } from "./samples.js";

/** Every machine that differs from the given one in one part of one entry and is normal. */
function neighbourMachines(machine: NormalMachine): { name: string; changed: NormalMachine }[] {
  return machine.table.flatMap((row, q) =>
    TAPE_SYMBOLS.flatMap((symbol) => {
      const entry = row[symbol];
      const others: Transition[] = [
        ...TAPE_SYMBOLS.map((write) => ({ ...entry, write })),
        ...MOVES.map((move) => ({ ...entry, move })),
        ...machine.states.map((_, next) => ({ ...entry, next })),
      ];
      return others.flatMap((other) => {
        const { write, move, next } = other;
        if (write === entry.write && move === entry.move && next === entry.next) return [];
        const table = machine.table.with(q, { ...row, [symbol]: other });
        const changed = { ...machine, halting: machine.halting.map(() => false), table };
        return isNormal(changed) ? [{ name: `(${q}, ${symbol}) -> (${next}, ${write}, ${move})`, changed }] : [];
      });
    }),
  );
}

describe("checkFunction on the filter of another machine", () => {
  const cases: readonly (readonly [NormalMachine, AlphabetName])[] = [
    [PAIR, "well-formed"],
    [FOUR, "well-formed"],
    [PAIR, "full"],
  ];
  for (const [machine, name] of cases) {
    it(`should reject the filter of ${machine.name} for every machine one entry away (${name})`, () => {
      const filter = machineToFilter(machine, name);
      const others = neighbourMachines(machine);
      expect(others.length).toBeGreaterThan(machine.states.length * 5);
      for (const { name: entry, changed } of others) {
        const verdict = checkFunction(filter, changed, name);
        if (verdict.verdict !== "rejected") throw new Error(`${entry}: expected value, got ${verdict.verdict}`);
        expect(verdict.code, entry).toBe("value");
        expectDifference(filter, changed, name, verdict, entry);
      }
    });
  }

  it("should reject filters of machines with other numbers of states", () => {
    for (const [filter, machine] of [
      [machineToFilter(IDLE), PAIR],
      [machineToFilter(FOUR), PAIR],
      [machineToFilter(PAIR), FOUR],
      [machineToFilter(PAIR), IDLE],
    ] as const) {
      expect(checkFunction(filter, machine, "well-formed").verdict).toBe("rejected");
    }
  });

  it("should reject the filter of the well-formed alphabet on the full one, and may accept the other way round", () => {
    for (const machine of [IDLE, PAIR, FOUR]) {
      const verdict = checkFunction(machineToFilter(machine), machine, "full");
      if (verdict.verdict !== "rejected") throw new Error(`expected a rejection, got ${verdict.verdict}`);
      expectDifference(machineToFilter(machine), machine, "full", verdict, machine.name);
      // The full alphabet holds the well-formed one.
      expect(checkFunction(machineToFilter(machine, "full"), machine, "well-formed").verdict).toBe("accepted");
    }
  });
});
