/** The certificate of a filter (FORMAT.md): its shape, and the decisions in their order. */
import { network, readNetwork } from "./network.js";
import { RULES, type Rule } from "./rcnn-definition.js";
import { cellCode, machineShape, normalForm, sourceShape } from "./rcnn-machine.js";
import { decideReplay } from "./rcnn-replay.js";
import { decideNetworks, workFor } from "./rcnn-networks.js";
import {
  agree,
  count,
  decideDigests,
  digest,
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
      rows: count, columns: count, headRow: count, headColumn: count, input: list(string(/^[-.+]*$/), 100_000, 1),
      layers: count, cells: count, haltsAtLayer: orNull(count), tape: list(string(/^[-.+]*$/), 100_000),
    }, ["input"]), 64),
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

  const { counts } = decideNetworks(cells, alphabet, filter, head, 1n, [1n, 1n], workFor(text));
  const replay = decideReplay(cells, verdicts.replay);
  const { leaves } = verdicts.function;
  agree("counts", verdicts, { ...counts, function: { ...counts.function, leaves }, replay }, "verdicts");
  return ["verdicts.function.leaves"];
}
