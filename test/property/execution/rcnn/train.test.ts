import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalMachine } from "../../../../arbitraries/machines.js";
import { readoutNetworkInUnits } from "../../../../construction/rcnn/readout-network.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import type { Example, Sign } from "../../../../inputs/examples/examples.js";
import { IntegerNetwork } from "../../../../execution/rcnn/integer-network.js";
import { planRuns } from "../../../../execution/rcnn/learn-plan.js";
import { agreesWithRun } from "../../../../execution/rcnn/learn-grid.js";
import { ExactRcnn, type RcnnParts } from "../../../../execution/rcnn/network.js";
import { train } from "../../../../execution/rcnn/train.js";
import { rational } from "../../../../spec/exact/rational.js";
import type { NormalMachine } from "../../../../spec/machines/machine.js";
import { evaluateWithJacobian } from "../../../../spec/networks/network.js";
import { alphabet } from "../../../../spec/rcnn/alphabet.js";
import { cellCode, toUnits } from "../../../../spec/rcnn/cell-code.js";
import { CENTRE } from "../../../../spec/rcnn/patch.js";

const sign = fc.constantFrom<Sign>(1, -1);

function trainingSet(maxD: number, maxM: number): fc.Arbitrary<Example[]> {
  return fc.integer({ min: 1, max: maxD }).chain((d) =>
    fc.array(fc.record({ x: fc.array(sign, { minLength: d, maxLength: d }), y: sign }), {
      minLength: 1,
      maxLength: maxM,
    }),
  );
}

function partsOf(machine: NormalMachine): RcnnParts {
  const code = cellCode(machine.states.length);
  return { code, filter: machineToFilter(machine), head: readoutNetworkInUnits(code) };
}

describe("Algorithm 1", () => {
  it("should memorize any training set with the filter of any machine", () => {
    fc.assert(
      fc.property(
        normalMachine(),
        trainingSet(6, 8),
        fc.integer({ min: 1, max: 3 }),
        fc.nat(4),
        (machine, examples, columns, more) => {
          const [d, m] = [examples[0]?.x.length as number, examples.length];
          const parts = partsOf(machine);
          const network = new ExactRcnn(parts, { d, m, columns, layers: m + 1 + more });
          const run = train(network, parts.code, examples);
          expect(run.fault).toBeUndefined();
          expect(run.steps).toHaveLength(m + 1);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("roll-outs after training", () => {
  it("should show what any machine that halts leaves on the XOR tape, in just the planned layers", () => {
    let halted = 0;
    fc.assert(
      fc.property(normalMachine(), trainingSet(4, 4), (machine, examples) => {
        const [d, m] = [examples[0]?.x.length as number, examples.length];
        const x = examples[0]?.x as Sign[];
        const [plan] = planRuns(machine, examples, [x], 200);
        if (plan === undefined || !plan.halted) return;
        halted++;
        const parts = partsOf(machine);
        const shape = { d, m, columns: plan.columns, layers: plan.layers };
        const network = new ExactRcnn(parts, shape);
        const { weights } = train(network, parts.code, examples);
        const { grid } = network.rollOut(network.memoryLayer(weights, [...x, 1]));
        expect(agreesWithRun(parts.code, shape, plan, grid)).toBe(true);
      }),
      { numRuns: 150 },
    );
    expect(halted).toBeGreaterThan(20);
  });
});

describe("IntegerNetwork", () => {
  it("should give the spec's value and Jacobian at well-formed patches", () => {
    fc.assert(
      fc.property(normalMachine(), fc.array(fc.nat(), { minLength: 9, maxLength: 9 }), (machine, picks) => {
        const { code, filter } = partsOf(machine);
        const letters = alphabet(code, "well-formed");
        const patch = picks.map((pick, place) => {
          const cells = place === CENTRE ? letters.centre : letters.neighbour;
          return toUnits(code, (cells[pick % cells.length] as (typeof cells)[number]).value);
        });
        const expected = evaluateWithJacobian(
          filter,
          patch.map((u) => rational(u)),
        );
        const network = new IntegerNetwork(filter);
        const { value, gradient } = network.gradient(patch.map(Number));
        expect(rational(BigInt(value)).equals(expected.value[0] as never)).toBe(true);
        expect(network.value(patch.map(Number))).toBe(value);
        for (const [place, partial] of (expected.jacobian[0] ?? []).entries()) {
          expect(partial.equals(BigInt(gradient[place] as number))).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});
