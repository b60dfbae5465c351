/** The command of docs/fuzzing.md: fuzzes all targets, or some; or replays findings. */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { readFinding, writeFinding } from "./finding-file.js";
import type { Target } from "./target.js";
import { watchTarget, type Watched } from "./watch.js";

const { values } = parseArgs({
  options: {
    seconds: { type: "string" },
    count: { type: "string" },
    seed: { type: "string", default: "1" },
    target: { type: "string", multiple: true },
    replay: { type: "string", multiple: true },
    out: { type: "string", default: "reports/fuzz" },
    targets: { type: "string" },
  },
});

const module =
  values.targets === undefined
    ? new URL("targets.js", import.meta.url).href
    : pathToFileURL(resolve(values.targets)).href;
const { TARGETS } = (await import(module)) as { readonly TARGETS: readonly Target[] };

/** Ends the command for wrong usage. */
function refuse(message: string): never {
  console.error(`fuzz: ${message}`);
  process.exit(2);
}

function targetOf(name: string): Target {
  const found = TARGETS.find((target) => target.name === name);
  return found ?? refuse(`expected a target (${TARGETS.map((target) => target.name).join(", ")}), got ${name}`);
}

function numberOf(option: "seconds" | "count" | "seed"): number | undefined {
  const text = values[option];
  if (text === undefined) return undefined;
  return /^[0-9]{1,9}$/.test(text) ? Number(text) : refuse(`--${option}: expected a whole number, got ${text}`);
}

/** Prints what came of a target; true if there were findings. */
function report(target: Target, { executions, answers, found }: Watched, seconds: number): boolean {
  const findings = found.length === 0 ? "no findings" : `${found.length} findings`;
  console.log(
    `${target.name.padEnd(18)} ${String(executions).padStart(9)} inputs ${String(answers).padStart(5)} answers ` +
      `${seconds.toFixed(0).padStart(5)} s  ${findings}`,
  );
  for (const one of found) {
    const path = writeFinding(values.out, one);
    console.log(`  ${one.kind}: ${one.message.split("\n").slice(0, 6).join("\n    ")}`);
    console.log(`  replay: npm run fuzz -- --replay ${path}`);
  }
  return found.length > 0;
}

let failed = false;
if (values.replay !== undefined) {
  for (const path of values.replay) {
    const { target: name, seed, input } = readFinding(path);
    const target = targetOf(name);
    const begin = performance.now();
    const options = { module, seed, count: 1, input: Buffer.from(input, "hex"), maxFindings: 1 };
    const watched = await watchTarget(target, options);
    failed = report(target, watched, (performance.now() - begin) / 1000) || failed;
  }
} else {
  const [seconds, count] = [numberOf("seconds"), numberOf("count")];
  const chosen = values.target === undefined ? TARGETS : values.target.map(targetOf);
  for (const target of chosen) {
    const begin = performance.now();
    const options = { module, seed: numberOf("seed") ?? 1, count, maxFindings: 10 };
    // Without any bound, the inputs of the fast tests.
    const bound = seconds === undefined && count === undefined ? { count: target.shortRun ?? 200 } : { seconds };
    const watched = await watchTarget(target, { ...options, ...bound });
    failed = report(target, watched, (performance.now() - begin) / 1000) || failed;
  }
}
process.exitCode = failed ? 1 : 0;
