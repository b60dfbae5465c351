/**
 * regenerate: rebuild every certificate of a folder from its machines, or show the first difference.
 *
 * A folder says what it holds in a manifest, certificates.yaml; without one, each machine file NAME.yaml in it has the
 * certificate NAME.json.
 */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { InputError, quoteInput } from "../../inputs/input-error.js";
import { loadMachine } from "../../inputs/machines/load-machine.js";
import { parseYaml } from "../../inputs/yaml-tree.js";
import { readTextFile } from "../../inputs/read-text-file.js";
import { ALPHABET_NAMES, type AlphabetName } from "../../spec/rcnn/alphabet.js";
import { MANIFEST, regenerateFolder, sourceIn, type Regenerated } from "../regenerate-folder.js";
import { certify } from "./certify.js";

export { MANIFEST, type Regenerated };

/** One certificate of a folder. */
export interface ManifestEntry {
  /** A file relative to the folder, a machine of the gallery, or a bbchallenge text. */
  readonly machine: string;
  readonly alphabet: AlphabetName;
  /** The certificate's file, relative to the folder. */
  readonly file: string;
}

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

const ENTRY_KEYS = ["machine", "alphabet", "file"];

function readManifest(path: string): ManifestEntry[] {
  const { root, errorAt } = parseYaml(readTextFile(path), path, { content: "a list of certificates" });
  const list = root.kind === "map" ? root.entries.get("certificates")?.value : undefined;
  if (root.kind !== "map" || root.entries.size !== 1 || list?.kind !== "list") {
    throw errorAt(root.offset, "document: expected a list under the one key certificates");
  }
  const files = new Set<string>();
  return list.items.map((item, i): ManifestEntry => {
    const place = `certificates[${i}]`;
    if (item.kind !== "map") throw errorAt(item.offset, `${place}: expected keys ${ENTRY_KEYS.join(", ")}`);
    for (const [key, { keyOffset }] of item.entries) {
      if (ENTRY_KEYS.includes(key)) continue;
      throw errorAt(keyOffset, `${place}: expected keys ${ENTRY_KEYS.join(", ")}, got ${quoteInput(key)}`);
    }
    const textOf = (key: string, isRight: (text: string) => boolean, wanted: string): string => {
      const node = item.entries.get(key)?.value;
      if (node?.kind === "text" && isRight(node.text)) return node.text;
      throw errorAt(node?.offset ?? item.offset, `${place}.${key}: expected ${wanted}`);
    };
    const machine = textOf("machine", (text) => text !== "", "a machine");
    const file = textOf("file", (text) => /^[\w.-]+\.json$/.test(text), "a plain file name that ends in .json");
    if (files.has(file)) throw errorAt(item.offset, `${place}: expected each file once, got ${quoteInput(file)} twice`);
    files.add(file);
    const isAlphabet = (text: string): boolean => ALPHABET_NAMES.some((name) => name === text);
    const alphabet = item.entries.has("alphabet")
      ? textOf("alphabet", isAlphabet, ALPHABET_NAMES.join(" or "))
      : "well-formed";
    return { machine, alphabet: alphabet as AlphabetName, file };
  });
}

/**
 * Rebuilds the certificates of a folder one by one. In check mode the files are compared and left alone, and the last
 * result yielded is the first difference; otherwise the caller writes what changed.
 *
 * @throws {InputError} if a machine or the manifest cannot be read
 *
 * @example
 * ```ts
 * import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { loadMachine, regenerate, writeMachine } from "weightproof";
 *
 * const folder = mkdtempSync(join(tmpdir(), "certificates-"));
 * writeFileSync(join(folder, "bb2.yaml"), writeMachine(loadMachine("bb2")));
 * for (const one of regenerate(folder, false)) {
 *   if (one.result === "new") writeFileSync(join(folder, one.file), one.text);
 * }
 * [...regenerate(folder, true)].map(({ result }) => result); // => ["same"]
 * rmSync(folder, { recursive: true });
 * ```
 */
export function regenerate(folder: string, check: boolean): Generator<Regenerated> {
  const entries = listCertificates(folder).map(({ machine, alphabet, file }) => ({
    file,
    make: () => certify(loadMachine(sourceIn(folder, machine)), alphabet),
  }));
  return regenerateFolder(folder, entries, check);
}
