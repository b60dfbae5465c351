/** A false certificate, for readers who want to see one rejected. */
import { digestOf } from "../../certificates/canonical.js";
import { decodeNetwork, encodeNetwork } from "../../certificates/network-json.js";
import { printCertificate } from "../../certificates/rcnn-certificate.js";
import { withNumber } from "../../execution/rcnn/inspect-cell.js";
import { ONE } from "../../spec/exact/rational.js";
import { certify } from "../../systems/rcnn/certify.js";
import type { MachineText } from "./protocol.js";
import { readMachineText } from "./read-machine-text.js";

/** The matrix whose last number is changed. */
const GATES = 2;

/** The certificate of a machine with one weight of a gate larger by 1; its digests are those of the changed filter. */
export function forge(given: MachineText): string {
  const verdict = certify(readMachineText(given));
  if (verdict.verdict !== "accepted") throw new Error("expected a machine that can be certified");
  const { certificate } = verdict.result;
  const filter = decodeNetwork(certificate.filter);
  const rows = filter.layers[GATES]?.rows ?? [];
  const row = rows.length - 1;
  const { entries = [] } = rows[row] ?? {};
  const [, weight = ONE] = entries.at(-1) ?? [];
  const changed = encodeNetwork(withNumber(filter, [GATES, row, entries.length], weight.add(ONE)));
  return printCertificate({
    ...certificate,
    filter: changed,
    digests: { ...certificate.digests, filter: digestOf(changed) },
  });
}
