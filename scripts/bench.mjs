// npm run bench [-- NAME ...]: compiles the sources and bench/, then runs bench/NAME.ts, or all of them one after the other.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

const OUT = join("node_modules", ".cache", "weightproof-bench");
/** Modules that others import; they do nothing by themselves. */
const PARTS = new Set(["learner-tables", "markdown-tables", "random-machine", "turing-scheme", "turing-scheme-runs"]);

function node(...args) {
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 2);
}

node(join("scripts", "setup.mjs"), "--build");
const tsc = join("node_modules", "typescript", "bin", "tsc");
node(tsc, "-p", "tsconfig.json", "--noEmit", "false", "--rootDir", ".", "--outDir", OUT);
const all = readdirSync("bench")
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, -".ts".length))
  .filter((name) => !PARTS.has(name));
const given = process.argv.slice(2);
const unknown = given.find((name) => !all.includes(name));
if (unknown !== undefined) {
  console.error(`bench: expected one of ${all.join(", ")}, got ${unknown}`);
  process.exit(2);
}
for (const name of given.length > 0 ? given : all) {
  console.log(`\n# ${name}\n`);
  node(join(OUT, "bench", `${name}.js`));
}
