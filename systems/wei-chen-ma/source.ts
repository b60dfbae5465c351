/** What an argument stands for: a circuit, a certificate of this system, or else perhaps a machine. */
import { existsSync } from "node:fs";
import { looksLikeCircuit } from "../../inputs/circuits/load-circuit.js";
import { systemOfCertificate } from "../takes-certificate.js";
import { takesTapeMachine } from "./load-tape-machine.js";

/** Kinds of source that verbs of this system dispatch on. */
export type SourceKind = "circuit" | "certificate" | "other";

/** The kind of an argument, by its name and, where that ends like one, by the certificate in it. */
export function kindOfSource(argument: string): SourceKind {
  if (looksLikeCircuit(argument)) return "circuit";
  const isOurs = argument.endsWith(".json") && existsSync(argument) && systemOfCertificate(argument) === "wei-chen-ma";
  return isOurs ? "certificate" : "other";
}

/** Whether certify takes it: circuits, whatever is in them, and machines on one tape; the reason if not. */
export function takesSource(argument: string, format: unknown): boolean | string {
  const kind = kindOfSource(argument);
  return kind === "other" ? takesTapeMachine(argument, format) : kind === "circuit";
}

/** Whether run takes it: circuits, certificates of this system, and machines on one tape; the reason if not. */
export function takesRunnable(argument: string, format: unknown): boolean | string {
  return kindOfSource(argument) !== "other" || takesTapeMachine(argument, format);
}
