/** Proving and checking in the page: the same calls that the command line makes. */
import { certificateKind, check, checkAgain } from "../../checkers/index.js";
import type { Rejected, Undecided, Witness } from "../../checkers/verdict.js";
import { sha256, utf8 } from "../../certificates/sha-256.js";
import { certify } from "../../systems/rcnn/certify.js";
import { summary } from "../../systems/rcnn/summary.js";
import type { DecidedFile, MachineText, PageVerdict, ProvedMachine, Report } from "./protocol.js";
import { readMachineText } from "./read-machine-text.js";
import { summaryOf } from "./summaries.js";

/** Most characters of a certificate that a page decides; larger ones are for the command line. */
const MAX_CHARACTERS = 32 * 2 ** 20;

/** Compiles a machine, decides every claim, and returns the certificate. */
export function prove(machine: MachineText, report: Report): ProvedMachine | PageVerdict {
  const started = performance.now();
  const verdict = certify(readMachineText(machine), "well-formed", report);
  const milliseconds = performance.now() - started;
  if (verdict.verdict !== "accepted") return { ...verdict, milliseconds };
  const { certificate, text } = verdict.result;
  const { rules } = certificate.verdicts.function;
  return { text, sha256: sha256(utf8(text)), milliseconds, summary: summary(certificate), rules };
}

/** Decides a certificate of any system with both checkers. */
export async function decide(text: string, report: Report): Promise<DecidedFile> {
  const bytes = utf8(text);
  const file = { kind: certificateKind(text) ?? null, sha256: sha256(bytes), bytes: bytes.length };
  if (text.length > MAX_CHARACTERS) {
    const message = `the file has ${text.length} characters, and a page decides at most ${MAX_CHARACTERS}; use weightproof check`;
    const undecided = { verdict: "undecided", limit: "page", message, milliseconds: 0 } as const;
    return { ...file, first: undecided, second: undecided, summary: [] };
  }
  const first = await timed(() => check(text, report));
  report("second checker", 0, 1);
  const second = await timed(() => checkAgain(text));
  const summary = first.verdict.verdict === "accepted" ? summaryOf(first.verdict.result) : [];
  return { ...file, first: shown(first), second: shown(second), summary };
}

interface Timed<Verdict> {
  readonly verdict: Verdict;
  readonly milliseconds: number;
}

async function timed<Decided>(decided: () => Promise<Decided>): Promise<Timed<Decided>> {
  const started = performance.now();
  return { verdict: await decided(), milliseconds: performance.now() - started };
}

/** What either checker says; the second one gives no witness. */
type Said =
  { readonly verdict: "accepted" } | (Omit<Rejected<string>, "witness"> & { readonly witness?: Witness }) | Undecided;

/** A verdict without what was decided, which the page does not need. */
function shown({ verdict, milliseconds }: Timed<Said>): PageVerdict {
  if (verdict.verdict === "accepted") return { verdict: "accepted", milliseconds };
  if (verdict.verdict === "undecided") return { ...verdict, milliseconds };
  return { ...verdict, witness: verdict.witness ?? {}, milliseconds };
}
