/** Finds a machine by what a user types: a file, the name of a machine in the gallery, or a bbchallenge text. */
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { SourceMachine } from "../../spec/machines/machine.js";
import { InputError, quoteInput, showPath } from "./input-error.js";
import { suggestion } from "./near-names.js";
import { looksLikeBbchallenge, readBbchallenge } from "./read-bbchallenge.js";
import { readMachine } from "./read-machine.js";
import { readTextFile } from "./read-text-file.js";

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

/** The names of the machines that come with the package, in alphabetical order. */
export function galleryNames(): string[] {
  return readdirSync(galleryFolder())
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.slice(0, -".yaml".length))
    .toSorted();
}

/**
 * The machine that an argument stands for. What has a slash or an ending such as ".yaml" is a file; anything else is a
 * name in the gallery, then a bbchallenge text, then a file. A file may hold a bbchallenge text, too.
 *
 * @throws {InputError} if there is no such machine, or the file or text is malformed
 */
export function loadMachine(argument: string): SourceMachine {
  if (/[/\\]|\.[A-Za-z]+$/.test(argument)) return loadFile(argument);
  const names = galleryNames();
  if (names.includes(argument)) return loadFile(join(galleryFolder(), `${argument}.yaml`), `${argument}.yaml`);
  if (looksLikeBbchallenge(argument)) return readBbchallenge(argument);
  if (argument !== "" && existsSync(argument)) return loadFile(argument);
  const hint = suggestion(argument, names);
  throw new InputError(
    `${quoteInput(argument)} is not a file, a bbchallenge text or a machine of the gallery${hint}; the gallery has ${names.join(", ")}`,
  );
}

function loadFile(path: string, label: string = showPath(path)): SourceMachine {
  const text = readTextFile(path);
  return looksLikeBbchallenge(text) ? readBbchallenge(text, label) : readMachine(text, label);
}
