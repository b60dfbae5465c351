/** What the certificate of a decoder says, for programs and for people. */
import type { DecoderCertificate } from "../../certificates/wei-chen-ma/decoder-certificate.js";
import { counted, grouped } from "../print-verdict.js";
import { decimalOf } from "./circuit-summary.js";

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
      `one pass = one step, every history and every input of up to ${counted(Number(step.longestInput), "symbol")}, ${tape} tape, ${passes === 1 ? "1 pass" : `${grouped(passes)} passes`}`,
    ],
    ["attention", `${any} any, ${bit} bit, ${last} last, ${input} input; positions of ${counted(decoder.bits, "bit")}`],
    ["label", `+1 in ${names(label.accept)}; -1 in ${names(label.reject)}`],
    ["margin", marginText(margin.bound, margin.flip?.squaredNorm)],
    ["exact in", exact.join(", ")],
    ["softmax", softmax.scale === null ? "no scale found" : `the same from scale ${softmax.scale} on`],
    [
      "replay",
      replay
        .map(
          ({ input: word, passes: made }) =>
            `${made === 1 ? "1 pass" : `${grouped(made)} passes`} on ${word.length === 0 ? "a blank tape" : counted(word.length, "symbol")}`,
        )
        .join(", "),
    ],
    ["digest", `${digests.decoder} (decoder)`],
  ];
}

/** The margin between its bounds, in decimals; exact ones are in the certificate. */
function marginText(bound: string, squaredNorm: string | undefined): string {
  const lower = `at least ${decimalOf(bound).toPrecision(6)}`;
  if (squaredNorm === undefined) return lower;
  return `${lower}; a change of norm ${Math.sqrt(decimalOf(squaredNorm)).toPrecision(5)} turns the label`;
}
