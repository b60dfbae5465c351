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

/** What s is, in a figure. */
export interface GrowthAxis {
  /** Below the axis. */
  readonly label: string;
  /** In tables and tooltips. */
  readonly name: string;
  /** How a value is written. */
  readonly tick: (s: number) => string;
}

/** s as the number of a machine's states. */
export const STATES_AXIS: GrowthAxis = { label: "s, states of the machine", name: "s", tick: String };

/** A figure: curves over s, both axes logarithmic. */
export interface GrowthFigure {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  /** STATES_AXIS if absent. */
  readonly axis?: GrowthAxis;
  readonly curves: readonly GrowthCurve[];
}
