/** The certificate of a filter (FORMAT.md): its shape, and the decisions in their order. */
import { network, readNetwork } from "./network.js";
import { RULES, type Rule } from "./rcnn-definition.js";
import { decideFunction } from "./rcnn-function.js";
import { gatesOf } from "./rcnn-gates.js";
import { decideHead } from "./rcnn-head.js";
import { alphabetOf, cellCode, machineShape, normalForm, sourceShape } from "./rcnn-machine.js";
import { decideReplay } from "./rcnn-replay.js";
import { decideStep } from "./rcnn-step.js";
import { decideWeights, weightSets } from "./rcnn-weights.js";
import {
  agree,
  count,
  decideDigests,
  digest,
  giveUp,
  list,
  name,
  natural,
  oneOf,
  orNull,
  record,
  string,
  valueOfText,
  whole,
  type Shape,
} from "./text.js";

const MAX_WORK = 100_000_000;

/** The reading that this checker embodies; docs/divergences.md says what each of these means. */
// prettier-ignore
const AMENDMENTS = [
  "digit-zero", "state-digits", "power-of-two", "state-code", "state-scale", "head-cell", "padding-has-no-digits",
  "start-corner", "border-stays", "head-right-state", "head-left-state", "halting-fixed-point", "head-continuous",
  "head-blank-cell",
];

/** The shape of a filter's certificate. */
// prettier-ignore
const certificateShape = record({
  format: oneOf("weightproof-certificate"), version: oneOf(1), system: oneOf("rcnn"), statement: oneOf("filter"),
  reading: record({ name: oneOf("amended"), amendments: list(name, 256) }),
  source: sourceShape,
  machine: machineShape,
  alphabet: oneOf("well-formed", "full"),
  code: record({ states: whole(4096, 1), stateDigits: count, lastIndex: count, scale: natural }),
  digests: record({ source: digest, machine: digest, filter: digest, head: digest }),
  verdicts: record({
    function: record({
      patches: natural, leaves: count,
      rules: record(Object.fromEntries(RULES.map((rule) => [rule, natural])) as Record<Rule, Shape<string>>),
    }),
    step: record({ closedPatches: natural, cases: count }),
    weights: record({
      setSize: count, distinct: count, nonzero: count, widths: list(count, 64), widthBound: count,
      withinWidthBound: oneOf(true, false),
    }),
    head: record({ units: count, kinks: count, intervals: count }),
    replay: list(record({
      rows: count, columns: count, headRow: count, headColumn: count, layers: count, cells: count,
      haltsAtLayer: orNull(count),
      tape: list(string(/^[-.+]*$/), 100_000),
    }), 64),
  }),
  filter: network, head: network,
});

/** Decides data and text of a filter's certificate; ends the check, or gives what is left alone. */
export function decideFilter(json: unknown, text: string): readonly string[] {
  const certificate = valueOfText(json, text, certificateShape);
  const { reading, source, machine, alphabet, code, digests, verdicts } = certificate;
  agree("reading", reading.amendments, AMENDMENTS, "reading.amendments");
  decideDigests(certificate, digests);
  agree("normal-form", machine, normalForm(source), "machine");
  const cells = cellCode(machine);
  agree("code", code, cells.constants, "code");
  const [filter, head] = [readNetwork(certificate.filter, "filter"), readNetwork(certificate.head, "head")];

  const letters = alphabetOf(cells, alphabet);
  const [quarters, weights] = decideWeights(filter, cells, weightSets(cells, alphabet, letters));
  let work = 0;
  const spend = (amount: number): void => {
    work += amount;
    if (work > MAX_WORK) giveUp("work", `the filter takes more than ${MAX_WORK} sums`);
  };
  const gates = gatesOf(quarters, letters, spend);
  const values = decideFunction(gates, cells, letters, spend);
  const step = decideStep(cells);
  const heads = decideHead(head);
  const replay = decideReplay(gates, cells, verdicts.replay);
  const { leaves } = verdicts.function;
  agree("counts", verdicts, { function: { ...values, leaves }, step, weights, head: heads, replay }, "verdicts");
  return ["verdicts.function.leaves"];
}
