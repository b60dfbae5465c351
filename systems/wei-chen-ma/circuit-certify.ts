/** certify for circuits: compile, choose the claims about the margin, decide everything, and give out the certificate. */
import { digestOf } from "../../certificates/canonical.js";
import { CERTIFICATE_FORMAT, CERTIFICATE_VERSION } from "../../certificates/envelope.js";
import { encodeFeedForward } from "../../certificates/wei-chen-ma/affine-json.js";
import {
  printCircuitCertificate,
  type CircuitCertificate,
  type FlipJson,
} from "../../certificates/wei-chen-ma/circuit-certificate.js";
import { encodeCircuit } from "../../certificates/wei-chen-ma/circuit-json.js";
import { checkFlip } from "../../checkers/wei-chen-ma/check-flip.js";
import { checkMargin } from "../../checkers/wei-chen-ma/check-margin.js";
import { decideCircuit, decideNetwork, type CircuitDecisionFault } from "../../checkers/wei-chen-ma/decide-circuit.js";
import type { MarginData } from "../../checkers/wei-chen-ma/margin-constants.js";
import { d6BoundAt } from "../../checkers/wei-chen-ma/theorem-d6.js";
import { accepted, rejected, type Verdict } from "../../checkers/verdict.js";
import { circuitToLayers } from "../../construction/wei-chen-ma/circuit-to-layers.js";
import { ENTRY_BITS, findFlip } from "../../construction/wei-chen-ma/find-flip.js";
import { layersToNetwork } from "../../construction/wei-chen-ma/layers-to-network.js";
import { simplifyGraph } from "../../construction/wei-chen-ma/simplify-graph.js";
import type { AndInverterGraph } from "../../spec/circuits/and-inverter-graph.js";
import { circuitSize, type CircuitSize } from "../../spec/circuits/layered-circuit.js";
import { formatRational, rational, type Rational } from "../../spec/exact/rational.js";
import { leastWidth, type FeedForward } from "../../spec/wei-chen-ma/affine.js";
import { CIRCUIT_AMENDMENTS } from "../../spec/wei-chen-ma/reading.js";
import type { Progress } from "../system.js";

/**
 * How a circuit is compiled.
 *
 * @example
 * ```ts
 * import { certifyCircuit, GraphBuilder, type CompileOptions } from "weightproof";
 *
 * const options: CompileOptions = { hashing: true, constants: true, flip: false, width: 64 };
 * const circuit = new GraphBuilder(["a"]).graph([{ name: "not", literal: 3 }]);
 * const verdict = certifyCircuit("inverter", circuit, options);
 * verdict.verdict === "accepted" && verdict.result.certificate.width; // => 64
 * ```
 */
export interface CompileOptions {
  /** Structural hashing before layering. */
  readonly hashing: boolean;
  /** Constant propagation before layering. */
  readonly constants: boolean;
  /** w; the least one if absent. */
  readonly width?: number;
  /** Whether a perturbation that changes an output is searched. */
  readonly flip: boolean;
}

/** All passes, the least width, and a search. */
export const COMPILE_DEFAULTS: CompileOptions = { hashing: true, constants: true, flip: true };

/**
 * A network of a circuit, with what its passes did.
 *
 * @example
 * ```ts
 * import { certifyCircuit, GraphBuilder, type Compiled } from "weightproof";
 *
 * const builder = new GraphBuilder(["a", "b"]);
 * const circuit = builder.graph([{ name: "y", literal: builder.and(builder.input(0), builder.input(1)) }]);
 * const verdict = certifyCircuit("and", circuit);
 * const compiled: Compiled | undefined = verdict.verdict === "accepted" ? verdict.result.compiled : undefined;
 * compiled?.gatesAfter; // => 1
 * ```
 */
export interface Compiled {
  readonly network: FeedForward;
  readonly gatesBefore: number;
  readonly gatesAfter: number;
  readonly size: CircuitSize;
  readonly identities: number;
}

/** The passes: simplify, layer, then Lemma B.1 with corrections (Lemma 3.3). */
export function compileCircuit(circuit: AndInverterGraph, options: CompileOptions): Compiled {
  const { hashing, constants } = options;
  const { graph, gatesBefore, gatesAfter } = simplifyGraph(circuit, { hashing, constants });
  const layered = circuitToLayers(graph);
  const identities = layered.layers.flat().filter(({ kind }) => kind === "id").length;
  return { network: layersToNetwork(layered), gatesBefore, gatesAfter, size: circuitSize(layered), identities };
}

/**
 * A certificate, the bytes of its file, and what the passes did.
 *
 * @example
 * ```ts
 * import { certifyCircuit, check, GraphBuilder, type CertifiedCircuit } from "weightproof";
 *
 * const circuit = new GraphBuilder(["a"]).graph([{ name: "same", literal: 2 }]);
 * const verdict = certifyCircuit("wire", circuit);
 * const certified: CertifiedCircuit | undefined = verdict.verdict === "accepted" ? verdict.result : undefined;
 * check(certified?.text ?? "").verdict; // => "accepted"
 * ```
 */
export interface CertifiedCircuit {
  readonly certificate: CircuitCertificate;
  readonly text: string;
  readonly compiled: Compiled;
}

/** Claims about the margin are multiples of this. */
const GRID = 10_000_000n;
/** The bound of Theorem D.6 is stated with so many digits after the point. */
const BOUND_GRID = 10n ** 12n;
/** sigma is one of 2^-1 ... 2^-SIGMAS. */
const SIGMAS = 24n;

/**
 * Compiles a circuit and has the checkers decide every claim about the network.
 *
 * @param name a label
 *
 * @example
 * ```ts
 * import { certifyCircuit, GraphBuilder, words } from "weightproof";
 *
 * const builder = new GraphBuilder(["a", "b", "c"]);
 * const majority = words.majority(builder, words.word(builder, 0, 3));
 * const verdict = certifyCircuit("majority", builder.graph([{ name: "y", literal: majority }]));
 * verdict.verdict === "accepted" && verdict.result.certificate.verdicts.function.inputs; // => "8"
 * ```
 */
export function certifyCircuit(
  name: string,
  circuit: AndInverterGraph,
  options: CompileOptions = COMPILE_DEFAULTS,
  progress: Progress = () => undefined,
): Verdict<CircuitDecisionFault, CertifiedCircuit> {
  const compiled = compileCircuit(circuit, options);
  const { network } = compiled;
  progress("claims", 1, 4);
  const decided = decideNetwork(circuit, network);
  if (decided.verdict !== "accepted") return decided;
  const { data } = decided.result;
  const lower = largestMargin(data);
  if (lower === undefined)
    return rejected("margin", "verdicts.margin.lower", `no margin of at least 1/${GRID} can be shown for this circuit`);
  progress("claims", 2, 4);
  const theorem = bestTheorem(data);
  const flip = options.flip ? searchFlip(circuit, network) : null;
  progress("claims", 3, 4);
  const width = options.width ?? leastWidth(network);
  const verdicts = decideCircuit({ circuit, network, width, margin: { lower, ...theorem, flip } });
  if (verdicts.verdict !== "accepted") return verdicts;
  const [circuitJson, networkJson] = [encodeCircuit(circuit), encodeFeedForward(network)];
  const certificate: CircuitCertificate = {
    format: CERTIFICATE_FORMAT,
    version: CERTIFICATE_VERSION,
    system: "wei-chen-ma",
    statement: "circuit",
    reading: { name: "amended", amendments: CIRCUIT_AMENDMENTS },
    source: { name },
    circuit: circuitJson,
    width,
    digests: { circuit: digestOf(circuitJson), network: digestOf(networkJson) },
    verdicts: verdicts.result,
    network: networkJson,
  };
  progress("claims", 4, 4);
  return accepted({ certificate, text: printCircuitCertificate(certificate), compiled });
}

/** The largest multiple of 1/GRID at which the induction holds. */
function largestMargin(data: MarginData): Rational | undefined {
  const holds = (n: bigint): boolean => checkMargin(data, rational(n, GRID)).verdict === "accepted";
  let [low, high] = [0n, GRID];
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low === 0n ? undefined : rational(low, GRID);
}

/** The sigma with the largest bound, and the bound rounded down. */
function bestTheorem(data: MarginData): { readonly sigma: Rational; readonly bound: Rational } {
  let best: { readonly sigma: Rational; readonly bound: Rational } | undefined;
  for (let i = 1n; i <= SIGMAS; i++) {
    const sigma = rational(1n, 2n ** i);
    const exact = d6BoundAt(data, sigma);
    const floor = (exact.n * BOUND_GRID) / exact.d;
    if (floor === 0n) continue;
    const bound = rational(floor, BOUND_GRID);
    if (best === undefined || bound.gt(best.bound)) best = { sigma, bound };
  }
  if (best === undefined) throw new RangeError("bestTheorem: expected a bound of at least 10^-12");
  return best;
}

/** A perturbation that was found and replayed. */
export function searchFlip(circuit: AndInverterGraph, network: FeedForward): FlipJson | null {
  const found = findFlip(network, circuit.inputs.length);
  if (found === undefined) return null;
  const scale = 2n ** BigInt(ENTRY_BITS);
  const squares = found.entries.reduce((sum, [, , , numerator]) => sum + BigInt(numerator) ** 2n, 0n);
  const flip: FlipJson = {
    input: found.input.join(""),
    output: found.output,
    squaredNorm: formatRational(rational(squares, scale * scale)),
    entries: found.entries.map(([l, r, c, numerator]) => [l, r, c, formatRational(rational(BigInt(numerator), scale))]),
  };
  return checkFlip(circuit, network, flip, "flip").verdict === "accepted" ? flip : null;
}
