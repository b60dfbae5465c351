/** Names that the command line offers, apart from what they name, so that it starts without loading any of it. */

export type ExportFormat = "onnx" | "vnn-lib" | "npz";

export const EXPORT_FORMATS: readonly ExportFormat[] = ["onnx", "vnn-lib", "npz"];

/** Floating point of ONNX models. */
export type Precision = "float32" | "float64";

export const PRECISIONS: readonly Precision[] = ["float32", "float64"];
