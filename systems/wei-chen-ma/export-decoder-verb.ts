/** weightproof export CERTIFICATE --to FORMAT --out DIR, for the certificate of a decoder. */
import { mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { MAX_CERTIFICATE_BYTES } from "../../certificates/envelope.js";
import { decodeDecoder } from "../../certificates/wei-chen-ma/decoder-json.js";
import { checkDecoder } from "../../checkers/wei-chen-ma/check-decoder.js";
import { isAccepted } from "../../checkers/verdict.js";
import type { CircuitExport } from "../../exports/export-formats.js";
import { ExportRefused } from "../../exports/export-refused.js";
import { decoderNpz } from "../../exports/wei-chen-ma/decoder-npz.js";
import { decoderOnnx } from "../../exports/wei-chen-ma/decoder-onnx.js";
import { InputError } from "../../inputs/input-error.js";
import { readExactTextFile } from "../../inputs/read-text-file.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { grouped, labelled, printFailure, printJson } from "../print-verdict.js";
import type { Io } from "../system.js";

/** Options of export for decoders. */
export interface ExportDecoderOptions {
  readonly to: CircuitExport;
  readonly out: string;
}

/** Decides a certificate with the first checker and, if it is accepted, writes its decoder in the format asked for. */
export function exportDecoderVerb(io: Io, path: string, { to, out }: ExportDecoderOptions): ExitCode {
  if (to !== "onnx" && to !== "npz") throw new InputError(`--to ${to}: decoders are written as onnx or npz`);
  const text = readExactTextFile(path, MAX_CERTIFICATE_BYTES);
  const verdict = checkDecoder(text);
  if (!isAccepted(verdict)) return printFailure(io, verdict, path);
  const certificate = verdict.result;
  const name = basename(path).replace(/\.json$/, "");
  const decoder = decodeDecoder(certificate.decoder, "decoder");
  let file: { readonly path: string; readonly content: Uint8Array };
  try {
    file =
      to === "onnx"
        ? { path: `${name}.step.float32.onnx`, content: decoderOnnx(certificate, decoder) }
        : { path: `${name}.npz`, content: decoderNpz(certificate, decoder) };
  } catch (error) {
    if (!(error instanceof ExportRefused)) throw error;
    throw new InputError(`cannot write ${name}: ${error.message}`);
  }
  try {
    mkdirSync(out, { recursive: true });
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new InputError(`${out}: cannot be made (${reason})`);
  }
  io.save(join(out, file.path), file.content);
  const bytes = file.content.length;
  if (io.json)
    printJson(io, {
      verdict: "accepted",
      name: certificate.source.name,
      files: [{ path: file.path, bytes }],
      leftOut: [],
    });
  else {
    io.print(`accepted: ${path}: ${certificate.source.name}; written to ${out}\n`);
    io.print(labelled([[file.path, `${grouped(bytes)} bytes`]]));
  }
  return EXIT.accepted;
}
