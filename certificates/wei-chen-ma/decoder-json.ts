/**
 * Decoders as JSON. Affine maps stand in a list and are named by their index, because most layers share most of theirs (all round
 * alike); vectors are sparse. Every map is named, and no two are equal, so a decoder has one spelling.
 */
import type { Attention } from "../../spec/networks/attention.js";
import type { AffineMap } from "../../spec/wei-chen-ma/affine.js";
import type { Decoder, TransformerLayer } from "../../spec/wei-chen-ma/decoder.js";
import {
  AFFINE_LIMITS,
  AffineBudget,
  AffineJsonError,
  decodeAffine,
  encodeAffine,
  type AffineMapJson,
} from "./affine-json.js";

/** [[coordinate, "integer"], ...]: coordinates rise strictly, no integer is "0"; all others are 0. */
export type SparseVectorJson = readonly (readonly [coordinate: number, value: string])[];

/** An attention module; maps by index. */
export interface AttentionJson {
  /** Indices of maps. */
  readonly query: number;
  readonly key: number;
  readonly value: number;
  readonly nullKey: SparseVectorJson;
  readonly nullValue: SparseVectorJson;
}

/** A layer; maps by index. */
export interface TransformerLayerJson {
  readonly self: AttentionJson | null;
  readonly cross: AttentionJson | null;
  readonly feedForward: readonly [number, number, number];
}

/** A decoder; DECODER.md, "The decoder". */
export interface DecoderJson {
  readonly states: number;
  readonly symbols: number;
  readonly bits: number;
  readonly width: number;
  readonly embedding: readonly SparseVectorJson[];
  readonly start: SparseVectorJson;
  readonly classifier: SparseVectorJson;
  readonly maps: readonly AffineMapJson[];
  readonly layers: readonly TransformerLayerJson[];
}

/** The JSON form of a decoder. @throws {AffineJsonError} if a weight is no integer within the limits */
export function encodeDecoder(decoder: Decoder): DecoderJson {
  const maps: AffineMapJson[] = [];
  const indices = new Map<string, number>();
  const seen = new Map<AffineMap, number>();
  const indexOf = (map: AffineMap): number => {
    const known = seen.get(map);
    if (known !== undefined) return known;
    const json = encodeAffine(map);
    const text = JSON.stringify(json);
    const index = indices.get(text) ?? maps.push(json) - 1;
    indices.set(text, index);
    seen.set(map, index);
    return index;
  };
  const attention = (module: Attention | null): AttentionJson | null =>
    module === null
      ? null
      : {
          query: indexOf(module.query),
          key: indexOf(module.key),
          value: indexOf(module.value),
          nullKey: encodeVector(module.nullKey),
          nullValue: encodeVector(module.nullValue),
        };
  const layers = decoder.layers.map(({ self, cross, feedForward: [first, second, third] }): TransformerLayerJson => {
    const modules = { self: attention(self), cross: attention(cross) };
    return { ...modules, feedForward: [indexOf(first), indexOf(second), indexOf(third)] };
  });
  const { sizes, width, embedding, start, classifier } = decoder;
  const { states, symbols, bits } = sizes;
  const vectors = { start: encodeVector(start), classifier: encodeVector(classifier) };
  return { states, symbols, bits, width, embedding: embedding.map(encodeVector), ...vectors, maps, layers };
}

function encodeVector(vector: readonly number[]): SparseVectorJson {
  return vector.flatMap((value, c) => (value === 0 ? [] : [[c, String(value)] as const]));
}

/** The decoder that JSON of the schema's shape spells. @throws {AffineJsonError} at the first condition that fails */
export function decodeDecoder(json: DecoderJson, path: string): Decoder {
  const { states, symbols, bits, width } = json;
  if (width > AFFINE_LIMITS.width)
    throw new AffineJsonError(`${path}.width`, `expected at most ${AFFINE_LIMITS.width}`);
  // Dense vectors are made of these; the limit is that of all rows together.
  const dense = (json.embedding.length + 2 * json.layers.length + 2) * width;
  if (dense > AFFINE_LIMITS.entries)
    throw new AffineJsonError(`${path}.width`, `expected fewer coordinates in all vectors together`);
  const budget = new AffineBudget();
  const maps = json.maps.map((map, i) => decodeAffine(map, `${path}.maps[${i}]`, budget));
  const named = new Set<number>();
  const mapOf = (index: number, at: string): AffineMap => {
    const map = maps[index];
    if (map === undefined)
      throw new AffineJsonError(at, `expected the index of a map, below ${maps.length}, got ${index}`);
    if (!named.has(index) && index !== named.size)
      throw new AffineJsonError(at, `expected maps to be named in their order, ${named.size} next, got ${index}`);
    named.add(index);
    return map;
  };
  const attention = (module: AttentionJson | null, at: string): Attention | null => {
    if (module === null) return null;
    const query = mapOf(module.query, `${at}.query`);
    return {
      query,
      key: mapOf(module.key, `${at}.key`),
      value: mapOf(module.value, `${at}.value`),
      nullKey: decodeVector(module.nullKey, query.rows.length, `${at}.nullKey`),
      nullValue: decodeVector(module.nullValue, width, `${at}.nullValue`),
    };
  };
  const layers = json.layers.map(({ self, cross, feedForward: [first, second, third] }, j): TransformerLayer => {
    const at = `${path}.layers[${j}]`;
    return {
      self: attention(self, `${at}.self`),
      cross: attention(cross, `${at}.cross`),
      feedForward: [
        mapOf(first, `${at}.feedForward[0]`),
        mapOf(second, `${at}.feedForward[1]`),
        mapOf(third, `${at}.feedForward[2]`),
      ],
    };
  });
  if (named.size !== maps.length)
    throw new AffineJsonError(`${path}.maps[${named.size}]`, "expected every map to be named");
  const texts = new Map(json.maps.map((map, i) => [JSON.stringify(map), i]));
  if (texts.size !== maps.length) throw new AffineJsonError(`${path}.maps`, "expected no two maps to be equal");
  return {
    sizes: { states, symbols, bits },
    width,
    embedding: json.embedding.map((column, a) => decodeVector(column, width, `${path}.embedding[${a}]`)),
    start: decodeVector(json.start, width, `${path}.start`),
    layers,
    classifier: decodeVector(json.classifier, width, `${path}.classifier`),
  };
}

/** A vector is read as a row without bias, so entry j of the row is entry j - 1 of the vector. */
function vectorAsMap(json: SparseVectorJson, length: number, path: string): AffineMap {
  try {
    return decodeAffine({ inputs: length, rows: [["0", ...json]] }, "");
  } catch (error) {
    if (!(error instanceof AffineJsonError)) throw error;
    const place = error.path.replace(/^\.?rows\[0\](?:\[(\d+)\])?/, (_, entry?: string) =>
      entry === undefined ? "" : `[${Number(entry) - 1}]`,
    );
    throw new AffineJsonError(path + place, error.message);
  }
}

function decodeVector(json: SparseVectorJson, length: number, path: string): number[] {
  const { rows } = vectorAsMap(json, length, path);
  const vector = Array.from({ length }, () => 0);
  for (const [c, value] of rows[0]?.entries ?? []) vector[c] = value;
  return vector;
}
