/** A machine: its text and table, its run as a picture, and the cell that is looked at. */
import { useEffect } from "preact/hooks";
import { cell, loaded } from "../state/store.js";
import { Inspector } from "./inspector.js";
import { followKeys } from "./keys.js";
import { MachinePanel } from "./machine-panel.js";
import { PicturePanel } from "./picture-panel.js";
import { ProofStrip } from "./proof.js";

/** The view. */
export function MachineView() {
  useEffect(followKeys, []);
  return (
    <>
      <h1 class="unseen">{loaded.value?.name ?? "A machine"} as a network</h1>
      <ProofStrip />
      <div class={cell.value === undefined ? "bench" : "bench inspecting"}>
        <MachinePanel />
        <PicturePanel />
        <Inspector />
      </div>
    </>
  );
}
