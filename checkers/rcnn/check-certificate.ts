/**
 * Decides the certificate of a filter from its own text and the specification alone. Nothing in it is believed: the
 * machine is brought to normal form again, the constants and digests are computed again, every claim is decided again
 * from the numbers, and what the certificate says must be exactly what was computed.
 */
import { digestOf } from "../../certificates/canonical.js";
import { decodeSourceMachine, encodeNormalMachine, encodeSourceMachine } from "../../certificates/machine-json.js";
import { decodeNetwork, NetworkJsonError, type NetworkJson } from "../../certificates/network-json.js";
import { type CertificateTextFault } from "../../certificates/envelope.js";
import { readCertificateText, type RcnnCertificate } from "../../certificates/rcnn-certificate.js";
import type { NormalMachine } from "../../spec/machines/machine.js";
import { normalForm } from "../../spec/machines/normal-form.js";
import type { Network } from "../../spec/networks/network.js";
import { AMENDMENTS_IN_FORCE } from "../../spec/rcnn/amendments-in-force.js";
import { cellCode } from "../../spec/rcnn/cell-code.js";
import { difference } from "../difference.js";
import { rejected, type Rejected, type Verdict, undecided, accepted } from "../verdict.js";
import { Work } from "../work.js";
import { decideClaims, type DecisionFault, type Progress } from "./decide-claims.js";

/**
 * Every code with which a filter's certificate is rejected; FORMAT.md gives the condition of each.
 *
 * @example
 * ```ts
 * import { check, type CertificateFault } from "weightproof/checkers";
 *
 * const parts: readonly string[] = ["digest", "code", "network"] satisfies CertificateFault[];
 * const verdict = await check("{}");
 * verdict.verdict === "rejected" && parts.includes(verdict.code); // => false
 * ```
 */
export type CertificateFault =
  | DecisionFault
  | CertificateTextFault
  | "reading"
  | "source-machine"
  | "normal-form"
  | "code"
  | "digest"
  | "network"
  | "counts";

/**
 * Decides the text of a certificate. No text makes it throw: where the computer's memory or stack ends before a
 * documented limit is reached, the certificate is left undecided.
 */
export function checkCertificate(text: string, progress?: Progress): Verdict<CertificateFault, RcnnCertificate> {
  try {
    return decide(text, progress);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undecided("computer", error.message);
  }
}

function decide(text: string, progress: Progress | undefined): Verdict<CertificateFault, RcnnCertificate> {
  const read = readCertificateText(text);
  if ("fault" in read) return rejected(read.fault, read.path, read.message);
  const { certificate } = read;

  const stated = difference("reading", certificate.reading.amendments, AMENDMENTS_IN_FORCE, "reading.amendments");
  if (stated !== undefined) return stated;
  for (const part of ["source", "machine", "filter", "head"] as const) {
    const digest = digestOf(certificate[part]);
    if (certificate.digests[part] !== digest) {
      const witness = { stated: certificate.digests[part], computed: digest };
      return rejected("digest", `digests.${part}`, `the digest of ${part} differs`, witness);
    }
  }
  const machine = machineOf(certificate);
  if ("verdict" in machine) return machine;
  const filter = networkOf(certificate.filter, "filter");
  if ("verdict" in filter) return filter;
  const head = networkOf(certificate.head, "head");
  if ("verdict" in head) return head;

  const { alphabet, verdicts } = certificate;
  const claim = { machine, alphabet, filter, head, replay: verdicts.replay };
  const decided = decideClaims(claim, progress, new Work(text.length));
  if (decided.verdict !== "accepted") return decided;
  return difference("counts", verdicts, decided.result, "verdicts") ?? accepted(certificate);
}

/** The machine in normal form, if the certificate states it and its constants correctly. */
function machineOf(certificate: RcnnCertificate): NormalMachine | Rejected<CertificateFault> {
  const source = decodeSourceMachine(certificate.source);
  // A state or symbol that is listed twice would be read once; only the one spelling of a machine says what is read.
  const spelled = difference("source-machine", certificate.source, encodeSourceMachine(source), "source");
  if (spelled !== undefined) return spelled;
  let machine: NormalMachine;
  try {
    machine = normalForm(source);
  } catch (error) {
    return rejected("source-machine", "source", error instanceof Error ? error.message : String(error));
  }
  const normal = difference("normal-form", certificate.machine, encodeNormalMachine(machine), "machine");
  if (normal !== undefined) return normal;
  const { states, stateDigits, lastIndex, scale } = cellCode(machine.states.length);
  const code = { states, stateDigits, lastIndex, scale: String(scale) };
  return difference("code", certificate.code, code, "code") ?? machine;
}

function networkOf(json: NetworkJson, path: string): Network | Rejected<CertificateFault> {
  try {
    return decodeNetwork(json);
  } catch (error) {
    if (!(error instanceof NetworkJsonError)) throw error;
    return rejected("network", `${path}.${error.path}`, error.message, { fault: error.code });
  }
}
