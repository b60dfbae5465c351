/**
 * The margin of a decoder (DECODER.md, "Margin"). Bounds are bigints in units of 10^-24, rounded up at every operation; squares are
 * bounded as squares where they are, and roots taken only where a number is not squared again.
 */
import type { Layer, Map_, Module, Network } from "./wei-chen-ma-decoder-network.js";
import { reject, type Certificate } from "./wei-chen-ma-decoder-text.js";

const UNIT = 10n ** 24n;

type Gaps = readonly { readonly self: number | undefined; readonly cross: number | undefined }[];

const up = (n: bigint, d: bigint): bigint => (n + d - 1n) / d;
const times = (a: bigint, b: bigint): bigint => up(a * b, UNIT);
const squared = (a: bigint): bigint => times(a, a);

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

/** (sqrt n + D)^2 + 1 */
function size(ones: number, deviation: bigint): bigint {
  return squared(root(BigInt(ones) * UNIT) + deviation) + UNIT;
}

function rationalUp(text: string, path: string): bigint {
  const [n = "", d = "1"] = text.split("/");
  const [a, b] = [BigInt(n), BigInt(d)];
  let [x, y] = [a < 0n ? -a : a, b];
  while (y > 0n) [x, y] = [y, x % y];
  if (a < 0n || (x !== 1n && !(a === 0n && b === 1n))) reject("margin", path, "expected a reduced rational from 0 on");
  return up(a * UNIT, b);
}

const absolute = (weight: number): bigint => BigInt(Math.abs(weight));
const most = (values: Iterable<bigint>): bigint => [...values].reduce((a, b) => (a > b ? a : b), 0n);
const sumOf = (values: Iterable<bigint>): bigint => [...values].reduce((a, b) => a + b, 0n);
const squares = (values: Iterable<bigint>): bigint => [...values].reduce((sum, value) => sum + value * value, 0n);

/** The sum of |weight| times the factor of its row, by column. */
function columns({ rows }: Map_, factor: (r: number) => bigint): Map<number, bigint> {
  const sums = new Map<number, bigint>();
  for (const [r, { terms }] of rows.entries())
    for (const [c, weight] of terms) sums.set(c, (sums.get(c) ?? 0n) + factor(r) * absolute(weight));
  return sums;
}

/** A bound of the square of a map's 2-norm: the largest row sum times the largest column sum, or the sum of squares if that is less. */
function operator(map: Map_): bigint {
  const rows = map.rows.map(({ terms }) => terms.map(([, weight]) => absolute(weight)));
  const product = most(rows.map(sumOf)) * most(columns(map, () => 1n).values());
  const all = sumOf(rows.map(squares));
  return (product < all ? product : all) * UNIT;
}

/** How far each row is from a number at most, on inputs between 0 and 1. */
function farthest({ rows }: Map_, from: (r: number) => number): bigint[] {
  return rows.map(({ bias, terms }, r) => {
    const end = (sign: number): bigint =>
      BigInt(bias) - BigInt(from(r)) + sumOf(terms.map(([, weight]) => (weight * sign > 0 ? BigInt(weight) : 0n)));
    const [low, high] = [end(-1), end(1)];
    return most([low < 0n ? -low : low, high < 0n ? -high : high]);
  });
}

/** Formulas in which no two different ones are 1 together, under one name. */
const TOGETHER: Readonly<Record<string, (k: string) => string>> = {
  ...Object.fromEntries(["z", "a", "pair", "next", "write", "given", "read"].map((name) => [name, () => name])),
  ...Object.fromEntries(["right", "left"].map((name) => [name, () => "move"])),
  ...Object.fromEntries(["old", "fresh", "blank"].map((name) => [name, () => "symbol"])),
  ...Object.fromEntries(["carry", "borrow"].map((name) => [name, (k: string) => `into.${k}`])),
  ...Object.fromEntries(["keep", "flip"].map((name) => [name, (k: string) => `bit.${k}`])),
};

/** The most coordinates that are 1 together after each layer. */
function onesAfter(formulas: Certificate["formulas"]): number[] {
  const texts: string[] = [];
  return formulas.map((changes) => {
    for (const [c, text] of changes) texts[c] = text;
    const times_ = new Map<string, number>();
    for (const text of Object.values(texts)) if (text !== "0") times_.set(text, (times_.get(text) ?? 0) + 1);
    const classes = new Map<string, number>();
    let alone = 0;
    for (const [text, count] of times_) {
      const [name = "", k = ""] = text.split(".");
      const of = Object.hasOwn(TOGETHER, name) ? TOGETHER[name]?.(k) : undefined;
      if (of === undefined) alone += count;
      else classes.set(of, Math.max(classes.get(of) ?? 0, count));
    }
    return [...classes.values()].reduce((a, b) => a + b, alone);
  });
}

/** A vector of deviations: its norm, and how many ones there are beside them. */
interface Deviating {
  readonly ones: number;
  readonly d: bigint;
}

/** What a module makes of the deviation, its scores decided. */
function through(
  module: Module | undefined,
  g: bigint,
  asking: Deviating,
  read: Deviating,
  { isSelf, gap, path }: { readonly isSelf: boolean; readonly gap: number; readonly path: string },
): Deviating {
  const gg = squared(g);
  const own = times(gg, size(read.ones, read.d));
  if (module === undefined) return { ones: asking.ones, d: root(squared(asking.d) + own) };
  const { query, key, value, nullKey, nullValue } = module;
  const q = farthest(query, () => 0);
  const x = farthest(key, (r) => nullKey[r] as number);
  const [a, b] = [columns(query, (r) => x[r] as bigint), columns(key, (r) => q[r] as bigint)];
  const [dd, ee] = [squared(asking.d), squared(read.d)];
  if (isSelf) for (const [c, slope] of b) a.set(c, (a.get(c) ?? 0n) + slope);
  const slopes = squares(a.values()) * dd + (isSelf ? 0n : squares(b.values()) * ee);
  const asked = times(gg, size(asking.ones, asking.d));
  const first = slopes + squares(x) * asked + squares(q) * (own + gg);
  const second = times(times(operator(query), dd) + asked, times(operator(key), ee) + own + gg);
  if (root(first) + root(second) >= BigInt(gap) * UNIT)
    reject("margin", path, "expected perturbed scores to keep their order");
  const reached = value.rows.filter(({ bias, terms }, c) => bias !== 0 || terms.length > 0 || nullValue[c] !== 0);
  const copied = times(root(operator(value)), read.d);
  const both = isSelf ? squared(asking.d + copied) : dd + squared(copied);
  return { ones: asking.ones + reached.length, d: root(both + own) };
}

/** What the function layer and the correction leave of a deviation. */
function corrected({ maps: [map] }: Layer, g: bigint, { ones, d }: Deviating, after: number, path: string): Deviating {
  const gg = squared(g);
  const own = times(gg, size(ones, d));
  const row = most(map.rows.map(({ terms }) => squares(terms.map(([, weight]) => absolute(weight)))));
  const vector = root(times(operator(map), squared(d)) + own);
  const input = size(after, vector);
  if (9n * (row * squared(d) + own) + times(gg, input) > UNIT)
    reject("margin", `${path}.feedForward[1]`, "expected every coordinate to be corrected");
  const hidden = root(BigInt(5 * after) * UNIT) + times(3n * root(2n * UNIT), vector) + times(g, root(input));
  return { ones: after, d: times(g, root(2n * input + squared(hidden) + UNIT)) };
}

/** Decides that the stated bound is one. */
export function decideMargin({ verdicts, formulas }: Certificate, network: Network, gaps: Gaps): void {
  const { bound, entry } = verdicts.margin;
  const g = rationalUp(bound, "verdicts.margin.bound");
  const first = rationalUp(entry, "verdicts.margin.entry");
  const fail = (path: string, message: string): never => reject("margin", path, message);
  if (g > first) fail("verdicts.margin.entry", "expected at least the bound itself");
  const { bits, layers, classifier } = network;
  if (layers.length < 2) fail("decoder.layers", "expected two layers at least");
  const after = onesAfter(formulas);
  const encoder = { ones: 1 + bits, d: g };
  let h: Deviating = { ones: 2 + 2 * bits, d: first };
  for (const [j, layer] of layers.entries()) {
    const path = `decoder.layers[${j}]`;
    const gap = gaps[j] ?? { self: undefined, cross: undefined };
    h = through(layer.self, g, h, h, { isSelf: true, gap: gap.self ?? 0, path: `${path}.self` });
    h = through(layer.cross, g, h, encoder, { isSelf: false, gap: gap.cross ?? 0, path: `${path}.cross` });
    h = corrected(layer, g, h, after[j] ?? 0, path);
  }
  if (h.d > first)
    fail(
      `decoder.layers[${layers.length - 1}]`,
      "expected the last layer to deviate no more than the first layer's input",
    );
  const shown = times(squared(g), squared(root(BigInt(h.ones) * UNIT) + h.d));
  if (root(squares(classifier.map(absolute)) * squared(h.d) + shown) >= UNIT)
    fail("decoder.classifier", "expected the sign of the output to stay");
}
