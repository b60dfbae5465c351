/** weightproof regenerate [DIR] [--check] */
import { join } from "node:path";
import { regenerate, type Regenerated } from "./regenerate.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import type { Io } from "../system.js";
import { printJson } from "../print-verdict.js";

/** The options of regenerate. */
export interface RegenerateOptions {
  readonly check?: boolean;
}

/** Rebuilds the certificates of a folder, or compares them. @throws {InputError} */
export function regenerateVerb(io: Io, folder: string, options: RegenerateOptions): ExitCode {
  const results: Regenerated[] = [];
  for (const result of regenerate(folder, options.check === true)) {
    results.push(result);
    if (result.result === "changed" || result.result === "new") io.save(join(folder, result.file), result.text);
    if (!io.json) io.print(describe(result));
  }
  if (io.json) {
    printJson(io, { folder, check: options.check === true, certificates: results.map(withoutText) });
  } else if (results.length === 0) io.print(`${folder}: no machines and no certificates.yaml\n`);
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
