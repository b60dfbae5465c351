/**
 * Prints the tables of docs/learners.md and the time that parity takes to compile and to certify; with --write, writes the
 * tables to docs/learners.md and the machine files to machines/learners/. Run from the root of the project:
 *
 *   npx tsc -p tsconfig.json --noEmit false --outDir node_modules/.cache/bench
 *   node node_modules/.cache/bench/bench/learners.js [--write]
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { certify } from "../systems/rcnn/certify.js";
import { compileLearner, learnerFile } from "../construction/learners/learner-file.js";
import { learners } from "../construction/learners/learners.js";
import { replaceTables } from "./markdown-tables.js";
import { boundTable, sizeTable, stepTable } from "./learner-tables.js";

const tables = { sizes: sizeTable(), bounds: boundTable(), steps: stepTable() };
for (const [name, lines] of Object.entries(tables)) process.stdout.write(`${name}\n${lines.join("\n")}\n\n`);

for (const learner of learners) {
  const begin = performance.now();
  const { machine } = compileLearner(learner);
  const compiled = performance.now();
  const { verdict } = certify(machine);
  const certified = performance.now();
  const times = `compiled in ${Math.round(compiled - begin)} ms, ${verdict} in ${Math.round(certified - compiled)} ms`;
  process.stdout.write(`${learner.name}: ${times}\n`);
}

if (process.argv.includes("--write")) {
  const document = join("docs", "learners.md");
  writeFileSync(document, replaceTables(readFileSync(document, "utf8"), tables));
  for (const learner of learners)
    writeFileSync(join("machines", "learners", `${learner.name}.yaml`), learnerFile(learner));
}
