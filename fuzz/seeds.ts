/** Files of the project that fuzzing starts from. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { galleryFiles, galleryFolder } from "../inputs/machines/load-machine.js";
import { bytesOf } from "./text.js";

/** The folder of the project. */
export const PROJECT: string = dirname(galleryFolder());

/** A file of the project. */
export function projectFile(...path: string[]): Uint8Array {
  return readFileSync(join(PROJECT, ...path));
}

/** All files of a folder of the project with an ending, the small ones first. */
export function projectFiles(folder: string, ending: string): Uint8Array[] {
  return readdirSync(join(PROJECT, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => projectFile(folder, name))
    .toSorted((a, b) => a.length - b.length);
}

/** The machine files of the gallery below a size. */
export function galleryTexts(maxBytes: number): Uint8Array[] {
  return [...galleryFiles().values()].map((path) => readFileSync(path)).filter(({ length }) => length <= maxBytes);
}

/** Texts as seeds. */
export function seedsOf(...texts: readonly string[]): () => readonly Uint8Array[] {
  const seeds = texts.map(bytesOf);
  return () => seeds;
}
