/** weightproof certify MACHINE --system welper */
import type { TracingCertificate } from "../../certificates/welper/tracing-certificate.js";
import { isAccepted } from "../../checkers/verdict.js";
import type { LossName } from "../../construction/welper/machine-to-tracing.js";
import type { LoadOptions } from "../../inputs/machines/load-machine.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { grouped, labelled, printFailure, printJson } from "../print-verdict.js";
import type { Io } from "../system.js";
import { certifyTracing } from "./certify-tracing.js";
import { loadMultiTape } from "./load-source.js";

/** Options of certify. */
export interface CertifyOptions extends LoadOptions {
  readonly out?: string;
  readonly loss?: LossName;
}

/** Compiles a machine into the loss that traces it, proves it, and writes the certificate. @throws {InputError} */
export function certifyVerb(io: Io, argument: string, { format, out, loss }: CertifyOptions): ExitCode {
  const source = loadMultiTape(argument, { format });
  const verdict = certifyTracing(source, loss);
  if (!isAccepted(verdict)) return printFailure(io, verdict, source.name);
  const { certificate, text } = verdict.result;
  if (out !== undefined) io.save(out, text);
  if (out === "-") return EXIT.accepted;
  if (io.json) printJson(io, { ...tracingJson(certificate), out: out ?? null });
  else {
    io.print(`accepted: ${source.name}\n${labelled(tracingSummary(certificate))}`);
    if (out !== undefined) io.print(`  written to ${out}\n`);
  }
  return EXIT.accepted;
}

/** What an acceptance says, for programs. */
export function tracingJson({ source, loss, tripled, constants, digests, verdicts }: TracingCertificate): object {
  return { verdict: "accepted", statement: "tracing", name: source.name, loss, tripled, constants, digests, verdicts };
}

/** What an acceptance says, for people. */
export function tracingSummary(certificate: TracingCertificate): (readonly [label: string, text: string])[] {
  const { source, loss, tripled, constants, machine, verdicts, digests } = certificate;
  const { gradient, step, levels, projection, width, replay } = verdicts;
  const interval = (values: readonly [string, string] | null): string =>
    values === null ? "none" : `${grouped(values[0])} to ${grouped(values[1])}`;
  const flat = loss === "fan" ? "; it is flat while the machine runs, but for the three squares" : "";
  const runs = replay.map(({ steps, haltsAt }) => `${steps} steps${haltsAt === null ? "" : ", halted"}`);
  return [
    [
      "simplex",
      `${grouped(gradient.vertices)} vertices: ${machine.states.length} states${tripled ? ", tripled," : ""} times ${step.readings} readings of ${source.tapes} tape${source.tapes === 1 ? "" : "s"}`,
    ],
    [
      "loss",
      `${loss}: ${grouped(width.units)} ReLUs with ${grouped(width.entries)} entries; b = ${constants.b}, gamma = ${constants.gamma}${flat}`,
    ],
    ["gradient", `no kink at any vertex; affine on the corners of size ${gradient.corner}`],
    [
      "step",
      `one step of descent = one step of the machine, for all tapes: ${grouped(step.cases)} cases, ${grouped(step.comparisons)} comparisons, least gap ${step.gap}`,
    ],
    ["levels", `running ${interval(levels.running)}, halting ${interval(levels.halting)}`],
    ["projected", `the same steps from rate ${projection.least} on; ${constants.rates.projected} is stated`],
    [
      "width",
      width.within
        ? `within |Q| |Gamma|^d = ${grouped(width.bound)}`
        : `above |Q| |Gamma|^d = ${grouped(width.bound)}: a vertex that may follow itself takes two ReLUs, an edge of the printed loss three`,
    ],
    ["replay", `${runs.join("; ")} from blank tapes`],
    ["digest", `${digests.network} (network)`],
  ];
}
