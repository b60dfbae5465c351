/** Decides a certificate of any system, without sending it anywhere. */
import { signal } from "@preact/signals";
import { choose, prover, view, wordsOf } from "../state/store.js";
import { Stopped, type WorkerProgress } from "../state/worker-client.js";
import { GALLERY } from "../state/gallery.js";
import type { DecidedFile } from "../workers/protocol.js";
import { Working } from "./proof.js";
import { counted } from "./rules.js";
import { Believe, Facts, Reason, Seal } from "./verdict.js";

/** Largest file that is read into the page. */
const MAX_BYTES = 64 * 2 ** 20;

type Decision =
  | { readonly stage: "none" }
  | { readonly stage: "working"; readonly name: string; readonly progress: WorkerProgress | undefined }
  | { readonly stage: "error"; readonly name: string; readonly message: string }
  | { readonly stage: "done"; readonly name: string; readonly text: string; readonly decided: DecidedFile };

const decision = signal<Decision>({ stage: "none" });

/** Reads a file and has both checkers decide it. */
export async function decideFile(file: File): Promise<void> {
  if (file.size > MAX_BYTES) {
    const message = `the file has ${counted(file.size, "byte")}; a page reads at most ${counted(MAX_BYTES, "byte")}. The command line has no such limit: weightproof check`;
    decision.value = { stage: "error", name: file.name, message };
    return;
  }
  decision.value = { stage: "working", name: file.name, progress: undefined };
  try {
    // Bytes that are no UTF-8 are no certificate.
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await file.arrayBuffer());
    await decideText(file.name, text);
  } catch (error) {
    const message =
      error instanceof TypeError ? "this is not a text in UTF-8, so it is no certificate" : wordsOf(error);
    decision.value = { stage: "error", name: file.name, message };
  }
}

async function decideText(name: string, text: string): Promise<void> {
  decision.value = { stage: "working", name, progress: undefined };
  try {
    const decided = await prover.ask(
      "decide",
      { text },
      (progress) => (decision.value = { stage: "working", name, progress }),
    );
    decision.value = { stage: "done", name, text, decided };
  } catch (error) {
    decision.value = error instanceof Stopped ? { stage: "none" } : { stage: "error", name, message: wordsOf(error) };
  }
}

/** Has a certificate decided in which one weight was changed, and the digests with it: what a careful forgery looks like. */
async function forge(): Promise<void> {
  const name = "bb2 with one weight changed";
  decision.value = { stage: "working", name, progress: undefined };
  try {
    const text = GALLERY.find((machine) => machine.name === "bb2")?.text ?? "";
    await decideText(name, await prover.ask("forge", { text, name: "bb2", format: "yaml" }));
  } catch (error) {
    decision.value = { stage: "error", name, message: wordsOf(error) };
  }
}

/** The view. */
export function CheckView() {
  const now = decision.value;
  return (
    <div class="reading">
      <h1>Check a certificate</h1>
      <p>
        Drop a certificate of any system anywhere on this page, or choose one. Both checkers decide it here; the file
        does not leave your computer.
      </p>
      <div class="drop">
        <label class="button">
          Choose a file
          <input
            type="file"
            accept=".json,application/json"
            class="unseen"
            onChange={({ currentTarget }) => {
              const file = currentTarget.files?.[0];
              if (file !== undefined) void decideFile(file);
              currentTarget.value = "";
            }}
          />
        </label>
        <button type="button" onClick={() => void forge()}>
          Show me a forgery
        </button>
      </div>
      <div aria-live="polite">
        <DecisionView decision={now} />
      </div>
      <Believe />
    </div>
  );
}

function DecisionView({ decision: now }: { readonly decision: Decision }) {
  if (now.stage === "none") return null;
  return (
    <section class="card">
      <h2>{now.name}</h2>
      {now.stage === "working" && (
        <p>
          <Working what="deciding" progress={now.progress} />{" "}
          <button type="button" onClick={() => prover.stop()}>
            Stop
          </button>
        </p>
      )}
      {now.stage === "error" && <p class="bad">{now.message}</p>}
      {now.stage === "done" && <Decided text={now.text} decided={now.decided} />}
    </section>
  );
}

function Decided({ text, decided }: { readonly text: string; readonly decided: DecidedFile }) {
  const { first, second, kind, sha256, bytes, summary } = decided;
  const isFilter = kind?.system === "rcnn" && ["filter", "learning"].includes(kind.statement);
  const same = first.verdict === "rejected" && second.verdict === "rejected" && first.code === second.code;
  return (
    <>
      <p class="seals">
        <Seal who="checker 1" verdict={first} /> <Seal who="checker 2" verdict={second} />
      </p>
      {first.verdict !== "accepted" && <Reason verdict={first} />}
      {second.verdict !== "accepted" && !same && (
        <>
          <p>The second checker:</p>
          <Reason verdict={second} />
        </>
      )}
      {same && <p>The second checker gives the same code.</p>}
      <Facts
        lines={[
          ["kind", kind === null ? "not a certificate of this format" : `${kind.system}, ${kind.statement}`],
          ["file", `${counted(bytes, "byte")}, SHA-256 ${sha256}`],
          ...summary,
        ]}
      />
      {isFilter && (
        <p>
          <button
            type="button"
            onClick={() => {
              view.value = "machine";
              void choose({ text, format: undefined });
            }}
          >
            Look at its cells
          </button>
        </p>
      )}
    </>
  );
}
