/**
 * Checking against making: a machine of s states compiled, certified and checked by either checker, in one process for each
 * size; and what its certificate weighs.
 *
 *   npm run bench -- check
 *
 * The construction searches for nothing, so making a certificate is deciding it: `certify` compiles (third column) and then
 * asks the first checker. Checking can be no faster than the decision is.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { certify } from "../systems/rcnn/certify.js";
import { checkCertificate } from "../checkers/rcnn/check-certificate.js";
import { checkCertificateAgain } from "../checkers/second/check.js";
import { readoutNetwork } from "../construction/rcnn/readout-network.js";
import { machineToFilter } from "../construction/rcnn/machine-to-filter.js";
import { normalForm } from "../spec/machines/normal-form.js";
import { randomMachine } from "./random-machine.js";

const SIZES = [4, 8, 16, 32, 64, 128, 256];
/** Each is timed so often; the shortest counts. */
const REPEATS = 3;

const COLUMNS = ["s", "certify s", "compile s", "check s", "second s", "certify / check", "certify / second"];
const SIZE_COLUMNS = ["KiB", "KiB gzip"];

function seconds(work: () => unknown): number {
  const times = Array.from({ length: REPEATS }, () => {
    const begin = performance.now();
    work();
    return (performance.now() - begin) / 1000;
  });
  return Math.min(...times);
}

const size = Number(process.argv[2]);
if (Number.isInteger(size)) {
  const source = randomMachine(size);
  const certified = certify(source);
  if (certified.verdict !== "accepted") throw new Error(`size ${size}: ${certified.verdict}`);
  const { text } = certified.result;
  const verdicts = [checkCertificate(text), checkCertificateAgain(text)].map(({ verdict }) => verdict);
  if (verdicts.some((verdict) => verdict !== "accepted")) throw new Error(`size ${size}: ${verdicts.join(", ")}`);
  const made = seconds(() => certify(source));
  const compiled = seconds(() => [machineToFilter(normalForm(source), "well-formed"), readoutNetwork()]);
  const first = seconds(() => checkCertificate(text));
  const second = seconds(() => checkCertificateAgain(text));
  const times = [made, compiled, first, second].map((time) => time.toFixed(3));
  const ratios = [made / first, made / second].map((ratio) => ratio.toFixed(2));
  const sizes = [text.length, gzipSync(text).length].map((bytes) => (bytes / 1024).toFixed(1));
  process.stdout.write(`| ${[size, ...times, ...ratios, ...sizes].join(" | ")} |\n`);
} else {
  const columns = [...COLUMNS, ...SIZE_COLUMNS];
  process.stdout.write(`| ${columns.join(" | ")} |\n| ${columns.map(() => "---").join(" | ")} |\n`);
  for (const s of SIZES) {
    const { stdout, status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), String(s)], {
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`size ${s} failed`);
    process.stdout.write(stdout);
  }
}
