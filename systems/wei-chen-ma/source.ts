/** What an argument stands for: a circuit, or a certificate of one. */
import { existsSync } from "node:fs";
import { looksLikeCircuit } from "../../inputs/circuits/load-circuit.js";
import { systemOfCertificate } from "../takes-certificate.js";

/** Kinds of source that verbs of this system dispatch on. */
export type SourceKind = "circuit" | "certificate" | "other";

/** The kind of an argument, by its name and, where that ends like one, by the certificate in it. */
export function kindOfSource(argument: string): SourceKind {
  if (looksLikeCircuit(argument)) return "circuit";
  const isOurs = argument.endsWith(".json") && existsSync(argument) && systemOfCertificate(argument) === "wei-chen-ma";
  return isOurs ? "certificate" : "other";
}

/** Whether certify takes it: circuits, whatever is in them. */
export function takesSource(argument: string): boolean {
  return kindOfSource(argument) === "circuit";
}

/** Whether run takes it: circuits, and certificates of this system. */
export function takesRunnable(argument: string): boolean {
  return kindOfSource(argument) !== "other";
}
