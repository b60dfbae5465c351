/**
 * weightproof regenerate DIR [--check], for folders whose manifest says system: welper and lists certificates, each with its `source`, its
 * `file` and, where it is not the fan, its `loss`.
 */
import { join } from "node:path";
import { quoteInput } from "../../inputs/input-error.js";
import { readTextFile } from "../../inputs/read-text-file.js";
import { parseYaml, type YamlMap } from "../../inputs/yaml-tree.js";
import type { LossName } from "../../construction/welper/machine-to-tracing.js";
import type { ExitCode } from "../exit-codes.js";
import { MANIFEST, printRegenerated, regenerateFolder, sourceIn, type FolderEntry } from "../regenerate-folder.js";
import type { Io } from "../system.js";
import { certifyTracing } from "./certify-tracing.js";
import { loadMultiTape } from "./load-source.js";

/** One certificate of a folder. */
interface ManifestEntry {
  readonly source: string;
  readonly file: string;
  readonly loss: LossName;
}

const KEYS: readonly string[] = ["source", "file", "loss"];

/** Rebuilds a folder. @throws {InputError} */
export function regenerateVerb(io: Io, folder: string, options: { readonly check?: boolean }): ExitCode {
  const check = options.check === true;
  const entries = listCertificates(folder).map(({ source, file, loss }): FolderEntry => ({
    file,
    make: () => certifyTracing(loadMultiTape(sourceIn(folder, source)), loss),
  }));
  return printRegenerated(io, folder, regenerateFolder(folder, entries, check), check);
}

function listCertificates(folder: string): ManifestEntry[] {
  const path = join(folder, MANIFEST);
  const { root, errorAt } = parseYaml(readTextFile(path), path, { content: "a list of certificates" });
  const list = root.kind === "map" ? root.entries.get("certificates")?.value : undefined;
  if (root.kind !== "map" || root.entries.size !== 2 || !root.entries.has("system") || list?.kind !== "list")
    throw errorAt(root.offset, "document: expected the keys system and certificates, the latter a list");
  const files = new Set<string>();
  return list.items.map((item, i) => {
    const place = `certificates[${i}]`;
    const keys = item.kind === "map" ? item.entries : (new Map() as YamlMap["entries"]);
    const unknown = [...keys.keys()].find((key) => !KEYS.includes(key));
    if (unknown !== undefined) throw errorAt(item.offset, `${place}: unknown key ${quoteInput(unknown)}`);
    const textOf = (key: string): string => {
      const node = keys.get(key)?.value;
      if (node?.kind === "text" && node.text !== "") return node.text;
      throw errorAt(item.offset, `${place}: expected the keys source and file`);
    };
    const [source, file] = [textOf("source"), textOf("file")];
    if (!/^[\w.-]+\.json$/.test(file) || files.has(file))
      throw errorAt(item.offset, `${place}.file: expected a plain file name that ends in .json, each once`);
    files.add(file);
    const loss = keys.has("loss") ? textOf("loss") : "fan";
    if (loss !== "fan" && loss !== "printed") throw errorAt(item.offset, `${place}.loss: expected fan or printed`);
    return { source, file, loss };
  });
}
