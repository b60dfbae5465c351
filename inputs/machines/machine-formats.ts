/** Reads machines of all formats, and recognises the format of a text. */
import type { SourceMachine } from "../../spec/machines/machine.js";
import type { MachineFormat } from "./format-names.js";
import { looksLikeBbchallenge, readBbchallenge } from "./read-bbchallenge.js";
import { looksLikeGolly, readGolly } from "./read-golly-turmite.js";
import { looksLikeJflap, readJflap } from "./read-jflap.js";
import { readMachine } from "./read-machine.js";
import { morphettDialect, readMorphett } from "./read-morphett.js";
import { looksLikeTuringmachineIo, readTuringmachineIo } from "./read-turingmachine-io.js";
import { parseYaml } from "../yaml-tree.js";

const READERS: Readonly<Record<MachineFormat, (text: string, file: string) => SourceMachine>> = {
  yaml: readMachine,
  bbchallenge: readBbchallenge,
  "turingmachine.io": readTuringmachineIo,
  morphett: (text, file) => readMorphett(text, file, "morphett"),
  turing2d: (text, file) => readMorphett(text, file, "turing2d"),
  golly: readGolly,
  jflap: readJflap,
};

/** Reads the content of a file in a format. */
export function readFormat(text: string, file: string, format: MachineFormat): SourceMachine {
  return READERS[format](text, file);
}

/** The format of what is short enough to be typed as an argument: a bbchallenge text, a turmite or an ant. */
export function formatOfArgument(argument: string): "bbchallenge" | "golly" | undefined {
  if (looksLikeBbchallenge(argument)) return "bbchallenge";
  return looksLikeGolly(argument) ? "golly" : undefined;
}

/**
 * The format of a file: .jff is JFLAP; otherwise its content decides, in this order: cells such as 1RB (bbchallenge), two
 * braces or a word of L, R, U, N (Golly), an angle bracket (JFLAP), five fields or a comment behind a semicolon (Morphett,
 * or turing2d if a line goes up or down), YAML with the keys of turingmachine.io, YAML.
 *
 * @throws {InputError} "file:line:column: ..." if it comes to YAML and the text is not
 */
export function formatOfFile(text: string, file: string, path: string): MachineFormat {
  if (/\.jff$/i.test(path)) return "jflap";
  const literal = formatOfArgument(text);
  if (literal !== undefined) return literal;
  if (looksLikeJflap(text)) return "jflap";
  const dialect = morphettDialect(text);
  if (dialect !== undefined) return dialect;
  // Only a text that has one of the keys somewhere is parsed to see whether it has it at the top.
  if (!/start state|source code|^["']?blank/m.test(text)) return "yaml";
  return looksLikeTuringmachineIo(parseYaml(text, file, { listKeys: true })) ? "turingmachine.io" : "yaml";
}
