/** The corpus as tests read it. */
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import type { Case, CaseFile } from "../../corpus/case.js";
import { Materializer } from "../../corpus/materialize.js";
import { ROOMS } from "../../corpus/rooms.js";
import { readCaseFiles, runCases } from "../../corpus/run.js";

export const ROOT: string = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const FOLDER: string = join(ROOT, "corpus");
export const FILES: readonly CaseFile[] = readCaseFiles(FOLDER, ROOMS);
export const MATERIALIZER: Materializer = new Materializer(FOLDER);

/** The file of a system, a statement and a theme. */
export function fileOf(system: string, statement: string, theme: string): CaseFile {
  const file = FILES.find((one) => one.system === system && one.statement === statement && one.theme === theme);
  if (file === undefined) throw new Error(`fileOf: expected a file of ${system}, ${statement}, ${theme}`);
  return file;
}

/** Asserts that the checkers of a file say of its cases what is expected; of every n-th case, from a first one on. */
export function expectAgreement(file: CaseFile, every = 1, first = 0): void {
  const isChosen = ({ flags }: Case, i: number): boolean => i % every === first && !flags.includes("Slow");
  expect(runCases(MATERIALIZER, file, file.cases.filter(isChosen))).toEqual([]);
}
