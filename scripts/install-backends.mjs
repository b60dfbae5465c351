// Installs the optional backends beside the locked packages: `node scripts/install-backends.mjs webgpu tensorflow`.
// `tensorflow` builds @tensorflow/tfjs-node from PyPI's wheel where its own download fails. Neither package.json nor
// package-lock.json is touched; the next `npm ci` removes them again.
import { spawnSync } from "node:child_process";

const WEBGPU = ["webgpu@0.6.2", "@tensorflow/tfjs-backend-webgpu@4.22.0"];
const TFJS_NODE = "@tensorflow/tfjs-node@4.22.0";

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => name !== "webgpu" && name !== "tensorflow");
if (wanted.length === 0 || unknown !== undefined) {
  process.stderr.write("usage: node scripts/install-backends.mjs [webgpu] [tensorflow]\n");
  process.exit(2);
}

function run(command, args) {
  process.stderr.write(`install-backends: ${command} ${args.join(" ")}\n`);
  return spawnSync(command, args, { stdio: ["ignore", 2, 2], shell: process.platform === "win32" }).status === 0;
}

const install = ["install", "--no-save", "--no-audit", "--no-fund"];
// npm removes what an earlier --no-save installed, so both go into one call.
const packages = [...(wanted.includes("webgpu") ? WEBGPU : []), ...(wanted.includes("tensorflow") ? [TFJS_NODE] : [])];
if (run("npm", [...install, ...packages])) process.exit(0);
if (!wanted.includes("tensorflow")) process.exit(1);
process.stderr.write("install-backends: tfjs-node's own download failed; building it from PyPI's wheel\n");
const built =
  run("npm", [...install, "--ignore-scripts", ...packages]) &&
  run(process.execPath, ["scripts/build-tfjs-node.mjs", "--installed"]);
process.exit(built ? 0 : 1);
