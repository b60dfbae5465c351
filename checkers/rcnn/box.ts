/** Boxes of patches, and f-bar on a box: run once on sets instead of many times on cells. */
import type { CellCode } from "../../spec/rcnn/cell-code.js";
import { cellRule, type CellOutcome, type CellFeatures } from "../../spec/rcnn/cell-rule.js";
import { placeIndex, type Patch, type Primitive, type CellFeature } from "../../spec/rcnn/patch.js";
import type { CellSet } from "./cell-set.js";

/** One set of cells for each of the nine places, in the order of vec(z). */
export type Box = readonly CellSet[];

/** A question of f-bar that has several answers within a box: split the place by it. */
export class Ambiguous {
  readonly place: number;
  readonly question: CellFeature<Primitive>;

  constructor(place: number, question: CellFeature<Primitive>) {
    this.place = place;
    this.question = question;
  }
}

/** f-bar's outcome at every patch of a box, or the first question that the box leaves open. */
export function specifiedOnBox(code: CellCode, questions: CellFeatures, box: Box): CellOutcome | Ambiguous {
  const patch: Patch = {
    at(row, column) {
      const place = placeIndex(row, column);
      const set = box[place] as CellSet;
      return {
        ask<Answer extends Primitive>(question: CellFeature<Answer>): Answer {
          if (set.byAnswer(question).length > 1) throw new Ambiguous(place, question);
          return set.members[0].answers.get(question) as Answer;
        },
      };
    },
  };
  try {
    return cellRule(code, questions, patch);
  } catch (thrown) {
    if (thrown instanceof Ambiguous) return thrown;
    throw thrown;
  }
}
