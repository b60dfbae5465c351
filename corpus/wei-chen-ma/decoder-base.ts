/** The certificate of a decoder from which cases start. */
import { gridToTape } from "../../construction/wei-chen-ma/one-row.js";
import { loadMachine } from "../../inputs/machines/load-machine.js";
import { certifyDecoder } from "../../systems/wei-chen-ma/certify-decoder.js";

/** Its text, made anew. */
export function decoderBase(): string {
  const verdict = certifyDecoder({ source: gridToTape(loadMachine("bb2")), steps: 6 });
  if (verdict.verdict !== "accepted") throw new Error(`decoderBase: expected a certificate, got ${verdict.verdict}`);
  return verdict.result.text;
}
