import { describe, expect, it } from "vitest";
import { carryByBumps, carryByRamp } from "../../../../construction/rcnn/carry.js";
import { gatesToNetwork } from "../../../../construction/rcnn/gates-to-network.js";
import type { NeighbourFeatures } from "../../../../construction/rcnn/features.js";
import { centreClass, indicator, leftBehind } from "../../../../construction/rcnn/features.js";
import { UnivariateFunctions } from "../../../../construction/rcnn/univariate.js";
import { formatRational, rational, type Rational } from "../../../../spec/exact/rational.js";
import type { NormalMachine } from "../../../../spec/machines/machine.js";
import { evaluateWithJacobian, type Network } from "../../../../spec/networks/network.js";
import { alphabet, ALPHABET_NAMES, type AlphabetName } from "../../../../spec/rcnn/alphabet.js";
import { cellCode, cellFromDigits, toUnits, val, type Cell } from "../../../../spec/rcnn/cell-code.js";
import { CENTRE, PLACES } from "../../../../spec/rcnn/patch.js";
import { FOUR, IDLE } from "../../../mutants/rcnn/samples.js";

/** The terms that carry, and nothing else, as a network. */
function carryingNetwork(machine: NormalMachine, name: AlphabetName): Network {
  const code = cellCode(machine.states.length);
  const letters = alphabet(code, name);
  const univariate = new UnivariateFunctions();
  const isMemory = (cell: Cell): boolean => val(cell, 2) === -1;
  const at: NeighbourFeatures = {
    aboveSettled: indicator(1, "never", () => false),
    aboveMemory: indicator(1, "is in the memory phase", isMemory),
    belowMemory: indicator(7, "is in the memory phase", isMemory),
    compute: [],
    head: [],
    padding: [],
    rightIsOne: indicator(5, "never", () => false),
  };
  const carry = name === "well-formed" ? carryByBumps : carryByRamp;
  const cells = Array.from({ length: PLACES }, (_, place) => (place === CENTRE ? letters.centre : letters.neighbour));
  return gatesToNetwork(code, cells, univariate, carry(code, machine, letters, at, univariate));
}

for (const name of ALPHABET_NAMES) {
  for (const machine of [IDLE, FOUR]) {
    describe(`carrying (${name}, ${machine.name})`, () => {
      const code = cellCode(machine.states.length);
      const network = carryingNetwork(machine, name);
      // Every cell of the smaller alphabets, and every 17th of the larger ones.
      const all = alphabet(code, name).centre;
      const centres = all.filter((_, i) => all.length < 100 || i % 17 === 0);
      const memory = cellFromDigits(code, [0, 0, -1]);
      const blank = cellFromDigits(code, []);

      const carried = (centre: Cell, above: Cell, below: Cell): readonly [value: string, slope: string] => {
        const cells = Array.from({ length: PLACES }, () => blank)
          .with(CENTRE, centre)
          .with(1, above)
          .with(7, below);
        const point = cells.map(({ value }) => rational(toUnits(code, value)));
        const { value, jacobian, kink } = evaluateWithJacobian(network, point);
        expect(kink).toBe(false);
        const slopes = (jacobian[0] as readonly Rational[]).map(formatRational);
        expect(slopes.filter((slope, place) => place !== CENTRE && slope !== "0")).toEqual([]);
        return [formatRational(value[0] as Rational), slopes[CENTRE] as string];
      };

      it("should pass every centre cell on as f-bar does where nothing else happens", () => {
        for (const cell of centres) {
          const kind = centreClass(code, cell);
          const kept = String(toUnits(code, cell.value));
          const expected = kind === "head" ? formatRational(leftBehind(code, machine, cell)) : kept;
          expect(carried(cell, blank, blank), formatRational(cell.value)).toEqual([
            expected,
            kind === "memory" ? "1" : "0",
          ]);
        }
      });

      it("should turn unknown cells into memory under or over a memory cell, and leave all others alone", () => {
        const minusPhase = String(toUnits(code, memory.value));
        for (const cell of centres) {
          const kind = centreClass(code, cell);
          if (kind !== "unknown" && kind !== "compute" && kind !== "memory") continue;
          for (const [above, below] of [
            [memory, blank],
            [blank, memory],
            [memory, memory],
          ] as const) {
            const expected = kind === "unknown" ? minusPhase : String(toUnits(code, cell.value));
            expect(carried(cell, above, below)).toEqual([expected, kind === "memory" ? "1" : "0"]);
          }
        }
      });
    });
  }
}
