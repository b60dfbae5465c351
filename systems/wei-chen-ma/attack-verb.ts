/**
 * weightproof attack CERTIFICATE: the perturbation that turns an output, replayed exactly, and the same direction again at the norm below
 * which the certificate says that none does.
 */
import { certificateKind, MAX_CERTIFICATE_BYTES } from "../../certificates/envelope.js";
import { decodeFeedForward } from "../../certificates/wei-chen-ma/affine-json.js";
import { decodeCircuit } from "../../certificates/wei-chen-ma/circuit-json.js";
import { decodeDecoder } from "../../certificates/wei-chen-ma/decoder-json.js";
import type { DecoderCertificate } from "../../certificates/wei-chen-ma/decoder-certificate.js";
import { checkCircuit } from "../../checkers/wei-chen-ma/check-circuit.js";
import { checkDecoder } from "../../checkers/wei-chen-ma/check-decoder.js";
import { checkDecoderFlip } from "../../checkers/wei-chen-ma/check-decoder-flip.js";
import { checkFlip } from "../../checkers/wei-chen-ma/check-flip.js";
import { checkStep } from "../../checkers/wei-chen-ma/check-step.js";
import { isAccepted, type Rejected, type Undecided } from "../../checkers/verdict.js";
import { Work } from "../../checkers/work.js";
import { InputError } from "../../inputs/input-error.js";
import { readExactTextFile } from "../../inputs/read-text-file.js";
import type { AndInverterGraph } from "../../spec/circuits/and-inverter-graph.js";
import { formatRational, parseRational, rational, type Rational } from "../../spec/exact/rational.js";
import { tapeNormalForm } from "../../spec/machines/tape-machine.js";
import { decodeTapeSource } from "../../certificates/wei-chen-ma/tape-machine-json.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { grouped, labelled, printFailure, printJson } from "../print-verdict.js";
import type { Io } from "../system.js";
import { decimalOf } from "./circuit-summary.js";
import { searchFlip } from "./circuit-certify.js";
import { chooseFlip } from "./choose-flip.js";

/** What an attack comes to. */
interface Attack {
  readonly name: string;
  readonly statement: "circuit" | "decoder";
  /** A lower bound of the all-layer margin. */
  readonly lower: string;
  /** Whether the certificate has the perturbation; else it was searched now. */
  readonly stated: boolean;
  readonly flip: {
    /** The run that it changes: an input, and of a decoder the pass. */
    readonly input: string;
    readonly passes: number | null;
    /** What turns. */
    readonly output: string;
    readonly entries: number;
    readonly squaredNorm: string;
    /** Upper bound over lower bound, squared, rounded. */
    readonly quotient: string;
    /** Whether the same direction turns it at a norm of at most the lower bound; the certificate says no. */
    readonly turnsAtLower: boolean;
  } | null;
}

/** Decides a certificate, and attacks it. @throws {InputError} */
export function attackVerb(io: Io, path: string): ExitCode {
  const text = readExactTextFile(path, MAX_CERTIFICATE_BYTES);
  const kind = certificateKind(text);
  if (kind?.system !== "wei-chen-ma")
    throw new InputError(`${path}: expected the certificate of a circuit or a decoder`);
  const attack = kind.statement === "decoder" ? attackDecoder(text) : attackCircuit(text);
  if ("verdict" in attack) return printFailure(io, attack, path);
  if (io.json) printJson(io, attack);
  else io.print(`${attack.name}\n${labelled(linesOf(attack))}`);
  return attack.flip?.turnsAtLower === true ? EXIT.rejected : EXIT.accepted;
}

function attackCircuit(text: string): Attack | Rejected<string> | Undecided {
  const verdict = checkCircuit(text);
  if (!isAccepted(verdict)) return verdict;
  const { source, verdicts } = verdict.result;
  const { lower, flip: known } = verdicts.margin;
  // The checker has read both.
  const circuit = decodeCircuit(verdict.result.circuit) as AndInverterGraph;
  const network = decodeFeedForward(verdict.result.network, "network");
  const flip = known ?? searchFlip(circuit, network);
  const common = { name: source.name, statement: "circuit", lower, stated: known !== null } as const;
  if (flip === null) return { ...common, flip: null };
  const factor = factorTo(lower, flip.squaredNorm);
  const entries = flip.entries.map(
    ([l, r, c, value]) => [l, r, c, formatRational(parseRational(value).mul(factor))] as const,
  );
  const squaredNorm = formatRational(parseRational(flip.squaredNorm).mul(factor).mul(factor));
  const turnsAtLower = isAccepted(checkFlip(circuit, network, { ...flip, entries, squaredNorm }, ""));
  const output = circuit.outputs[flip.output]?.name ?? "";
  return { ...common, flip: { input: flip.input, passes: null, output, turnsAtLower, ...sizes(lower, flip) } };
}

function attackDecoder(text: string): Attack | Rejected<string> | Undecided {
  const verdict = checkDecoder(text);
  if (!isAccepted(verdict)) return verdict;
  const claim = claimOf(verdict.result);
  const { bound: lower, flip: known } = verdict.result.verdicts.margin;
  const step = checkStep(claim);
  if (!isAccepted(step)) return step;
  const flip = known ?? chooseFlip(claim, step.result.gaps);
  const common = { name: verdict.result.source.name, statement: "decoder", lower, stated: known !== null } as const;
  if (flip === null) return { ...common, flip: null };
  const factor = factorTo(lower, flip.squaredNorm);
  const entries = flip.entries.map(
    ([l, map, r, c, value]) => [l, map, r, c, formatRational(parseRational(value).mul(factor))] as const,
  );
  const replayed = checkDecoderFlip(claim, { ...flip, entries }, new Work());
  // What still has the label's sign is rejected at its output; what has not, for its norm, which is another.
  const turnsAtLower = replayed.verdict === "rejected" && replayed.path === "verdicts.margin.flip";
  const input = flip.input.map((symbol) => claim.machine.symbols[symbol] ?? "").join(" ");
  return { ...common, flip: { input, passes: flip.passes, output: "the label", turnsAtLower, ...sizes(lower, flip) } };
}

function claimOf({
  source,
  tape,
  label,
  passes,
  decoder,
  formulas,
}: DecoderCertificate): Parameters<typeof chooseFlip>[0] {
  const machine = tapeNormalForm(decodeTapeSource(source));
  return { machine, tape, label, passes, decoder: decodeDecoder(decoder, "decoder"), formulas };
}

/** Units of a factor. */
const GRID = 2n ** 24n;

/** A factor that brings a perturbation to a norm of at most `lower`, and close to it. */
function factorTo(lower: string, squaredNorm: string): Rational {
  const [target, square] = [parseRational(lower), parseRational(squaredNorm)];
  let [low, high] = [0n, GRID];
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    const factor = rational(middle, GRID);
    if (square.mul(factor).mul(factor).lte(target.mul(target))) low = middle;
    else high = middle;
  }
  return rational(low, GRID);
}

function sizes(
  lower: string,
  { squaredNorm, entries }: { readonly squaredNorm: string; readonly entries: readonly unknown[] },
): { readonly squaredNorm: string; readonly entries: number; readonly quotient: string } {
  const quotient = Math.sqrt(decimalOf(squaredNorm)) / decimalOf(lower);
  return { squaredNorm, entries: entries.length, quotient: quotient.toPrecision(4) };
}

function linesOf({ lower, stated, flip }: Attack): [string, string][] {
  const bound: [string, string] = [
    "proved",
    `no change of norm up to ${decimalOf(lower).toPrecision(6)} turns an output`,
  ];
  if (flip === null) return [bound, ["attack", "found none"]];
  const { input, passes, output, entries, squaredNorm, quotient, turnsAtLower } = flip;
  const where =
    passes === null ? `at ${input}` : `on ${input === "" ? "the blank tape" : input}, in pass ${grouped(passes)}`;
  const norm = Math.sqrt(decimalOf(squaredNorm)).toPrecision(6);
  return [
    bound,
    [
      "attack",
      `${stated ? "of the certificate" : "found now"}: ${grouped(entries)} numbers change, norm ${norm}, ${quotient} times the bound`,
    ],
    ["replayed", `exactly: it turns ${output} ${where}`],
    [
      "scaled",
      `to the bound, it ${turnsAtLower ? "turns it as well: the certificate is wrong" : "turns nothing there"}`,
    ],
  ];
}
