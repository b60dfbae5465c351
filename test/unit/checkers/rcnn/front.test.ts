import { expect, it } from "vitest";
import { FRONT_GRIDS, frontPatches } from "../../../../checkers/rcnn/front.js";

const shown = (sizes = FRONT_GRIDS): string[] =>
  frontPatches(sizes)
    .map(({ kinds, centre }) => `${kinds.join("")} ${centre}`)
    .toSorted();

it("should show every patch of larger grids in grids of few rows and columns", () => {
  const { rows, main, padding } = FRONT_GRIDS;
  expect(shown({ rows: rows + 3, main: main + 3, padding: padding + 3 })).toEqual(shown());
  for (const key of ["rows", "main", "padding"] as const) {
    expect(shown({ ...FRONT_GRIDS, [key]: FRONT_GRIDS[key] - 1 }).length).toBeLessThan(shown().length);
  }
});

it("should say of each patch one thing only, and of one kind that the machine starts there", () => {
  const patches = frontPatches();
  expect(new Set(patches.map(({ kinds }) => kinds.join(""))).size).toBe(patches.length);
  const starts = patches.filter(({ centre }) => centre === "starts").map(({ kinds }) => kinds.join(""));
  expect(starts.toSorted()).toEqual(["OOOOdnOOO", "OOOddnOOO", "OdnOdnOOO", "ddnddnOOO"]);
});
