/** Draws the picture of a run on a canvas: pixels that the worker made, signs and letters, frames around what is looked at. */
import type { LoadedMachine, PictureAnswer } from "../workers/protocol.js";
import type { Scheme } from "./palette.js";
import { headColour } from "./palette.js";
import { NUMBERS_FROM, SIGNS_FROM, zoomOf, type PictureView, type Size } from "./view.js";

/** A picture that was made for a view. */
export interface MadePicture extends PictureAnswer {
  readonly view: PictureView;
  /** The pixels as a bitmap: a cell or a block is one of its pixels. */
  readonly bitmap: HTMLCanvasElement;
}

/** What is drawn. */
export interface Scene {
  readonly machine: LoadedMachine;
  readonly scheme: Scheme;
  readonly isColoured: boolean;
  /** Whether cells show their values in u-units, where there is room, instead of signs. */
  readonly showsNumbers: boolean;
  readonly made: MadePicture | undefined;
  readonly view: PictureView;
  readonly size: Size;
  readonly layer: number;
  readonly cell: { readonly row: number; readonly column: number } | undefined;
  /** The last layer that is known. */
  readonly layers: number;
}

/** The pixels as a bitmap that can be drawn at any size. */
export function bitmapOf({ width, height, pixels }: PictureAnswer): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, width);
  canvas.height = Math.max(1, height);
  const bytes = new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.byteLength);
  if (width > 0 && height > 0) canvas.getContext("2d")?.putImageData(new ImageData(bytes, width, height), 0, 0);
  return canvas;
}

/** Where a cell is on the canvas, in CSS pixels; of lines, the row is a layer. */
function placeOf(
  view: PictureView,
  isLine: boolean,
  row: number,
  column: number,
): { readonly x: number; readonly y: number } {
  const { size, block } = zoomOf(view);
  return {
    x: ((column - view.left) / block) * size,
    y: ((row - view.top) / (isLine ? view.stride : block)) * size,
  };
}

/** Draws all of it. */
export function drawScene(canvas: HTMLCanvasElement, scene: Scene): void {
  const { size, scheme, made, view, machine } = scene;
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext("2d");
  if (context === null) return;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.imageSmoothingEnabled = false;
  context.fillStyle = scheme.outside;
  context.fillRect(0, 0, size.width, size.height);
  if (made !== undefined) {
    // A picture that was made for another view is moved until the right one has come.
    const from = zoomOf(made.view);
    const to = zoomOf(view);
    const scale = (to.size / to.block) * (from.block / from.size);
    const at = placeOf(view, machine.isLine, made.view.top, made.view.left);
    const tall = machine.isLine ? (to.size / from.size) * (made.view.stride / view.stride) : scale;
    context.drawImage(made.bitmap, at.x, at.y, made.width * from.size * scale, made.height * from.size * tall);
    if (made.view === view && made.letters !== null && to.size >= SIGNS_FROM)
      drawSigns(context, scene, made, made.letters);
  }
  drawFrames(context, scene);
}

function drawSigns(context: CanvasRenderingContext2D, scene: Scene, made: MadePicture, letters: Uint16Array): void {
  const { machine, scheme, isColoured } = scene;
  const { size } = zoomOf(made.view);
  const showsNumbers = scene.showsNumbers && size >= NUMBERS_FROM;
  context.lineWidth = Math.max(1.25, size * 0.11);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.font = `600 ${Math.round(size * (showsNumbers ? 0.36 : 0.62))}px system-ui, sans-serif`;
  for (let i = 0; i < letters.length; i++) {
    const look = machine.letters[letters[i] as number];
    if (look === undefined || (look.symbol === 0 && look.state === null && !showsNumbers)) continue;
    const [x, y] = [(i % made.width) * size, Math.floor(i / made.width) * size];
    if (look.state !== null) {
      context.fillStyle = headColour(look.state, machine.states.length, scheme, isColoured);
      context.fillRect(x, y, size, size);
      if (size >= 16 && !showsNumbers) {
        context.fillStyle = scheme.onHead;
        context.fillText(shortName(machine.states[look.state] ?? ""), x + size / 2, y + size / 2 + 0.5);
      }
    }
    if (showsNumbers) {
      context.fillStyle =
        look.state !== null
          ? scheme.onHead
          : look.symbol === 1
            ? scheme.plus
            : look.symbol === -1
              ? scheme.minus
              : scheme.number;
      context.fillText(look.units, x + size / 2, y + size / 2 + 0.5, size - 2);
    } else if (look.symbol !== 0) drawSign(context, look.symbol, look.state !== null, { x, y, size, scheme });
  }
}

interface SignPlace {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly scheme: Scheme;
}

/** A plus or a minus; under a head it is small and in the corner, where the cell is large enough for the head's letter. */
function drawSign(context: CanvasRenderingContext2D, symbol: number, isHead: boolean, place: SignPlace): void {
  const { x, y, size, scheme } = place;
  const isSmall = isHead && size >= 16;
  const [cx, cy] = isSmall ? [x + size * 0.82, y + size * 0.2] : [x + size / 2, y + size / 2];
  const arm = isSmall ? size * 0.11 : size * 0.27;
  context.strokeStyle = isHead ? scheme.onHead : symbol === 1 ? scheme.plus : scheme.minus;
  context.beginPath();
  context.moveTo(cx - arm, cy);
  context.lineTo(cx + arm, cy);
  if (symbol === 1) {
    context.moveTo(cx, cy - arm);
    context.lineTo(cx, cy + arm);
  }
  context.stroke();
}

/** What of a state's name fits on a cell. */
function shortName(name: string): string {
  return name.length <= 2 ? name : name.slice(0, 1);
}

function drawFrames(context: CanvasRenderingContext2D, scene: Scene): void {
  const { machine, view, size, scheme, layer, cell, layers } = scene;
  const zoom = zoomOf(view);
  const side = Math.max(zoom.size / zoom.block, 3);
  context.strokeStyle = scheme.frame;
  context.fillStyle = scheme.frame;
  if (machine.isLine) {
    const line = Math.floor(layer / view.stride) * view.stride;
    const { y } = placeOf(view, true, line, view.left);
    // Arrowheads at both sides mark the layer without hiding its cells.
    for (const [x, way] of [
      [0, 1],
      [size.width, -1],
    ] as const) {
      context.beginPath();
      context.moveTo(x, y + zoom.size / 2 - 5);
      context.lineTo(x + 7 * way, y + zoom.size / 2);
      context.lineTo(x, y + zoom.size / 2 + 5);
      context.fill();
    }
    const end = placeOf(view, true, layers, view.left).y + zoom.size;
    if (end < size.height) {
      context.fillStyle = scheme.outside;
      context.fillRect(0, end, size.width, size.height - end);
    }
  }
  if (cell === undefined) return;
  const row = machine.isLine ? Math.floor(layer / view.stride) * view.stride : cell.row;
  const { x, y } = placeOf(view, machine.isLine, row, cell.column);
  context.lineWidth = 2;
  context.strokeRect(x - 1, y - 1, side + 2, (machine.isLine ? zoom.size : side) + 2);
  if (layer === 0 || zoom.block > 1 || zoom.size < 3) return;
  context.setLineDash([4, 3]);
  if (!machine.isLine) context.strokeRect(x - side - 2, y - side - 2, 3 * side + 4, 3 * side + 4);
  else if (view.stride === 1) context.strokeRect(x - side - 1, y - zoom.size - 1, 3 * side + 2, zoom.size + 1);
  context.setLineDash([]);
}
