/**
 * What a layer of ReLUs does at the vertices of the simplex, from its numbers alone: no ReLU at its kink, values, gradients, and how
 * large the corners are on which it is affine.
 */
import { ONE, rational, type Rational } from "../../spec/exact/rational.js";
import type { ReluUnit } from "../../spec/welper/relu-loss.js";
import { accepted, rejected, undecided, type Verdict } from "../verdict.js";
import type { Work } from "../work.js";

/** Sums up to this, and four times as much, are exact in doubles. */
const EXACT = 2 ** 50;

/** Which ReLUs are on at each vertex, and the values there. */
export interface VertexSlopes {
  /** on[v]: indices of the ReLUs that are on at e_v. */
  readonly on: readonly (readonly number[])[];
  /** l_S(e_v), without the constant. */
  readonly values: readonly number[];
  /** Every ReLU keeps its side on S_v^mu for mu = corner and every v. */
  readonly corner: Rational;
}

/** Decides that no ReLU is at its kink at a vertex. */
export function vertexSlopes(
  units: readonly ReluUnit[],
  vertices: number,
  path: string,
  work: Work,
): Verdict<"kink", VertexSlopes> {
  const size = units.reduce(
    (sum, { out, bias, entries }) =>
      sum + Math.abs(out) * entries.reduce((inner, [, weight]) => inner + Math.abs(weight), Math.abs(bias)),
    0,
  );
  if (size >= EXACT) return undecided("exact-integers", "a sum could pass 2^50");
  const on = Array.from({ length: vertices }, (): number[] => []);
  const values = on.map(() => 0);
  let corner: Rational = ONE;
  for (const [u, { out, bias, entries }] of units.entries()) {
    work.spend(bias > 0 ? vertices : entries.length + 1);
    const own = new Map(entries);
    const kink =
      entries.find(([, weight]) => bias + weight === 0)?.[0] ?? (bias === 0 ? firstWithout(own, vertices) : -1);
    if (kink >= 0)
      return rejected("kink", `${path}[${u}]`, `the ReLU is at its kink at vertex ${kink}`, { vertex: kink });
    const turnOn = (v: number, value: number): void => {
      on[v]?.push(u);
      values[v] = (values[v] as number) + out * value;
    };
    if (bias > 0) for (let v = 0; v < vertices; v++) turnOnIf(own, bias, v, turnOn);
    else for (const [v, weight] of entries) if (bias + weight > 0) turnOn(v, bias + weight);
    const inner = cornerOf([...own.values()].map((w) => bias + w).concat(own.size < vertices ? [bias] : []));
    if (inner.lt(corner)) corner = inner;
  }
  return accepted({ on, values, corner });
}

function turnOnIf(
  own: ReadonlyMap<number, number>,
  bias: number,
  v: number,
  turnOn: (v: number, value: number) => void,
): void {
  const value = bias + (own.get(v) ?? 0);
  if (value > 0) turnOn(v, value);
}

function firstWithout(own: ReadonlyMap<number, number>, vertices: number): number {
  for (let v = 0; v < vertices; v++) if (!own.has(v)) return v;
  return -1;
}

/** The largest mu such that (1 - mu) a + mu b has the sign of a, or is 0, for all values a, b that a ReLU gets at vertices. */
function cornerOf(values: readonly number[]): Rational {
  const extent = (some: readonly number[]): [least: number, most: number] =>
    some.reduce<[number, number]>(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [Infinity, 0]);
  const [leastOn, mostOn] = extent(values.filter((value) => value > 0));
  const [leastOff, mostOff] = extent(values.filter((value) => value < 0).map((value) => -value));
  if (mostOn === 0 || mostOff === 0) return ONE;
  const share = (a: number, b: number): Rational => rational(BigInt(a), BigInt(a) + BigInt(b));
  const [first, second] = [share(leastOn, mostOff), share(leastOff, mostOn)];
  return first.lt(second) ? first : second;
}

/** The gradient of the units that are on at e_v; shape: |V|. */
export function gradientAt(units: readonly ReluUnit[], { on }: VertexSlopes, v: number, work: Work): number[] {
  const gradient = on.map(() => 0);
  for (const u of on[v] as readonly number[]) {
    const { out, entries } = units[u] as ReluUnit;
    work.spend(entries.length);
    for (const [w, weight] of entries) gradient[w] = (gradient[w] as number) + out * weight;
  }
  return gradient;
}
