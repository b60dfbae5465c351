/** Runs the command line, off a terminal: the compiled one as a user would, or that of the sources in this process. */
import { spawnSync } from "node:child_process";
import type { Command } from "commander";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { makeProgram, report } from "../../../cli/program.js";
import { writeWholeFile } from "../../../cli/write-file.js";
import { SYSTEMS } from "../../../systems/index.js";
import type { Io } from "../../../systems/system.js";
import { assertExitCode, assertOutput } from "../output-schemas/validate.js";

export const root: string = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");

export interface CliResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What each result was asked with; a field of the result would make equal answers to different questions unequal. */
const ASKED = new WeakMap<CliResult, readonly string[]>();

/** Runs a command in a process of its own: for what is about processes, and for commands as users meet them. */
export function weightproof(...args: string[]): CliResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "dist/cli/main.js"), ...args], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  const result = { status, stdout, stderr };
  ASKED.set(result, args);
  return result;
}

/**
 * Runs a command in this process, without the half second that another one takes to start. What is between this and a process
 * is cli/main.ts and cli/process-io.ts.
 */
export async function weightproofHere(...args: string[]): Promise<CliResult> {
  const result = { status: 0, stdout: "", stderr: "" };
  const print = (text: string): void => void (result.stdout += text);
  const note = (text: string): void => void (result.stderr += text);
  const save: Io["save"] = (path, content) => {
    if (path === "-") print(typeof content === "string" ? content : Buffer.from(content).toString("latin1"));
    else writeWholeFile(path, content);
  };
  const makeIo = (json: boolean): Io => ({ json, print, note, save, progress: () => undefined });
  const program = makeProgram(SYSTEMS, "0.0.0", makeIo, (code) => (result.status = code));
  program.configureOutput({ writeOut: print, writeErr: note });
  inheritSettings(program);
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    const { code, text } = report(error, args.length > 0);
    result.status = code;
    note(text);
  }
  ASKED.set(result, args);
  return result;
}

function inheritSettings(command: Command): void {
  for (const child of command.commands) {
    child.copyInheritedSettings(command);
    inheritSettings(child);
  }
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
