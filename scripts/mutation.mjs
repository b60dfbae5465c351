// npm run mutation [-- [--no-run] GROUP ...]: mutation testing of checkers/ and spec/. Stryker changes the sources in every way
// it knows, and the tests must notice. With --no-run the last reports are judged once more. The groups are those of
// test/mutation/groups.mjs. Prints every survivor that the group's file of survivors does not explain, and a table; ends
// with 1 if there is one, if an explained one does not survive, or if a score is below 90 %.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { GROUPS } from "../test/mutation/groups.mjs";

const LEAST_SCORE = 90;

const setup = spawnSync(process.execPath, [join("scripts", "setup.mjs")], { stdio: "inherit" });
if (setup.status !== 0) process.exit(setup.status ?? 2);
const { parse } = await import("yaml");

const noRun = process.argv[2] === "--no-run";
const given = process.argv.slice(noRun ? 3 : 2);
const unknown = given.find((name) => !Object.hasOwn(GROUPS, name));
if (unknown !== undefined) {
  console.error(`mutation: expected one of ${Object.keys(GROUPS).join(", ")}, got ${unknown}`);
  process.exit(2);
}

/** What identifies a mutant while lines move: the file, the line's text and what the place becomes, on one line. */
const nameOf = (file, at, by) => `${file}: ${at.trim()} => ${by.trim().replaceAll(/\s+/g, " ")}`;

/** The survivors of a group that are explained, and how many of each there are. */
function explainedOf(group) {
  const explained = new Map();
  const list = GROUPS[group].survivors;
  for (const { file, mutants } of existsSync(list) ? parse(readFileSync(list, "utf8")) : [])
    for (const { at, by, times = 1 } of mutants) explained.set(nameOf(file, at, by), times);
  return explained;
}

/** Runs Stryker on a group, and returns its exit code. */
function runStryker(name) {
  const { status } = spawnSync(
    process.execPath,
    [join("node_modules", "@stryker-mutator", "core", "bin", "stryker.js"), "run"],
    {
      stdio: ["ignore", 2, 2],
      env: { ...process.env, MUTATION_GROUP: name, MUTATION_TESTS: GROUPS[name].tests.join(" ") },
    },
  );
  return status;
}

const rows = [["group", "mutants", "killed", "survived", "explained", "score %"]];
let failed = false;
for (const name of given.length > 0 ? given : Object.keys(GROUPS)) {
  const report = join("reports", "mutation", `${name}.json`);
  const status = noRun ? 0 : runStryker(name);
  if (status !== 0 || !existsSync(report)) {
    console.error(`mutation: ${noRun ? "there is no report of" : "Stryker failed on"} the group ${name}`);
    process.exit(2);
  }
  const { files } = JSON.parse(readFileSync(report, "utf8"));
  const explained = explainedOf(name);
  const count = { killed: 0, survived: 0, explained: 0 };
  for (const [file, { source, mutants }] of Object.entries(files)) {
    const lines = source.split("\n");
    for (const { status: fate, location, replacement, mutatorName } of mutants) {
      if (fate === "Killed" || fate === "Timeout") count.killed++;
      if (fate !== "Survived" && fate !== "NoCoverage") continue;
      count.survived++;
      const mutant = nameOf(file, lines[location.start.line - 1], replacement);
      const left = explained.get(mutant) ?? 0;
      explained.set(mutant, left - 1);
      if (left > 0) {
        count.explained++;
        continue;
      }
      failed = true;
      console.log(`${file}:${location.start.line}:${location.start.column} ${fate} ${mutatorName}`);
      console.log(`    at: ${JSON.stringify(lines[location.start.line - 1].trim())}`);
      console.log(`    by: ${JSON.stringify(replacement)}`);
    }
  }
  for (const [mutant, left] of explained) {
    if (left <= 0) continue;
    failed = true;
    console.log(`explained, but it does not survive: ${mutant}`);
  }
  const all = count.killed + count.survived;
  const score = (100 * count.killed) / all;
  if (score < LEAST_SCORE) failed = true;
  rows.push([name, all, count.killed, count.survived, count.explained, score.toFixed(1)]);
}
console.log(
  rows
    .map((row) => row.map((cell, i) => (i === 0 ? String(cell).padEnd(12) : String(cell).padStart(10))).join(""))
    .join("\n"),
);
process.exit(failed ? 1 : 0);
