/** The filter as gates: V2 joined with V3, V4 with V5; and what each cell value adds to them. */
import type { Layer } from "./network.js";
import { reject } from "./rcnn-codes.js";
import { CENTRE, type Letter, type Letters } from "./rcnn-machine.js";
import type { Spend } from "./text.js";

/** A first-layer unit relu(weight x + bias), times 4, and what its value adds to gates, times 16. */
export interface Unit {
  readonly weight: bigint;
  readonly bias: bigint;
  readonly pull: ReadonlyMap<number, bigint>;
}

/** The filter with V2 and V3 joined, and V4 and V5; a gate is a ReLU after V3. */
export interface Gates {
  /** Pre-activations, times 64, without what the nine cells add; and the units that read each of these. */
  readonly constant: readonly bigint[];
  readonly units: readonly (readonly Unit[])[];
  /** The output, times 1024, is bias + sum of weight * relu(pre-activation times 64). */
  readonly weight: readonly bigint[];
  readonly bias: bigint;
}

export function gatesOf(filter: readonly Layer<bigint>[], { centre, neighbour }: Letters, spend: Spend): Gates {
  const [v1, v2, v3, v4, v5] = filter as [Layer<bigint>, Layer<bigint>, Layer<bigint>, Layer<bigint>, Layer<bigint>];
  if (v1.inputs !== 9) reject("shape", "layers[0].inputs", `expected nine inputs, got ${v1.inputs}`);
  for (const [l, { relu }] of filter.entries())
    if (relu !== (l === 0 || l === 2)) reject("shape", `layers[${l}].relu`, `expected ${!relu}`);
  if (v5.rows.length !== 1) reject("shape", "layers[4].rows", `expected one output, got ${v5.rows.length}`);
  const many = v1.rows.findIndex(({ entries }) => entries.length > 1);
  if (many >= 0) reject("first-layer-reads-many", `layers[0].rows[${many}]`, "expected a unit that reads one cell");
  const values = [neighbour, centre].map((letters) => new Set(letters.map(({ u }) => u)));
  for (const [r, { bias, entries }] of v1.rows.entries()) {
    for (const [place, weight] of entries)
      if (bias % weight === 0n && values[place === CENTRE ? 1 : 0]?.has(-bias / weight) === true)
        reject("first-layer-kink", `layers[0].rows[${r}]`, `the unit has its kink at the cell value ${-bias / weight}`);
  }

  const add = (sums: Map<number, bigint>, index: number, by: bigint): unknown =>
    sums.set(index, (sums.get(index) ?? 0n) + by);
  const constant = new Map(v3.rows.map(({ bias }, gate) => [gate, 16n * bias]));
  const readers = v2.rows.map((): (readonly [gate: number, weight: bigint])[] => []);
  for (const [gate, { entries }] of v3.rows.entries()) {
    for (const [r, weight] of entries) {
      readers[r]?.push([gate, weight]);
      add(constant, gate, 4n * weight * (v2.rows[r]?.bias ?? 0n));
    }
  }
  const pulls = v1.rows.map(() => new Map<number, bigint>());
  for (const [r, { entries }] of v2.rows.entries()) {
    spend(entries.length * (readers[r]?.length ?? 0));
    for (const [unit, inner] of entries) {
      for (const [gate, outer] of readers[r] ?? []) add(pulls[unit] as Map<number, bigint>, gate, outer * inner);
    }
  }
  const units = Array.from({ length: 9 }, (): Unit[] => []);
  for (const [r, { bias, entries }] of v1.rows.entries()) {
    const pull = pulls[r] as Map<number, bigint>;
    for (const [place, weight] of entries) units[place]?.push({ weight, bias, pull });
    if (entries.length === 0 && bias > 0n) for (const [gate, by] of pull) add(constant, gate, by * bias);
  }

  const output = v5.rows[0] as (typeof v5.rows)[number];
  const weights = new Map(v3.rows.map((_, gate) => [gate, 0n]));
  let bias = 256n * output.bias;
  for (const [r, outer] of output.entries) {
    bias += 64n * outer * (v4.rows[r]?.bias ?? 0n);
    for (const [gate, inner] of v4.rows[r]?.entries ?? []) add(weights, gate, outer * inner);
  }
  return { constant: [...constant.values()], units, weight: [...weights.values()], bias };
}

/** What a cell adds to a number, and the derivative of that by the cell. */
export type Pull = readonly [value: bigint, slope: bigint];
export const NO_PULL: Pull = [0n, 0n];

/** What each letter at a place adds to each gate. From letter to letter only the units change that have their kink between. */
export function* along(
  units: readonly Unit[],
  letters: readonly Letter[],
  spend: Spend,
): Generator<[Letter, Map<number, Pull>]> {
  const changes = letters.map((): [sign: bigint, unit: Unit][] => []);
  for (const unit of units) {
    const { weight, bias } = unit;
    const isUp = weight > 0n;
    let [low, high] = [0, letters.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (weight * (letters[middle] as Letter).u + bias > 0n === isUp) high = middle;
      else low = middle + 1;
    }
    if (!isUp) changes[0]?.push([1n, unit]);
    changes[low]?.push([isUp ? 1n : -1n, unit]);
  }
  const lines = new Map<number, { level: bigint; slope: bigint }>();
  for (const [i, letter] of letters.entries()) {
    for (const [sign, { weight, bias, pull }] of changes[i] ?? []) {
      for (const [gate, by] of pull) {
        const { level, slope } = lines.get(gate) ?? { level: 0n, slope: 0n };
        lines.set(gate, { level: level + sign * by * bias, slope: slope + sign * by * weight });
      }
    }
    const pulls = new Map<number, Pull>();
    spend(1 + lines.size);
    for (const [gate, { level, slope }] of lines) {
      if (level === 0n && slope === 0n) lines.delete(gate);
      else pulls.set(gate, [slope * letter.u + level, slope]);
    }
    yield [letter, pulls];
  }
}
