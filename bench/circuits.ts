/**
 * Certifying circuits: compile, decide every claim, print the certificate, and check it with both checkers; random circuits of
 * twelve layers with 1,000 to 20,000 gates, and how the time grows with the gates. Each size runs in a process of its own, start-up included.
 *
 *   npm run bench -- circuits
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { checkCertificateAgain } from "../checkers/second/check.js";
import { checkCircuit } from "../checkers/wei-chen-ma/check-circuit.js";
import type { AndInverterGraph, Literal } from "../spec/circuits/and-inverter-graph.js";
import { certifyCircuit } from "../systems/wei-chen-ma/circuit-certify.js";

const SIZES = [1250, 2500, 5000, 10_000, 20_000];
const LAYERS = 12;
const INPUTS = 256;

/** Gates of two literals of the layers shortly before, pseudo-random from a fixed seed. */
function randomCircuit(gates: number): AndInverterGraph {
  let state = gates;
  const below = (n: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  const ands: (readonly [Literal, Literal])[] = [];
  let [from, to] = [1, INPUTS];
  for (let layer = 0; layer < LAYERS; layer++) {
    const count = Math.ceil((gates * (layer + 1)) / LAYERS) - ands.length;
    const literal = (): Literal => 2 * (from + below(to - from + 1)) + below(2);
    for (let i = 0; i < count; i++) {
      const [a, b] = [literal(), literal()];
      ands.push(a >= b ? [a, b] : [b, a]);
    }
    [from, to] = [to + 1, INPUTS + ands.length];
  }
  const outputs = Array.from({ length: to - from + 1 }, (_, i) => ({ name: `y${i}`, literal: 2 * (from + i) }));
  return { inputs: Array.from({ length: INPUTS }, (_, i) => `x${i}`), ands, outputs };
}

function measure(gates: number): object {
  const circuit = randomCircuit(gates);
  const times: number[] = [];
  const timed = <Result>(work: () => Result): Result => {
    const begin = performance.now();
    const result = work();
    times.push((performance.now() - begin) / 1000);
    return result;
  };
  const verdict = timed(() => certifyCircuit("random", circuit));
  if (verdict.verdict !== "accepted") throw new Error(`${gates} gates: ${verdict.verdict}`);
  const { text, certificate } = verdict.result;
  if (timed(() => checkCircuit(text)).verdict !== "accepted") throw new Error(`${gates} gates: the first checker`);
  if (timed(() => checkCertificateAgain(text)).verdict !== "accepted")
    throw new Error(`${gates} gates: the second checker`);
  const { lower } = certificate.verdicts.margin;
  return { times, characters: text.length, lower, kilobytes: process.resourceUsage().maxRSS };
}

const gates = Number(process.argv[2]);
if (Number.isInteger(gates)) {
  process.stdout.write(JSON.stringify(measure(gates)));
} else {
  const columns = [
    "gates",
    "certify, s",
    "growth n^x since the last",
    "first checker, s",
    "second, s",
    "margin at least",
    "peak MiB",
    "certificate MiB",
  ];
  process.stdout.write(`| ${columns.join(" | ")} |\n|${" --- |".repeat(columns.length)}\n`);
  let last: { readonly took: number; readonly size: number } | undefined;
  for (const size of SIZES) {
    const { stdout, status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), String(size)], {
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`${size} gates failed`);
    const { times, characters, lower, kilobytes } = JSON.parse(stdout) as {
      times: [number, number, number];
      characters: number;
      lower: string;
      kilobytes: number;
    };
    const growth = last === undefined ? "" : (Math.log(times[0] / last.took) / Math.log(size / last.size)).toFixed(2);
    last = { took: times[0], size };
    const cells = [size, times[0].toFixed(2), growth, times[1].toFixed(2), times[2].toFixed(2), lower];
    process.stdout.write(
      `| ${[...cells, (kilobytes / 1024).toFixed(0), (characters / 2 ** 20).toFixed(2)].join(" | ")} |\n`,
    );
  }
}
