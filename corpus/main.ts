/** npm run corpus: makes the corpus anew, and runs it. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Command, Option } from "commander";
import type { CaseFile } from "./case.js";
import { makeCaseFiles, pathOf } from "./files.js";
import { Materializer } from "./materialize.js";
import { ROOMS } from "./rooms.js";
import { readCaseFiles, runCases, runCommand, runControls, writeCases, type Disagreement } from "./run.js";

/** The folder of the corpus in the package, in which npm runs scripts. */
const FOLDER = "corpus";

interface Options {
  readonly regenerate?: boolean;
  readonly check?: boolean;
  readonly checker?: string;
  readonly system?: string;
  readonly statement?: string;
  readonly theme?: string;
  readonly write?: string;
  readonly slow?: boolean;
}

const program = new Command("corpus")
  .description(
    "The corpus of certificates that must be rejected. Without options, both checkers and some bad ones are run on it.",
  )
  .option("--regenerate", "make the bases and the cases anew")
  .option("--check", "make them anew, write nothing, fail on the first difference")
  .option("--checker <COMMAND>", "run a command on the file of each case ({} or the last argument) and compare")
  .addOption(new Option("--system <ID>", "only the cases of one paper").choices(ROOMS.map(({ system }) => system)))
  .addOption(
    new Option("--statement <NAME>", "only the cases of one statement").choices(
      ROOMS.flatMap(({ statements }) => Object.keys(statements)),
    ),
  )
  .option("--theme <NAME>", "only the cases of one file")
  .option("--write <FOLDER>", "write the file of each case, and index.json, to a folder")
  .option("--slow", "also the cases that take a checker minutes");

program.parse();
process.exitCode = await main(program.opts<Options>());

async function main(options: Options): Promise<number> {
  if (options.regenerate === true || options.check === true) return regenerate(options.check === true);
  const files = readCaseFiles(FOLDER, ROOMS).filter(
    ({ system, statement, theme }) =>
      (options.system ?? system) === system &&
      (options.statement ?? statement) === statement &&
      (options.theme ?? theme) === theme,
  );
  const materializer = new Materializer(FOLDER);
  if (options.write !== undefined) {
    console.log(`${writeCases(options.write, materializer, files)} files written to ${options.write}`);
    return 0;
  }
  return run(options, materializer, files);
}

async function regenerate(checks: boolean): Promise<number> {
  const differentBases: string[] = [];
  for (const { makeBases } of ROOMS) differentBases.push(...save(await makeBases(), checks));
  // Cases are made from the bases in the folder: if those are not right, nothing can be said of the cases.
  const different = [...differentBases];
  if (!checks || different.length === 0) {
    const made = makeCaseFiles(FOLDER, ROOMS);
    different.push(...save(made, checks), ...dropOthers(made, checks));
  }
  for (const path of different) console.log(`${checks ? "differs" : "written"} ${path}`);
  if (different.length === 0) console.log("the corpus is what its generator makes");
  return checks && different.length > 0 ? 1 : 0;
}

/** The paths of files of cases that are not made any more; unless only asked, they are deleted. */
function dropOthers(made: ReadonlyMap<string, string>, asks: boolean): string[] {
  const paths = readCaseFiles(FOLDER, ROOMS).map(pathOf);
  const others = paths.filter((path) => !made.has(path)).map((path) => join(FOLDER, path));
  if (!asks) for (const file of others) rmSync(file);
  return others;
}

/** The paths whose files are not what they should be; unless only asked, they are written. */
function save(files: ReadonlyMap<string, string>, asks: boolean): string[] {
  return [...files].flatMap(([path, text]) => {
    const file = join(FOLDER, path);
    if (existsSync(file) && readFileSync(file, "utf8") === text) return [];
    if (!asks) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    return [file];
  });
}

function run({ checker, slow }: Options, materializer: Materializer, files: readonly CaseFile[]): number {
  const disagreements: Disagreement[] = [];
  let count = 0;
  for (const file of files) {
    const cases = file.cases.filter(({ flags }) => slow === true || !flags.includes("Slow"));
    const found =
      checker === undefined ? runCases(materializer, file, cases) : runCommand(checker, materializer, cases);
    console.log(
      `${file.system}/${file.statement}/${file.theme}: ${cases.length} cases, ${found.length} otherwise than expected`,
    );
    for (const { id, comment, checker: who, said, expected } of found)
      console.log(`  ${id} (${comment}): the ${who} says ${said}; expected ${expected}`);
    disagreements.push(...found);
    count += cases.length;
  }
  console.log(`${count} cases, ${disagreements.length} otherwise than expected`);
  if (checker === undefined) {
    const cases = files.flatMap((file) => file.cases);
    for (const { control, accepted, first } of runControls(materializer, cases))
      console.log(`control "${control}": lets ${accepted} through${first === undefined ? "" : `, the first ${first}`}`);
  }
  return disagreements.length === 0 ? 0 : 1;
}
