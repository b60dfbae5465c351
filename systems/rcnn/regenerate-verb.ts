/** weightproof regenerate [DIR] [--check] */
import { printRegenerated } from "../regenerate-folder.js";
import type { ExitCode } from "../exit-codes.js";
import type { Io } from "../system.js";
import { regenerate } from "./regenerate.js";

/** The options of regenerate. */
export interface RegenerateOptions {
  readonly check?: boolean;
}

/** Rebuilds the certificates of a folder, or compares them. @throws {InputError} */
export function regenerateVerb(io: Io, folder: string, options: RegenerateOptions): ExitCode {
  const check = options.check === true;
  return printRegenerated(io, folder, regenerate(folder, check), check);
}
