/**
 * Space-time pictures: the grid after chosen layers, side by side, each with its layer, its head's state and its place
 * in the story; a grid of one row becomes the usual diagram with one line per layer.
 *
 * The SVG is plain: rectangles, paths and text with the reader's own sans-serif font.
 */
import type { NormalMachine } from "../../spec/machines/machine.js";
import type { CellCode } from "../../spec/rcnn/cell-code.js";
import { backgroundOf, cellLook, drawContent, round, type CellLook } from "./cell-look.js";

/** A grid after some layer; u-units, row-major. */
export interface Frame {
  readonly layer: number;
  readonly grid: ArrayLike<number>;
  /** Shown under the layer's number, before the head's state. */
  readonly note?: string;
}

/** A headline with frames below it. */
export interface Section {
  readonly title: string;
  readonly frames: readonly Frame[];
}

/** A picture as data. */
export interface Picture {
  readonly title: string;
  readonly code: CellCode;
  readonly machine: NormalMachine;
  readonly rows: number;
  readonly columns: number;
  readonly sections: readonly Section[];
}

/** Width of the whole picture in pixels. */
const WIDTH = 1000;
const MARGIN = 24;
const GAP = 18;
const CAPTION = 30;
/** Room for a layer's number beside a line. */
const NUMBER = 46;
/** Lines below which a block of a diagram is not split further. */
const MIN_LINES = 40;
/** Width of a character of the small captions, on the safe side. */
const CHARACTER = 5.8;

/** Which layers to show where room is limited: the first and the last, and others evenly spaced in between. */
export function chosenLayers(first: number, last: number, most: number): number[] {
  const count = Math.max(1, Math.min(most, last - first + 1));
  if (count === 1) return [last];
  const step = (last - first) / (count - 1);
  return Array.from({ length: count }, (_, k) => Math.round(first + k * step));
}

/** The picture as SVG text. */
export function spaceTimeSvg(picture: Picture): string {
  const body: string[] = [text(MARGIN, MARGIN + 14, picture.title, 'font-size="17" font-weight="600"')];
  let y = MARGIN + 34;
  const legend = drawLegend(picture, y);
  body.push(legend.svg);
  y = legend.bottom + 12;
  for (const section of picture.sections) {
    body.push(text(MARGIN, y + 14, section.title, 'font-size="13" font-weight="600"'));
    const drawn = picture.rows === 1 ? drawLines(picture, section, y + 26) : drawFrames(picture, section, y + 26);
    body.push(drawn.svg);
    y = drawn.bottom + 20;
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${Math.ceil(y)}" viewBox="0 0 ${WIDTH} ${Math.ceil(y)}" font-family="sans-serif" fill="#111827">`,
    `<title>${escaped(picture.title)}</title>`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    ...body,
    "</svg>\n",
  ].join("\n");
}

interface Drawn {
  readonly svg: string;
  readonly bottom: number;
}

/** Frames from left to right, in as many lines as it takes. */
function drawFrames(picture: Picture, { frames }: Section, top: number): Drawn {
  const { rows, columns } = picture;
  const size = cellSize(columns, rows, frames.length);
  const captions = frames.map((frame) => captionOf(picture, frame));
  const widest = Math.max(columns * size, ...captions.flat().map((line) => line.length * CHARACTER));
  const step = Math.min(widest + GAP, WIDTH - 2 * MARGIN);
  const perLine = Math.max(1, Math.floor((WIDTH - 2 * MARGIN + GAP) / step));
  const parts: string[] = [];
  for (const [k, frame] of frames.entries()) {
    const x = Math.round(MARGIN + (k % perLine) * step);
    const y = top + Math.floor(k / perLine) * (rows * size + CAPTION + GAP);
    const [first, second] = captions[k] as [string, string];
    parts.push(text(x, y + 10, first, 'font-size="11"'), text(x, y + 22, second, 'font-size="10" fill="#4b5563"'));
    parts.push(drawGrid(picture, frame, x, y + CAPTION - 2, size));
  }
  return {
    svg: parts.join("\n"),
    bottom: top + Math.ceil(frames.length / perLine) * (rows * size + CAPTION + GAP) - GAP,
  };
}

/** One line per layer with the layer's number on the left, in columns as in a newspaper; for a grid of one row. */
function drawLines(picture: Picture, { frames }: Section, top: number): Drawn {
  const { columns } = picture;
  const room = WIDTH - 2 * MARGIN - NUMBER;
  const size = Math.max(2, Math.min(12, Math.floor(room / columns)));
  const blockWidth = NUMBER + columns * size + GAP;
  const blocks = Math.max(1, Math.floor((WIDTH - 2 * MARGIN + GAP) / blockWidth));
  const perBlock = Math.max(MIN_LINES, Math.ceil(frames.length / blocks));
  const every = Math.max(1, Math.ceil(11 / size));
  const parts: string[] = [];
  for (let start = 0; start < frames.length; start += perBlock) {
    const block = frames.slice(start, start + perBlock);
    const x = MARGIN + (start / perBlock) * blockWidth + NUMBER;
    for (const [k, frame] of block.entries()) {
      const y = top + k * size;
      if (k % every === 0 || k === block.length - 1) {
        parts.push(text(x - 8, y + size / 2 + 3.5, String(frame.layer), 'font-size="10" text-anchor="end"'));
      }
      parts.push(drawCells(picture, frame, x, y, size));
    }
    parts.push(drawLattice(x, top, columns, block.length, size));
  }
  return { svg: parts.join("\n"), bottom: top + Math.min(perBlock, frames.length) * size };
}

function drawGrid(picture: Picture, frame: Frame, x: number, y: number, size: number): string {
  const { rows, columns } = picture;
  return `<g>${drawCells(picture, frame, x, y, size)}${drawLattice(x, y, columns, rows, size)}</g>`;
}

/** Backgrounds as runs over the commonest one, then signs and heads. */
function drawCells(
  { code, machine, rows, columns }: Picture,
  { grid }: Frame,
  x: number,
  y: number,
  size: number,
): string {
  const looks = Array.from({ length: rows * columns }, (_, k) => cellLook(code, machine, grid[k] as number));
  const backgrounds = looks.map(backgroundOf);
  const counts = new Map<string, number>();
  for (const background of backgrounds) counts.set(background, (counts.get(background) ?? 0) + 1);
  const [[commonest]] = [...counts].toSorted(([, a], [, b]) => b - a) as [[string, number]];
  const parts = [`<rect x="${x}" y="${y}" width="${columns * size}" height="${rows * size}" fill="${commonest}"/>`];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns;) {
      const background = backgrounds[row * columns + column] as string;
      let end = column + 1;
      while (end < columns && backgrounds[row * columns + end] === background) end++;
      if (background !== commonest) {
        const [left, upper] = [x + column * size, y + row * size];
        parts.push(
          `<rect x="${left}" y="${upper}" width="${(end - column) * size}" height="${size}" fill="${background}"/>`,
        );
      }
      column = end;
    }
  }
  for (const [k, look] of looks.entries()) {
    parts.push(drawContent(look, x + (k % columns) * size, y + Math.floor(k / columns) * size, size));
  }
  return parts.join("");
}

/** A frame, and thin lines between cells that are large enough for them. */
function drawLattice(x: number, y: number, columns: number, rows: number, size: number): string {
  const [width, height] = [columns * size, rows * size];
  const lines: string[] = [];
  if (size >= 6) {
    for (let row = 1; row < rows; row++) lines.push(`M${x} ${y + row * size + 0.5}h${width}`);
    for (let column = 1; column < columns; column++) lines.push(`M${x + column * size + 0.5} ${y}v${height}`);
  }
  return (
    `<path d="${lines.join("")}" stroke="#000000" stroke-opacity="0.13" fill="none"/>` +
    `<rect x="${x + 0.5}" y="${y + 0.5}" width="${width}" height="${height}" fill="none" stroke="#374151"/>`
  );
}

/** Two lines: the layer and its note; the state of the head. */
function captionOf({ code, machine }: Picture, { layer, grid, note }: Frame): [string, string] {
  const states = Array.from(grid, (units) => cellLook(code, machine, units).state).filter(
    (state) => state !== undefined,
  );
  const first = note === undefined ? `layer ${layer}` : `layer ${layer}: ${note}`;
  return [first, shortened(states.map((state) => `state ${state}`).join(", "))];
}

function shortened(line: string): string {
  return line.length <= 28 ? line : `${line.slice(0, 27)}…`;
}

/** At least three frames per line where there are that many, if cells remain large enough to see. */
function cellSize(columns: number, rows: number, frames: number): number {
  const share = Math.min(3, frames);
  const width = (WIDTH - 2 * MARGIN - (share - 1) * GAP) / share;
  return Math.max(2, Math.min(18, Math.floor(Math.min(width / columns, 600 / rows))));
}

/** The words for what occurs in the picture, each beside a sample cell. */
function drawLegend({ code, machine, sections }: Picture, top: number): Drawn {
  const looks = sections.flatMap(({ frames }) =>
    frames.flatMap(({ grid }) => [...new Set(Array.from(grid))].map((units) => cellLook(code, machine, units))),
  );
  const plain = { isPadding: false, symbol: 0, state: undefined } as const;
  const samples: readonly (readonly [CellLook, string, (look: CellLook) => boolean])[] = [
    [{ ...plain, phase: "unknown" }, "phase unknown", ({ phase }) => phase === "unknown"],
    [{ ...plain, phase: "memory" }, "memory phase", ({ phase }) => phase === "memory"],
    [{ ...plain, phase: "compute" }, "compute phase", ({ phase }) => phase === "compute"],
    [{ ...plain, phase: "compute", isPadding: true }, "padding column", ({ isPadding }) => isPadding],
    [{ ...plain, phase: "unknown", symbol: 1 }, "+1", ({ symbol }) => symbol === 1],
    [{ ...plain, phase: "unknown", symbol: -1 }, "−1", ({ symbol }) => symbol === -1],
    [{ ...plain, phase: "compute", state: "head" }, "head", ({ state }) => state !== undefined],
    [{ ...plain, phase: "none" }, "no cell value", ({ phase }) => phase === "none"],
  ];
  const parts: string[] = [];
  let x = MARGIN;
  for (const [look, words, occurs] of samples) {
    if (!looks.some(occurs)) continue;
    const box = `x="${x + 0.5}" y="${top + 0.5}" width="14" height="14" stroke="#374151"`;
    parts.push(`<rect ${box} fill="${backgroundOf(look)}"/>`, drawContent(look, x, top, 14));
    parts.push(text(x + 20, top + 11, words, 'font-size="11"'));
    x = Math.round(x + 20 + words.length * 6.4 + 20);
  }
  return { svg: parts.join(""), bottom: top + 14 };
}

function text(x: number, y: number, content: string, attributes: string): string {
  return content === "" ? "" : `<text x="${round(x)}" y="${round(y)}" ${attributes}>${escaped(content)}</text>`;
}

function escaped(content: string): string {
  return content.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
