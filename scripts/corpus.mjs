// npm run corpus [-- OPTIONS]: compiles the sources and corpus/, then runs corpus/main.ts, which says what OPTIONS are.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const OUT = join("node_modules", ".cache", "weightproof-corpus");

function node(...args) {
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 2);
}

node(join("scripts", "setup.mjs"));
const tsc = join("node_modules", "typescript", "bin", "tsc");
node(tsc, "-p", join("corpus", "tsconfig.json"));
node(join(OUT, "corpus", "main.js"), ...process.argv.slice(2));
