/**
 * What decideClaims makes of verdicts that no claim can cause: f-bar of a machine in normal form is its step, and heads are
 * always decided. If a definition were wrong, they could be.
 */
import { afterEach, expect, it, vi } from "vitest";
import { decideClaims } from "../../../../checkers/rcnn/decide-claims.js";
import { rejected } from "../../../../checkers/verdict.js";
import { readoutNetwork } from "../../../../construction/rcnn/readout-network.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { IDLE } from "../../../mutants/rcnn/samples.js";

const bent = vi.hoisted(() => ({ step: undefined as unknown, head: undefined as unknown }));

vi.mock(import("../../../../checkers/rcnn/check-step.js"), async (original) => {
  const actual = await original();
  return {
    ...actual,
    checkStep: (machine) => (bent.step as ReturnType<typeof actual.checkStep>) ?? actual.checkStep(machine),
  };
});
vi.mock(import("../../../../checkers/rcnn/check-readout.js"), async (original) => {
  const actual = await original();
  return {
    ...actual,
    checkReadout: (network) => (bent.head as ReturnType<typeof actual.checkReadout>) ?? actual.checkReadout(network),
  };
});

afterEach(() => {
  bent.step = undefined;
  bent.head = undefined;
});

const decide = () =>
  decideClaims({
    machine: IDLE,
    alphabet: "well-formed",
    filter: machineToFilter(IDLE),
    head: readoutNetwork(),
    replay: [],
  });

it("should not accept a machine of which f-bar is not the step", () => {
  expect(decide().verdict).toBe("accepted");
  bent.step = rejected("wrong-step", "f-bar", "bent");
  expect(decide()).toEqual(bent.step);
  bent.step = { verdict: "undecided", limit: "none", message: "bent" };
  expect(decide()).toEqual(bent.step);
});

it("should not accept a head that was not decided", () => {
  bent.head = { verdict: "undecided", limit: "none", message: "bent" };
  expect(decide()).toEqual(bent.head);
});
