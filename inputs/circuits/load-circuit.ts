/** Finds a circuit by what a user types: a file, or the name of a circuit of the gallery. */
import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { AndInverterGraph } from "../../spec/circuits/and-inverter-graph.js";
import { InputError, quoteInput, showPath } from "../input-error.js";
import { galleryFolder } from "../machines/load-machine.js";
import { suggestion } from "../near-names.js";
import { readBytes } from "../read-text-file.js";
import { CIRCUIT_ENDINGS, circuitEnding, readCircuit } from "./circuit-formats.js";
import { MAX_CIRCUIT_BYTES } from "./circuit-limits.js";

/**
 * A circuit with a name for people.
 *
 * @example
 * ```ts
 * import { loadCircuit, type LoadedCircuit } from "weightproof";
 *
 * const { name, graph }: LoadedCircuit = loadCircuit("c17");
 * [name, graph.inputs.length]; // => ["c17", 5]
 * ```
 */
export interface LoadedCircuit {
  readonly name: string;
  readonly graph: AndInverterGraph;
}

/** The files of the circuits that come with the package, by name, in alphabetical order. */
export function circuitGallery(): ReadonlyMap<string, string> {
  const folder = join(dirname(galleryFolder()), "circuits");
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => circuitEnding(file) !== undefined) : [];
  return new Map(files.toSorted().map((file) => [file.replace(/\.[a-z]+$/, ""), join(folder, file)]));
}

/** Whether an argument looks like a circuit: a file with an ending of one, or a name in the gallery. */
export function looksLikeCircuit(argument: string): boolean {
  return circuitEnding(argument) !== undefined || circuitGallery().has(argument);
}

/**
 * The circuit that an argument stands for.
 *
 * @throws {InputError} if there is no such circuit, or the file is malformed
 *
 * @example
 * ```ts
 * import { certifyCircuit, loadCircuit } from "weightproof";
 *
 * const { name, graph } = loadCircuit("c17");
 * certifyCircuit(name, graph).verdict; // => "accepted"
 * loadCircuit("c18"); // throws InputError
 * ```
 */
export function loadCircuit(argument: string): LoadedCircuit {
  const ending = circuitEnding(argument);
  if (ending !== undefined) {
    const bytes = readBytes(argument, MAX_CIRCUIT_BYTES);
    return { name: nameOf(argument), graph: readCircuit(bytes, showPath(argument), ending) };
  }
  const gallery = circuitGallery();
  const file = gallery.get(argument);
  if (file !== undefined) {
    const format = circuitEnding(file) as (typeof CIRCUIT_ENDINGS)[number];
    return { name: argument, graph: readCircuit(readBytes(file, MAX_CIRCUIT_BYTES), basename(file), format) };
  }
  const names = [...gallery.keys()];
  const endings = CIRCUIT_ENDINGS.map((one) => `.${one}`).join(", ");
  throw new InputError(
    `${quoteInput(argument)} is not a circuit (${endings}) or one of the gallery${suggestion(argument, names)}; the gallery has ${names.join(", ")}`,
  );
}

/** The file's name without its ending; a label, so what cannot be shown in it is left out. */
function nameOf(path: string): string {
  const name = basename(path)
    .replace(/\.[A-Za-z]+$/, "")
    .replaceAll(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/gu, "")
    .slice(0, 100);
  return name === "" ? "circuit" : name;
}
