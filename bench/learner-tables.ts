/** The tables of docs/learners.md: sizes of the learners, and their steps on sampled training sets. */
import { compileLearner } from "../construction/learners/learner-file.js";
import { learners, type Learner } from "../construction/learners/learners.js";
import { evaluateBound, formatBound } from "../construction/learners/step-bound.js";
import { startConfiguration, xorTape, type Example, type Sign } from "../construction/learners/xor-tape.js";
import { xorToPlain } from "../construction/learners/xor-to-plain.js";
import { machineToFilter } from "../construction/rcnn/machine-to-filter.js";
import { runFastOnGrid } from "../execution/machines/fast-simulator.js";
import { normalForm } from "../spec/machines/normal-form.js";
import { cellCode } from "../spec/rcnn/cell-code.js";

/** Sizes (d, m) of the steps table. */
export const STEP_SIZES: readonly (readonly [d: number, m: number])[] = [
  [2, 4],
  [4, 4],
  [4, 8],
  [4, 16],
  [8, 8],
  [8, 16],
  [8, 32],
  [16, 16],
  [16, 32],
];

const SAMPLES = 60;

/** One row a learner: states after each pass, s and K of the normal form, rows of the filter's layers, padding columns. */
export function sizeTable(): string[] {
  const rows = [
    ...learners.map(({ name, program, paddingColumns }) => ({ name, program, paddingColumns: String(paddingColumns) })),
    { name: "xor-to-plain", program: xorToPlain, paddingColumns: "1" },
  ].map(({ name, program, paddingColumns }) => {
    const { machine, sizes } = compileLearner({ program });
    const normal = normalForm(machine);
    const filter = machineToFilter(normal);
    const { states, lastIndex } = cellCode(normal.states.length);
    const layers = filter.layers.map((layer) => layer.rows.length).join(", ");
    return [name, sizes.flat, sizes.minimized, sizes.merged, states, lastIndex, layers, paddingColumns];
  });
  const head = ["machine", "flat", "minimized", "merged", "s", "K", "rows of V1 ... V5", "padding columns"];
  return markdown(
    head,
    rows.map((row) => row.map(String)),
  );
}

/** One row for d and m, one column a learner: most steps over the samples, and the bound. */
export function stepTable(): string[] {
  const machines = learners.map((learner) => normalForm(compileLearner(learner).machine));
  const random = signs(20_221_121);
  const rows = STEP_SIZES.map(([d, m]) => {
    const samples = Array.from({ length: SAMPLES }, (_, i) => sample(d, m, random, i % 2 === 0));
    const cells = learners.map((learner, k) => {
      const bound = evaluateBound(learner.maxSteps, d, m);
      const steps = samples.map(({ examples, x }) => {
        const start = startConfiguration(xorTape(examples, x), learner.paddingColumns);
        const run = runFastOnGrid(machines[k] as (typeof machines)[number], start, { maxSteps: bound });
        if (!run.halted) throw new Error(`${learner.name}: more than ${bound} steps at d = ${d}, m = ${m}`);
        return run.steps;
      });
      return `${Math.max(...steps)} of ${bound}`;
    });
    return [String(d), String(m), ...cells];
  });
  return markdown(["d", "m", ...learners.map(({ name }) => name)], rows);
}

/** One row a learner: the bound as a polynomial. */
export function boundTable(): string[] {
  const rows = learners.map(({ name, maxSteps }: Learner) => [name, formatBound(maxSteps)]);
  return markdown(["learner", "steps at most"], rows);
}

/** A training set labelled by a random parity, or by coins, and a point. */
function sample(
  d: number,
  m: number,
  random: () => Sign,
  byParity: boolean,
): { readonly examples: Example[]; readonly x: Sign[] } {
  const point = (): Sign[] => Array.from({ length: d }, random);
  const mask = point();
  const examples = Array.from({ length: m }, (): Example => {
    const x = point();
    const parity = x.filter((_, j) => mask[j] === 1).reduce((a, b) => (a * b) as Sign, 1);
    return { x, y: byParity ? parity : random() };
  });
  return { examples, x: point() };
}

/** Signs from a linear congruential generator: the same on every machine. */
function signs(seed: number): () => Sign {
  let state = BigInt(seed);
  return () => {
    state = (state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n) & 0xffff_ffff_ffff_ffffn;
    return state >> 63n === 1n ? -1 : 1;
  };
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((_, k) => Math.max(3, ...[head, ...rows].map((row) => (row[k] ?? "").length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, k) => cell.padEnd(widths[k] ?? 0)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)];
}
