/**
 * Properties of a certified filter for verifiers of neural networks, in VNN-LIB 1.0 as VNN-COMP reads it, or in VNN-LIB 2.0.
 *
 * VNN-LIB is about boxes of reals, a certificate about points. Around each patch there is a box on which no ReLU of the
 * network changes, so that the network is affine there; its size is computed here in exact arithmetic. On it, with r
 * its radius, v f-bar's value and J its derivative by the centre (0 or 1; the other eight are 0), all in u-units, the
 * network is v + J (X_4 - centre). Two properties say so with a margin of r/4, so that a verifier may round a little:
 *
 *   value   |X_j - patch_j| <= r for all j: v - J r - r/4 < Y_0 < v + J r + r/4
 *   slope   the same, and X_4 >= centre + r/2: v + J r/2 - r/4 < Y_0 < v + J r + r/4
 *
 * Of a network that is affine on the box, with integer derivatives and an integer value at the patch, both together say
 * that value and Jacobian are f-bar's. As is usual in VNN-LIB, a file asserts the contrary: unsat means that the
 * property holds.
 */
import type { RcnnCertificate } from "../../certificates/rcnn-certificate.js";
import { formatRational, rational, ZERO, type Rational } from "../../spec/exact/rational.js";
import { fromUnits, toUnits } from "../../spec/rcnn/cell-code.js";
import { outcomeValue } from "../../spec/rcnn/cell-rule.js";
import { CENTRE, PLACES } from "../../spec/rcnn/patch.js";
import type { Precision, VnnLibVersion } from "../export-formats.js";
import { ExportRefused } from "../export-refused.js";
import { vnnLanguage, type VnnLanguage } from "../vnn-lib/language.js";
import { affineRegion } from "./affine-region.js";
import { exportedFilter, type ExportedFilter } from "./exported-filter.js";
import { coveringPatches, type CoveringPatch } from "./patch-cover.js";

/** One box and one claim about the output there; u-units. */
export interface VnnProperty {
  /** Such as "012-tm-1-head-here-value". */
  readonly name: string;
  readonly claim: "value" | "slope";
  /** Shape: 9. */
  readonly lower: readonly Rational[];
  readonly upper: readonly Rational[];
  /** The output lies strictly between these. */
  readonly above: Rational;
  readonly below: Rational;
  readonly text: string;
}

/** Most states of a machine; its properties number about 50 s. */
const MAX_STATES = 64;
const HALF = rational(1n, 2n);
const QUARTER = rational(1n, 4n);

/**
 * Two properties for each of a set of patches that covers what f-bar does; see patch-cover.ts.
 *
 * @param certificate accepted by a checker
 * @param version of the language
 * @param precision of the model that the properties speak of; only VNN-LIB 2.0 says it
 * @throws {ExportRefused} if the machine has too many states
 */
export function vnnLibProperties(
  certificate: RcnnCertificate,
  version: VnnLibVersion = 1,
  precision: Precision = "float32",
): VnnProperty[] {
  const language = vnnLanguage(version, { precision, inputs: PLACES, outputs: 1 });
  const exported = exportedFilter(certificate);
  const { code, machine } = exported;
  if (code.states > MAX_STATES) {
    throw new ExportRefused(`VNN-LIB properties are for machines of at most ${MAX_STATES} states, not ${code.states}`);
  }
  const patches = coveringPatches(code, machine);
  const digits = String(patches.length).length;
  return patches.flatMap((patch, i) =>
    propertiesAt(exported, language, patch, `${String(i + 1).padStart(digits, "0")}-${patch.outcome.rule}`),
  );
}

function propertiesAt(
  exported: ExportedFilter,
  language: VnnLanguage,
  { cells, outcome }: CoveringPatch,
  name: string,
): VnnProperty[] {
  const { code, filter } = exported;
  const inUnits = (value: Rational): Rational => rational(toUnits(code, value));
  const patch = cells.map((cell) => inUnits(cell.value));
  const { radius } = affineRegion(filter, patch);
  const r = powerOfTwoBelow(radius ?? QUARTER);
  const value = inUnits(outcomeValue(outcome, cells[CENTRE] as CoveringPatch["cells"][number]));
  const rise = outcome.slope === 1 ? r : ZERO;
  const margin = r.mul(QUARTER);
  const lower = patch.map((u) => u.sub(r));
  const upper = patch.map((u) => u.add(r));
  const centre = patch[CENTRE] as Rational;
  const boxes = [
    { claim: "value", lower, above: value.sub(rise).sub(margin) },
    {
      claim: "slope",
      lower: lower.with(CENTRE, centre.add(r.mul(HALF))),
      above: value.add(rise.mul(HALF)).sub(margin),
    },
  ] as const;
  const below = value.add(rise).add(margin);
  return boxes.map((box) => {
    const property = { ...box, name: `${name}-${box.claim}`, upper, below };
    const about = [
      `f-bar at the patch ${patch.map(decimal).join(" ")}`,
      `rule ${outcome.rule}, value ${decimal(value)}, derivative by ${language.input(CENTRE)} ${outcome.slope}, by the others 0`,
      `no ReLU changes its sign within ${decimal(r)} of the patch`,
    ];
    return { ...property, text: printProperty(exported, language, property, about) };
  });
}

/** The largest power of two that is at most a positive number and at most 1/4: different letters stay apart. */
function powerOfTwoBelow(limit: Rational): Rational {
  let power = QUARTER;
  while (power.gt(limit)) power = power.mul(HALF);
  return power;
}

function printProperty(
  { facts, code }: ExportedFilter,
  language: VnnLanguage,
  { claim, lower, upper, above, below }: Omit<VnnProperty, "name" | "text">,
  about: readonly string[],
): string {
  const inputs = lower.map((_, j) => language.input(j));
  const output = language.output(0);
  const bounds = inputs.map(
    (x, j) =>
      `(assert (>= ${x} ${decimal(lower[j] as Rational)}))\n(assert (<= ${x} ${decimal(upper[j] as Rational)}))\n`,
  );
  const one = formatRational(fromUnits(code, 1n));
  return [
    language.first,
    `; The contrary of a property of a certified filter (${claim}): unsat means that it holds.\n`,
    `; All numbers are in u-units, one u = ${one}. ${inputs[0]} ... ${inputs[PLACES - 1]} are the cells of a 3x3 patch row by row, ${output} is the new cell.\n`,
    ...about.map((line) => `; ${line}\n`),
    ...Object.entries(facts).map(([key, text]) => `; ${key}: ${text}\n`),
    "\n",
    language.declarations,
    "\n",
    ...bounds,
    "\n",
    `(assert (or\n  (and (<= ${output} ${decimal(above)}))\n  (and (>= ${output} ${decimal(below)}))\n))\n`,
  ].join("");
}

/** A multiple of a power of 1/2 as a decimal numeral, exactly. */
function decimal({ s, n, d }: Rational): string {
  const places = d.toString(2).length - 1;
  const digits = String(n * 5n ** BigInt(places)).padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  const fraction = places === 0 ? "0" : digits.slice(-places);
  return `${s < 0n ? "-" : ""}${whole}.${fraction}`;
}
