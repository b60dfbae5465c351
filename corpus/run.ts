/** Runs the cases of the corpus: through the checkers of this project, controls, or a command. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Case, CaseFile, CheckerName, Expected } from "./case.js";
import { agrees, CONTROLS, JUDGES, shown, type Judge } from "./judge.js";
import { Materializer } from "./materialize.js";
import type { CorpusRoom } from "./room.js";

/** The files of cases that lie in the folder of the corpus, by system, statement and name. */
export function readCaseFiles(folder: string, rooms: readonly CorpusRoom[]): CaseFile[] {
  const folders = rooms.flatMap(({ system, statements }) =>
    Object.keys(statements).map((statement) => join(folder, system, statement)),
  );
  return folders.flatMap((of) =>
    readdirSync(of)
      .filter((name) => name.endsWith(".json"))
      .toSorted()
      .map((name) => JSON.parse(readFileSync(join(of, name), "utf8")) as CaseFile),
  );
}

/** A case to which something else was said than it expects. */
export interface Disagreement {
  readonly id: string;
  readonly comment: string;
  readonly checker: string;
  readonly said: string;
  readonly expected: string;
}

/** What a checker of this project must say of a case. */
export function expectedOf(one: Case, checker: CheckerName): Expected {
  return one.except?.[checker] ?? one.expected;
}

/** Asks the checkers that a file names about its cases, and returns where they say something else. */
export function runCases(
  materializer: Materializer,
  { checkers }: CaseFile,
  cases: readonly Case[],
): readonly Disagreement[] {
  return cases.flatMap((one) => {
    const bytes = materializer.bytesOf(one.input);
    return checkers.flatMap((checker) => {
      const [said, expected] = [JUDGES[checker](bytes), expectedOf(one, checker)];
      return agrees(said, expected) ? [] : [disagreement(one, `${checker} checker`, said, shown(expected))];
    });
  });
}

function disagreement(one: Case, checker: string, said: Expected, expected: string): Disagreement {
  return { id: one.id, comment: one.comment, checker, said: shown(said), expected };
}

/** How many of the cases that must not be accepted a control lets through, and the first of them. */
export interface Leniency {
  readonly control: string;
  readonly accepted: number;
  readonly first: string | undefined;
}

/** Whether nobody may accept a case. */
export function isFalse({ expected, except }: Case): boolean {
  return [expected, ...Object.values(except ?? {})].every(({ verdict }) => verdict !== "accepted");
}

/**
 * Counts, for each deliberately lenient checker, the false certificates that it accepts: a corpus that none of them
 * gets through has teeth.
 */
export function runControls(materializer: Materializer, cases: readonly Case[]): readonly Leniency[] {
  const accepted = Object.keys(CONTROLS).map((): string[] => []);
  for (const one of cases.filter(isFalse)) {
    const bytes = materializer.bytesOf(one.input);
    for (const [i, judge] of Object.values(CONTROLS).entries())
      if (judge(bytes).verdict === "accepted") accepted[i]?.push(one.id);
  }
  return Object.keys(CONTROLS).map((control, i) => ({
    control,
    accepted: accepted[i]?.length ?? 0,
    first: accepted[i]?.[0],
  }));
}

/** Exit codes of a checker's command. */
const EXITS: readonly Expected["verdict"][] = ["accepted", "rejected", "unreadable", "undecided"];

/**
 * A judge that writes the bytes to a file and runs a command with its path: as the last argument, or wherever the command
 * has {}. The exit code is the verdict; a JSON object on stdout may add `code` or `limit`.
 */
export function commandJudge(command: string, folder: string): Judge {
  return (bytes) => {
    const file = join(folder, "case.json");
    writeFileSync(file, bytes);
    const line = command.includes("{}") ? command.replaceAll("{}", file) : `${command} ${file}`;
    const { status, stdout, error } = spawnSync(line, { shell: true, encoding: "utf8", maxBuffer: 2 ** 28 });
    const verdict = error === undefined ? EXITS[status ?? -1] : undefined;
    if (verdict === undefined) throw new Error(`${line}: expected an exit code from 0 to 3, got ${status}`);
    const { code, limit } = printedOf(stdout);
    if (verdict === "rejected") return { verdict, codes: code === undefined ? [] : [code] };
    return verdict === "undecided" ? { verdict, limit: limit ?? "" } : { verdict };
  };
}

function printedOf(stdout: string): { readonly code?: string; readonly limit?: string } {
  try {
    const json = JSON.parse(stdout) as { code?: unknown; limit?: unknown } | null;
    return {
      ...(typeof json?.code === "string" ? { code: json.code } : {}),
      ...(typeof json?.limit === "string" ? { limit: json.limit } : {}),
    };
  } catch {
    return {};
  }
}

/**
 * Whether a checker that is not of this project may say so: what the case expects of any of them; a rejection with or
 * without a code where a file is unreadable, and the other way round; a limit of its own where it is about one.
 */
export function allows(one: Case, said: Expected): boolean {
  const expectations = [one.expected, ...Object.values(one.except ?? {})];
  if (said.verdict === "undecided")
    return one.flags.includes("OwnLimit") || expectations.some(({ verdict }) => verdict === "undecided");
  if (expectations.some((expected) => agrees(said, expected))) return true;
  return expectations.some(
    ({ verdict }) =>
      (verdict === "unreadable" && said.verdict === "rejected") ||
      (verdict === "rejected" &&
        said.verdict === "unreadable" &&
        one.flags.some((flag) => ["TooLarge", "NotJson"].includes(flag))),
  );
}

/** Runs a command on every case of a list. */
export function runCommand(command: string, materializer: Materializer, cases: readonly Case[]): Disagreement[] {
  const folder = mkdtempSync(join(tmpdir(), "weightproof-corpus-"));
  try {
    const judge = commandJudge(command, folder);
    return cases.flatMap((one) => {
      const said = judge(materializer.bytesOf(one.input));
      return allows(one, said) ? [] : [disagreement(one, "command", said, shown(one.expected))];
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Writes the file of each case, and what is expected of it, to a folder. */
export function writeCases(target: string, materializer: Materializer, files: readonly CaseFile[]): number {
  const cases = files.flatMap(({ system, statement, cases: of }) => of.map((one) => ({ system, statement, one })));
  mkdirSync(target, { recursive: true });
  const index = cases.map(({ system, statement, one: { id, flags, expected, except } }) => ({
    id,
    system,
    statement,
    file: `${id}.json`,
    flags,
    expected,
    ...(except === undefined ? {} : { except }),
  }));
  for (const { one } of cases) writeFileSync(join(target, `${one.id}.json`), materializer.bytesOf(one.input));
  writeFileSync(join(target, "index.json"), `${JSON.stringify(index, null, 1)}\n`);
  return cases.length;
}
