/** weightproof certify SOURCE --system wei-chen-ma */
import { existsSync } from "node:fs";
import { loadCircuit } from "../../inputs/circuits/load-circuit.js";
import { isAccepted } from "../../checkers/verdict.js";
import type { CircuitCertificate } from "../../certificates/wei-chen-ma/circuit-certificate.js";
import { InputError } from "../../inputs/input-error.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { counted, grouped, labelled, printFailure, printJson } from "../print-verdict.js";
import type { Io } from "../system.js";
import { certifyCircuit, type Compiled } from "./circuit-certify.js";
import { certifyDecoderVerb, type CertifyDecoderOptions } from "./certify-decoder-verb.js";
import { circuitSummary } from "./circuit-summary.js";
import { takesTapeMachine } from "./load-tape-machine.js";
import { kindOfSource } from "./source.js";

/** Options of certify. */
export interface CertifyOptions extends CertifyDecoderOptions {
  readonly hashing: boolean;
  readonly constants: boolean;
  readonly flip: boolean;
  readonly width?: number;
}

/** Certifies what the argument stands for. @throws {InputError} */
export function certifyVerb(io: Io, argument: string, options: CertifyOptions): ExitCode {
  // A name of nothing is told the circuits that there are: machines are the first system's to list.
  const isPath = /[/\\]|\.[A-Za-z]+$/.test(argument);
  const isNothing = !isPath && !existsSync(argument) && takesTapeMachine(argument, options.format) === false;
  const isCircuit = kindOfSource(argument) === "circuit";
  if (isCircuit || !isNothing) refuseStray(argument, isCircuit, options);
  return isCircuit || isNothing ? certifyCircuitVerb(io, argument, options) : certifyDecoderVerb(io, argument, options);
}

/** Options that say nothing about a circuit. */
const OF_MACHINES = ["steps", "input", "tape", "accept", "reject", "format"] as const;

/** Refuses options of the other kind of source, which would be left unread. @throws {InputError} */
function refuseStray(argument: string, isCircuit: boolean, options: CertifyOptions): void {
  if (isCircuit) {
    const stray = OF_MACHINES.find((name) => options[name] !== undefined);
    if (stray !== undefined) throw new InputError(`--${stray}: is for machines; ${argument} is a circuit`);
    return;
  }
  const [stray] = [
    ...(["hashing", "constants", "flip"] as const).flatMap((name) => (options[name] ? [] : [`no-${name}`])),
    ...(options.width === undefined ? [] : ["width"]),
  ];
  if (stray !== undefined) throw new InputError(`--${stray}: is for circuits; ${argument} is a machine`);
}

function certifyCircuitVerb(io: Io, argument: string, options: CertifyOptions): ExitCode {
  const { name, graph } = loadCircuit(argument);
  const { out, hashing, constants, flip, width } = options;
  const compile = { hashing, constants, flip, ...(width === undefined ? {} : { width }) };
  const verdict = certifyCircuit(name, graph, compile, io.progress);
  if (!isAccepted(verdict)) return printFailure(io, verdict, name);
  const { certificate, text, compiled } = verdict.result;
  if (out !== undefined) io.save(out, text);
  if (out === "-") return EXIT.accepted;
  if (io.json) printJson(io, certifiedJson(certificate, compiled, out));
  else {
    io.print(`accepted: ${name}\n${labelled([...passLines(compiled, options), ...circuitSummary(certificate)])}`);
    if (out !== undefined) io.print(`  written to ${out}\n`);
  }
  return EXIT.accepted;
}

/** What the passes did. */
function passLines(
  { gatesBefore, gatesAfter, size, identities }: Compiled,
  options: CertifyOptions,
): [string, string][] {
  const { hashing, constants } = options;
  const passes = [...(hashing ? ["hashing"] : []), ...(constants ? ["constants"] : [])].join(" and ");
  const kept = `${counted(gatesBefore, "AND gate")}, ${grouped(gatesAfter)} after ${passes === "" ? "leaving out idle ones" : passes}`;
  const { depth, width, size: total } = size;
  return [
    ["source", kept],
    [
      "layered",
      `depth q = ${depth}, width r = ${width}, size s = ${grouped(total)}, of these ${grouped(identities)} ID`,
    ],
  ];
}

function certifiedJson(certificate: CircuitCertificate, compiled: Compiled, out: string | undefined): object {
  const { source, width, digests, verdicts } = certificate;
  const { gatesBefore, gatesAfter, size, identities } = compiled;
  const passes = { gatesBefore, gatesAfter, ...size, identities };
  return {
    verdict: "accepted",
    statement: "circuit",
    name: source.name,
    width,
    passes,
    digests,
    verdicts,
    out: out ?? null,
  };
}
