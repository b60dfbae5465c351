/** What the page knows, as signals, and what changes it. Everything that is computed comes from the workers. */
import { batch, computed, effect, signal } from "@preact/signals";
import type { CellAddress, InspectedCell, LoadedMachine, MachineText, RunState } from "../workers/protocol.js";
import { readAddress, writeAddress, type MachineChoice, type View } from "./address.js";
import { GALLERY } from "./gallery.js";
import { NewestFirst, Stopped, WorkerClient } from "./worker-client.js";

/** Runs, pictures, cells. */
export const explorer = new WorkerClient();

/** Proofs and checks, which take long and can be stopped. */
export const prover = new WorkerClient();

/** The view that is shown. */
export const view = signal<View>("machine");

/** The machine that the page shows or tries to show. */
export const choice = signal<MachineChoice>({ gallery: "bb4" });

/** Its text, as the editor has it. */
export const text = signal("");

/** The machine that could be read last. */
export const loaded = signal<LoadedMachine | undefined>(undefined);

/** Why the text is no machine. */
export const loadError = signal<string | undefined>(undefined);

/** What is known of its run. */
export const run = signal<RunState | undefined>(undefined);

/** Whether it is being run further. */
export const isRunning = signal(false);

/** Why it could not be run further. */
export const runError = signal<string | undefined>(undefined);

/** The layer that is looked at. */
export const layer = signal(0);

/** The cell that is looked at; undefined closes the inspector. */
export const cell = signal<{ readonly row: number; readonly column: number } | undefined>(undefined);

/** That cell, taken apart. */
export const inspected = signal<InspectedCell | undefined>(undefined);

/** Counts changes of the filter, after which cells are to be taken apart again. */
export const changes = signal(0);

/** How pictures look. */
export const choices = { isColoured: signal(true), showsNumbers: signal(false) };

/** The scheme that the page is shown in: the system's, unless a person chose one. */
export const chosenScheme = signal<"light" | "dark" | undefined>(undefined);
const systemIsDark = signal(matchMedia("(prefers-color-scheme: dark)").matches);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", ({ matches }) => (systemIsDark.value = matches));

/** Whether the page is dark. */
export const isDark = computed(() => (chosenScheme.value ?? (systemIsDark.value ? "dark" : "light")) === "dark");
effect(() => {
  document.documentElement.dataset["scheme"] = isDark.value ? "dark" : "light";
});

/** Layers that are run at once when a machine is loaded. */
const FIRST_LAYERS = 2000;
/** Milliseconds that the worker runs before it answers other questions: few at first, then more, for each costs pictures. */
const SLICES = { first: 60, most: 300 } as const;

/** The machine as it is passed to a worker. */
export function machineText(): MachineText {
  const now = choice.value;
  if ("gallery" in now) return { text: text.value, name: now.gallery, format: "yaml" };
  return { text: text.value, name: "machine text", ...(now.format === undefined ? {} : { format: now.format }) };
}

/** Chooses a machine of the gallery. */
export function chooseGallery(name: string): Promise<void> {
  return choose({ gallery: name });
}

/** Chooses a machine, loads it, and runs its first layers. A text with an error leaves what is shown. */
export async function choose(next: MachineChoice, at: Partial<CellAddress> = {}): Promise<void> {
  const given = "text" in next ? next.text : GALLERY.find(({ name }) => name === next.gallery)?.text;
  batch(() => {
    choice.value = next;
    text.value = given ?? "";
  });
  stopRunning();
  if (given === undefined) {
    loadError.value = `there is no machine ${"gallery" in next ? next.gallery : ""} in the gallery`;
    return;
  }
  try {
    const machine = await explorer.ask("load", machineText());
    if (choice.value !== next) return;
    batch(() => {
      loaded.value = machine;
      loadError.value = undefined;
      runError.value = undefined;
      run.value = undefined;
      inspected.value = undefined;
      cell.value = undefined;
      layer.value = 0;
      changes.value = 0;
    });
    await advanceTo(Math.max(FIRST_LAYERS, at.layer ?? 0));
    if (at.layer !== undefined) layer.value = Math.min(at.layer, run.value?.layers ?? 0);
    if (at.row !== undefined && at.column !== undefined) cell.value = { row: at.row, column: at.column };
  } catch (error) {
    if (choice.value === next) loadError.value = wordsOf(error);
  }
}

let runNumber = 0;

/** Ends a run where it is. */
export function stopRunning(): void {
  runNumber++;
  isRunning.value = false;
}

/** Runs until a layer is known, nothing changes any more, or it is stopped. */
export async function advanceTo(layers: number): Promise<void> {
  const number = ++runNumber;
  isRunning.value = true;
  let milliseconds: number = SLICES.first;
  try {
    for (;;) {
      const state = await explorer.ask("advance", { layers, milliseconds });
      milliseconds = Math.min(SLICES.most, milliseconds * 1.5);
      if (number !== runNumber) return;
      run.value = state;
      if (state.isFixed || state.layers >= layers) break;
    }
  } catch (error) {
    if (number === runNumber) runError.value = wordsOf(error);
  }
  if (number === runNumber) isRunning.value = false;
}

/** Looks at another layer, which is run if it is not known yet. */
export function goTo(wanted: number): void {
  const known = run.value?.layers ?? 0;
  const next = Math.max(0, Math.floor(wanted));
  if (next <= known || run.value?.isFixed === true) {
    layer.value = Math.min(next, known);
    return;
  }
  void advanceTo(next).then(() => (layer.value = Math.min(next, run.value?.layers ?? 0)));
}

/** Looks at a cell. */
export function select(row: number, column: number, at: number = layer.value): void {
  batch(() => {
    goTo(at);
    cell.value = { row, column };
  });
}

const inspections = new NewestFirst<CellAddress>(async (address) => {
  try {
    inspected.value = await explorer.ask("inspect", address);
  } catch (error) {
    if (!(error instanceof Stopped)) inspected.value = undefined;
  }
});

effect(() => {
  const [where, at, known] = [cell.value, layer.value, run.value];
  void changes.value;
  if (where === undefined) inspected.value = undefined;
  else if (known !== undefined && at <= known.layers) inspections.ask({ ...where, layer: at });
});

/** An error in words for the page. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

let ownHash = "";

/** Shows what the page's address says, and keeps the address at what is shown. */
export async function followAddress(): Promise<void> {
  const show = async (): Promise<void> => {
    const address = await readAddress(location.hash);
    view.value = address.view;
    const machine = address.machine ?? choice.value;
    const at = { ...(address.layer === undefined ? {} : { layer: address.layer }), ...address.cell };
    await choose(machine, at);
  };
  addEventListener("hashchange", () => {
    if (location.hash !== ownHash) void show();
  });
  await show();
  effect(() => {
    const isStart = layer.value === 0 && cell.value === undefined;
    const address = {
      view: view.value,
      machine: choice.value,
      layer: isStart ? undefined : layer.value,
      cell: cell.value,
    };
    void writeAddress(address).then((hash) => {
      ownHash = `#${hash}`;
      if (location.hash !== ownHash) history.replaceState(null, "", ownHash);
    });
  });
}
