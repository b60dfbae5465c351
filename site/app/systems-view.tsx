/** The other papers' networks: so far a machine as a transformer decoder, with what each pass reads. */
import { effect, signal } from "@preact/signals";
import { choice, chooseGallery, explorer, loaded, machineText, view, wordsOf } from "../state/store.js";
import { NewestFirst } from "../state/worker-client.js";
import { GALLERY } from "../state/gallery.js";
import { SvgImage } from "./svg-image.js";

const passes = signal(60);
const picture = signal<string | undefined>(undefined);
const failure = signal<string | undefined>(undefined);

const pictures = new NewestFirst<number>(async (count) => {
  try {
    picture.value = await explorer.ask("attention", { machine: machineText(), passes: count });
    failure.value = undefined;
  } catch (error) {
    failure.value = wordsOf(error);
    picture.value = undefined;
  }
});

effect(() => {
  if (view.value === "systems" && loaded.value !== undefined) pictures.ask(passes.value);
});

/** The view. */
export function SystemsView() {
  return (
    <div class="reading wide">
      <h1>The same machine as a transformer</h1>
      <p>
        Wei, Chen and Ma turn a machine on one tape into a decoder: each pass is a step, and attention finds what the
        tape holds under the head, at the last pass that wrote there. An arc leads from each pass to the one that it
        reads.
      </p>
      <section class="panel" aria-label="Attention">
        <div class="tools">
          <label class="field">
            <span>Machine</span>
            <select
              value={"gallery" in choice.value ? choice.value.gallery : ""}
              onChange={({ currentTarget }) => void chooseGallery(currentTarget.value)}
            >
              {!("gallery" in choice.value) && <option value="">your own text</option>}
              {GALLERY.map(({ name }) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <label class="field">
            <span>Passes</span>
            <input
              type="number"
              min={2}
              max={400}
              value={passes.value}
              onChange={({ currentTarget }) => (passes.value = Number(currentTarget.value))}
            />
          </label>
        </div>
        {failure.value !== undefined && (
          <p class="bad" role="alert">
            {failure.value}
          </p>
        )}
        {picture.value !== undefined && (
          <SvgImage svg={picture.value} alt="Passes, the tape after each, and which pass each one reads" />
        )}
      </section>
      <p class="dim">The certificates of decoders and of circuits' networks are decided under "Check a file".</p>
    </div>
  );
}
