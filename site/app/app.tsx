/** The frame of all views: what can be chosen, and what is dropped on the page. */
import { useSignal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import type { View } from "../state/address.js";
import { chosenScheme, isDark, view } from "../state/store.js";
import { CheckView, decideFile } from "./check-view.js";
import { AuditView } from "./audit-view.js";
import { LearnView } from "./learn-view.js";
import { MachineView } from "./machine-view.js";
import { SystemsView } from "./systems-view.js";

/** The views that there are, in the order of the tabs. */
const TABS: readonly { readonly view: View; readonly label: string; readonly show: ComponentType }[] = [
  { view: "machine", label: "Machine", show: MachineView },
  { view: "check", label: "Check a file", show: CheckView },
  { view: "learn", label: "Learn", show: LearnView },
  { view: "systems", label: "Transformer", show: SystemsView },
  { view: "audit", label: "Audit", show: AuditView },
];

/** The page. */
export function App() {
  const isDragging = useSignal(false);
  useEffect(() => followDrops((dragging) => (isDragging.value = dragging)), []);
  const shown = TABS.find((tab) => tab.view === view.value) ?? TABS[0];
  const Shown = (shown as (typeof TABS)[number]).show;
  return (
    <>
      <header class="top">
        <p class="brand">weightproof</p>
        <nav aria-label="Views">
          {TABS.map((tab) => (
            <button
              type="button"
              key={tab.view}
              class="tab"
              aria-current={tab === shown ? "page" : undefined}
              onClick={() => (view.value = tab.view)}
            >
              {tab.label}
            </button>
          ))}
        </nav>
        <div class="spacer" />
        <ShareButton />
        <button
          type="button"
          class="quiet"
          aria-label={isDark.value ? "Use the light scheme" : "Use the dark scheme"}
          onClick={() => (chosenScheme.value = isDark.value ? "light" : "dark")}
        >
          {isDark.value ? "☀" : "☾"}
        </button>
      </header>
      <main>
        <Shown />
      </main>
      {isDragging.value && <div class="drop-veil">Drop a certificate to have it decided here</div>}
    </>
  );
}

/** Copies the page's address, which says what is shown. */
function ShareButton() {
  const said = useSignal("Copy link");
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(location.href);
      said.value = "Copied";
    } catch {
      said.value = "The link is in the address bar";
    }
    setTimeout(() => (said.value = "Copy link"), 2000);
  };
  return (
    <button type="button" class="quiet" onClick={() => void copy()}>
      <span aria-live="polite">{said}</span>
    </button>
  );
}

/** Decides a file that is dropped anywhere on the page. */
function followDrops(tell: (dragging: boolean) => void): () => void {
  const over = (event: DragEvent): void => {
    event.preventDefault();
    tell(true);
  };
  const leave = (event: DragEvent): void => {
    if (event.relatedTarget === null) tell(false);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    tell(false);
    const file = event.dataTransfer?.files[0];
    if (file === undefined) return;
    view.value = "check";
    void decideFile(file);
  };
  addEventListener("dragover", over);
  addEventListener("dragleave", leave);
  addEventListener("drop", drop);
  return () => {
    removeEventListener("dragover", over);
    removeEventListener("dragleave", leave);
    removeEventListener("drop", drop);
  };
}
