/** weightproof export CERTIFICATE --to FORMAT --out DIR */
import { mkdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { exportCertificate, type Exported } from "../../api/export.js";
import { MAX_CERTIFICATE_BYTES } from "../../certificates/rcnn-certificate.js";
import { InputError } from "../../construction/machines/input-error.js";
import { readExactTextFile } from "../../construction/machines/read-text-file.js";
import type { ExportFormat, Precision, SmtForm } from "../../exports/export-formats.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { grouped, isAccepted, labelled, printFailure, printJsonLine } from "../print-verdict.js";
import { progressBar } from "../progress-bar.js";
import { writeWholeFile } from "../write-file.js";

export interface ExportCommandOptions {
  readonly to: ExportFormat;
  readonly out: string;
  readonly precision: Precision;
  readonly form: SmtForm;
  readonly json?: boolean;
}

export function exportCommand(path: string, { to, out, precision, form, json }: ExportCommandOptions): ExitCode {
  const text = readExactTextFile(path, MAX_CERTIFICATE_BYTES);
  const bar = progressBar();
  const name = basename(path).replace(/\.json$/, "");
  const verdict = exportCertificate(text, { to, precision, form, name }, bar.update);
  bar.stop();
  if (!isAccepted(verdict)) return printFailure(verdict, path, json === true);
  const { files, certificate } = verdict.counts;
  for (const file of files) {
    const target = join(out, file.path);
    makeFolder(dirname(target));
    writeWholeFile(target, file.content);
  }
  if (json === true) printJsonLine(exportedJson(verdict.counts));
  else {
    process.stdout.write(`accepted: ${path}: ${certificate.source.name}; written to ${out}\n`);
    process.stdout.write(fileList(verdict.counts));
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
    throw new InputError(`${path}: cannot be made (${reason})`);
  }
}
