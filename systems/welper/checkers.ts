/** The checkers of this system's certificates, with what an acceptance says of them. */
import { checkCertificateAgain } from "../../checkers/second/check.js";
import { checkTracing } from "../../checkers/welper/check-tracing.js";
import { accepted, isAccepted } from "../../checkers/verdict.js";
import type { StatementCheckers } from "../system.js";
import { tracingJson, tracingSummary } from "./certify-verb.js";

/** By statement. */
export const CHECKERS: Readonly<Record<string, StatementCheckers>> = {
  tracing: {
    first: (text) => {
      const verdict = checkTracing(text);
      if (!isAccepted(verdict)) return verdict;
      const title = `${verdict.result.source.name}, traced`;
      return accepted({ title, lines: tracingSummary(verdict.result), json: tracingJson(verdict.result) });
    },
    second: checkCertificateAgain,
  },
};
