/** Counterexamples to be drawn: rectangles of cells. */

/** A cell of a drawing: what it holds, and what is to be seen about it. */
export interface DrawnCell {
  readonly text: string;
  readonly mark?: "centre" | "padding" | "head";
}

/** A rectangle of cells with a caption. */
export interface DrawnGrid {
  readonly caption: string;
  /** Shape: rows x columns. */
  readonly rows: readonly (readonly DrawnCell[])[];
}

/** What is drawn for an amendment: the instance, the printed reading, the amended one. */
export interface Drawing {
  readonly amendment: string;
  readonly instance: DrawnGrid;
  readonly printed: DrawnGrid;
  readonly amended: DrawnGrid;
}

/** Matrices that a line of text spells as "[a b; c d]", to be drawn as grids. */
export function matricesIn(text: string): DrawnCell[][][] {
  return [...text.matchAll(/\[([-\d/ ;]+)\]/g)].flatMap(([, inner = ""]) => {
    const rows = inner.split(";").map((row) => row.trim().split(/\s+/));
    const width = rows[0]?.length ?? 0;
    const isMatrix = rows.length > 1 && rows.every((row) => row.length === width && row.every((entry) => entry !== ""));
    return isMatrix ? [rows.map((row) => row.map((entry): DrawnCell => ({ text: entry })))] : [];
  });
}
