// Makes the `tensorflow` backend where the binary that @tensorflow/tfjs-node downloads cannot be reached: installs the
// package without its install script and compiles its own binding with node-gyp against libtensorflow and the C headers
// that PyPI's tensorflow-cpu wheel carries. Linux, x86-64 or arm64; needs npm, python3 with pip, make and a C++17 compiler.
//
//   node scripts/build-tfjs-node.mjs [--installed] [FOLDER]
//
// FOLDER is the project that is to have it, the current one if absent. --installed: the package is there already, without
// its binding.
//
// It touches neither package.json nor package-lock.json; the next `npm ci` removes it again.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const PACKAGE = "@tensorflow/tfjs-node@4.22.0";
// The newest release that still serves Python 3.9 to 3.11 and whose C interface the binding compiles against.
const WHEEL = "tensorflow-cpu==2.15.1";
const WHEEL_ARM = "tensorflow-cpu-aws==2.15.1";
const NAPI = "8";

function run(command, args, options = {}) {
  process.stderr.write(`build-tfjs-node: ${command} ${args.join(" ")}\n`);
  const { status, error } = spawnSync(command, args, { stdio: ["ignore", 2, 2], ...options });
  if (status === 0) return;
  process.stderr.write(`build-tfjs-node: ${command} failed${error === undefined ? "" : `: ${error.message}`}\n`);
  process.exit(1);
}

/** The node-gyp that comes with npm, so that nothing has to be installed for it. */
function nodeGyp() {
  const { stdout } = spawnSync("npm", ["root", "--global"], { encoding: "utf8" });
  const candidates = [
    join(stdout.trim(), "npm/node_modules/node-gyp/bin/node-gyp.js"),
    join(dirname(process.execPath), "../lib/node_modules/npm/node_modules/node-gyp/bin/node-gyp.js"),
  ];
  const found = candidates.find((path) => existsSync(path));
  if (found !== undefined) return found;
  process.stderr.write("build-tfjs-node: npm's node-gyp was not found\n");
  return process.exit(1);
}

if (process.platform !== "linux" || !["x64", "arm64"].includes(process.arch)) {
  process.stderr.write(`build-tfjs-node: expected Linux on x64 or arm64, got ${process.platform} on ${process.arch}\n`);
  process.exit(1);
}

const isInstalled = process.argv.includes("--installed");
const project = resolve(process.argv.slice(2).find((argument) => argument !== "--installed") ?? ".");
if (!isInstalled) {
  run("npm", ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", PACKAGE], { cwd: project });
}
const target = join(project, "node_modules/@tensorflow/tfjs-node");

const work = mkdtempSync(join(tmpdir(), "tfjs-node-"));
try {
  const platforms =
    process.arch === "x64"
      ? ["manylinux_2_17_x86_64", "manylinux2014_x86_64"]
      : ["manylinux_2_17_aarch64", "manylinux2014_aarch64"];
  run("python3", [
    "-m",
    "pip",
    "download",
    "--quiet",
    "--no-deps",
    "--only-binary=:all:",
    "--python-version",
    "3.11",
    ...platforms.flatMap((platform) => ["--platform", platform]),
    "--dest",
    work,
    process.arch === "x64" ? WHEEL : WHEEL_ARM,
  ]);
  const wheel = readdirSync(work).find((name) => name.endsWith(".whl"));
  run("python3", ["-m", "zipfile", "-e", wheel, "wheel"], { cwd: work });
  const tensorflow = join(work, "wheel/tensorflow");

  const lib = join(target, "deps/lib");
  rmSync(join(target, "deps"), { recursive: true, force: true });
  mkdirSync(lib, { recursive: true });
  cpSync(join(tensorflow, "include"), join(target, "deps/include"), { recursive: true });
  // The wheel's libtensorflow_cc holds the C interface too; the binding asks for it by the name of the C library.
  const aliases = [
    ["libtensorflow_cc.so.2", ["libtensorflow.so", "libtensorflow.so.2"]],
    ["libtensorflow_framework.so.2", ["libtensorflow_framework.so"]],
  ];
  for (const [file, names] of aliases) {
    cpSync(join(tensorflow, file), join(lib, file));
    for (const name of names) symlinkSync(file, join(lib, name));
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

const gyp = nodeGyp();
// Node's headers, if they were installed with it; otherwise node-gyp downloads them.
const prefix = resolve(dirname(process.execPath), "..");
const settings = [
  ...(existsSync(join(prefix, "include/node/node.h")) ? [`--nodedir=${prefix}`] : []),
  "--module_name=tfjs_binding",
  `--module_path=${join(target, `lib/napi-v${NAPI}`)}`,
  `--napi_version=${process.versions.napi}`,
  `--napi_build_version=${NAPI}`,
];
run(process.execPath, [gyp, "rebuild", ...settings], { cwd: target });

const { version } = JSON.parse(readFileSync(join(target, "package.json"), "utf8"));
const probe =
  "const tf = require('@tensorflow/tfjs-node'); console.error(tf.getBackend(), tf.backend().binding.TF_Version)";
run(process.execPath, ["-e", probe], { cwd: project });
process.stderr.write(`build-tfjs-node: @tensorflow/tfjs-node ${version} is ready in ${target}\n`);
