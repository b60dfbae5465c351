/** The filter's five matrices at a patch: the units that are on, what each is for, and their weights, which can be changed. */
import { signal } from "@preact/signals";
import { changes, explorer, loaded, wordsOf } from "../state/store.js";
import type {
  ChangeAnswer,
  ChangedNumber,
  CellInspection,
  Explanation,
  InspectedCell,
  LoadedMachine,
} from "../workers/protocol.js";
import { PLACES } from "./rules.js";
import { PatchOfValues, Reason } from "./verdict.js";

/** What each matrix is, in a few words. */
const ABOUT = [
  "ReLUs of one cell each: thresholds",
  "functions of one cell: what it is",
  "gates, ReLUs of sums: which line applies",
  "summands of the new cell",
  "their sum",
] as const;

/** What was changed, and what came of it. */
const changed = signal<
  { readonly asked: ChangedNumber; readonly answer?: ChangeAnswer; readonly error?: string } | undefined
>(undefined);
const explained = signal<
  { readonly address: string; readonly explanation?: Explanation; readonly error?: string } | undefined
>(undefined);

/** The matrices. */
export function Matrices({
  at,
  inspection,
}: {
  readonly machine: LoadedMachine;
  readonly at: InspectedCell;
  readonly inspection: CellInspection;
}) {
  return (
    <div class="matrices">
      {inspection.matrices.map(({ name, rows, relu, on }, m) => (
        <details key={name}>
          <summary>
            <b>{name}</b> {ABOUT[m]}:{" "}
            <span class="dim">
              {on.length} of {rows} {relu ? "on" : "not 0"}
            </span>
          </summary>
          <ul class="units">
            {on.map((unit) => (
              <li key={unit.row}>
                <UnitTitle name={name} matrix={m} row={unit.row} sum={unit.sum} at={at} relu={relu} />
                <ul class="parts">
                  {unit.parts.map((part) => (
                    <li key={part.row}>
                      <WeightInput matrix={m} row={unit.row} column={part.row} weight={part.weight} /> ×{" "}
                      <span title="value">{part.value}</span>{" "}
                      <span class="dim">{m === 0 ? PLACES[part.row] : `V${m}[${part.row}]`}</span>
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </details>
      ))}
      <ChangeView />
    </div>
  );
}

interface UnitTitleProps {
  readonly name: string;
  readonly matrix: number;
  readonly row: number;
  readonly sum: string;
  readonly at: InspectedCell;
  readonly relu: boolean;
}

function UnitTitle({ name, matrix, row, sum, at }: UnitTitleProps) {
  const known = at.names.find((one) => one.matrix === matrix && one.row === row);
  const address = `${name}[${row}]`;
  const isOpen = explained.value?.address === address;
  return (
    <>
      <button
        type="button"
        class="quiet unit"
        aria-expanded={isOpen}
        title="What is it for?"
        onClick={() => void explain(address)}
      >
        <code>{address}</code> = {sum}
      </button>
      {known !== undefined && known.name !== "" && <span title={known.about}>{known.name}</span>}
      {isOpen && <ExplanationView />}
    </>
  );
}

async function explain(address: string): Promise<void> {
  if (explained.value?.address === address) {
    explained.value = undefined;
    return;
  }
  explained.value = { address };
  try {
    const explanation = await explorer.ask("explain", address);
    if (explained.value?.address === address) explained.value = { address, explanation };
  } catch (error) {
    explained.value = { address, error: wordsOf(error) };
  }
}

function ExplanationView() {
  const { explanation, error } = explained.value ?? {};
  if (error !== undefined) return <p class="bad">{error}</p>;
  if (explanation === undefined) return <p class="dim">...</p>;
  return (
    <div class="explanation">
      <p>{explanation.what}</p>
      {explanation.serves.map(({ term, about, rules }) => (
        <p key={term}>
          <code>{term}</code>: {about} <span class="dim">(needed by {rules.join(", ")})</span>
        </p>
      ))}
      {explanation.readings.length > 0 && (
        <ul>
          {explanation.readings.map(({ place, reading, weight }) => (
            <li key={`${place} ${reading}`}>
              {place}: {reading} <span class="dim">× {weight}</span>
            </li>
          ))}
        </ul>
      )}
      {explanation.on !== null && (
        <p class="dim">
          On at {explanation.on.patches} of {explanation.on.of} patches.
        </p>
      )}
    </div>
  );
}

/** A weight that can be changed; what that breaks is then said below. */
function WeightInput({
  matrix,
  row,
  column,
  weight,
}: {
  readonly matrix: number;
  readonly row: number;
  readonly column: number;
  readonly weight: string;
}) {
  return (
    <input
      class="weight"
      aria-label={`Weight of V${matrix + 1}[${row}] for ${matrix === 0 ? PLACES[column] : `V${matrix}[${column}]`}`}
      value={weight}
      size={Math.max(4, weight.length)}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
      }}
      onChange={({ currentTarget }) => void changeWeight(matrix, row, column, currentTarget.value.trim())}
    />
  );
}

async function changeWeight(matrix: number, row: number, column: number, number: string): Promise<void> {
  const asked: ChangedNumber = { matrix, row, column, number };
  changed.value = { asked };
  const machine = loaded.value;
  try {
    const answer = await explorer.ask("change", asked);
    if (loaded.value !== machine) return;
    changed.value = answer === null ? undefined : { asked, answer };
    changes.value++;
  } catch (error) {
    changed.value = { asked, error: wordsOf(error) };
  }
}

async function restore(): Promise<void> {
  await explorer.ask("change", null);
  changed.value = undefined;
  changes.value = 0;
}

function ChangeView() {
  const now = changed.value;
  if (now === undefined || (changes.value === 0 && now.answer !== undefined)) {
    return <p class="dim">A weight can be changed: write another fraction, and the checker says what breaks.</p>;
  }
  const { asked, answer, error } = now;
  return (
    <div class="change" aria-live="polite" data-testid="change">
      <p>
        <b>
          V{asked.matrix + 1}[{asked.row}]
        </b>
        {answer !== undefined && `: ${answer.was} became ${asked.number}`}{" "}
        <button type="button" onClick={() => void restore()}>
          Take it back
        </button>
      </p>
      {error !== undefined && <p class="bad">{error}</p>}
      {answer === undefined && error === undefined && <p class="dim">The checker decides ...</p>}
      {answer?.verdict.verdict === "accepted" && (
        <p class="good">Nothing breaks: the filter is still right at every patch.</p>
      )}
      {answer !== undefined && answer.verdict.verdict !== "accepted" && (
        <>
          <p class="bad">
            {answer.verdict.verdict === "undecided"
              ? "Not decided."
              : "The filter is wrong at this patch, among others:"}
          </p>
          <Reason verdict={answer.verdict} />
          {answer.patch !== null && <PatchOfValues values={answer.patch} />}
        </>
      )}
      {answer !== undefined && (
        <p>
          Of the {answer.met} different patches in this run's first layers,{" "}
          {answer.broken === 0 ? "none breaks" : `${answer.broken} break`}.
        </p>
      )}
    </div>
  );
}
