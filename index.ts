/**
 * The library: the verbs of the command line, and the definitions that they are about. What needs no files is in browser.ts.
 *
 * Verbs return verdicts or data and throw InputError (one line, for people) on input that cannot be read.
 */
export * from "./browser.js";
export { regenerate, type Regenerated } from "./systems/rcnn/regenerate.js";
export { learn, type LearnRequest, type LearnResult } from "./execution/rcnn/learn.js";
export { galleryNames, loadMachine, type LoadOptions } from "./inputs/machines/load-machine.js";
export { readCircuit, type CircuitEnding } from "./inputs/circuits/circuit-formats.js";
export { loadCircuit, type LoadedCircuit } from "./inputs/circuits/load-circuit.js";
