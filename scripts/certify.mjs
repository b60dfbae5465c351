// npm run certify [-- MACHINE ...]: installs and builds what is missing, then certifies. Without arguments it does the
// main job on a machine of the gallery: compile, prove, write the certificate, and check it from the file alone.
import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

function node(...args) {
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 2);
}

const main = join("dist", "cli", "main.js");
const given = process.argv.slice(2);
node(join("scripts", "setup.mjs"), "--build");
if (given.length > 0) {
  node(main, "certify", ...given);
} else {
  const certificate = join(mkdtempSync(join(tmpdir(), "weightproof-")), "bb4.json");
  console.log("$ weightproof certify bb4 --out bb4.json");
  node(main, "certify", "bb4", "--out", certificate);
  console.log("\n$ weightproof check bb4.json");
  node(main, "check", certificate);
  console.log("\n$ weightproof run bb4");
  node(main, "run", "bb4");
}
