/** check: whose certificate a text is, and what that system's checkers say of it. */
import { certificateKind } from "../certificates/envelope.js";
import { MAX_CERTIFICATE_BYTES } from "../certificates/envelope.js";
import { rejected, shortened, type Rejected, type Verdict, accepted, isAccepted } from "../checkers/verdict.js";
import { InputError } from "../inputs/input-error.js";
import { readBytes, readExactTextFile } from "../inputs/read-text-file.js";
import { EXIT, type ExitCode } from "./exit-codes.js";
import { failureText, labelled, printFailure, printJson } from "./print-verdict.js";
import type { Attested, CheckedText, Io, StatementCheckers, System } from "./system.js";

/** Which checkers decide; "both" accepts what both accept. */
export type CheckedWith = "first" | "second" | "both";

export interface CheckOptions {
  readonly with: CheckedWith;
  readonly statement?: string;
  readonly subject?: readonly string[];
}

/** Most bytes of a statement, in its envelope or not. */
const MAX_STATEMENT_BYTES = 2 ** 24;

/** Decides the certificate in a file. @throws {InputError} */
export async function checkVerb(
  systems: readonly System[],
  io: Io,
  path: string,
  options: CheckOptions,
): Promise<ExitCode> {
  const text = readExactTextFile(path, MAX_CERTIFICATE_BYTES);
  const checkers = await checkersOf(systems, text);
  if ("verdict" in checkers) return printFailure(io, checkers, path);
  if (checkers.attest === undefined && (options.statement !== undefined || options.subject !== undefined)) {
    throw new InputError(`${path}: statements and subjects do not go with this kind of certificate`);
  }
  if (checkers.second === undefined && options.with !== "first") {
    throw new InputError(`${path}: this kind of certificate has no second checker yet`);
  }
  if (options.with === "both") return checkWithBoth(checkers, io, text, path, options);
  if (options.with === "first") {
    const verdict = checkers.first(text, io.progress);
    if (!isAccepted(verdict)) return printFailure(io, verdict, path);
    const { title, lines, json } = verdict.result;
    return printAccepted(checkers, io, text, options, json, `${path}: ${title}`, lines);
  }
  const verdict = secondVerdict(checkers, text);
  if (!isAccepted(verdict)) return printFailure(io, verdict, `${path} (second checker)`);
  const { leftAlone } = verdict.result;
  const not = leftAlone.length === 0 ? "" : `; not decided: ${leftAlone.join(", ")}`;
  return printAccepted(checkers, io, text, options, secondJson(verdict), `${path} (second checker${not})`, []);
}

/** The checkers of a certificate's kind; a text that is no certificate goes to those of the first system, which say why. */
export async function checkersOf(
  systems: readonly System[],
  text: string,
): Promise<StatementCheckers | Rejected<"unknown-system" | "unknown-statement">> {
  const kind = certificateKind(text);
  const [first] = systems;
  if (first === undefined) throw new RangeError("checkersOf: expected at least one system");
  if (kind === undefined) {
    const [checkers] = Object.values(await first.checkers());
    return checkers as StatementCheckers;
  }
  const system = systems.find(({ id }) => id === kind.system);
  if (system === undefined) {
    const known = systems.map(({ id }) => id);
    return unknown("unknown-system", "system", kind.system, known);
  }
  const statements = await system.checkers();
  const checkers = Object.hasOwn(statements, kind.statement) ? statements[kind.statement] : undefined;
  return checkers ?? unknown("unknown-statement", "statement", kind.statement, Object.keys(statements));
}

function unknown<Code extends string>(
  code: Code,
  path: string,
  stated: string,
  known: readonly string[],
): Rejected<Code> {
  return rejected(code, path, `expected ${known.join(" or ")}`, { stated: shortened(stated, 60), known });
}

/** Prints an acceptance, unless what was given with the certificate does not belong to it. */
function printAccepted(
  { attest }: StatementCheckers,
  io: Io,
  text: string,
  { statement, subject }: CheckOptions,
  json: object,
  title: string,
  lines: CheckedText["lines"],
): ExitCode {
  let given: Attested = { lines: [], json: {} };
  if (attest !== undefined && (statement !== undefined || subject !== undefined)) {
    const files = (subject ?? []).map((name) => ({ name, bytes: readBytes(name, MAX_CERTIFICATE_BYTES) }));
    const stated =
      statement === undefined
        ? undefined
        : { name: statement, text: readExactTextFile(statement, MAX_STATEMENT_BYTES) };
    const attested = attest(text, stated, files);
    if (!isAccepted(attested)) {
      const isFile = attested.verdict === "rejected" && attested.code === "subject-file";
      return printFailure(io, attested, isFile ? "--subject" : (statement ?? ""));
    }
    given = attested.result;
  }
  if (io.json) printJson(io, { ...json, ...given.json });
  else io.print(`accepted: ${title}\n${labelled([...lines, ...given.lines])}`);
  return EXIT.accepted;
}

/** Asks both checkers, whatever the first says, and shows each that does not accept. */
function checkWithBoth(
  checkers: StatementCheckers,
  io: Io,
  text: string,
  path: string,
  options: CheckOptions,
): ExitCode {
  const [first, second] = [checkers.first(text, io.progress), secondVerdict(checkers, text)];
  if (isAccepted(first) && isAccepted(second)) {
    const { title, lines, json } = first.result;
    const both = { verdict: "accepted", first: json, second: secondJson(second) };
    return printAccepted(checkers, io, text, options, both, `${path}: ${title}, by both checkers`, lines);
  }
  const verdict = [first.verdict, second.verdict].includes("rejected") ? "rejected" : "undecided";
  if (io.json) {
    printJson(io, { verdict, first: isAccepted(first) ? first.result.json : first, second: secondJson(second) });
  } else {
    for (const [name, one] of [["first", first] as const, ["second", second] as const]) {
      const subject = `${path} (${name} checker)`;
      io.print(
        isAccepted(one as Verdict<string, unknown>) ? `accepted: ${subject}\n` : failureText(one as never, subject),
      );
    }
  }
  return EXIT[verdict];
}

/** The second checker's verdict in the form of the first one's; its witness is in its message. */
function secondVerdict(
  { second }: StatementCheckers,
  text: string,
): Verdict<string, { readonly leftAlone: readonly string[] }> {
  if (second === undefined) throw new RangeError("secondVerdict: expected a second checker");
  const verdict = second(text);
  if (verdict.verdict === "accepted") return accepted({ leftAlone: verdict.leftAlone });
  return verdict.verdict === "rejected" ? { ...verdict, witness: {} } : verdict;
}

function secondJson(verdict: ReturnType<typeof secondVerdict>): object {
  return isAccepted(verdict) ? { verdict: "accepted", leftAlone: verdict.result.leftAlone } : verdict;
}
