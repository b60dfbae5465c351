/**
 * Searches a small perturbation that makes an output of a circuit's network wrong: an upper bound of the all-layer margin. In floats,
 * so what is found is no claim; its rounded entries are replayed exactly by whoever certifies it.
 *
 * A coordinate is pushed towards the other value before a correction, along its gradient, where that turns an output; then the
 * perturbation is projected on the linearized boundary, again and again.
 */
import type { FeedForward } from "../../spec/wei-chen-ma/affine.js";
import { forward, gradient, innerProduct, squaredNorm, type Pass, type RankOne } from "./rank-one.js";

/** A perturbation, with dyadic entries. */
export interface FoundFlip {
  readonly input: readonly number[];
  readonly output: number;
  /** [layer, row, column, numerator over 2^ENTRY_BITS]; the column after the last is the bias. */
  readonly entries: readonly (readonly [layer: number, row: number, column: number, numerator: number])[];
}

/** Entries are multiples of 2^-ENTRY_BITS. */
export const ENTRY_BITS = 20;

/** How much is tried. */
export interface FlipEffort {
  /** Inputs from which coordinates are taken. */
  readonly inputs: number;
  /** Coordinates that are pushed. */
  readonly starts: number;
  /** Projections of each. */
  readonly steps: number;
  /** Most weights that are looked at, over all evaluations; a large network is searched less. */
  readonly work: number;
  /** Most entries of a perturbation. */
  readonly entries: number;
}

/** What a certificate is worth: seconds for the gallery. */
export const FLIP_EFFORT: FlipEffort = { inputs: 64, starts: 24, steps: 6, work: 2 ** 25, entries: 60_000 };

/** Evaluations that a boundary takes. */
const HALVINGS = 24;

interface Start {
  readonly input: readonly number[];
  readonly layer: number;
  readonly coordinate: number;
  readonly score: number;
}

/** The smallest perturbation that was found, or undefined. */
export function findFlip(
  network: FeedForward,
  inputs: number,
  effort: FlipEffort = FLIP_EFFORT,
): FoundFlip | undefined {
  const weights = network.layers.reduce(
    (sum, { rows }) => rows.reduce((n, { entries }) => n + entries.length + 1, sum),
    0,
  );
  let passes = Math.floor(effort.work / weights);
  const sampled = Math.max(1, Math.min(effort.inputs, Math.floor(passes / 16)));
  let best:
    { readonly delta: RankOne; readonly norm: number; readonly start: Start; readonly output: number } | undefined;
  let tried = 0;
  for (const start of starts(network, inputs, sampled, effort.starts)) {
    // Without any perturbation the search goes past its budget, through a bounded number of starts.
    if (tried >= effort.starts || (passes < 0 && best !== undefined)) break;
    const pushed = push(network, start);
    passes -= 4;
    if (pushed === undefined) continue;
    tried++;
    const { output, sign } = pushed;
    let delta: RankOne | undefined = pushed.delta;
    for (let step = 0; step <= effort.steps; step++) {
      const norm = squaredNorm(delta);
      // A perturbation of more entries than are wanted is a step on the way only.
      if ((best === undefined || norm < best.norm) && roundEntries(delta).length <= effort.entries)
        best = { delta, norm, start, output };
      passes -= HALVINGS + 4;
      if (passes < 0 || step === effort.steps) break;
      delta = project(network, start.input, output, sign, delta);
      // What has not come near by now will not.
      if (delta === undefined || (step > 1 && best !== undefined && norm > 2 * best.norm)) break;
    }
  }
  if (best === undefined) return undefined;
  return { input: best.start.input, output: best.output, entries: roundEntries(best.delta) };
}

/** Coordinates of gates at some inputs, those first that reach their neighbourhood with the largest gradient. */
function starts(network: FeedForward, inputs: number, sampled: number, wanted: number): Start[] {
  let list: Start[] = [];
  // Those that an output reads come last: each of them turns one.
  let last: Start[] = [];
  const lastLayer = network.layers.length - 2;
  const largest = (some: readonly Start[], most: number): Start[] =>
    // Ties keep their order, so the search is the same on every machine.
    some.toSorted((a, b) => b.score - a.score).slice(0, most);
  for (const input of sampleInputs(inputs, sampled)) {
    const pass = forward(network, input);
    for (let layer = 1; layer < network.layers.length - 1; layer += 4) {
      const [first, second] = [network.layers[layer - 1], network.layers[layer]] as const;
      const [read, hidden] = [squares(pass, layer - 1) + 1, squares(pass, layer) + 1];
      for (const [coordinate, { entries }] of second?.rows.entries() ?? []) {
        let score = hidden;
        for (const [column, weight] of entries) {
          if (((pass.sums[layer - 1] as Float64Array)[column] as number) < 0) continue;
          const reads = layer > 1 ? (first?.rows[column]?.entries.length ?? 0) : 0;
          score += weight * weight * (read + 3 * read * reads);
        }
        (layer === lastLayer ? last : list).push({ input, layer, coordinate, score });
      }
    }
    list = largest(list, 8 * wanted);
    last = largest(last, wanted);
  }
  return [...list, ...last];
}

function squares(pass: Pass, layer: number): number {
  return (pass.values[layer] as Float64Array).reduce((sum, value) => sum + value * value, 0);
}

/** All inputs if they are few, else the first of a fixed sequence. */
function* sampleInputs(inputs: number, most: number): Generator<readonly number[]> {
  if (2 ** inputs <= most) {
    for (let x = 0; x < 2 ** inputs; x++) yield Array.from({ length: inputs }, (_, i) => (x >> i) & 1);
    return;
  }
  let state = 1;
  for (let count = 0; count < most; count++) {
    yield Array.from({ length: inputs }, () => {
      // A linear congruential generator whose products stay below 2^53.
      state = (state * 48_271) % 2_147_483_647;
      return count === 0 ? 1 : state > 1_073_741_823 ? 1 : 0;
    });
  }
}

interface Pushed {
  readonly delta: RankOne;
  readonly output: number;
  readonly sign: number;
}

/** Pushes a coordinate until an output is on its boundary; undefined if none gets there. */
function push(network: FeedForward, { input, layer, coordinate }: Start): Pushed | undefined {
  const pass = forward(network, input);
  const slope = gradient(network, pass, layer, coordinate);
  const value = (pass.values[layer + 1] as Float64Array)[coordinate] as number;
  const norm = squaredNorm(slope);
  const towards = value > 0.5 ? -1 : 1;
  if (norm === 0) return undefined;
  const along = (by: number): RankOne => ({ ...slope, scale: (towards * by) / norm });
  const right = pass.values.at(-1) as Float64Array;
  const far = forward(network, input, along(1)).values.at(-1) as Float64Array;
  const output = far.findIndex((one, j) => one * (right[j] as number) <= 0);
  if (output < 0) return undefined;
  const sign = Math.sign(right[output] as number);
  const by = boundary((size) => sign * valueAt(network, input, output, along(size)), 1);
  return by === undefined ? undefined : { delta: along(by), output, sign };
}

function valueAt(network: FeedForward, input: readonly number[], output: number, delta: RankOne): number {
  return (forward(network, input, delta).values.at(-1) as Float64Array)[output] as number;
}

/** The size up to `end` at which a function that is above 0 at 0 and not at `end` is just not above 0; undefined if it is. */
function boundary(f: (size: number) => number, end: number): number | undefined {
  if (f(end) > 0) return undefined;
  let [low, high] = [0, end];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (f(middle) > 0) low = middle;
    else high = middle;
  }
  return high;
}

/** The nearest point of the boundary's linearization, moved onto the boundary; undefined where there is none. */
function project(
  network: FeedForward,
  input: readonly number[],
  output: number,
  sign: number,
  delta: RankOne,
): RankOne | undefined {
  const pass = forward(network, input, delta);
  const slope = gradient(network, pass, network.layers.length - 1, output, delta);
  const norm = squaredNorm(slope);
  if (norm === 0) return undefined;
  const value = (pass.values.at(-1) as Float64Array)[output] as number;
  const nearest = { ...slope, scale: (innerProduct(slope, delta) - value) / norm };
  const along = (size: number): RankOne => ({ ...nearest, scale: nearest.scale * size });
  const by = boundary((size) => sign * valueAt(network, input, output, along(size)), 2);
  return by === undefined ? undefined : along(by);
}

/** Entries a little larger than found, as multiples of 2^-ENTRY_BITS. */
function roundEntries({ scale, rows, columns }: RankOne): (readonly [number, number, number, number])[] {
  const list: (readonly [number, number, number, number])[] = [];
  const unit = scale * (1 + 2 ** -10) * 2 ** ENTRY_BITS;
  for (const [l, row] of rows.entries()) {
    for (const [r, u] of row.entries()) {
      if (u === 0) continue;
      for (const [c, v] of (columns[l] as Float64Array).entries()) {
        const numerator = Math.round(unit * u * v);
        if (numerator !== 0) list.push([l, r, c, numerator]);
      }
    }
  }
  return list;
}
