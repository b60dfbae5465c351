/**
 * Runs a decoder from its numbers, plainly: every pass looks at every key before it. Exact in integers, scores of any size; a mean that
 * is no integer, or a row beyond 2^53, ends the run, and no accepted decoder has either. What is kept is counted before.
 */
import { sha256, utf8 } from "../../certificates/sha-256.js";
import type { Attention } from "../../spec/networks/attention.js";
import type { AffineMap } from "../../spec/wei-chen-ma/affine.js";
import { encode, positionalCode, type Decoder } from "../../spec/wei-chen-ma/decoder.js";
import type { Work } from "../work.js";
import { addsNothing } from "./check-attention.js";

/** A run left the integers. */
export class NotInteger extends Error {
  override readonly name = "NotInteger";
}

/** A module's keys and values so far. */
interface Memory {
  readonly module: Attention;
  readonly keys: number[][];
  readonly values: number[][];
}

/** The output of every pass, and a digest of what was read. */
export class DecoderReplay {
  readonly #decoder: Decoder;
  readonly #work: Work;
  readonly #layers: readonly { readonly self: Memory | undefined; readonly cross: Memory | undefined }[];
  readonly #reads: string[] = [];
  #output: readonly number[];
  #pass = 0;

  /** @param input indices of symbols */
  constructor(decoder: Decoder, input: readonly number[], work: Work) {
    this.#decoder = decoder;
    this.#work = work;
    this.#output = decoder.start;
    work.keep(input.length * decoder.width);
    const encoded = encode(decoder, input);
    this.#layers = decoder.layers.map(({ self, cross }) => {
      const memory = (module: Attention | null): Memory | undefined =>
        module === null || addsNothing(module) ? undefined : { module, keys: [], values: [] };
      const read = memory(cross);
      if (read !== undefined) for (const position of encoded) this.#remember(read, position);
      return { self: memory(self), cross: read };
    });
  }

  /** One more pass. @returns o_i. @throws {NotInteger} */
  next(): readonly number[] {
    const { sizes, width, layers } = this.#decoder;
    const code = positionalCode(sizes, width, ++this.#pass);
    let h: readonly number[] = this.#output.map((entry, c) => entry + (code[c] as number));
    for (const [j, { self, cross }] of this.#layers.entries()) {
      if (self !== undefined) {
        this.#remember(self, h);
        h = this.#attend(self, h);
      }
      if (cross !== undefined) h = this.#attend(cross, h);
      for (const map of layers[j]?.feedForward ?? []) h = this.#affine(map, h).map((value) => Math.max(value, 0));
    }
    this.#output = h;
    return h;
  }

  /** "sha256:" and the SHA-256 of the positions read so far: see DECODER.md. */
  reads(): string {
    return `sha256:${sha256(utf8(this.#reads.join("")))}`;
  }

  #remember(memory: Memory, position: readonly number[]): void {
    this.#work.keep(memory.module.key.rows.length + memory.module.value.rows.length);
    memory.keys.push(this.#affine(memory.module.key, position));
    memory.values.push(this.#affine(memory.module.value, position));
  }

  /** h' with the mean of the values of the best; null is 0, and the first in the order of ties. */
  #attend({ module, keys, values }: Memory, h: readonly number[]): number[] {
    const query = this.#affine(module.query, h);
    let best = dot(query, module.nullKey);
    let positions = [0];
    this.#work.spend((keys.length + 1) * query.length);
    for (const [t, key] of keys.entries()) {
      const score = dot(query, key);
      if (score > best) {
        best = score;
        positions = [t + 1];
      } else if (score === best) positions.push(t + 1);
    }
    this.#reads.push(`${positions.join(" ")}\n`);
    return h.map((entry, c) => {
      const sum = positions.reduce(
        (total, t) => total + ((t === 0 ? module.nullValue[c] : values[t - 1]?.[c]) as number),
        0,
      );
      if (sum % positions.length !== 0) throw new NotInteger("a mean is no integer");
      return entry + sum / positions.length;
    });
  }

  #affine({ rows }: AffineMap, input: readonly number[]): number[] {
    return rows.map(({ bias, entries }) => {
      this.#work.spend(1 + entries.length);
      const sum = entries.reduce((total, [column, weight]) => total + weight * (input[column] as number), bias);
      if (!Number.isSafeInteger(sum)) throw new NotInteger("a sum is beyond 2^53");
      return sum;
    });
  }
}

/** A score; as a bigint only where it is beyond 2^53, so that equal scores are identical. */
function dot(a: readonly number[], b: readonly number[]): number | bigint {
  let sum = 0;
  for (let r = 0; r < a.length; r++) {
    const product = (a[r] as number) * (b[r] as number);
    sum += product;
    if (!Number.isSafeInteger(product) || !Number.isSafeInteger(sum)) return largeDot(a, b);
  }
  return sum;
}

/** The same where a product or a partial sum is too large for a double. */
function largeDot(a: readonly number[], b: readonly number[]): number | bigint {
  const sum = a.reduce((total, entry, r) => total + BigInt(entry) * BigInt(b[r] as number), 0n);
  return Number.isSafeInteger(Number(sum)) ? Number(sum) : sum;
}
