/**
 * Replays what a solver found: a patch at which, it says, a filter is not f-bar. Both are evaluated there by
 * definition, in exact rationals, so that neither the solver nor the encoding has to be believed.
 */
import { decodeSourceMachine } from "../../certificates/machine-json.js";
import { decodeNetwork } from "../../certificates/network-json.js";
import type { RcnnCertificate } from "../../certificates/rcnn-certificate.js";
import { formatRational, rational, ZERO, type Rational } from "../../spec/exact/rational.js";
import { normalForm } from "../../spec/machines/normal-form.js";
import { evaluateWithJacobian } from "../../spec/networks/network.js";
import { alphabet } from "../../spec/rcnn/alphabet.js";
import { cellCode, toUnits } from "../../spec/rcnn/cell-code.js";
import { cellRule as specifiedFilter, cellFeatures, outcomeValue, type RuleLine } from "../../spec/rcnn/cell-rule.js";
import { CENTRE, patchOf, PLACES } from "../../spec/rcnn/patch.js";
import type { SmtModel } from "../smt/solver-output.js";

/** Of a patch, the first of these that is true: the order in which a checker rejects. */
export type SmtDifference = "kink" | "value" | "derivative" | "none";

/** A filter and f-bar at a patch; numbers in x-units, in the one spelling of certificates. */
export interface SmtReplay {
  readonly difference: SmtDifference;
  /** Whether the values that the solver gave to the filter and to f-bar, where it gave any, are the exact ones. */
  readonly modelIsExact: boolean;
  readonly patch: readonly string[];
  readonly rule: RuleLine;
  readonly expected: string;
  readonly actual: string;
  readonly expectedJacobian: readonly string[];
  /** Means nothing at a kink. */
  readonly actualJacobian: readonly string[];
}

/**
 * Evaluates filter and f-bar of a certificate at the patch of a model of one of its queries.
 *
 * @param model x0 ... x8 in u-units, perhaps also filter, f-bar, filter-slope-J, f-bar-slope
 * @throws {RangeError} if the model lacks a cell, or if a cell is not a letter of its place
 */
export function replaySmtModel(certificate: RcnnCertificate, model: SmtModel): SmtReplay {
  const machine = normalForm(decodeSourceMachine(certificate.source));
  const code = cellCode(machine.states.length);
  const { centre, neighbour } = alphabet(code, certificate.alphabet);
  const toX = (units: Rational): Rational => units.div(rational(code.scale));
  const units = Array.from({ length: PLACES }, (_, place) => {
    const u = model.get(`x${place}`);
    if (u === undefined) throw new RangeError(`replaySmtModel: expected a value of x${place}, got none`);
    return u;
  });
  const cells = units.map((u, place) => {
    const cell = (place === CENTRE ? centre : neighbour).find(({ value }) => value.equals(toX(u)));
    if (cell === undefined) {
      throw new RangeError(`replaySmtModel: expected a letter as x${place}, got ${formatRational(u)} u-units`);
    }
    return cell;
  });
  const outcome = specifiedFilter(code, cellFeatures(code, machine), patchOf(cells));
  const wanted = outcomeValue(outcome, cells[CENTRE] as (typeof cells)[number]);
  const wantedSlopes = cells.map((_, place) => (place === CENTRE ? rational(BigInt(outcome.slope)) : ZERO));
  const { value, jacobian, kink } = evaluateWithJacobian(decodeNetwork(certificate.filter), units);
  const actual = value[0] ?? ZERO;
  const slopes = jacobian[0] ?? [];
  const stated: readonly (readonly [name: string, exact: Rational])[] = [
    ["filter", actual],
    ["f-bar", rational(toUnits(code, wanted))],
    ["f-bar-slope", wantedSlopes[CENTRE] as Rational],
    ...slopes.map((slope, place) => [`filter-slope-${place}`, slope] as const),
  ];
  return {
    difference: differenceOf(kink, actual.equals(rational(toUnits(code, wanted))), slopes, wantedSlopes),
    modelIsExact: stated.every(([name, exact]) => model.get(name)?.equals(exact) !== false),
    patch: cells.map((cell) => formatRational(cell.value)),
    rule: outcome.rule,
    expected: formatRational(wanted),
    actual: formatRational(toX(actual)),
    expectedJacobian: wantedSlopes.map(formatRational),
    actualJacobian: slopes.map(formatRational),
  };
}

function differenceOf(
  kink: boolean,
  isValue: boolean,
  slopes: readonly Rational[],
  wanted: readonly Rational[],
): SmtDifference {
  if (kink) return "kink";
  if (!isValue) return "value";
  return wanted.every((slope, place) => slopes[place]?.equals(slope)) ? "none" : "derivative";
}
