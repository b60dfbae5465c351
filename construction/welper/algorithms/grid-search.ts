/**
 * Exhaustive search over weights -1 and 1 of f(x) = w . x + b with an even number of coordinates: the first in lexicographic order with the fewest errors. For
 * t = 0, 1, ...: each candidate is tried until it makes more than t errors. Tape 1 holds the candidate in cells 1, 2, ...; tape 2 has
 * marks at 0 and t + 1, and its head goes one cell to the left from t + 1 for each error.
 */
import type { Sign } from "../../../spec/rcnn/training-set.js";
import type { Action, Program } from "./program.js";

type SearchState =
  | { readonly at: "start" | "mark" | "seek" | "flag" }
  | { readonly at: "skip" | "back" | "last" | "home" | "carry"; readonly left: number }
  | { readonly at: "scan"; readonly i: number; readonly agree: number }
  | { readonly at: "rewind"; readonly left: number; readonly erred: boolean; readonly failed: boolean };

/** Its program. @param coordinates M, even */
export function gridSearch(coordinates: number): Program<SearchState> {
  const group = coordinates + 2;
  const weights = coordinates + 1;
  const step = (state: SearchState, [data = -1, weight = -1, count = -1]: readonly Sign[]): Action<SearchState> => {
    switch (state.at) {
      case "start":
        return { write: { 2: 1 }, move: { 2: "right" }, next: { at: "mark" } };
      case "mark":
        return { write: { 2: 1 }, next: { at: "skip", left: group } };
      case "skip":
        if (state.left === 0) return { next: { at: "flag" } };
        return { move: { 0: "right" }, next: { at: "skip", left: state.left - 1 } };
      case "flag":
        // No example is left: the candidate makes at most t errors.
        if (data === -1) return {};
        return { move: { 0: "right", 1: "right" }, next: { at: "scan", i: 1, agree: 0 } };
      case "scan":
        return scanned(state, data, weight);
      case "rewind": {
        const failed = state.failed || (state.erred && count === 1);
        if (state.left > 0)
          return { move: { 1: "left" }, next: { at: "rewind", left: state.left - 1, erred: false, failed } };
        if (!failed) return { next: { at: "flag" } };
        return { move: { 0: "left", 2: "right" }, next: { at: "back", left: group - 1 } };
      }
      case "back":
        if (state.left > 0) return { move: { 0: "left" }, next: { at: "back", left: state.left - 1 } };
        if (data === 1) return { move: { 0: "left" }, next: { at: "back", left: group - 1 } };
        return { next: { at: "seek" } };
      case "seek":
        if (count === -1) return { move: { 2: "right" }, next: { at: "seek" } };
        return { next: { at: "last", left: weights } };
      case "last":
        if (state.left === 0) return { next: { at: "carry", left: weights } };
        return { move: { 1: "right" }, next: { at: "last", left: state.left - 1 } };
      case "carry":
        return carried(state.left, weight);
      default:
        if (state.left === 0) return { next: { at: "skip", left: group } };
        return { move: { 1: "left" }, next: { at: "home", left: state.left - 1 } };
    }
  };
  const scanned = (
    { i, agree }: { readonly i: number; readonly agree: number },
    data: Sign,
    weight: Sign,
  ): Action<SearchState> => {
    // The last weight is the bias, the last cell of a group the label.
    const isLabel = i === weights;
    const sum = agree + (isLabel ? Number(weight === 1) : Number(weight === data));
    if (!isLabel) return { move: { 0: "right", 1: "right" }, next: { at: "scan", i: i + 1, agree: sum } };
    const erred = (2 * sum > weights ? 1 : -1) !== data;
    return {
      move: { 0: "right", 1: "left", ...(erred ? { 2: "left" as const } : {}) },
      next: { at: "rewind", left: weights - 1, erred, failed: false },
    };
  };
  /** The next candidate: a counter whose last cell is the last weight; where all are 1, they become -1 and t grows. */
  const carried = (left: number, weight: Sign): Action<SearchState> => {
    if (left === 0) return { write: { 2: -1 }, move: { 2: "right" }, next: { at: "mark" } };
    if (weight === -1) return { write: { 1: 1 }, next: { at: "home", left } };
    return { write: { 1: -1 }, move: { 1: "left" }, next: { at: "carry", left: left - 1 } };
  };
  return { name: "grid-search", tapes: 3, start: { at: "start" }, step };
}
