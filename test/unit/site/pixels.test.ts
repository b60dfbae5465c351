import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packed } from "../../../site/drawing/palette.js";
import { pixelsOf } from "../../../site/workers/pixels.js";

const palette = Uint32Array.from(["#ffffff", "#c2410c", "#1d4ed8", "#111827"], packed);
const isHead = [false, false, false, true];
const channels = (colour: number): number[] => [
  colour & 255,
  (colour >>> 8) & 255,
  (colour >>> 16) & 255,
  colour >>> 24,
];

const grids = fc
  .record({
    rows: fc.integer({ min: 1, max: 9 }),
    columns: fc.integer({ min: 1, max: 20 }),
    block: fc.constantFrom(1, 2, 4, 8),
  })
  .chain((size) =>
    fc.record({
      size: fc.constant(size),
      cells: fc.array(fc.constantFrom<number[]>(0, 1, 2, 0, 0, 3), {
        minLength: size.rows * size.columns,
        maxLength: size.rows * size.columns,
      }),
    }),
  );

describe("pixelsOf", () => {
  it("should make a pixel the mean of its block, and a head's colour where a head is", () => {
    fc.assert(
      fc.property(grids, ({ size: { rows, columns, block }, cells }) => {
        const extent = { top: 0, left: 0, rows, columns };
        const request = { palette, block, layers: [5], extent };
        const { width, height, pixels, letters } = pixelsOf(request, isHead, () => Uint16Array.from(cells));
        expect([width, height]).toEqual([Math.ceil(columns / block), Math.ceil(rows / block)]);
        expect(letters === null).toBe(block > 1);
        for (const [i, pixel] of pixels.entries()) {
          const inBlock = cells.filter(
            (_, at) => Math.floor(Math.floor(at / columns) / block) * width + Math.floor((at % columns) / block) === i,
          );
          const means = [0, 1, 2].map((c) =>
            Math.round(
              inBlock.reduce((sum, letter) => sum + (channels(palette[letter]!)[c] as number), 0) / inBlock.length,
            ),
          );
          expect(channels(pixel)).toEqual(inBlock.includes(3) ? channels(palette[3]!) : [...means, 255]);
        }
      }),
    );
  });

  it("should put lines of layers below one another", () => {
    const extent = { top: 0, left: 0, rows: 1, columns: 2 };
    const request = { palette, block: 1, layers: [0, 7], extent };
    const { height, letters } = pixelsOf(request, isHead, (layer) => Uint16Array.of(layer === 0 ? 0 : 1, 2));
    expect([height, [...(letters ?? [])]]).toEqual([2, [0, 2, 1, 2]]);
  });
});
