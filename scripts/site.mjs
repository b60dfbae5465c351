// npm run site: builds the explorer into site/dist/ (hosted/, and one-file/weightproof.html, which opens from a disk) and serves it.
// npm run site -- --build only builds; npm run site:test builds it and drives it in Chromium (--only-test drives what is built).
// What site/ needs beside this project's packages is installed there when it is first needed.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { argv, env, execPath, exit, platform, stderr } from "node:process";

const MODULES = "node_modules";
const CHROMIUM = env["CHROMIUM"] ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);

function run(command, args, options = {}) {
  const { status } = spawnSync(command, args, { stdio: "inherit", shell: platform === "win32", ...options });
  if (status !== 0) exit(status ?? 2);
}

const node = (path, ...args) => run(execPath, [join(MODULES, ...path), ...args]);
const isTest = argv.includes("--test");

if (isTest && (CHROMIUM === undefined || !existsSync(CHROMIUM))) {
  stderr.write(
    "site:test: Chromium is missing. On Debian: apt-get install -y --no-install-recommends chromium\n" +
      "Elsewhere, give its path: CHROMIUM=/path/to/chromium npm run site:test\n",
  );
  exit(2);
}

run(execPath, [join("scripts", "setup.mjs")]);
const [lock, installed] = ["package-lock.json", join(MODULES, ".package-lock.json")].map((file) => join("site", file));
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs)
  run("npm", ["ci", "--prefix", "site", "--ignore-scripts", "--no-fund", "--no-audit"]);

if (!argv.includes("--only-test")) {
  node(["typescript", "bin", "tsc"], "-p", join("site", "tsconfig.json"));
  const config = ["build", "--config", join("site", "vite.config.ts"), "--logLevel", "warn"];
  node(["vite", "bin", "vite.js"], ...config);
  node(["vite", "bin", "vite.js"], ...config, "--mode", "one-file");
}
if (isTest) {
  run(execPath, [join(MODULES, "vitest", "vitest.mjs"), "run", "--config", join("site", "vitest.config.ts")], {
    env: { ...env, CHROMIUM },
  });
} else if (!argv.includes("--build")) {
  node(["vite", "bin", "vite.js"], "preview", "--config", join("site", "vite.config.ts"));
}
