// npm run other-tools [-- --install]: compiles, then asks every other tool that is here about exports of small
// machines; see
// docs/exports.md. With --install, onnxruntime-node (from npm, its install script not run: the CPU library is in the
// package) and
// numpy, onnx, vnnlib and maraboupy (from PyPI, in an environment of their own) are first put into a folder that nothing else uses.
// z3, cvc5, yosys and berkeley-abc are taken from the PATH.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const OUT = join("node_modules", ".cache", "weightproof-other-tools");
const TOOLS = join("node_modules", ".cache", "weightproof-tools");
const NPM = ["onnxruntime-node@1.30.0"];
// Marabou's reader of ONNX needs these two; its wheels are for Python 3.8 ... 3.11.
const PIP = ["numpy==1.26.4", "onnx==1.16.2", "onnxruntime==1.20.1", "maraboupy==2.0.0", "vnnlib==1.0.0"];

function run(command, args, stdio = "inherit") {
  return spawnSync(command, args, { stdio, shell: process.platform === "win32" }).status ?? 2;
}

/** A tool that cannot be installed is reported as such by the table; the others continue. */
function install() {
  mkdirSync(TOOLS, { recursive: true });
  const manifest = join(TOOLS, "package.json");
  if (!existsSync(manifest)) writeFileSync(manifest, '{ "private": true }\n');
  const toStderr = ["ignore", 2, 2];
  run("npm", ["install", "--prefix", TOOLS, "--ignore-scripts", "--no-audit", "--no-fund", ...NPM], toStderr);
  const python = join(TOOLS, "python");
  if (run("python3", ["-m", "venv", python], toStderr) === 0) {
    const bin = process.platform === "win32" ? join(python, "Scripts") : join(python, "bin");
    run(join(bin, "python"), ["-m", "pip", "install", "--quiet", ...PIP], toStderr);
  }
}

const args = process.argv.slice(2);
const unknown = args.find((arg) => arg !== "--install");
if (unknown !== undefined) {
  process.stderr.write(`other-tools: expected --install or nothing, got ${unknown}\n`);
  process.exit(2);
}
if (run(process.execPath, [join("scripts", "setup.mjs")]) !== 0) process.exit(2);
if (args.includes("--install")) install();
const tsc = join("node_modules", "typescript", "bin", "tsc");
const compiled = run(process.execPath, [
  tsc,
  "-p",
  "tsconfig.json",
  "--noEmit",
  "false",
  "--rootDir",
  ".",
  "--outDir",
  OUT,
]);
if (compiled !== 0) process.exit(2);
process.exit(run(process.execPath, [join(OUT, "test", "other-tools", "main.js"), TOOLS]));
