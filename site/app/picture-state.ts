/** What the picture shows and how it moves: its view, its canvas' size, playing. */
import { batch, effect, signal } from "@preact/signals";
import {
  fitGrid,
  fitLines,
  moved,
  showingLayer,
  withStride,
  zoomed,
  type PictureView,
  type Size,
  NUMBERS_FROM,
  zoomOf,
} from "../drawing/view.js";
import { choices, goTo, layer, loaded, run } from "../state/store.js";

/** Of the canvas. */
export const pictureSize = signal<Size>({ width: 0, height: 0 });
/** What the picture is to show. */
export const pictureView = signal<PictureView>({ zoom: 0, stride: 1, top: 0, left: 0 });

/** Whether the picture fits itself to the run as that grows; until a person moves it. */
export const isFitted = signal(true);
/** Whether layer follows layer by itself. */
export const isPlaying = signal(false);

/** Layers a second. */
export const speed = signal(10);

/** Shows the whole run again. */
export function fit(): void {
  batch(() => {
    isFitted.value = true;
    refit();
  });
}

function refit(): void {
  const [machine, state, size] = [loaded.value, run.value, pictureSize.value];
  if (machine === undefined || state === undefined || size.width === 0) return;
  const fitted = machine.isLine ? fitLines(state.extent, state.layers, size) : fitGrid(state.extent, size);
  // Values need larger cells than the whole run may leave them.
  let next = fitted;
  const middle = { x: size.width / 2, y: 0 };
  while (choices.showsNumbers.value && zoomOf(next).size < NUMBERS_FROM) next = zoomed(next, 1, middle, machine.isLine);
  const now = pictureView.peek();
  const shown =
    machine.isLine && next.stride === 1
      ? showingLayer({ ...next, top: now.stride === 1 ? now.top : 0 }, layer.peek(), size)
      : next;
  pictureView.value = shown;
}

effect(() => {
  if (isFitted.value) refit();
});

// Another machine is shown from its start, and as a whole.
let fittedTo = loaded.peek();
effect(() => {
  const machine = loaded.value;
  if (machine === fittedTo) return;
  fittedTo = machine;
  batch(() => {
    isPlaying.value = false;
    pictureView.value = { ...pictureView.peek(), top: 0 };
    isFitted.value = true;
  });
});

// The layer that is looked at stays in the picture.
effect(() => {
  const at = layer.value;
  if (loaded.peek()?.isLine !== true || pictureSize.peek().height === 0) return;
  const now = pictureView.peek();
  const next = showingLayer(now, at, pictureSize.peek());
  if (next !== now) pictureView.value = next;
});

/** Zooms about a point, or about the middle. */
export function zoomBy(by: number, at?: { readonly x: number; readonly y: number }): void {
  const { width, height } = pictureSize.value;
  isFitted.value = false;
  pictureView.value = zoomed(pictureView.value, by, at ?? { x: width / 2, y: height / 2 }, isLine());
}

/** Moves the picture by cells and lines. */
export function moveBy(columns: number, lines: number): void {
  if (columns === 0 && lines === 0) return;
  isFitted.value = false;
  const next = moved(pictureView.value, columns, lines, isLine());
  const last = run.value?.layers ?? 0;
  pictureView.value = isLine()
    ? { ...next, top: Math.min(next.top, Math.floor(last / next.stride) * next.stride) }
    : next;
}

/** Doubles or halves the distance of lines. */
export function strideBy(factor: 2 | 0.5): void {
  const now = pictureView.value;
  const stride = Math.max(1, now.stride * factor);
  isFitted.value = false;
  pictureView.value = showingLayer(withStride(now, stride), layer.value, pictureSize.value);
}

const isLine = (): boolean => loaded.value?.isLine === true;

/** Starts or ends playing; at the end of the run it starts again. */
export function togglePlay(): void {
  if (isPlaying.value) {
    isPlaying.value = false;
    return;
  }
  const state = run.value;
  if (state === undefined) return;
  if (state.isFixed && layer.value >= state.layers) layer.value = 0;
  isPlaying.value = true;
  let last = performance.now();
  let owed = 0;
  const tick = (now: number): void => {
    if (!isPlaying.value) return;
    owed += ((now - last) / 1000) * speed.value;
    last = now;
    const steps = Math.floor(owed);
    owed -= steps;
    if (steps > 0) goTo(layer.value + steps);
    if (run.value?.isFixed === true && layer.value >= run.value.layers) isPlaying.value = false;
    else requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
}
