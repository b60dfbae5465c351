/**
 * Starting: what a command takes beside an empty Node script.
 *
 *   npm run bench -- start-up
 *
 * Each command runs in a process of its own, by turns with the others; the shortest time of each counts, so that other work on
 * the machine weighs little. Ratios are to the empty script.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROUNDS = 20;
const MAIN = join("dist", "cli", "main.js");
const folder = mkdtempSync(join(tmpdir(), "weightproof-bench-"));
const empty = join(folder, "empty.mjs");
writeFileSync(empty, "");

const COMMANDS: readonly (readonly [name: string, args: readonly string[]])[] = [
  ["an empty script", [empty]],
  ["--version", [MAIN, "--version"]],
  ["--help", [MAIN, "--help"]],
  ["check bb2.json", [MAIN, "check", "certificates/bb2.json"]],
  ["check --with second bb2.json", [MAIN, "check", "--with", "second", "certificates/bb2.json"]],
  ["certify bb2", [MAIN, "certify", "bb2"]],
];

const times = COMMANDS.map(() => Infinity);
for (let round = 0; round < ROUNDS; round++) {
  for (const [i, [name, args]] of COMMANDS.entries()) {
    const begin = performance.now();
    const { status } = spawnSync(process.execPath, args);
    if (status !== 0) throw new Error(`${name}: exit code ${status}`);
    times[i] = Math.min(times[i] ?? Infinity, performance.now() - begin);
  }
}
rmSync(folder, { recursive: true });

process.stdout.write("| command | s | / empty script |\n| --- | --- | --- |\n");
for (const [i, [name]] of COMMANDS.entries()) {
  const [time, least] = [times[i] ?? NaN, times[0] ?? NaN];
  process.stdout.write(`| ${name} | ${(time / 1000).toFixed(3)} | ${(time / least).toFixed(2)} |\n`);
}
