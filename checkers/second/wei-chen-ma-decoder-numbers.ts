/** Numbers of a decoder: norms, sums in floats, the scale of softmax. */
import type { Map_, Network, Layer } from "./wei-chen-ma-decoder-network.js";

type Gaps = readonly { readonly self: number | undefined; readonly cross: number | undefined }[];

/** Largest absolute values of a map's rows on inputs between 0 and 1. */
function extremes({ rows }: Map_): { readonly least: number; readonly most: number }[] {
  return rows.map(({ bias, terms }) => {
    const sum = (keep: (weight: number) => boolean): number =>
      terms.reduce((total, [, weight]) => total + (keep(weight) ? weight : 0), bias);
    return { least: sum((weight) => weight < 0), most: sum((weight) => weight > 0) };
  });
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
