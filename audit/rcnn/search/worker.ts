/** A worker thread of the search: evaluates batches of machines. */
import { parentPort } from "node:worker_threads";
import { evaluate } from "./evaluate.js";
import { MACHINE_CLASSES, type MachineClass } from "./machine-class.js";
import type { BatchRequest } from "./run-search.js";

parentPort?.on("message", ({ machines, indices }: BatchRequest) => {
  const found = MACHINE_CLASSES.find(({ name }) => name === machines) as MachineClass;
  parentPort?.postMessage(evaluate(found, indices));
});
