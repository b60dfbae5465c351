/** Files appear whole or not at all. */
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { InputError } from "../inputs/input-error.js";

/**
 * Writes a file by way of a temporary one beside it, so that a reader never sees half of it; "-" is stdout.
 *
 * @throws {InputError} if the folder is missing or may not be written to
 */
export function writeWholeFile(path: string, content: string | Uint8Array): void {
  if (path === "-") {
    process.stdout.write(content);
    return;
  }
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new InputError(`${path}: cannot be written (${reason})`);
  }
}
