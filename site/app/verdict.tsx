/** Verdicts, witnesses and what must be believed. */
import type { PageVerdict, Witness } from "../workers/protocol.js";
import { PLACES } from "./rules.js";

/** What a verdict means, in a word or two. */
const WORDS = { accepted: "accepted", rejected: "rejected", undecided: "undecided" } as const;
const SIGNS = { accepted: "✓", rejected: "✗", undecided: "?" } as const;

/** A checker's verdict on one line, with its time. */
export function Seal({ who, verdict }: { readonly who: string; readonly verdict: PageVerdict }) {
  return (
    <span class={`seal ${verdict.verdict}`}>
      <span aria-hidden="true">{SIGNS[verdict.verdict]}</span> {who}: {WORDS[verdict.verdict]}{" "}
      <span class="dim">{Math.round(verdict.milliseconds)} ms</span>
    </span>
  );
}

/** Why something was rejected or left undecided: code, place, sentence, witness. */
export function Reason({ verdict }: { readonly verdict: Exclude<PageVerdict, { readonly verdict: "accepted" }> }) {
  if (verdict.verdict === "undecided") {
    return (
      <p>
        Undecided at the limit <code>{verdict.limit}</code>: {verdict.message}. That is no acceptance.
      </p>
    );
  }
  return (
    <div class="reason">
      <p>
        <code>{verdict.code}</code>
        {verdict.path !== "" && (
          <>
            {" "}
            at <code>{verdict.path}</code>
          </>
        )}
        : {verdict.message}
      </p>
      <WitnessView witness={verdict.witness} />
    </div>
  );
}

function WitnessView({ witness }: { readonly witness: Witness }) {
  const entries = Object.entries(witness);
  if (entries.length === 0) return null;
  return (
    <dl class="facts">
      {entries.map(([key, value]) => (
        <div key={key}>
          <dt>{key}</dt>
          <dd>
            {key === "patch" && Array.isArray(value) && value.length === 9 ? (
              <PatchOfValues values={value as readonly string[]} />
            ) : Array.isArray(value) ? (
              value.join(" ")
            ) : typeof value === "object" ? (
              JSON.stringify(value)
            ) : (
              String(value)
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Nine values as a square. */
export function PatchOfValues({
  values,
  words,
}: {
  readonly values: readonly string[];
  readonly words?: readonly string[];
}) {
  return (
    <table class="patch small">
      <tbody>
        {[0, 3, 6].map((start) => (
          <tr key={start}>
            {[0, 1, 2].map((i) => (
              <td key={i} title={`${PLACES[start + i]}: ${words?.[start + i] ?? values[start + i]}`}>
                {values[start + i]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What one has to believe to believe a seal. */
export function Believe() {
  return (
    <details class="believe">
      <summary>What you have to believe</summary>
      <ul>
        <li>
          The definitions: the machine, the code of a cell, the cell rule with its nine derivatives, the readout. They
          are short, and written to be read beside the paper.
        </li>
        <li>
          One of two checkers, which share no code. Neither sees how the numbers were made; each computes with integers
          of any length and has no tolerance.
        </li>
        <li>Your browser's JavaScript, and that this page runs the program that was published.</li>
      </ul>
      <p>
        Not the construction, not the engines that draw the pictures, not the certificate: everything that it says is
        computed again.
      </p>
    </details>
  );
}

/** Labels and texts. */
export function Facts({ lines }: { readonly lines: readonly (readonly [string, string])[] }) {
  return (
    <dl class="facts">
      {lines.map(([label, text]) => (
        <div key={`${label} ${text}`}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
