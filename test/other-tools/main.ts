/**
 * Every export, by every tool that is here, on three small machines and on the circuits of the gallery: what SMT solvers, ONNX
 * Runtime, onnx.checker, a verifier of neural networks, the parser of VNN-LIB 2.0, NumPy, yosys and berkeley-abc say, beside the project's own two checkers. Exits with 1 if any answer is not as it must be.
 *
 * The first argument is the folder of tools that scripts/other-tools.mjs installs.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkCertificate } from "../../checkers/rcnn/check-certificate.js";
import { checkCertificateAgain } from "../../checkers/second/check.js";
import { vnnLibProperties } from "../../exports/rcnn/vnn-lib.js";
import { askAboutCircuits } from "./circuits.js";
import { cases, mutant, type Case } from "./cases.js";
import { askRuntime, loadOnnxRuntime } from "./onnx-runtime.js";
import { askRuntimeOfDecoders } from "./decoder-onnx.js";
import { askMarabou, askNumPy, askOnnxChecker, askVnnLib, findModule } from "./python-tools.js";
import { askProperties, askQueries, solvers } from "./solvers.js";
import { Table } from "./table.js";

const tools = process.argv[2] ?? "";
const folder = mkdtempSync(join(tmpdir(), "weightproof-other-tools-"));
const table = new Table();
table.start();
try {
  const runtime = loadOnnxRuntime(tools);
  const [numpy, marabou, vnnlib, onnx] = ["numpy", "maraboupy", "vnnlib", "onnx"].map((module) =>
    findModule(tools, module),
  );
  if (runtime !== undefined) await askRuntimeOfDecoders(table, runtime);
  for (const one of cases()) {
    askOwnCheckers(one);
    const properties = vnnLibProperties(one.certificate);
    const missing = (tool: string, query: string): void =>
      table.add({ machine: one.name, tool, query, answer: "not installed" });
    for (const solver of solvers()) {
      if (solver.title === undefined) missing(solver.command, "SMT-LIB");
      else {
        await askQueries(table, solver, one);
        if (solver.command === "z3") await askProperties(table, solver, one, properties);
      }
    }
    if (marabou === undefined) missing("maraboupy", "VNN-LIB");
    else askMarabou(table, marabou, one, properties, folder);
    if (runtime === undefined) missing("onnxruntime-node", "ONNX");
    else await askRuntime(table, runtime, one);
    if (vnnlib === undefined) missing("vnnlib", "VNN-LIB 2.0");
    else askVnnLib(table, vnnlib, one, folder);
    if (onnx === undefined) missing("onnx", "onnx.checker");
    else askOnnxChecker(table, onnx, one, folder);
    if (numpy === undefined) missing("numpy", "npz");
    else askNumPy(table, numpy, one, folder);
  }
  await askAboutCircuits(table, folder, solvers(), runtime, { vnnlib, onnx });
} finally {
  rmSync(folder, { recursive: true });
}
process.stdout.write(`\n${table.right} answers as they must be, ${table.wrong} not, ${table.open} left open\n`);
process.exitCode = table.wrong === 0 ? 0 : 1;

/** The same statement, decided by the project itself: the certificate, and the same two mutants. */
function askOwnCheckers(one: Case): void {
  const checkers = [
    ["weightproof, first", checkCertificate],
    ["weightproof, second", checkCertificateAgain],
  ] as const;
  for (const [tool, check] of checkers) {
    const ask = (query: string, text: string, expected: string): void => {
      const started = performance.now();
      const verdict = check(text);
      const seconds = (performance.now() - started) / 1000;
      const bytes = Buffer.byteLength(text);
      table.add({ machine: one.name, tool, query, bytes, seconds, answer: verdict.verdict, expected });
    };
    ask("certificate", one.text, "accepted");
    for (const fault of ["value", "derivative"] as const) {
      const query = `certificate, mutant of a ${fault}`;
      ask(query, mutant(one, fault).text, "rejected");
    }
  }
}
