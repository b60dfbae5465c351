/** Champions that run for long, through their filters, with the figures that bbchallenge gives. */
import { expect, it } from "vitest";
import { loadMachine } from "../../inputs/machines/load-machine.js";
import { runMachine } from "../../execution/rcnn/run-machine.js";

it("should run the BB(5) champion to its end in 47,176,871 layers of its filter", () => {
  const run = runMachine(loadMachine("bb5"));
  expect(run).toMatchObject({ halted: true, isFixed: true, steps: 47_176_870, layers: 47_176_871, nonblank: 4098 });
});

it("should run a machine of three states and three symbols for 310,341,163 steps", () => {
  const run = runMachine(loadMachine("1RB2RA2RC_1LC1RZ1LA_1RA2LB1LC"));
  expect(run).toMatchObject({ halted: true, steps: 310_341_163, nonblank: 36_089 });
});
