/** Learning: a data set, what SGD memorizes of it, and what the filter computes from that. */
import { effect, signal } from "@preact/signals";
import { GALLERY } from "../state/gallery.js";
import { explorer, view, wordsOf } from "../state/store.js";
import { NewestFirst } from "../state/worker-client.js";
import type { LearnAsk, Learned } from "../workers/protocol.js";
import { counted } from "./rules.js";
import { SvgImage } from "./svg-image.js";

/** Parity of d bits, from as many examples as show it: the first of all points. */
function parityData(d: number, count: number): string {
  const points = Array.from({ length: 2 ** d }, (_, k) =>
    Array.from({ length: d }, (_unused, j) => ((k >> j) & 1 ? 1 : -1)),
  );
  const some = points.filter((_, k) => (k * 7) % 2 ** d < count);
  return some.map((x) => [...x, x.reduce<number>((product, entry) => product * entry, 1)].join(",")).join("\n");
}

const LEARNERS = GALLERY.filter(({ isLearner }) => isLearner);
const learner = signal("parity");
const data = signal(parityData(3, 5));
const step = signal(2);
const point = signal(0);
const learned = signal<Learned | undefined>(undefined);
const failure = signal<string | undefined>(undefined);
const isBusy = signal(false);

const learning = new NewestFirst<LearnAsk>(async (ask) => {
  isBusy.value = true;
  try {
    learned.value = await explorer.ask("learn", ask);
    failure.value = undefined;
  } catch (error) {
    failure.value = wordsOf(error);
  }
  isBusy.value = false;
});

effect(() => {
  if (view.value !== "learn") return;
  const text = LEARNERS.find(({ name }) => name === learner.value)?.text ?? "";
  const machine = { text, name: learner.value, format: "yaml" };
  learning.ask({ machine, examples: data.value, step: step.value, point: point.value });
});

/** The view. */
export function LearnView() {
  const now = learned.value;
  return (
    <div class="reading wide">
      <h1>Learning</h1>
      <p>
        SGD trains the first layer alone. Each step memorizes one example; then the filter, applied again and again,
        runs a learning algorithm on what was memorized, and its answer is the prediction.
      </p>
      <div class="learn">
        <section class="panel" aria-label="Data">
          <label class="field">
            <span>Learner</span>
            <select value={learner.value} onChange={({ currentTarget }) => (learner.value = currentTarget.value)}>
              {LEARNERS.map(({ name }) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <label class="block">
            <span>Examples: coordinates and label, 1 or -1</span>
            <textarea
              class="data"
              rows={10}
              spellcheck={false}
              value={data.value}
              onInput={({ currentTarget }) => (data.value = currentTarget.value)}
            />
          </label>
          <p class="group">
            {[2, 3, 4].map((d) => (
              <button type="button" key={d} onClick={() => (data.value = parityData(d, Math.min(2 ** d - 1, 2 * d)))}>
                Parity of {d} bits
              </button>
            ))}
          </p>
          {failure.value !== undefined && (
            <p class="bad" role="alert">
              {failure.value}
            </p>
          )}
        </section>
        <section class="panel" aria-label="Result" aria-busy={isBusy.value}>
          {now === undefined ? <p class="dim">Learning ...</p> : <Result learned={now} />}
        </section>
      </div>
      {now !== undefined && (
        <section class="panel" aria-label="Layer by layer">
          <label class="field">
            <span>
              Training step {Math.min(step.value, now.m + 1)} of {now.m + 1}
            </span>
            <input
              type="range"
              class="scrubber"
              min={1}
              max={now.m + 1}
              value={step.value}
              onInput={({ currentTarget }) => (step.value = Number(currentTarget.value))}
            />
          </label>
          <SvgImage svg={now.svg} alt="Memory wave, compute wave and the machine's run, layer by layer" />
        </section>
      )}
    </div>
  );
}

const sign = (value: number): string => (value === 1 ? "+" : "−");

function Result({ learned: now }: { readonly learned: Learned }) {
  return (
    <>
      <p>
        <span class={now.memorized === true ? "good" : "bad"}>
          {now.memorized === true ? "✓ memorized: Lemmas 3 and 4 held after every step" : `✗ ${now.memorized}`}
        </span>
        <br />
        <span class={now.computed ? "good" : "bad"}>
          {now.computed
            ? "✓ every last grid is that of the machine's own run"
            : "✗ a last grid differs from the machine's run"}
        </span>
      </p>
      <p class="dim">
        {counted(now.m, "example")} of {counted(now.d, "coordinate")}; {counted(now.layers, "layer")} of one filter,{" "}
        {counted(now.columns, "padding column")}; exact integers, {Math.round(now.milliseconds)} ms
      </p>
      <div class="columns">
        <div class="scroll tall" tabIndex={0} role="region" aria-label="Predictions">
          <table class="asked">
            <caption>Predictions for all points</caption>
            <thead>
              <tr>
                <th scope="col">point</th>
                <th scope="col">prediction</th>
                <th scope="col">example</th>
              </tr>
            </thead>
            <tbody>
              {now.predictions.map(({ x, prediction, reason, label }, i) => (
                <tr key={i} class={i === point.value ? "active" : undefined}>
                  <td>
                    <button
                      type="button"
                      class="quiet"
                      aria-pressed={i === point.value}
                      onClick={() => (point.value = i)}
                    >
                      {x.map(sign).join(" ")}
                    </button>
                  </td>
                  <td class={label !== null && label !== prediction ? "bad" : undefined}>
                    {prediction === null ? reason : sign(prediction)}
                  </td>
                  <td>{label === null ? "" : sign(label)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <table class="asked weights">
          <caption>W, the memory: y · (x, 1) / 3, the dummy sample last</caption>
          <tbody>
            {now.weights.map((row, i) => (
              <tr key={i}>
                {row.map((weight, j) => (
                  <td key={j} class="fraction">
                    {weight}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
