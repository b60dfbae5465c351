/** What run is about, where it is a decoder: a machine that is compiled, or the certificate of a decoder. */
import { oneInput } from "../parse-options.js";
import { MAX_CERTIFICATE_BYTES } from "../../certificates/envelope.js";
import type { DecoderCertificate } from "../../certificates/wei-chen-ma/decoder-certificate.js";
import { decodeDecoder } from "../../certificates/wei-chen-ma/decoder-json.js";
import { decodeTapeSource } from "../../certificates/wei-chen-ma/tape-machine-json.js";
import { checkDecoder, type DecoderCertificateFault } from "../../checkers/wei-chen-ma/check-decoder.js";
import type { DecoderClaim } from "../../checkers/wei-chen-ma/check-step.js";
import { accepted, isAccepted, type Verdict } from "../../checkers/verdict.js";
import { formulaChanges } from "../../construction/wei-chen-ma/decoder-to-certificate.js";
import { machineToDecoder } from "../../construction/wei-chen-ma/machine-to-decoder.js";
import { readInputWord } from "../../construction/wei-chen-ma/one-row.js";
import { InputError } from "../../inputs/input-error.js";
import { readExactTextFile } from "../../inputs/read-text-file.js";
import { tapeNormalForm } from "../../spec/machines/tape-machine.js";
import { longestInput } from "../../spec/wei-chen-ma/decoder-layout.js";
import { decoderTask, refuseEnd, type DecoderOptions } from "./decoder-task.js";

/** A decoder, what it follows, and an input. */
export interface DecoderSubject {
  readonly name: string;
  readonly claim: DecoderClaim;
  /** Indices of symbols. */
  readonly input: readonly number[];
}

/** Compiles a machine for a run of so many steps. @throws {InputError} as decoderTask does */
export function subjectOfMachine(argument: string, options: DecoderOptions, steps: number): DecoderSubject {
  const { source, machine, tape, input, label } = decoderTask(argument, options, steps);
  const passes = steps + 1;
  const built = machineToDecoder({ machine, passes, tape, inputLength: input.length, ...(label && { label }) });
  const claim = { ...built, machine, passes, formulas: formulaChanges(built.functions) };
  return { name: source.name, claim, input };
}

/** Options that say what a certificate says. */
const STATED = ["tape", "accept", "reject", "format"] as const;

/**
 * The decoder of a certificate that the first checker accepts.
 *
 * @throws {InputError} if an option contradicts it, or it has no room for so many steps or so long an input
 */
export function subjectOfCertificate(
  path: string,
  options: DecoderOptions,
): Verdict<DecoderCertificateFault, DecoderSubject> {
  const stated = STATED.find((name) => options[name] !== undefined);
  if (stated !== undefined) throw new InputError(`--${stated}: ${path} is a certificate, which states it`);
  const verdict = checkDecoder(readExactTextFile(path, MAX_CERTIFICATE_BYTES));
  if (!isAccepted(verdict)) return verdict;
  const { tape, label, passes, formulas } = verdict.result;
  const [{ name, machine, symbols }, decoder] = [sourceOf(verdict.result), decoderOf(verdict.result)];
  const { steps = passes - 1 } = options;
  if (steps > passes - 1)
    throw new InputError(`--steps: ${path} is about at most ${passes - 1} steps, expected no more, got ${steps}`);
  const input = readInputWord(oneInput(options.input) ?? "", symbols);
  const room = longestInput(decoder.sizes.bits, passes, tape);
  if (BigInt(input.length) > room)
    throw new InputError(`--input: ${path} has room for ${room} symbols, got ${input.length}`);
  if (tape === "one-way") refuseEnd(name, machine, input, steps);
  return accepted({ name, claim: { machine, tape, label, passes, decoder, formulas }, input });
}

function sourceOf(certificate: DecoderCertificate): {
  readonly name: string;
  readonly machine: DecoderClaim["machine"];
  readonly symbols: readonly string[];
} {
  const source = decodeTapeSource(certificate.source);
  return { name: source.name, machine: tapeNormalForm(source), symbols: source.symbols };
}

function decoderOf({ decoder }: DecoderCertificate): DecoderClaim["decoder"] {
  // The checker has read it.
  return decodeDecoder(decoder, "decoder");
}
