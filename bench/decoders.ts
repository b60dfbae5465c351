/**
 * Decoders: certifying and checking by T, steps a second of the engines beside a plain simulator, and how long schemes of keys stay
 * right in floats. All figures are of one run, and mean something as ratios only.
 *
 *   npm run bench -- decoders
 */
import { checkDecoder } from "../checkers/wei-chen-ma/check-decoder.js";
import { checkCertificateAgain } from "../checkers/second/check.js";
import { gridToTape } from "../construction/wei-chen-ma/one-row.js";
import { machineToDecoder } from "../construction/wei-chen-ma/machine-to-decoder.js";
import { formulaChanges } from "../construction/wei-chen-ma/decoder-to-certificate.js";
import { runFast } from "../execution/machines/fast-simulator.js";
import { loadBackend } from "../execution/tensors/backends.js";
import { integerEngine } from "../execution/wei-chen-ma/decode.js";
import { indexDecoder, runIndexed } from "../execution/wei-chen-ma/decode-indexed.js";
import { TensorDecoder } from "../execution/wei-chen-ma/tensor-decode.js";
import { loadMachine } from "../inputs/machines/load-machine.js";
import { normalForm } from "../spec/machines/normal-form.js";
import { tapeNormalForm } from "../spec/machines/tape-machine.js";
import { certifyDecoder } from "../systems/wei-chen-ma/certify-decoder.js";

const print = (...cells: readonly (string | number)[]): void => void process.stdout.write(`| ${cells.join(" | ")} |\n`);

/** Seconds that a call takes, and what it gives. */
function timed<Value>(call: () => Value): readonly [seconds: number, value: Value] {
  const begin = performance.now();
  const value = call();
  return [(performance.now() - begin) / 1000, value];
}

function certifying(): void {
  print("BB(5), N", "layers", "certify s", "check s", "second s", "to N = 2^8");
  print("---", "---", "---", "---", "---", "---");
  let first = 0;
  for (const bits of [8, 12, 16, 20, 26, 30]) {
    const source = gridToTape(loadMachine("bb5"));
    const [seconds, verdict] = timed(() => certifyDecoder({ source, steps: 2 ** bits - 2 }));
    if (verdict.verdict !== "accepted") throw new Error(verdict.message);
    const { text, certificate } = verdict.result;
    const [once, one] = timed(() => checkDecoder(text));
    const [again, two] = timed(() => checkCertificateAgain(text));
    if (one.verdict !== "accepted" || two.verdict !== "accepted") throw new Error(`2^${bits}: not accepted`);
    if (first === 0) first = once;
    const ratio = (once / first).toFixed(1);
    print(
      `2^${bits} - 1`,
      certificate.verdicts.step.layers,
      seconds.toFixed(2),
      once.toFixed(2),
      again.toFixed(2),
      ratio,
    );
  }
}

async function engines(): Promise<void> {
  const STEPS = 47_176_870;
  const machine = tapeNormalForm(gridToTape(loadMachine("bb5")));
  const built = machineToDecoder({ machine, passes: STEPS + 1 });
  const claim = { ...built, machine, passes: STEPS + 1, formulas: formulaChanges(built.functions) };
  const simulator = normalForm(loadMachine("bb5"));
  print("BB(5), engine", "steps", "seconds", "steps a second", "to the simulator");
  print("---", "---", "---", "---", "---");
  const [plain] = timed(() => runFast(simulator, { maxSteps: STEPS + 1 }));
  const row = (name: string, steps: number, seconds: number): void => {
    const rate = steps / seconds;
    print(name, steps, seconds.toFixed(2), Math.round(rate), (STEPS / plain / rate).toFixed(2));
  };
  row("simulator", STEPS, plain);
  const indexed = indexDecoder(claim);
  if (indexed.verdict !== "accepted") throw new Error(indexed.message);
  for (const steps of [STEPS / 16, STEPS / 4, STEPS]) {
    const passes = Math.floor(steps) + 1;
    const [seconds, run] = timed(() => runIndexed(indexed.result, [], { passes }));
    if (passes === STEPS + 1 && run.nonblank !== 4098) throw new Error(`expected 4,098 ones, got ${run.nonblank}`);
    row("indexed", passes - 1, seconds);
  }
  process.stdout.write(
    `| peak of the process so far, MiB | ${Math.round(process.resourceUsage().maxRSS / 1024)} | | | |\n`,
  );
  const exact = integerEngine(built.decoder, []);
  const [slow] = timed(() => {
    for (let i = 0; i < 300; i++) exact.next();
  });
  row("exact, keys kept", 300, slow);
  for (const name of ["cpu", "wasm"] as const) {
    const { tf } = await loadBackend(name);
    const tensors = new TensorDecoder(tf, built.decoder, []);
    const begin = performance.now();
    for (let i = 0; i < 300; i++) await tensors.next();
    row(`tensors, ${name}`, 300, (performance.now() - begin) / 1000);
    tensors.dispose();
  }
}

/** How a scheme finds the last of the steps 1, ..., i, all of which wrote at one cell, and reads a 1 there. */
type Scheme = (i: number, round: (value: number) => number) => boolean;

/** Keys (2 t, -t^2) and the query (t, 1): the score 2 t q - t^2 is largest at t = q. */
const parabolic: Scheme = (i, round) => {
  const score = (t: number): number => round(round(2 * t * i) - round(t * t));
  return score(i) > score(i - 1) && score(i) > score(i + 1);
};

/** Keys of bits: scores are small integers, and differ by 2 at least. */
const binary: Scheme = (i, round) => {
  const bits = Math.ceil(Math.log2(i + 2));
  const score = (t: number): number => {
    let sum = 0;
    for (let k = 0; k < bits; k++) sum = round(sum + ((t >> k) & 1 ? 1 : -1) * ((i >> k) & 1 ? 1 : -1));
    return sum;
  };
  return score(i) > score(i - 1) && score(i) > score(i + 1);
};

/** The mean of i ones as a sum of 1/i. */
const meanOfShares: Scheme = (i, round) => {
  let sum = 0;
  for (let t = 0; t < i; t++) sum = round(sum + round(1 / i));
  return sum === 1;
};

/** The mean of i ones as a sum, then divided. */
const sumThenDivide: Scheme = (i, round) => {
  // Sums of ones are exact up to the integers of the format, and stop there.
  return round(round(i - 1) + 1) === i && round(round(i) / i) === 1;
};

function schemes(): void {
  const half = (value: number): number => {
    if (value === 0) return 0;
    const unit = 2 ** (Math.floor(Math.log2(Math.abs(value))) - 10);
    const scaled = value / unit;
    const down = Math.floor(scaled);
    const rest = scaled - down;
    return (down + Number(rest > 0.5 || (rest === 0.5 && down % 2 !== 0))) * unit;
  };
  const formats = [
    ["float16", half],
    ["float32", Math.fround],
    ["float64", (value: number): number => value],
  ] as const;
  print("right up to step", ...formats.map(([name]) => name));
  print("---", "---", "---", "---");
  const all: readonly (readonly [string, Scheme, number])[] = [
    ["binary keys", binary, 2 ** 30],
    ["parabolic keys", parabolic, 2 ** 40],
    ["mean, a sum of 1/|J|", meanOfShares, 4096],
    ["mean, summed and then divided", sumThenDivide, 2 ** 40],
  ];
  for (const [name, scheme, most] of all) {
    const cells = formats.map(([, round]) => {
      // Every step up to 4,096, then powers of 2 and their neighbours.
      for (let i = 2; i <= Math.min(most, 4096); i++) if (!scheme(i, round)) return String(i - 1);
      for (let i = 8192; i <= most; i *= 2)
        for (const j of [i - 1, i, i + 1]) if (!scheme(j, round)) return `below ${j}`;
      return `at least ${most}`;
    });
    print(name, ...cells);
  }
}

certifying();
process.stdout.write("\n");
await engines();
process.stdout.write("\n");
schemes();
