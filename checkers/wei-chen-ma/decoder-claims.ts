/** The claims about a decoder beside its step: corrections, norms, margin, exactness in floats, softmax, replays. */
import type {
  DecoderRunJson,
  DecoderVerdictsJson,
  FloatFormatJson,
} from "../../certificates/wei-chen-ma/decoder-certificate.js";
import { formatRational, parseRational, type Rational } from "../../spec/exact/rational.js";
import { startOfTape, stepTape, symbolUnderHead } from "../../spec/machines/tape-machine.js";
import type { Attention } from "../../spec/networks/attention.js";
import { oneNorm, type AffineMap, type AffineRow } from "../../spec/wei-chen-ma/affine.js";
import type { Decoder, TransformerLayer } from "../../spec/wei-chen-ma/decoder.js";
import { encodeOutput } from "../../spec/wei-chen-ma/decoder-step.js";
import { ROUND_RADIUS } from "../../spec/wei-chen-ma/round.js";
import { accepted, rejected, type Rejected, type Verdict } from "../verdict.js";
import type { Work } from "../work.js";
import { addsNothing } from "./check-attention.js";
import { checkCorrection } from "./check-correction.js";
import type { DecoderClaim } from "./check-step.js";
import { DecoderReplay, NotInteger } from "./decoder-replay.js";
import { largestWeight } from "./norms.js";

/** Passes of all replays of a certificate together; more are left undecided. */
export const MAX_REPLAYED_PASSES = 1024;

/** The corrections of all layers, of the weights that the margin's inequalities are for. */
export function checkCorrections({ layers }: Decoder): Verdict<"correction", DecoderVerdictsJson["correction"]> {
  const decided = new Set<string>();
  const numbers = new Map<AffineMap, number>();
  const numberOf = (map: AffineMap): number => numbers.get(map) ?? numbers.set(map, numbers.size).size - 1;
  for (const [j, { feedForward }] of layers.entries()) {
    const [, first, second] = feedForward;
    const key = `${numberOf(first)} ${numberOf(second)}`;
    if (decided.has(key)) continue;
    decided.add(key);
    const place = `decoder.layers[${j}].feedForward`;
    const named = (map: AffineMap) => ({ ...map, name: "", relu: true });
    const verdict = checkCorrection(named(first), named(second), `${place}[1]`, `${place}[2]`);
    if (verdict.verdict !== "accepted") return verdict;
    const other = verdict.result.units.findIndex((unit) => JSON.stringify(unit) !== ROUND_UNIT);
    if (other >= 0) {
      const message = "expected round as phi(phi(3 z - 1) - phi(3 z - 2)), of which the margin's inequalities speak";
      return rejected("correction", `${place}[2].rows[${other}]`, message);
    }
  }
  return accepted({ layers: layers.length, radius: formatRational(ROUND_RADIUS) });
}

const ROUND_UNIT = JSON.stringify({
  relus: [
    { slope: 3, bias: -1, weight: 1 },
    { slope: 3, bias: -2, weight: -1 },
  ],
  bias: 0,
});

/** All affine maps of a decoder, a layer's as often as it has them. */
function mapsOf({ layers }: Decoder): AffineMap[] {
  const attention = (module: Attention | null): AffineMap[] =>
    module === null ? [] : [module.query, module.key, module.value];
  return layers.flatMap(({ self, cross, feedForward }) => [...attention(self), ...attention(cross), ...feedForward]);
}

/** Vectors that are parameters: null keys and values, embedding, o_0, theta_cls. */
function vectorsOf({ layers, embedding, start, classifier }: Decoder): (readonly number[])[] {
  const attention = (module: Attention | null): (readonly number[])[] =>
    module === null ? [] : [module.nullKey, module.nullValue];
  return [
    ...embedding,
    start,
    classifier,
    ...layers.flatMap(({ self, cross }) => [...attention(self), ...attention(cross)]),
  ];
}

/** |theta|_1, p at the width that fits corrections, and the largest weight. */
export function decoderSizesAndNorms(decoder: Decoder): DecoderVerdictsJson["norms"] {
  const maps = mapsOf(decoder);
  const vectors = vectorsOf(decoder);
  const { layers, sizes } = decoder;
  const hidden = layers.flatMap(({ feedForward }) => feedForward.map(({ rows }) => rows.length));
  const width = Math.max(decoder.width, ...hidden);
  const sum = vectors.reduce(
    (total, vector) => total + BigInt(vector.reduce((inner, v) => inner + Math.abs(v), 0)),
    0n,
  );
  const most = vectors.reduce((max, vector) => vector.reduce((inner, v) => Math.max(inner, Math.abs(v)), max), 0);
  const w = BigInt(width);
  const map = w * w + w;
  // Two modules with three maps, a null key and a null value each; three layers of ReLUs.
  const layer = 2n * (3n * map + 2n * w) + 3n * map;
  const parameters = BigInt(layers.length) * layer + (BigInt(sizes.symbols) + 2n) * w;
  return {
    alpha: (oneNorm(maps) + sum).toString(),
    parameters: parameters.toString(),
    layers: layers.length,
    width,
    largestWeight: Math.max(most, largestWeight(maps)),
  };
}

/** Formats by the number of bits of their significand. */
const FORMATS: readonly (readonly [format: string, bits: number])[] = [
  ["bfloat16", 8],
  ["float16", 11],
  ["float32", 24],
  ["float64", 53],
];

/**
 * The largest absolute value that a partial sum of any affine map or score can have, whatever the order of its terms, and what follows
 * for floats. Inputs are 0 or 1, those of the second half of a correction at most 2. A mean sums its ties first.
 */
export function checkExactness({ layers }: Decoder): DecoderVerdictsJson["exactness"] {
  let largest = 0n;
  let value = 1n;
  // A row's sum is exact in doubles: at most 10^6 weights below 2^31. Sums of products of two such are not.
  const rowSum = ({ bias, entries }: AffineRow, input: number): bigint =>
    BigInt(entries.reduce((sum, [, weight]) => sum + Math.abs(weight) * input, Math.abs(bias)));
  const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);
  const see = (sum: bigint): void => void (largest = larger(largest, sum));
  for (const { self, cross, feedForward } of layers) {
    for (const module of [self, cross]) {
      if (module === null) continue;
      let [score, none] = [0n, 0n];
      for (const [r, row] of module.query.rows.entries()) {
        const query = rowSum(row, 1);
        const key = rowSum(module.key.rows[r] as AffineRow, 1);
        see(query);
        see(key);
        score += query * key;
        none += query * BigInt(Math.abs(module.nullKey[r] as number));
      }
      see(score);
      see(none);
      for (const [c, row] of module.value.rows.entries()) {
        const size = larger(rowSum(row, 1), BigInt(Math.abs(module.nullValue[c] as number)));
        value = larger(value, size);
        see(size + 1n);
      }
    }
    for (const [k, { rows }] of feedForward.entries()) for (const row of rows) see(rowSum(row, k === 2 ? 2 : 1));
  }
  const formats = FORMATS.map(([format, bits]): FloatFormatJson => {
    const integers = 2n ** BigInt(bits);
    return { format, exact: largest <= integers, ties: (integers / value).toString() };
  });
  return { largestSum: String(largest), formats };
}

/** Above e^-1, in units of 10^-10. */
const INVERSE_E = 3_678_794_412n;

/** Largest scale that is tried. */
const LARGEST_SCALE = 128;

/** From this exponent on every leak is below 1/4, whatever weights and sizes are within their limits: e^-1024 < 2^-1400. */
const LARGEST_EXPONENT = 1024;

/** How much of each module's leak a row of a function layer may read: sums of |weight| * spread. */
type LeakShare = readonly [self: bigint, cross: bigint];

/** What leaks in a layer; `shares` are those of its rows, each once, or undefined where scores of the second module leak. */
interface LayerLeaks {
  readonly gaps: readonly [self: number, cross: number];
  readonly shares: readonly LeakShare[] | undefined;
}

/**
 * The least integer scale s at which softmax(s * score) in place of hard-max leaves every coordinate of a function layer within
 * 1/4 of its value, so that the corrections give the same. Positions other than the best have together at most the weight
 * 2^w e^(-s gap) of softmax, because there are less than 2^w of them.
 */
export function softmaxScale(
  decoder: Decoder,
  gaps: readonly { readonly self: number | null; readonly cross: number | null }[],
): number | null {
  const layers = decoder.layers.map((layer, j) => leaksOf(layer, gaps[j] ?? { self: null, cross: null }));
  if (layers.some(({ shares }) => shares === undefined)) return null;
  for (let scale = 1; scale <= LARGEST_SCALE; scale++)
    if (layers.every((leaks) => leaksFit(leaks, scale, decoder.sizes.bits))) return scale;
  return null;
}

function leaksOf(
  { self, cross, feedForward: [map] }: TransformerLayer,
  gaps: { readonly self: number | null; readonly cross: number | null },
): LayerLeaks {
  const first = spreadsOf(self, gaps.self);
  const second = spreadsOf(cross, gaps.cross);
  const known: LayerLeaks["gaps"] = [gaps.self ?? 0, gaps.cross ?? 0];
  // What the first module leaks must not reach the scores of the second.
  const reads = gaps.cross !== null && cross !== null && !addsNothing(cross);
  if (reads && cross.query.rows.some(({ entries }) => entries.some(([column]) => first.has(column))))
    return { gaps: known, shares: undefined };
  const shares = new Map<string, LeakShare>();
  if (first.size + second.size > 0) {
    for (const { entries } of map.rows) {
      let [a, b] = [0n, 0n];
      for (const [column, weight] of entries) {
        const size = BigInt(Math.abs(weight));
        a += size * (first.get(column) ?? 0n);
        b += size * (second.get(column) ?? 0n);
      }
      shares.set(`${a} ${b}`, [a, b]);
    }
  }
  return { gaps: known, shares: [...shares.values()] };
}

/** The most less the least that a module may add to each coordinate, where that is not 0. */
function spreadsOf(module: Attention | null, gap: number | null): Map<number, bigint> {
  const spreads = new Map<number, bigint>();
  if (module === null || gap === null || addsNothing(module)) return spreads;
  for (const [c, { bias, entries }] of module.value.rows.entries()) {
    let [least, most] = [bias, bias];
    for (const [, w] of entries) {
      if (w < 0) least += w;
      else most += w;
    }
    const none = module.nullValue[c] as number;
    const spread = Math.max(most, none) - Math.min(least, none);
    if (spread > 0) spreads.set(c, BigInt(spread));
  }
  return spreads;
}

/** Whether every row reads at most 1/4 of leaks at a scale. */
function leaksFit({ gaps, shares = [] }: LayerLeaks, scale: number, bits: number): boolean {
  if (shares.length === 0) return true;
  const [first, second] = gaps.map((gap) => Math.min(scale * gap, LARGEST_EXPONENT)) as [number, number];
  const most = Math.max(first, second);
  // Over the common denominator 10^(10 most).
  const weight = (exponent: number): bigint =>
    INVERSE_E ** BigInt(exponent) * 10n ** BigInt(10 * (most - exponent)) * 2n ** BigInt(bits);
  const [x, y] = [weight(first), weight(second)];
  const limit = 10n ** BigInt(10 * most);
  return shares.every(([a, b]) => 4n * (a * x + b * y) <= limit);
}

/** Replays runs: each output must be that of the machine, in every coordinate. */
export function checkReplays(
  claim: DecoderClaim,
  runs: readonly Pick<DecoderRunJson, "input" | "passes">[],
  work: Work,
): Verdict<"replay-run" | "replay", DecoderRunJson[]> {
  const results: DecoderRunJson[] = [];
  for (const [r, { input, passes }] of runs.entries()) {
    const path = `verdicts.replay[${r}]`;
    const stranger = input.findIndex((symbol) => symbol >= claim.decoder.sizes.symbols);
    if (stranger >= 0) return rejected("replay-run", `${path}.input[${stranger}]`, "expected the index of a symbol");
    if (passes < 1 || passes > claim.passes)
      return rejected("replay-run", `${path}.passes`, `expected from 1 to ${claim.passes} passes, got ${passes}`);
    const run = replayRun(claim, input, passes, path, work);
    if ("verdict" in run) return run;
    results.push(run);
  }
  return accepted(results);
}

function replayRun(
  { machine, tape, decoder }: DecoderClaim,
  input: readonly number[],
  passes: number,
  path: string,
  work: Work,
): DecoderRunJson | Rejected<"replay"> {
  const replay = new DecoderReplay(decoder, input, work);
  let configuration = startOfTape(input);
  let haltsAt: number | null = null;
  for (let i = 1; i <= passes; i++) {
    if (i > 1) configuration = stepTape(machine, configuration, tape).after;
    const { state, head: position } = configuration;
    if (haltsAt === null && machine.halting[state] === true) haltsAt = i;
    const expected = encodeOutput(decoder.sizes, decoder.width, {
      state,
      symbol: symbolUnderHead(configuration),
      position,
    });
    let output: readonly number[];
    try {
      output = replay.next();
    } catch (error) {
      if (!(error instanceof NotInteger)) throw error;
      return rejected("replay", path, `pass ${i}: ${error.message}`);
    }
    const wrong = expected.findIndex((entry, c) => entry !== output[c]);
    if (wrong >= 0) {
      const witness = {
        pass: i,
        coordinate: wrong,
        output: String(output[wrong]),
        expected: expected[wrong] as number,
      };
      return rejected("replay", path, `pass ${i} gives another output than the machine's step`, witness);
    }
  }
  const { state, head } = configuration;
  return { input, passes, haltsAt, state, position: head, reads: replay.reads() };
}

/** A stated bound as a rational. @returns undefined if it is not spelled as one, or is negative */
export function boundOf(text: string): Rational | undefined {
  try {
    const value = parseRational(text);
    return value.s < 0n && value.n !== 0n ? undefined : value;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undefined;
  }
}
