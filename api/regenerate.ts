/**
 * regenerate: rebuild every certificate of a folder from its machines, or show the first difference.
 *
 * A folder says what it holds in a manifest, certificates.yaml; without one, each machine file NAME.yaml in it has the
 * certificate NAME.json.
 */
import { existsSync, readdirSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { parseDocument } from "yaml";
import { MAX_CERTIFICATE_BYTES } from "../certificates/rcnn-certificate.js";
import type { DecisionFault } from "../checkers/rcnn/decide-filter.js";
import type { Rejected, Undecided } from "../checkers/verdict.js";
import { InputError, quoteInput } from "../construction/machines/input-error.js";
import { loadMachine } from "../construction/machines/load-machine.js";
import { readExactTextFile, readTextFile } from "../construction/machines/read-text-file.js";
import { ALPHABET_NAMES, type AlphabetName } from "../spec/rcnn/alphabet.js";
import { certify } from "./certify.js";

export const MANIFEST = "certificates.yaml";

/** One certificate of a folder. */
export interface ManifestEntry {
  /** A file relative to the folder, a machine of the gallery, or a bbchallenge text. */
  readonly machine: string;
  readonly alphabet: AlphabetName;
  /** The certificate's file, relative to the folder. */
  readonly file: string;
}

/** What became of one certificate. */
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
  | { readonly file: string; readonly result: "failed"; readonly failure: Rejected<DecisionFault> | Undecided };

/**
 * The certificates that a folder is to hold, in order.
 *
 * @throws {InputError} if the folder is missing, or its manifest is malformed
 */
export function listCertificates(folder: string): ManifestEntry[] {
  if (!existsSync(folder)) throw new InputError(`${folder}: no such folder`);
  const manifest = join(folder, MANIFEST);
  if (existsSync(manifest)) return readManifest(manifest);
  return readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .toSorted()
    .map((name) => ({ machine: `./${name}`, alphabet: "well-formed", file: name.replace(/\.yaml$/, ".json") }));
}

function readManifest(path: string): ManifestEntry[] {
  const document = parseDocument(readTextFile(path), { strict: true });
  const [error] = document.errors;
  if (error !== undefined) throw new InputError(`${path}: ${error.message.split("\n")[0]}`);
  const data: unknown = document.toJS({ maxAliasCount: 0 });
  const fail = (place: string, wanted: string): never => {
    throw new InputError(`${path}: ${place}: expected ${wanted}`);
  };
  const list = isMap(data) && Object.keys(data).join() === "certificates" ? data["certificates"] : undefined;
  if (!Array.isArray(list)) return fail("document", "a list under the one key certificates");
  const entries = list.map((item: unknown, i): ManifestEntry => {
    const place = `certificates[${i}]`;
    if (!isMap(item)) return fail(place, "keys machine, alphabet, file");
    const unknown = Object.keys(item).find((key) => !["machine", "alphabet", "file"].includes(key));
    if (unknown !== undefined) return fail(place, `keys machine, alphabet, file, got ${quoteInput(unknown)}`);
    const { machine, alphabet = "well-formed", file } = item;
    if (typeof machine !== "string" || machine === "") return fail(`${place}.machine`, "a machine");
    if (typeof file !== "string" || !/^[\w.-]+\.json$/.test(file))
      return fail(`${place}.file`, "a plain file name that ends in .json");
    const name = ALPHABET_NAMES.find((known) => known === alphabet);
    return name === undefined
      ? fail(`${place}.alphabet`, ALPHABET_NAMES.join(" or "))
      : { machine, alphabet: name, file };
  });
  const repeated = entries.find(({ file }, i) => entries.findIndex((other) => other.file === file) < i);
  return repeated === undefined
    ? entries
    : fail("certificates", `each file once, got ${quoteInput(repeated.file)} twice`);
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Rebuilds the certificates of a folder one by one. In check mode the files are compared and left alone, and the last
 * result yielded is the first difference; otherwise the caller writes what changed.
 *
 * @throws {InputError} if a machine or the manifest cannot be read
 */
export function* regenerate(folder: string, check: boolean): Generator<Regenerated> {
  const entries = listCertificates(folder);
  for (const { machine, alphabet, file } of entries) {
    const path = join(folder, file);
    const verdict = certify(loadMachine(inFolder(folder, machine)), alphabet);
    if (verdict.verdict !== "accepted") {
      yield { file, result: "failed", failure: verdict };
      if (check) return;
      continue;
    }
    const { text } = verdict.counts;
    const found = existsSync(path) ? readExactTextFile(path, MAX_CERTIFICATE_BYTES) : undefined;
    if (found === text) yield { file, result: "same", text };
    else if (!check) yield { file, result: found === undefined ? "new" : "changed", text };
    else if (found === undefined) return yield { file, result: "missing" };
    else return yield { file, result: "differs", ...firstDifference(found, text) };
  }
  const listed = new Set(entries.map(({ file }) => file));
  const unlisted = readdirSync(folder)
    .toSorted()
    .find((name) => name.endsWith(".json") && !listed.has(name));
  if (check && unlisted !== undefined) yield { file: unlisted, result: "unlisted" };
}

/** A path in a manifest is relative to the folder; names and texts are passed on. */
function inFolder(folder: string, machine: string): string {
  return /[/\\]|\.[A-Za-z]+$/.test(machine) && !isAbsolute(machine) ? join(folder, machine) : machine;
}

/** The first line on which two texts differ, from 1, as each has it. */
function firstDifference(found: string, rebuilt: string): { line: number; found: string; rebuilt: string } {
  const [a, b] = [found.split("\n"), rebuilt.split("\n")];
  const at = a.findIndex((line, i) => line !== b[i]);
  const index = at < 0 ? a.length : at;
  return { line: index + 1, found: a[index] ?? "(end of file)", rebuilt: b[index] ?? "(end of file)" };
}
