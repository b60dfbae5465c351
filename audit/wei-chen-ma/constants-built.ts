/** Sections 3 and 4, appendices B and C: sizes and 1-norms of what is built, against what the text allows. */
import { machineToDecoder } from "../../construction/wei-chen-ma/machine-to-decoder.js";
import type { FunctionLayer } from "../../construction/wei-chen-ma/decoder-passes.js";
import { rational, type Rational } from "../../spec/exact/rational.js";
import type { Attention } from "../../spec/networks/attention.js";
import { oneNorm } from "../../spec/wei-chen-ma/affine.js";
import { decode, type Pass } from "../../spec/wei-chen-ma/decoder.js";
import type { DecoderSizes } from "../../spec/wei-chen-ma/decoder-layout.js";
import { unless, type Computation } from "../computation.js";
import { decimal, showDecimal } from "../decimal.js";
import { largestSteps, MACHINE, measured, measuredCircuits } from "./built.js";
import { mixedMachine } from "./mixed-machine.js";

/** Most bits of a position that are built. */
const MOST_BITS = 40;

function larger(a: Rational | undefined, b: Rational): Rational {
  return a === undefined || b.gt(a) ? b : a;
}

function show(value: Rational): string {
  return showDecimal(decimal(value.n, value.d), 6);
}

/** Theorem 3.1: alpha, d and w against s, q and r, on all circuits of the gallery. */
function circuits() {
  const list = measuredCircuits();
  let [norm, depth, width]: (Rational | undefined)[] = [];
  let wrong: string | undefined;
  for (const one of list) {
    norm = larger(norm, rational(one.alpha, BigInt(one.size)));
    depth = larger(depth, rational(BigInt(one.layers), BigInt(one.depth)));
    width = larger(width, rational(BigInt(one.leastWidth), BigInt(one.width)));
    if (one.layers !== 4 * one.depth - 6) wrong = `${one.name} has ${one.layers} layers with ReLUs`;
    // A gate has at most 5, its correction 11, an output's map 3.
    if (one.alpha > 16n * BigInt(one.size)) wrong = `${one.name} has a 1-norm of ${one.alpha}`;
    if (one.leastWidth > 2 * one.width) wrong = `${one.name} is ${one.leastWidth} wide`;
  }
  return {
    instance: `the gallery's circuits: ${list.map(({ name }) => name).join(", ")}`,
    printed: unless(wrong, "d = 4 q - 6, w = 2 r is enough, |theta|_1 <= 16 s"),
    numbers: {
      circuits: String(list.length),
      "alpha / s at most": show(norm as Rational),
      "d / q at most": show(depth as Rational),
      "w / r at most": show(width as Rational),
    },
  };
}

function attentionNorm(module: Attention | null): bigint {
  if (module === null) return 0n;
  const nulls = [...module.nullKey, ...module.nullValue].reduce((sum, entry) => sum + Math.abs(entry), 0);
  return oneNorm([module.query, module.key, module.value]) + BigInt(nulls);
}

function layerNorm({ self, cross, map }: FunctionLayer): bigint {
  return attentionNorm(self) + attentionNorm(cross) + oneNorm([map]);
}

/** What each lemma allows its 1-norm to be a constant times of; C.4 speaks of its attention alone. */
const ALLOWED: readonly (readonly [
  name: string,
  allowed: (sizes: DecoderSizes) => number,
  norm: (of: readonly FunctionLayer[]) => bigint,
])[] = [
  ["C.1", ({ states, symbols, bits }) => states * symbols + bits, sumOver("C.1")],
  ["C.2", ({ states, symbols, bits }) => bits * (states + symbols + bits), sumOver("C.2")],
  [
    "C.4",
    ({ bits }) => bits,
    (layers) => layers.filter(({ lemma }) => lemma === "C.4").reduce((sum, { self }) => sum + attentionNorm(self), 0n),
  ],
  [
    "C.5, a step",
    ({ states, symbols, bits }) => states + symbols + bits,
    (layers) => most(layers.filter(({ lemma }) => lemma === "C.5").map(layerNorm)),
  ],
  ["C.6, C.7", ({ states, symbols, bits }) => states + symbols + bits, sumOver("C.6, C.7, C.8")],
  ["C.8", ({ states, symbols, bits }) => states + symbols + bits, sumOver("C.8")],
];

function sumOver(name: string): (layers: readonly FunctionLayer[]) => bigint {
  return (layers) => layers.filter(({ lemma }) => lemma === name).reduce((sum, layer) => sum + layerNorm(layer), 0n);
}

function most(values: readonly bigint[]): bigint {
  return values.reduce((a, b) => (b > a ? b : a), 0n);
}

/** Lemmas C.1 to C.8: 1-norms of their layers against what they allow. */
function lemmaNorms() {
  const ratios = new Map<string, Rational>();
  let count = 0;
  for (const states of [1, 2, 4, 8]) {
    for (const symbols of [1, 2, 4, 8]) {
      for (const bits of [2, 3, 5, 8, 12]) {
        count++;
        const machine = mixedMachine(states, symbols);
        const { decoder, functions } = machineToDecoder({ machine, passes: largestSteps(bits) + 1 });
        for (const [name, allowed, norm] of ALLOWED)
          ratios.set(name, larger(ratios.get(name), rational(norm(functions), BigInt(allowed(decoder.sizes)))));
      }
    }
  }
  const beyond = [...ratios].find(([, ratio]) => ratio.gt(rational(20n)));
  return {
    instance: "machines of 1, 2, 4, 8 states and symbols, positions of 2 to 12 bits",
    printed: unless(
      beyond && `${beyond[0]} takes ${show(beyond[1])} times what is allowed`,
      "at most 20 times the printed expressions",
    ),
    numbers: {
      decoders: String(count),
      ...Object.fromEntries([...ratios].map(([name, ratio]) => [`${name} at most`, show(ratio)])),
    },
  };
}

/** Theorem 4.1: layers, width and 1-norm over T. */
function decoders() {
  let [layers, width, norm, wrong]: [Rational?, Rational?, Rational?, string?] = [];
  for (let bits = 3; bits <= MOST_BITS; bits++) {
    const one = measured(MACHINE, bits);
    if (one.layers !== 2 * bits + 6) wrong = `${one.layers} layers at w = ${bits}`;
    const pairs = one.states * one.symbols;
    layers = larger(layers, rational(BigInt(one.layers), BigInt(bits)));
    width = larger(width, rational(BigInt(one.width), BigInt(pairs + bits)));
    norm = larger(norm, rational(one.alpha, BigInt(bits * (pairs + bits))));
  }
  return {
    instance: `${MACHINE}, T = 2^w - 2 for w = 3 ... ${MOST_BITS}`,
    printed: unless(wrong, "2 w + 6 layers; width and 1-norm are bounded multiples of k |A| + w and w (k |A| + w)"),
    numbers: {
      layers: "2 w + 6",
      "layers / w at most": show(layers as Rational),
      "width / (k |A| + w) at most": show(width as Rational),
      "alpha / (w (k |A| + w)) at most": show(norm as Rational),
    },
  };
}

/** Sections 1 and 4.2: bits of the largest weight. */
function weightBits() {
  const bits: number[] = [];
  let wrong: string | undefined;
  for (let w = 3; w <= MOST_BITS; w++) {
    const { largestWeight } = measured(MACHINE, w);
    if (largestWeight !== 2 * w - 1) wrong = `the largest weight at w = ${w} is ${largestWeight}`;
    bits.push(largestWeight.toString(2).length);
  }
  return {
    instance: `${MACHINE}, w = 3 ... ${MOST_BITS}`,
    printed: unless(wrong, "integers up to 2 w - 1, so log2 w + 1 bits and a sign"),
    numbers: { "bits at w = 3": String(bits[0]), [`bits at w = ${MOST_BITS}`]: String(bits.at(-1)) },
  };
}

/** Proof of Theorem 4.1, Condition D.4: how many entries of a hidden vector are not 0, on runs of a small machine. */
function nonzeroEntries() {
  const machine = mixedMachine(1, 1);
  let [most, allowed, ratio]: [number, number, Rational | undefined] = [0, 0, undefined];
  let wrong: string | undefined;
  for (const bits of [2, 3, 4]) {
    const passes = largestSteps(bits) + 1;
    const { decoder } = machineToDecoder({ machine, passes });
    const { states, symbols } = decoder.sizes;
    allowed = states + symbols + bits;
    const runs = decode(decoder, []);
    for (let i = 1; i <= passes; i++) {
      const { hidden } = runs.next().value as Pass;
      for (const vector of hidden) most = Math.max(most, vector.filter((entry) => entry.n !== 0n).length);
    }
    if (most > allowed) wrong ??= `w = ${bits}: ${most} entries, and k + |A| + w = ${allowed}`;
    ratio = larger(ratio, rational(BigInt(most), BigInt(allowed)));
  }
  return {
    instance: "a machine of one state and one symbol, w = 2, 3, 4, every pass",
    printed: unless(wrong, "at most k + |A| + w entries"),
    amended: unless(
      (ratio as Rational).gt(rational(4n)) ? "more than 4 times as many" : undefined,
      "at most 4 (k + |A| + w): three positions, i' and a few more",
    ),
    numbers: { "most, w = 4": String(most), "k + |A| + w": String(allowed), "ratio at most": show(ratio as Rational) },
  };
}

/** Sizes and norms. */
export const BUILT_COMPUTATIONS: readonly Computation[] = [
  { name: "circuits-measured", about: "Sizes and norms of the gallery's circuits as networks.", run: circuits },
  { name: "norms-of-the-lemmas", about: "1-norms of the layers of Lemmas C.1 to C.8.", run: lemmaNorms },
  { name: "decoders-measured", about: "Layers, width and 1-norm of decoders over T.", run: decoders },
  { name: "nonzero-entries", about: "Entries of hidden vectors that are not 0.", run: nonzeroEntries },
  { name: "bits-of-a-weight", about: "How many bits the largest weight takes.", run: weightBits },
];
