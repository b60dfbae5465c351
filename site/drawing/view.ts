/** Which part of a run a picture shows, and where: plain numbers, so that every zoom and every scroll is a function. */
import type { TapeExtent } from "../../execution/rcnn/run-history.js";

/** A zoom: how large a cell is in CSS pixels, or how many cells (a square block) are one pixel. */
export interface Zoom {
  readonly size: number;
  readonly block: number;
}

/** All zooms, from far to near. A cell has whole pixels, or a pixel has whole cells: nothing is ever blurred. */
export const ZOOMS: readonly Zoom[] = [
  ...[4096, 2048, 1024, 512, 256, 128, 64, 32, 16, 8, 4, 2].map((block) => ({ block, size: 1 })),
  ...[1, 2, 3, 4, 6, 8, 10, 12, 16, 20, 24, 32, 48].map((size) => ({ block: 1, size })),
];

/** Cells of this size and larger show signs and letters. */
export const SIGNS_FROM = 10;

/** Cells of this size and larger can show their values. */
export const NUMBERS_FROM = 32;

/** What a picture shows. */
export interface PictureView {
  /** Index of ZOOMS. */
  readonly zoom: number;
  /** Layers from one line to the next; a power of two. Only lines of a single row have one. */
  readonly stride: number;
  /** The layer of the first line (a multiple of stride), or the first row of a grid. */
  readonly top: number;
  readonly left: number;
}

/** Size of a canvas in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Cells of margin that a fitted picture leaves around what was touched. */
const MARGIN = 2;

/** The zoom of a view. */
export const zoomOf = ({ zoom }: PictureView): Zoom => ZOOMS[zoom] as Zoom;

/** How many lines or rows of blocks, and how many blocks in each, a canvas has room for; the last ones may be cut. */
export function roomFor(
  view: PictureView,
  { width, height }: Size,
): { readonly rows: number; readonly columns: number } {
  const { size } = zoomOf(view);
  return { rows: Math.max(1, Math.ceil(height / size)), columns: Math.max(1, Math.ceil(width / size)) };
}

/** The nearest zoom at which so many cells fit into so many pixels, not nearer than `most` pixels a cell. */
function zoomFor(cells: number, pixels: number, most: number): number {
  const fits = ({ size, block }: Zoom): boolean => size <= most && Math.ceil(cells / block) * size <= pixels;
  return Math.max(0, ZOOMS.findLastIndex(fits));
}

/** The smallest power of two that is at least a number. */
export function powerOfTwo(number: number): number {
  let power = 1;
  while (power < number) power *= 2;
  return power;
}

/** Layers up to which a run of one row is shown line by line, to be scrolled. */
const EVERY_LAYER = 4000;

/** The view in which a run of one row is first shown: as wide as it is; every layer, or the whole run if that is too long. */
export function fitLines(extent: TapeExtent, layers: number, size: Size): PictureView {
  const columns = extent.columns + 2 * MARGIN;
  const zoom = zoomFor(columns, size.width, layers > EVERY_LAYER ? 2 : 20);
  const { size: cell, block } = ZOOMS[zoom] as Zoom;
  const lines = Math.max(1, Math.floor(size.height / cell));
  const stride = layers <= EVERY_LAYER ? 1 : powerOfTwo((layers + 1) / lines);
  return { zoom, stride, top: 0, left: centred(extent.left, extent.columns, (size.width / cell) * block) };
}

/** The view in which a grid is first shown: all of it. */
export function fitGrid(extent: TapeExtent, size: Size): PictureView {
  const zoom = Math.min(
    zoomFor(extent.columns + 2 * MARGIN, size.width, 32),
    zoomFor(extent.rows + 2 * MARGIN, size.height, 32),
  );
  const { size: cell, block } = ZOOMS[zoom] as Zoom;
  const left = centred(extent.left, extent.columns, (size.width / cell) * block);
  return { zoom, stride: 1, top: centred(extent.top, extent.rows, (size.height / cell) * block), left };
}

/** The first index of a window of so many cells with a range in its middle. */
function centred(first: number, count: number, room: number): number {
  return Math.round(first + count / 2 - room / 2);
}

/** The view one zoom nearer or farther, about a point of the canvas. */
export function zoomed(
  view: PictureView,
  by: number,
  at: { readonly x: number; readonly y: number },
  isLine: boolean,
): PictureView {
  const zoom = Math.max(0, Math.min(ZOOMS.length - 1, view.zoom + by));
  const [before, after] = [zoomOf(view), ZOOMS[zoom] as Zoom];
  const shift = (first: number, pixels: number, unitBefore: number, unitAfter: number): number =>
    Math.round(first + (pixels / before.size) * unitBefore - (pixels / after.size) * unitAfter);
  const left = shift(view.left, at.x, before.block, after.block);
  if (!isLine) return { ...view, zoom, left, top: shift(view.top, at.y, before.block, after.block) };
  const top = shift(view.top, at.y, view.stride, view.stride);
  return { ...view, zoom, left, top: Math.max(0, Math.floor(top / view.stride) * view.stride) };
}

/** The view moved by cells and by lines or rows. */
export function moved(view: PictureView, columns: number, lines: number, isLine: boolean): PictureView {
  const { block } = zoomOf(view);
  const left = view.left + columns * block;
  if (!isLine) return { ...view, left, top: view.top + lines * block };
  return { ...view, left, top: Math.max(0, view.top + lines * view.stride) };
}

/** The view moved as little as shows a layer. */
export function showingLayer(view: PictureView, layer: number, size: Size): PictureView {
  const lines = Math.max(1, Math.floor(size.height / zoomOf(view).size));
  const line = Math.floor(layer / view.stride);
  const first = view.top / view.stride;
  const top = line < first ? line : line >= first + lines ? line - lines + 1 : first;
  return top === first ? view : { ...view, top: Math.max(0, top) * view.stride };
}

/** The view with another distance of layers, which still begins with a layer that it has. */
export function withStride(view: PictureView, stride: number): PictureView {
  return { ...view, stride, top: Math.floor(view.top / stride) * stride };
}
