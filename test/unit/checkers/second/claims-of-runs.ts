/** What a learning run's certificate claims, changed place by place, and what the second checker says of it. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { said } from "./alone/said.js";
import { dataOf, forged, get, put, spots, type Json, type Path } from "./forge.js";

const TEXT = readFileSync(new URL("../../../../corpus/rcnn/bases/learning.json", import.meta.url), "utf8");
const DATA = dataOf(TEXT);

const saidWith = (path: Path, value: Json | undefined): string => said(forged((json) => put(json, path, value), TEXT));

const turned = (signs: string, i: number): string =>
  signs.slice(0, i) + (signs[i] === "+" ? "-" : "+") + signs.slice(i + 1);

/** Tuples with an element of each list: all of them, or enough that every element is in one. */
type Combine = (lists: readonly (readonly unknown[])[]) => readonly (readonly unknown[])[];

/**
 * Tests what becomes of changed memory, predictions and bounds. Each change costs a decision of the whole certificate.
 *
 * @param which says which of the combinations of place and part are tried, and `combine` chooses them
 */
export function claimsOfRuns(which: string, combine: Combine): void {
  const combined = <A, B>(a: readonly A[], b: readonly B[]): (readonly [A, B])[] =>
    combine([a, b]) as unknown as (readonly [A, B])[];

  describe(`the claims of a learning run (${which})`, () => {
    it("should have the memory that Algorithm 1 leaves", () => {
      const lines = get(DATA, ["memory"]) as string[];
      for (const [i, j] of combined(spots(lines.length), spots(3)))
        expect(saidWith(["memory", i], turned(lines[i] as string, j))).toBe(`learning-memory memory[${i}]`);
      expect(saidWith(["memory", 3], undefined)).toBe("learning-memory memory[3]");
      const examples = get(DATA, ["examples"]) as string[];
      for (const [i, j] of combined(spots(examples.length), [0, 1, 3]))
        expect(saidWith(["examples", i], turned(examples[i] as string, j))).toBe(`learning-memory memory[${i}]`);
    });

    it("should predict what the network says, and when it settles", () => {
      const changes = [
        ["f", "0"],
        ["answer", "other"],
        ["settles", 30],
        ["f", "2/2"],
        ["answer", null],
        ["settles", null],
      ] as const;
      for (const [i, [key, to]] of combined(spots(4), changes)) {
        const other = get(DATA, ["predictions", i, "answer"]) === "+" ? "-" : "+";
        const found = saidWith(["predictions", i, key], to === "other" ? other : to);
        expect(found).toBe(`learning-prediction predictions[${i}].${key}`);
      }
      for (const [i] of combined(spots(4), [0])) {
        const x = get(DATA, ["predictions", i, "x"]) as string;
        const found = saidWith(["predictions", i, "x"], turned(x, 0));
        expect(found).toMatch(new RegExp(`^learning-prediction predictions.${i}..`));
      }
      // Layer 32 changes nothing; of 31 layers, all change something.
      expect(saidWith(["shape", "layers"], 32)).toBe("accepted");
      expect(saidWith(["shape", "layers"], 31)).toBe("learning-prediction predictions[0].settles");
      expect(saidWith(["shape", "layers"], 2 ** 53 - 1)).toBe("accepted");
    });

    it("should have the bounds on float32 sums that come out", () => {
      expect(saidWith(["verdicts", "float32", "layout"], "dense")).toBe("float-bounds verdicts.float32.layout");
      for (const key of ["rows", "mainColumns"])
        expect(saidWith(["verdicts", "float32", key], 5)).toBe(`float-bounds verdicts.float32.${key}`);
      const changes = [
        ["name", "V6 forward"],
        ["row", 99],
        ["grid", "1/1024"],
        ["size", "7"],
      ] as const;
      for (const side of ["forward", "backward"]) {
        const sums = get(DATA, ["verdicts", "float32", side]) as Json[];
        for (const [i, [key, value]] of combined(spots(sums.length), changes)) {
          const path: Path = ["verdicts", "float32", side, i, key];
          expect(saidWith(path, value)).toBe(`float-bounds verdicts.float32.${side}[${i}].${key}`);
        }
        expect(saidWith(["verdicts", "float32", side, sums.length - 1], undefined)).toMatch(/^float-bounds/);
      }
    });
  });
}
