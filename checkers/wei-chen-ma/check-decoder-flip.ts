/**
 * An upper bound of the all-layer margin: a perturbation of parameters after which the output has another sign, replayed exactly in
 * rationals. Its squared norm and the output are computed again; perturbed weights are shared by all passes, as (2.1) has it.
 */
import type { FlipEntryJson, FlipJson } from "../../certificates/wei-chen-ma/decoder-certificate.js";
import { formatRational, parseRational, rational, ZERO, type Rational } from "../../spec/exact/rational.js";
import { startOfTape, stepTape } from "../../spec/machines/tape-machine.js";
import type { Attention } from "../../spec/networks/attention.js";
import type { AffineMap } from "../../spec/wei-chen-ma/affine.js";
import { encode, positionalCode, type Decoder } from "../../spec/wei-chen-ma/decoder.js";
import { fitsCapacity } from "../../spec/wei-chen-ma/decoder-layout.js";
import { accepted, rejected, type Verdict } from "../verdict.js";
import type { Work } from "../work.js";
import { addsNothing } from "./check-attention.js";
import type { DecoderClaim } from "./check-step.js";

/** Passes of a perturbed run; its rationals may grow with every one. */
export const MAX_FLIP_PASSES = 64;

/** Bits of numerators and denominators of a perturbed run, and of the common denominator of its entries; longer ones are rejected. */
export const MAX_FLIP_BITS = 4096;

/** What a rational costs, in numbers to keep. */
const RATIONAL_SIZE = 16;

/** A map in rationals, with what is added to it. */
interface RationalMap {
  readonly map: AffineMap;
  readonly added: ReadonlyMap<number, readonly (readonly [column: number | null, value: Rational])[]>;
}

/** Decides a flip. */
export function checkDecoderFlip(claim: DecoderClaim, flip: FlipJson, work: Work): Verdict<"flip", FlipJson> {
  const { decoder, machine, tape, label } = claim;
  const { input, passes } = flip;
  const fail = (path: string, message: string): Verdict<"flip", never> =>
    rejected("flip", `verdicts.margin.flip.${path}`, message);
  if (passes < 1 || passes > Math.min(claim.passes, MAX_FLIP_PASSES))
    return fail("passes", `expected from 1 to ${Math.min(claim.passes, MAX_FLIP_PASSES)} passes`);
  if (input.some((symbol) => symbol >= decoder.sizes.symbols)) return fail("input", "expected indices of symbols");
  if (!fitsCapacity(decoder.sizes.bits, claim.passes, input.length, tape))
    return fail("input", "expected an input within capacity");
  const read = readEntries(decoder, flip.entries);
  if (typeof read === "string") return fail("entries", read);
  let configuration = startOfTape(input);
  for (let i = 1; i < passes; i++) configuration = stepTape(machine, configuration, tape).after;
  const truth = label.accept.includes(configuration.state) ? 1 : label.reject.includes(configuration.state) ? -1 : 0;
  if (truth === 0) return fail("passes", "expected a run that ends in a state with a label");
  const output = perturbedOutput(decoder, input, passes, read.maps, work);
  if (output === undefined) return fail("entries", `expected rationals of at most ${MAX_FLIP_BITS} bits`);
  const sign = output.n === 0n ? 0 : Number(output.s);
  if (sign === truth) return fail("output", "expected another sign than the label's, or 0");
  const computed = { ...flip, squaredNorm: formatRational(read.squaredNorm), output: formatRational(output) };
  return computed.squaredNorm !== flip.squaredNorm || computed.output !== flip.output
    ? rejected("flip", "verdicts.margin.flip", "stated norm and output are others", {
        squaredNorm: computed.squaredNorm.slice(0, 200),
        output: computed.output.slice(0, 200),
      })
    : accepted(computed);
}

/** What a perturbation comes to: its squared norm and the output after it; undefined if it is malformed or its rationals grow too long. */
export function replayFlip(
  decoder: Decoder,
  { input, passes, entries }: Pick<FlipJson, "input" | "passes" | "entries">,
  work: Work,
): { readonly squaredNorm: Rational; readonly output: Rational } | undefined {
  const read = readEntries(decoder, entries);
  if (typeof read === "string") return undefined;
  const output = perturbedOutput(decoder, input, passes, read.maps, work);
  return output === undefined ? undefined : { squaredNorm: read.squaredNorm, output };
}

/** The perturbed maps, by layer and place 0, 1, 2 of its function and corrections. */
function readEntries(
  { layers }: Decoder,
  entries: readonly FlipEntryJson[],
): { readonly maps: readonly (readonly RationalMap[])[]; readonly squaredNorm: Rational } | string {
  const added = layers.map(({ feedForward }) =>
    feedForward.map(() => new Map<number, (readonly [number | null, Rational])[]>()),
  );
  let [squares, common] = [0n, 1n];
  let before = "";
  for (const [layer, place, row, column, text] of entries) {
    const map = layers[layer]?.feedForward[place];
    if (map === undefined || row >= map.rows.length || (column !== null && column >= map.inputs))
      return `expected places of parameters, got ${layer}, ${place}, ${row}, ${column}`;
    const key = [layer, place, row, column === null ? 0 : column + 1]
      .map((part) => String(part).padStart(16, "0"))
      .join(" ");
    if (key <= before) return "expected places in rising order, each once, biases before columns";
    before = key;
    let value: Rational;
    try {
      value = parseRational(text);
    } catch {
      return `expected a reduced rational, got ${text.slice(0, 60)}`;
    }
    const rows = added[layer]?.[place] as Map<number, (readonly [number | null, Rational])[]>;
    rows.set(row, [...(rows.get(row) ?? []), [column, value]]);
    // Sums are taken over one denominator, whose length is known before they are.
    const joined = leastCommonMultiple(common, value.d);
    if (isLong(joined)) return `expected a common denominator of at most ${MAX_FLIP_BITS} bits`;
    squares = squares * (joined / common) ** 2n + (value.n * (joined / value.d)) ** 2n;
    common = joined;
  }
  const squaredNorm = rational(squares, common * common);
  const maps = layers.map(({ feedForward }, j) =>
    feedForward.map((map, place) => ({ map, added: added[j]?.[place] ?? new Map() })),
  );
  return { maps, squaredNorm };
}

function isLong(value: bigint): boolean {
  return value >> BigInt(MAX_FLIP_BITS) > 0n;
}

function leastCommonMultiple(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return (a / x) * b;
}

/** F(x, theta + delta); undefined if a rational grew too long. */
function perturbedOutput(
  decoder: Decoder,
  input: readonly number[],
  passes: number,
  maps: readonly (readonly RationalMap[])[],
  work: Work,
): Rational | undefined {
  const rationals = (vector: readonly number[]): Rational[] => vector.map((entry) => rational(BigInt(entry)));
  const modules = decoder.layers.flatMap(({ cross }) => (cross === null || addsNothing(cross) ? [] : [cross]));
  const kept = modules.reduce((sum, { key, value }) => sum + key.rows.length + value.rows.length, decoder.width);
  work.keep(RATIONAL_SIZE * input.length * kept);
  const encoded = encode(decoder, input).map(rationals);
  const memories = decoder.layers.map(({ self, cross }) => ({
    self: { keys: [] as Rational[][], values: [] as Rational[][] },
    cross: {
      keys:
        cross === null || addsNothing(cross)
          ? []
          : encoded.map((e) => affine({ map: cross.key, added: NONE }, e, work)),
      values:
        cross === null || addsNothing(cross)
          ? []
          : encoded.map((e) => affine({ map: cross.value, added: NONE }, e, work)),
    },
    selfModule: self === null || addsNothing(self) ? undefined : self,
    crossModule: cross === null || addsNothing(cross) ? undefined : cross,
  }));
  let h = rationals(decoder.start);
  for (let i = 1; i <= passes; i++) {
    const code = positionalCode(decoder.sizes, decoder.width, i);
    h = h.map((entry, c) => entry.add(code[c] as number));
    for (const [j, { self, cross, selfModule, crossModule }] of memories.entries()) {
      if (selfModule !== undefined) {
        self.keys.push(affine({ map: selfModule.key, added: NONE }, h, work));
        self.values.push(affine({ map: selfModule.value, added: NONE }, h, work));
        h = attend(selfModule, h, self, work);
      }
      if (crossModule !== undefined) h = attend(crossModule, h, cross, work);
      for (const map of maps[j] ?? []) {
        h = affine(map, h, work).map((value) => (value.s < 0n ? ZERO : value));
        if (h.some(({ n, d }) => isLong(n) || isLong(d))) return undefined;
      }
    }
  }
  return decoder.classifier.reduce((sum, weight, c) => sum.add((h[c] as Rational).mul(weight)), ZERO);
}

const NONE: RationalMap["added"] = new Map();

function affine({ map, added }: RationalMap, input: readonly Rational[], work: Work): Rational[] {
  return map.rows.map(({ bias, entries }, r) => {
    work.spend(64 * (1 + entries.length));
    let sum = rational(BigInt(bias));
    for (const [column, weight] of entries) {
      const entry = input[column] as Rational;
      if (entry.n !== 0n) sum = sum.add(entry.mul(weight));
    }
    for (const [column, value] of added.get(r) ?? []) {
      work.spend(64);
      sum = sum.add(column === null ? value : value.mul(input[column] as Rational));
    }
    return sum;
  });
}

function attend(
  module: Attention,
  h: readonly Rational[],
  { keys, values }: { readonly keys: readonly Rational[][]; readonly values: readonly Rational[][] },
  work: Work,
): Rational[] {
  const query = affine({ map: module.query, added: NONE }, h, work);
  work.spend(64 * (keys.length + 1) * query.length);
  const dot = (key: readonly (Rational | number)[]): Rational =>
    query.reduce((sum, entry, r) => (isZero(key[r]) ? sum : sum.add(entry.mul(key[r] as Rational))), ZERO);
  const scores = [dot(module.nullKey), ...keys.map(dot)];
  const best = scores.reduce((most, score) => (score.gt(most) ? score : most));
  const positions = scores.flatMap((score, t) => (score.equals(best) ? [t] : []));
  return h.map((entry, c) => {
    const sum = positions.reduce((total, t) => {
      const value = (t === 0 ? module.nullValue[c] : values[t - 1]?.[c]) as Rational;
      return isZero(value) ? total : total.add(value);
    }, ZERO);
    return isZero(sum) ? entry : entry.add(sum.div(rational(BigInt(positions.length))));
  });
}

/** What adds nothing is not added: fractions take long, and most entries are 0. */
function isZero(value: Rational | number | undefined): boolean {
  return typeof value === "object" ? value.n === 0n : value === 0;
}
