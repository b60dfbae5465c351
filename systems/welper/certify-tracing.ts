/** certify: compile a machine into a tracing loss, decide every claim, and give out the certificate. */
import { printTracingCertificate, type TracingCertificate } from "../../certificates/welper/tracing-certificate.js";
import { decideTracing, type TracingClaimFault } from "../../checkers/welper/decide-tracing.js";
import { accepted, isAccepted, type Verdict } from "../../checkers/verdict.js";
import { withinWork } from "../../checkers/work.js";
import { machineToTracing, type LossName } from "../../construction/welper/machine-to-tracing.js";
import {
  constantsJson,
  runOnBlankTapes,
  tracingToCertificate,
} from "../../construction/welper/tracing-to-certificate.js";
import type { MultiTapeSource } from "../../spec/welper/machine.js";

/** A certificate and the bytes of its file. */
export interface CertifiedTracing {
  readonly certificate: TracingCertificate;
  readonly text: string;
}

/** Most steps of the run that a certificate replays, from blank tapes. */
const REPLAYED_STEPS = 128;

/** Compiles, decides and prints. @throws {RangeError} for a machine that is inconsistent or too large */
export function certifyTracing(
  source: MultiTapeSource,
  loss: LossName = "fan",
): Verdict<TracingClaimFault, CertifiedTracing> {
  const tracing = machineToTracing(source, loss);
  const { machine, network } = tracing;
  const { steps, tapes } = runOnBlankTapes(machine, REPLAYED_STEPS);
  const claim = { machine, loss, constants: constantsJson(tracing.constants), network };
  const verdicts = withinWork(() => decideTracing(claim, [{ tapes, steps }]));
  if (!isAccepted(verdicts)) return verdicts;
  const certificate = tracingToCertificate(tracing, verdicts.result);
  return accepted({ certificate, text: printTracingCertificate(certificate) });
}
