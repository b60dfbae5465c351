/** The run as a picture: layers run down, or one grid at a time; with an overview of the whole run, and what moves through it. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { drawScene } from "../drawing/draw.js";
import { DARK, LIGHT } from "../drawing/palette.js";
import { zoomOf } from "../drawing/view.js";
import {
  advanceTo,
  cell,
  choices,
  goTo,
  isDark,
  isRunning,
  layer,
  loaded,
  run,
  runError,
  stopRunning,
} from "../state/store.js";
import { KEYS } from "./keys.js";
import { made, Overview } from "./overview.js";
import { fit, isPlaying, pictureSize, pictureView, speed, strideBy, togglePlay, zoomBy } from "./picture-state.js";
import { usePointer } from "./picture-pointer.js";
import { counted, grouped } from "./rules.js";

/** The panel. */
export function PicturePanel() {
  return (
    <section class="panel picture" aria-label="Run">
      <Transport />
      <div class="stage">
        <PictureCanvas />
        <Overview />
      </div>
      <Said />
      <Tools />
    </section>
  );
}

/** From layer to layer. */
function Transport() {
  const known = run.value?.layers ?? 0;
  return (
    <div class="transport">
      <button type="button" aria-label="First layer" onClick={() => goTo(0)}>
        |◂
      </button>
      <button type="button" aria-label="One layer back" onClick={() => goTo(layer.value - 1)}>
        ◂
      </button>
      <button type="button" class="primary" aria-label={isPlaying.value ? "Pause" : "Play"} onClick={togglePlay}>
        {isPlaying.value ? "❚❚" : "▶"}
      </button>
      <button type="button" aria-label="One layer on" onClick={() => goTo(layer.value + 1)}>
        ▸
      </button>
      <button type="button" aria-label="Last layer that is known" onClick={() => goTo(known)}>
        ▸|
      </button>
      <input
        type="range"
        class="scrubber"
        aria-label="Layer"
        min={0}
        max={known}
        value={layer.value}
        onInput={({ currentTarget }) => goTo(Number(currentTarget.value))}
      />
      <label class="field layer-field">
        <span>layer</span>
        <input
          id="layer-number"
          type="number"
          min={0}
          value={layer.value}
          onChange={({ currentTarget }) => goTo(Number(currentTarget.value))}
        />
        <span class="dim">of {grouped(known)}</span>
      </label>
    </div>
  );
}

function PictureCanvas() {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current?.parentElement;
    if (element == null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry === undefined) return;
      const { width, height } = entry.contentRect;
      pictureSize.value = { width: Math.floor(width), height: Math.floor(height) };
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const [machine, size, view] = [loaded.value, pictureSize.value, pictureView.value];
  const scene = {
    scheme: isDark.value ? DARK : LIGHT,
    isColoured: choices.isColoured.value,
    showsNumbers: choices.showsNumbers.value,
    made: made.value,
    view,
    size,
    layer: layer.value,
    cell: cell.value,
    layers: run.value?.layers ?? 0,
  };
  useEffect(() => {
    if (canvas.current !== null && machine !== undefined) drawScene(canvas.current, { ...scene, machine });
  });
  const pointer = usePointer();
  return (
    <div class="canvas">
      <canvas
        ref={canvas}
        tabIndex={0}
        role="img"
        aria-label={labelOf()}
        data-testid="picture"
        style={{ width: `${size.width}px`, height: `${size.height}px` }}
        {...pointer}
      />
    </div>
  );
}

/** What the picture shows, for those who do not see it. */
function labelOf(): string {
  const machine = loaded.value;
  if (machine === undefined) return "No machine yet";
  const kind = machine.isLine ? "Space-time picture, layers run down" : "The grid";
  return `${kind}; layer ${layer.value} of ${run.value?.layers ?? 0}. Arrow keys move the selected cell, comma and full stop change the layer.`;
}

/** What the picture leaves out, how the run goes on, what went wrong. */
function Said() {
  const [machine, state, view] = [loaded.value, run.value, pictureView.value];
  if (machine === undefined || state === undefined) return <p class="dim">Reading the machine ...</p>;
  const { block } = zoomOf(view);
  const parts = [
    ...(machine.isLine && view.stride > 1 ? [`one line every ${grouped(view.stride)} layers`] : []),
    ...(block > 1
      ? [
          `one pixel for ${machine.isLine ? `${block} cells` : `${block} × ${block} cells`}, their mean; a head always shows`,
        ]
      : []),
  ];
  return (
    <div class="said">
      <span class="dim" data-testid="sampling">
        {parts.length === 0 ? "every layer and every cell is shown" : parts.join("; ")}
      </span>
      {isRunning.value ? (
        <button type="button" onClick={stopRunning}>
          Stop at {counted(state.layers, "layer")}
        </button>
      ) : (
        !state.isFixed && <RunOn />
      )}
      {runError.value !== undefined && <span class="bad">{runError.value}</span>}
    </div>
  );
}

function RunOn() {
  const machine = loaded.value;
  const known = run.value?.layers ?? 0;
  const { steps } = machine?.expected ?? {};
  return (
    <span class="group">
      <button type="button" onClick={() => void advanceTo(known * 10)}>
        Run 10 times as far
      </button>
      <button type="button" onClick={() => void advanceTo(Number.MAX_SAFE_INTEGER)}>
        {steps === undefined ? "Run until stopped" : `Run to the halt (${grouped(steps)} steps)`}
      </button>
    </span>
  );
}

/** Shows the network's own numbers, in u-units; the picture is fitted again, for they need room. */
function showNumbers(shows: boolean): void {
  choices.showsNumbers.value = shows;
  fit();
}

/** Zoom, distance of lines, speed, colours, keys. */
function Tools() {
  const showsKeys = useSignal(false);
  const [machine, view] = [loaded.value, pictureView.value];
  return (
    <div class="tools">
      <span class="group" role="group" aria-label="Zoom">
        <button type="button" aria-label="Zoom out" onClick={() => zoomBy(-1)}>
          −
        </button>
        <button type="button" onClick={fit}>
          Fit
        </button>
        <button type="button" aria-label="Zoom in" onClick={() => zoomBy(1)}>
          +
        </button>
      </span>
      {machine?.isLine === true && (
        <span class="group" role="group" aria-label="Distance of lines">
          <button type="button" disabled={view.stride === 1} onClick={() => strideBy(0.5)}>
            Finer
          </button>
          <button type="button" onClick={() => strideBy(2)}>
            Coarser
          </button>
        </span>
      )}
      <label class="field">
        <span>Speed</span>
        <select
          value={String(speed.value)}
          onChange={({ currentTarget }) => (speed.value = Number(currentTarget.value))}
        >
          {[1, 3, 10, 30, 100, 1000, 10000].map((layers) => (
            <option key={layers} value={String(layers)}>
              {layers}/s
            </option>
          ))}
        </select>
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={choices.isColoured.value}
          onChange={({ currentTarget }) => (choices.isColoured.value = currentTarget.checked)}
        />
        <span>Colour states</span>
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={choices.showsNumbers.value}
          onChange={({ currentTarget }) => showNumbers(currentTarget.checked)}
        />
        <span>Raw values</span>
      </label>
      <button
        type="button"
        class="quiet"
        aria-expanded={showsKeys.value}
        onClick={() => (showsKeys.value = !showsKeys.value)}
      >
        Keys
      </button>
      {showsKeys.value && (
        <dl class="facts keys">
          {KEYS.map(([keys, does]) => (
            <div key={keys}>
              <dt>
                <kbd>{keys}</kbd>
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
