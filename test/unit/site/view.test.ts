import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  fitGrid,
  fitLines,
  moved,
  roomFor,
  showingLayer,
  withStride,
  zoomed,
  zoomOf,
  ZOOMS,
} from "../../../site/drawing/view.js";

const size = { width: 600, height: 500 };
const extents = fc.record({
  top: fc.integer({ min: -500, max: 0 }),
  left: fc.integer({ min: -50_000, max: 0 }),
  rows: fc.integer({ min: 1, max: 1000 }),
  columns: fc.integer({ min: 1, max: 100_000 }),
});
const views = fc
  .record({
    zoom: fc.integer({ min: 0, max: ZOOMS.length - 1 }),
    stride: fc.integer({ min: 0, max: 12 }).map((power) => 2 ** power),
    top: fc.integer({ min: 0, max: 1000 }),
    left: fc.integer({ min: -1000, max: 1000 }),
  })
  .map((view) => withStride(view, view.stride));

describe("views of a run", () => {
  it("should show all of the tape, and all layers or the first of them one by one", () => {
    fc.assert(
      fc.property(extents, fc.integer({ min: 0, max: 50_000_000 }), (extent, layers) => {
        const view = fitLines(extent, layers, size);
        const { rows, columns } = roomFor(view, size);
        const { block } = zoomOf(view);
        expect(view.left).toBeLessThanOrEqual(extent.left);
        expect(view.left + columns * block).toBeGreaterThanOrEqual(extent.left + extent.columns);
        if (view.stride > 1) expect(rows * view.stride).toBeGreaterThan(layers);
        else expect(layers).toBeLessThanOrEqual(4000);
      }),
    );
  });

  it("should show all of a grid", () => {
    fc.assert(
      fc.property(extents, (extent) => {
        const view = fitGrid(extent, size);
        const { rows, columns } = roomFor(view, size);
        const { block } = zoomOf(view);
        for (const [first, start, count, room] of [
          [view.left, extent.left, extent.columns, columns],
          [view.top, extent.top, extent.rows, rows],
        ] as const) {
          expect(first).toBeLessThanOrEqual(start);
          expect(first + room * block).toBeGreaterThanOrEqual(start + count);
        }
      }),
    );
  });

  it("should zoom about the point, and begin with a layer of the stride", () => {
    fc.assert(
      fc.property(views, fc.constantFrom(1, -1), fc.integer({ min: 0, max: 599 }), (view, by, x) => {
        const after = zoomed(view, by, { x, y: 0 }, true);
        const column = (one: typeof view): number => one.left + (x / zoomOf(one).size) * zoomOf(one).block;
        expect(Math.abs(column(after) - column(view))).toBeLessThanOrEqual(0.5);
        expect(after.top % after.stride).toBe(0);
        expect([view.zoom, view.zoom + by]).toContain(after.zoom);
      }),
    );
  });

  it("should show a layer that is asked for, and move no more than that", () => {
    fc.assert(
      fc.property(views, fc.integer({ min: 0, max: 10_000 }), (view, layer) => {
        const after = showingLayer(view, layer, size);
        const lines = Math.floor(size.height / zoomOf(after).size);
        expect(after.top).toBeLessThanOrEqual(layer);
        expect(layer).toBeLessThan(after.top + lines * after.stride);
        expect(showingLayer(after, layer, size)).toEqual(after);
      }),
    );
  });

  it("should move by lines and cells, but not before the start", () => {
    const view = { zoom: ZOOMS.length - 1, stride: 4, top: 8, left: 0 };
    expect(moved(view, 3, 1, true)).toEqual({ ...view, left: 3, top: 12 });
    expect(moved(view, 0, -9, true).top).toBe(0);
    expect(moved(view, 0, -9, false).top).toBe(-1);
  });
});
