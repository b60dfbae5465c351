/** The machine: chosen from the gallery or written, with errors marked at their place, and its table with the row that applies. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { GALLERY } from "../state/gallery.js";
import { cell, choice, choose, chooseGallery, inspected, loaded, loadError, run, text } from "../state/store.js";
import type { LoadedMachine } from "../workers/protocol.js";
import { grouped } from "./rules.js";

/** Milliseconds after the last key after which a text is read. */
const READ_AFTER = 400;

/** The panel. */
export function MachinePanel() {
  return (
    <section class="panel machine" aria-label="Machine">
      <Chooser />
      {loaded.value !== undefined && <About machine={loaded.value} />}
      {loaded.value !== undefined && <TransitionTable machine={loaded.value} />}
      <Editor />
    </section>
  );
}

function Chooser() {
  const now = choice.value;
  const name = "gallery" in now ? now.gallery : "";
  const option = (machine: (typeof GALLERY)[number]) => (
    <option key={machine.name} value={machine.name}>
      {machine.name}
    </option>
  );
  return (
    <label class="field">
      <span>Machine</span>
      <select value={name} onChange={({ currentTarget }) => void chooseGallery(currentTarget.value)}>
        {name === "" && <option value="">your own text</option>}
        <optgroup label="Machines">{GALLERY.filter(({ isLearner }) => !isLearner).map(option)}</optgroup>
        <optgroup label="Learners">{GALLERY.filter(({ isLearner }) => isLearner).map(option)}</optgroup>
      </select>
    </label>
  );
}

function About({ machine }: { readonly machine: LoadedMachine }) {
  const state = run.value;
  return (
    <div class="about">
      {machine.about !== null && <p>{machine.about}.</p>}
      <p class="dim">
        {machine.states.length} states in normal form, K = {machine.lastIndex}; filter 9 - {machine.widths.join(" - ")}
        {!machine.isNamed && "; its weights are not those that the construction makes, so its units have no names"}
      </p>
      {state !== undefined && (
        <p class="dim" data-testid="run-state">
          {grouped(state.layers)} layers known
          {state.halted
            ? `, halted after ${grouped(Math.max(0, state.layers - 1))} steps`
            : state.isFixed
              ? ", nothing changes any more"
              : ""}
        </p>
      )}
    </div>
  );
}

/** The text and, where it has an error, the line and the column of it. */
function Editor() {
  const area = useRef<HTMLTextAreaElement>(null);
  const marks = useRef<HTMLDivElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const isOpen = useSignal(false);
  const error = loadError.value;
  const line = errorLine(error);
  useEffect(() => {
    if (error !== undefined) isOpen.value = true;
  }, [error]);
  const read = (value: string): void => {
    text.value = value;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void choose({ text: value, format: undefined }), READ_AFTER);
  };
  const lines = text.value.split("\n").length;
  return (
    <details class="editor" open={isOpen.value} onToggle={({ currentTarget }) => (isOpen.value = currentTarget.open)}>
      <summary>Text: edit it, or paste a machine in any format</summary>
      <div class="text">
        <div class="lines" ref={marks} aria-hidden="true">
          {Array.from({ length: lines }, (_, i) => (
            <div key={i} class={i + 1 === line ? "wrong" : undefined}>
              {i + 1}
            </div>
          ))}
        </div>
        <textarea
          ref={area}
          aria-label="Text of the machine"
          aria-invalid={error !== undefined}
          aria-describedby={error === undefined ? undefined : "machine-error"}
          spellcheck={false}
          autocapitalize="off"
          wrap="off"
          rows={Math.min(24, Math.max(8, lines))}
          value={text.value}
          onInput={({ currentTarget }) => read(currentTarget.value)}
          onScroll={({ currentTarget }) => {
            if (marks.current !== null) marks.current.scrollTop = currentTarget.scrollTop;
          }}
        />
      </div>
      <p class="dim">
        Files of this project, bbchallenge texts such as 1RB1LB_1LA1RZ, turingmachine.io, Morphett, turing2d, Golly's
        turmites, JFLAP.
      </p>
      {error !== undefined && (
        <p id="machine-error" class="bad" role="alert">
          {error}{" "}
          {line !== undefined && (
            <button type="button" class="quiet" onClick={() => area.current !== null && showPlace(area.current, error)}>
              Show the place
            </button>
          )}
          {loaded.value !== undefined && <span class="dim"> The last machine that could be read is still shown.</span>}
        </p>
      )}
    </details>
  );
}

/** The line that an error names. */
function errorLine(error: string | undefined): number | undefined {
  const [, line] = /^[^:]*:(\d+):\d+: /.exec(error ?? "") ?? [];
  return line === undefined ? undefined : Number(line);
}

/** Puts the cursor where an error says. */
function showPlace(area: HTMLTextAreaElement, error: string): void {
  const [, line = "1", column = "1"] = /^[^:]*:(\d+):(\d+): /.exec(error) ?? [];
  const before = area.value.split("\n").slice(0, Number(line) - 1);
  const at = before.reduce((sum, one) => sum + one.length + 1, 0) + Number(column) - 1;
  area.focus();
  area.setSelectionRange(at, at + 1);
}

/** Rows that are shown before the rest is folded away. */
const SHORT_TABLE = 12;
const SYMBOLS = ["blank", "+", "−"] as const;
const ARROWS: Readonly<Record<string, string>> = { left: "←", right: "→", up: "↑", down: "↓", stay: "·" };

function TransitionTable({ machine }: { readonly machine: LoadedMachine }) {
  const active = activeEntry(machine);
  const rows = machine.states.map((_, q) => q);
  const table = (
    <div class="scroll">
      <table class="transitions">
        <caption class="unseen">Transitions: what is written, the move, the next state</caption>
        <thead>
          <tr>
            <th scope="col">state</th>
            {SYMBOLS.map((symbol) => (
              <th scope="col" key={symbol}>
                {symbol}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((q) => (
            <tr key={q} class={active?.state === q ? "active" : undefined}>
              <th scope="row">{machine.states[q]}</th>
              {machine.halting[q] === true ? (
                <td colSpan={3} class="dim">
                  halts
                </td>
              ) : (
                machine.table[q]?.map(({ write, move, next }, i) => (
                  <td key={i} class={active?.state === q && active.entry === i ? "applies" : undefined}>
                    {write === 0 ? "␣" : write === 1 ? "+" : "−"} {ARROWS[move]} {machine.states[next]}
                  </td>
                ))
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
  if (machine.states.length <= SHORT_TABLE) return table;
  return (
    <details>
      <summary>Table of {machine.states.length} states</summary>
      {table}
    </details>
  );
}

/** The entry that the head in the patch of the selected cell obeys. */
function activeEntry(machine: LoadedMachine): { readonly state: number; readonly entry: number } | undefined {
  const at = cell.value === undefined ? undefined : inspected.value;
  if (at?.patch == null) return undefined;
  for (const place of [4, 7, 1, 5, 3]) {
    const look = machine.letters[at.patch[place]?.letter ?? -1];
    if (look?.state != null) return { state: look.state, entry: look.symbol === 0 ? 0 : look.symbol === 1 ? 1 : 2 };
  }
  return undefined;
}
