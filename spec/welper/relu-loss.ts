/** Losses on a simplex that are one layer of ReLUs: l(x) = constant + sum of out * ReLU(bias + <entries, x>). All integers. */

/** out * ReLU(bias + sum of weight * x[column]). Columns rise, no weight is 0. */
export interface ReluUnit {
  readonly out: number;
  readonly bias: number;
  readonly entries: readonly (readonly [column: number, weight: number])[];
}

/** What a ReLU gets at the vertex e_v. */
export function atVertex({ bias, entries }: ReluUnit, vertex: number): number {
  return bias + (entries.find(([column]) => column === vertex)?.[1] ?? 0);
}

/** A point of the simplex over a common denominator: coordinate v is point[v] / denominator. */
export interface ScaledPoint {
  readonly denominator: number;
  readonly coordinates: ReadonlyMap<number, number>;
}

/** The sum of units at a point, times the point's denominator. */
export function valueAtPoint(units: readonly ReluUnit[], { denominator, coordinates }: ScaledPoint): number {
  let sum = 0;
  for (const { out, bias, entries } of units) {
    let inner = bias * denominator;
    for (const [column, weight] of entries) inner += weight * (coordinates.get(column) ?? 0);
    sum += out * Math.max(0, inner);
  }
  return sum;
}

/** e_vw^mu = (1 - mu) e_v + mu e_w, mu = numerator / denominator. */
export function cornerPoint(v: number, w: number, numerator: number, denominator: number): ScaledPoint {
  return {
    denominator,
    coordinates:
      v === w
        ? new Map([[v, denominator]])
        : new Map([
            [v, denominator - numerator],
            [w, numerator],
          ]),
  };
}

/**
 * The one-sided derivatives at e_v in the directions e_w - e_v, for all w < vertices: each ReLU at its kink counts as its one-sided
 * derivative, so this is the paper's definition also where the loss has a kink at e_v.
 */
export function derivativesAtVertex(units: readonly ReluUnit[], v: number, vertices: number): number[] {
  const derivatives = Array.from({ length: vertices }, () => 0);
  for (const unit of units) {
    const here = atVertex(unit, v);
    if (here < 0) continue;
    const own = here - unit.bias;
    const other = new Map(unit.entries);
    for (let w = 0; w < vertices; w++) {
      const slope = (other.get(w) ?? 0) - own;
      derivatives[w] = (derivatives[w] as number) + unit.out * (here > 0 ? slope : Math.max(0, slope));
    }
  }
  return derivatives;
}
