/** The pictures that the worker makes for the page: the part that is shown, and the whole run beside it. */
import { effect, signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { bitmapOf, type MadePicture } from "../drawing/draw.js";
import { DARK, LIGHT, paletteOf } from "../drawing/palette.js";
import { powerOfTwo, roomFor, SIGNS_FROM, zoomOf, type PictureView, type Size } from "../drawing/view.js";
import { choices, explorer, goTo, isDark, layer, loaded, run } from "../state/store.js";
import { NewestFirst } from "../state/worker-client.js";
import type { LoadedMachine, PictureRequest, RunState } from "../workers/protocol.js";
import { pictureSize, pictureView } from "./picture-state.js";

/** The picture that was made last. */
export const made = signal<MadePicture | undefined>(undefined);

interface Wanted {
  readonly machine: LoadedMachine;
  readonly view: PictureView;
  readonly request: PictureRequest;
}

const pictures = new NewestFirst<Wanted>(async ({ machine, view, request }) => {
  try {
    const answer = await explorer.ask("picture", request);
    if (loaded.value === machine) made.value = { ...answer, view, bitmap: bitmapOf(answer) };
  } catch {
    // The worker was stopped, or another machine loaded: another picture is asked for then.
  }
});

effect(() => {
  const [machine, state, size, view] = [loaded.value, run.value, pictureSize.value, pictureView.value];
  if (machine === undefined || state === undefined || size.width === 0) return;
  const at = machine.isLine ? 0 : Math.min(layer.value, state.layers);
  pictures.ask({ machine, view, request: requestFor(machine, state, view, size, at) });
});

/** What to ask the worker for, so that a view can be drawn. */
function requestFor(
  machine: LoadedMachine,
  { layers }: RunState,
  view: PictureView,
  size: Size,
  at: number,
): PictureRequest {
  const { rows, columns } = roomFor(view, size);
  const { size: side, block } = zoomOf(view);
  const palette = paletteOf(machine.letters, machine.states.length, isDark.value ? DARK : LIGHT, {
    isColoured: choices.isColoured.value,
    isSmall: side < SIGNS_FROM,
  });
  if (!machine.isLine) {
    return {
      palette,
      block,
      layers: [at],
      extent: { top: view.top, left: view.left, rows: rows * block, columns: columns * block },
    };
  }
  const count = Math.max(0, Math.min(rows, Math.floor((layers - view.top) / view.stride) + 1));
  return {
    palette,
    block,
    layers: Array.from({ length: count }, (_, line) => view.top + line * view.stride),
    extent: { top: 0, left: view.left, rows: 1, columns: columns * block },
  };
}

/** Size of the overview in CSS pixels. */
const OVERVIEW: Size = { width: 56, height: 320 };
const overview = signal<HTMLCanvasElement | undefined>(undefined);

const overviews = new NewestFirst<{ readonly machine: LoadedMachine; readonly request: PictureRequest }>(
  async ({ machine, request }) => {
    try {
      const answer = await explorer.ask("picture", request);
      if (loaded.value === machine) overview.value = bitmapOf(answer);
    } catch {
      // As above.
    }
  },
);

effect(() => {
  const [machine, state] = [loaded.value, run.value];
  if (machine?.isLine !== true || state === undefined) {
    overview.value = undefined;
    return;
  }
  const stride = powerOfTwo((state.layers + 1) / OVERVIEW.height);
  const block = powerOfTwo(state.extent.columns / OVERVIEW.width);
  const scheme = isDark.value ? DARK : LIGHT;
  const palette = paletteOf(machine.letters, machine.states.length, scheme, {
    isColoured: choices.isColoured.value,
    isSmall: true,
  });
  const layers = Array.from({ length: Math.floor(state.layers / stride) + 1 }, (_, line) => line * stride);
  overviews.ask({ machine, request: { palette, block, layers, extent: { ...state.extent, top: 0, rows: 1 } } });
});

/** The whole run at a glance; a click goes there. */
export function Overview() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [bitmap, state, view, size, at] = [
    overview.value,
    run.value,
    pictureView.value,
    pictureSize.value,
    layer.value,
  ];
  const shown = bitmap !== undefined && state !== undefined && state.layers > 0;
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context == null || !shown) return;
    const [width, height] = [context.canvas.width, context.canvas.height];
    context.imageSmoothingEnabled = false;
    context.clearRect(0, 0, width, height);
    context.drawImage(bitmap, 0, 0, width, height);
    const y = (of: number): number => (of / (state.layers + 1)) * height;
    const lines = size.height / zoomOf(view).size;
    const scheme = isDark.value ? DARK : LIGHT;
    context.strokeStyle = scheme.frame;
    context.lineWidth = 2;
    context.strokeRect(
      1,
      y(view.top) + 1,
      width - 2,
      Math.max(4, Math.min(height - 2, y(view.top + lines * view.stride)) - y(view.top)) - 2,
    );
    context.fillStyle = scheme.frame;
    context.fillRect(0, y(at), width, 2);
  });
  if (!shown) return null;
  const go = (event: PointerEvent): void => {
    if (event.buttons === 0) return;
    const { clientHeight } = event.currentTarget as HTMLElement;
    goTo(Math.round(Math.max(0, Math.min(1, event.offsetY / clientHeight)) * state.layers));
  };
  return (
    <canvas
      ref={canvas}
      class="overview"
      width={OVERVIEW.width}
      height={OVERVIEW.height}
      role="img"
      aria-label="The whole run; the frame is what the picture shows"
      onPointerDown={go}
      onPointerMove={go}
    />
  );
}
