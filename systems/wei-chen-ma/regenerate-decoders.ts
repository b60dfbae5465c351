/**
 * weightproof regenerate DIR --system wei-chen-ma [--check]: rebuild the decoders' certificates of a folder. Its manifest,
 * certificates.yaml, lists them: { machine, steps, file } and, where wanted, tape and input.
 */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { MAX_CERTIFICATE_BYTES } from "../../certificates/envelope.js";
import { isAccepted } from "../../checkers/verdict.js";
import { InputError, quoteInput } from "../../inputs/input-error.js";
import { readExactTextFile, readTextFile } from "../../inputs/read-text-file.js";
import { parseYaml } from "../../inputs/yaml-tree.js";
import type { TapeKind } from "../../spec/machines/tape-machine.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { printJson } from "../print-verdict.js";
import type { Io } from "../system.js";
import { certifyDecoder } from "./certify-decoder.js";
import { decoderTask } from "./decoder-task.js";

const MANIFEST = "certificates.yaml";
const KEYS = ["machine", "steps", "tape", "input", "file"];

interface Entry {
  readonly machine: string;
  readonly steps: number;
  readonly tape: TapeKind;
  readonly input: string;
  readonly file: string;
}

/** Whether a folder has a manifest of decoders; the reason if not. */
export function takesFolder(folder: string): true | string {
  const manifest = join(folder, MANIFEST);
  if (!existsSync(manifest)) return `${folder}: has no ${MANIFEST}`;
  return /^\s*-?.*\bsteps\s*:/m.test(readTextFile(manifest)) ? true : `${manifest}: lists no decoders`;
}

/** Rebuilds or compares. */
export function regenerateDecodersVerb(
  io: Io,
  folder: string,
  { check = false }: { readonly check?: boolean },
): ExitCode {
  const entries = readManifest(join(folder, MANIFEST));
  const results: Record<string, unknown>[] = [];
  const tell = (file: string, result: string, more: Record<string, unknown> = {}): void => {
    results.push({ file, result, ...more });
    if (!io.json) io.print(`${result.padEnd(10)} ${file}${"line" in more ? `: line ${String(more["line"])}` : ""}\n`);
  };
  let code: ExitCode = EXIT.accepted;
  for (const { machine, steps, tape, input, file } of entries) {
    const task = decoderTask(machine, { tape, input }, steps);
    const verdict = certifyDecoder({ source: task.source, steps, tape, inputs: input === "" ? [] : [task.input] });
    if (!isAccepted(verdict)) {
      tell(file, "failed", { failure: verdict });
      code = verdict.verdict === "undecided" ? EXIT.undecided : EXIT.rejected;
      continue;
    }
    const { text } = verdict.result;
    const path = join(folder, file);
    const found = existsSync(path) ? readExactTextFile(path, MAX_CERTIFICATE_BYTES) : undefined;
    if (found === text) tell(file, "same");
    else if (!check) {
      tell(file, found === undefined ? "new" : "changed");
      io.save(path, text);
    } else if (found === undefined) {
      tell(file, "missing");
      code = EXIT.rejected;
    } else {
      tell(file, "differs", firstDifference(found, text));
      code = EXIT.rejected;
    }
  }
  const listed = new Set(entries.map(({ file }) => file));
  for (const file of readdirSync(folder).toSorted()) {
    if (!check || !file.endsWith(".json") || listed.has(file)) continue;
    tell(file, "unlisted");
    code = EXIT.rejected;
  }
  if (io.json) printJson(io, { folder, check, certificates: results });
  return code;
}

function readManifest(path: string): Entry[] {
  const { root, errorAt } = parseYaml(readTextFile(path), path, { content: "a list of certificates" });
  const list = root.kind === "map" ? root.entries.get("certificates")?.value : undefined;
  if (list?.kind !== "list") throw errorAt(root.offset, "document: expected a list under the key certificates");
  return list.items.map((item, i) => {
    const place = `certificates[${i}]`;
    if (item.kind !== "map") throw errorAt(item.offset, `${place}: expected keys ${KEYS.join(", ")}`);
    for (const [key, { keyOffset }] of item.entries)
      if (!KEYS.includes(key))
        throw errorAt(keyOffset, `${place}: expected keys ${KEYS.join(", ")}, got ${quoteInput(key)}`);
    const text = (key: string, fallback?: string): string => {
      const node = item.entries.get(key)?.value;
      if (node === undefined && fallback !== undefined) return fallback;
      if (node?.kind !== "text") throw errorAt(item.offset, `${place}.${key}: expected a text`);
      return node.text;
    };
    const [file, steps, tape] = [text("file"), text("steps"), text("tape", "two-way")];
    if (!/^[\w.-]+\.json$/.test(file))
      throw errorAt(item.offset, `${place}.file: expected a plain name that ends in .json`);
    if (!/^[0-9]{1,12}$/.test(steps)) throw errorAt(item.offset, `${place}.steps: expected a number`);
    if (tape !== "two-way" && tape !== "one-way")
      throw new InputError(`${path}: ${place}.tape: expected two-way or one-way`);
    return { machine: text("machine"), steps: Number(steps), tape, input: text("input", ""), file };
  });
}

/** The first line on which two texts differ, from 1, as each has it. */
function firstDifference(found: string, rebuilt: string): { line: number; found: string; rebuilt: string } {
  const [a, b] = [found.split("\n"), rebuilt.split("\n")];
  const at = a.findIndex((line, i) => line !== b[i]);
  const index = at < 0 ? a.length : at;
  return { line: index + 1, found: a[index] ?? "(end of file)", rebuilt: b[index] ?? "(end of file)" };
}
