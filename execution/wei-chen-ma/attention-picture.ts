/**
 * The attention picture: a space-time diagram of a run, one line a pass, and beside it an arc from each pass to the one that it reads,
 * which is the last that wrote where the head now is.
 */
import type { DecodedPass } from "./decode.js";

/** A line of the picture. */
export interface PictureLine {
  /** The tape after the pass, and the head. */
  readonly cells: ReadonlyMap<number, number>;
  readonly head: number;
  readonly state: string;
  /** The pass that is read; 0 if none wrote here and the input has no symbol; "input" if the encoder is read. */
  readonly reads: number | "input";
}

/** What is drawn. */
export interface AttentionPicture {
  readonly title: string;
  readonly symbols: readonly string[];
  readonly lines: readonly PictureLine[];
}

/** Most lines that are drawn. */
export const MAX_PICTURE_LINES = 400;

const CELL = 10;
const MARGIN = 24;
const TOP = 64;
const COLOURS = ["#ffffff", "#1d4ed8", "#b45309", "#047857", "#7c3aed", "#be123c"] as const;

/** What people call them. */
const COLOUR_NAMES = ["white", "blue", "brown", "green", "violet", "red"] as const;

/** Which earlier pass a pass reads: the one of its last module of decoder self-attention, if any, else the encoder's, else none. */
export function readOf({ reads }: DecodedPass<unknown>): number | "input" {
  const self = reads.findLast(({ module }) => module === "self")?.positions ?? [0];
  const cross = reads.findLast(({ module }) => module === "cross")?.positions ?? [0];
  const [step = 0] = self;
  if (step > 0) return step;
  return (cross[0] ?? 0) > 0 ? "input" : 0;
}

/** The picture as SVG text. @throws {RangeError} if there are no lines, or more than are drawn */
export function attentionSvg({ title, symbols, lines }: AttentionPicture): string {
  if (lines.length === 0 || lines.length > MAX_PICTURE_LINES)
    throw new RangeError(`attentionSvg: expected from 1 to ${MAX_PICTURE_LINES} passes, got ${lines.length}`);
  const positions = lines.flatMap(({ cells, head }) => [...cells.keys(), head]);
  const [left, right] = [Math.min(...positions), Math.max(...positions)];
  const x = (position: number): number => MARGIN + 36 + (position - left) * CELL;
  const y = (line: number): number => TOP + line * CELL;
  const edge = x(right + 1) + 8;
  const body: string[] = [];
  for (const [i, { cells, head, state, reads }] of lines.entries()) {
    if (i % 10 === 9 || i === 0 || lines.length <= 40)
      body.push(`<text x="${MARGIN + 28}" y="${y(i) + 8}" font-size="8" text-anchor="end">${i + 1}</text>`);
    for (const [position, symbol] of [...cells].toSorted(([a], [b]) => a - b))
      body.push(`<rect x="${x(position)}" y="${y(i)}" width="${CELL}" height="${CELL}" fill="${colourOf(symbol)}"/>`);
    const note = `pass ${i + 1}: state ${state}, position ${head}, reads ${reads === "input" ? "the input" : reads === 0 ? "nothing" : `pass ${reads}`}`;
    body.push(
      `<rect x="${x(head) + 1}" y="${y(i) + 1}" width="${CELL - 2}" height="${CELL - 2}" fill="none" stroke="#dc2626" stroke-width="1.5"><title>${escaped(note)}</title></rect>`,
    );
    body.push(arcOf(i, reads, edge, y));
  }
  const depth = lines.reduce(
    (most, { reads }, i) => (typeof reads === "number" && reads > 0 ? Math.max(most, i + 1 - reads) : most),
    1,
  );
  // Texts are wider than the picture of a short tape; a letter takes about 0.62 and 0.52 of its size.
  const texts = Math.max(title.length * 14 * 0.62, legend(symbols).length * 9 * 0.52);
  const width = Math.ceil(Math.max(edge + 24 + bulge(depth), MARGIN + texts) + MARGIN);
  const height = Math.ceil(y(lines.length) + MARGIN);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" fill="#111827">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    `<text x="${MARGIN}" y="24" font-size="14" font-weight="600">${escaped(title)}</text>`,
    `<text x="${MARGIN}" y="42" font-size="9">${escaped(legend(symbols))}</text>`,
    ...body,
    "</svg>\n",
  ].join("\n");
}

function legend(symbols: readonly string[]): string {
  const names = symbols.map((symbol, i) => `${symbol}: ${COLOUR_NAMES[i === 0 ? 0 : 1 + ((i - 1) % 5)] as string}`);
  return `One line a pass; the head is framed. An arc leads to the pass that is read; a dot: the input. ${names.join(", ")}`;
}

function colourOf(symbol: number): string {
  return symbol === 0 ? COLOURS[0] : (COLOURS[1 + ((symbol - 1) % 5)] as string);
}

/** How far an arc over so many lines leans out. */
function bulge(distance: number): number {
  return 12 + 10 * Math.sqrt(distance);
}

function arcOf(line: number, reads: number | "input", edge: number, y: (line: number) => number): string {
  const from = y(line) + CELL / 2;
  if (reads === 0) return "";
  if (reads === "input") return `<circle cx="${edge + 4}" cy="${from}" r="2" fill="#047857"/>`;
  const to = y(reads - 1) + CELL / 2;
  const lean = Math.round(edge + bulge(line + 1 - reads));
  return `<path d="M ${edge} ${from} C ${lean} ${from}, ${lean} ${to}, ${edge} ${to}" fill="none" stroke="#6b7280" stroke-width="0.8" stroke-opacity="0.7"/>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
