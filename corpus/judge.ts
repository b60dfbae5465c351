/** What checkers say of the bytes of a file. */
import { check } from "../systems/check.js";
import { certificateKind } from "../certificates/envelope.js";
import { checkCertificateAgain } from "../checkers/second/check.js";
import { InputError } from "../inputs/input-error.js";
import { bytesToText } from "../inputs/read-text-file.js";
import type { CheckerName, Expected } from "./case.js";
import { ROOMS } from "./rooms.js";

/** Says what is to be expected of a file, in the form of a case's expectation. */
export type Judge = (bytes: Uint8Array) => Expected;

interface SaidVerdict {
  readonly verdict: "accepted" | "rejected" | "undecided";
  readonly code?: string;
  readonly limit?: string;
}

/** A judge that reads the bytes as `weightproof check` does, and then asks. */
export function judgeOf(decide: (text: string) => SaidVerdict): Judge {
  return (bytes) => {
    let text: string;
    try {
      text = bytesToText(bytes, "file");
    } catch (error) {
      if (error instanceof InputError) return { verdict: "unreadable" };
      throw error;
    }
    const { verdict, code = "", limit = "" } = decide(text);
    if (verdict === "rejected") return { verdict, codes: [code] };
    return verdict === "undecided" ? { verdict, limit } : { verdict };
  };
}

/** The checkers of this project. */
export const JUDGES: Readonly<Record<CheckerName, Judge>> = {
  first: judgeOf(check),
  second: judgeOf(checkCertificateAgain),
};

/** Checkers that a corpus must be able to tell from good ones; each lets false certificates through. */
export const CONTROLS: Readonly<Record<string, Judge>> = {
  "accepts everything": () => ({ verdict: "accepted" }),
  "accepts every text": judgeOf(() => ({ verdict: "accepted" })),
  "parses JSON": judgeOf((text) => {
    try {
      JSON.parse(text);
      return { verdict: "accepted" };
    } catch {
      return { verdict: "rejected", code: "not-json" };
    }
  }),
  "parses JSON and validates the schema, not the spelling": judgeOf((text) => {
    const fault = textFault(text);
    return fault === undefined || fault === "not-canonical"
      ? { verdict: "accepted" }
      : { verdict: "rejected", code: fault };
  }),
  "reads the text, decides nothing": judgeOf((text) => {
    const fault = textFault(text);
    return fault === undefined ? { verdict: "accepted" } : { verdict: "rejected", code: fault };
  }),
};

/** Why a text is no certificate of the statement that it claims to be of. */
function textFault(text: string): string | undefined {
  const [first] = ROOMS;
  const kind = certificateKind(text);
  const room = kind === undefined ? first : ROOMS.find(({ system }) => system === kind.system);
  if (room === undefined) return "unknown-system";
  const statement = kind === undefined ? Object.values(room.statements)[0] : room.statements[kind.statement];
  if (statement === undefined) return "unknown-statement";
  const read = statement.read(text);
  return "fault" in read ? read.fault : undefined;
}

/** Whether what was said is what is expected. */
export function agrees(said: Expected, expected: Expected): boolean {
  if (said.verdict === "rejected" && expected.verdict === "rejected")
    return said.codes.every((code) => expected.codes.includes(code));
  if (said.verdict === "undecided" && expected.verdict === "undecided") return said.limit === expected.limit;
  return said.verdict === expected.verdict;
}

/** A verdict in a few words. */
export function shown(said: Expected): string {
  if (said.verdict === "rejected") return `rejected (${said.codes.join(" or ")})`;
  return said.verdict === "undecided" ? `undecided (${said.limit})` : said.verdict;
}
