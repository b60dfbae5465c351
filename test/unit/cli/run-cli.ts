/** Runs the compiled command line as a user would, off a terminal. */
import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { assertExitCode, assertOutput } from "../output-schemas/validate.js";

export const root: string = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");

export interface CliResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What each result was asked with; a field of the result would make equal answers to different questions unequal. */
const ASKED = new WeakMap<CliResult, readonly string[]>();

export function weightproof(...args: string[]): CliResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "dist/cli/main.js"), ...args], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  const result = { status, stdout, stderr };
  ASKED.set(result, args);
  return result;
}

/** The JSON that a command printed; for --json, it must be what the command's schema describes. */
export function jsonOf(result: CliResult): Record<string, unknown> {
  const json = JSON.parse(result.stdout) as Record<string, unknown>;
  const args = ASKED.get(result) ?? [];
  const [command = ""] = args;
  if (args.includes("--json")) {
    assertOutput(command, json);
    assertExitCode(command, json, result.status);
  }
  return json;
}

/** An empty folder. */
export function scratch(): string {
  return mkdtempSync(join(tmpdir(), "weightproof-test-"));
}
