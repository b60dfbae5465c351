/** The proof strip: proves the machine that is shown, has both checkers decide the certificate, and says what was looked at. */
import { effect, signal } from "@preact/signals";
import { COMMITTED } from "../state/gallery.js";
import { choice, loaded, machineText, prover, wordsOf } from "../state/store.js";
import { Stopped, type WorkerProgress } from "../state/worker-client.js";
import type { DecidedFile, PageVerdict, ProvedMachine } from "../workers/protocol.js";
import { saveFile } from "./save-file.js";
import { counted, grouped, RULE_TEXTS } from "./rules.js";
import { Believe, Facts, Reason, Seal } from "./verdict.js";
import type { RuleLine } from "../../spec/rcnn/cell-rule.js";

type Proof =
  | { readonly stage: "none" }
  | { readonly stage: "working"; readonly what: string; readonly progress: WorkerProgress | undefined }
  | { readonly stage: "failed"; readonly verdict: Exclude<PageVerdict, { readonly verdict: "accepted" }> }
  | { readonly stage: "error"; readonly message: string }
  | { readonly stage: "done"; readonly proved: ProvedMachine; readonly decided: DecidedFile };

const proof = signal<Proof>({ stage: "none" });

// A proof is of one machine: another one begins without.
let provedOf = loaded.value;
effect(() => {
  if (loaded.value === provedOf) return;
  provedOf = loaded.value;
  if (proof.peek().stage === "working") prover.stop();
  proof.value = { stage: "none" };
});

/** Proves the machine that is shown. */
export async function prove(): Promise<void> {
  if (loaded.value === undefined || proof.value.stage === "working") return;
  const tell = (what: string) => (progress?: WorkerProgress) => (proof.value = { stage: "working", what, progress });
  try {
    tell("proving")();
    const proved = await prover.ask("prove", machineText(), tell("proving"));
    if ("verdict" in proved) {
      if (proved.verdict !== "accepted") proof.value = { stage: "failed", verdict: proved };
      return;
    }
    tell("checking")();
    const decided = await prover.ask("decide", { text: proved.text }, tell("checking"));
    proof.value = { stage: "done", proved, decided };
  } catch (error) {
    if (error instanceof Stopped) proof.value = { stage: "none" };
    else proof.value = { stage: "error", message: wordsOf(error) };
  }
}

/** The strip above the machine. */
export function ProofStrip() {
  const now = proof.value;
  return (
    <section class="proof" aria-label="Proof">
      <div class="strip">
        {now.stage === "working" ? (
          <button type="button" onClick={() => prover.stop()}>
            Stop
          </button>
        ) : (
          <button type="button" class="primary" disabled={loaded.value === undefined} onClick={() => void prove()}>
            {now.stage === "done" ? "Prove again" : "Prove this machine"}
          </button>
        )}
        <div class="said" aria-live="polite">
          <Said proof={now} />
        </div>
      </div>
      {now.stage === "done" && <Details proved={now.proved} decided={now.decided} />}
    </section>
  );
}

function Said({ proof: now }: { readonly proof: Proof }) {
  switch (now.stage) {
    case "none":
      return (
        <span class="dim">
          Decides here, in exact arithmetic, that the network's filter is this machine: at every patch, on every grid.
        </span>
      );
    case "working":
      return <Working what={now.what} progress={now.progress} />;
    case "failed":
      return <Reason verdict={now.verdict} />;
    case "error":
      return <span class="bad">{now.message}</span>;
    case "done":
      return (
        <>
          <Seal who="checker 1" verdict={now.decided.first} />
          <Seal who="checker 2" verdict={now.decided.second} />
          <span>{patchesOf(now.proved)} patches</span>
        </>
      );
  }
}

/** How far work has come. */
export function Working({ what, progress }: { readonly what: string; readonly progress: WorkerProgress | undefined }) {
  const percent = progress === undefined ? undefined : Math.floor((100 * progress.done) / Math.max(1, progress.total));
  return (
    <span class="working">
      <progress max={100} {...(percent === undefined ? {} : { value: percent })} aria-label={what} />
      {what}
      {progress === undefined ? " ..." : `: ${progress.part} ${percent} %`}
    </span>
  );
}

function patchesOf({ rules }: ProvedMachine): string {
  return grouped(String(Object.values(rules).reduce((sum, count) => sum + BigInt(count), 0n)));
}

function Details({ proved, decided }: { readonly proved: ProvedMachine; readonly decided: DecidedFile }) {
  const name = "gallery" in choice.value ? choice.value.gallery : undefined;
  const committed = name === undefined ? undefined : COMMITTED[name];
  const file = `${(loaded.value?.name ?? "machine").replaceAll(/[^\w.-]+/g, "-")}.json`;
  return (
    <details class="looked">
      <summary>What was looked at, and the certificate</summary>
      <div class="columns">
        <div>
          <h3>Claims, each decided twice</h3>
          <Facts lines={proved.summary} />
        </div>
        <div>
          <h3>How often each line of the definition applies</h3>
          <RuleTable rules={proved.rules} />
        </div>
        <div>
          <h3>The certificate</h3>
          <p>
            <button type="button" onClick={() => saveFile(file, proved.text)}>
              Download {file}
            </button>
          </p>
          <p>
            {counted(decided.bytes, "byte")}, SHA-256 <code class="digest">{proved.sha256}</code>
          </p>
          {committed !== undefined && (
            <p>
              {committed === proved.sha256
                ? "These are the bytes of the committed certificate of this machine."
                : "The committed certificate of this machine has other bytes: this page and that file are of different versions."}
            </p>
          )}
          <Believe />
        </div>
      </div>
    </details>
  );
}

function RuleTable({ rules }: { readonly rules: Readonly<Record<string, string>> }) {
  const total = Object.values(rules).reduce((sum, count) => sum + BigInt(count), 0n);
  return (
    <table class="rules">
      <thead>
        <tr>
          <th scope="col">line</th>
          <th scope="col">patches</th>
          <th scope="col">share</th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(rules).map(([rule, count]) => (
          <tr key={rule} title={RULE_TEXTS[rule as RuleLine]?.says}>
            <th scope="row">{rule}</th>
            <td class="number">{grouped(count)}</td>
            <td class="number">{shareOf(BigInt(count), total)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function shareOf(count: bigint, total: bigint): string {
  const share = Number((count * 1_000_000n) / total) / 10_000;
  if (count === 0n) return "none";
  return share < 0.01 ? "< 0.01 %" : `${share.toFixed(2)} %`;
}
