/**
 * f-bar_Conv2D and its Jacobian (B.2, in the amended reading) as SMT-LIB definitions over the nine cells x0 ... x8 of a patch, in
 * u-units. They are made from the machine's table and from what spec/ answers about each letter, never from a filter.
 */
import { rational, ZERO, type Rational } from "../../spec/exact/rational.js";
import { MOVE_OFFSETS, type Move, type NormalMachine } from "../../spec/machines/machine.js";
import { alphabet, type AlphabetName } from "../../spec/rcnn/alphabet.js";
import {
  headValue,
  PHASE,
  PHASE_VALUE,
  symbolValue,
  toUnits,
  type Cell,
  type CellCode,
} from "../../spec/rcnn/cell-code.js";
import { cellFeatures } from "../../spec/rcnn/cell-rule.js";
import { CENTRE, placeIndex, PLACES, type Offset } from "../../spec/rcnn/patch.js";
import type { Definition, Section } from "../smt/script.js";
import { affine, and, equal, ite, numeral, or, ZERO_TERM, type Term } from "../smt/terms.js";

const ONE_TERM = numeral(rational(1n));
const [ABOVE, LEFT, RIGHT, BELOW] = [placeIndex(-1, 0), placeIndex(0, -1), placeIndex(0, 1), placeIndex(1, 0)] as const;

/** The cells that f-bar_TM asks for a head after the centre, in its order, and the move by which that head comes. */
const HEADS: readonly (readonly [place: number, towards: Move])[] = [
  [BELOW, "up"],
  [ABOVE, "down"],
  [RIGHT, "left"],
  [LEFT, "right"],
];

/** The letters of the nine places, and how a script speaks of them. */
export interface SmtLetters {
  /** x0 ... x8 */
  readonly variables: readonly string[];
  /** Shape: 9 x letters; rising. */
  readonly cells: readonly (readonly Cell[])[];
  /** The same in u-units. */
  readonly units: readonly (readonly Rational[])[];
  readonly section: Section;
  /** For each place: its cell is a letter. */
  readonly assertions: readonly Term[];
  /** Whether the cell of a place is one of some letters, given by their indices. */
  readonly isOneOf: (place: number, letters: readonly number[]) => Term;
}

/** The letters of an alphabet. */
export function smtLetters(code: CellCode, name: AlphabetName): SmtLetters {
  const { centre, neighbour } = alphabet(code, name);
  const cells = Array.from({ length: PLACES }, (_, place) => (place === CENTRE ? centre : neighbour));
  const units = cells.map((ofPlace) => ofPlace.map(({ value }) => rational(toUnits(code, value))));
  const variables = cells.map((_, place) => `x${place}`);
  const isLetter = (place: number, letter: number): Term => `cell${place}-${letter}`;
  const isOneOf = (place: number, letters: readonly number[]): Term =>
    or(...letters.map((letter) => isLetter(place, letter)));
  return {
    variables,
    cells,
    units,
    section: {
      heading: [
        "Cells. The nine cells of a patch are x0 ... x8, row by row; x4 is the centre, x1 is above it, x3 left, x5 right, x7 below.",
        "cellP-I says that xP is letter I of place P, counted from the least. The letters are all different.",
      ],
      definitions: units.flatMap((ofPlace, place) =>
        ofPlace.map((u, letter): Definition => ({
          name: isLetter(place, letter),
          sort: "Bool",
          term: equal(`x${place}`, numeral(u)),
        })),
      ),
    },
    assertions: cells.map((ofPlace, place) =>
      isOneOf(
        place,
        ofPlace.map((_, letter) => letter),
      ),
    ),
    isOneOf,
  };
}

/**
 * A term that has a value for each letter of a place: a cascade of ite over the letters with equal values, the commonest value
 * last and without a test.
 */
export function termByLetter(letters: SmtLetters, place: number, values: readonly Term[]): Term {
  const groups = new Map<Term, number[]>();
  for (const [letter, value] of values.entries()) {
    const group = groups.get(value);
    if (group === undefined) groups.set(value, [letter]);
    else group.push(letter);
  }
  const [last, ...tested] = [...groups].sort(([, a], [, b]) => b.length - a.length);
  const otherwise = last?.[0] ?? ZERO_TERM;
  return tested.reduce((rest, [value, group]) => ite(letters.isOneOf(place, group), value, rest), otherwise);
}

/** f-bar, and its derivative by the centre under the name f-bar-slope; the derivatives by the other eight cells are 0. */
export function smtSpecification(code: CellCode, machine: NormalMachine, letters: SmtLetters): readonly Section[] {
  const units = (value: Rational): Rational => rational(toUnits(code, value));
  const plus = (value: Rational): Term => affine(units(value), [["x4", rational(1n)]]);
  const memorized = numeral(units(PHASE_VALUE.neg()));
  const messagePassing = [
    ["msg-1", memorized],
    ["msg-2", memorized],
    ["msg-3", plus(PHASE_VALUE.add(headValue(code, 0)))],
    ["msg-4", plus(PHASE_VALUE)],
  ] as const;
  const step = [
    ["head4", "left-behind"],
    ...HEADS.map(([place]) => [`head${place}`, `(+ x4 arriving${place})`] as const),
  ] as const;
  const firstOf = (lines: readonly (readonly [condition: Term, value: Term])[]): Term =>
    lines.reduceRight((rest, [condition, value]) => ite(condition, value, rest), "x4");
  return [
    questionsAsked(code, machine, letters),
    headsMoved(code, machine, letters),
    {
      heading: [
        "f-bar_Conv2D as B.2 gives it: f-bar-msg where the phase of the centre is unknown, f-bar-tm where it computes, else the centre.",
        "In both, the first line applies whose condition holds.",
      ],
      definitions: [
        definition("msg-1", "Bool", and("zero4", or("padding1", "symbol1"))),
        definition("msg-2", "Bool", or("memory1", "memory7")),
        definition("msg-3", "Bool", and("symbol4", "one5", "padding7")),
        definition("msg-4", "Bool", or(...[ABOVE, BELOW, LEFT, RIGHT].map((place) => `compute${place}`))),
        definition("f-bar-msg", "Real", firstOf(messagePassing)),
        definition("f-bar-tm", "Real", firstOf(step)),
        definition("f-bar", "Real", ite("unknown4", "f-bar-msg", ite("compute4", "f-bar-tm", "x4"))),
      ],
    },
    {
      heading: ["The derivative of f-bar by the centre; those by the other eight cells are 0."],
      definitions: [
        definition("f-bar-slope", "Real", ite(or("memory4", and("unknown4", "msg-1")), ONE_TERM, ZERO_TERM)),
      ],
    },
  ];
}

function definition(name: string, sort: Definition["sort"], term: Term): Definition {
  return { name, sort, term };
}

/** What f-bar asks of single cells, answered letter by letter. */
function questionsAsked(code: CellCode, machine: NormalMachine, letters: SmtLetters): Section {
  const { isPadding, isZero, isOne, symbol, phase, headMove } = cellFeatures(code, machine);
  const questions: readonly (readonly [name: string, holds: (cell: Cell) => boolean])[] = [
    ["padding", (cell) => isPadding.of(cell)],
    ["zero", (cell) => isZero.of(cell)],
    ["one", (cell) => isOne.of(cell)],
    ["symbol", (cell) => symbol.of(cell) === 1 || symbol.of(cell) === -1],
    ["unknown", (cell) => phase.of(cell) === PHASE.unknown],
    ["memory", (cell) => phase.of(cell) === PHASE.memory],
    ["compute", (cell) => phase.of(cell) === PHASE.compute],
    ["head", (cell) => headMove.of(cell) !== undefined],
  ];
  return {
    heading: [
      "What f-bar asks of the cell of a place: is it p, 0, 1 (in x-units); is its symbol, digit 1, not 0; is its phase, digit 2,",
      "0 (unknown), -1 (memory) or 1 (compute); does it carry a head.",
    ],
    definitions: letters.cells.flatMap((cells, place) =>
      questions.map(([name, holds]) => {
        const having = cells.flatMap((cell, letter) => (holds(cell) ? [letter] : []));
        return definition(`${name}${place}`, "Bool", letters.isOneOf(place, having));
      }),
    ),
  };
}

/** What heads bring and leave, by the machine's table at the state and symbol that a cell shows. */
function headsMoved(code: CellCode, machine: NormalMachine, letters: SmtLetters): Section {
  const { headMove, headNext, headWrite } = cellFeatures(code, machine);
  const units = (value: Rational): Term => numeral(rational(toUnits(code, value)));
  const head = (cell: Cell): Rational => headValue(code, headNext.of(cell) ?? 0);
  const arriving = HEADS.map(([place, towards]) => {
    const brought = (letters.cells[place] ?? []).map((cell) =>
      units(headMove.of(cell) === towards ? head(cell) : ZERO),
    );
    return definition(`arriving${place}`, "Real", termByLetter(letters, place, brought));
  });
  const left = (letters.cells[CENTRE] ?? []).map((cell) => {
    const move = headMove.of(cell);
    if (move === undefined) return ZERO_TERM;
    const written = symbolValue(headWrite.of(cell) ?? 0).add(PHASE_VALUE);
    const stayed = units(written.add(head(cell)));
    const [row, column] = MOVE_OFFSETS[move] as readonly [Offset, Offset];
    return move === "stay" ? stayed : ite(`padding${placeIndex(row, column)}`, stayed, units(written));
  });
  return {
    heading: [
      "The machine's table at the state and symbol of a cell with a head. arrivingP: what the head of place P brings to the centre,",
      "3^-3 and its next state, if it moves there; else 0. left-behind: what the head of the centre leaves there, the symbol written",
      "and the compute phase, and itself in its next state if it stays or would leave the grid; 0 where the centre has no head.",
    ],
    definitions: [...arriving, definition("left-behind", "Real", termByLetter(letters, CENTRE, left))],
  };
}
