/** How many layers are needed (Theorem 1's c1, Lemma 2's c2', Lemma 3, the end of B.3), and how many digits a cell (c3). */
import { readoutNetworkInUnits } from "../../construction/rcnn/readout-network.js";
import { machineToFilter } from "../../construction/rcnn/machine-to-filter.js";
import { dummySample, withOne } from "../../inputs/examples/examples.js";
import { FilterTable } from "../../execution/rcnn/filter-table.js";
import { ExactRcnn } from "../../execution/rcnn/network.js";
import { RollOut } from "../../execution/rcnn/roll-out.js";
import { memorizedWeights, train } from "../../execution/rcnn/train.js";
import { cellCode, MAX_STATES } from "../../spec/rcnn/cell-code.js";
import type { NormalMachine } from "../../spec/machines/machine.js";
import { formatRational, rational } from "../../spec/exact/rational.js";
import { weightSets } from "../../spec/rcnn/weight-set.js";
import { trainingSets } from "./training-sets.js";
import { unless, type Computation } from "../computation.js";
import { waitingMachine } from "./sample-machine.js";
import { allStates, bitsFor } from "./sizes.js";

const LARGEST = { t: 6, m: 3, d: 3 } as const;

/** Layers after which the grid of a memorized training set changes no more; measured by rolling the filter out. */
export function layersNeeded(table: FilterTable, m: number, d: number): number {
  const { code, byUnits } = table.letters;
  const examples = Array.from({ length: m }, () => dummySample(d));
  const weights = memorizedWeights(code, examples, m + 2);
  const one = byUnits.get(code.scale) as number;
  const [rows, columns] = [m + 1, d + 2];
  const z = withOne(dummySample(d).x);
  const letters = new Uint16Array(rows * columns).fill(one);
  for (let i = 0; i < rows; i++) {
    for (const [j, sign] of z.entries()) {
      letters[i * columns + j] = byUnits.get(BigInt((weights[i * (d + 1) + j] as number) * sign)) as number;
    }
  }
  // One more layer than any bound: its result is the fixed point, and the padding column changes too until then.
  const layers = 4 * (LARGEST.t + m + d);
  const end = mainCells(new RollOut(table, { rows, columns, letters }), layers, d);
  for (let count = layers; count > 0; count--) {
    if (mainCells(new RollOut(table, { rows, columns, letters }), count - 1, d) !== end) return count;
  }
  return 0;
}

function mainCells(run: RollOut, layers: number, d: number): string {
  run.advance(layers);
  const { letters, columns } = run.grid();
  return letters.filter((_, k) => k % columns <= d).join();
}

function tableOf(machine: NormalMachine): FilterTable {
  return new FilterTable(machineToFilter(machine), cellCode(machine.states.length), { denseLimit: 0 });
}

const computationDepth: Computation = {
  name: "layers-until-the-end",
  about: "Layers until the main grid changes no more, for machines that wait t steps, t <= 6, m <= 3, d <= 3.",
  run: () => {
    let cases = 0;
    let most: readonly [layers: number, of: number] = [0, 1];
    let wrong: string | undefined;
    let tight: string | undefined;
    let above: string | undefined;
    let short: string | undefined;
    for (let t = 1; t <= LARGEST.t; t++) {
      const table = tableOf(waitingMachine(t));
      for (let m = 1; m <= LARGEST.m; m++) {
        for (let d = 1; d <= LARGEST.d; d++) {
          const needed = layersNeeded(table, m, d);
          const place = `t = ${t}, m = ${m}, d = ${d}`;
          cases++;
          if (needed !== 1 + Math.max(t, m + d)) wrong ??= `${place} needs ${needed}`;
          if (needed * most[1] > most[0] * (t + m + d)) most = [needed, t + m + d];
          if (needed === t + m + d) tight ??= place;
          if (needed > t + m + d) above ??= `${place} needs ${needed}`;
          if (needed > t + m + 1 + d) short ??= place;
        }
      }
    }
    return {
      instance: "machines that stay for t steps on all-ones data",
      printed: unless(above ?? short, "t + m + d layers are enough: c1 = c2' = 1"),
      amended: unless(
        wrong ?? (tight === undefined ? "t + m + d is never needed" : undefined),
        "1 + max(t, m + d) layers are needed, and enough",
      ),
      numbers: {
        cases: String(cases),
        "smallest c1": formatRational(rational(BigInt(most[0]), BigInt(most[1]))),
        "needs all of t + m + d": tight ?? "nowhere",
        "layers needed": "1 + max(t, m + d)",
      },
    };
  },
};

const memoryDepth: Computation = {
  name: "layers-for-memorization",
  about:
    "Algorithm 1 on every data set with d, m <= 2: whether it memorizes with m + 1 layers, and whether m layers are too few.",
  run: () => {
    const machine = waitingMachine(1);
    const code = cellCode(machine.states.length);
    const parts = { code, filter: machineToFilter(machine), head: readoutNetworkInUnits(code) };
    let sets = 0;
    let wrong: string | undefined;
    for (const { d, m, examples } of trainingSets(2, 2)) {
      sets++;
      const run = train(new ExactRcnn(parts, { d, m, columns: 1, layers: m + 1 }), code, examples);
      if (run.fault !== undefined) wrong ??= `d = ${d}, m = ${m}: ${run.fault.code} in step ${run.fault.step}`;
    }
    // With tau = 1 the last row is m below the first; each layer takes the memory phase one row further.
    const few = [1, 2, 3].filter((m) => firstRowReaches(m, m) || !firstRowReaches(m, m + 1));
    return {
      instance: "d, m = 1, 2, all data sets; L = m + 1",
      amended: unless(
        wrong ?? (few.length > 0 ? `m = ${few[0]}` : undefined),
        "m + 1 layers memorize every data set; with m layers the phase does not reach the last row",
      ),
      numbers: { "data sets": String(sets), "layers needed": "m + 1" },
    };
  },
};

/** Whether the memory phase of row 1 has reached row m + 1 of an empty memory after some layers. */
function firstRowReaches(m: number, layers: number): boolean {
  const table = tableOf(waitingMachine(1));
  const { code, byUnits } = table.letters;
  const letters = new Uint16Array(2 * (m + 1)).fill(byUnits.get(code.scale) as number);
  for (let i = 0; i <= m; i++) letters[2 * i] = byUnits.get(0n) as number;
  const run = new RollOut(table, { rows: m + 1, columns: 2, letters });
  run.advance(layers);
  return run.grid().letters[2 * m] === byUnits.get(-code.scale / 9n);
}

const precision: Computation = {
  name: "digits-of-a-cell",
  about: "Base-3 digits and bits of a cell value for s = 1 ... 4096, against ceil(log2 s) + c3.",
  run: () => {
    const states = Array.from({ length: MAX_STATES }, (_, i) => i + 1);
    const excess = (s: number): { digits: bigint; bits: bigint; names: bigint } => {
      const { lastIndex } = cellCode(s);
      const log = bitsFor(BigInt(s));
      const digits = BigInt(lastIndex) + 1n;
      return { digits: digits - log, bits: bitsFor(3n ** digits) - log, names: bitsFor(10n + 4n * BigInt(s)) - log };
    };
    const all = states.map(excess);
    const most = (key: "digits" | "bits" | "names"): bigint =>
      all.reduce((top, one) => (one[key] > top ? one[key] : top), 0n);
    const four = all.every(({ digits }) => digits === 4n);
    const [first, last] = [all[0]?.bits ?? 0n, all.at(-1)?.bits ?? 0n];
    return {
      instance: "s = 1 against s = 4096, all digit strings",
      printed: unless(
        last > first
          ? `in bits, c3 would be ${first} for s = 1 and ${last} for s = ${MAX_STATES}, and grow with log s`
          : undefined,
        "one c3 serves all s",
      ),
      amended: unless(four ? undefined : "the excess is not always 4", "in base-3 digits, c3 = 4 for every s"),
      numbers: {
        "c3 in base-3 digits": String(most("digits")),
        "c3 in bits, up to s = 4096": String(most("bits")),
        "c3 in bits, to number the well-formed cells": String(most("names")),
      },
    };
  },
};

const weightPrecision: Computation = {
  name: "digits-of-a-weight",
  about:
    "Base-3 digits that every number of U_s needs in units of a quarter u, for s = 1 ... 256, against ceil(log2 s) + 4.",
  run: () => {
    let most = 0n;
    let least = 100n;
    let coarse: string | undefined;
    let beyond: string | undefined;
    for (const s of allStates()) {
      let largest = 0n;
      for (const weight of weightSets(cellCode(s), "well-formed").union.values()) {
        if (4n % weight.d !== 0n) coarse ??= `s = ${s}: ${formatRational(weight)}`;
        const quarters = (4n * weight.n) / weight.d;
        if (quarters > largest) largest = quarters;
      }
      // Balanced digits: n of them reach (3^n - 1) / 2.
      let digits = 0n;
      while ((3n ** digits - 1n) / 2n < largest) digits++;
      const excess = digits - bitsFor(BigInt(s));
      if (excess > most) most = excess;
      if (excess < least) least = excess;
      if (excess > 4n) beyond ??= `s = ${s}: ${digits} digits`;
    }
    return {
      instance: "U_s in u-units, s = 1 ... 256",
      printed: unless(beyond, "the digits of a cell are enough for the weights"),
      amended: unless(
        coarse ?? (most === least ? undefined : `between ${least} and ${most}`),
        `all weights are multiples of a quarter u, of ceil(log2 s) + ${most} balanced base-3 digits`,
      ),
      numbers: { "c3 for the weights": String(most), "smallest excess": String(least) },
    };
  },
};

/** Computations of this module. */
export const DEPTH_COMPUTATIONS: readonly Computation[] = [computationDepth, memoryDepth, precision, weightPrecision];
