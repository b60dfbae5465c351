/** Runs the compiled command line as a user would, off a terminal. */
import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root: string = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");

export interface CliResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function weightproof(...args: string[]): CliResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "dist/cli/main.js"), ...args], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  return { status, stdout, stderr };
}

/** The JSON that a command printed. */
export function jsonOf({ stdout }: CliResult): Record<string, unknown> {
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** An empty folder. */
export function scratch(): string {
  return mkdtempSync(join(tmpdir(), "weightproof-test-"));
}
