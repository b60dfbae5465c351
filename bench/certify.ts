/**
 * Certifying (compile, decide every claim over the well-formed alphabet, print the certificate) for machines of s states: time,
 * memory and how they grow. Each size runs in a process of its own, start-up included.
 *
 *   npm run bench -- certify
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { certify } from "../systems/rcnn/certify.js";
import { randomMachine } from "./random-machine.js";

const SIZES = [4, 8, 16, 32, 64, 128, 256];

const size = Number(process.argv[2]);
if (Number.isInteger(size)) {
  const verdict = certify(randomMachine(size));
  if (verdict.verdict !== "accepted") throw new Error(`size ${size}: ${verdict.verdict}`);
  process.stdout.write(
    JSON.stringify({ characters: verdict.result.text.length, kilobytes: process.resourceUsage().maxRSS }),
  );
} else {
  process.stdout.write("| s | seconds | to s = 4 | growth s^x since the last | peak MiB | certificate MiB |\n");
  process.stdout.write("| --- | --- | --- | --- | --- | --- |\n");
  const seconds: number[] = [];
  for (const [i, s] of SIZES.entries()) {
    const begin = performance.now();
    const { stdout, status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), String(s)], {
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`size ${s} failed`);
    const took = (performance.now() - begin) / 1000;
    const { characters, kilobytes } = JSON.parse(stdout) as { characters: number; kilobytes: number };
    const last = seconds.at(-1);
    seconds.push(took);
    const growth =
      last === undefined ? "" : (Math.log2(took / last) / Math.log2(s / (SIZES[i - 1] as number))).toFixed(2);
    const cells = [s, took.toFixed(2), (took / (seconds[0] as number)).toFixed(1), growth];
    const sizes = [(kilobytes / 1024).toFixed(0), (characters / 2 ** 20).toFixed(2)];
    process.stdout.write(`| ${[...cells, ...sizes].join(" | ")} |\n`);
  }
}
