// npm run docs: builds the API reference from the doc comments, into reports/api/. typedoc does not understand the TypeScript that
// the project is compiled with, so docs-tool/ pins one that it does, and is installed here when it is first needed.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";

function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) process.exit(status ?? 2);
}

run(process.execPath, [join("scripts", "setup.mjs")]);
const [lock, installed] = ["package-lock.json", join("node_modules", ".package-lock.json")].map((file) =>
  join("docs-tool", file),
);
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs)
  run("npm", ["ci", "--prefix", "docs-tool", "--ignore-scripts", "--no-fund", "--no-audit"]);
run(process.execPath, [
  join("docs-tool", "node_modules", "typedoc", "bin", "typedoc"),
  "--options",
  join("docs-tool", "typedoc.json"),
]);
