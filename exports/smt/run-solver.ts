/**
 * Runs an SMT solver that is installed on this computer, as a child process that reads a script from its standard
 * input.
 */
import { spawn, spawnSync } from "node:child_process";
import { askingForValues } from "./script.js";
import { readSolverOutput, type SmtModel } from "./solver-output.js";

/** A solver that can be run, by the name of its command. */
export type SmtSolver = "z3" | "cvc5";

/** All solvers that can be run. */
export const SMT_SOLVERS: readonly SmtSolver[] = ["z3", "cvc5"];

const ARGUMENTS: Readonly<Record<SmtSolver, readonly string[]>> = {
  z3: ["-smt2", "-in"],
  cvc5: ["--lang=smt2", "-"],
};

/** Most characters of a solver's output that are kept; a model of nine cells has a few hundred. */
const MAX_OUTPUT = 1_000_000;

/**
 * What became of a run. `timeout`: the time limit ended it; `not-installed`: there is no such program on the PATH;
 * `failed`: it ended without an answer.
 */
export type SolverAnswer = "unsat" | "sat" | "unknown" | "timeout" | "not-installed" | "failed";

/** A solver's answer to a script, and the time it took. */
export interface SolverRun {
  readonly solver: SmtSolver;
  readonly answer: SolverAnswer;
  /** By the clock, from start to end of the process. */
  readonly seconds: number;
  /** After sat: the values that the script asks for. */
  readonly model?: SmtModel;
  /** After failed: one line that says how. */
  readonly message?: string;
}

/** The first line of what a solver says of its version, or undefined if it is not installed. */
export function solverVersion(solver: SmtSolver): string | undefined {
  const { status, stdout } = spawnSync(solver, ["--version"], { encoding: "utf8" });
  return status === 0 ? (stdout.split("\n")[0] ?? "") : undefined;
}

/**
 * Runs a solver on a script, and ends it after a number of seconds. After a sat it is run once more, with the last line of the script
 * as a command, for the values. An answer counts if the solver also exits with 0. Whatever becomes of the process is an answer; the
 * promise is never rejected.
 *
 * @throws {RangeError} if the limit is not a number of seconds above 0
 */
export async function runSolver(solver: SmtSolver, text: string, limitSeconds: number): Promise<SolverRun> {
  if (!(limitSeconds > 0 && limitSeconds <= 2_000_000)) {
    throw new RangeError(`runSolver: expected a limit above 0 and up to 2,000,000 seconds, got ${limitSeconds}`);
  }
  const first = await runOnce(solver, text, limitSeconds);
  const withValues = first.answer === "sat" ? askingForValues(text) : undefined;
  if (withValues === undefined) return first;
  const second = await runOnce(solver, withValues, limitSeconds);
  return { ...second, seconds: first.seconds + second.seconds };
}

function runOnce(solver: SmtSolver, text: string, limitSeconds: number): Promise<SolverRun> {
  return new Promise((resolve) => {
    const start = performance.now();
    const child = spawn(solver, ARGUMENTS[solver], { stdio: ["pipe", "pipe", "pipe"] });
    let printed = "";
    let complaint = "";
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill("SIGKILL");
    }, limitSeconds * 1000);
    const finish = (outcome: Omit<SolverRun, "solver" | "seconds">): void => {
      clearTimeout(timer);
      resolve({ solver, seconds: (performance.now() - start) / 1000, ...outcome });
    };
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      if (printed.length < MAX_OUTPUT) printed += chunk;
    });
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      if (complaint.length < MAX_OUTPUT) complaint += chunk;
    });
    // A solver that ends before it has read everything closes the pipe; what it printed tells why.
    child.stdin.on("error", () => undefined);
    child.stdin.end(text);
    child.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") finish({ answer: "not-installed" });
      else finish({ answer: "failed", message: firstLine(error.message) });
    });
    child.on("close", (status, signal) => {
      const output = readSolverOutput(printed);
      if (isLate) return finish({ answer: "timeout" });
      if (output !== undefined && status === 0) return finish(output);
      const said = firstLine(output === undefined ? printed : printed.trim().split("\n").slice(1).join("\n"));
      finish({ answer: "failed", message: said || firstLine(complaint) || `ended with ${signal ?? status}` });
    });
  });
}

function firstLine(text: string): string {
  return (text.trim().split("\n")[0] ?? "").slice(0, 200);
}
