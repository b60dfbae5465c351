import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalMachine } from "../../../../arbitraries/machines.js";
import { Ambiguous, specifiedOnBox } from "../../../../checkers/rcnn/box.js";
import { CellSet } from "../../../../checkers/rcnn/cell-set.js";
import { classesByAnswers } from "../../../../checkers/rcnn/letters.js";
import { alphabet, ALPHABET_NAMES } from "../../../../spec/rcnn/alphabet.js";
import { cellCode, PADDING_CELL, type Cell } from "../../../../spec/rcnn/cell-code.js";
import { cellRule, cellFeatures } from "../../../../spec/rcnn/cell-rule.js";
import { patchOf, PLACES } from "../../../../spec/rcnn/patch.js";
import { PAIR } from "../../../mutants/rcnn/samples.js";

describe("specifiedOnBox", () => {
  for (const name of ALPHABET_NAMES) {
    it(`should give the outcome of every patch of a box, or a question that the box leaves open (${name})`, () => {
      let [decided, open] = [0, 0];
      const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: PLACES, maxLength: PLACES });
      const picks = fc.array(fc.nat(), { minLength: 4 * PLACES, maxLength: 4 * PLACES });
      fc.assert(
        fc.property(normalMachine({ maxStates: 3 }), sizes, picks, (machine, counts, random) => {
          const code = cellCode(machine.states.length);
          const questions = cellFeatures(code, machine);
          const { neighbour } = alphabet(code, name);
          const cells = counts.map((count, place): Cell[] =>
            Array.from(
              { length: count },
              (_, k) => neighbour[(random[4 * place + k] as number) % neighbour.length] as Cell,
            ),
          );
          const box = cells.map((ofPlace) => new CellSet(classesByAnswers(ofPlace, questions, true)));
          const outcome = specifiedOnBox(code, questions, box);
          if (outcome instanceof Ambiguous) {
            open++;
            const answers = new Set((cells[outcome.place] as Cell[]).map((cell) => outcome.question.of(cell)));
            expect(answers.size).toBeGreaterThan(1);
            return;
          }
          decided++;
          for (let k = 0; k < 8; k++) {
            const chosen = cells.map((ofPlace, place) => ofPlace[(k * 7 + place * k) % ofPlace.length] as Cell);
            expect(cellRule(code, questions, patchOf(chosen))).toEqual(outcome);
          }
        }),
        { numRuns: 400 },
      );
      expect(decided).toBeGreaterThan(30);
      expect(open).toBeGreaterThan(100);
    });
  }

  it("should pass on what is no question", () => {
    const code = cellCode(2);
    const questions = cellFeatures(code, PAIR);
    const box = Array.from({ length: PLACES }, () => new CellSet(classesByAnswers([PADDING_CELL], questions, true)));
    const failing = { ...questions, phase: { name: "fails", of: () => undefined } };
    expect(() => specifiedOnBox(code, failing, box)).toThrow(RangeError);
  });
});
