/**
 * Circuits by other people's tools: yosys and berkeley-abc read the same files and must find the same functions; abc compares
 * compiled networks, read back as circuits, with their sources; SMT solvers compare networks and circuits, and find an input where a
 * changed network is wrong; ONNX Runtime runs the networks at all inputs.
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { decodeFeedForward } from "../../certificates/wei-chen-ma/affine-json.js";
import { writeBinaryAiger } from "../../exports/aiger/write-aiger.js";
import { readBack } from "../../exports/wei-chen-ma/aiger.js";
import { circuitOnnx } from "../../exports/wei-chen-ma/onnx.js";
import { differenceScript } from "../../exports/wei-chen-ma/smt-lib.js";
import { circuitProperties } from "../../exports/wei-chen-ma/vnn-lib.js";
import { runSolver } from "../../exports/smt/run-solver.js";
import { circuitGallery, loadCircuit } from "../../inputs/circuits/load-circuit.js";
import { evaluateGraph, type AndInverterGraph } from "../../spec/circuits/and-inverter-graph.js";
import { evaluateFeedForward, type FeedForward } from "../../spec/wei-chen-ma/affine.js";
import { certifyCircuit, type CertifiedCircuit } from "../../systems/wei-chen-ma/circuit-certify.js";
import type { loadOnnxRuntime } from "./onnx-runtime.js";
import { askAboutFiles, type PythonTool } from "./python-tools.js";
import type { Solver } from "./solvers.js";
import type { Table } from "./table.js";

type Runtime = NonNullable<ReturnType<typeof loadOnnxRuntime>>;

const ABC = "berkeley-abc";
const YOSYS = "yosys";

/** Seconds that a solver gets for a circuit. */
const SOLVER_LIMIT = 300;
/** Circuits with more inputs are not run at all of them, and not given to solvers. */
const SMALL_INPUTS = 8;

/** All questions about all circuits of the gallery. */
export async function askAboutCircuits(
  table: Table,
  folder: string,
  solvers: readonly Solver[],
  runtime: Runtime | undefined,
  { vnnlib, onnx }: { readonly vnnlib: PythonTool | undefined; readonly onnx: PythonTool | undefined },
): Promise<void> {
  const equivalence = findEquivalenceTools(table);
  for (const [name, file] of circuitGallery()) {
    const { graph } = loadCircuit(name);
    const certified = certifyCircuit(name, graph);
    if (certified.verdict !== "accepted") throw new Error(`${name}: ${certified.verdict}`);
    const { certificate } = certified.result;
    const network = decodeFeedForward(certificate.network, "");
    if (equivalence) askEquivalence(table, name, file, graph, network, folder);
    if (onnx !== undefined)
      askAboutFiles(
        table,
        onnx,
        "check_onnx.py",
        [{ path: join(folder, `${name}.onnx`), content: circuitOnnx(certificate) }],
        { machine: name, query: "onnx.checker, shape inference", expected: "accepted: 1 models" },
      );
    if (vnnlib !== undefined) askVnnLib(table, vnnlib, name, certificate, folder);
    if (graph.inputs.length > SMALL_INPUTS) continue;
    for (const solver of solvers) if (solver.title !== undefined) await askSolver(table, solver, name, graph, network);
    if (runtime !== undefined) await askOnnx(table, runtime, name, certified.result, graph);
  }
}

/** Boxes around inputs in VNN-LIB 2.0, read and typed; a case for each output. */
function askVnnLib(
  table: Table,
  tool: PythonTool,
  name: string,
  certificate: CertifiedCircuit["certificate"],
  folder: string,
): void {
  const properties = circuitProperties(certificate, 2);
  const [inputs, outputs] = [certificate.circuit.inputs.length, certificate.circuit.outputs.length];
  const n = properties.length;
  const files = properties.map((one) => ({ path: join(folder, `${name}-${one.name}.vnnlib`), content: one.text }));
  askAboutFiles(table, tool, "check_vnnlib.py", files, {
    machine: name,
    query: "VNN-LIB 2.0",
    expected: `read: ${n} properties, ${n * (2 * inputs + 1)} assertions, ${n * outputs} cases`,
  });
}

function findEquivalenceTools(table: Table): boolean {
  const missing = [
    [YOSYS, "-V"],
    [ABC, "-h"],
  ].filter(([command = "", flag = ""]) => spawnSync(command, [flag]).error !== undefined);
  for (const [tool = ""] of missing)
    table.add({ machine: "circuits", tool, query: "equivalence", answer: "not installed" });
  return missing.length === 0;
}

/** What they read of the file against what is read here, and the network against the circuit. */
function askEquivalence(
  table: Table,
  name: string,
  file: string,
  graph: AndInverterGraph,
  network: FeedForward,
  folder: string,
): void {
  const path = (which: string): string => join(folder, `${name}-${which}.aig`);
  writeFileSync(path("read"), writeBinaryAiger(graph));
  const back = readBack(
    network,
    graph.inputs,
    graph.outputs.map((one) => one.name),
  );
  writeFileSync(path("network"), writeBinaryAiger(back));
  const cec = (query: string, other: string): void => {
    const { stdout } = spawnSync(ABC, ["-c", `cec ${path("read")} ${other}`], { encoding: "utf8" });
    const answer =
      /Networks are (NOT EQUIVALENT|equivalent)/i.exec(stdout)?.[1]?.toLowerCase() ?? `no answer: ${stdout.slice(-60)}`;
    table.add({ machine: name, tool: ABC, query, answer, expected: "equivalent" });
  };
  cec("network, read back", path("network"));
  // abc reads BENCH and BLIF itself, and binary AIGER; ascii AIGER is turned into that by yosys, which reads it by itself.
  if (file.endsWith(".aag")) {
    spawnSync(YOSYS, ["-q", "-p", `read_aiger ${file}; aigmap; write_aiger -symbols ${path("yosys")}`]);
    cec(`${basename(file)}, as yosys reads it`, path("yosys"));
  } else cec(`${basename(file)}, as abc reads it`, file);
}

/** unsat of the network, sat of a changed one, with a witness that the definition confirms. */
async function askSolver(
  table: Table,
  solver: Solver,
  name: string,
  graph: AndInverterGraph,
  network: FeedForward,
): Promise<void> {
  const ask = async (query: string, asked: FeedForward, expected: string): Promise<void> => {
    const text = differenceScript(graph, asked);
    const { answer, seconds, model } = await runSolver(solver.command, text, SOLVER_LIMIT);
    const input = graph.inputs.map((_, i) => model?.get(`x${i}`)?.equals(1n) === true);
    const said =
      answer === "sat"
        ? isWrongAt(graph, asked, input)
          ? "sat, replayed"
          : "sat, but nothing is wrong there"
        : answer;
    const open = answer === "timeout" ? {} : { expected };
    table.add({
      machine: name,
      tool: solver.title as string,
      query,
      bytes: text.length,
      seconds,
      answer: said,
      ...open,
    });
  };
  await ask("SMT-LIB", network, "unsat");
  await ask("SMT-LIB, mutant", wrongNetwork(graph, network), "sat, replayed");
}

function isWrongAt(graph: AndInverterGraph, network: FeedForward, input: readonly boolean[]): boolean {
  const values = evaluateFeedForward(
    network,
    input.map((bit) => (bit ? 1n : 0n)),
  ).at(-1) as bigint[];
  return evaluateGraph(graph, input).some((bit, j) => bit !== (values[j] as bigint) > 0n);
}

/** The first bias of the second map that, one larger, makes an output wrong at some input. */
function wrongNetwork(graph: AndInverterGraph, network: FeedForward): FeedForward {
  const inputs = Array.from({ length: 2 ** graph.inputs.length }, (_, x) =>
    graph.inputs.map((_name, i) => ((x >> i) & 1) === 1),
  );
  for (const [k] of (network.layers[1]?.rows ?? []).entries()) {
    const changed = {
      layers: network.layers.map((layer, l) => ({
        ...layer,
        rows: layer.rows.map((row, r) => (l === 1 && r === k ? { ...row, bias: row.bias + 1 } : row)),
      })),
    };
    if (inputs.some((input) => isWrongAt(graph, changed, input))) return changed;
  }
  throw new Error("wrongNetwork: expected a bias whose change turns an output");
}

/** All inputs, bit for bit. */
async function askOnnx(
  table: Table,
  { runtime, title }: Runtime,
  name: string,
  { certificate }: CertifiedCircuit,
  graph: AndInverterGraph,
): Promise<void> {
  const model = circuitOnnx(certificate);
  const started = performance.now();
  const [m, count] = [graph.inputs.length, 2 ** graph.inputs.length];
  const bits = Float32Array.from({ length: m * count }, (_, at) => (Math.floor(at / m) >> (at % m)) & 1);
  const session = await runtime.InferenceSession.create(model);
  const { outputs } = await session.run({ bits: new runtime.Tensor("float32", bits, [count, m]) });
  let wrong = 0;
  for (let x = 0; x < count; x++) {
    const expected = evaluateGraph(
      graph,
      graph.inputs.map((_, i) => ((x >> i) & 1) === 1),
    );
    for (const [j, bit] of expected.entries()) if (outputs?.data[x * expected.length + j] !== (bit ? 1 : -1)) wrong++;
  }
  const seconds = (performance.now() - started) / 1000;
  table.add({
    machine: name,
    tool: title,
    query: "ONNX at all inputs",
    bytes: model.length,
    seconds,
    answer: `${wrong} outputs differ`,
    expected: "0 outputs differ",
  });
}
