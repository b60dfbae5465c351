import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { certify } from "../../../systems/rcnn/certify.js";
import type { RcnnCertificate } from "../../../certificates/rcnn-certificate.js";
import { loadMachine } from "../../../inputs/machines/load-machine.js";
import { smtQueries } from "../../../exports/rcnn/smt-lib.js";
import { replaySmtModel } from "../../../exports/rcnn/smt-model.js";
import { runSolver, SMT_SOLVERS, solverVersion, type SmtSolver } from "../../../exports/smt/run-solver.js";
import { readSolverOutput, type SmtModel } from "../../../exports/smt/solver-output.js";
import { formatRational } from "../../../spec/exact/rational.js";
import { withNumber, withTwiceTheSlope } from "./samples.js";

const LIMIT = 100;

function spelled(model: SmtModel | undefined): Record<string, string> {
  return Object.fromEntries([...(model ?? [])].map(([name, value]) => [name, formatRational(value)]));
}

describe("what a solver prints", () => {
  it("should be read in the spelling of either solver", () => {
    const z3 = readSolverOutput("sat\n((x0 (- 162.0))\n (x1 81.0)\n (x2 (/ 1.0 4.0))\n (f-bar (- (/ 3.0 2.0))))\n");
    expect(spelled(z3?.model)).toEqual({ x0: "-162", x1: "81", x2: "1/4", "f-bar": "-3/2" });
    const cvc5 = readSolverOutput("sat\n((x0 (- 162)) (x1 81) (x2 (/ 1 4)) (f-bar (/ (- 3) 2)) (x3 0.5))\n");
    expect(spelled(cvc5?.model)).toEqual({ x0: "-162", x1: "81", x2: "1/4", "f-bar": "-3/2", x3: "1/2" });
  });

  it("should be an answer without a model after anything but a sat with values", () => {
    expect(readSolverOutput("unsat\n")).toEqual({ answer: "unsat" });
    expect(readSolverOutput("unknown\n")).toEqual({ answer: "unknown" });
    expect(readSolverOutput("sat\n")).toEqual({ answer: "sat" });
  });

  it("should be no answer otherwise", () => {
    for (const text of ["", '(error "unsat")', "sat (", "unsat)", "UNSAT", "satisfied", "timeout\n"]) {
      expect(readSolverOutput(text), text).toBeUndefined();
    }
  });

  it("should leave out values that are no rationals", () => {
    const { model } = readSolverOutput("sat ((a true) (b (/ 1 0)) (c (+ 1 2)) (d 1e3) (e) (f 1 2) (g 7))") ?? {};
    expect(spelled(model)).toEqual({ g: "7" });
  });
});

describe.skipIf(process.platform === "win32")("a solver as a process (needs shell scripts as programs)", () => {
  const folders: string[] = [];
  afterEach(() => {
    vi.unstubAllEnvs();
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });

  /** Puts a program of the name of a solver before all others. */
  function pretend(solver: SmtSolver, lines: string): void {
    const folder = mkdtempSync(join(tmpdir(), "weightproof-solver-"));
    folders.push(folder);
    writeFileSync(join(folder, solver), `#!/bin/sh\n${lines}\n`);
    chmodSync(join(folder, solver), 0o755);
    vi.stubEnv("PATH", `${folder}${delimiter}${process.env["PATH"]}`);
  }

  it("should be reported as not installed if it is not", async () => {
    vi.stubEnv("PATH", "");
    for (const solver of SMT_SOLVERS) {
      expect(await runSolver(solver, "(check-sat)", LIMIT)).toMatchObject({ solver, answer: "not-installed" });
      expect(solverVersion(solver)).toBeUndefined();
    }
  });

  it("should be given the script and read", async () => {
    pretend("z3", 'echo sat; read line; echo "((x0 $line))"');
    const run = await runSolver("z3", "(- 17.0)\n", LIMIT);
    expect(run.answer).toBe("sat");
    expect(spelled(run.model)).toEqual({ x0: "-17" });
  });

  it("should be asked for values after a sat, and after nothing else", async () => {
    const script = "(check-sat)\n; (get-value (x0))\n";
    const says = (answer: string): string =>
      `text=$(cat); echo ${answer}; case "$text" in *"; (get-value (x0))"*) ;; *) echo "((x0 5))";; esac`;
    pretend("cvc5", says("sat"));
    const run = await runSolver("cvc5", script, LIMIT);
    expect([run.answer, spelled(run.model)]).toEqual(["sat", { x0: "5" }]);
    pretend("cvc5", says("unsat"));
    expect((await runSolver("cvc5", script, LIMIT)).model).toBeUndefined();
  });

  it("should have failed if it does not exit with 0, whatever it answered", async () => {
    pretend("z3", "echo unsat; echo '(error \"line 9\")'; exit 1");
    expect(await runSolver("z3", "", LIMIT)).toMatchObject({ answer: "failed", message: '(error "line 9")' });
    pretend("z3", "echo unsat; exit 3");
    expect(await runSolver("z3", "", LIMIT)).toMatchObject({ answer: "failed", message: "ended with 3" });
  });

  it("should be ended at the limit, even after an answer", async () => {
    pretend("cvc5", "echo unsat; exec sleep 600");
    const run = await runSolver("cvc5", "(check-sat)", 0.2);
    expect(run.answer).toBe("timeout");
    expect(run.seconds).toBeGreaterThanOrEqual(0.2);
  });

  it("should be reported as failed with what it said", async () => {
    pretend("z3", "echo '(error \"no such logic\")'; exit 1");
    expect(await runSolver("z3", "", LIMIT)).toMatchObject({ answer: "failed", message: '(error "no such logic")' });
    pretend("z3", "echo 'out of memory' >&2; exit 1");
    expect(await runSolver("z3", "x".repeat(1_000_000), LIMIT)).toMatchObject({ message: "out of memory" });
    pretend("z3", "kill -9 $$");
    expect(await runSolver("z3", "", LIMIT)).toMatchObject({ answer: "failed", message: "ended with SIGKILL" });
  });

  it("should not be run without a limit", async () => {
    for (const limit of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      await expect(runSolver("z3", "", limit)).rejects.toThrow(RangeError);
    }
  });
});

describe.each(SMT_SOLVERS)("%s", (solver) => {
  const isAbsent = solverVersion(solver) === undefined;
  const reason = `${solver} is not on the PATH`;

  async function answers(
    certificate: RcnnCertificate,
    names: (name: string) => boolean,
  ): Promise<Record<string, string>> {
    const result: Record<string, string> = {};
    for (const { name, text } of smtQueries(certificate).filter((query) => names(query.name))) {
      result[name] = (await runSolver(solver, text, LIMIT)).answer;
    }
    return result;
  }

  it("should prove kinks, derivatives and tables of a machine of three states, and the value with z3", async ({
    skip,
  }) => {
    if (isAbsent) skip(reason);
    const verdict = certify(loadMachine("1RA1LA"));
    if (verdict.verdict !== "accepted") throw new Error("expected a proved machine");
    const { certificate } = verdict.result;
    expect(certificate.code.states).toBe(3);
    // cvc5 needs seconds for the value; test/slow asks it.
    const result = await answers(certificate, (name) => solver === "z3" || name !== "value");
    expect(Object.keys(result)).toHaveLength(solver === "z3" ? 13 : 12);
    expect(new Set(Object.values(result))).toEqual(new Set(["unsat"]));
  });

  it.each([
    ["value", "value", withNumber([2, 0, 1], "919")],
    ["derivative-4", "derivative", withTwiceTheSlope()],
    ["kink", "kink", withNumber([2, 5], "-2")],
    ["first-layer-kink", "kink", withNumber([0, 30], "0")],
  ])("should find a patch for the query %s of a changed filter", async (name, difference, mutant) => {
    // A table of cases has no skip with a reason of its own; the test before gives it.
    if (isAbsent) return;
    const { text } = smtQueries(mutant).find((query) => query.name === name) as { text: string };
    const { answer, model } = await runSolver(solver, text, LIMIT);
    expect(answer).toBe("sat");
    const replay = replaySmtModel(mutant, model as SmtModel);
    expect(replay.difference).toBe(difference);
    expect(replay.modelIsExact).toBe(true);
  });
});
