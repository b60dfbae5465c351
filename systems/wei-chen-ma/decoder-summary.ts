/** What the certificate of a decoder says, for programs and for people. */
import type { DecoderCertificate } from "../../certificates/wei-chen-ma/decoder-certificate.js";
import { grouped } from "../print-verdict.js";

/** What an acceptance says, for programs. */
export function decoderJson({ source, tape, passes, label, digests, verdicts }: DecoderCertificate): object {
  return { verdict: "accepted", statement: "decoder", name: source.name, tape, passes, label, digests, verdicts };
}

/** What an acceptance says, for people. */
export function decoderSummary(certificate: DecoderCertificate): (readonly [label: string, text: string])[] {
  const { tape, passes, label, machine, verdicts, decoder, digests } = certificate;
  const { step, norms, margin, exactness, softmax, replay } = verdicts;
  const { any, bit, last, input } = step.attention;
  const names = (states: readonly number[]): string => states.map((z) => machine.states[z] ?? "(outside)").join(" ");
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
