/** Judges a verdict of checkFunction by means that share nothing with the checker: witnesses, and plain enumeration. */
import { expect } from "vitest";
import { checkFunction, type FunctionFault } from "../../../checkers/rcnn/check-function.js";
import type { Rejected } from "../../../checkers/verdict.js";
import { formatRational, parseRational, rational } from "../../../spec/exact/rational.js";
import type { NormalMachine } from "../../../spec/machines/machine.js";
import { evaluateWithJacobian, type Network } from "../../../spec/networks/network.js";
import { alphabet, type AlphabetName } from "../../../spec/rcnn/alphabet.js";
import { cellCode, cellFromValue, toUnits, type Cell } from "../../../spec/rcnn/cell-code.js";
import { cellRule, cellFeatures, outcomeValue } from "../../../spec/rcnn/cell-rule.js";
import { patchOf, PLACES } from "../../../spec/rcnn/patch.js";
import { firstDisagreement, type Expectation } from "./plain-enumeration.js";

/** "harmless": accepted, and equal to f-bar at every patch. */
export type Judgement = "harmless" | FunctionFault;

/**
 * Runs checkFunction on a changed filter. A rejection must name a patch of the alphabet at which the network, by definition,
 * is not f-bar; an acceptance must survive the enumeration of all patches.
 */
export function judge(network: Network, expectation: Expectation, name: string): Judgement {
  const verdict = checkFunction(network, expectation.machine, "well-formed");
  if (verdict.verdict === "undecided") throw new Error(`${name}: expected a decision, got ${verdict.message}`);
  if (verdict.verdict === "accepted") {
    expect(firstDisagreement(network, expectation), name).toBeUndefined();
    return "harmless";
  }
  expectDifference(network, expectation.machine, "well-formed", verdict, name);
  return verdict.code;
}

/** Asserts that the network really differs from f-bar at the witness of a rejection, in the way that the code says. */
export function expectDifference(
  network: Network,
  machine: NormalMachine,
  alphabetName: AlphabetName,
  { code, witness }: Rejected<FunctionFault>,
  name: string,
): void {
  const cells = witnessPatch(machine, alphabetName, code, witness, name);
  const ofMachine = cellCode(machine.states.length);
  const outcome = cellRule(ofMachine, cellFeatures(ofMachine, machine), patchOf(cells));
  const found = evaluateWithJacobian(
    network,
    cells.map(({ value }) => rational(toUnits(ofMachine, value))),
  );
  const expected = outcomeValue(outcome, cells[4] as Cell);
  const actual = found.value[0]?.div(rational(ofMachine.scale));
  const isRightSlope = found.jacobian[0]?.every((d, place) => d.equals(place === 4 ? BigInt(outcome.slope) : 0n));
  switch (code) {
    case "kink":
    case "first-layer-kink":
      expect(found.kink, name).toBe(true);
      break;
    case "value":
      expect(actual?.equals(expected), name).toBe(false);
      break;
    case "derivative":
      expect(found.kink || isRightSlope === true, name).toBe(false);
      break;
    default:
      throw new Error(`${name}: expected a fault with a patch, got ${code}`);
  }
  if (code === "first-layer-kink") return;
  expect(witness["rule"], name).toBe(outcome.rule);
  expect(witness["expected"], name).toBe(formatRational(expected));
  if (actual !== undefined) expect(witness["actual"], name).toBe(formatRational(actual));
  const zeros = Array.from({ length: PLACES }, () => "0");
  expect(witness["expectedJacobian"], name).toEqual(zeros.with(4, String(outcome.slope)));
  expect(witness["actualJacobian"], name).toEqual(
    found.kink ? ["none: a ReLU sits at its kink"] : found.jacobian[0]?.map(formatRational),
  );
}

/** The cells of a witness; all of them belong to the alphabet, with p at the centre only where the alphabet has it. */
function witnessPatch(
  machine: NormalMachine,
  alphabetName: AlphabetName,
  code: FunctionFault,
  witness: Rejected<FunctionFault>["witness"],
  name: string,
): Cell[] {
  const ofMachine = cellCode(machine.states.length);
  const { centre, neighbour } = alphabet(ofMachine, alphabetName);
  const cells =
    code === "first-layer-kink"
      ? Array.from({ length: PLACES }, (_, place) => {
          const blank = centre.find(({ value }) => value.n === 0n) as Cell;
          const units = BigInt(String(witness["cell"]));
          return place === witness["place"] ? cellFromValue(ofMachine, rational(units, ofMachine.scale)) : blank;
        })
      : (witness["patch"] as readonly string[]).map((text) => cellFromValue(ofMachine, parseRational(text)));
  expect(cells, name).toHaveLength(PLACES);
  for (const [place, { value }] of cells.entries()) {
    const letters = place === 4 ? centre : neighbour;
    expect(
      letters.some((letter) => letter.value.equals(value)),
      `${name}: place ${place}`,
    ).toBe(true);
  }
  return cells;
}
