/** Lower bounds of a circuit's all-layer margin, from constants that are rounded up: the induction over layers, and Theorem D.6. */
import type { Squares } from "./wei-chen-ma-circuit-inputs.js";
import type { Relu } from "./wei-chen-ma-circuit-rounding.js";
import { type Certificate, type Layer, type Ratio, reject, type Row } from "./wei-chen-ma-circuit-text.js";

/** Upper bounds in units of 2^-96. */
const BITS = 96n;
const UNIT = 1n << BITS;
const up = ([n, d]: Ratio): bigint => (n * UNIT + d - 1n) / d;
const by = (a: bigint, b: bigint): bigint => (a * b + UNIT - 1n) >> BITS;
const root = (a: bigint): bigint => integerRoot(a << BITS);
const rootOf = (n: bigint): bigint => root(n << BITS);

/** The least integer whose square is not below n. */
export function integerRoot(n: bigint): bigint {
  let [low, high] = [0n, 1n];
  while (high * high < n) [low, high] = [high, 2n * high];
  // low^2 < n <= high^2, or both are small; bisection keeps it so.
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle * middle < n) low = middle;
    else high = middle;
  }
  return n === 0n ? 0n : high;
}

function operator(rows: readonly Row[]): bigint {
  const columns: bigint[] = [];
  let [widest, all] = [0n, 0n];
  for (const { entries } of rows) {
    const sizes = entries.map(([column, weight]) => [column, BigInt(Math.abs(weight))] as const);
    const sum = sizes.reduce((total, [, size]) => total + size, 0n);
    if (sum > widest) widest = sum;
    for (const [column, size] of sizes) {
      columns[column] = (columns[column] ?? 0n) + size;
      all += size * size;
    }
  }
  const tallest = columns.reduce((most, sum) => (sum > most ? sum : most), 0n);
  return rootOf(widest * tallest < all ? widest * tallest : all);
}

const squared = (sizes: Iterable<bigint>): bigint => [...sizes].reduce((sum, size) => sum + size * size, 0n);

/** The absolute weights of a row through a map, by column. */
function through(weights: Iterable<readonly [number, bigint]>, rows: readonly Row[]): Map<number, bigint> {
  const sums = new Map<number, bigint>();
  for (const [j, weight] of weights)
    for (const [column, inner] of (rows[j] as Row).entries)
      sums.set(column, (sums.get(column) ?? 0n) + weight * BigInt(Math.abs(inner)));
  return sums;
}

/** The absolute weights of a row. */
export const absolute = ({ entries }: Row): (readonly [number, bigint])[] =>
  entries.map(([c, w]) => [c, BigInt(Math.abs(w))]);

/** Decides the induction over layers at g. */
export function checkMargin(
  layers: readonly Layer[],
  corrections: readonly Relu[][][],
  squares: readonly Squares[],
  g: Ratio,
): void {
  const size = up(g);
  let c = 0n;
  for (const [i, { n, h, o }] of squares.entries()) {
    const [first, second] = [layers[4 * i] as Layer, layers[4 * i + 1] as Layer];
    const near = (norm: bigint, d: bigint): bigint => {
      const whole_ = rootOf(norm) + by(size, d);
      return by(whole_, whole_) + UNIT;
    };
    const b1 = near(n, c);
    const reached = by(operator(first.rows), c);
    const d1 = root(by(reached, reached) + b1);
    const b2 = near(h, d1);
    const further = by(operator(second.rows), d1);
    const d2 = root(by(further, further) + b2);
    const b3 = near(o, d2);
    const cc = by(c, c);
    const gg = by(size, size);
    const test = (u: bigint, v: bigint, t: bigint, slope: bigint, slack: bigint, place: string): void => {
      const left = by(gg, slope * slope * (u * cc + v * b1 + t * b2) + b3);
      if (slack === 0n || left > slack * slack * UNIT)
        reject(
          "margin",
          slack === 0n ? place : "verdicts.margin.lower",
          `layer ${i + 1} of gates: an inequality fails`,
        );
    };
    const units = corrections[i];
    const tested = new Set<string>();
    if (units === undefined) {
      for (const row of (layers.at(-1) as Layer).rows) {
        const v = through(absolute(row), second.rows);
        test(
          squared(through(v, first.rows).values()),
          squared(v.values()),
          squared(absolute(row).map(([, w]) => w)),
          1n,
          1n,
          "",
        );
      }
      return;
    }
    for (const [k, relus] of units.entries()) {
      const v = absolute(second.rows[k] as Row);
      const [u, w] = [squared(through(v, first.rows).values()), squared(v.map(([, size_]) => size_))];
      const key = JSON.stringify([String(u), String(w), relus]);
      if (tested.has(key)) continue;
      tested.add(key);
      for (const { slope, bias } of relus)
        for (const z of [0, 1]) test(u, w, 1n, BigInt(slope), BigInt(slope * z + bias), `network.layers[${4 * i + 2}]`);
    }
    const rounded = layers[4 * i + 2] as Layer;
    const last = by(operator(rounded.rows), d2);
    const d3 = root(by(last, last) + b3);
    const values = (z: number): bigint[] =>
      units.map((relus) => squared(relus.map(({ slope, bias }) => BigInt(Math.max(0, slope * z + bias)))));
    const on = units.flatMap((relus) =>
      [0, 1].map((z) =>
        squared(relus.filter(({ slope, bias }) => slope * z + bias > 0).map(({ weight }) => BigInt(weight))),
      ),
    );
    const most = (list_: readonly bigint[]): bigint => list_.reduce((a, b) => (a > b ? a : b), 0n);
    const hidden = rootOf(values(0).reduce((a, b) => a + b, 0n) + o * most(values(1))) + by(size, d3);
    c = root(most(on) * b3 + by(hidden, hidden) + UNIT);
  }
}

/** Decides the bound of Theorem D.6 at sigma. */
export function checkTheorem(
  layers: readonly Layer[],
  corrections: readonly Relu[][][],
  squares: readonly Squares[],
  { outputs }: Certificate["circuit"],
  [sn, sd]: Ratio,
  [bn, bd]: Ratio,
): void {
  const sigma = up([sn, sd]);
  const final = operator((layers.at(-1) as Layer).rows);
  const most = (list_: readonly bigint[]): bigint => list_.reduce((a, b) => (a > b ? a : b), UNIT);
  const own = squares.map(({ n, h, o }, i) => {
    const b1 = root((n + 1n) * UNIT);
    const inner = rootOf(h) + by(sigma, b1);
    const outer = by(operator((layers[4 * i + 1] as Layer).rows), b1);
    const change = root(by(outer, outer) + by(inner, inner) + UNIT);
    if (i < squares.length - 1) return change;
    const [shown, end] = [rootOf(o) + by(sigma, change), by(final, change)];
    return root(by(end, end) + by(shown, shown) + UNIT);
  });
  const lipschitz = squares.map((_, i) => {
    const [a, b] = [operator((layers[4 * i] as Layer).rows), operator((layers[4 * i + 1] as Layer).rows)];
    const both = by(a + sigma, b + sigma);
    return i < squares.length - 1 ? both : by(both, final + sigma);
  });
  const kappaXi = most(
    corrections.map((_, i) => {
      const [first, second] = [layers[4 * i + 2] as Layer, layers[4 * i + 3] as Layer];
      const two = root(2n * UNIT);
      const beta = rootOf(squared(first.rows.map(({ bias }) => BigInt(Math.max(0, bias)))));
      const [x, y] = [by(operator(second.rows), two), operator(first.rows) + beta + by(sigma, two)];
      return root(by(x, x) + by(y, y) + UNIT);
    }),
  );
  const lambda = most([...squares.map(({ o }) => rootOf(o)), rootOf(BigInt(outputs.length))]);
  const [mu0, kappa, mu] = [most(own.slice(0, 1)), most(own.slice(1)), most(lipschitz.slice(1))];
  // Each quantity as a quotient; bound <= quotient for all of them.
  const quantities: Ratio[] = [
    [lambda, mu0],
    [UNIT, 3n * mu0],
    [UNIT, 2n * kappa],
    [UNIT * UNIT, 6n * kappa * lambda],
    [sn, sd],
    [UNIT * UNIT, 2n * kappaXi * lambda],
    [UNIT ** 3n, 12n * lambda * mu * kappaXi],
    [UNIT * UNIT, 4n * mu * kappaXi],
  ];
  if (quantities.some(([x, y]) => bn * y > x * bd))
    reject("theorem", "verdicts.margin.theorem.bound", "expected at most the least quantity of (D.5)");
}
