/**
 * regenerate for this system: a folder's manifest, certificates.yaml, says `system: wei-chen-ma` and lists certificates, each with
 * its `source` and its `file`, those of machines also with `steps` and, where wanted, `tape` and `input`.
 */
import { join } from "node:path";
import { quoteInput } from "../../inputs/input-error.js";
import { loadCircuit } from "../../inputs/circuits/load-circuit.js";
import { readTextFile } from "../../inputs/read-text-file.js";
import { parseYaml, type YamlMap } from "../../inputs/yaml-tree.js";
import type { TapeKind } from "../../spec/machines/tape-machine.js";
import { MANIFEST, regenerateFolder, sourceIn, type FolderEntry, type Regenerated } from "../regenerate-folder.js";
import { certifyDecoder } from "./certify-decoder.js";
import { certifyCircuit } from "./circuit-certify.js";
import { decoderTask } from "./decoder-task.js";

/** One certificate of a folder. */
export interface ManifestEntry {
  /** A file relative to the folder, a circuit or a machine of the gallery, or a bbchallenge text. */
  readonly source: string;
  /** Of machines: T, the tape, and an input to replay. */
  readonly steps?: number;
  readonly tape?: TapeKind;
  readonly input?: string;
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
    const keys = item.kind === "map" ? item.entries : (new Map() as YamlMap["entries"]);
    const isMachine = keys.has("steps");
    const unknown = [...keys.keys()].find((key) => !(isMachine ? MACHINE_KEYS : CIRCUIT_KEYS).includes(key));
    if (unknown !== undefined) throw errorAt(item.offset, `${place}: unknown key ${quoteInput(unknown)}`);
    const textOf = (key: string): string => {
      const node = keys.get(key)?.value;
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
    if (!isMachine) return { source, file };
    const steps = textOf("steps");
    if (!/^[0-9]{1,12}$/.test(steps)) throw errorAt(item.offset, `${place}.steps: expected a number of steps`);
    const tape = keys.has("tape") ? textOf("tape") : "two-way";
    if (tape !== "two-way" && tape !== "one-way")
      throw errorAt(item.offset, `${place}.tape: expected two-way or one-way`);
    return { source, file, steps: Number(steps), tape, input: keys.has("input") ? textOf("input") : "" };
  });
}

/** Rebuilds the certificates of a folder one by one. @throws {InputError} if a source or the manifest cannot be read */
export function regenerate(folder: string, check: boolean): Generator<Regenerated> {
  const entries = listCertificates(folder).map((entry): FolderEntry => ({
    file: entry.file,
    make: () => make(folder, entry),
  }));
  return regenerateFolder(folder, entries, check);
}

const CIRCUIT_KEYS: readonly string[] = ["source", "file"];
const MACHINE_KEYS: readonly string[] = ["source", "file", "steps", "tape", "input"];

function make(folder: string, { source, steps, tape, input = "" }: ManifestEntry): ReturnType<FolderEntry["make"]> {
  if (steps !== undefined && tape !== undefined) {
    const task = decoderTask(sourceIn(folder, source), { tape, input: input === "" ? [] : [input] }, steps);
    return certifyDecoder({ source: task.source, steps, tape, inputs: input === "" ? [] : [task.input] });
  }
  const { name, graph } = loadCircuit(sourceIn(folder, source));
  return certifyCircuit(name, graph);
}
