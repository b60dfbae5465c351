/**
 * The alphabet as a filter and the specification see it: at each place, classes of cells on which every gate of the filter
 * and every question of f-bar give the same answer.
 */
import type { Alphabet } from "../../spec/rcnn/alphabet.js";
import { toUnits, type Cell, type CellCode } from "../../spec/rcnn/cell-code.js";
import type { FilterQuestions } from "../../spec/rcnn/filter.js";
import { CENTRE, PLACES, type Primitive, type Question } from "../../spec/rcnn/patch.js";
import type { CellClass, GateTables } from "./gate-tables.js";

/** Cells of one place that nothing in the comparison tells apart, except that centre classes hold one cell each. */
export interface LetterClass extends CellClass {
  /** One of the cells; which one makes no difference. */
  readonly representative: Cell;
  /** How many cells. */
  readonly size: bigint;
  readonly answers: ReadonlyMap<Question<Primitive>, Primitive>;
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
  questions: FilterQuestions,
): readonly (readonly LetterClass[])[] {
  const list = Object.values(questions) as Question<Primitive>[];
  const answered = new Map<Cell, readonly Primitive[]>();
  const answersOf = (cell: Cell): readonly Primitive[] => {
    const known = answered.get(cell);
    if (known !== undefined) return known;
    const answers = list.map((question) => question.of(cell));
    answered.set(cell, answers);
    return answers;
  };
  return tables.places.map((classes, place) =>
    classes.flatMap((merged) => {
      const parts = new Map<string, number[]>();
      for (const letter of merged.letters) {
        const cell = cells[place]?.[letter] as Cell;
        const key =
          place === CENTRE
            ? String(letter)
            : answersOf(cell)
                .map((a) => `${typeof a}:${String(a)}`)
                .join(";");
        const part = parts.get(key);
        if (part === undefined) parts.set(key, [letter]);
        else part.push(letter);
      }
      return [...parts.values()].map((letters): LetterClass => {
        const representative = cells[place]?.[letters[0] as number] as Cell;
        const answers = answersOf(representative);
        return {
          ...merged,
          letters,
          representative,
          size: BigInt(letters.length),
          answers: new Map(list.map((question, i) => [question, answers[i]])),
        };
      });
    }),
  );
}
