/** Reads machines of all formats, and recognises the format of a text. */
import type { AlphabetMachine } from "../../spec/machines/alphabet-machine.js";
import type { SourceMachine } from "../../spec/machines/machine.js";
import { InputError, quoteInput } from "../input-error.js";
import type { MachineFormat } from "./format-names.js";
import { looksLikeBbchallenge, looksLikeListing, readBbchallenge } from "./read-bbchallenge.js";
import { looksLikeGolly, readGolly } from "./read-golly-turmite.js";
import { looksLikeJflap, readJflap } from "./read-jflap.js";
import { readMachine } from "./read-machine.js";
import { morphettDialect, readMorphett } from "./read-morphett.js";
import { looksLikeTapes, readTapes } from "./read-tapes.js";
import { looksLikeTuringMarkup, readTuringMarkup } from "./read-turing-markup.js";
import { looksLikeTuringmachineIo, readTuringmachineIo } from "./read-turingmachine-io.js";
import { fitsThreeSymbols, fromSourceMachine, toSourceMachine } from "./three-symbols.js";
import { parseYamlDocuments } from "../yaml-events-tree.js";

/** What else a reader is told. */
export interface ReadOptions {
  /** Which machine of a file that has several, from 1. */
  readonly entry?: number | undefined;
  /** Symbols of an input, which rules for any symbol have to know. */
  readonly symbols?: readonly string[] | undefined;
}

/** A machine as it was read. */
export interface ReadMachine {
  readonly machine: AlphabetMachine;
  /** The same over blank, +1 and -1; undefined if it has more symbols or several tapes. */
  readonly source: SourceMachine | undefined;
}

type Reader = (text: string, file: string, options: ReadOptions) => AlphabetMachine;

const READERS: Readonly<Record<Exclude<MachineFormat, "yaml">, Reader>> = {
  bbchallenge: (text, file, { entry }) => readBbchallenge(text, file, entry),
  "turingmachine.io": (text, file, { entry }) => readTuringmachineIo(text, file, entry),
  morphett: (text, file, { symbols }) => readMorphett(text, file, { dialect: "morphett", symbols }),
  turing2d: (text, file, { symbols }) => readMorphett(text, file, { dialect: "turing2d", symbols }),
  golly: (text, file) => readGolly(text, file),
  jflap: (text, file, { symbols }) => readJflap(text, file, symbols),
  turingmachinesimulator: (text, file) => readTuringMarkup(text, file),
};

/** Formats whose files may hold several machines. */
const LISTINGS: readonly MachineFormat[] = ["bbchallenge", "turingmachine.io"];

/**
 * Reads the content of a file in a format.
 *
 * @throws {InputError} one line with the place, if it is not in the format
 */
export function readFormat(text: string, file: string, format: MachineFormat, options: ReadOptions = {}): ReadMachine {
  const { entry } = options;
  if (entry !== undefined && entry !== 1 && !LISTINGS.includes(format))
    throw new InputError(`${file}: --entry ${entry}: a file of this format has one machine (${quoteInput(format)})`);
  if (format === "yaml" && !looksLikeTapes(text)) {
    const source = readMachine(text, file);
    return { machine: fromSourceMachine(source), source };
  }
  const machine = format === "yaml" ? readTapes(text, file) : READERS[format](text, file, options);
  return { machine, source: fitsThreeSymbols(machine) ? toSourceMachine(machine) : undefined };
}

/** The format of what is short enough to be typed as an argument: a bbchallenge text, a turmite or an ant. */
export function formatOfArgument(argument: string): "bbchallenge" | "golly" | undefined {
  if (looksLikeBbchallenge(argument)) return "bbchallenge";
  return looksLikeGolly(argument) ? "golly" : undefined;
}

/**
 * The format of a file: .jff is JFLAP; otherwise its content decides, in this order: cells such as 1RB, also on each of several
 * lines (bbchallenge), two braces or a word of L, R, U, N (Golly), an angle bracket (JFLAP), lines init: and accept:
 * (turingmachinesimulator.com), five fields or a comment behind a semicolon (Morphett, or turing2d if a line goes up or down),
 * YAML with the keys of turingmachine.io, YAML.
 *
 * @throws {InputError} "file:line:column: ..." if it comes to YAML and the text is not
 */
export function formatOfFile(text: string, file: string, path: string): MachineFormat {
  if (/\.jff$/i.test(path)) return "jflap";
  const literal = formatOfArgument(text);
  if (literal !== undefined) return literal;
  if (looksLikeListing(text)) return "bbchallenge";
  if (looksLikeJflap(text)) return "jflap";
  if (looksLikeTuringMarkup(text)) return "turingmachinesimulator";
  const dialect = morphettDialect(text);
  if (dialect !== undefined) return dialect;
  // Only a text that has one of the keys somewhere is parsed to see whether it has it at the top.
  if (!/start state|source code|^["']?blank/m.test(text)) return "yaml";
  return parseYamlDocuments(text, file).some(looksLikeTuringmachineIo) ? "turingmachine.io" : "yaml";
}
