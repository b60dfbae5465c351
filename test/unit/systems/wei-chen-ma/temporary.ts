/** Files in a folder that is there while a test runs. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Writes the files, calls the test with their paths, and removes them. */
export function inTemporaryFolder(
  files: Readonly<Record<string, string>>,
  test: (path: (name: string) => string) => void,
): void {
  const folder = mkdtempSync(join(tmpdir(), "weightproof-"));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    test((name) => join(folder, name));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
