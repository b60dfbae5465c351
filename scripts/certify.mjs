// npm run certify [-- MACHINE ...]: installs and builds what is missing, then certifies. Without arguments it does the
// main job on the learner of the paper's introduction: compile parity, prove the filter, check the certificate from its file
// alone, then let SGD memorize a small training set and the proved filter predict the whole cube.
import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const main = join("dist", "cli", "main.js");

function node(...args) {
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 2);
}

/** Shows the command as one would type it, with the folder of its files left out, and runs it. */
function weightproof(folder, ...args) {
  console.log(`\n$ weightproof ${args.join(" ").replaceAll(`${folder}/`, "")}`);
  node(main, ...args);
}

const given = process.argv.slice(2);
node(join("scripts", "setup.mjs"), "--build");
if (given.length > 0) {
  node(main, "certify", ...given);
} else {
  const folder = mkdtempSync(join(tmpdir(), "weightproof-"));
  const certificate = join(folder, "parity.json");
  const picture = join(folder, "parity.svg");
  weightproof(folder, "certify", "parity", "--out", certificate);
  weightproof(folder, "check", certificate);
  weightproof(folder, "learn", "parity", "--data", join("examples", "parity-4.csv"), "--all", "--svg", picture);
  console.log(`\nwritten: ${certificate}\n         ${picture}`);
}
