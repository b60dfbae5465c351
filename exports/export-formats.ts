/** Names that the command line offers, apart from what they name, so that it starts without loading any of it. */

/** A format in which a certified filter can be written. */
export type ExportFormat = "smt-lib" | "onnx" | "vnn-lib" | "vnn-lib-2" | "npz" | "rocq";

/** All export formats, in the order in which help texts list them. */
export const EXPORT_FORMATS: readonly ExportFormat[] = ["smt-lib", "onnx", "vnn-lib", "vnn-lib-2", "npz", "rocq"];

/** Floating point of ONNX models. */
export type Precision = "float32" | "float64";

/** All precisions, in the order in which help texts list them. */
export const PRECISIONS: readonly Precision[] = ["float32", "float64"];

/** How SMT-LIB queries write the first two layers: as they are, or by tables that a query of its own is about. */
export type SmtForm = "layers" | "tables";

/** All forms of SMT-LIB queries, in the order in which help texts list them. */
export const SMT_FORMS: readonly SmtForm[] = ["layers", "tables"];

/** Formats of a circuit's network. */
export type CircuitExport = "onnx" | "npz" | "smt-lib" | "vnn-lib" | "vnn-lib-2" | "aiger";

/** All of them. */
export const CIRCUIT_EXPORTS: readonly CircuitExport[] = ["onnx", "npz", "smt-lib", "vnn-lib", "vnn-lib-2", "aiger"];

/** Language of VNN-LIB files: 1 for VNN-LIB 1.0, which VNN-COMP reads, and 2 for VNN-LIB 2.0. */
export type VnnLibVersion = 1 | 2;
