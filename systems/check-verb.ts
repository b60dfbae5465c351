/** check: which system a certificate belongs to, and the verdict of that system's checkers. */
import { certificateKind, MAX_CERTIFICATE_BYTES } from "../certificates/envelope.js";
import { unknownKind, type KindFault } from "../checkers/unknown-kind.js";
import { accepted, isAccepted, type Rejected, type Verdict } from "../checkers/verdict.js";
import { InputError } from "../inputs/input-error.js";
import { readBytes, readExactTextFile } from "../inputs/read-text-file.js";
import { EXIT, type ExitCode } from "./exit-codes.js";
import { failureText, labelled, printFailure, printJson } from "./print-verdict.js";
import type { Attested, CheckedText, Io, StatementCheckers, System } from "./system.js";

/** Which checkers decide; "both" accepts what both accept. */
export type CheckedWith = "first" | "second" | "both";

/** The options of check: which checkers, and the files that must belong to the certificate. */
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
    throw new InputError(`${path}: this kind of certificate takes no --statement and no --subject`);
  }
  if (checkers.second === undefined && options.with !== "first") {
    throw new InputError(`${path}: this kind of certificate has no second checker yet`);
  }
  if (options.with === "both") return checkWithBoth(checkers, io, text, path, options);
  if (options.with === "first") {
    const verdict = await checkers.first(text, io.progress);
    if (!isAccepted(verdict)) return printFailure(io, verdict, path);
    const { title, lines, json } = verdict.result;
    return printAccepted(checkers, io, text, options, json, `${path}: ${title}`, lines);
  }
  const verdict = await secondVerdict(checkers, text);
  if (!isAccepted(verdict)) return printFailure(io, verdict, `${path} (second checker)`);
  const { leftAlone } = verdict.result;
  const not = leftAlone.length === 0 ? "" : `; not decided: ${leftAlone.join(", ")}`;
  return printAccepted(checkers, io, text, options, secondJson(verdict), `${path} (second checker${not})`, []);
}

/**
 * The checkers of a certificate's kind; a text that is not a certificate goes to those of the first system, which say
 * why.
 */
export async function checkersOf(
  systems: readonly System[],
  text: string,
): Promise<StatementCheckers | Rejected<KindFault>> {
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
    return unknownKind("unknown-system", kind.system, known);
  }
  const statements = await system.checkers();
  const checkers = Object.hasOwn(statements, kind.statement) ? statements[kind.statement] : undefined;
  return checkers ?? unknownKind("unknown-statement", kind.statement, Object.keys(statements));
}

/** Prints an acceptance, unless what was given with the certificate does not belong to it. */
async function printAccepted(
  { attest }: StatementCheckers,
  io: Io,
  text: string,
  { statement, subject }: CheckOptions,
  json: object,
  title: string,
  lines: CheckedText["lines"],
): Promise<ExitCode> {
  let given: Attested = { lines: [], json: {} };
  if (attest !== undefined && (statement !== undefined || subject !== undefined)) {
    const files = (subject ?? []).map((name) => ({ name, bytes: readBytes(name, MAX_CERTIFICATE_BYTES) }));
    const stated =
      statement === undefined
        ? undefined
        : { name: statement, text: readExactTextFile(statement, MAX_STATEMENT_BYTES) };
    const attested = await attest(text, stated, files);
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
async function checkWithBoth(
  checkers: StatementCheckers,
  io: Io,
  text: string,
  path: string,
  options: CheckOptions,
): Promise<ExitCode> {
  const [first, second] = [await checkers.first(text, io.progress), await secondVerdict(checkers, text)];
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
async function secondVerdict(
  { second }: StatementCheckers,
  text: string,
): Promise<Verdict<string, { readonly leftAlone: readonly string[] }>> {
  if (second === undefined) throw new RangeError("secondVerdict: expected a second checker");
  const verdict = await second(text);
  if (verdict.verdict === "accepted") return accepted({ leftAlone: verdict.leftAlone });
  return verdict.verdict === "rejected" ? { ...verdict, witness: {} } : verdict;
}

function secondJson(verdict: Awaited<ReturnType<typeof secondVerdict>>): object {
  return isAccepted(verdict) ? { verdict: "accepted", leftAlone: verdict.result.leftAlone } : verdict;
}
