// Installs and builds what a fresh clone lacks; does nothing where all is up to date.
// Plain JavaScript on Node's own modules, because it runs before anything is installed.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const SOURCES = [
  "index.ts",
  "browser.ts",
  "systems",
  "arbitraries",
  "spec",
  "amendments",
  "construction",
  "inputs",
  "checkers",
  "certificates",
  "execution",
  "exports",
  "audit",
  "cli",
];
const STAMP = join("node_modules", ".weightproof-build");
const wantsBuild = process.argv.includes("--build");

/** Runs a command; its output goes to stderr, so that stdout stays the caller's. */
function run(label, command, args) {
  process.stderr.write(`weightproof: ${label}\n`);
  const result = spawnSync(command, args, { stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
  if (result.status !== 0) {
    process.stderr.write(`weightproof: ${label} failed: ${command} ${args.join(" ")}\n`);
    process.exit(2);
  }
}

function newest(path) {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return /\.(ts|json)$/.test(path) ? Math.floor(stat.mtimeMs) : 0;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

const lockedAt = newest("package-lock.json");
const installedAt = newest(join("node_modules", ".package-lock.json"));
if (installedAt === 0 || installedAt < lockedAt)
  run("installing the locked packages", "npm", ["ci", "--no-fund", "--no-audit"]);

// What is made of sources and compiled with them; the tests run on it too, and the type checker.
const { makeValidators } = await import("./validators.mjs");
await makeValidators();

if (wantsBuild) {
  // The stamp holds the age of the sources that were compiled, not of the compiling: a change meanwhile is not missed.
  const sourcesAt = Math.max(...SOURCES.map(newest), newest("tsconfig.json"), newest("tsconfig.build.json"));
  const builtFrom = existsSync(STAMP) && existsSync("dist") ? Number(readFileSync(STAMP, "utf8")) : 0;
  if (builtFrom !== sourcesAt) {
    const tsc = join("node_modules", "typescript", "bin", "tsc");
    run("compiling TypeScript", process.execPath, [tsc, "-p", "tsconfig.build.json"]);
    writeFileSync(STAMP, `${sourcesAt}\n`);
  }
}
