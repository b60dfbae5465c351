/** What explain says of a row, or of a number in it; printed as it is with --json. Numbers are in u-units unless said otherwise. */
import type { RuleLine } from "../../../spec/rcnn/cell-rule.js";

/** A line of V4 that a row belongs to. */
export interface Served {
  readonly term: string;
  /** What the line adds to the new cell, in words. */
  readonly about: string;
  /** The lines of f-bar at whose patches it is needed. */
  readonly rules: readonly RuleLine[];
}

/** A property of a cell that a row sums, or has as its value, in words. */
export interface Reading {
  readonly place: string;
  readonly reading: string;
  readonly weight: string;
}

/** What a row, or its summand of one place, is at some cells. */
export interface Span {
  readonly place: string;
  /** In words. */
  readonly cells: string;
  readonly count: number;
  /** A number, or a formula in u. */
  readonly value: string;
}

/** A number of a row that leads to another matrix. */
export interface Link {
  readonly to: string;
  readonly weight: string;
}

/** A patch, drawn as the witnesses of check are, and what happens at it. */
export interface Example {
  /** Nine cell values in x-units. */
  readonly patch: readonly string[];
  /** What is not plain about it: the cells that are not blank in the compute phase, in words. */
  readonly cells: readonly { readonly place: string; readonly cell: string }[];
  /** The row's value; of a ReLU, before it is cut off at 0. */
  readonly value: string;
  /** What it adds to the new cell, through the matrices that follow, in x-units; null in V1 and V2. */
  readonly adds: string | null;
  /** The line of f-bar that applies, and the new cell in x-units. */
  readonly rule: RuleLine;
  readonly newCell: string;
}

/** What is said of a row, or of a number in it. */
export interface Explanation {
  /** V3[17][4] */
  readonly address: string;
  /** filter.layers[2].rows[17][4] */
  readonly path: string;
  /** One sentence. */
  readonly what: string;
  /** Empty where the construction's names do not apply. */
  readonly serves: readonly Served[];
  readonly bias: string;
  readonly entries: readonly Link[];
  /** Rows of the next matrix that read this one. */
  readonly usedBy: readonly Link[];
  readonly readings: readonly Reading[];
  readonly spans: readonly Span[];
  /** When a ReLU is on, or a function is not 0; null where that is not known or nothing is ever off. */
  readonly on: {
    readonly patches: string;
    readonly of: string;
    /** Places at which not every cell allows it. */
    readonly only: readonly { readonly place: string; readonly cells: string }[];
  } | null;
  readonly example: Example | null;
  /** What could not be told, and why. */
  readonly notes: readonly string[];
}

/** A matrix in the table that is shown without an address. */
export interface MatrixSummary {
  readonly name: string;
  readonly path: string;
  readonly rows: number;
  readonly relu: boolean;
  readonly groups: readonly RowGroup[];
}

/** Rows of a matrix that belong together. */
export interface RowGroup {
  /** "0 ... 4", "7". */
  readonly rows: string;
  readonly count: number;
  readonly about: string;
}
