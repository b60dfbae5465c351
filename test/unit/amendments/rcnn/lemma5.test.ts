import { describe, expect, it } from "vitest";
import { findAmendment } from "../../../../amendments/amendment.js";
import { LEMMA5_AMENDMENTS } from "../../../../amendments/rcnn/lemma5/index.js";

describe("LEMMA5_AMENDMENTS", () => {
  it("should have distinct ids, in order, for each of the three statements", () => {
    const ids = LEMMA5_AMENDMENTS.map(({ id }) => id);
    const range = (prefix: string, count: number): string[] =>
      Array.from({ length: count }, (_, k) => `${prefix}-${k + 1}`);
    expect(ids).toEqual([...range("L5", 14), ...range("L6", 4), ...range("C3", 3)]);
  });

  it.each(LEMMA5_AMENDMENTS.map((amendment) => [amendment.id, amendment] as const))(
    "should fail as printed and pass as amended on the counterexample of %s",
    (id, amendment) => {
      const { instance, printed, amended } = findAmendment(LEMMA5_AMENDMENTS, id).replay();
      expect(printed.holds).toBe(false);
      expect(amended.holds).toBe(true);
      for (const text of [instance, printed.found, amended.found]) expect(text).toMatch(/^[^\n]+$/);
      for (const text of [amendment.place, amendment.printed, amendment.amended, amendment.reason]) {
        expect(text.length).toBeGreaterThan(5);
      }
    },
  );

  it("should refuse an id that no amendment has", () => {
    expect(() => findAmendment(LEMMA5_AMENDMENTS, "L5-0")).toThrow(RangeError);
  });
});
