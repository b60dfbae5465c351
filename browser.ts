/**
 * The library but for what needs files or Node: what `weightproof` is to a bundler for browsers.
 *
 * Verbs return verdicts or data and throw InputError (one line, for people) on input that cannot be read.
 */
export { certify, type Certified } from "./systems/rcnn/certify.js";
export { check } from "./systems/check.js";
export {
  certifyCircuit,
  type CertifiedCircuit,
  type Compiled,
  type CompileOptions,
} from "./systems/wei-chen-ma/circuit-certify.js";
export {
  certifyDecoder,
  type CertifiedDecoder,
  type CertifyDecoderTask,
} from "./systems/wei-chen-ma/certify-decoder.js";
export { exportCertificate, type Exported, type ExportedFile, type ExportOptions } from "./systems/rcnn/export.js";
export { runMachine as run, type MachineRun, type RunMachineOptions } from "./execution/rcnn/run-machine.js";
export type { Accepted, Rejected, Undecided, Verdict, Witness } from "./checkers/verdict.js";
export type { RcnnCertificate } from "./certificates/rcnn-certificate.js";
export { filterBytes, printAttestation, attestationOf, type Attestation } from "./certificates/attestation.js";
export { checkAttestation, checkSubjects, type AttestationFault } from "./checkers/rcnn/check-attestation.js";
export { checkFunction, type FunctionResult, type FunctionFault } from "./checkers/rcnn/check-function.js";
export { GraphBuilder, type BuildOptions } from "./inputs/circuits/graph-builder.js";
export { InputError } from "./inputs/input-error.js";
export { MACHINE_FORMATS, type MachineFormat } from "./inputs/machines/format-names.js";
export { readMachine } from "./inputs/machines/read-machine.js";
export { writeBbchallenge } from "./inputs/machines/write-bbchallenge.js";
export { writeMachine } from "./inputs/machines/write-machine.js";
export { writeTuringmachineIo } from "./inputs/machines/write-turingmachine-io.js";
export { compileProgram, type CompiledProgram } from "./construction/language/compile.js";
export * as statements from "./construction/language/statement.js";
export * as words from "./construction/circuits/arithmetic.js";
export { gridToTape } from "./construction/wei-chen-ma/one-row.js";
export { machineToFilter } from "./construction/rcnn/machine-to-filter.js";
export { synthesize, type Synthesis } from "./construction/rcnn/lemma5/synthesize.js";
export {
  complement,
  evaluateGraph,
  type AndInverterGraph,
  type CircuitOutput,
  type Literal,
} from "./spec/circuits/and-inverter-graph.js";
export { formatRational, parseRational, rational, type Rational } from "./spec/exact/rational.js";
export type * from "./spec/machines/machine.js";
export { normalForm } from "./spec/machines/normal-form.js";
export { runFromBlank, step, type Configuration } from "./spec/machines/simulate.js";
export {
  evaluate,
  evaluateWithJacobian,
  type AffineMap,
  type AffineRow,
  type Network,
} from "./spec/networks/network.js";
export { alphabet, wellFormedCells, type Alphabet, type AlphabetName } from "./spec/rcnn/alphabet.js";
export {
  cellCode,
  cellFromDigits,
  cellFromValue,
  state,
  val,
  type Cell,
  type CellCode,
} from "./spec/rcnn/cell-code.js";
export { cellRule, cellFeatures, outcomeValue, type CellOutcome } from "./spec/rcnn/cell-rule.js";
export { readout } from "./spec/rcnn/readout.js";
export { patchOf, type Patch } from "./spec/rcnn/patch.js";
