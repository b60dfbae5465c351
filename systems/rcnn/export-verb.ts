/** weightproof export CERTIFICATE --to FORMAT --out DIR */
import { mkdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { exportCertificate, type Exported } from "./export.js";
import { MAX_CERTIFICATE_BYTES } from "../../certificates/envelope.js";
import { InputError } from "../../inputs/input-error.js";
import { readExactTextFile } from "../../inputs/read-text-file.js";
import type { ExportFormat, Precision, SmtForm } from "../../exports/export-formats.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import type { Io } from "../system.js";
import { grouped, labelled, printFailure, printJson } from "../print-verdict.js";
import { isAccepted } from "../../checkers/verdict.js";

/** The options of export. */
export interface ExportCommandOptions {
  readonly to: ExportFormat;
  readonly out: string;
  readonly precision: Precision;
  readonly form: SmtForm;
}

/** Writes a certified filter into a folder, which is made if it is missing. @throws {InputError} */
export function exportVerb(io: Io, path: string, { to, out, precision, form }: ExportCommandOptions): ExitCode {
  const text = readExactTextFile(path, MAX_CERTIFICATE_BYTES);
  const name = basename(path).replace(/\.json$/, "");
  const verdict = exportCertificate(text, { to, precision, form, name }, io.progress);
  if (!isAccepted(verdict)) return printFailure(io, verdict, path);
  const { files, certificate } = verdict.result;
  for (const file of files) {
    const target = join(out, file.path);
    makeFolder(dirname(target));
    io.save(target, file.content);
  }
  if (io.json) printJson(io, exportedJson(verdict.result));
  else {
    io.print(`accepted: ${path}: ${certificate.source.name}; written to ${out}\n`);
    io.print(fileList(verdict.result));
  }
  return EXIT.accepted;
}

/** Most files of one folder that are listed one by one. */
const LISTED_FILES = 16;

function fileList({ files, leftOut }: Exported): string {
  const folders = [...new Set(files.map((file) => dirname(file.path)))];
  const written = folders.flatMap((folder): [string, string][] => {
    const inside = files.filter((file) => dirname(file.path) === folder);
    return inside.length > LISTED_FILES
      ? [
          [
            `${folder}/`,
            `${grouped(inside.length)} files, ${grouped(inside.reduce((n, file) => n + bytes(file), 0))} bytes`,
          ],
        ]
      : inside.map((file) => [file.path, `${grouped(bytes(file))} bytes`]);
  });
  return labelled([
    ...written,
    ...leftOut.map(({ path, reason }): [string, string] => [path, `not written: ${reason}`]),
  ]);
}

function exportedJson({ certificate, files, leftOut }: Exported): object {
  const list = files.map((file) => ({ path: file.path, bytes: bytes(file) }));
  return { verdict: "accepted", name: certificate.source.name, files: list, leftOut };
}

function bytes({ content }: Exported["files"][number]): number {
  return typeof content === "string" ? Buffer.byteLength(content) : content.length;
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new InputError(`${path}: cannot be created (${reason})`);
  }
}
