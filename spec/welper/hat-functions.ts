/**
 * The functions of appendix A on the standard simplex with m vertices, as the paper writes them and in a form of few integers. On the
 * simplex, whose coordinates add up to 1, both are the same functions; outside they are not, and nothing is asked of them there.
 */
import { ONE, ZERO, rational, type Rational } from "../exact/rational.js";
import type { ReluUnit } from "./relu-loss.js";

/** A ReLU with rational numbers: out * ReLU(<normal, x> - offset). */
export interface RationalUnit {
  readonly out: Rational;
  /** shape: m */
  readonly normal: readonly Rational[];
  readonly offset: Rational;
}

/** Lemma A.1 as printed: l_v^mu. */
export function hatPrinted(m: number, v: number, mu: Rational): RationalUnit {
  const scale = mu.mul(rational(BigInt(m)));
  const normal = Array.from({ length: m }, (_, w) => (w === v ? rational(BigInt(m - 1)) : rational(-1n)).div(scale));
  const offset = ONE.sub(mu)
    .mul(rational(BigInt(m)))
    .sub(ONE)
    .div(scale);
  return { out: ONE, normal, offset };
}

/** Lemma A.2 as printed: l_vw, one ReLU and two of Lemma A.1. */
export function edgePrinted(m: number, v: number, w: number): RationalUnit[] {
  const barycentre = rational(4n, BigInt(m));
  const normal = Array.from({ length: m }, (_, u) => (u === v || u === w ? rational(2n) : ZERO).sub(barycentre));
  const minus = (unit: RationalUnit): RationalUnit => ({ ...unit, out: rational(-1n) });
  const half = rational(1n, 2n);
  return [
    { out: ONE, normal, offset: ONE.sub(barycentre) },
    minus(hatPrinted(m, v, half)),
    minus(hatPrinted(m, w, half)),
  ];
}

/**
 * Lemma A.3: l_vw^mu, 1 at e_v and 0 at (1 - mu) e_v + mu e_w and at (e_v + e_u) / 2 for all other u. The lemma gives no formula; these
 * m values fix the affine function inside: x_v + (1 - 1/mu) x_w - sum of the other x_u.
 */
export function sidedPrinted(m: number, v: number, w: number, mu: Rational): RationalUnit {
  const normal = Array.from({ length: m }, (_, u) => (u === v ? ONE : u === w ? ONE.sub(ONE.div(mu)) : rational(-1n)));
  return { out: ONE, normal, offset: ZERO };
}

/** (34) as printed: l_vw + l_v^(1/2) - l_vw^(1/4), with all their ReLUs. */
export function profilePrinted(m: number, v: number, w: number): RationalUnit[] {
  const sided = sidedPrinted(m, v, w, rational(1n, 4n));
  return [...edgePrinted(m, v, w), hatPrinted(m, v, rational(1n, 2n)), { ...sided, out: rational(-1n) }];
}

/** The value at a point. @param point shape: m */
export function rationalValue(units: readonly RationalUnit[], point: readonly Rational[]): Rational {
  return units.reduce((sum, { out, normal, offset }) => {
    const inner = normal.reduce((inside, n, u) => inside.add(n.mul(point[u] ?? ZERO)), ZERO).sub(offset);
    return inner.s < 0n ? sum : sum.add(out.mul(inner));
  }, ZERO);
}

/** out * l_v^mu with mu = 1 / inverse: ReLU(inverse x_v + 1 - inverse). */
export function hat(v: number, inverse: number, out = 1): ReluUnit[] {
  return [{ out, bias: 1 - inverse, entries: [[v, inverse]] }];
}

/** out * l_vw of Lemma A.2: ReLU(2 x_v + 2 x_w - 1) - ReLU(2 x_v - 1) - ReLU(2 x_w - 1). */
export function edge(v: number, w: number, out = 1): ReluUnit[] {
  return [{ out, bias: -1, entries: inOrder(v, 2, w, 2) }, ...hat(v, 2, -out), ...hat(w, 2, -out)];
}

/** out * l_vw^(1/4) of Lemma A.3: ReLU(2 x_v - 2 x_w - 1). */
export function sided(v: number, w: number, out = 1): ReluUnit[] {
  return [{ out, bias: -1, entries: inOrder(v, 2, w, -2) }];
}

/** out * (34): ReLU(2 x_v + 2 x_w - 1) - ReLU(2 x_w - 1) - ReLU(2 x_v - 2 x_w - 1). */
export function profile(v: number, w: number, out = 1): ReluUnit[] {
  return [{ out, bias: -1, entries: inOrder(v, 2, w, 2) }, ...hat(w, 2, -out), ...sided(v, w, -out)];
}

function inOrder(v: number, a: number, w: number, b: number): (readonly [number, number])[] {
  return v < w
    ? [
        [v, a],
        [w, b],
      ]
    : [
        [w, b],
        [v, a],
      ];
}
