/**
 * The margin bound of committed decoders, attacked: perturbations of all parameters at once whose norm is just below the bound, replayed
 * exactly. Deviations are dyadic, so a vector is integers over one denominator.
 */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DecoderCertificate } from "../../../certificates/wei-chen-ma/decoder-certificate.js";
import { decodeDecoder } from "../../../certificates/wei-chen-ma/decoder-json.js";
import { parseRational } from "../../../spec/exact/rational.js";
import type { Attention } from "../../../spec/networks/attention.js";
import type { AffineMap } from "../../../spec/wei-chen-ma/affine.js";
import { classify, decode, encode, positionalCode, type Decoder } from "../../../spec/wei-chen-ma/decoder.js";

/** Deviations of parameters are multiples of 2^-16. */
const BITS = 16n;

/** Entries over a denominator. */
interface Vector {
  readonly entries: readonly bigint[];
  readonly over: bigint;
}

/** A parameter: the name of a matrix or a vector, a row, and a column, -1 for the bias or of a vector. */
interface Parameter {
  readonly name: string;
  readonly row: number;
  readonly column: number;
}

/** What is added to parameters, in units of 2^-16. */
type Deviations = ReadonlyMap<string, ReadonlyMap<number, readonly (readonly [column: number, units: bigint])[]>>;

const FUNCTIONS = ["first", "second", "third"] as const;

function vector(entries: readonly number[]): Vector {
  return { entries: entries.map(BigInt), over: 1n };
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y > 0n) [x, y] = [y, x % y];
  return x;
}

function over(a: Vector, denominator: bigint): bigint[] {
  return a.entries.map((entry) => entry * (denominator / a.over));
}

function sum(a: Vector, b: Vector): Vector {
  const common = (a.over / greatestDivisor(a.over, b.over)) * b.over;
  const other = over(b, common);
  return { entries: over(a, common).map((entry, c) => entry + (other[c] as bigint)), over: common };
}

/** The decoder with deviations, pass by pass. */
class Perturbed {
  readonly #decoder: Decoder;
  readonly #deviations: Deviations;

  constructor(decoder: Decoder, deviations: Deviations) {
    this.#decoder = decoder;
    this.#deviations = deviations;
  }

  /** The signs of the outputs of the passes 1, ..., N. */
  signs(input: readonly number[], passes: number): number[] {
    const { sizes, width, start, layers, classifier } = this.#decoder;
    const encoded = encode(this.#decoder, input).map((symbols, j) =>
      this.#moved("embedding", vector(symbols), input[j] as number),
    );
    const histories = layers.map((): Vector[] => []);
    let output = this.#moved("start", vector(start));
    return Array.from({ length: passes }, (_, i) => {
      let h = sum(output, vector(positionalCode(sizes, width, i + 1)));
      for (const [j, { self, cross, feedForward }] of layers.entries()) {
        const history = histories[j] as Vector[];
        history.push(h);
        h = this.#attend(`${j}.self`, self, h, history);
        h = this.#attend(`${j}.cross`, cross, h, encoded);
        for (const [m, map] of feedForward.entries()) {
          const { entries, over: denominator } = this.#affine(`${j}.${FUNCTIONS[m] as string}`, map, h);
          h = { entries: entries.map((entry) => (entry < 0n ? 0n : entry)), over: denominator };
        }
      }
      output = h;
      const weights = this.#moved("classifier", vector(classifier)).entries;
      const value = h.entries.reduce((total, entry, c) => total + entry * (weights[c] as bigint), 0n);
      return value > 0n ? 1 : value < 0n ? -1 : 0;
    });
  }

  #moved(name: string, { entries }: Vector, row = 0): Vector {
    const moved = entries.map((entry) => entry << BITS);
    for (const [column, units] of this.#deviations.get(name)?.get(row) ?? [])
      moved[column] = (moved[column] as bigint) + units;
    return { entries: moved, over: 1n << BITS };
  }

  #affine(name: string, { rows }: AffineMap, { entries, over: denominator }: Vector): Vector {
    const added = this.#deviations.get(name);
    const term = (column: number, weight: bigint): bigint =>
      weight * (column === -1 ? denominator : (entries[column] as bigint));
    const exact = rows.map((row) =>
      row.entries.reduce((total, [column, weight]) => total + term(column, BigInt(weight)), term(-1, BigInt(row.bias))),
    );
    if (added === undefined) return { entries: exact, over: denominator };
    const moved = exact.map((value, r) =>
      (added.get(r) ?? []).reduce((total, [column, units]) => total + term(column, units), value << BITS),
    );
    return { entries: moved, over: denominator << BITS };
  }

  #attend(name: string, module: Attention | null, h: Vector, sequence: readonly Vector[]): Vector {
    if (module === null) {
      // Without query or key all scores are 0: the mean of all that the values of the perturbation say.
      if (!this.#deviations.has(`${name}.value`) && !this.#deviations.has(`${name}.nullValue`)) return h;
      const rows = h.entries.map(() => ({ bias: 0, entries: [] }));
      const none = h.entries.map(() => 0);
      const map = { inputs: rows.length, rows };
      return this.#attend(name, { query: map, key: map, value: map, nullKey: none, nullValue: none }, h, sequence);
    }
    const query = this.#affine(`${name}.query`, module.query, h);
    const keys = [
      this.#moved(`${name}.nullKey`, vector(module.nullKey)),
      ...sequence.map((one) => this.#affine(`${name}.key`, module.key, one)),
    ];
    const scores = keys.map((key) => ({
      value: query.entries.reduce((total, entry, r) => total + entry * (key.entries[r] as bigint), 0n),
      over: key.over,
    }));
    const best = scores.reduce((most, score) => (score.value * most.over > most.value * score.over ? score : most));
    const read = scores.flatMap((score, t) => (score.value * best.over === best.value * score.over ? [t] : []));
    const total = read
      .map((t) =>
        t === 0
          ? this.#moved(`${name}.nullValue`, vector(module.nullValue))
          : this.#affine(`${name}.value`, module.value, sequence[t - 1] as Vector),
      )
      .reduce(sum);
    return sum(h, { entries: total.entries, over: total.over * BigInt(read.length) });
  }
}

/** All names of parameters of a decoder with their rows and columns. */
function places(decoder: Decoder): (Parameter & { rows: number; columns: number })[] {
  const { width, embedding, layers } = decoder;
  const of = (name: string, rows: number, columns: number) => ({ name, rows, columns, row: 0, column: 0 });
  return [
    of("embedding", embedding.length, width),
    of("start", 1, width),
    of("classifier", 1, width),
    ...layers.flatMap(({ self, cross, feedForward }, j) => [
      ...Object.entries({ self, cross }).flatMap(([which, module]) => [
        ...(module === null
          ? []
          : [
              of(`${j}.${which}.query`, module.query.rows.length, width),
              of(`${j}.${which}.key`, module.key.rows.length, width),
              of(`${j}.${which}.nullKey`, 1, module.nullKey.length),
            ]),
        of(`${j}.${which}.value`, width, width),
        of(`${j}.${which}.nullValue`, 1, width),
      ]),
      ...feedForward.map(({ rows, inputs }, m) => of(`${j}.${FUNCTIONS[m] as string}`, rows.length, inputs)),
    ]),
  ];
}

/** A direction, scaled to a norm of at most the bound, and by less than a unit an entry below it. */
function deviationsBelow(bound: number, direction: readonly (Parameter & { weight: number })[]): Deviations {
  const merged = new Map(direction.map((one) => [`${one.name} ${one.row} ${one.column}`, one]));
  const norm = Math.hypot(...[...merged.values()].map(({ weight }) => weight));
  const found = new Map<string, Map<number, (readonly [number, bigint])[]>>();
  let squares = 0n;
  for (const { name, row, column, weight } of merged.values()) {
    const units = BigInt(Math.trunc((weight / norm) * bound * 2 ** Number(BITS)));
    squares += units * units;
    const rows = found.get(name) ?? new Map<number, (readonly [number, bigint])[]>();
    rows.set(row, [...(rows.get(row) ?? []), [column, units]]);
    found.set(name, rows);
  }
  expect(squares <= BigInt(Math.floor((bound * 2 ** Number(BITS)) ** 2))).toBe(true);
  return found;
}

function load(name: string) {
  const text = readFileSync(resolve(import.meta.dirname, `../../../certificates/wei-chen-ma/${name}.json`), "utf8");
  const certificate = JSON.parse(text) as DecoderCertificate;
  return { certificate, decoder: decodeDecoder(certificate.decoder, "decoder") };
}

/** The true signs, as the definition computes them. */
function trueSigns(decoder: Decoder, input: readonly number[], passes: number): number[] {
  const signs: number[] = [];
  for (const { hidden } of decode(decoder, input)) {
    const value = classify(decoder, hidden.at(-1) ?? []);
    signs.push(value.n === 0n ? 0 : Number(value.s));
    if (signs.length === passes) return signs;
  }
  return signs;
}

describe("the margin of decoders", () => {
  it.each([
    ["bb2", [], 30],
    ["bb2", [1], 20],
    ["bb2x3", [], 8],
    ["one-way", [], 4],
  ] as const)("should keep the labels of %s on %j below its bound", (name, input, runs) => {
    const { certificate, decoder } = load(name);
    const passes = Math.min(certificate.passes, 7);
    const truth = trueSigns(decoder, input, passes);
    expect(new Perturbed(decoder, new Map()).signs(input, passes)).toEqual(truth);
    const bound = Number(parseRational(certificate.verdicts.margin.bound).valueOf());
    const flip = (certificate.verdicts.margin.flip?.entries ?? []).map(([j, m, row, column, value]) => ({
      name: `${j}.${FUNCTIONS[m] as string}`,
      row,
      column: column ?? -1,
      weight: Number(parseRational(value).valueOf()),
    }));
    const all = places(decoder);
    const parameter = fc
      .record({
        place: fc.constantFrom(...all),
        row: fc.nat(),
        column: fc.nat(),
        weight: fc.integer({ min: -8, max: 8 }),
      })
      .map(({ place, row, column, weight }) => {
        const isMap = /query|key|value|first|second|third/.test(place.name);
        const first = isMap ? -1 : 0;
        return {
          name: place.name,
          row: row % place.rows,
          column: (column % (place.columns - first)) + first,
          weight: weight === 0 ? 1 : weight,
        };
      });
    // Just above its own norm the stated flip changes a label: the evaluation does see perturbations.
    if (input.length === 0 && certificate.verdicts.margin.flip?.passes === passes) {
      const norm = Math.hypot(...flip.map(({ weight }) => weight));
      expect(new Perturbed(decoder, deviationsBelow(1.01 * norm, flip)).signs(input, passes)).not.toEqual(truth);
    }
    fc.assert(
      fc.property(
        fc.array(parameter, { minLength: 1, maxLength: 120 }),
        fc.constantFrom(0, 1, 100),
        (random, share) => {
          const direction = [...random, ...flip.map((one) => ({ ...one, weight: share * 8 * one.weight }))];
          const deviations = deviationsBelow(
            bound,
            direction.filter(({ weight }) => weight !== 0),
          );
          const signs = new Perturbed(decoder, deviations).signs(input, passes);
          for (const [i, sign] of truth.entries()) if (sign !== 0) expect(signs[i]).toBe(sign);
        },
      ),
      { numRuns: runs, seed: 20261126 },
    );
  });
});
