/** SMT solvers: z3 and cvc5 on the queries of exports/rcnn/smt-lib.ts, and on VNN-LIB properties with the network written out. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { VnnProperty } from "../../exports/rcnn/vnn-lib.js";
import { smtQueries } from "../../exports/rcnn/smt-lib.js";
import { smtLayers } from "../../exports/rcnn/smt-network.js";
import { printScript } from "../../exports/smt/script.js";
import { evaluate, type Network } from "../../spec/networks/network.js";
import { cellFromValue, fromUnits, PADDING_CELL } from "../../spec/rcnn/cell-code.js";
import { rational, ZERO } from "../../spec/exact/rational.js";
import { expectedAt, faultsAt, mutant, type Case, type Fault } from "./cases.js";
import type { Table } from "./table.js";

export interface Solver {
  readonly command: string;
  /** With its version; undefined if it is not installed. */
  readonly title: string | undefined;
}

/** The solvers, installed or not. */
export function solvers(): Solver[] {
  return ["z3", "cvc5"].map((command) => {
    const { error, stdout } = spawnSync(command, ["--version"], { encoding: "utf8" });
    const version = /version (\d[\w.]*)/.exec(stdout ?? "")?.[1] ?? "";
    return { command, title: error === undefined ? `${command} ${version}` : undefined };
  });
}

interface Answer {
  readonly answer: string;
  readonly output: string;
  readonly bytes: number;
  readonly seconds: number;
}

/** Seconds that a solver gets for a query. */
const SOLVER_LIMIT = 900;

function solve({ command }: Solver, file: string, text: string): Answer {
  writeFileSync(file, text);
  const started = performance.now();
  const { stdout, error } = spawnSync(command, [file], { encoding: "utf8", timeout: 1000 * SOLVER_LIMIT });
  const seconds = (performance.now() - started) / 1000;
  const [first = ""] = stdout.split("\n");
  const timedOut = (error as NodeJS.ErrnoException | undefined)?.code === "ETIMEDOUT";
  return { answer: timedOut ? "out of time" : first, output: stdout, bytes: Buffer.byteLength(text), seconds };
}

/** Every query of a certificate, then a mutant of the value and one of the derivative, whose witnesses are replayed. */
export function askQueries(table: Table, solver: Solver, one: Case, folder: string): void {
  const tool = solver.title as string;
  for (const { name, text } of smtQueries(one.certificate)) {
    const { answer, bytes, seconds } = solve(solver, join(folder, `${one.name}.${name}.smt2`), text);
    const query = `SMT-LIB ${name}`;
    table.add({ machine: one.name, tool, query, bytes, seconds, answer, ...open(answer, "unsat") });
  }
  for (const [fault, name] of [
    ["value", "value"],
    ["derivative", "derivative-4"],
  ] as const) {
    const wrong = mutant(one, fault);
    const { text } = smtQueries(wrong.certificate).find((query) => query.name === name) as { text: string };
    const { answer, output, bytes, seconds } = solve(solver, join(folder, `${one.name}.mutant.${name}.smt2`), text);
    const replayed = answer === "sat" ? `sat, ${replay(wrong, output, fault)}` : answer;
    const query = `SMT-LIB ${name}, mutant`;
    table.add({
      machine: one.name,
      tool,
      query,
      bytes,
      seconds,
      answer: replayed,
      ...open(answer, "sat, replayed"),
    });
  }
}

/** A solver may run out of time; every other answer must be the right one. */
function open(answer: string, expected: string): { readonly expected?: string } {
  return answer === "out of time" ? {} : { expected };
}

/** Whether the network is wrong at the witness as the query says, by the definitions alone. */
function replay({ exported }: Case, output: string, fault: Fault): string {
  const { code } = exported;
  const values = [...output.matchAll(/\(x(\d)\s+(\(-\s+)?([\d.]+)\)?\)/g)].sort(
    ([, i], [, j]) => Number(i) - Number(j),
  );
  if (values.length !== 9) return "but no witness";
  const cells = values.map(([, , minus, digits = ""]) => {
    const units = BigInt(`${minus === undefined ? "" : "-"}${digits.replace(/\.0$/, "")}`);
    const value = fromUnits(code, units);
    return value.equals(PADDING_CELL.value) ? PADDING_CELL : cellFromValue(code, value);
  });
  const faults = faultsAt(exported.filter, expectedAt(exported, cells));
  return faults.has(fault) ? "replayed" : "but nothing is wrong at the witness";
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
export function askProperties(
  table: Table,
  solver: Solver,
  one: Case,
  properties: readonly VnnProperty[],
  folder: string,
): void {
  const ask = (network: Network, asked: readonly VnnProperty[], query: string, expected: string): void => {
    let [bytes, seconds] = [0, 0];
    const answers = new Set<string>();
    for (const property of asked) {
      const answer = solve(solver, join(folder, `${property.name}.smt2`), propertyScript(network, property));
      bytes += answer.bytes;
      seconds += answer.seconds;
      answers.add(answer.answer);
    }
    const answer = [...answers].join(", ");
    table.add({
      machine: one.name,
      tool: solver.title as string,
      query: `VNN-LIB, ${asked.length} ${query}`,
      bytes,
      seconds,
      answer,
      ...open(answer, expected),
    });
  };
  ask(one.exported.filter, properties, "properties", "unsat");
  const { filter } = mutant(one, "value").exported;
  ask(filter, brokenBy(filter, properties), "of a mutant", "sat");
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
