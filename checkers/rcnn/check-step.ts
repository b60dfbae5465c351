/**
 * Decides that a layer of f-bar is a step of the machine, for every grid and every number of layers at once.
 *
 * The argument. Call a grid *computing* if every cell is well-formed, in the compute phase, and exactly one carries a
 * head; it stands for the configuration that one reads off cell by cell. Claim: a layer turns a computing grid into a
 * computing grid, and reads off as the machine's next configuration. Both sides are local: the new content of a cell
 * depends on its patch alone, under f-bar by definition, and under the machine because a step changes only the head's
 * cell and places the head on that cell or a neighbour. So it is enough to check one cell at a time, with the head in
 * each possible place, next to each possible shape of border; all other cells range over everything that a computing
 * grid may hold there. By induction the t-th iterate reads off as the t-th configuration, on every grid and for every
 * t.
 *
 * Closure is the companion: at every well-formed patch, heads and phases in any mixture, f-bar gives a well-formed
 * cell. So no layer ever leaves the alphabet on which the filter was compared with f-bar.
 */
import { formatRational, type Rational } from "../../spec/exact/rational.js";
import { TAPE_SYMBOLS, type NormalMachine, type TapeSymbol } from "../../spec/machines/machine.js";
import { step, type Configuration } from "../../spec/machines/simulate.js";
import { alphabet, computeCells, headCells, patchCount, wellFormedCells } from "../../spec/rcnn/alphabet.js";
import { cellCode, cellFromValue, PADDING_CELL, type Cell, type CellCode } from "../../spec/rcnn/cell-code.js";
import { tapeCell, type TapeCell } from "../../spec/rcnn/configuration-code.js";
import { cellFeatures, outcomeValue, type CellFeatures } from "../../spec/rcnn/cell-rule.js";
import { CENTRE, PLACES } from "../../spec/rcnn/patch.js";
import { rejected, type Rejected, type Verdict, accepted } from "../verdict.js";
import { Work, withinWork } from "../work.js";
import { Ambiguous, specifiedOnBox, type Box } from "./box.js";
import { CellSet } from "./cell-set.js";
import { classesByAnswers, placeCells } from "./letters.js";

/**
 * Why a layer is not a step of the machine: a patch that f-bar does not map to a well-formed cell, one whose new
 * content other cells would change, or one that the machine maps elsewhere. Since both sides are definitions, each of
 * these would be a fault of theirs; "volume" would be one of this checker: boxes that do not add up to the alphabet.
 */
export type StepFault = "not-closed" | "not-local" | "wrong-step" | "volume";

/** Counts of the decision about the step. */
export interface StepResult {
  /** Well-formed patches at which f-bar gives a well-formed cell: all of them. */
  readonly closedPatches: bigint;
  /** Cells checked against the machine's step: 10692 s (see the closed formula in the tests). */
  readonly cases: number;
}

/** 10692 local cases a state, and its share of the closure. */
const STEPS_PER_STATE = 2 ** 21;

/** Checks closure on the well-formed alphabet, and the local step. */
export function checkStep(
  machine: NormalMachine,
  progress?: (done: number, total: number) => void,
  work: Work = new Work(),
): Verdict<StepFault, StepResult> {
  return withinWork(() => decide(machine, progress, work));
}

function decide(
  machine: NormalMachine,
  progress: ((done: number, total: number) => void) | undefined,
  work: Work,
): Verdict<StepFault, StepResult> {
  const code = cellCode(machine.states.length);
  work.spend(STEPS_PER_STATE * machine.states.length);
  const questions = cellFeatures(code, machine);
  const closed = checkClosure(code, questions);
  if (typeof closed !== "bigint") return closed;
  const cases = checkLocalStep(code, questions, machine, progress);
  if (typeof cases !== "number") return cases;
  return accepted({ closedPatches: closed, cases });
}

function checkClosure(code: CellCode, questions: CellFeatures): bigint | Rejected<StepFault> {
  const letters = alphabet(code, "well-formed");
  const wellFormed = new Set(wellFormedCells(code).map(({ value }) => formatRational(value)));
  const sets = placeCells(letters).map(
    (cells, place) => new CellSet(classesByAnswers(cells, questions, place === CENTRE)),
  );
  let volume = 0n;
  const visit = (box: Box): Rejected<StepFault> | undefined => {
    const outcome = specifiedOnBox(code, questions, box);
    if (outcome instanceof Ambiguous) {
      for (const part of (box[outcome.place] as CellSet).byAnswer(outcome.question)) {
        const failure = visit(box.with(outcome.place, part));
        if (failure !== undefined) return failure;
      }
      return undefined;
    }
    for (const { representative } of (box[CENTRE] as CellSet).members) {
      const next = formatRational(outcomeValue(outcome, representative));
      if (wellFormed.has(next)) continue;
      return rejected("not-closed", "machine.table", "f-bar leaves the well-formed cells", {
        patch: box.map((set, place) =>
          formatRational((place === CENTRE ? representative : set.members[0].representative).value),
        ),
        rule: outcome.rule,
        value: next,
      });
    }
    volume += box.reduce((product, set) => product * set.size, 1n);
    return undefined;
  };
  const failure = visit(sets);
  if (failure !== undefined) return failure;
  const patches = patchCount(letters);
  if (volume !== patches) {
    return rejected("volume", "machine.table", "the boxes do not add up to the alphabet", {
      visited: String(volume),
      patches: String(patches),
    });
  }
  return volume;
}

/** A small grid, and where the head is on it. */
interface HeadOnGrid {
  readonly rows: number;
  readonly columns: number;
  readonly headRow: number;
  readonly headColumn: number;
}

/** The same, and the cell of the grid that is looked at. */
interface Situation extends HeadOnGrid {
  readonly row: number;
  readonly column: number;
}

/** The most rows or columns on each side of the cell that is looked at: two stand for more. */
const FARTHEST = 2;

/**
 * Every way in which a cell can lie to the borders and to the head: on each side the border is next, one cell away or
 * further, and the head is on any cell of the grid so made. Heads farther away than that are like no head. A grid of up
 * to five by five cells is looked at in several cells, so the situations come grid by grid, and head by head.
 */
function* situations(): Generator<{ grid: HeadOnGrid; lookedAt: Situation[] }> {
  const lines = Array.from({ length: 2 * FARTHEST + 1 }, (_, i) => i + 1);
  for (const rows of lines) {
    for (const columns of lines) {
      const cells = near(rows).flatMap((row) => near(columns).map((column) => ({ row, column })));
      for (let head = 0; head < rows * columns; head++) {
        const grid = { rows, columns, headRow: Math.floor(head / columns), headColumn: head % columns };
        yield { grid, lookedAt: cells.map((cell) => ({ ...grid, ...cell })) };
      }
    }
  }
}

/** The lines, out of a given number, that have at most two before them and at most two after. */
function near(lines: number): number[] {
  return Array.from({ length: lines }, (_, i) => i).filter((i) => i <= FARTHEST && lines - 1 - i <= FARTHEST);
}

/** The place in the patch around the centre at which the head is, or undefined if it is outside of the patch. */
function headPlace({ row, column, headRow, headColumn }: Situation): number | undefined {
  const [r, c] = [headRow - row, headColumn - column];
  return Math.abs(r) <= 1 && Math.abs(c) <= 1 ? 3 * (r + 1) + (c + 1) : undefined;
}

/**
 * What f-bar leaves at the centre, as tape content; not a tape cell at all; or a question about a headless neighbour.
 */
type Seen = TapeCell | "no tape cell" | Ambiguous;

function checkLocalStep(
  code: CellCode,
  questions: CellFeatures,
  machine: NormalMachine,
  progress: ((done: number, total: number) => void) | undefined,
): number | Rejected<StepFault> {
  const plain = computeCells(code);
  const contentOf = memo((cell: Cell) => tapeCell(code, cell) as TapeCell);
  const bySymbol = TAPE_SYMBOLS.map(
    (symbol) => [symbol, plain.filter((cell) => contentOf(cell).symbol === symbol)] as const,
  );
  const heads = headCells(code).map((head) => ({ head, itself: [[contentOf(head).symbol, [head]]] as const }));
  const seenIn = localView(code, questions, plain);
  let cases = 0;
  const all = [...situations()];
  for (const [i, { grid, lookedAt }] of all.entries()) {
    progress?.(i, all.length);
    const views = lookedAt.map((situation) => {
      const place = headPlace(situation);
      return { situation, isHead: place === CENTRE, seen: seenIn(situation, place) };
    });
    for (const { head, itself } of heads) {
      const stepAmong = stepsOf(machine, grid, contentOf(head));
      for (const { situation, isHead, seen } of views) {
        const seenAround = seen(head);
        for (const [symbol, centres] of isHead ? itself : bySymbol) {
          const expected = contentAt(stepAmong(symbol), situation);
          for (const centre of centres) {
            const found = seenAround(centre);
            if (!isContent(found, expected)) return wrongStep(situation, head, centre, found, expected);
            cases++;
          }
        }
      }
    }
  }
  return cases;
}

/** f-bar at the centre of a situation; all headless neighbours range over every headless cell in the compute phase. */
function localView(code: CellCode, questions: CellFeatures, plain: readonly Cell[]) {
  const others = new CellSet(classesByAnswers(plain, questions, false));
  const outside = new CellSet(classesByAnswers([PADDING_CELL], questions, false));
  const only = memo((cell: Cell) => new CellSet(classesByAnswers([cell], questions, true)));
  const contents = new Map<string, Seen>();
  const contentOfValue = (value: Rational): Seen => {
    const name = formatRational(value);
    const content = contents.get(name) ?? tapeCell(code, cellFromValue(code, value)) ?? "no tape cell";
    contents.set(name, content);
    return content;
  };
  const views = new Map<string, (head: Cell) => (centre: Cell) => Seen>();
  return (situation: Situation, place: number | undefined): ((head: Cell) => (centre: Cell) => Seen) => {
    const { rows, columns, row, column } = situation;
    const onGrid = Array.from({ length: PLACES }, (_, p) => {
      const [r, c] = [row + Math.floor(p / 3) - 1, column + (p % 3) - 1];
      return r >= 0 && r < rows && c >= 0 && c < columns;
    });
    // What the patch shows depends on no more than this, so it is computed once for all situations that share it.
    const key = `${onGrid.join()};${place}`;
    const view =
      views.get(key) ??
      memo((shown: Cell) =>
        memo((middle: Cell): Seen => {
          const box = onGrid.map((inside, p) => {
            if (!inside) return outside;
            return p === place ? only(shown) : p === CENTRE ? only(middle) : others;
          });
          const outcome = specifiedOnBox(code, questions, box);
          if (outcome instanceof Ambiguous) return outcome;
          return contentOfValue(outcomeValue(outcome, middle));
        }),
      );
    views.set(key, view);
    // A head outside of the patch is not seen: any cell will do for it.
    return place === undefined ? () => view(PADDING_CELL) : view;
  };
}

function memo<Key extends object, Value>(of: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    if (!known.has(key)) known.set(key, of(key));
    return known.get(key) as Value;
  };
}

/**
 * The machine's step on a grid, by the symbol that all cells but the head's hold. One run serves every cell that is
 * looked at: what the step leaves in a cell is read where it leaves it, whatever the others hold.
 */
function stepsOf(machine: NormalMachine, grid: HeadOnGrid, head: TapeCell): (symbol: TapeSymbol) => Configuration {
  const { rows, columns, headRow, headColumn } = grid;
  const known = new Map<TapeSymbol, Configuration>();
  return (symbol) => {
    let after = known.get(symbol);
    if (after === undefined) {
      const tape = Array.from({ length: rows * columns }, () => symbol);
      tape[headRow * columns + headColumn] = head.symbol;
      after = step(machine, { rows, columns, tape, headRow, headColumn, state: head.state as number });
      known.set(symbol, after);
    }
    return after;
  };
}

/** The content of the cell in question in a configuration. */
function contentAt(after: Configuration, { row, column }: Situation): TapeCell {
  const isHere = after.headRow === row && after.headColumn === column;
  return {
    symbol: after.tape[row * after.columns + column] as TapeSymbol,
    state: isHere ? after.state : undefined,
  };
}

function isContent(seen: Seen, { symbol, state }: TapeCell): boolean {
  if (seen === "no tape cell" || seen instanceof Ambiguous) return false;
  return seen.symbol === symbol && seen.state === state;
}

function wrongStep(
  situation: Situation,
  head: Cell,
  centre: Cell,
  seen: Seen,
  expected: TapeCell,
): Rejected<StepFault> {
  const witness = { ...situation, head: formatRational(head.value), centre: formatRational(centre.value) };
  if (seen instanceof Ambiguous) {
    const message = `the new cell depends on "${seen.question.name}" at place ${seen.place}, which carries no head`;
    return rejected("not-local", "machine.table", message, witness);
  }
  return rejected("wrong-step", "machine.table", "the new cell is not what the machine's step leaves there", {
    ...witness,
    expected: JSON.stringify(expected),
    actual: JSON.stringify(seen),
  });
}
