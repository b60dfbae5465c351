/** What a finger, a mouse and a wheel do on the picture. */
import { useRef } from "preact/hooks";
import { zoomOf } from "../drawing/view.js";
import { loaded, run, select } from "../state/store.js";
import { moveBy, pictureView, zoomBy } from "./picture-state.js";

/** A tap selects a cell; a drag moves the picture; the wheel scrolls, and zooms with a modifier. */
export function usePointer() {
  const start = useRef<{ x: number; y: number; moved: boolean; restX: number; restY: number } | undefined>(undefined);
  return {
    onPointerDown: (event: PointerEvent) => {
      (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
      start.current = { x: event.clientX, y: event.clientY, moved: false, restX: 0, restY: 0 };
    },
    onPointerMove: (event: PointerEvent) => {
      const now = start.current;
      if (now === undefined) return;
      const [dx, dy] = [event.clientX - now.x, event.clientY - now.y];
      if (!now.moved && Math.hypot(dx, dy) < 5) return;
      const { size } = zoomOf(pictureView.value);
      const [columns, lines] = [(now.restX - dx) / size, (now.restY - dy) / size].map(Math.trunc) as [number, number];
      start.current = {
        x: event.clientX,
        y: event.clientY,
        moved: true,
        restX: now.restX - dx - columns * size,
        restY: now.restY - dy - lines * size,
      };
      moveBy(columns, lines);
    },
    onPointerUp: (event: PointerEvent) => {
      const now = start.current;
      start.current = undefined;
      if (now === undefined || now.moved) return;
      selectAt(event.offsetX, event.offsetY);
    },
    onWheel: (event: WheelEvent) => {
      event.preventDefault();
      if (event.ctrlKey || event.metaKey) zoomBy(event.deltaY < 0 ? 1 : -1, { x: event.offsetX, y: event.offsetY });
      else
        moveBy(
          Math.trunc(event.deltaX / 20),
          Math.sign(event.deltaY) *
            Math.max(1, Math.round(Math.abs(event.deltaY) / (4 * zoomOf(pictureView.value).size))),
        );
    },
  };
}

function selectAt(x: number, y: number): void {
  const [machine, view] = [loaded.value, pictureView.value];
  if (machine === undefined) return;
  const { size, block } = zoomOf(view);
  const column = view.left + Math.floor(x / size) * block;
  const line = Math.floor(y / size);
  if (!machine.isLine) select(view.top + line * block, column);
  else if (view.top + line * view.stride <= (run.value?.layers ?? 0)) select(0, column, view.top + line * view.stride);
}
