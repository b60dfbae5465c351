/**
 * Numbers of a decoder: norms, the margin's inequalities (DECODER.md, "Margin"), sums in floats, the scale of softmax. Bounds are
 * bigints in units of 10^-24, rounded up at every operation.
 */
import type { Machine } from "./wei-chen-ma-decoder-machine.js";
import type { Layer, Map_, Module, Network } from "./wei-chen-ma-decoder-network.js";
import { reject } from "./wei-chen-ma-decoder-text.js";

const UNIT = 10n ** 24n;

type Gaps = readonly { readonly self: number | undefined; readonly cross: number | undefined }[];

const up = (n: bigint, d: bigint): bigint => (n + d - 1n) / d;
const times = (a: bigint, b: bigint): bigint => up(a * b, UNIT);
const whole = (n: number | bigint): bigint => BigInt(n) * UNIT;

/** The root of a bound, rounded up. */
function root(a: bigint): bigint {
  const n = a * UNIT;
  if (n === 0n) return 0n;
  let x = 10n ** BigInt(Math.ceil(n.toString().length / 2) + 1);
  for (;;) {
    const y = (x + n / x) / 2n;
    if (y >= x) return x * x === n ? x : x + 1n;
    x = y;
  }
}

/** sqrt((sqrt n + eps)^2 + 1) */
function size(support: number, deviation: bigint): bigint {
  const norm = root(whole(support)) + deviation;
  return root(times(norm, norm) + UNIT);
}

function rationalUp(text: string, path: string): bigint {
  const [n = "", d = "1"] = text.split("/");
  const [a, b] = [BigInt(n), BigInt(d)];
  let [x, y] = [a < 0n ? -a : a, b];
  while (y > 0n) [x, y] = [y, x % y];
  if (a < 0n || (x !== 1n && !(a === 0n && b === 1n))) reject("margin", path, "expected a reduced rational from 0 on");
  return up(a * UNIT, b);
}

/** A bound of the 2-norm of a map's weights: of the largest row sum times the largest column sum, and the sum of squares, the root of the lesser. */
function operator({ rows }: Map_): bigint {
  const columns = new Map<number, number>();
  let most = 0;
  let squares = 0n;
  for (const { terms } of rows) {
    let sum = 0;
    for (const [column, weight] of terms) {
      sum += Math.abs(weight);
      squares += BigInt(weight) ** 2n;
      columns.set(column, (columns.get(column) ?? 0) + Math.abs(weight));
    }
    most = Math.max(most, sum);
  }
  const product = BigInt(most) * BigInt([...columns.values()].reduce((a, b) => Math.max(a, b), 0));
  return root(whole(product < squares ? product : squares));
}

/** Largest absolute values of a map's rows on inputs between 0 and 1. */
function extremes({ rows }: Map_): { readonly least: number; readonly most: number }[] {
  return rows.map(({ bias, terms }) => {
    const sum = (keep: (weight: number) => boolean): number =>
      terms.reduce((total, [, weight]) => total + (keep(weight) ? weight : 0), bias);
    return { least: sum((weight) => weight < 0), most: sum((weight) => weight > 0) };
  });
}

function image(map: Map_): bigint {
  let squares = 0n;
  for (const { least, most } of extremes(map)) squares += BigInt(Math.max(Math.abs(least), Math.abs(most))) ** 2n;
  return root(whole(squares));
}

function euclid(vector: readonly number[]): bigint {
  return root(whole(vector.reduce((sum, entry) => sum + BigInt(entry) ** 2n, 0n)));
}

/** Decides that the stated bound is one. */
export function decideMargin(network: Network, machine: Machine, gaps: Gaps, bound: string, entry: string): void {
  const g = rationalUp(bound, "verdicts.margin.bound");
  const first = rationalUp(entry, "verdicts.margin.entry");
  const fail = (path: string, message: string): never => reject("margin", path, message);
  if (g > first) fail("verdicts.margin.entry", "expected at least the bound itself");
  const { bits, layers, classifier } = network;
  const { states, symbols } = machine;
  const pos1 = states + 2 * symbols;
  let support = new Set<number>();
  for (let c = 0; c < states + symbols; c++) support.add(c);
  for (let c = pos1; c < pos1 + 2 * bits; c++) support.add(c);
  let eps = first;
  for (const [j, layer] of layers.entries()) {
    const path = `decoder.layers[${j}]`;
    for (const which of ["self", "cross"] as const) {
      const module = layer[which];
      const read = which === "self" ? { support: support.size, eps } : { support: symbols + bits, eps: g };
      const own = times(g, size(read.support, read.eps));
      if (module === undefined) {
        eps += own;
        continue;
      }
      const asked = times(operator(module.query), eps) + times(g, size(support.size, eps));
      const answered = times(operator(module.key), read.eps) + own;
      const [q, k] = [image(module.query), image(module.key)];
      const position = times(asked, k + answered) + times(q, answered);
      const none = times(asked, euclid(module.nullKey) + g) + times(q, g);
      if (position + (position > none ? position : none) >= whole(gaps[j]?.[which] ?? 0))
        fail(`${path}.${which}`, "expected perturbed scores to keep their order");
      eps += times(operator(module.value), read.eps) + own;
      support = new Set([...support, ...reached(module)]);
    }
    const [map] = layer.maps;
    const own = times(g, size(support.size, eps));
    const row = map.rows.reduce((most, { terms }) => {
      const squares = terms.reduce((sum, [, weight]) => sum + BigInt(weight) ** 2n, 0n);
      return squares > most ? squares : most;
    }, 0n);
    const vector = times(operator(map), eps) + own;
    const coordinate = times(root(whole(row)), eps) + own;
    support = after(map, support);
    const input = size(support.size, vector);
    const correction = times(g, input);
    if (3n * coordinate + correction > UNIT)
      fail(`${path}.feedForward[1]`, "expected every coordinate to be corrected");
    const hidden = root(whole(5 * support.size)) + times(3n * root(whole(2)), vector) + correction;
    eps = times(g, root(2n * times(input, input) + times(hidden, hidden) + UNIT));
  }
  const last = `decoder.layers[${layers.length - 1}]`;
  if (eps > first) fail(last, "expected the last layer to deviate no more than the first layer's input");
  const theta = euclid(classifier.map((weight, c) => (support.has(c) ? weight : 0)));
  if (times(theta, eps) + times(g, root(whole(support.size)) + eps) >= UNIT)
    fail("decoder.classifier", "expected the sign of the output to stay");
}

function reached({ value, nullValue }: Module): number[] {
  return value.rows.flatMap(({ bias, terms }, c) => (bias !== 0 || terms.length > 0 || nullValue[c] !== 0 ? [c] : []));
}

function after({ rows }: Map_, support: ReadonlySet<number>): Set<number> {
  return new Set(
    rows.flatMap(({ bias, terms }, c) => (bias > 0 || terms.some(([column]) => support.has(column)) ? [c] : [])),
  );
}

/** All parameters of a decoder, with zeros left out where they are sparse; maps as often as layers name them. */
function* parameters({ layers, embedding, start, classifier }: Network): Generator<number> {
  for (const vector of [...embedding, start, classifier]) yield* vector;
  const ofMap = function* ({ rows }: Map_): Generator<number> {
    for (const { bias, terms } of rows) {
      yield bias;
      for (const [, weight] of terms) yield weight;
    }
  };
  for (const { stated, maps } of layers) {
    for (const module of stated) {
      if (module === null) continue;
      for (const map of [module.query, module.key, module.value]) yield* ofMap(map);
      yield* module.nullKey;
      yield* module.nullValue;
    }
    for (const map of maps) yield* ofMap(map);
  }
}

/** The numbers of `norms`. */
export function norms(network: Network): object {
  let [alpha, largestWeight] = [0n, 0];
  for (const value of parameters(network)) {
    alpha += BigInt(Math.abs(value));
    largestWeight = Math.max(largestWeight, Math.abs(value));
  }
  const { layers, embedding } = network;
  const width = layers.reduce(
    (most, { maps }) => Math.max(most, ...maps.map(({ rows }) => rows.length)),
    network.width,
  );
  const w = BigInt(width);
  // A layer has 9 maps of w x w with biases, and 4 null vectors.
  const total = BigInt(layers.length) * (9n * w * (w + 1n) + 4n * w) + BigInt(embedding.length + 2) * w;
  return { alpha: String(alpha), parameters: String(total), layers: layers.length, width, largestWeight };
}

const magnitude = (weight: number): bigint => BigInt(Math.abs(weight));

/** The numbers of `exactness`. */
export function exactness({ layers }: Network): object {
  let [largest, value] = [0n, 1n];
  const reach = ({ rows }: Map_, input: bigint): bigint[] =>
    rows.map(({ bias, terms }) => terms.reduce((sum, [, weight]) => sum + input * magnitude(weight), magnitude(bias)));
  const see = (numbers: readonly bigint[]): void => {
    for (const number of numbers) largest = number > largest ? number : largest;
  };
  for (const { stated, maps } of layers) {
    for (const module of stated) {
      if (module === null) continue;
      const [query, key, values] = [reach(module.query, 1n), reach(module.key, 1n), reach(module.value, 1n)];
      const dot = (other: readonly bigint[]): bigint => query.reduce((sum, q, r) => sum + q * (other[r] as bigint), 0n);
      const most = (a: bigint, b: bigint): bigint => (a > b ? a : b);
      const sizes = values.map((one, c) => most(one, magnitude(module.nullValue[c] as number)));
      see([...query, ...key, dot(key), dot(module.nullKey.map(magnitude)), ...sizes.map((one) => one + 1n)]);
      value = sizes.reduce(most, value);
    }
    see(maps.flatMap((map, k) => reach(map, k === 2 ? 2n : 1n)));
  }
  const formats = Object.entries({ bfloat16: 8, float16: 11, float32: 24, float64: 53 }).map(([format, bits]) => {
    const integers = 2n ** BigInt(bits);
    return { format, exact: largest <= integers, ties: String(integers / value) };
  });
  return { largestSum: String(largest), formats };
}

/** The least scale whose leaks, times the weights that read them, are at most 1/4; with 3678794412 10^-10 above e^-1. */
export function softmaxScale({ layers, bits }: Network, gaps: Gaps): number | null {
  for (let scale = 1; scale <= 128; scale++) {
    if (layers.every((layer, j) => leakFits(layer, gaps[j] ?? { self: undefined, cross: undefined }, scale, bits)))
      return scale;
  }
  return null;
}

function leakFits(layer: Layer, gap: Gaps[number], scale: number, bits: number): boolean {
  // All leaks over one denominator: 10^(10 * exponent).
  // Beyond e^-1024 all leaks are below 1/4, however large the weights are; longer powers would only take time.
  const exponents = [layer.self && gap.self, layer.cross && gap.cross].map((one) => Math.min((one ?? 0) * scale, 1024));
  const most = Math.max(...exponents);
  const leaks = new Map<number, bigint>();
  for (const [i, module] of [layer.self, layer.cross].entries()) {
    if (module === undefined) continue;
    if (i === 1 && module.query.rows.some(({ terms }) => terms.some(([column]) => leaks.has(column)))) return false;
    const exponent = exponents[i] as number;
    const weight = 3_678_794_412n ** BigInt(exponent) * 10n ** BigInt(10 * (most - exponent)) * 2n ** BigInt(bits);
    for (const [c, { least, most: top }] of extremes(module.value).entries()) {
      const none = module.nullValue[c] as number;
      const spread = Math.max(top, none) - Math.min(least, none);
      if (spread > 0) leaks.set(c, (leaks.get(c) ?? 0n) + weight * BigInt(spread));
    }
  }
  if (leaks.size === 0) return true;
  const limit = 10n ** BigInt(10 * most);
  return layer.maps[0].rows.every(({ terms }) => {
    const sum = terms.reduce(
      (total, [column, weight]) => total + (leaks.get(column) ?? 0n) * BigInt(Math.abs(weight)),
      0n,
    );
    return 4n * sum <= limit;
  });
}
