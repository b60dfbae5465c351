import { describe, expect, it } from "vitest";
import { gateTables } from "../../../../checkers/rcnn/gate-tables.js";
import {
  checkAlphabetSize,
  classesByAnswers,
  letterClasses,
  MAX_LETTERS,
  placeCells,
  placeUnits,
} from "../../../../checkers/rcnn/letters.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { ONE } from "../../../../spec/exact/rational.js";
import type { Network } from "../../../../spec/networks/network.js";
import { alphabet, ALPHABET_NAMES, wellFormedCells } from "../../../../spec/rcnn/alphabet.js";
import { cellCode, MAX_STATES, PADDING_CELL } from "../../../../spec/rcnn/cell-code.js";
import { cellFeatures } from "../../../../spec/rcnn/cell-rule.js";
import { CENTRE } from "../../../../spec/rcnn/patch.js";
import { FOUR, IDLE, PAIR } from "../../../mutants/rcnn/samples.js";

describe("letterClasses", () => {
  for (const machine of [IDLE, PAIR, FOUR]) {
    for (const name of ALPHABET_NAMES) {
      it(`should split ${name} cells into classes that gates and f-bar treat alike (${machine.name})`, () => {
        const code = cellCode(machine.states.length);
        const questions = cellFeatures(code, machine);
        const cells = placeCells(alphabet(code, name));
        const tables = gateTables(machineToFilter(machine, name), placeUnits(code, cells));
        if ("verdict" in tables) throw new Error(tables.message);
        const split = letterClasses(tables, cells, questions);
        expect(split).toHaveLength(9);
        for (const [place, classes] of split.entries()) {
          const ofPlace = cells[place] ?? [];
          const listed = classes.flatMap(({ letters }) => letters).toSorted((a, b) => a - b);
          expect(listed).toEqual([...ofPlace.keys()]);
          for (const one of classes) {
            expect(one.size).toBe(BigInt(one.letters.length));
            if (place === CENTRE) expect(one.letters).toHaveLength(1);
            const merged = tables.places[place]?.find(({ letters }) => letters.includes(one.letters[0] as number));
            for (const letter of one.letters) {
              expect(merged?.letters).toContain(letter);
              for (const [question, answer] of one.answers) {
                expect(question.of(ofPlace[letter] as (typeof ofPlace)[number])).toBe(answer);
              }
            }
            expect(one.answers.size).toBe(Object.keys(questions).length);
            expect(one.letters.map((letter) => ofPlace[letter])).toContain(one.representative);
            expect(one.value).toBe(merged?.value);
          }
          // Classes of one place and one table differ in some answer.
          const keys = classes.map(
            ({ value, answers }) =>
              `${tables.places[place]?.findIndex((merged) => merged.value === value)} ${[...answers.values()].join()}`,
          );
          if (place !== CENTRE) expect(new Set(keys).size).toBe(classes.length);
        }
      });
    }
  }
});

describe("letterClasses of a filter that tells no cells apart", () => {
  it("should still hold one cell a class at the centre, and split all others by what f-bar asks", () => {
    const code = cellCode(2);
    const questions = cellFeatures(code, PAIR);
    const cells = placeCells(alphabet(code, "well-formed"));
    const row = { bias: ONE, entries: [] };
    const layer = (name: string, inputs: number, relu: boolean) => ({ name, inputs, rows: [row], relu });
    const blind: Network = {
      layers: [
        layer("V1", 9, true),
        layer("V2", 1, false),
        layer("V3", 1, true),
        layer("V4", 1, false),
        layer("V5", 1, false),
      ],
    };
    const tables = gateTables(blind, placeUnits(code, cells));
    if ("verdict" in tables) throw new Error(tables.message);
    expect(tables.places.map((classes) => classes.length)).toEqual(Array.from({ length: 9 }, () => 1));
    for (const [place, classes] of letterClasses(tables, cells, questions).entries()) {
      const alone = classesByAnswers(cells[place] ?? [], questions, place === CENTRE);
      expect(classes.map(({ letters }) => letters)).toEqual(alone.map(({ letters }) => letters));
      if (place === CENTRE) expect(classes).toHaveLength(17);
      else expect(classes.length).toBeLessThan(18);
    }
  });
});

describe("placeCells", () => {
  it("should have the cells of the centre at the centre, and those of neighbours around it", () => {
    for (const name of ALPHABET_NAMES) {
      const letters = alphabet(cellCode(2), name);
      for (const [place, cells] of placeCells(letters).entries())
        expect(cells).toBe(place === 4 ? letters.centre : letters.neighbour);
    }
  });
});

describe("classesByAnswers", () => {
  it("should tell an absent answer from the word for it, and p from everything", () => {
    const code = cellCode(2);
    const questions = cellFeatures(code, PAIR);
    const cells = [...wellFormedCells(code), PADDING_CELL];
    const classes = classesByAnswers(cells, questions, false);
    const padding = classes.find(({ representative }) => representative === PADDING_CELL);
    expect(padding?.letters).toEqual([cells.length - 1]);
    expect(classes.reduce((sum, { size }) => sum + size, 0n)).toBe(BigInt(cells.length));
    expect(classesByAnswers(cells, questions, true)).toHaveLength(cells.length);
    // f-bar tells fewer of them apart than there are.
    expect(classes.length).toBeLessThan(cells.length);
    // No filter is given, so nothing moves.
    for (const { value, slope } of classes) expect([value.length, slope.length]).toEqual([0, 0]);
  });
});

describe("placeUnits", () => {
  it("should give integers that rise strictly at every place", () => {
    for (const name of ALPHABET_NAMES) {
      const code = cellCode(3);
      for (const values of placeUnits(code, placeCells(alphabet(code, name)))) {
        for (let i = 1; i < values.length; i++) expect((values[i] as bigint) > (values[i - 1] as bigint)).toBe(true);
      }
    }
  });
});

describe("checkAlphabetSize", () => {
  it("should count cell values as the alphabets have them, and let the well-formed one be of every machine", () => {
    for (const states of [1, 2, 3, 4, 5, 16, 17]) {
      for (const name of ALPHABET_NAMES) {
        const code = cellCode(states);
        expect(checkAlphabetSize(code, name)).toBeUndefined();
        const count = name === "full" ? 3 ** (code.lastIndex + 1) + 1 : 10 + 4 * states;
        expect(alphabet(code, name).neighbour).toHaveLength(count);
      }
    }
    expect(checkAlphabetSize(cellCode(MAX_STATES), "well-formed")).toBeUndefined();
  });

  it("should let the full alphabet of 128 states be, and leave that of 129 undecided without listing it", () => {
    expect(checkAlphabetSize(cellCode(128), "full")).toBeUndefined();
    for (const states of [129, 1024, MAX_STATES]) {
      expect(checkAlphabetSize(cellCode(states), "full")).toMatchObject({ verdict: "undecided", limit: "letters" });
    }
    expect(3 ** 11 + 1).toBeLessThanOrEqual(MAX_LETTERS);
    expect(3 ** 12 + 1).toBeGreaterThan(MAX_LETTERS);
  });
});
