/** check: which system a certificate belongs to, and the verdict of that system's checkers. */
import { certificateKind, MAX_CERTIFICATE_BYTES } from "../certificates/envelope.js";
import { unknownKind, type KindFault } from "../checkers/unknown-kind.js";
import { accepted, isAccepted, type Rejected, type Verdict } from "../checkers/verdict.js";
import { InputError } from "../inputs/input-error.js";
import { readBytes, readExactTextFile } from "../inputs/read-text-file.js";
import { EXIT, type ExitCode } from "./exit-codes.js";
import { failureText, labelled, printFailure, printJson } from "./print-verdict.js";
import type { Attested, CheckedText, Io, SecondVerdict, StatementCheckers, System } from "./system.js";

/** Which checkers decide what is asked for; several accept what all of them accept. */
const ASKED = {
  first: ["first"],
  second: ["second"],
  both: ["first", "second"],
  verified: ["verified"],
  all: ["first", "second", "verified"],
} as const;
/** What --with may say. */
export type CheckedWith = keyof typeof ASKED;

type CheckerName = (typeof ASKED)["all"][number];

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
  const others = ASKED[options.with].flatMap((name) =>
    name === "first" ? [] : [[name, otherChecker(checkers, name, path)] as const],
  );
  const [other] = others;
  if (options.with === "first") {
    const verdict = await checkers.first(text, io.progress);
    if (!isAccepted(verdict)) return printFailure(io, verdict, path);
    const { title, lines, json } = verdict.result;
    return printAccepted(checkers, io, text, options, json, `${path}: ${title}`, lines);
  }
  if (options.with === "both" || options.with === "all") {
    return checkWithSeveral(checkers, others, io, text, path, options);
  }
  if (other === undefined) throw new RangeError("checkVerb: expected another checker");
  const [name, decide] = other;
  const verdict = otherVerdict(await decide(text));
  if (!isAccepted(verdict)) return printFailure(io, verdict, `${path} (${name} checker)`);
  const { leftAlone } = verdict.result;
  const not = leftAlone.length === 0 ? "" : `; not decided: ${leftAlone.join(", ")}`;
  return printAccepted(checkers, io, text, options, otherJson(verdict), `${path} (${name} checker${not})`, []);
}

type OtherChecker = NonNullable<StatementCheckers["second"]>;

/** A checker other than the first. @throws {InputError} if there is none, or if it is not built */
function otherChecker(checkers: StatementCheckers, name: Exclude<CheckerName, "first">, path: string): OtherChecker {
  if (checkers[name] === undefined)
    throw new InputError(`${path}: this kind of certificate has no ${name} checker yet`);
  const checker = name === "second" ? checkers.second : checkers.verified?.();
  if (checker === undefined) throw new InputError("the verified checker is not built: npm run proofs builds it");
  return checker;
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

/** Asks several checkers, whatever the first says, and shows what each says unless all accept. */
async function checkWithSeveral(
  checkers: StatementCheckers,
  others: readonly (readonly [name: CheckerName, checker: OtherChecker])[],
  io: Io,
  text: string,
  path: string,
  options: CheckOptions,
): Promise<ExitCode> {
  const first = await checkers.first(text, io.progress);
  const said: (readonly [CheckerName, ReturnType<typeof otherVerdict>])[] = [];
  for (const [name, decide] of others) said.push([name, otherVerdict(await decide(text))]);
  const json = {
    first: isAccepted(first) ? first.result.json : first,
    ...Object.fromEntries(said.map(([name, verdict]) => [name, otherJson(verdict)])),
  };
  const verdicts = [first.verdict, ...said.map(([, { verdict }]) => verdict)];
  if (isAccepted(first) && verdicts.every((verdict) => verdict === "accepted")) {
    const { title, lines } = first.result;
    const by = options.with === "both" ? "by both checkers" : "by all three checkers";
    return printAccepted(
      checkers,
      io,
      text,
      options,
      { verdict: "accepted", ...json },
      `${path}: ${title}, ${by}`,
      lines,
    );
  }
  const verdict = verdicts.includes("rejected") ? "rejected" : "undecided";
  if (io.json) printJson(io, { verdict, ...json });
  else
    for (const [name, one] of [["first", first] as const, ...said])
      io.print(verdictText(one, `${path} (${name} checker)`));
  return EXIT[verdict];
}

function verdictText(verdict: Verdict<string, unknown>, subject: string): string {
  return isAccepted(verdict) ? `accepted: ${subject}\n` : failureText(verdict, subject);
}

/** Another checker's verdict in the form of the first one's; its witness is in its message. */
function otherVerdict(verdict: SecondVerdict): Verdict<string, { readonly leftAlone: readonly string[] }> {
  if (verdict.verdict === "accepted") return accepted({ leftAlone: verdict.leftAlone });
  return verdict.verdict === "rejected" ? { ...verdict, witness: {} } : verdict;
}

function otherJson(verdict: ReturnType<typeof otherVerdict>): object {
  return isAccepted(verdict) ? { verdict: "accepted", leftAlone: verdict.result.leftAlone } : verdict;
}
