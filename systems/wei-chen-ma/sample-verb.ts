/** weightproof sample CERTIFICATE: how many examples the theorem asks for at the certified margin, and what others ask for. */
import { showDecimal } from "../../audit/decimal.js";
import { leastSample, printedExpression, vcExpression, type SampledNetwork } from "../../audit/wei-chen-ma/samples.js";
import { certificateKind, MAX_CERTIFICATE_BYTES } from "../../certificates/envelope.js";
import { checkCircuit } from "../../checkers/wei-chen-ma/check-circuit.js";
import { checkDecoder } from "../../checkers/wei-chen-ma/check-decoder.js";
import { LOG_BITS, logarithm } from "../../checkers/wei-chen-ma/logarithm.js";
import { isAccepted, type Rejected, type Undecided } from "../../checkers/verdict.js";
import { InputError } from "../../inputs/input-error.js";
import { readExactTextFile } from "../../inputs/read-text-file.js";
import { parseRational } from "../../spec/exact/rational.js";
import { parametersOf } from "../../spec/wei-chen-ma/affine.js";
import { SAMPLE_CONFIDENCE, SAMPLE_EPSILON } from "../../spec/wei-chen-ma/sample-complexity.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { grouped, labelled, printFailure, printJson } from "../print-verdict.js";
import type { Io } from "../system.js";
import { decimalOf } from "./circuit-summary.js";

/** Options of sample. */
export interface SampleOptions {
  readonly width?: number;
}

/** What the numbers are computed from. */
interface Sampled extends SampledNetwork {
  readonly name: string;
  readonly statement: "circuit" | "decoder";
  readonly width: number;
  readonly depth: number;
  /** (ln |G| + ln 100) / epsilon: empirical risk minimization over the finite class itself. */
  readonly finiteClass: string;
  /** 2^m for a circuit. */
  readonly inputs: string | null;
}

/** Decides a certificate, and prints its numbers. @throws {InputError} */
export function sampleVerb(io: Io, path: string, { width }: SampleOptions): ExitCode {
  const text = readExactTextFile(path, MAX_CERTIFICATE_BYTES);
  const kind = certificateKind(text);
  if (kind?.system !== "wei-chen-ma")
    throw new InputError(`${path}: expected the certificate of a circuit or a decoder`);
  const sampled = kind.statement === "decoder" ? ofDecoder(text, width) : ofCircuit(text, width);
  if ("verdict" in sampled) return printFailure(io, sampled, path);
  const { name, statement, alpha, parameters, margin, depth, finiteClass, inputs } = sampled;
  const json = {
    name,
    statement,
    width: sampled.width,
    depth,
    alpha: String(alpha),
    parameters: String(parameters),
    margin: `${margin.n}/${margin.d}`,
    expression: showDecimal(printedExpression(sampled)),
    explicit: String(leastSample(sampled)),
    vc: showDecimal(vcExpression(parameters, depth)),
    finiteClass,
    inputs,
  };
  if (io.json) printJson(io, json);
  else io.print(`${name}: examples for error 1/10 with probability 99/100\n${labelled(linesOf(json))}`);
  return EXIT.accepted;
}

function ofCircuit(text: string, asked: number | undefined): Sampled | Rejected<string> | Undecided {
  const verdict = checkCircuit(text);
  if (!isAccepted(verdict)) return verdict;
  const { source, circuit, verdicts } = verdict.result;
  const { norms, sample, margin } = verdicts;
  const width = asked ?? verdict.result.width;
  if (width < norms.leastWidth) throw new InputError(`--width: expected at least ${norms.leastWidth}, got ${width}`);
  return {
    name: source.name,
    statement: "circuit",
    width,
    depth: norms.depth,
    alpha: BigInt(norms.alpha),
    parameters: parametersOf(width, norms.depth, circuit.inputs.length, circuit.outputs.length),
    margin: parseRational(margin.lower),
    finiteClass: sample.finiteClass,
    inputs: sample.inputs,
  };
}

function ofDecoder(text: string, asked: number | undefined): Sampled | Rejected<string> | Undecided {
  if (asked !== undefined) throw new InputError("--width: is for circuits; a decoder's width is in its certificate");
  const verdict = checkDecoder(text);
  if (!isAccepted(verdict)) return verdict;
  const { source, machine, verdicts } = verdict.result;
  const { alpha, parameters, layers, width } = verdicts.norms;
  // Each entry of a working state writes a symbol, moves by -1, 0 or 1, and goes to a state.
  const [states, symbols] = [BigInt(machine.states.length), BigInt(source.symbols.length)];
  const entries = BigInt(machine.states.length - machine.halting.filter(Boolean).length) * symbols;
  const logs = entries * logarithm(3n * states * symbols).high + logarithm(SAMPLE_CONFIDENCE).high;
  const { numerator, denominator } = SAMPLE_EPSILON;
  const unit = numerator << LOG_BITS;
  return {
    name: source.name,
    statement: "decoder",
    width,
    depth: layers,
    alpha: BigInt(alpha),
    parameters: BigInt(parameters),
    margin: parseRational(verdicts.margin.bound),
    finiteClass: String((logs * denominator + unit - 1n) / unit),
    inputs: null,
  };
}

function linesOf(numbers: {
  readonly width: number;
  readonly depth: number;
  readonly alpha: string;
  readonly parameters: string;
  readonly margin: string;
  readonly expression: string;
  readonly explicit: string;
  readonly vc: string;
  readonly finiteClass: string;
  readonly inputs: string | null;
}): (readonly [string, string])[] {
  const { width, depth, alpha, parameters, margin, expression, explicit, vc, finiteClass, inputs } = numbers;
  // Fewer than the bound would not do, so a fraction counts as one example more.
  const whole = (text: string): string => {
    const [integer = "0", fraction = ""] = text.split(".");
    return grouped(BigInt(integer) + (/[1-9]/.test(fraction) ? 1n : 0n));
  };
  return [
    ["network", `width ${grouped(width)}, depth ${depth}, alpha = ${grouped(alpha)}, p = ${grouped(parameters)}`],
    ["margin", `at least ${decimalOf(margin).toPrecision(6)}`],
    ["theorem", `${whole(expression)} by Lemma 2.3 as printed, without constants`],
    ["explicit", `${grouped(explicit)} with constants`],
    ["by p", `${whole(vc)} by p d ln p, without constants: it grows with every parameter`],
    [
      "class",
      `${grouped(finiteClass)} for choosing among the finitely many ${inputs === null ? "machines" : "circuits"} of this size`,
    ],
    ...(inputs === null ? [] : [["inputs", `${grouped(inputs)} are all there are`] as const]),
  ];
}
