/** Finds a machine by what a user types: a file, the name of a machine in the gallery, or a short text. */
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { SourceMachine } from "../../spec/machines/machine.js";
import type { MachineFormat } from "./format-names.js";
import { InputError, quoteInput, showPath } from "../input-error.js";
import { formatOfArgument, formatOfFile, readFormat, type ReadMachine, type ReadOptions } from "./machine-formats.js";
import { toSourceMachine } from "./three-symbols.js";
import { suggestion } from "../near-names.js";
import { readTextFile } from "../read-text-file.js";

/**
 * The folder machines/ of this package, searched upward from a module: from the sources it is two folders up, from the
 * compiled files three.
 *
 * @throws {Error} if no folder above the module has one beside a package.json, which means a broken installation
 */
export function galleryFolder(module: string = import.meta.url): string {
  const start = dirname(fileURLToPath(module));
  for (let folder = start; ; folder = dirname(folder)) {
    const gallery = join(folder, "machines");
    if (existsSync(join(folder, "package.json")) && existsSync(gallery)) return gallery;
    if (folder === dirname(folder)) throw new Error(`galleryFolder: expected a folder machines/ above ${start}`);
  }
}

/** The folders of the gallery: machines for themselves, and learners (B.1.2). */
const GALLERY_FOLDERS = [".", "learners"] as const;

/** The files of the machines that come with the package, by name, in alphabetical order. */
export function galleryFiles(): ReadonlyMap<string, string> {
  const gallery = galleryFolder();
  const files = GALLERY_FOLDERS.flatMap((folder) =>
    readdirSync(join(gallery, folder))
      .filter((file) => file.endsWith(".yaml"))
      .map((file) => [file.slice(0, -".yaml".length), join(gallery, folder, file)] as const),
  );
  return new Map(files.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The names of the machines that come with the package, in alphabetical order.
 *
 * @example
 * ```ts
 * import { galleryNames } from "weightproof";
 *
 * ["bb2", "langtons-ant", "parity"].every((name) => galleryNames().includes(name)); // => true
 * ```
 */
export function galleryNames(): string[] {
  return [...galleryFiles().keys()];
}

/**
 * How to load a machine.
 *
 * @example
 * ```ts
 * import { loadMachine, type LoadOptions } from "weightproof";
 *
 * const options: LoadOptions = { format: "bbchallenge" };
 * loadMachine("1RB1LB_1LA1RZ", options).start; // => "A"
 * ```
 */
export interface LoadOptions extends ReadOptions {
  /** The format of the file or text; recognised if absent. */
  readonly format?: MachineFormat | undefined;
}

/**
 * The machine that an argument stands for. What has a slash or an ending such as ".yaml" is a file; anything else is a
 * name in the gallery, then a text (bbchallenge, a turmite of Golly, an ant such as RL), then a file. formatOfFile says
 * how a file's format is recognised.
 *
 * @throws {InputError} if there is no such machine, the file or text is malformed, or the machine has more than three symbols or
 *   several tapes
 *
 * @example
 * ```ts
 * import { loadMachine } from "weightproof";
 *
 * loadMachine("bb2").name; // => "bb2"
 * loadMachine("1RB1LB_1LA1RZ").table.get("B")?.get(0); // => { write: 1, move: "left", next: "A" }
 * loadMachine("no-such-machine"); // throws InputError
 * ```
 */
export function loadMachine(argument: string, options: LoadOptions = {}): SourceMachine {
  const { machine, source } = loadAnyMachine(argument, options);
  return source ?? toSourceMachine(machine);
}

/**
 * The machine that an argument stands for, whatever its symbols and its tapes; see loadMachine.
 *
 * @throws {InputError} if there is no such machine, or the file or text is malformed
 */
export function loadAnyMachine(argument: string, options: LoadOptions = {}): ReadMachine {
  const { format } = options;
  const literal = formatOfArgument(argument);
  // A turmite may hold a slash or end like a file only if it is malformed; its braces say what is meant.
  const isPath = /[/\\]|\.[A-Za-z]+$/.test(argument) && literal === undefined;
  if (isPath) return loadFile(argument, options);
  const gallery = galleryFiles();
  const inGallery = gallery.get(argument);
  if (inGallery !== undefined && (format === undefined || format === "yaml")) {
    return loadFile(inGallery, { ...options, format: "yaml" }, `${argument}.yaml`);
  }
  if (literal !== undefined && (format === undefined || format === literal)) {
    return readFormat(argument, "machine text", literal, options);
  }
  if (argument !== "" && existsSync(argument)) return loadFile(argument, options);
  if (format === "bbchallenge" || format === "golly") return readFormat(argument, "machine text", format, options);
  if (format !== undefined && format !== "yaml" && argument !== "") return loadFile(argument, options);
  const names = [...gallery.keys()];
  const hint = suggestion(argument, names);
  throw new InputError(
    `${quoteInput(argument)} is not a file, a bbchallenge text, a turmite or a machine of the gallery${hint}; the gallery has ${names.join(", ")}`,
  );
}

function loadFile(path: string, options: LoadOptions, label: string = showPath(path)): ReadMachine {
  const text = readTextFile(path);
  return readFormat(text, label, options.format ?? formatOfFile(text, label, path), options);
}
