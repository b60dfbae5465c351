/** weightproof regenerate DIR [--check], for folders whose manifest says system: wei-chen-ma. */
import type { ExitCode } from "../exit-codes.js";
import { printRegenerated } from "../regenerate-folder.js";
import type { Io } from "../system.js";
import { regenerate } from "./regenerate.js";

/** Rebuilds a folder. @throws {InputError} */
export function regenerateVerb(io: Io, folder: string, options: { readonly check?: boolean }): ExitCode {
  const check = options.check === true;
  return printRegenerated(io, folder, regenerate(folder, check), check);
}
