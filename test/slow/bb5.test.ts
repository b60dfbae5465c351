import { expect, it } from "vitest";
import { loadMachine } from "../../inputs/machines/load-machine.js";
import { runMachine } from "../../execution/rcnn/run-machine.js";

it("should run the BB(5) champion to its end in 47,176,871 layers of its filter", () => {
  const run = runMachine(loadMachine("bb5"));
  expect(run).toMatchObject({ halted: true, isFixed: true, steps: 47_176_870, layers: 47_176_871, nonblank: 4098 });
});
