/**
 * The transformer of section 4.1 as a definition: encoder embedding, positional code, transformer layer, decoder loop and
 * classifier. Exact and plain: the i-th pass costs O(i) evaluations of everything. Engines and checkers are compared with it.
 */
import { rational, ZERO, type Rational } from "../exact/rational.js";
import { affineInRationals, attend, type Attention } from "../networks/attention.js";
import type { AffineMap } from "./affine.js";
import { bin, decoderGroups, type DecoderSizes } from "./decoder-layout.js";

/**
 * A layer Tr: decoder self-attention, encoder-decoder attention, three layers of ReLUs. An absent module has all parameters 0
 * and adds 0; its parameters count all the same. In our constructions the last two of the three are round.
 */
export interface TransformerLayer {
  readonly self: Attention | null;
  readonly cross: Attention | null;
  readonly feedForward: readonly [AffineMap, AffineMap, AffineMap];
}

/** A decoder and its encoder. */
export interface Decoder {
  readonly sizes: DecoderSizes;
  readonly width: number;
  /** E: the column of each symbol. Shape: symbols x width. */
  readonly embedding: readonly (readonly number[])[];
  /** o_0, which beta(1) is added to: the trainable vector (amendment `initial-output`). Shape: width. */
  readonly start: readonly number[];
  readonly layers: readonly TransformerLayer[];
  /** theta_cls. Shape: width. */
  readonly classifier: readonly number[];
}

/** beta(i): Bin(i) in pos1, 0 elsewhere. */
export function positionalCode(sizes: DecoderSizes, width: number, i: number): number[] {
  const code = Array.from({ length: width }, () => 0);
  const { step } = decoderGroups(sizes);
  for (const [j, bit] of bin(i, sizes.bits).entries()) code[step + j] = bit;
  return code;
}

/** The encoder: Enc_j(x) = E_(x_j) + beta(j), j = 1, ..., m. @param input indices of symbols */
export function encode({ sizes, width, embedding }: Decoder, input: readonly number[]): number[][] {
  return input.map((symbol, j) => {
    const code = positionalCode(sizes, width, j + 1);
    return (embedding[symbol] as readonly number[]).map((entry, c) => entry + (code[c] as number));
  });
}

/** One pass of the decoder: h^(0), ..., h^(d) and the positions that each layer's two modules read. */
export interface Pass {
  readonly hidden: readonly (readonly Rational[])[];
  readonly self: readonly (readonly number[])[];
  readonly cross: readonly (readonly number[])[];
}

/**
 * The passes 1, 2, ... of a decoder on an input, one by one, without end.
 *
 * @param input indices of symbols
 */
export function* decode(decoder: Decoder, input: readonly number[]): Generator<Pass> {
  const rationals = (vector: readonly number[]): Rational[] => vector.map((entry) => rational(BigInt(entry)));
  const encoded = encode(decoder, input).map(rationals);
  const history: Rational[][][] = decoder.layers.map(() => []);
  let output = rationals(decoder.start);
  for (let i = 1; ; i++) {
    const code = positionalCode(decoder.sizes, decoder.width, i);
    let h = output.map((entry, c) => entry.add(code[c] as number));
    const hidden = [h];
    const [self, cross]: [number[][], number[][]] = [[], []];
    for (const [j, layer] of decoder.layers.entries()) {
      const before = history[j] as Rational[][];
      before.push(h);
      const first = layer.self === null ? { output: h, positions: [] } : attend(layer.self, h, before);
      const second = layer.cross === null ? { ...first, positions: [] } : attend(layer.cross, first.output, encoded);
      self.push([...first.positions]);
      cross.push([...second.positions]);
      h = layer.feedForward.reduce<Rational[]>(
        (vector, map) => affineInRationals(map, vector).map((entry) => (entry.s < 0n ? ZERO : entry)),
        [...second.output],
      );
      hidden.push(h);
    }
    output = h;
    yield { hidden, self, cross };
  }
}

/** The classifier (4.1): theta_cls times the last pass' output. Its sign is the label. */
export function classify({ classifier }: Decoder, output: readonly Rational[]): Rational {
  return classifier.reduce((sum, weight, c) => sum.add((output[c] as Rational).mul(weight)), ZERO);
}
