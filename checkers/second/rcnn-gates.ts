/** The filter as gates: V2 joined with V3, V4 with V5; and what each cell value adds to them. */
import type { Layer } from "./network.js";
import { reject } from "./rcnn-codes.js";
import { CENTRE, type Letter, type Letters } from "./rcnn-machine.js";
import type { Spend } from "./text.js";

/** What things count as, in sums: they take time and memory. */
const WORK = { gate: 10, product: 3, pull: 2 };

/** A first-layer unit relu(weight x + bias), times 4, of one place. */
interface Unit {
  readonly place: number;
  readonly weight: bigint;
  readonly bias: bigint;
}

/** A number, times 64: constant + sum of factor * (4 * unit). As a gate, its ReLU counts with a weight in the output. */
interface Gate {
  readonly constant: bigint;
  readonly pulls: ReadonlyMap<number, bigint>;
  readonly weight: bigint;
}

/**
 * The filter with V2 and V3 joined, and V4 and V5. The output, times 1024, is the linear part + sum of weight * relu(gate)
 * over the live gates.
 */
export interface Gates {
  readonly units: readonly Unit[];
  /** Its weight is 1. */
  readonly linear: Gate;
  readonly live: readonly Gate[];
  /** Gates that the output does not depend on, or only through the linear part; but they may have kinks. */
  readonly silent: readonly Gate[];
}

/** Decides of the shape of a filter what V1 to V5 leave open. */
export function gatesOf(filter: readonly Layer<bigint>[], letters: Letters, spend: Spend): Gates {
  const [v1, v2, v3, v4, v5] = filter as [Layer<bigint>, Layer<bigint>, Layer<bigint>, Layer<bigint>, Layer<bigint>];
  const { centre, neighbour } = letters;
  if (v1.inputs !== 9) reject("shape", "filter.layers[0].inputs", `expected nine inputs, got ${v1.inputs}`);
  for (const [l, { relu }] of filter.entries())
    if (relu !== (l === 0 || l === 2)) reject("shape", `filter.layers[${l}].relu`, `expected ${!relu}`);
  if (v5.rows.length !== 1) reject("shape", "filter.layers[4].rows", `expected one output, got ${v5.rows.length}`);
  const many = v1.rows.findIndex(({ entries }) => entries.length > 1);
  if (many >= 0)
    reject("first-layer-reads-many", `filter.layers[0].rows[${many}]`, "expected a unit that reads one cell");
  const values = [neighbour, centre].map((letters) => new Set(letters.map(({ u }) => u)));
  for (const [r, { bias, entries }] of v1.rows.entries()) {
    for (const [place, weight] of entries)
      if (bias % weight === 0n && values[place === CENTRE ? 1 : 0]?.has(-bias / weight) === true)
        reject(
          "first-layer-kink",
          `filter.layers[0].rows[${r}]`,
          `the unit has its kink at the cell value ${-bias / weight}`,
        );
  }

  // Units that are the same count as one.
  const units: Unit[] = [];
  const known = new Map<string, number>();
  const unitOf = v1.rows.map(({ bias, entries: [entry] }): number | undefined => {
    if (entry === undefined) return undefined;
    const [place, weight] = entry;
    const key = `${place};${weight};${bias}`;
    const index = known.get(key) ?? units.push({ place, weight, bias }) - 1;
    known.set(key, index);
    return index;
  });
  const outputs = v3.rows.map(() => 0n);
  const output = v5.rows[0] as (typeof v5.rows)[number];
  const linear = { constant: 256n * output.bias, pulls: new Map<number, bigint>() };
  for (const [r, outer] of output.entries) {
    const { bias, entries } = v4.rows[r] as (typeof v4.rows)[number];
    linear.constant += 64n * outer * bias;
    for (const [gate, inner] of entries) outputs[gate] = (outputs[gate] as bigint) + outer * inner;
  }
  // A gate as a positive multiple of one whose first factor is positive: relu(-z) = relu(z) - z. So gates that cancel meet.
  const merged = new Map<string, { constant: bigint; pulls: Map<number, bigint>; weight: bigint }>();
  for (const [gate, { bias, entries }] of v3.rows.entries()) {
    spend(WORK.gate);
    let constant = 16n * bias;
    const pulls = new Map<number, bigint>();
    for (const [r, outer] of entries) {
      const row = v2.rows[r] as (typeof v2.rows)[number];
      spend(WORK.product * row.entries.length);
      constant += 4n * outer * row.bias;
      for (const [k, inner] of row.entries) {
        const unit = unitOf[k];
        if (unit !== undefined) add(pulls, unit, outer * inner);
        else constant += outer * inner * relu((v1.rows[k] as (typeof v1.rows)[number]).bias);
      }
    }
    const weight = outputs[gate] as bigint;
    if (pulls.size === 0) {
      linear.constant += weight * relu(constant);
      continue;
    }
    const sorted = [...pulls].sort(([k], [l]) => k - l);
    const divisor = sorted.reduce((sum, [, factor]) => gcd(sum, factor), gcd(constant, 0n));
    const sign = (sorted[0] as [number, bigint])[1] < 0n ? -1n : 1n;
    if (sign < 0n) addGate(linear, { constant, pulls, weight });
    const scaled = sorted.map(([k, factor]) => [k, (sign * factor) / divisor] as const);
    constant = (sign * constant) / divisor;
    const key = `${constant};${scaled.join(";")}`;
    const same = merged.get(key);
    if (same === undefined) merged.set(key, { constant, pulls: new Map(scaled), weight: weight * divisor });
    else same.weight += weight * divisor;
  }

  const gates = [...merged.values()];
  const ranges = rangesOf(units, gates, letters, spend);
  const [live, silent]: [Gate[], Gate[]] = [[], []];
  for (const [i, gate] of gates.entries()) {
    const [least, most] = ranges[i] as [bigint, bigint];
    if (least >= 0n) addGate(linear, gate);
    if (least < 0n && most > 0n && gate.weight !== 0n) live.push(gate);
    else if (least <= 0n && most >= 0n) silent.push(gate);
  }
  return { units, linear: { ...linear, weight: 1n }, live, silent };
}

/** Adds weight * factor to the number with that index, which goes if it becomes 0. */
function add(sums: Map<number, bigint>, index: number, by: bigint): void {
  const sum = (sums.get(index) ?? 0n) + by;
  if (sum === 0n) sums.delete(index);
  else sums.set(index, sum);
}

/** Adds a gate that is on, with its weight. */
function addGate(to: { constant: bigint; pulls: Map<number, bigint> }, { constant, pulls, weight }: Gate): void {
  to.constant += weight * constant;
  for (const [unit, factor] of pulls) add(to.pulls, unit, weight * factor);
}

/** The least and the most that each gate can be. */
function rangesOf(
  units: readonly Unit[],
  gates: readonly Gate[],
  { centre, neighbour }: Letters,
  spend: Spend,
): [least: bigint, most: bigint][] {
  const ranges = gates.map(({ constant }): [bigint, bigint] => [constant, constant]);
  for (const [place, read] of unitsOf(units, gates, spend).entries()) {
    const letters = place === CENTRE ? centre : neighbour;
    const seen = new Map<number, { low: bigint; high: bigint; count: number }>();
    for (const [, pulls] of along(read, letters, spend)) {
      for (const [gate, [value]] of pulls) {
        const range = seen.get(gate);
        if (range === undefined) seen.set(gate, { low: value, high: value, count: 1 });
        else {
          if (value < range.low) range.low = value;
          if (value > range.high) range.high = value;
          range.count++;
        }
      }
    }
    for (const [gate, { low, high, count }] of seen) {
      const range = ranges[gate] as [bigint, bigint];
      // Where a letter adds nothing, it adds 0.
      const isAlways = count === letters.length;
      range[0] += isAlways || low < 0n ? low : 0n;
      range[1] += isAlways || high > 0n ? high : 0n;
    }
  }
  return ranges;
}

function relu(x: bigint): bigint {
  return x > 0n ? x : 0n;
}

/** The greatest common divisor, at least 0. */
export function gcd(x: bigint, y: bigint): bigint {
  let [a, b] = [x < 0n ? -x : x, y < 0n ? -y : y];
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

/** What a cell adds to a number, and the derivative of that by the cell. */
export type Pull = readonly [value: bigint, slope: bigint];

/** What a place adds to a gate that does not read it: no value, no slope. */
export const NO_PULL: Pull = [0n, 0n];

/** A unit with the gates that read it, and their factors. */
type Pulled = Unit & { readonly pull: (readonly [gate: number, by: bigint])[] };

/** The units that some gates read, by place. */
export function unitsOf(units: readonly Unit[], gates: readonly Gate[], spend: Spend): readonly (readonly Pulled[])[] {
  const pulled = units.map((unit): Pulled => ({ ...unit, pull: [] }));
  for (const [gate, { pulls }] of gates.entries()) {
    spend(pulls.size);
    for (const [k, by] of pulls) pulled[k]?.pull.push([gate, by]);
  }
  const read = pulled.filter(({ pull }) => pull.length > 0);
  return Array.from({ length: 9 }, (_, place) => read.filter((unit) => unit.place === place));
}

/** What each letter at a place adds to each gate. From letter to letter only the units change that have their kink between. */
export function* along(
  units: readonly Pulled[],
  letters: readonly Letter[],
  spend: Spend,
): Generator<[Letter, Map<number, Pull>]> {
  const changes = letters.map((): [sign: bigint, unit: Pulled][] => []);
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
      spend(pull.length);
      for (const [gate, by] of pull) {
        const { level, slope } = lines.get(gate) ?? { level: 0n, slope: 0n };
        lines.set(gate, { level: level + sign * by * bias, slope: slope + sign * by * weight });
      }
    }
    const pulls = new Map<number, Pull>();
    spend(1 + WORK.pull * lines.size);
    for (const [gate, { level, slope }] of lines) {
      if (level === 0n && slope === 0n) lines.delete(gate);
      else pulls.set(gate, [slope * letter.u + level, slope]);
    }
    yield [letter, pulls];
  }
}
