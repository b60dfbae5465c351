/**
 * The wave of Lemma 3 as rows: which kinds of rows follow one another while a row is memorized, and what each becomes.
 *
 * While Algorithm 1 makes its step tau, all cells of a row (padding columns left aside) are in the same situation:
 * memorized before ("S", +-1/3), in the memory phase ("M", -3^-2), or still zero ("Z"). Before the first layer the grid
 * reads S...SZ...Z with at least one Z, the first Z in row tau; after it, S...SM...MZ...Z with at least one M. Beyond
 * both ends is p ("O").
 */

/** The situation of a row during a step of Algorithm 1: memorized before, in the memory phase, still zero. */
export type RowKind = "S" | "M" | "Z";

/** Three rows that follow one another in some grid of a family, and what becomes of the middle one. */
export interface RowWindow {
  readonly above: RowKind | "O";
  readonly row: RowKind;
  readonly below: RowKind | "O";
  readonly next: RowKind;
  /** The derivative of the row's new cells by its old ones. */
  readonly slope: 0 | 1;
}

/** The rows of a grid of `rows` rows after `layer` layers of step tau, by Lemma 3's closed form (rows count from 1). */
export function rowsAfter(rows: number, tau: number, layer: number): RowKind[] {
  return Array.from({ length: rows }, (_, i): RowKind => {
    const distance = Math.abs(i + 1 - tau);
    if (distance < layer) return "M";
    return i + 1 < tau ? "S" : "Z";
  });
}

/**
 * What Lemma 3 says becomes of a row, from its neighbours alone: the memory phase spreads up and down by one row per
 * layer; it starts in a row of zeros below a memorized row or below the edge.
 */
export function nextRow(above: RowKind | "O", row: RowKind, below: RowKind | "O"): Pick<RowWindow, "next" | "slope"> {
  if (row === "M") return { next: "M", slope: 1 };
  if (row === "Z" && (above === "O" || above === "S")) return { next: "M", slope: 1 };
  if (above === "M" || below === "M") return { next: "M", slope: 0 };
  return { next: row, slope: 0 };
}

/**
 * Every window of three rows that occurs in a grid of any height, at any step and layer.
 *
 * Each grid is a word of S*Z+ or S*M+Z*. A window sees three neighbouring letters; shortening a run of equal letters
 * outside of it, or a run inside of it to three, changes nothing that it sees, so words of at most MAX_WORD letters
 * show all windows.
 */
export function rowWindows(): RowWindow[] {
  const windows = new Map<string, RowWindow>();
  for (let rows = 1; rows <= MAX_WORD; rows++) {
    for (let tau = 1; tau <= rows; tau++) {
      for (let layer = 0; layer <= rows; layer++) {
        const word = ["O", ...rowsAfter(rows, tau, layer), "O"] as const;
        for (let i = 1; i <= rows; i++) {
          const [above, row, below] = [word[i - 1], word[i], word[i + 1]] as [RowKind | "O", RowKind, RowKind | "O"];
          windows.set(above + row + below, { above, row, below, ...nextRow(above, row, below) });
        }
      }
    }
  }
  return [...windows.values()];
}

/** Three runs of at most three letters each. */
export const MAX_WORD = 9;

/** How the rows of a grid with a given height run through the layers of one step, by a rule alone. */
export interface WaveReplay {
  /** Whether every layer agrees with rowsAfter, and the product of slopes is 1 in row tau and 0 in all others. */
  readonly agrees: boolean;
  /** Layers until all rows are in the memory phase. */
  readonly layers: number;
}

/** Follows the rows of one grid by a rule until nothing changes, and compares every layer with the closed form. */
export function replayWave(rows: number, tau: number, rule: typeof nextRow = nextRow): WaveReplay {
  let current = rowsAfter(rows, tau, 0);
  const slopes = current.map(() => 1);
  let agrees = true;
  let layers = 0;
  while (current.some((row) => row !== "M") && layers <= rows) {
    const before = current;
    const moved = before.map((row, i) => rule(before[i - 1] ?? "O", row, before[i + 1] ?? "O"));
    for (const [i, { slope }] of moved.entries()) slopes[i] = (slopes[i] as number) * slope;
    current = moved.map(({ next }) => next);
    layers++;
    agrees &&= current.join("") === rowsAfter(rows, tau, layers).join("");
  }
  return { agrees: agrees && slopes.every((slope, i) => slope === (i + 1 === tau ? 1 : 0)), layers };
}
