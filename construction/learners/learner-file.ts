/** From a learner to its compiled machine, and to the machine file that is committed. */
import { compileProgram, type CompiledProgram } from "../language/compile.js";
import { writeProgramFile } from "../language/program-file.js";
import type { Learner } from "./learners.js";

/** The compiled program of a learner; its machine names the project as its source. */
export function compileLearner({ program }: Pick<Learner, "program">): CompiledProgram {
  const compiled = compileProgram(program);
  const notes = { ...compiled.machine.notes, source: "weightproof" };
  return { ...compiled, machine: { ...compiled.machine, notes } };
}

/** The text of machines/learners/NAME.yaml: the listing as comments, then the machine. */
export function learnerFile(learner: Learner): string {
  return writeProgramFile(compileLearner(learner), `construction/learners/${learner.name}.ts`);
}
