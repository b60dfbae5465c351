/** The checkers of this system's certificates, with what an acceptance says of them. */
import { checkCertificateAgain } from "../../checkers/second/check.js";
import { checkCircuit } from "../../checkers/wei-chen-ma/check-circuit.js";
import { accepted, type Verdict } from "../../checkers/verdict.js";
import type { CheckedText, StatementCheckers } from "../system.js";
import { circuitSummary } from "./circuit-summary.js";
import { DECODER_CHECKERS } from "./decoder-checkers.js";

/** By statement. */
export const CHECKERS: Readonly<Record<string, StatementCheckers>> = {
  circuit: { first: checkCircuitText, second: checkCertificateAgain },
  decoder: DECODER_CHECKERS,
};

function checkCircuitText(text: string): Verdict<string, CheckedText> {
  const verdict = checkCircuit(text);
  if (verdict.verdict !== "accepted") return verdict;
  const { source, width, digests, verdicts } = verdict.result;
  const json = { verdict: "accepted", statement: "circuit", name: source.name, width, digests, verdicts };
  return accepted({ title: source.name, lines: circuitSummary(verdict.result), json });
}
