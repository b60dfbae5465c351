/**
 * The same decision as check-function.ts by plain enumeration: every combination of cell classes, one after the other,
 * with no bounds and no boxes. Slow, short, and made to be compared with the other.
 */
import type { NormalMachine } from "../../spec/machines/machine.js";
import type { Network } from "../../spec/networks/network.js";
import { formatRational } from "../../spec/exact/rational.js";
import { alphabet, type AlphabetName } from "../../spec/rcnn/alphabet.js";
import { cellCode, toUnits } from "../../spec/rcnn/cell-code.js";
import { cellFeatures, RULE_LINES, outcomeValue, type RuleLine } from "../../spec/rcnn/cell-rule.js";
import { CENTRE, PLACES } from "../../spec/rcnn/patch.js";
import { rejected, type Verdict, undecided, accepted } from "../verdict.js";
import type { FunctionResult, FunctionFault } from "./check-function.js";
import { Ambiguous, specifiedOnBox } from "./box.js";
import { CellSet } from "./cell-set.js";
import { gateTables } from "./gate-tables.js";
import { checkAlphabetSize, letterClasses, placeCells, placeUnits, type LetterClass } from "./letters.js";

/** Most combinations of classes that are enumerated. */
export const MAX_COMBINATIONS = 20_000_000;

/** Checks value and Jacobian of a filter (u-units) on an alphabet; `leaves` counts combinations of classes. */
export function checkFunctionByEnumeration(
  filter: Network,
  machine: NormalMachine,
  name: AlphabetName,
): Verdict<FunctionFault, FunctionResult> {
  const code = cellCode(machine.states.length);
  const tooLarge = checkAlphabetSize(code, name);
  if (tooLarge !== undefined) return tooLarge;
  const letters = alphabet(code, name);
  const cells = placeCells(letters);
  const tables = gateTables(filter, placeUnits(code, cells));
  if ("verdict" in tables) return tables;
  const questions = cellFeatures(code, machine);
  const split = letterClasses(tables, cells, questions);
  const classes = split.map((ofPlace, place) => {
    // f-bar is not known to ignore the corners; it is run on whole sets there, and a question about them would show.
    const isCorner = place % 2 === 0 && place !== CENTRE;
    return isCorner ? unite(ofPlace) : ofPlace.map((single) => new CellSet([single]));
  });
  const combinations = classes.reduce((product, ofPlace) => product * ofPlace.length, 1);
  if (combinations > MAX_COMBINATIONS) {
    return undecided("combinations", `${combinations} combinations of cell classes to try`);
  }

  const rules = Object.fromEntries(RULE_LINES.map((rule) => [rule, 0n])) as Record<RuleLine, bigint>;
  const one = tables.unit * tables.outputUnit;
  const chosen = classes.map((ofPlace) => ofPlace[0] as CellSet);
  for (let index = 0; index < combinations; index++) {
    let rest = index;
    for (let place = 0; place < PLACES; place++) {
      const ofPlace = classes[place] as readonly CellSet[];
      chosen[place] = ofPlace[rest % ofPlace.length] as CellSet;
      rest = Math.floor(rest / ofPlace.length);
    }
    const witness = () => ({ patch: chosen.map(({ members }) => formatRational(members[0].representative.value)) });
    const outcome = specifiedOnBox(code, questions, chosen);
    if (outcome instanceof Ambiguous) {
      return undecided("corners", `f-bar asks "${outcome.question.name}" of a corner`);
    }
    let output = tables.outputBias;
    const slopes = new Float64Array(PLACES);
    const on = new Uint8Array(tables.gates);
    for (let gate = 0; gate < tables.gates; gate++) {
      let pre = tables.bias[gate] as number;
      for (const { members } of chosen) pre += members[0].value[gate] as number;
      if (pre === 0 && chosen.some(({ members }) => members[0].slope.some(([moved]) => moved === gate))) {
        return rejected("kink", "filter", `gate ${gate} sits at its kink`, witness());
      }
      if (pre <= 0) continue;
      on[gate] = 1;
      output += (tables.outputWeight[gate] as number) * pre;
    }
    for (const [place, { members }] of chosen.entries()) {
      for (const [gate, d] of members[0].slope) {
        if (on[gate] === 1) slopes[place] = (slopes[place] as number) + (tables.outputWeight[gate] as number) * d;
      }
    }
    const expected = toUnits(code, outcomeValue(outcome, (chosen[CENTRE] as CellSet).members[0].representative));
    if (BigInt(output) !== expected * one) return rejected("value", "filter", "the value differs", witness());
    const wrong = slopes.findIndex(
      (slope, place) => BigInt(slope) !== (place === CENTRE && outcome.slope === 1 ? one : 0n),
    );
    if (wrong >= 0) return rejected("derivative", "filter", `the derivative by place ${wrong} differs`, witness());
    rules[outcome.rule] += chosen.reduce((volume, { size }) => volume * size, 1n);
  }
  const patches = Object.values(rules).reduce((sum, volume) => sum + volume, 0n);
  return accepted({ patches, rules, leaves: combinations });
}

/** Sets of classes that add the same to every gate, whatever f-bar would answer about them. */
function unite(classes: readonly LetterClass[]): CellSet[] {
  const parts = new Map<Float64Array, LetterClass[]>();
  for (const single of classes) {
    const part = parts.get(single.value);
    if (part === undefined) parts.set(single.value, [single]);
    else part.push(single);
  }
  return [...parts.values()].map((part) => new CellSet(part));
}
