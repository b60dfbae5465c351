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
import { grouped, labelled, printFailure, printJson } from "../print-verdict.js";
import type { Io } from "../system.js";
import { COMPILE_DEFAULTS, compileCircuit } from "./circuit-certify.js";
import { runDecoderCertificate, runDecoderVerb, type RunDecoderVerbOptions } from "./run-decoder-verb.js";
import { runPrintedVerb, type RunPrintedOptions } from "./run-printed-verb.js";
import { kindOfSource } from "./source.js";

/** Options of run. */
export interface RunOptions {
  /** Words of bits, also several separated by commas. */
  readonly input?: readonly string[];
  /** Every input. */
  readonly all?: boolean;
  readonly backend?: BackendName | "exact";
}

/** Of circuits and machines. */
type AllOptions = Omit<RunOptions, "backend"> &
  RunDecoderVerbOptions &
  RunPrintedOptions & { readonly reading?: "printed" | "amended" };

/** Options that say nothing about a circuit. */
const OF_DECODERS = [
  "steps",
  "tape",
  "accept",
  "reject",
  "attention",
  "scale",
  "picture",
  "format",
  "reading",
  "amend",
] as const;
/** Options that say nothing about a decoder by the letter: it runs in the exact engine, with the label "halted or not". */
const OF_AMENDED = ["accept", "reject", "attention", "scale", "picture", "backend", "all"] as const;

/** Runs a circuit's network, a certificate's, or a machine's decoder. @throws {InputError} */
export async function runVerb(io: Io, argument: string, options: AllOptions): Promise<ExitCode> {
  const kind = kindOfSource(argument);
  if (kind === "other") return runMachine(io, argument, options);
  const text = kind === "certificate" ? readExactTextFile(argument, MAX_CERTIFICATE_BYTES) : undefined;
  if (text !== undefined && certificateKind(text)?.statement === "decoder")
    return runCertifiedDecoder(io, argument, options);
  const { backend, ...rest } = options;
  const stray = OF_DECODERS.find((name) => options[name] !== undefined);
  if (stray !== undefined) throw new InputError(`--${stray}: is for machines; ${argument} is a circuit`);
  if (backend === "indexed")
    throw new InputError("--backend indexed: is for machines; circuits have nothing to look up");
  const ofCircuit: RunOptions = { ...rest, ...(backend && { backend }) };
  if (text !== undefined) return runCertificate(io, argument, text, ofCircuit);
  const { name, graph } = loadCircuit(argument);
  return runNetwork(io, name, graph, compileCircuit(graph, COMPILE_DEFAULTS).network, ofCircuit);
}

function runCertifiedDecoder(io: Io, path: string, options: AllOptions): Promise<ExitCode> {
  const stray = (["reading", "amend", "all"] as const).find((name) => options[name] !== undefined);
  if (stray !== undefined) throw new InputError(`--${stray}: ${path} is a certificate of a decoder`);
  return runDecoderCertificate(io, path, options);
}

function runMachine(io: Io, argument: string, options: AllOptions): ExitCode | Promise<ExitCode> {
  if (options.all === true) throw new InputError(`--all: is for circuits; ${argument} is a machine`);
  if (options.reading !== "printed") {
    if (options.amend !== undefined) throw new InputError("--amend goes with --reading printed");
    return runDecoderVerb(io, argument, options);
  }
  const stray = OF_AMENDED.find((name) => options[name] !== undefined);
  if (stray !== undefined) throw new InputError(`--${stray}: does not go with --reading printed`);
  return runPrintedVerb(io, argument, options);
}

/** The network of a certificate that the first checker accepts. */
async function runCertificate(io: Io, path: string, text: string, options: RunOptions): Promise<ExitCode> {
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
  graph: AndInverterGraph,
  network: FeedForward,
  options: RunOptions,
): Promise<ExitCode> {
  const words = wordsOf(name, graph, options);
  const inputs = words.map((word) => Array.from(word, (bit) => (bit === "1" ? 1 : 0)));
  let run: CircuitRun;
  try {
    run = await runCircuit(network, inputs, options.backend);
  } catch (error) {
    if (error instanceof BackendUnavailable || error instanceof TensorLimit) throw new InputError(error.message);
    throw error;
  }
  const rows = run.outputs.map((outputs, k) => ({
    input: words[k] ?? "",
    outputs: outputs.map((value, j) => ({
      name: graph.outputs[j]?.name ?? "",
      value: value === 1n ? 1 : value === -1n ? 0 : null,
    })),
  }));
  if (io.json) printJson(io, { name, rows, ...numbersOf(run) });
  else io.print(`${name}\n${labelled(linesOf(rows, run))}`);
  return run.bitExact === false ? EXIT.rejected : EXIT.accepted;
}

/** Most inputs of a run. */
const MOST_ROWS = 4096;

/** Inputs as words of bits. @throws {InputError} */
function wordsOf(name: string, { inputs }: AndInverterGraph, { input, all }: RunOptions): string[] {
  const m = inputs.length;
  if (all === true) {
    if (input !== undefined) throw new InputError("--all and --input: expected one of them");
    if (2 ** m > MOST_ROWS)
      throw new InputError(
        `--all: ${name} has 2^${m} inputs, and a run at most ${grouped(MOST_ROWS)}; name some with --input`,
      );
    return Array.from({ length: 2 ** m }, (_, x) => (m === 0 ? "" : x.toString(2).padStart(m, "0")));
  }
  if (input === undefined)
    throw new InputError(`${name}: expected --input with ${m} bits, ${inputs.slice(0, 8).join(" ")}, or --all`);
  const words = input.flatMap((given) => given.split(",")).map((word) => word.trim());
  if (words.length > MOST_ROWS)
    throw new InputError(`--input: expected at most ${grouped(MOST_ROWS)} words, got ${grouped(words.length)}`);
  const wrong = words.find((word) => !/^[01]*$/.test(word) || word.length !== m);
  if (wrong !== undefined)
    throw new InputError(
      `--input ${quoteInput(wrong)}: expected ${m} bits of 0 and 1, the first for ${quoteInput(inputs[0] ?? "")}`,
    );
  return words;
}

function numbersOf({ layers, width, parameters, engines, bitExact, deviation }: CircuitRun): object {
  return { layers, width, parameters: String(parameters), engines, bitExact, deviation };
}

interface Row {
  readonly input: string;
  readonly outputs: readonly { readonly name: string; readonly value: number | null }[];
}

function linesOf(
  rows: readonly Row[],
  { layers, width, parameters, engines, bitExact, deviation }: CircuitRun,
): [string, string][] {
  const equal =
    deviation === null
      ? bitExact === null
        ? "integers; no tensors were asked for"
        : "equal in every entry after every map"
      : `differ first at ${rows[deviation.row]?.input ?? ""}, map ${deviation.layer}, coordinate ${deviation.coordinate}; the largest difference there is ${deviation.largest}`;
  return [
    ...rows.map(({ input, outputs }): [string, string] => [
      input,
      outputs.map((one) => `${one.name} = ${one.value ?? "no bit"}`).join(", "),
    ]),
    ["network", `${layers} maps, width ${width}, ${grouped(parameters)} parameters`],
    ["engines", `${engines.join(", ")}: ${equal}`],
  ];
}
