/**
 * regenerate for this system: a folder's manifest, certificates.yaml, says `system: wei-chen-ma` and lists certificates, each with
 * its `source` and its `file`.
 */
import { join } from "node:path";
import { quoteInput } from "../../inputs/input-error.js";
import { loadCircuit } from "../../inputs/circuits/load-circuit.js";
import { readTextFile } from "../../inputs/read-text-file.js";
import { parseYaml } from "../../inputs/yaml-tree.js";
import { MANIFEST, regenerateFolder, sourceIn, type FolderEntry, type Regenerated } from "../regenerate-folder.js";
import { certifyCircuit } from "./circuit-certify.js";

/** One certificate of a folder. */
export interface ManifestEntry {
  /** A circuit's file relative to the folder, or a circuit of the gallery. */
  readonly source: string;
  /** The certificate's file, relative to the folder. */
  readonly file: string;
}

/** The certificates that a folder is to hold, in order. @throws {InputError} if the manifest is missing or malformed */
export function listCertificates(folder: string): ManifestEntry[] {
  const path = join(folder, MANIFEST);
  const { root, errorAt } = parseYaml(readTextFile(path), path, { content: "a list of certificates" });
  const list = root.kind === "map" ? root.entries.get("certificates")?.value : undefined;
  if (root.kind !== "map" || root.entries.size !== 2 || !root.entries.has("system") || list?.kind !== "list")
    throw errorAt(root.offset, "document: expected the keys system and certificates, the latter a list");
  const files = new Set<string>();
  return list.items.map((item, i) => {
    const place = `certificates[${i}]`;
    const textOf = (key: string): string => {
      const node = item.kind === "map" && item.entries.size === 2 ? item.entries.get(key)?.value : undefined;
      if (node?.kind === "text" && node.text !== "") return node.text;
      throw errorAt(item.offset, `${place}: expected the keys source and file`);
    };
    const [source, file] = [textOf("source"), textOf("file")];
    if (!/^[\w.-]+\.json$/.test(file))
      throw errorAt(
        item.offset,
        `${place}.file: expected a plain file name that ends in .json, got ${quoteInput(file)}`,
      );
    if (files.has(file)) throw errorAt(item.offset, `${place}: expected each file once, got ${quoteInput(file)} twice`);
    files.add(file);
    return { source, file };
  });
}

/** Rebuilds the certificates of a folder one by one. @throws {InputError} if a source or the manifest cannot be read */
export function regenerate(folder: string, check: boolean): Generator<Regenerated> {
  const entries = listCertificates(folder).map(({ source, file }): FolderEntry => ({
    file,
    make: () => make(folder, source),
  }));
  return regenerateFolder(folder, entries, check);
}

function make(folder: string, source: string): ReturnType<FolderEntry["make"]> {
  const { name, graph } = loadCircuit(sourceIn(folder, source));
  return certifyCircuit(name, graph);
}
