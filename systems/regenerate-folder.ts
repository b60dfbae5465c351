/** What regenerate does in a folder, whatever the system: rebuild, compare, print. */
import { existsSync, readdirSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { MAX_CERTIFICATE_BYTES } from "../certificates/envelope.js";
import type { Rejected, Undecided, Verdict } from "../checkers/verdict.js";
import { readExactTextFile, readTextFile } from "../inputs/read-text-file.js";
import { EXIT, type ExitCode } from "./exit-codes.js";
import { printJson } from "./print-verdict.js";
import type { Io } from "./system.js";

/** Says what a folder of certificates holds. */
export const MANIFEST = "certificates.yaml";

/** One certificate of a folder, and how to make it anew. */
export interface FolderEntry {
  /** Relative to the folder. */
  readonly file: string;
  readonly make: () => Verdict<string, { readonly text: string }>;
}

/**
 * What became of one certificate.
 *
 * @example
 * ```ts
 * import { mkdtempSync, rmSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { loadMachine, regenerate, writeMachine, type Regenerated } from "weightproof";
 * import { writeFileSync } from "node:fs";
 *
 * const folder = mkdtempSync(join(tmpdir(), "certificates-"));
 * writeFileSync(join(folder, "bb2.yaml"), writeMachine(loadMachine("bb2")));
 * const results: Regenerated[] = [...regenerate(folder, false)];
 * results.map(({ file, result }) => `${file}: ${result}`); // => ["bb2.json: new"]
 * rmSync(folder, { recursive: true });
 * ```
 */
export type Regenerated =
  | { readonly file: string; readonly result: "same" | "changed" | "new"; readonly text: string }
  | {
      readonly file: string;
      readonly result: "differs";
      readonly line: number;
      readonly found: string;
      readonly rebuilt: string;
    }
  | { readonly file: string; readonly result: "missing" | "unlisted" }
  | { readonly file: string; readonly result: "failed"; readonly failure: Rejected<string> | Undecided };

/** The system that a folder's manifest names; the first one where it names none, or there is no manifest that can be read. */
export function systemOfFolder(folder: string, first: string): string {
  try {
    return /^system: ([a-z0-9-]+)$/m.exec(readTextFile(join(folder, MANIFEST)))?.[1] ?? first;
  } catch {
    return first;
  }
}

/**
 * Rebuilds the certificates of a folder one by one. In check mode the files are compared and left alone, and the last
 * result yielded is the first difference; otherwise the caller writes what changed.
 *
 * @throws {InputError} if a source cannot be read
 */
export function* regenerateFolder(
  folder: string,
  entries: readonly FolderEntry[],
  check: boolean,
): Generator<Regenerated> {
  for (const { file, make } of entries) {
    const path = join(folder, file);
    const verdict = make();
    if (verdict.verdict !== "accepted") {
      yield { file, result: "failed", failure: verdict };
      if (check) return;
      continue;
    }
    const { text } = verdict.result;
    const found = existsSync(path) ? readExactTextFile(path, MAX_CERTIFICATE_BYTES) : undefined;
    if (found === text) yield { file, result: "same", text };
    else if (!check) yield { file, result: found === undefined ? "new" : "changed", text };
    else if (found === undefined) return yield { file, result: "missing" };
    else return yield { file, result: "differs", ...firstDifference(found, text) };
  }
  const listed = new Set(entries.map(({ file }) => file));
  const unlisted = readdirSync(folder)
    .toSorted()
    .find((name) => name.endsWith(".json") && !name.endsWith(".schema.json") && !listed.has(name));
  if (check && unlisted !== undefined) yield { file: unlisted, result: "unlisted" };
}

/** A path in a manifest is relative to the folder; names and texts are passed on. */
export function sourceIn(folder: string, source: string): string {
  return /[/\\]|\.[A-Za-z]+$/.test(source) && !isAbsolute(source) ? join(folder, source) : source;
}

/** The first line on which two texts differ, from 1, as each has it. */
function firstDifference(found: string, rebuilt: string): { line: number; found: string; rebuilt: string } {
  const [a, b] = [found.split("\n"), rebuilt.split("\n")];
  const at = a.findIndex((line, i) => line !== b[i]);
  const index = at < 0 ? a.length : at;
  return { line: index + 1, found: a[index] ?? "(end of file)", rebuilt: b[index] ?? "(end of file)" };
}

/** Writes what changed, prints what became of each certificate, and returns the exit code. */
export function printRegenerated(io: Io, folder: string, all: Iterable<Regenerated>, check: boolean): ExitCode {
  const results: Regenerated[] = [];
  for (const result of all) {
    results.push(result);
    if (result.result === "changed" || result.result === "new") io.save(join(folder, result.file), result.text);
    if (!io.json) io.print(describe(result));
  }
  if (io.json) printJson(io, { folder, check, certificates: results.map(withoutText) });
  else if (results.length === 0) io.print(`${folder}: no machines and no ${MANIFEST}\n`);
  if (results.some((r) => r.result === "failed" && r.failure.verdict === "undecided")) return EXIT.undecided;
  const bad = results.some(({ result }) => !["same", "changed", "new"].includes(result));
  return bad || results.length === 0 ? EXIT.rejected : EXIT.accepted;
}

function withoutText(result: Regenerated): object {
  if (!("text" in result)) return result;
  const { text: _text, ...rest } = result;
  return rest;
}

function describe(result: Regenerated): string {
  const { file } = result;
  switch (result.result) {
    case "differs":
      return `differs    ${file}: line ${result.line}\n  found:   ${shorten(result.found)}\n  rebuilt: ${shorten(result.rebuilt)}\n`;
    case "failed":
      return `failed     ${file}: ${result.failure.verdict}: ${result.failure.message}\n`;
    case "unlisted":
      return `unlisted   ${file}: no machine of this folder has this certificate\n`;
    default:
      return `${result.result.padEnd(10)} ${file}\n`;
  }
}

function shorten(line: string): string {
  return line.length <= 160 ? line : `${line.slice(0, 157)}...`;
}
