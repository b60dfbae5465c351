/** weightproof certify MACHINE --system wei-chen-ma --steps T */
import { isAccepted } from "../../checkers/verdict.js";
import { InputError } from "../../inputs/input-error.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { labelled, printFailure, printJson } from "../print-verdict.js";
import type { Io } from "../system.js";
import { certifyDecoder } from "./certify-decoder.js";
import { decoderJson, decoderSummary } from "./decoder-summary.js";
import { decoderTask, type DecoderOptions } from "./decoder-task.js";

/** Options of certify for machines. */
export interface CertifyDecoderOptions extends DecoderOptions {
  readonly out?: string;
}

/** Compiles a machine into a decoder, proves it, and writes the certificate. */
export function certifyDecoderVerb(io: Io, argument: string, options: CertifyDecoderOptions): ExitCode {
  const { steps, out } = options;
  if (steps === undefined)
    throw new InputError("certify of a machine as a decoder needs --steps: how many it is to make");
  const { source, tape, input, label } = decoderTask(argument, options, steps);
  const inputs = input.length === 0 ? [] : [input];
  const verdict = certifyDecoder({ source, steps, tape, inputs, ...(label && { label }) });
  if (!isAccepted(verdict)) return printFailure(io, verdict, source.name);
  const { certificate, text } = verdict.result;
  if (out !== undefined) io.save(out, text);
  if (out === "-") return EXIT.accepted;
  if (io.json) printJson(io, { ...decoderJson(certificate), out: out ?? null });
  else {
    io.print(`accepted: ${source.name}\n${labelled(decoderSummary(certificate))}`);
    if (out !== undefined) io.print(`  written to ${out}\n`);
  }
  return EXIT.accepted;
}
