// npm run fuzz [-- OPTIONS]: compiles the sources and fuzz/, then fuzzes the targets; docs/fuzzing.md has the options.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const OUT = join("node_modules", ".cache", "weightproof-fuzz");

function node(...args) {
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 2);
}

node(join("scripts", "setup.mjs"), "--build");
const tsc = join("node_modules", "typescript", "bin", "tsc");
node(tsc, "-p", join("fuzz", "tsconfig.json"));
node(join(OUT, "fuzz", "main.js"), ...process.argv.slice(2));
