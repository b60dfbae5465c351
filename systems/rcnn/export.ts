/** export: a certified filter for other people's tools. */
import { isLearningText } from "../../certificates/rcnn-learning.js";
import { isRecodingText } from "../../certificates/rcnn-recoding.js";
import type { RcnnCertificate } from "../../certificates/rcnn-certificate.js";
import { checkCertificate, type CertificateFault } from "../../checkers/rcnn/check-certificate.js";
import type { Progress } from "../../checkers/rcnn/decide-claims.js";
import { InputError } from "../../inputs/input-error.js";
import type { ExportFormat, Precision, SmtForm, VnnLibVersion } from "../../exports/export-formats.js";
import { ExportRefused } from "../../exports/export-refused.js";
import { npzArchive } from "../../exports/rcnn/npz.js";
import { ONNX_KINDS, onnxModel } from "../../exports/rcnn/onnx.js";
import { rocqFile } from "../../exports/rcnn/rocq.js";
import { smtQueries } from "../../exports/rcnn/smt-lib.js";
import { vnnLibProperties } from "../../exports/rcnn/vnn-lib.js";
import { accepted, type Verdict } from "../../checkers/verdict.js";

/**
 * What to write, and how.
 *
 * @example
 * ```ts
 * import type { ExportOptions } from "weightproof";
 *
 * const options: ExportOptions = { to: "onnx", precision: "float64", name: "bb2" };
 * options.to; // => "onnx"
 * ```
 */
export interface ExportOptions {
  readonly to: ExportFormat;
  /** Of ONNX models; float32 by default. */
  readonly precision?: Precision;
  /** Of SMT-LIB queries; tables by default, which solvers decide several times faster. */
  readonly form?: SmtForm;
  /** The beginning of the files' names; "filter" by default. */
  readonly name?: string;
}

/**
 * A file of an export.
 *
 * @example
 * ```ts
 * import { certify, exportCertificate, loadMachine, type ExportedFile } from "weightproof";
 *
 * const certified = certify(loadMachine("bb2"));
 * const text = certified.verdict === "accepted" ? certified.result.text : "";
 * const exported = exportCertificate(text, { to: "npz", name: "bb2" });
 * const files: readonly ExportedFile[] = exported.verdict === "accepted" ? exported.result.files : [];
 * files.map(({ path }) => path); // => ["bb2.npz"]
 * ```
 */
export interface ExportedFile {
  /** Relative, with "/" between folders. */
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** A file that could not be written without a change of what it says. */
export interface LeftOut {
  readonly path: string;
  readonly reason: string;
}

/**
 * The files of an export, and what was left out because it cannot be written exactly.
 *
 * @example
 * ```ts
 * import { certify, exportCertificate, loadMachine, type Exported } from "weightproof";
 *
 * const certified = certify(loadMachine("bb2"));
 * const text = certified.verdict === "accepted" ? certified.result.text : "";
 * const verdict = exportCertificate(text, { to: "rocq", name: "bb2" });
 * const exported: Exported | undefined = verdict.verdict === "accepted" ? verdict.result : undefined;
 * exported?.leftOut; // => []
 * ```
 */
export interface Exported {
  readonly certificate: RcnnCertificate;
  readonly files: readonly ExportedFile[];
  readonly leftOut: readonly LeftOut[];
}

/** Seconds that instances.csv grants a verifier for a property. */
const TIMEOUT = 300;

/**
 * Decides a certificate with the first checker and, if it is accepted, writes its filter in the format asked for.
 *
 * @param text of a certificate of a filter
 * @throws {InputError} for the certificate of a learning run or of a recoding, and if nothing can be written exactly
 *
 * @example
 * ```ts
 * import { certify, exportCertificate, loadMachine } from "weightproof";
 *
 * const certified = certify(loadMachine("bb2"));
 * const text = certified.verdict === "accepted" ? certified.result.text : "";
 * const verdict = exportCertificate(text, { to: "onnx", name: "bb2" });
 * verdict.verdict === "accepted" && verdict.result.files.length; // => 4
 * ```
 */
export function exportCertificate(
  text: string,
  options: ExportOptions,
  progress?: Progress,
): Verdict<CertificateFault, Exported> {
  if (isLearningText(text))
    throw new InputError("only filters can be exported, and this is the certificate of a learning run");
  if (isRecodingText(text))
    throw new InputError(
      "only filters can be exported, and this is the certificate of a recoding; that of its filter is apart",
    );
  const verdict = checkCertificate(text, progress);
  if (verdict.verdict !== "accepted") return verdict;
  const certificate = verdict.result;
  const files: ExportedFile[] = [];
  const leftOut: LeftOut[] = [];
  for (const { path, write } of plannedFiles(certificate, options)) {
    try {
      files.push(...write());
    } catch (error) {
      if (!(error instanceof ExportRefused)) throw error;
      leftOut.push({ path, reason: error.message });
    }
  }
  const [first] = leftOut;
  if (first !== undefined && files.length === 0) throw new InputError(`cannot write ${first.path}: ${first.reason}`);
  return accepted({ certificate, files, leftOut });
}

/** Files that are written together or not at all, under the name of the first. */
interface PlannedFile {
  readonly path: string;
  readonly write: () => ExportedFile[];
}

function plannedFiles(certificate: RcnnCertificate, options: ExportOptions): readonly PlannedFile[] {
  const { to, precision = "float32", form = "tables", name = "filter" } = options;
  const one = (path: string, content: () => string | Uint8Array): PlannedFile => ({
    path,
    write: () => [{ path, content: content() }],
  });
  switch (to) {
    case "onnx":
      return ONNX_KINDS.map((kind) =>
        one(`${name}.${kind}.${precision}.onnx`, () => onnxModel(certificate, kind, precision)),
      );
    case "smt-lib":
      return [{ path: `${name}.value.smt2`, write: () => queries(certificate, name, form) }];
    case "npz":
      return [one(`${name}.npz`, () => npzArchive(certificate))];
    case "vnn-lib":
      return [{ path: "instances.csv", write: () => instances(certificate, name, precision, 1) }];
    case "vnn-lib-2":
      return [{ path: "instances.csv", write: () => instances(certificate, name, precision, 2) }];
    case "rocq":
      return [one(`${rocqModule(name)}.v`, () => rocqFile(certificate))];
  }
}

/** A name that Rocq takes for a module. */
function rocqModule(name: string): string {
  return `Certified_${name.replaceAll(/[^A-Za-z0-9]/g, "_")}`;
}

function queries(certificate: RcnnCertificate, name: string, form: SmtForm): ExportedFile[] {
  return smtQueries(certificate, form).map((query) => ({ path: `${name}.${query.name}.smt2`, content: query.text }));
}

/** A benchmark in the layout of VNN-COMP: a network, properties, and the list of what to decide. */
function instances(
  certificate: RcnnCertificate,
  name: string,
  precision: Precision,
  version: VnnLibVersion,
): ExportedFile[] {
  const network = `onnx/${name}.${precision}.onnx`;
  const properties = vnnLibProperties(certificate, version, precision).map((property) => ({
    path: `vnnlib/${property.name}.vnnlib`,
    content: property.text,
  }));
  return [
    { path: "instances.csv", content: properties.map(({ path }) => `${network},${path},${TIMEOUT}\n`).join("") },
    { path: network, content: onnxModel(certificate, "patches", precision) },
    ...properties,
  ];
}
