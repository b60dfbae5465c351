/** Lemmas 3 and 4, for every d, m, number of padding columns, L >= m + 1 and training set (LEARNING.md). */
import { outcomeAt, valueOf } from "./rcnn-definition.js";
import { reject } from "./rcnn-codes.js";
import { CENTRE, type Cells, type Letter } from "./rcnn-machine.js";
import { train, type Example, type HeadAt, type Learner } from "./rcnn-training.js";

/** `memorization` of the verdicts: windows of rows and columns, patches, waves and training sets that were tried. */
export interface MemorizationCounts {
  readonly rowWindows: number;
  readonly columnWindows: number;
  readonly patches: number;
  readonly waves: number;
  readonly trainingSets: number;
}

/** The main part of a row: memorized, in the memory phase, or still zero; or there is no row. */
type RowKind = "S" | "M" | "Z" | "O";
type Window<Kind> = readonly [before: Kind, here: Kind, after: Kind];

const COLUMN_WINDOWS = ["Odd", "Odn", "ddd", "ddn", "dnn", "dnO", "nnn", "nnO"];
const MOST_ROWS = 32;
const TRAINING_SIZES = [[1, 1], [1, 2], [2, 1], [2, 2], [3, 1], [1, 3]] as const; // prettier-ignore

/** Whether a layer leaves a row in the memory phase. */
function isReached([above, row, below]: Window<RowKind>): boolean {
  return row === "M" || above === "M" || below === "M" || isFirst([above, row, below]);
}

/** Whether a row is the first one that is still zero, before a layer. */
function isFirst([above, row]: Window<RowKind>): boolean {
  return row === "Z" && (above === "S" || above === "O");
}

/** The derivative of a layer by a main cell of a row. */
function slopeOf(window: Window<RowKind>): 0 | 1 {
  return window[1] === "M" || isFirst(window) ? 1 : 0;
}

function windowsOf(word: readonly RowKind[]): Window<RowKind>[] {
  return word.map((row, i) => [word[i - 1] ?? "O", row, word[i + 1] ?? "O"]);
}

/** The row windows of S^a Z^b and S^a M^b Z^c, b >= 1; runs of three rows show all of them. */
function rowWindows(): Map<string, Window<RowKind>> {
  const windows = new Map<string, Window<RowKind>>();
  const upTo = [0, 1, 2, 3];
  const run = (kind: RowKind, length: number): RowKind[] => Array.from({ length }, () => kind);
  for (const a of upTo) {
    for (const b of upTo.slice(1)) {
      const words = upTo.map((c) => [...run("S", a), ...run("M", b), ...run("Z", c)]);
      words.push([...run("S", a), ...run("Z", b)]);
      for (const window of words.flatMap(windowsOf)) windows.set(window.join(""), window);
    }
  }
  return windows;
}

/** Decides Lemmas 3 and 4 and returns the counts; ends the check with "memorization" where one fails. */
export function decideMemorization(cells: Cells, learner: Learner): MemorizationCounts {
  const { from, one, head } = learner;
  const letter = (u: bigint): Letter => from.letters[from.numberOf(u)] as Letter;
  const padding = from.letters.at(-1) as Letter;
  const memory = letter(-one / 9n);
  const contents = { S: [letter(one / 3n), letter(-one / 3n)], M: [memory], Z: [letter(0n)] };
  const windows = rowWindows();
  let patches = 0;
  for (const rows of windows.values()) {
    for (const columns of COLUMN_WINDOWS) {
      const choices = rows.flatMap((row) =>
        Array.from(columns, (column): readonly Letter[] =>
          row === "O" || column === "O" ? [padding] : column === "n" ? [letter(one)] : contents[row],
        ),
      );
      for (const patch of product(choices)) {
        patches++;
        const centre = patch[CENTRE] as Letter;
        const outcome = outcomeAt(patch);
        const isMain = columns[1] === "d";
        const wanted = isMain && isReached(rows) ? memory.u : centre.u;
        const path = `rows ${rows.join("")}, columns ${columns}, patch ${patch.map(({ u }) => u).join(" ")}`;
        if (valueOf(cells, outcome, centre) !== wanted) reject("memory-value", "f-bar", path);
        if (outcome.slope !== (isMain ? slopeOf(rows) : 0)) reject("memory-derivative", "f-bar", path);
      }
    }
  }
  // Before a step F is 0 at each cell, with derivative 1; so W changes by 6 Y z = y z omega / 3.
  const [value, slope] = head[from.numberOf(memory.u)] as HeadAt;
  if (value !== 0 || slope !== 1) reject("memory-head", "f-bar_head", `at -1/9: ${value}, derivative ${slope}`);
  if (6n * (one / 18n) !== one / 3n) reject("memory-step", "f-bar_head", "a step does not write a row");
  return {
    rowWindows: windows.size,
    columnWindows: COLUMN_WINDOWS.length,
    patches,
    waves: decideWaves(windows),
    trainingSets: decideTrainingSets(learner),
  };
}

/** All ways to take one element of each list. */
function product<Item>(lists: readonly (readonly Item[])[]): Item[][] {
  return lists.reduce<Item[][]>((found, list) => found.flatMap((some) => list.map((item) => [...some, item])), [[]]);
}

/** As many layers as there are rows reach all of them, and only the row of step tau keeps its derivative. */
function decideWaves(windows: ReadonlyMap<string, unknown>): number {
  let waves = 0;
  for (let rows = 1; rows <= MOST_ROWS; rows++) {
    for (let tau = 1; tau <= rows; tau++) {
      let word = Array.from({ length: rows }, (_, i): RowKind => (i < tau - 1 ? "S" : "Z"));
      let slopes = word.map(() => 1);
      for (let layer = 1; layer <= rows; layer++) {
        const seen = windowsOf(word);
        const stranger = seen.find((window) => !windows.has(window.join("")));
        if (stranger !== undefined) reject("memory-wave", "rows", `${stranger.join("")} in layer ${layer} of ${rows}`);
        slopes = slopes.map((slope, i) => slope * slopeOf(seen[i] as Window<RowKind>));
        word = word.map((row, i) => (isReached(seen[i] as Window<RowKind>) ? "M" : row));
      }
      if (word.some((row) => row !== "M") || slopes.some((slope, i) => slope !== (i === tau - 1 ? 1 : 0)))
        reject("memory-wave", "rows", `${rows} rows, step ${tau}`);
      waves++;
    }
  }
  return waves;
}

/** Whole training sets, replayed with one padding column. */
function decideTrainingSets(learner: Learner): number {
  let sets = 0;
  for (const [d, m] of TRAINING_SIZES) {
    const signs = Array.from({ length: m * (d + 1) }, () => [-1, 1]);
    for (const bits of product(signs)) {
      const examples = Array.from({ length: m }, (_, i): Example => {
        const line = bits.slice(i * (d + 1), (i + 1) * (d + 1));
        return [line.slice(0, d), line[d] as number];
      });
      train(learner, { d, m, columns: 1, layers: m + 2 }, examples, { cells: 0 }, "memory-replay");
      sets++;
    }
  }
  return sets;
}
