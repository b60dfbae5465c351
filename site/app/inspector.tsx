/** One cell, taken apart: the patch that made it, the line of the definition, the five matrices, the nine derivatives. */
import { cell, changes, explorer, inspected, layer, loaded, run, select } from "../state/store.js";
import type { CellInspection, InspectedCell, LetterLook, LoadedMachine, PatchCell } from "../workers/protocol.js";
import { Matrices } from "./matrices.js";
import { PLACES, RULE_TEXTS } from "./rules.js";

/** The panel. */
export function Inspector() {
  const machine = loaded.value;
  if (cell.value === undefined || machine === undefined) {
    return (
      <section class="panel inspector empty" aria-label="Cell">
        <h2>Cell</h2>
        <p>
          Every cell of the picture is a number that the network computed from nine numbers above it. Select one to see
          how.
        </p>
        <button type="button" disabled={run.value === undefined} onClick={() => void selectHead()}>
          Select the head
        </button>
      </section>
    );
  }
  const at = inspected.value;
  return (
    <section class="panel inspector" aria-label="Cell">
      <div class="title">
        <h2>
          Cell {machine.isLine ? cell.value.column : `${cell.value.row}, ${cell.value.column}`}, layer {layer.value}
        </h2>
        <button type="button" class="quiet" aria-label="Close" onClick={() => (cell.value = undefined)}>
          ✕
        </button>
      </div>
      {at === undefined ? <p class="dim">...</p> : <Inspected machine={machine} at={at} />}
    </section>
  );
}

/** Selects the cell with the head; at the start, a few layers on, where there is something to see. */
async function selectHead(): Promise<void> {
  const at = layer.value === 0 ? Math.min(3, run.value?.layers ?? 0) : layer.value;
  const head = await explorer.ask("head", at);
  if (head !== null) select(head.row, head.column, at);
}

function Inspected({ machine, at }: { readonly machine: LoadedMachine; readonly at: InspectedCell }) {
  const look = machine.letters[at.letter] as LetterLook;
  return (
    <>
      <p class="value" aria-live="polite" data-testid="cell-value">
        <b>{look.value}</b>
        {look.words.includes(",") ? look.words.slice(look.words.indexOf(",")) : ""}
      </p>
      {look.digits !== null && <Digits digits={look.digits} />}
      {at.patch === null || at.inspection === null ? (
        <p class="dim">Layer 0 is the start: a blank tape in the compute phase, with the head in the first state.</p>
      ) : (
        <Made machine={machine} at={at} patch={at.patch} inspection={at.inspection} />
      )}
    </>
  );
}

/** What digit i of a cell says. */
const MEANINGS = ["padding column", "tape symbol", "phase", "head"] as const;

function Digits({ digits }: { readonly digits: readonly number[] }) {
  return (
    <details class="digits">
      <summary>
        Digits, base 3: <code>{digits.map((digit) => (digit < 0 ? "−" : String(digit))).join(" ")}</code>
      </summary>
      <dl class="facts">
        {digits.map((digit, i) => (
          <div key={i}>
            <dt>
              {i}: {MEANINGS[i] ?? `state, bit ${digits.length - 1 - i}`}
            </dt>
            <dd>
              {digit} · 3{i === 0 ? "⁰" : `^−${i}`}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

interface MadeProps {
  readonly machine: LoadedMachine;
  readonly at: InspectedCell;
  readonly patch: readonly PatchCell[];
  readonly inspection: CellInspection;
}

function Made({ machine, at, patch, inspection }: MadeProps) {
  const { rule, specified, computed, agrees, kink } = inspection;
  const text = RULE_TEXTS[rule];
  return (
    <>
      <h3>1. Its patch in layer {at.address.layer - 1}</h3>
      <PatchTable machine={machine} patch={patch} layerBefore={at.address.layer - 1} />
      <h3>2. What the definition says</h3>
      <p>
        <code>{rule}</code>: {text.says}
      </p>
      <p class="formula">{text.formula}</p>
      <Asked inspection={inspection} />
      <h3>3. What the network computes</h3>
      <Matrices machine={machine} at={at} inspection={inspection} />
      <h3>4. Both compared</h3>
      <p class={agrees ? "good" : "bad"} data-testid="agrees">
        <span aria-hidden="true">{agrees ? "✓" : "✗"}</span>{" "}
        {agrees
          ? `the same: ${computed.value}, and all nine derivatives`
          : kink
            ? "a ReLU sits at its kink: the network has no derivatives here"
            : `the network says ${computed.value}, the definition ${specified.value}`}
        {changes.value > 0 && <span class="dim"> (with the changed weight)</span>}
      </p>
      <Jacobian inspection={inspection} />
      <p class="dim">Taken apart in {Math.round(at.milliseconds)} ms, in exact fractions.</p>
    </>
  );
}

/** The sign of a cell: its symbol, and its head. */
function signOf(machine: LoadedMachine, look: LetterLook): string {
  const symbol = look.symbol === 1 ? "+" : look.symbol === -1 ? "−" : look.phase === "none" ? "edge" : "blank";
  return look.state === null ? symbol : `${machine.states[look.state]} on ${symbol}`;
}

function PatchTable({
  machine,
  patch,
  layerBefore,
}: {
  readonly machine: LoadedMachine;
  readonly patch: readonly PatchCell[];
  readonly layerBefore: number;
}) {
  return (
    <table class="patch">
      <tbody>
        {[0, 3, 6].map((start) => (
          <tr key={start}>
            {[0, 1, 2].map((i) => {
              const one = patch[start + i] as PatchCell;
              const look = machine.letters[one.letter] as LetterLook;
              const isEdge = look.phase === "none";
              return (
                <td key={i} class={start + i === 4 ? "centre" : undefined}>
                  <button
                    type="button"
                    disabled={isEdge}
                    title={`${PLACES[start + i]}: ${look.words}`}
                    onClick={() => select(one.row, one.column, layerBefore)}
                  >
                    <span class="unseen">{PLACES[start + i]}: </span>
                    <span class={look.state === null ? "sign" : "sign head"}>{signOf(machine, look)}</span>
                    <span class="fraction"> {look.value}</span>
                    <span class="unseen">. Go there, one layer back</span>
                  </button>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Asked({ inspection }: { readonly inspection: CellInspection }) {
  return (
    <details>
      <summary>The {inspection.asked.length} questions that it asked, and the answers</summary>
      <div class="scroll">
        <table class="asked">
          <thead>
            <tr>
              <th scope="col">place</th>
              <th scope="col">question</th>
              <th scope="col">answer</th>
            </tr>
          </thead>
          <tbody>
            {inspection.asked.map(({ place, question, answer }) => (
              <tr key={`${place} ${question}`}>
                <td>{PLACES[place]}</td>
                <td>{question}</td>
                <td>{answer}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function Jacobian({ inspection }: { readonly inspection: CellInspection }) {
  const { specified, computed } = inspection;
  return (
    <table class="jacobian">
      <caption>Derivatives by the nine cells</caption>
      <tbody>
        {[0, 3, 6].map((start) => (
          <tr key={start}>
            {[0, 1, 2].map((i) => {
              const [is, should] = [computed.jacobian[start + i], specified.jacobian[start + i]];
              return (
                <td
                  key={i}
                  class={is === should ? undefined : "bad"}
                  title={`${PLACES[start + i]}: the definition says ${should}`}
                >
                  {is}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
