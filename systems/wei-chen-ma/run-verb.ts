/** weightproof run SOURCE: a circuit's network at an input. */
import { certificateKind, MAX_CERTIFICATE_BYTES } from "../../certificates/envelope.js";
import { isAccepted } from "../../checkers/verdict.js";
import { checkCircuit } from "../../checkers/wei-chen-ma/check-circuit.js";
import { decodeFeedForward } from "../../certificates/wei-chen-ma/affine-json.js";
import { decodeCircuit } from "../../certificates/wei-chen-ma/circuit-json.js";
import { BackendUnavailable, type BackendName } from "../../execution/tensors/backends.js";
import { runCircuit, type CircuitRun } from "../../execution/wei-chen-ma/run-circuit.js";
import { TensorLimit } from "../../execution/wei-chen-ma/tensor-feed-forward.js";
import { InputError, quoteInput } from "../../inputs/input-error.js";
import { loadCircuit } from "../../inputs/circuits/load-circuit.js";
import { readExactTextFile } from "../../inputs/read-text-file.js";
import type { AndInverterGraph } from "../../spec/circuits/and-inverter-graph.js";
import type { FeedForward } from "../../spec/wei-chen-ma/affine.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { oneInput } from "../parse-options.js";
import { grouped, labelled, printFailure, printJson } from "../print-verdict.js";
import type { Io } from "../system.js";
import { COMPILE_DEFAULTS, compileCircuit } from "./circuit-certify.js";
import { runDecoderVerb, type RunDecoderVerbOptions } from "./run-decoder-verb.js";
import { kindOfSource } from "./source.js";

/** Options of run. */
export interface RunOptions {
  readonly input?: readonly string[];
  readonly backend?: BackendName | "exact";
}

/** Of circuits and machines. */
type AllOptions = Omit<RunOptions, "backend"> & RunDecoderVerbOptions;

/** Runs a circuit's network, a certificate's, or a machine's decoder. @throws {InputError} */
export async function runVerb(io: Io, argument: string, { backend, ...rest }: AllOptions): Promise<ExitCode> {
  const kind = kindOfSource(argument);
  if (kind === "other") return runDecoderVerb(io, argument, { ...rest, ...(backend && { backend }) });
  if (backend === "indexed")
    throw new InputError("--backend indexed: is for machines; circuits have nothing to look up");
  const options: RunOptions = { ...rest, ...(backend && { backend }) };
  if (kind === "certificate") return runCertificate(io, argument, options);
  const { name, graph } = loadCircuit(argument);
  return runNetwork(io, name, graph, compileCircuit(graph, COMPILE_DEFAULTS).network, options);
}

/** The network of a certificate that the first checker accepts. */
async function runCertificate(io: Io, path: string, options: RunOptions): Promise<ExitCode> {
  const text = readExactTextFile(path, MAX_CERTIFICATE_BYTES);
  if (certificateKind(text)?.statement === "decoder")
    throw new InputError(`${path}: run the machine itself; its decoder is made again`);
  const verdict = checkCircuit(text);
  if (!isAccepted(verdict)) return printFailure(io, verdict, path);
  const { source, circuit, network } = verdict.result;
  // The checker has read both.
  const graph = decodeCircuit(circuit) as AndInverterGraph;
  return runNetwork(io, source.name, graph, decodeFeedForward(network, "network"), options);
}

async function runNetwork(
  io: Io,
  name: string,
  { inputs, outputs }: AndInverterGraph,
  network: FeedForward,
  { input: words, backend }: RunOptions,
): Promise<ExitCode> {
  const input = oneInput(words);
  if (input === undefined)
    throw new InputError(`${name}: expected --input with ${inputs.length} bits, ${inputs.slice(0, 8).join(" ")}`);
  if (!/^[01]*$/.test(input) || input.length !== inputs.length)
    throw new InputError(
      `--input ${quoteInput(input)}: expected ${inputs.length} bits of 0 and 1, the first for ${quoteInput(inputs[0] ?? "")}`,
    );
  const bits = Array.from(input, (bit) => (bit === "1" ? 1 : 0));
  let run: CircuitRun;
  try {
    run = await runCircuit(network, bits, backend);
  } catch (error) {
    if (error instanceof BackendUnavailable || error instanceof TensorLimit) throw new InputError(error.message);
    throw error;
  }
  const values = run.outputs.map((value, j) => ({
    name: outputs[j]?.name ?? "",
    value: value === 1n ? 1 : value === -1n ? 0 : null,
  }));
  if (io.json) printJson(io, { name, input, outputs: values, ...numbersOf(run) });
  else io.print(`${name} at ${input}\n${labelled(linesOf(values, run))}`);
  return run.bitExact === false ? EXIT.rejected : EXIT.accepted;
}

function numbersOf({ layers, width, parameters, engine, bitExact, firstDeviation }: CircuitRun): object {
  return { layers, width, parameters: String(parameters), engine, bitExact, firstDeviation };
}

function linesOf(
  values: readonly { readonly name: string; readonly value: number | null }[],
  { layers, width, parameters, engine, bitExact, firstDeviation }: CircuitRun,
): [string, string][] {
  const equal = bitExact === true ? "bit-equal after every layer" : `differ after layer ${firstDeviation ?? 0}`;
  return [
    ["outputs", values.map(({ name, value }) => `${name} = ${value ?? "no bit"}`).join(", ")],
    ["network", `${layers} maps, width ${width}, ${grouped(parameters)} parameters`],
    ["tensors", bitExact === null ? "not asked for" : `${engine}, float32: ${equal}`],
  ];
}
