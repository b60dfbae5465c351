/** z3 and cvc5 decide every query of BB(2)'s filter, in both forms; minutes. */
import { describe, expect, it } from "vitest";
import { SMT_FORMS } from "../../exports/export-formats.js";
import { smtQueries } from "../../exports/rcnn/smt-lib.js";
import { runSolver, SMT_SOLVERS, solverVersion } from "../../exports/smt/run-solver.js";
import { certificate } from "../unit/exports/samples.js";

/** By the clock; on an idle computer the longest query takes about half a minute. */
const LIMIT = 500;

describe.each(SMT_SOLVERS)("%s", (solver) => {
  const isAbsent = solverVersion(solver) === undefined;

  for (const form of SMT_FORMS) {
    for (const { name, text } of smtQueries(certificate, form)) {
      it(`should prove ${name} of bb2, written by ${form}`, async ({ skip }) => {
        if (isAbsent) skip(`${solver} is not on the PATH`);
        const run = await runSolver(solver, text, LIMIT);
        expect(run.message).toBeUndefined();
        expect(run.answer).toBe("unsat");
      });
    }
  }
});
