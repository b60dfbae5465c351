/**
 * The exact engine: a decoder pass by pass, with keys and values kept, so that pass i costs O(i). It reads only the network's numbers,
 * and computes what spec/wei-chen-ma/decoder.ts defines, wrong networks included: where a mean is no integer it starts again in
 * rationals.
 */
import { rational, ZERO, type Rational } from "../../spec/exact/rational.js";
import type { Attention } from "../../spec/networks/attention.js";
import type { AffineMap } from "../../spec/wei-chen-ma/affine.js";
import { encode, positionalCode, type Decoder } from "../../spec/wei-chen-ma/decoder.js";

/**
 * A pass: o_i, what each layer holds (the last of them is o_i), and for each module that may add something, which positions it read
 * (0: null), in the order of layers.
 */
export interface DecodedPass<Value> {
  readonly output: readonly Value[];
  /** h^(1), ..., h^(d). */
  readonly layers: readonly (readonly Value[])[];
  readonly reads: readonly ModuleRead[];
}

/** Which positions a module read. */
export interface ModuleRead {
  readonly layer: number;
  readonly module: "self" | "cross";
  readonly positions: readonly number[];
}

/** Arithmetic of an engine. */
interface Arithmetic<Value> {
  readonly of: (integer: number) => Value;
  readonly affine: (map: AffineMap, input: readonly Value[]) => Value[];
  readonly dot: (a: readonly Value[], b: readonly Value[]) => Value;
  /** -1, 0 or 1 */
  readonly compare: (a: Value, b: Value) => number;
  readonly relu: (value: Value) => Value;
  /** entry + sum / count */
  readonly addMean: (entry: Value, sum: readonly Value[]) => Value;
}

/** A number is no integer below 2^53; the rational engine takes over. */
export class LeftIntegers extends Error {
  override readonly name = "LeftIntegers";
}

function safe(value: number): number {
  if (!Number.isSafeInteger(value)) throw new LeftIntegers("a number is no safe integer");
  return value;
}

const INTEGERS: Arithmetic<number> = {
  of: (integer) => integer,
  affine: ({ rows }, input) =>
    rows.map(({ bias, entries }) => {
      let sum = bias;
      for (const [column, weight] of entries) sum += weight * (input[column] as number);
      return safe(sum);
    }),
  dot: (a, b) => {
    let sum = 0;
    for (let r = 0; r < a.length; r++) sum += (a[r] as number) * (b[r] as number);
    return safe(sum);
  },
  compare: (a, b) => Math.sign(a - b),
  relu: (value) => (value < 0 ? 0 : value),
  addMean: (entry, values) => {
    let sum = 0;
    for (const value of values) sum += value;
    safe(sum);
    if (sum % values.length !== 0) throw new LeftIntegers("a mean is no integer");
    return entry + sum / values.length;
  },
};

const RATIONALS: Arithmetic<Rational> = {
  of: (integer) => rational(BigInt(integer)),
  affine: ({ rows }, input) =>
    rows.map(({ bias, entries }) =>
      entries.reduce(
        (sum, [column, weight]) => sum.add((input[column] as Rational).mul(weight)),
        rational(BigInt(bias)),
      ),
    ),
  dot: (a, b) => a.reduce((sum, entry, r) => sum.add(entry.mul(b[r] as Rational)), ZERO),
  compare: (a, b) => a.compare(b),
  relu: (value) => (value.s < 0n ? ZERO : value),
  addMean: (entry, values) =>
    values
      .reduce((sum, value) => sum.add(value), ZERO)
      .div(rational(BigInt(values.length)))
      .add(entry),
};

interface Memory<Value> {
  readonly module: Attention;
  readonly nullKey: readonly Value[];
  readonly nullValue: readonly Value[];
  readonly keys: (readonly Value[])[];
  readonly values: (readonly Value[])[];
}

/** A decoder that is being run. */
export class DecoderEngine<Value> {
  readonly #decoder: Decoder;
  readonly #arithmetic: Arithmetic<Value>;
  readonly #layers: readonly { readonly self: Memory<Value> | undefined; readonly cross: Memory<Value> | undefined }[];
  #output: readonly Value[];
  #pass = 0;

  /** @param input indices of symbols */
  constructor(decoder: Decoder, input: readonly number[], arithmetic: Arithmetic<Value>) {
    this.#decoder = decoder;
    this.#arithmetic = arithmetic;
    this.#output = decoder.start.map(arithmetic.of);
    const encoded = encode(decoder, input).map((vector) => vector.map(arithmetic.of));
    this.#layers = decoder.layers.map(({ self, cross }) => {
      const memories = { self: memoryOf(self, arithmetic), cross: memoryOf(cross, arithmetic) };
      if (memories.cross !== undefined) for (const position of encoded) this.#remember(memories.cross, position);
      return memories;
    });
  }

  /** The next pass. @throws {LeftIntegers} in integers */
  next(): DecodedPass<Value> {
    const { sizes, width } = this.#decoder;
    const code = positionalCode(sizes, width, ++this.#pass);
    const { affine, of } = this.#arithmetic;
    // o_(i-1) + beta(i): both through one affine map would need a row each; the code is 0 almost everywhere.
    const input = this.#output.map((entry, c) =>
      code[c] === 0 ? entry : this.#arithmetic.addMean(entry, [of(code[c] as number)]),
    );
    let h: readonly Value[] = input;
    const reads: ModuleRead[] = [];
    const layers: (readonly Value[])[] = [];
    for (const [layer, { self, cross }] of this.#layers.entries()) {
      if (self !== undefined) {
        this.#remember(self, h);
        h = this.#attend(self, h, (positions) => reads.push({ layer, module: "self", positions }));
      }
      if (cross !== undefined)
        h = this.#attend(cross, h, (positions) => reads.push({ layer, module: "cross", positions }));
      for (const map of this.#decoder.layers[layer]?.feedForward ?? []) h = affine(map, h).map(this.#arithmetic.relu);
      layers.push(h);
    }
    this.#output = h;
    return { output: h, layers, reads };
  }

  /** Puts an output in the place of the last pass'. Shape: width. */
  replaceOutput(output: readonly number[]): void {
    this.#output = output.map(this.#arithmetic.of);
  }

  #remember({ module, keys, values }: Memory<Value>, position: readonly Value[]): void {
    keys.push(this.#arithmetic.affine(module.key, position));
    values.push(this.#arithmetic.affine(module.value, position));
  }

  #attend(memory: Memory<Value>, h: readonly Value[], read: (positions: readonly number[]) => void): Value[] {
    const { dot, compare, affine, addMean } = this.#arithmetic;
    const query = affine(memory.module.query, h);
    let best = dot(query, memory.nullKey);
    let positions = [0];
    for (const [t, key] of memory.keys.entries()) {
      const score = dot(query, key);
      const order = compare(score, best);
      if (order < 0) continue;
      if (order > 0) {
        best = score;
        positions = [];
      }
      positions.push(t + 1);
    }
    read(positions);
    const values = positions.map((t) => (t === 0 ? memory.nullValue : memory.values[t - 1]) as readonly Value[]);
    return h.map((entry, c) =>
      addMean(
        entry,
        values.map((value) => value[c] as Value),
      ),
    );
  }
}

function memoryOf<Value>(module: Attention | null, { of }: Arithmetic<Value>): Memory<Value> | undefined {
  if (module === null || addsNothing(module)) return undefined;
  return { module, nullKey: module.nullKey.map(of), nullValue: module.nullValue.map(of), keys: [], values: [] };
}

/** Whether a module adds 0 whatever it reads. */
function addsNothing({ value, nullValue }: Attention): boolean {
  return nullValue.every((v) => v === 0) && value.rows.every(({ bias, entries }) => bias === 0 && entries.length === 0);
}

/** An engine in integers; its passes throw LeftIntegers where the network has others. */
export function integerEngine(decoder: Decoder, input: readonly number[]): DecoderEngine<number> {
  return new DecoderEngine(decoder, input, INTEGERS);
}

/**
 * The passes of a decoder, one by one, without end: exact, in integers as long as they are integers.
 *
 * @param input indices of symbols
 */
export function* decodeExactly(decoder: Decoder, input: readonly number[]): Generator<DecodedPass<number | Rational>> {
  const engine = integerEngine(decoder, input);
  let done = 0;
  try {
    for (; ; done++) yield engine.next();
  } catch (error) {
    if (!(error instanceof LeftIntegers)) throw error;
  }
  const slow = new DecoderEngine(decoder, input, RATIONALS);
  for (let i = 0; ; i++) {
    const pass = slow.next();
    if (i >= done) yield pass;
  }
}
