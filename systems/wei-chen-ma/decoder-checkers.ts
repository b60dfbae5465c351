/** The checkers of decoders' certificates, with what an acceptance says of them. */
import { checkDecoder } from "../../checkers/wei-chen-ma/check-decoder.js";
import { checkCertificateAgain } from "../../checkers/second/check.js";
import { accepted, isAccepted } from "../../checkers/verdict.js";
import type { StatementCheckers } from "../system.js";
import { decoderJson, decoderSummary } from "./decoder-summary.js";

/** The two checkers of decoders. */
export const DECODER_CHECKERS: StatementCheckers = {
  first: (text) => {
    const verdict = checkDecoder(text);
    if (!isAccepted(verdict)) return verdict;
    const title = `${verdict.result.source.name} as a decoder`;
    return accepted({ title, lines: decoderSummary(verdict.result), json: decoderJson(verdict.result) });
  },
  second: checkCertificateAgain,
};
