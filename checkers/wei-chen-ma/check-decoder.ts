/**
 * Decides the certificate of a decoder from its own text and the specification alone: the machine is brought to its total form
 * again, digests are computed again, every claim is decided again from the numbers.
 */
import { digestOf } from "../../certificates/canonical.js";
import type { CertificateTextFault } from "../../certificates/envelope.js";
import { AffineJsonError } from "../../certificates/wei-chen-ma/affine-json.js";
import { readDecoderCertificate, type DecoderCertificate } from "../../certificates/wei-chen-ma/decoder-certificate.js";
import { decodeDecoder } from "../../certificates/wei-chen-ma/decoder-json.js";
import {
  decodeTapeSource,
  encodeTapeMachine,
  encodeTapeSource,
} from "../../certificates/wei-chen-ma/tape-machine-json.js";
import { tapeNormalForm, type TapeMachine } from "../../spec/machines/tape-machine.js";
import type { Decoder } from "../../spec/wei-chen-ma/decoder.js";
import { outsideState } from "../../spec/wei-chen-ma/decoder-step.js";
import { DECODER_AMENDMENTS } from "../../spec/wei-chen-ma/decoder-reading.js";
import { difference } from "../difference.js";
import { accepted, rejected, undecided, type Rejected, type Verdict } from "../verdict.js";
import { withinWork, Work } from "../work.js";
import { decideDecoder, type DecoderFault } from "./decide-decoder.js";

/**
 * Why a certificate is rejected; DECODER.md, "Codes".
 *
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { check, type DecoderCertificateFault } from "weightproof/checkers";
 *
 * const expected: DecoderCertificateFault = "capacity";
 * const text = readFileSync("certificates/wei-chen-ma/bb2.json", "utf8").replace('"passes": 7,', '"passes": 8,');
 * const verdict = await check(text);
 * verdict.verdict === "rejected" && verdict.code === expected; // => true
 * ```
 */
export type DecoderCertificateFault =
  | DecoderFault
  | CertificateTextFault
  | "reading"
  | "source-machine"
  | "normal-form"
  | "label"
  | "digest"
  | "network"
  | "counts";

/** Decides the text of a certificate. No text makes it throw; where memory or stack end first, it is left undecided. */
export function checkDecoder(text: string): Verdict<DecoderCertificateFault, DecoderCertificate> {
  try {
    return withinWork(() => decide(text));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undecided("computer", error.message);
  }
}

function decide(text: string): Verdict<DecoderCertificateFault, DecoderCertificate> {
  const read = readDecoderCertificate(text);
  if ("fault" in read) return rejected(read.fault, read.path, read.message);
  const { certificate } = read;
  const reading = difference("reading", certificate.reading.amendments, DECODER_AMENDMENTS, "reading.amendments");
  if (reading !== undefined) return reading;
  for (const part of ["source", "machine", "decoder"] as const) {
    const digest = digestOf(certificate[part]);
    if (certificate.digests[part] === digest) continue;
    const witness = { stated: certificate.digests[part], computed: digest };
    return rejected("digest", `digests.${part}`, `the digest of ${part} is another`, witness);
  }
  const machine = machineOf(certificate);
  if ("verdict" in machine) return machine;
  const labelled = labelFault(certificate, machine);
  if (labelled !== undefined) return labelled;
  let decoder: Decoder;
  try {
    decoder = decodeDecoder(certificate.decoder, "decoder");
  } catch (error) {
    if (!(error instanceof AffineJsonError)) throw error;
    return rejected("network", error.path, error.message);
  }
  const { tape, label, passes, verdicts, formulas } = certificate;
  const stated = { ...verdicts.margin, replay: verdicts.replay };
  const decided = decideDecoder({ machine, tape, label, passes, decoder, formulas }, stated, new Work(text.length));
  if (decided.verdict !== "accepted") return decided;
  return difference("counts", verdicts, decided.result, "verdicts") ?? accepted(certificate);
}

/** The machine in its total form, if the certificate states it correctly. */
function machineOf(certificate: DecoderCertificate): TapeMachine | Rejected<DecoderCertificateFault> {
  const source = decodeTapeSource(certificate.source);
  // A state or symbol that is listed twice would be read once; only the one spelling of a machine says what is read.
  const spelled = difference("source-machine", certificate.source, encodeTapeSource(source), "source");
  if (spelled !== undefined) return spelled;
  let machine: TapeMachine;
  try {
    machine = tapeNormalForm(source);
  } catch (error) {
    return rejected("source-machine", "source", error instanceof Error ? error.message : String(error));
  }
  return difference("normal-form", certificate.machine, encodeTapeMachine(machine), "machine") ?? machine;
}

/** Accepting and rejecting states: indices that rise, and none in both. */
function labelFault({ label }: DecoderCertificate, machine: TapeMachine): Rejected<"label"> | undefined {
  for (const name of ["accept", "reject"] as const) {
    const wrong = label[name].findIndex(
      (state, i) => state > outsideState(machine) || state <= (label[name][i - 1] ?? -1),
    );
    if (wrong >= 0) return rejected("label", `label.${name}[${wrong}]`, "expected indices of states, rising");
  }
  const both = label.accept.find((state) => label.reject.includes(state));
  return both === undefined
    ? undefined
    : rejected("label", "label", `expected state ${both} in one list, found it in both`);
}
