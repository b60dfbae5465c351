/** weightproof certify MACHINE --system wei-chen-ma --steps T */
import type { DecoderCertificate } from "../../certificates/wei-chen-ma/decoder-certificate.js";
import { isAccepted } from "../../checkers/verdict.js";
import { InputError } from "../../inputs/input-error.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { grouped, labelled, printFailure, printJson } from "../print-verdict.js";
import type { Io } from "../system.js";
import { certifyDecoder } from "./certify-decoder.js";
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

/** What an acceptance says, for programs. */
export function decoderJson({ source, tape, passes, label, digests, verdicts }: DecoderCertificate): object {
  return { verdict: "accepted", statement: "decoder", name: source.name, tape, passes, label, digests, verdicts };
}

/** What an acceptance says, for people. */
export function decoderSummary(certificate: DecoderCertificate): (readonly [label: string, text: string])[] {
  const { tape, passes, label, machine, verdicts, decoder, digests } = certificate;
  const { step, norms, margin, exactness, softmax, replay } = verdicts;
  const { any, bit, last, input } = step.attention;
  const names = (states: readonly number[]): string =>
    states.length === 0 ? "no state" : states.map((z) => machine.states[z] ?? "(outside)").join(" ");
  const exact = exactness.formats
    .filter((format) => format.exact)
    .map(({ format, ties }) => `${format} up to ${grouped(ties)} ties`);
  return [
    [
      "decoder",
      `${norms.layers} layers of width ${norms.width}, ${grouped(norms.parameters)} parameters, |theta|_1 = ${grouped(norms.alpha)}`,
    ],
    [
      "step",
      `one pass = one step, every history and every input of up to ${grouped(step.longestInput)} symbols, ${tape} tape, ${grouped(passes)} passes`,
    ],
    ["attention", `${any} any, ${bit} bit, ${last} last, ${input} input; positions of ${decoder.bits} bits`],
    ["label", `+1 in ${names(label.accept)}; -1 in ${names(label.reject)}`],
    [
      "margin",
      `at least ${margin.bound}${margin.flip === null ? "" : `; squared, at most ${margin.flip.squaredNorm}`}`,
    ],
    ["exact in", exact.join(", ")],
    ["softmax", softmax.scale === null ? "no scale found" : `the same from scale ${softmax.scale} on`],
    [
      "replay",
      replay
        .map(
          ({ input: word, passes: made }) =>
            `${made} passes on ${word.length === 0 ? "a blank tape" : `${word.length} symbols`}`,
        )
        .join(", "),
    ],
    ["digest", `${digests.decoder} (decoder)`],
  ];
}
