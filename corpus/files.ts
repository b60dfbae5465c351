/** The files of the corpus, made anew from their themes. */
import { printJson } from "../certificates/canonical.js";
import type { CaseFile } from "./case.js";
import { FLAGS } from "./flags.js";
import { Materializer } from "./materialize.js";
import type { CorpusRoom, CorpusStatement, Theme } from "./room.js";
import { subjectOf } from "./subject.js";
import { derivedThemes } from "./themes/index.js";

/** The path of a file of cases, from the folder of the corpus. */
export function pathOf({ system, statement, theme }: Pick<CaseFile, "system" | "statement" | "theme">): string {
  return `${system}/${statement}/${theme}.json`;
}

/** The files of cases by path, made from the bases that are in a folder. */
export function makeCaseFiles(folder: string, rooms: readonly CorpusRoom[]): ReadonlyMap<string, string> {
  const materializer = new Materializer(folder);
  const files = rooms.flatMap((room) => {
    const names = Object.keys(room.statements);
    return Object.entries(room.statements).flatMap(([name, statement]) => {
      const subject = subjectOf(room.system, name, names, statement, materializer);
      const themes = [...derivedThemes(subject), ...statement.themes(materializer)];
      return themes.map((theme) => fileOf(room, name, statement, theme));
    });
  });
  return new Map(files.map((file) => [pathOf(file), printJson(file)]));
}

/** @throws {RangeError} for a case with a flag that has no meaning */
function fileOf(room: CorpusRoom, name: string, statement: CorpusStatement, { name: theme, ...rest }: Theme): CaseFile {
  const { system } = room;
  // What two themes come to alike is kept once, as the first of them has it.
  const distinct = [
    ...new Map(rest.drafts.toReversed().map((one) => [JSON.stringify(one.input), one])).values(),
  ].toReversed();
  const meanings = { ...FLAGS, ...room.flags };
  const used = new Set(distinct.flatMap(({ flags }) => flags));
  for (const flag of used)
    if (!Object.hasOwn(meanings, flag)) throw new RangeError(`fileOf: expected a known flag, got ${flag}`);
  return {
    format: "weightproof-corpus",
    version: 1,
    system,
    statement: name,
    theme,
    about: rest.about,
    checkers: statement.checkers,
    flags: Object.fromEntries(Object.entries(meanings).filter(([flag]) => used.has(flag))),
    cases: distinct.map((one, i) => ({
      id: `${system}-${name}-${theme}-${String(i + 1).padStart(3, "0")}`,
      ...one,
    })),
  };
}
