/** How many coordinates are 1 together at most, from the formulas that were shown to say what they hold. */
import type { FormulaChanges } from "./check-formulas.js";

/** The class of a formula: two different formulas of one class are never both 1. undefined: a class of its own. */
function classOf(formula: string): string | undefined {
  const [name = "", k = ""] = formula.split(".");
  switch (name) {
    case "z":
    case "a":
    case "pair":
    case "next":
    case "write":
    case "given":
    case "read":
      return name;
    case "right":
    case "left":
      return "move";
    case "carry":
    case "borrow":
      return `into ${k}`;
    case "keep":
    case "flip":
      return `bit ${k}`;
    case "old":
    case "fresh":
    case "blank":
      return "symbol";
    default:
      return undefined;
  }
}

/** The most coordinates that are 1 together: of a class, the most that hold one and the same formula; all others. */
export function onesOf(held: Iterable<string>): number {
  let ones = 0;
  const classes = new Map<string, Map<string, number>>();
  for (const formula of held) {
    const name = classOf(formula);
    if (name === undefined) {
      ones++;
      continue;
    }
    const counts = classes.get(name) ?? new Map<string, number>();
    counts.set(formula, (counts.get(formula) ?? 0) + 1);
    classes.set(name, counts);
  }
  for (const counts of classes.values()) ones += Math.max(...counts.values());
  return ones;
}

/** onesOf after each layer. */
export function onesAfterLayers(changes: FormulaChanges): number[] {
  const held = new Map<number, string>();
  return changes.map((list) => {
    for (const [coordinate, formula] of list) {
      if (formula === "0") held.delete(coordinate);
      else held.set(coordinate, formula);
    }
    return onesOf(held.values());
  });
}
