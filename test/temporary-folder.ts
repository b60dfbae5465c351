/** All temporary files of a run of tests are made in one folder, which is removed in the end. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "weightproof-tests-"));

/** Says where Node looks for the place of temporary files, on POSIX and on Windows; workers and their children inherit it. */
export function setup(): void {
  for (const name of ["TMPDIR", "TEMP", "TMP"]) process.env[name] = folder;
}

export function teardown(): void {
  rmSync(folder, { recursive: true, force: true });
}
