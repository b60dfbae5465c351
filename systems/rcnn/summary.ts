/** The summary of a filter's certificate, for people. */
import type { RcnnCertificate } from "../../certificates/rcnn-certificate.js";
import { grouped } from "../print-verdict.js";

/** Which machine it is: the digest of its source. The name that a title shows is a mere label. */
export function sourceLine(digest: string): [label: string, text: string] {
  return ["source", `${digest} (the name is only a label)`];
}

/** The summary of a certificate, for people: labels and texts. */
export function summary({
  machine,
  alphabet,
  code,
  filter,
  verdicts,
  digests,
}: RcnnCertificate): [label: string, text: string][] {
  const { function: values, step, weights, head, replay } = verdicts;
  const cells = replay.reduce((sum, run) => sum + run.cells, 0);
  const widths = weights.widths.join(" - ");
  return [
    sourceLine(digests.source),
    ["machine", `${machine.states.length} states in normal form, K = ${code.lastIndex}, one u = 1/${code.scale}`],
    ["filter", `9 - ${widths}, ReLU after layers 1 and 3, ${grouped(weights.nonzero)} weights`],
    [
      "function",
      `value and Jacobian = f-bar on all ${grouped(values.patches)} ${alphabet} patches (${grouped(values.leaves)} boxes)`,
    ],
    ["step", `one layer = one machine step on every grid (${grouped(step.cases)} local cases); alphabet closed`],
    ["weights", `all in U_s, |U_s| = ${grouped(weights.setSize)}; ${grouped(weights.distinct)} distinct used`],
    [
      "width",
      `widest layer ${Math.max(...weights.widths)}, ${weights.withinWidthBound ? "within" : "above"} 100 s = ${weights.widthBound}`,
    ],
    ["head", `= f-bar_head on the whole line, ${head.units} ReLUs`],
    ["replay", `${replay.length} ${replay.length === 1 ? "run" : "runs"}, ${grouped(cells)} cells compared`],
    ["digest", `${digests.filter} (filter, ${filter.layers.length} layers)`],
  ];
}
