/** SMT solvers: z3 and cvc5 on the queries of exports/rcnn/smt-lib.ts, and on VNN-LIB properties with the network written out. */
import type { VnnProperty } from "../../exports/rcnn/vnn-lib.js";
import { smtQueries } from "../../exports/rcnn/smt-lib.js";
import { replaySmtModel } from "../../exports/rcnn/smt-model.js";
import { smtLayers } from "../../exports/rcnn/smt-network.js";
import { runSolver, solverVersion, SMT_SOLVERS, type SmtSolver, type SolverRun } from "../../exports/smt/run-solver.js";
import { printScript } from "../../exports/smt/script.js";
import { evaluate, type Network } from "../../spec/networks/network.js";
import { rational, ZERO } from "../../spec/exact/rational.js";
import { mutant, type Case, type Fault } from "./cases.js";
import type { Table } from "./table.js";

export interface Solver {
  readonly command: SmtSolver;
  /** With its version; undefined if it is not installed. */
  readonly title: string | undefined;
}

/** The solvers, installed or not. */
export function solvers(): Solver[] {
  return SMT_SOLVERS.map((command) => {
    const version = solverVersion(command);
    return { command, title: version && `${command} ${/version (\d[\w.]*)/.exec(version)?.[1] ?? ""}` };
  });
}

/** Seconds that a solver gets for a query. */
const SOLVER_LIMIT = 900;

/** Every query of a certificate, then a mutant of the value and one of the derivative, whose witnesses are replayed. */
export async function askQueries(table: Table, solver: Solver, one: Case): Promise<void> {
  const ask = async (query: string, text: string, expected: string, wrong?: [Case, Fault]): Promise<void> => {
    const run = await runSolver(solver.command, text, SOLVER_LIMIT);
    const answer = wrong === undefined ? said(run) : replayed(...wrong, run);
    const [tool, bytes] = [solver.title as string, Buffer.byteLength(text)];
    const { seconds } = run;
    table.add({ machine: one.name, tool, query, bytes, seconds, answer, ...open(run, expected) });
  };
  for (const { name, text } of smtQueries(one.certificate)) await ask(`SMT-LIB ${name}`, text, "unsat");
  for (const [fault, name] of [
    ["value", "value"],
    ["derivative", "derivative-4"],
  ] as const) {
    const wrong = mutant(one, fault);
    const { text } = smtQueries(wrong.certificate).find((query) => query.name === name) as { text: string };
    await ask(`SMT-LIB ${name}, mutant`, text, "sat, replayed", [wrong, fault]);
  }
}

/** A solver may run out of time; every other answer must be the right one. */
function open({ answer }: SolverRun, expected: string): { readonly expected?: string } {
  return answer === "timeout" ? {} : { expected };
}

function said({ answer, message }: SolverRun): string {
  return message === undefined ? answer : `${answer}: ${message}`;
}

/** Whether the filter is wrong in that way at the patch that a solver found, by the definitions alone. */
function replayed({ certificate }: Case, fault: Fault, run: SolverRun): string {
  if (run.answer !== "sat" || run.model === undefined) return said(run);
  const { modelIsExact, expected, actual, expectedJacobian, actualJacobian } = replaySmtModel(certificate, run.model);
  if (!modelIsExact) return "sat, with wrong numbers";
  const isWrong = fault === "value" ? actual !== expected : actualJacobian.join() !== expectedJacobian.join();
  return isWrong ? "sat, replayed" : `sat, but no ${fault} is wrong there`;
}

/** A VNN-LIB property and the network that it speaks of, as one script. */
function propertyScript(network: Network, { text }: VnnProperty): string {
  const { sections, output } = smtLayers(network);
  const cells = Array.from({ length: 9 }, (_, j) => j);
  const script = printScript({
    header: ["A network, and a VNN-LIB property of it."],
    logic: "QF_LRA",
    variables: cells.map((j) => `x${j}`),
    sections,
    assertions: [{ heading: ["The output."], terms: [`(= y ${output.values[0]})`] }],
    values: cells.map((j) => `x${j}`),
  });
  const [before = "", after = ""] = script.split("; The output.\n");
  const [equation = "", rest = ""] = after.split("\n\n");
  // SMT-LIB has no negative numerals; VNN-LIB has.
  const standard = text.replaceAll(/(?<=[ (])-(\d[\d.]*)/g, "(- $1)");
  const same = cells.map((j) => `(assert (= X_${j} x${j}))\n`).join("");
  return `${before}(declare-const y Real)\n${equation}\n${standard}${same}(assert (= Y_0 y))\n${rest}`;
}

/** Every property of the certified filter, then each that a mutant breaks in the middle of its box. */
export async function askProperties(
  table: Table,
  solver: Solver,
  one: Case,
  properties: readonly VnnProperty[],
): Promise<void> {
  const tool = solver.title as string;
  const ask = async (
    network: Network,
    asked: readonly VnnProperty[],
    query: string,
    expected: string,
  ): Promise<void> => {
    let [bytes, seconds] = [0, 0];
    const answers = new Set<string>();
    for (const property of asked) {
      const text = propertyScript(network, property);
      const run = await runSolver(solver.command, text, SOLVER_LIMIT);
      bytes += Buffer.byteLength(text);
      seconds += run.seconds;
      answers.add(said(run));
    }
    const answer = [...answers].join(", ");
    const title = `VNN-LIB, ${asked.length} ${query}`;
    table.add({ machine: one.name, tool, query: title, bytes, seconds, answer, expected });
  };
  await ask(one.exported.filter, properties, "properties", "unsat");
  const { filter } = mutant(one, "value").exported;
  await ask(filter, brokenBy(filter, properties), "of a mutant", "sat");
}

/** Up to ten properties that fail in the middle of their box. */
export function brokenBy(network: Network, properties: readonly VnnProperty[]): VnnProperty[] {
  const half = rational(1n, 2n);
  const broken = properties.filter(({ lower, upper, above, below, claim }) => {
    const middle = lower.map((low, j) => low.add(upper[j] ?? low).mul(half));
    const [output = ZERO] = evaluate(network, middle);
    return claim === "value" && !(output.gt(above) && output.lt(below));
  });
  return broken.slice(0, 10);
}
