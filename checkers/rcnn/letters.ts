/**
 * The alphabet as a filter and the specification see it: at each place, classes of cells on which every gate of the filter
 * and every question of f-bar give the same answer.
 */
import type { Alphabet, AlphabetName } from "../../spec/rcnn/alphabet.js";
import { toUnits, type Cell, type CellCode } from "../../spec/rcnn/cell-code.js";
import type { CellFeatures } from "../../spec/rcnn/cell-rule.js";
import { CENTRE, PLACES, type Primitive, type CellFeature } from "../../spec/rcnn/patch.js";
import type { CellClass, GateTables } from "./gate-tables.js";
import { undecided, type Undecided } from "../verdict.js";

/** Most cell values of an alphabet that claims are decided over: the full one of 128 states has 177148. */
export const MAX_LETTERS = 200_000;

/** An alphabet past MAX_LETTERS is not even listed. The full one has 3^(K+1) + 1 values, the well-formed one 10 + 4s: few. */
export function checkAlphabetSize(code: CellCode, name: AlphabetName): Undecided | undefined {
  const count = 3 ** (code.lastIndex + 1) + 1;
  if (name !== "full" || count <= MAX_LETTERS) return undefined;
  const message = `the alphabet has ${count} cell values, more than the ${MAX_LETTERS} that are decided over`;
  return undecided("letters", message);
}

/** Cells of one place that nothing in the comparison tells apart, except that centre classes hold one cell each. */
export interface LetterClass extends CellClass {
  /** One of the cells; which one makes no difference. */
  readonly representative: Cell;
  /** How many cells. */
  readonly size: bigint;
  readonly answers: ReadonlyMap<CellFeature<Primitive>, Primitive>;
}

/** The cells of each place, in rising order of value. */
export function placeCells(letters: Alphabet): readonly (readonly Cell[])[] {
  return Array.from({ length: PLACES }, (_, place) => (place === CENTRE ? letters.centre : letters.neighbour));
}

/** The same in u-units. */
export function placeUnits(code: CellCode, cells: readonly (readonly Cell[])[]): readonly (readonly bigint[])[] {
  const known = new Map<readonly Cell[], readonly bigint[]>();
  return cells.map((ofPlace) => {
    const units = known.get(ofPlace) ?? ofPlace.map((cell) => toUnits(code, cell.value));
    known.set(ofPlace, units);
    return units;
  });
}

/** Splits the filter's classes further, by the answers to all questions; the centre is split into single cells. */
export function letterClasses(
  tables: GateTables,
  cells: readonly (readonly Cell[])[],
  questions: CellFeatures,
): readonly (readonly LetterClass[])[] {
  const ask = asker(questions);
  return tables.places.map((classes, place) =>
    classes.flatMap((merged) => split(merged, cells[place] as readonly Cell[], ask, place === CENTRE)),
  );
}

/** Classes of cells that f-bar does not tell apart, where no filter is given; or single cells. */
export function classesByAnswers(
  cells: readonly Cell[],
  questions: CellFeatures,
  single: boolean,
): readonly LetterClass[] {
  const all: CellClass = { letters: cells.map((_, i) => i), value: new Float64Array(0), slope: [] };
  return split(all, cells, asker(questions), single);
}

/** The answers of a cell to all questions, each asked once. */
interface Asker {
  readonly questions: readonly CellFeature<Primitive>[];
  readonly answersOf: (cell: Cell) => readonly Primitive[];
}

function asker(questions: CellFeatures): Asker {
  const list = Object.values(questions) as CellFeature<Primitive>[];
  const answered = new Map<Cell, readonly Primitive[]>();
  const answersOf = (cell: Cell): readonly Primitive[] => {
    const known = answered.get(cell) ?? list.map((question) => question.of(cell));
    answered.set(cell, known);
    return known;
  };
  return { questions: list, answersOf };
}

function split(merged: CellClass, cells: readonly Cell[], ask: Asker, single: boolean): LetterClass[] {
  const parts = new Map<string, number[]>();
  for (const letter of merged.letters) {
    const answers = ask.answersOf(cells[letter] as Cell);
    const key = single ? String(letter) : answers.map((a) => `${typeof a}:${String(a)}`).join();
    const part = parts.get(key);
    if (part === undefined) parts.set(key, [letter]);
    else part.push(letter);
  }
  return [...parts.values()].map((letters): LetterClass => {
    const representative = cells[letters[0] as number] as Cell;
    const answers = ask.answersOf(representative);
    return {
      ...merged,
      letters,
      representative,
      size: BigInt(letters.length),
      answers: new Map(ask.questions.map((question, i) => [question, answers[i]])),
    };
  });
}
