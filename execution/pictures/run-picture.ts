/** The picture of a roll-out from any grid of letters, such as a blank tape: chosen layers of the exact event-driven engine. */
import type { NormalMachine } from "../../spec/machines/machine.js";
import type { FilterTable } from "../rcnn/filter-table.js";
import type { LetterGrid } from "../rcnn/letter-grid.js";
import { RollOut } from "../rcnn/roll-out.js";
import { chosenLayers, spaceTimeSvg, type Frame } from "./space-time.js";

/** What to show. */
export interface RunPictureRequest {
  readonly title: string;
  readonly machine: NormalMachine;
  /** The machine's filter. */
  readonly table: FilterTable;
  readonly start: LetterGrid;
  /** Layers to roll out; fewer are shown if nothing changes any more. */
  readonly layers: number;
}

/** Most frames of a grid, and most lines of a grid of one row. */
const MOST_FRAMES = 12;
const MOST_LINES = 360;

/** Draws a roll-out, as SVG text. */
export function runPicture({ title, machine, table, start, layers }: RunPictureRequest): string {
  const length = new RollOut(table, start).advance(layers);
  const isLine = start.rows === 1;
  const chosen = chosenLayers(0, length, isLine ? MOST_LINES : MOST_FRAMES);
  const run = new RollOut(table, start);
  let reached = 0;
  const frames = chosen.map((layer): Frame => {
    reached += run.advance(layer - reached);
    const grid = Array.from(run.grid().letters, (letter) => Number(table.letters.units[letter]));
    const isEnd = layer === length && length < layers;
    return { layer, grid, ...(isEnd ? { note: "nothing changes any more" } : {}) };
  });
  const everyLayer = chosen.length === length + 1;
  const what = isLine
    ? `Layers run downwards${everyLayer ? "" : `; ${chosen.length} of ${length + 1} are shown`}`
    : `The grid after ${everyLayer ? "every layer" : `${chosen.length} of ${length + 1} layers`}`;
  return spaceTimeSvg({
    title,
    code: table.letters.code,
    machine,
    rows: start.rows,
    columns: start.columns,
    sections: [{ title: what, frames }],
  });
}
