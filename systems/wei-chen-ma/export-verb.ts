/** weightproof export CERTIFICATE --to FORMAT --out DIR. */
import { mkdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { certificateKind, MAX_CERTIFICATE_BYTES } from "../../certificates/envelope.js";
import type { CircuitCertificate } from "../../certificates/wei-chen-ma/circuit-certificate.js";
import { isAccepted } from "../../checkers/verdict.js";
import { checkCircuit } from "../../checkers/wei-chen-ma/check-circuit.js";
import { CIRCUIT_EXPORTS, type CircuitExport, type VnnLibVersion } from "../../exports/export-formats.js";
import { ExportRefused } from "../../exports/export-refused.js";
import { circuitAiger } from "../../exports/wei-chen-ma/aiger.js";
import { circuitNpz } from "../../exports/wei-chen-ma/npz.js";
import { circuitOnnx } from "../../exports/wei-chen-ma/onnx.js";
import { circuitSmt } from "../../exports/wei-chen-ma/smt-lib.js";
import { circuitProperties } from "../../exports/wei-chen-ma/vnn-lib.js";
import { InputError } from "../../inputs/input-error.js";
import { readExactTextFile } from "../../inputs/read-text-file.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { grouped, labelled, printFailure, printJson } from "../print-verdict.js";
import type { Io } from "../system.js";
import { exportDecoderVerb } from "./export-decoder-verb.js";

/** Options of export. */
export interface ExportOptions {
  readonly to: CircuitExport;
  readonly out: string;
}

interface ExportedFile {
  /** Relative, with "/" between folders. */
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** Seconds that instances.csv grants a verifier for a property. */
const TIMEOUT = 300;

/** Writes the files of a format, if the first checker accepts the certificate. @throws {InputError} */
export function exportVerb(io: Io, path: string, { to, out }: ExportOptions): ExitCode {
  if (!CIRCUIT_EXPORTS.includes(to))
    throw new InputError(`--to ${to}: networks of circuits are written as ${CIRCUIT_EXPORTS.join(", ")}`);
  const text = readExactTextFile(path, MAX_CERTIFICATE_BYTES);
  if (certificateKind(text)?.statement === "decoder") return exportDecoderVerb(io, path, { to, out });
  const verdict = checkCircuit(text);
  if (!isAccepted(verdict)) return printFailure(io, verdict, path);
  const certificate = verdict.result;
  const files = filesOf(certificate, to, basename(path).replace(/\.json$/, ""));
  for (const file of files) {
    const target = join(out, file.path);
    makeFolder(dirname(target));
    io.save(target, file.content);
  }
  const list = files.map((file) => ({ path: file.path, bytes: bytes(file) }));
  if (io.json) printJson(io, { verdict: "accepted", name: certificate.source.name, files: list, leftOut: [] });
  else {
    io.print(`accepted: ${path}: ${certificate.source.name}; written to ${out}\n`);
    io.print(labelled(list.map((file) => [file.path, `${grouped(file.bytes)} bytes`])));
  }
  return EXIT.accepted;
}

/** The files of a format. @throws {InputError} if they cannot be written exactly */
function filesOf(certificate: CircuitCertificate, to: CircuitExport, name: string): ExportedFile[] {
  try {
    switch (to) {
      case "onnx":
        return [{ path: `${name}.onnx`, content: circuitOnnx(certificate) }];
      case "npz":
        return [{ path: `${name}.npz`, content: circuitNpz(certificate) }];
      case "smt-lib":
        return [{ path: `${name}.smt2`, content: circuitSmt(certificate) }];
      case "vnn-lib":
        return instances(certificate, name, 1);
      case "vnn-lib-2":
        return instances(certificate, name, 2);
      case "aiger": {
        const { source, network } = circuitAiger(certificate);
        return [
          { path: `${name}.source.aag`, content: source },
          { path: `${name}.network.aag`, content: network },
        ];
      }
    }
  } catch (error) {
    if (error instanceof ExportRefused) throw new InputError(`cannot write ${to}: ${error.message}`);
    throw error;
  }
}

/** A benchmark in the layout of VNN-COMP: a network, properties, and the list of what to decide. */
function instances(certificate: CircuitCertificate, name: string, version: VnnLibVersion): ExportedFile[] {
  const network = `onnx/${name}.onnx`;
  const properties = circuitProperties(certificate, version).map((property) => ({
    path: `vnnlib/${name}-${property.name}.vnnlib`,
    content: property.text,
  }));
  return [
    { path: "instances.csv", content: properties.map(({ path }) => `${network},${path},${TIMEOUT}\n`).join("") },
    { path: network, content: circuitOnnx(certificate) },
    ...properties,
  ];
}

function bytes({ content }: ExportedFile): number {
  return typeof content === "string" ? Buffer.byteLength(content) : content.length;
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new InputError(`${path}: cannot be made (${reason})`);
  }
}
