/**
 * Decides the certificate of a tracing loss from its own text and the specification alone: the machine of the vertices is made again,
 * digests are computed again, every claim is decided again from the numbers.
 */
import { digestOf } from "../../certificates/canonical.js";
import type { CertificateTextFault } from "../../certificates/envelope.js";
import { readTracingCertificate, type TracingCertificate } from "../../certificates/welper/tracing-certificate.js";
import {
  decodeMultiTapeSource,
  decodeTracingNetwork,
  encodeMultiTapeMachine,
  encodeMultiTapeSource,
  TracingJsonError,
} from "../../certificates/welper/tracing-json.js";
import { tripled } from "../../spec/welper/finite-control.js";
import { MAX_VERTICES, multiTapeForm, type MultiTapeMachine } from "../../spec/welper/machine.js";
import { TRACING_AMENDMENTS } from "../../spec/welper/reading.js";
import { difference } from "../difference.js";
import { accepted, rejected, undecided, type Rejected, type Verdict } from "../verdict.js";
import { withinWork, Work } from "../work.js";
import { decideTracing, type TracingClaimFault } from "./decide-tracing.js";

/**
 * Why a certificate is rejected; TRACING.md, "Codes".
 *
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { check, type TracingFault } from "weightproof/checkers";
 *
 * const expected: TracingFault = "counts";
 * const text = readFileSync("certificates/welper/bb4.json", "utf8").replace('"gap": "4"', '"gap": "5"');
 * const verdict = await check(text);
 * verdict.verdict === "rejected" && verdict.code === expected; // => true
 * ```
 */
export type TracingFault =
  | TracingClaimFault
  | CertificateTextFault
  | "reading"
  | "digest"
  | "source-machine"
  | "normal-form"
  | "network"
  | "counts";

/** Decides the text of a certificate. No text makes it throw; where memory or stack end first, it is left undecided. */
export function checkTracing(text: string): Verdict<TracingFault, TracingCertificate> {
  try {
    return withinWork(() => decide(text));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undecided("computer", error.message);
  }
}

function decide(text: string): Verdict<TracingFault, TracingCertificate> {
  const read = readTracingCertificate(text);
  if ("fault" in read) return rejected(read.fault, read.path, read.message);
  const { certificate } = read;
  const reading = difference("reading", certificate.reading.amendments, TRACING_AMENDMENTS, "reading.amendments");
  if (reading !== undefined) return reading;
  for (const part of ["source", "machine", "network"] as const) {
    const digest = digestOf(certificate[part]);
    if (certificate.digests[part] === digest) continue;
    const witness = { stated: certificate.digests[part], computed: digest };
    return rejected("digest", `digests.${part}`, `the digest of ${part} is another`, witness);
  }
  const machine = machineOf(certificate);
  if ("verdict" in machine) return machine;
  const { loss, constants, verdicts } = certificate;
  try {
    const network = decodeTracingNetwork(certificate.network, machine, "network");
    const claim = { machine, loss, constants, network };
    const decided = decideTracing(claim, verdicts.replay, new Work(text.length));
    if (decided.verdict !== "accepted") return decided;
    return difference("counts", verdicts, decided.result, "verdicts") ?? accepted(certificate);
  } catch (error) {
    if (!(error instanceof TracingJsonError)) throw error;
    return rejected("network", error.path, error.message);
  }
}

/** The machine of the vertices, if the certificate states it correctly. */
function machineOf(certificate: TracingCertificate): MultiTapeMachine | Rejected<TracingFault> {
  const source = decodeMultiTapeSource(certificate.source);
  // A state or reading that is listed twice would be read once; only the one spelling of a machine says what is read.
  const spelled = difference("source-machine", certificate.source, encodeMultiTapeSource(source), "source");
  if (spelled !== undefined) return spelled;
  let machine: MultiTapeMachine;
  try {
    const plain = multiTapeForm(source);
    machine = certificate.tripled ? tripled(plain) : plain;
  } catch (error) {
    return rejected("source-machine", "source", error instanceof Error ? error.message : String(error));
  }
  if (machine.states.length * machine.symbols.length ** machine.tapes > MAX_VERTICES)
    return rejected("source-machine", "tripled", `expected at most ${MAX_VERTICES} vertices`);
  return difference("normal-form", certificate.machine, encodeMultiTapeMachine(machine), "machine") ?? machine;
}
