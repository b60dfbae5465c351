/**
 * What a cell of the grid looks like in a picture: the phase is its background, the tape symbol a sign on it, the head
 * a dark disc.
 */
import type { NormalMachine, TapeSymbol } from "../../spec/machines/machine.js";
import { cellFromValue, fromUnits, headOnCell, PHASE, type CellCode } from "../../spec/rcnn/cell-code.js";

/** The look of a cell in a picture. */
export interface CellLook {
  readonly phase: "unknown" | "memory" | "compute" | "none";
  /** In a padding column, not written on so far. */
  readonly isPadding: boolean;
  readonly symbol: TapeSymbol;
  /** Name of the machine's state if the head is here. */
  readonly state: string | undefined;
}

/** Colours of the backgrounds: strong enough to tell apart in grey too, for they differ in lightness. */
export const BACKGROUNDS: Readonly<Record<CellLook["phase"], readonly [data: string, padding: string]>> = {
  unknown: ["#ffffff", "#eceff1"],
  memory: ["#c9b3e6", "#c9b3e6"],
  compute: ["#d7f0d2", "#b9d9b4"],
  none: ["#ff00ff", "#ff00ff"],
};

/** Colour of the sign for +1. */
export const PLUS = "#c2410c";

/** Colour of the sign for -1. */
export const MINUS = "#1d4ed8";

/** Colour of the disc for the head. */
export const HEAD = "#111827";

/** Reads the look off a cell's value in u-units; a value that is not a cell has phase "none". */
export function cellLook(code: CellCode, machine: NormalMachine, units: number): CellLook {
  const cell = cellFromValue(code, fromUnits(code, BigInt(units)));
  const { digits } = cell;
  if (digits === undefined) return { phase: "none", isPadding: false, symbol: 0, state: undefined };
  const [padding = 0, symbol = 0, phase = 0] = digits;
  const head = headOnCell(code, cell);
  return {
    phase: phase === PHASE.memory ? "memory" : phase === PHASE.compute ? "compute" : "unknown",
    isPadding: padding === 1,
    symbol,
    state: head === undefined ? undefined : machine.states[head.state],
  };
}

/** The colour of a cell's background. */
export function backgroundOf({ phase, isPadding }: CellLook): string {
  return BACKGROUNDS[phase][isPadding ? 1 : 0];
}

/**
 * The SVG of what is drawn on a cell's background, with its upper left corner at x, y; empty for a blank without head.
 * Below 6 pixels, signs and heads become filled squares.
 */
export function drawContent({ symbol, state }: CellLook, x: number, y: number, size: number): string {
  const colour = symbol === 1 ? PLUS : MINUS;
  if (size < 6) {
    const fill = state === undefined ? (symbol === 0 ? undefined : colour) : HEAD;
    return fill === undefined ? "" : `<rect x="${x}" y="${y}" width="${size}" height="${size}" fill="${fill}"/>`;
  }
  const [cx, cy] = [x + size / 2, y + size / 2];
  const disc = state === undefined ? "" : `<circle cx="${cx}" cy="${cy}" r="${round(size * 0.46)}" fill="${HEAD}"/>`;
  if (symbol === 0) return disc;
  const arm = round(size * 0.27);
  const width = round(Math.max(1.4, size * 0.15));
  const stroke = state === undefined ? colour : symbol === 1 ? "#fdba74" : "#93c5fd";
  const vertical = symbol === 1 ? `M${cx} ${round(cy - arm)}V${round(cy + arm)}` : "";
  return `${disc}<path d="M${round(cx - arm)} ${cy}H${round(cx + arm)}${vertical}" stroke="${stroke}" stroke-width="${width}"/>`;
}

/** At most two decimals, for short files. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
