/** The keyboard: everything that the picture can do. */
import { batch } from "@preact/signals";
import { cell, goTo, layer, loaded, run, select } from "../state/store.js";
import { fit, togglePlay, zoomBy } from "./picture-state.js";
import { prove } from "./proof.js";

/** What each key does, for the help text. */
export const KEYS: readonly (readonly [keys: string, does: string])[] = [
  ["arrows", "move the selected cell"],
  [", and .", "one layer back or on"],
  ["Home, End", "the first or the last layer that is known"],
  ["space", "play or pause"],
  ["+ − 0", "zoom in, out, fit"],
  ["g", "go to a layer"],
  ["p", "prove"],
  ["Esc", "close the inspector"],
];

const MOVES: Readonly<Record<string, readonly [row: number, column: number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

/** Listens to the keyboard; returns what ends it. */
export function followKeys(): () => void {
  addEventListener("keydown", press);
  return () => removeEventListener("keydown", press);
}

function press(event: KeyboardEvent): void {
  const target = event.target as HTMLElement | null;
  const isWriting =
    target?.closest("input, textarea, select") !== null && target?.closest("input, textarea, select") !== undefined;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    cell.value = undefined;
    return;
  }
  if (isWriting) return;
  // A button keeps its own key.
  if (event.key === " " && target?.closest("button, summary, a") != null) return;
  if (act(event.key)) event.preventDefault();
}

function act(key: string): boolean {
  const known = run.value?.layers ?? 0;
  const move = MOVES[key];
  if (move !== undefined) {
    moveCell(move);
    return true;
  }
  switch (key) {
    case ",":
      goTo(layer.value - 1);
      return true;
    case ".":
      goTo(layer.value + 1);
      return true;
    case "Home":
      goTo(0);
      return true;
    case "End":
      goTo(known);
      return true;
    case " ":
      togglePlay();
      return true;
    case "+":
    case "=":
      zoomBy(1);
      return true;
    case "-":
      zoomBy(-1);
      return true;
    case "0":
      fit();
      return true;
    case "g":
      document.querySelector<HTMLInputElement>("#layer-number")?.select();
      return true;
    case "p":
      void prove();
      return true;
    default:
      return false;
  }
}

/** In a picture of lines, up and down are layers; in a grid they are rows. */
function moveCell([rows, columns]: readonly [number, number]): void {
  const now = cell.value ?? { row: 0, column: 0 };
  if (loaded.value?.isLine !== true) {
    select(now.row + rows, now.column + columns);
    return;
  }
  batch(() => select(0, now.column + columns, layer.value + rows));
}
