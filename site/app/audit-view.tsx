/** The papers' claims and what became of each; counterexamples are replayed here. */
import { signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Claim, ClaimVerdict, Evidence } from "../../audit/claim.js";
import type { DrawnGrid } from "../../audit/drawing.js";
import type { PaperClaims } from "../state/claims.js";
import { explorer, wordsOf } from "../state/store.js";
import type { Replayed } from "../workers/protocol.js";

const VERDICTS: readonly ClaimVerdict[] = ["holds", "holds as amended", "fails", "holds by argument", "open"];

const claims = signal<readonly PaperClaims[] | undefined>(undefined);
const system = signal("rcnn");
const wanted = signal<ClaimVerdict | "all">("holds as amended");
const words = signal("");

/** The view; the claims are loaded when it is first opened. */
export function AuditView() {
  useEffect(() => {
    void import("../state/claims.js").then(({ CLAIMS }) => (claims.value = CLAIMS));
  }, []);
  const papers = claims.value;
  const paper = papers?.find((one) => one.system === system.value);
  return (
    <div class="reading">
      <h1>Audit of the papers</h1>
      <p>
        Each statement of a paper with a verdict that a program decides again from its evidence (
        <code>weightproof audit</code>). Where the print does not hold, the smallest counterexample is replayed here, on
        both readings.
      </p>
      {papers === undefined || paper === undefined ? (
        <p class="dim">Loading the claims ...</p>
      ) : (
        <>
          <Filters papers={papers} paper={paper} />
          {paper.sections.map(({ id, title, claims: all }) => {
            const shown = all.filter(matches);
            if (shown.length === 0) return null;
            return (
              <section key={id} aria-label={title}>
                <h2>{title}</h2>
                {shown.map((claim) => (
                  <ClaimCard key={claim.id} claim={claim} />
                ))}
              </section>
            );
          })}
        </>
      )}
    </div>
  );
}

function matches({ verdict, statement, predicate, id }: Claim): boolean {
  const sought = words.value.trim().toLowerCase();
  const text = `${id} ${statement} ${predicate}`.toLowerCase();
  return (wanted.value === "all" || verdict === wanted.value) && text.includes(sought);
}

function Filters({ papers, paper }: { readonly papers: readonly PaperClaims[]; readonly paper: PaperClaims }) {
  const all = paper.sections.flatMap((section) => section.claims);
  const count = (verdict: ClaimVerdict | "all"): number =>
    verdict === "all" ? all.length : all.filter((claim) => claim.verdict === verdict).length;
  return (
    <div class="tools">
      <label class="field">
        <span>Paper</span>
        <select value={system.value} onChange={({ currentTarget }) => (system.value = currentTarget.value)}>
          {papers.map((one) => (
            <option key={one.system} value={one.system}>
              {one.system}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>Verdict</span>
        <select
          value={wanted.value}
          onChange={({ currentTarget }) => (wanted.value = currentTarget.value as ClaimVerdict | "all")}
        >
          {(["all", ...VERDICTS] as const).map((verdict) => (
            <option key={verdict} value={verdict}>
              {verdict} ({count(verdict)})
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>Words</span>
        <input type="search" value={words.value} onInput={({ currentTarget }) => (words.value = currentTarget.value)} />
      </label>
      <span class="dim" aria-live="polite" data-testid="claims">
        {all.filter(matches).length} of {all.length} claims
      </span>
    </div>
  );
}

function ClaimCard({ claim }: { readonly claim: Claim }) {
  const { statement, predicate, range, verdict, place, evidence, amendment, id } = claim;
  return (
    <article class="card claim">
      <p>
        <span class={`verdict ${verdict === "fails" ? "bad" : verdict === "open" ? "dim" : "good"}`}>{verdict}</span>{" "}
        <span class="dim">
          {place.arxiv}, <code>{id}</code>
        </span>
      </p>
      <p>{statement}</p>
      <details>
        <summary>Precisely, and the evidence</summary>
        <p class="formula">{predicate}</p>
        <p class="dim">Over: {range}</p>
        {amendment !== null && <p>Repaired: {amendment}</p>}
        {evidence.map((one, i) => (
          <EvidenceView key={i} evidence={one} />
        ))}
      </details>
    </article>
  );
}

function EvidenceView({ evidence }: { readonly evidence: Evidence }) {
  switch (evidence.kind) {
    case "amendment":
      return <ReplayView id={evidence.id} />;
    case "certificate":
      return (
        <p>
          Certificate <code>{evidence.file}</code>, part <code>{evidence.part}</code>
        </p>
      );
    case "count":
      return (
        <p>
          Computed, <code>{evidence.name}</code>:{" "}
          {Object.entries(evidence.result)
            .map(([name, value]) => `${name} = ${value}`)
            .join("; ")}
        </p>
      );
    case "argument":
      return <p>By argument: {evidence.text}</p>;
  }
}

function ReplayView({ id }: { readonly id: string }) {
  const replayed = useSignal<Replayed | undefined>(undefined);
  const failure = useSignal<string | undefined>(undefined);
  const replay = async (): Promise<void> => {
    try {
      replayed.value = await explorer.ask("replay", { system: system.value, id });
    } catch (error) {
      failure.value = wordsOf(error);
    }
  };
  const now = replayed.value;
  return (
    <div>
      <p>
        Amendment <code>{id}</code>{" "}
        <button type="button" onClick={() => void replay()}>
          Replay its counterexample
        </button>
      </p>
      {failure.value !== undefined && <p class="bad">{failure.value}</p>}
      {now !== undefined && (
        <div class="explanation" data-testid="replay">
          <p>{now.instance}</p>
          <p>
            <b>Printed</b>, {now.place}: {now.printed}
            <br />
            <span class="bad">✗ {now.found.printed}</span>
          </p>
          <p>
            <b>Amended</b>: {now.amended}
            <br />
            <span class="good">✓ {now.found.amended}</span>
          </p>
          <p class="dim">{now.reason}</p>
          {now.drawing !== null && (
            <div class="drawings">
              {[now.drawing.instance, now.drawing.printed, now.drawing.amended].map((grid) => (
                <GridView key={grid.caption} grid={grid} />
              ))}
            </div>
          )}
        </div>
      )}
    </div>
  );
}

function GridView({ grid }: { readonly grid: DrawnGrid }) {
  return (
    <table class="patch small">
      <caption>{grid.caption}</caption>
      <tbody>
        {grid.rows.map((row, i) => (
          <tr key={i}>
            {row.map(({ text, mark }, j) => (
              <td key={j} class={mark}>
                {text}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
