/**
 * Machine files of compiled programs: an ordinary machine file with the program's listing in front, as comments. State
 * names begin with LABEL.LINE, so the file leads back from a state to its line without the program.
 */
import { writeMachine } from "../../inputs/machines/write-machine.js";
import type { CompiledProgram } from "./compile.js";

/** Where a state name leads back to. */
export interface StatePlace {
  readonly label: string;
  /** 1-based line of the listing. */
  readonly line: number;
}

/**
 * The machine file of a compiled program.
 *
 * @param origin one line: where the program is
 */
export function writeProgramFile(compiled: CompiledProgram, origin: string): string {
  const width = String(compiled.listing.length).length;
  const listing = compiled.listing.map((text, i) => `# ${String(i + 1).padStart(width)} | ${text}`);
  const head = [`# Compiled from ${origin}; a state is called LABEL.LINE after the line it comes from.`, "#"];
  return `${[...head, ...listing].join("\n")}\n${writeMachine(compiled.machine)}`;
}

/** The listing in the comments of a machine file; empty if there is none. */
export function readListing(file: string): string[] {
  return file.split("\n").flatMap((line) => {
    const match = /^# +(\d+) \| (.*)$/.exec(line);
    return match === null ? [] : [match[2] as string];
  });
}

/** The information in the name of a state of a compiled program; undefined for any other name. */
export function placeOfState(state: string): StatePlace | undefined {
  const match = /^([A-Za-z][A-Za-z0-9-]*)\.([1-9]\d*)(?:[. ]|$)/.exec(state);
  return match === null ? undefined : { label: match[1] as string, line: Number(match[2]) };
}
