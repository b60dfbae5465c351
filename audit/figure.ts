/** Figures of growth: exact numbers as curves over a size s, placed by their logarithms. */

/** A point of a curve; y is shown as `label` and placed by its natural logarithm. */
export interface GrowthPoint {
  readonly s: number;
  readonly label: string;
  readonly log: number;
}

/** A curve; "paper" is what the paper states, "built" what this construction has, "literal" what its proof would need. */
export interface GrowthCurve {
  readonly name: string;
  readonly kind: "paper" | "built" | "literal";
  readonly points: readonly GrowthPoint[];
}

/** A figure: curves over s, both axes logarithmic. */
export interface GrowthFigure {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  readonly curves: readonly GrowthCurve[];
}
