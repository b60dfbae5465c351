/** From letters to pixels: one for a cell, or one for a square block of cells, whose colours are then mixed. */
import type { TapeExtent } from "../../execution/rcnn/run-history.js";
import type { PictureAnswer, PictureRequest } from "./protocol.js";

/**
 * The pixels of a picture. Lines have one row of blocks a layer and are sampled, not mixed, from layer to layer; a grid is
 * mixed both ways. A block with a head has the head's colour.
 *
 * @param isHead by letter
 * @param lettersAt the letters of a layer in a window
 */
export function pixelsOf(
  { palette, block, layers, extent }: PictureRequest,
  isHead: readonly boolean[],
  lettersAt: (layer: number, extent: TapeExtent) => Uint16Array,
): PictureAnswer {
  const rows = Math.ceil(extent.rows / block);
  const width = Math.ceil(extent.columns / block);
  const height = rows * layers.length;
  const pixels = new Uint32Array(width * height);
  const letters = block === 1 ? new Uint16Array(width * height) : null;
  for (const [line, layer] of layers.entries()) {
    const cells = lettersAt(layer, extent);
    const start = line * rows * width;
    if (letters === null) mix(pixels.subarray(start, start + rows * width), cells, extent, { palette, block, isHead });
    else {
      letters.set(cells, start);
      for (let i = 0; i < cells.length; i++) pixels[start + i] = palette[cells[i] as number] as number;
    }
  }
  return { width, height, pixels, letters };
}

interface Mixing {
  readonly palette: Uint32Array;
  readonly block: number;
  readonly isHead: readonly boolean[];
}

/** One pixel for each block: the mean of its cells, or the last head in it. */
function mix(
  pixels: Uint32Array,
  cells: Uint16Array,
  { rows, columns }: TapeExtent,
  { palette, block, isHead }: Mixing,
): void {
  const width = Math.ceil(columns / block);
  for (let i = 0; i < pixels.length; i++) {
    const [top, left] = [Math.floor(i / width) * block, (i % width) * block];
    const [bottom, right] = [Math.min(rows, top + block), Math.min(columns, left + block)];
    // Cells that follow one another and are the same are added up at once.
    let [red, green, blue, head] = [0, 0, 0, -1];
    for (let row = top; row < bottom; row++) {
      const end = row * columns + right;
      let [letter, count] = [-1, 0];
      for (let at = row * columns + left; at <= end; at++) {
        const next = at < end ? (cells[at] as number) : -1;
        if (next === letter) {
          count++;
          continue;
        }
        if (letter >= 0) {
          const colour = palette[letter] as number;
          if (isHead[letter] === true) head = colour;
          red += count * (colour & 255);
          green += count * ((colour >>> 8) & 255);
          blue += count * ((colour >>> 16) & 255);
        }
        [letter, count] = [next, 1];
      }
    }
    const count = (bottom - top) * (right - left);
    const mean = Math.round(red / count) | (Math.round(green / count) << 8) | (Math.round(blue / count) << 16);
    pixels[i] = head >= 0 ? head : (mean | 0xff000000) >>> 0;
  }
}
