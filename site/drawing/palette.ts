/** Colours of cells. Lightness tells them apart too, and signs and letters say the same where there is room for them. */
import type { LetterLook } from "../workers/protocol.js";

/** Colours of one scheme, as #rrggbb. */
export interface Scheme {
  readonly unknown: string;
  readonly memory: string;
  readonly compute: string;
  readonly padding: string;
  readonly plus: string;
  readonly minus: string;
  readonly head: string;
  /** A value that is neither. */
  readonly number: string;
  /** What is written on a head. */
  readonly onHead: string;
  /** Frames: the cell that is selected, and its patch. */
  readonly frame: string;
  readonly line: string;
  readonly outside: string;
}

/** On a light page. */
export const LIGHT: Scheme = {
  unknown: "#ffffff",
  memory: "#c9b3e6",
  compute: "#edf5ea",
  padding: "#d5e6d1",
  plus: "#c2410c",
  minus: "#1d4ed8",
  head: "#111827",
  number: "#334155",
  onHead: "#ffffff",
  frame: "#be123c",
  line: "#cbd5e1",
  outside: "#e5e7eb",
};

/** On a dark page. */
export const DARK: Scheme = {
  unknown: "#334155",
  memory: "#5b3f8a",
  compute: "#16241c",
  padding: "#24382b",
  plus: "#fb923c",
  minus: "#60a5fa",
  head: "#f8fafc",
  number: "#cbd5e1",
  onHead: "#0b1220",
  frame: "#fb7185",
  line: "#334155",
  outside: "#0b1220",
};

/** Colour of a cell's background. */
export function backgroundOf(look: LetterLook, scheme: Scheme): string {
  if (look.phase === "unknown") return scheme.unknown;
  if (look.phase === "memory") return scheme.memory;
  return look.isPadding ? scheme.padding : scheme.compute;
}

/** Colour of a head in a state; one colour for all of them if states are not coloured. */
export function headColour(state: number, states: number, scheme: Scheme, isColoured: boolean): string {
  if (!isColoured) return scheme.head;
  const isDark = scheme === DARK;
  return hslToHex(((state - 1) * 360) / Math.max(1, states - 1) + 280, 0.75, isDark ? 0.72 : 0.32);
}

/** Colours by letter as 0xAABBGGRR: where cells are small, a symbol fills its cell; where they are large, it is drawn on it. */
export function paletteOf(
  letters: readonly LetterLook[],
  states: number,
  scheme: Scheme,
  { isColoured, isSmall }: { readonly isColoured: boolean; readonly isSmall: boolean },
): Uint32Array {
  return Uint32Array.from(letters, (look) => {
    if (look.state !== null && isSmall) return packed(headColour(look.state, states, scheme, isColoured));
    if (look.symbol !== 0 && isSmall) return packed(look.symbol === 1 ? scheme.plus : scheme.minus);
    return packed(backgroundOf(look, scheme));
  });
}

/** "#rrggbb" as 0xAABBGGRR, the order of bytes in a picture. */
export function packed(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)) as [
    number,
    number,
    number,
  ];
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

function hslToHex(hue: number, saturation: number, lightness: number): string {
  const part = (n: number): string => {
    const k = (n + hue / 30) % 12;
    const value = lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1));
    return Math.round(255 * value)
      .toString(16)
      .padStart(2, "0");
  };
  return `#${part(0)}${part(8)}${part(4)}`;
}
