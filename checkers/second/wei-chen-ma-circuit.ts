/**
 * Decides the certificate of a circuit's network (certificates/wei-chen-ma/CIRCUITS.md) once more. Where all inputs are tried, the
 * network itself is evaluated at 32 of them at a time, from its numbers; elsewhere coordinates get numbers, the same for the same AND of
 * the same two. Rounding is decided piece by piece along the line; bounds are kept in units of 2^-96.
 */
import {
  agree,
  array,
  count,
  decideDigests,
  digest,
  giveUp,
  list,
  name,
  oneOf,
  orNull,
  record,
  reject as rejectText,
  string,
  tuple,
  valueOfText,
  workUpTo,
  type Work,
  type Reject,
  type TextCode,
  type ValueOf,
} from "./text.js";

/** Why a circuit's certificate is rejected. */
export type CircuitCode =
  | TextCode
  | "reading"
  | "circuit"
  | "number"
  | "shape"
  | "correction"
  | "binary"
  | "function"
  | "margin"
  | "theorem"
  | "flip"
  | "counts"
  | "sample";

const reject: Reject<CircuitCode> = rejectText;

const AMENDMENTS =
  "round-variable round-weights not-diagonal q-times d1-index constants several-outputs local-mu0".split(" ");

const integer = string(/^(0|-?[1-9][0-9]{0,9})$/);
const natural = string(/^(0|[1-9][0-9]{0,99})$/);
const large = string(/^(0|[1-9][0-9]{0,39999})$/);
const positive = string(/^[1-9][0-9]{0,99}(\/([2-9]|[1-9][0-9]{1,99}))?$/);
const signed = string(/^-?[1-9][0-9]{0,99}(\/([2-9]|[1-9][0-9]{1,99}))?$/);
const flag = oneOf(true, false);
const counts = <const Keys extends readonly string[]>(
  ...keys: Keys
): ReturnType<typeof record<Record<string, typeof count>>> =>
  record(Object.fromEntries(keys.map((key) => [key, count])));

const flipShape = record({
  input: string(/^[01]{0,65536}$/),
  output: count,
  squaredNorm: positive,
  entries: list(tuple(count, count, count, signed), 100_000),
});
const shape = record({
  format: oneOf("weightproof-certificate"),
  version: oneOf(1),
  system: oneOf("wei-chen-ma"),
  statement: oneOf("circuit"),
  reading: record({ name: oneOf("amended"), amendments: list(name, 256) }),
  source: record({ name }),
  circuit: record({
    inputs: list(name, 65_536),
    ands: list(tuple(count, count), 2_097_152),
    outputs: list(tuple(name, count), 65_536),
  }),
  width: count,
  digests: record({ circuit: digest, network: digest }),
  verdicts: record({
    function: record({
      layers: count,
      gates: counts("and", "or", "not", "id", "constant", "other"),
      inputs: orNull(natural),
    }),
    binary: counts("coordinates"),
    correction: record({ pairs: count, coordinates: count, radius: oneOf("1/3") }),
    norms: record({
      alpha: natural,
      parameters: natural,
      depth: count,
      leastWidth: count,
      largestWeight: count,
      nonzero: count,
    }),
    margin: record({
      lower: positive,
      theorem: record({ sigma: positive, bound: positive }),
      flip: orNull(flipShape),
    }),
    exactness: record({ largestSum: natural, float32: flag, float16: flag, bfloat16: flag }),
    sample: record({ expression: large, explicit: large, finiteClass: large, inputs: large }),
  }),
  network: record({
    layers: list(
      record({
        name: string(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]{0,64}$/u),
        inputs: count,
        relu: flag,
        rows: list(array([integer], 2 ** 53, tuple(count, integer)), 2 ** 53),
      }),
      2 ** 53,
      1,
    ),
  }),
});
type Certificate = ValueOf<typeof shape>;
type Ratio = readonly [n: bigint, d: bigint];

interface Row {
  readonly bias: number;
  readonly entries: readonly (readonly [column: number, weight: number])[];
}
interface Layer {
  readonly inputs: number;
  readonly relu: boolean;
  readonly rows: readonly Row[];
}

/** Decides it; ends early with a rejection, or undecided. Returns what it leaves alone: nothing. */
export function decideCircuit(json: unknown, text: string): readonly string[] {
  const certificate = valueOfText(json, text, shape);
  const { reading, circuit, digests, width, verdicts } = certificate;
  agree("reading", reading.amendments, AMENDMENTS, "reading.amendments");
  decideDigests(certificate, digests);
  checkGraph(circuit);
  const layers = readLayers(certificate);
  const { lower, theorem } = verdicts.margin;
  const g = reduced(lower, "lower");
  const sigma = reduced(theorem.sigma, "theorem.sigma");
  const bound = reduced(theorem.bound, "theorem.bound");
  if (sigma[0] > sigma[1]) reject("number", "verdicts.margin.theorem.sigma", "expected at most 1");
  const least = Math.max(...layers.map(({ relu, rows }) => (relu ? rows.length : 0)));
  if (width < least) reject("shape", "width", `expected at least ${least}`);
  checkShape(layers, circuit);
  const corrections: Relu[][][] = [];
  for (let l = 2; l < layers.length - 1; l += 4) corrections.push(checkRounding(layers, l));
  const known = (layers.length - 3) / 4 + 1;
  const seconds = layers.filter((_, l) => l % 4 === 1);
  const coordinates = seconds.reduce((sum, { rows }) => sum + rows.length, 0);
  const m = circuit.inputs.length;
  const isTried = m <= 20 && 2 ** m * coordinates <= 2 ** 32;
  const squares = isTried ? tryInputs(layers, circuit) : induct(layers, circuit);
  checkMargin(layers, corrections, squares, g);
  checkTheorem(layers, corrections, squares, circuit, sigma, bound);
  if (verdicts.margin.flip !== null) checkFlip(verdicts.margin.flip, layers, circuit);
  const { sample, ...stated } = verdicts;
  const norms = normsOf(layers, m, circuit.outputs.length, width, least);
  const sum = largestSum(layers);
  const computed = {
    function: { layers: known, gates: kinds(layers), inputs: isTried ? String(2 ** m) : null },
    binary: { coordinates },
    correction: {
      pairs: corrections.length,
      coordinates: corrections.reduce((total, units) => total + units.length, 0),
      radius: "1/3",
    },
    norms,
    margin: stated.margin,
    exactness: {
      largestSum: String(sum),
      float32: sum <= 2n ** 24n,
      float16: sum <= 2n ** 11n,
      bfloat16: sum <= 2n ** 8n,
    },
  };
  agree("counts", stated, computed, "verdicts");
  const r = Math.max(m, ...seconds.map(({ rows }) => rows.length));
  const numbers = samples(BigInt(norms.alpha), BigInt(norms.parameters), g, m, r, coordinates);
  agree("sample", sample, numbers, "verdicts.sample");
  return [];
}

function checkGraph({ inputs, ands, outputs }: Certificate["circuit"]): void {
  const twice = (names: readonly string[]): boolean => new Set(names).size < names.length;
  if (twice(inputs)) reject("circuit", "circuit.inputs", "expected distinct names");
  for (const [i, [larger, smaller]] of ands.entries()) {
    if (larger >= 2 * (inputs.length + i + 1) || smaller > larger)
      reject("circuit", `circuit.ands[${i}]`, "expected two literals of variables before it, the larger first");
  }
  if (outputs.length === 0) reject("circuit", "circuit.outputs", "expected at least one");
  if (twice(outputs.map(([one]) => one))) reject("circuit", "circuit.outputs", "expected distinct names");
  const wrong = outputs.findIndex(([, literal]) => literal >= 2 * (1 + inputs.length + ands.length));
  if (wrong >= 0) reject("circuit", `circuit.outputs[${wrong}][1]`, "expected the literal of a variable");
}

function readLayers({ network }: Certificate): Layer[] {
  const { layers } = network;
  const fail = (path: string, message: string): never => reject("network", `network.layers${path}`, message);
  if (layers.length > 16_384) fail("", "expected at most 16384 layers");
  let [rowCount, entryCount] = [0, 0];
  return layers.map(({ inputs, relu, rows }, l) => {
    if (inputs > 1e6 || rows.length > 1e6) fail(`[${l}]`, "expected at most 1000000 inputs and rows");
    if (rows.length === 0) fail(`[${l}].rows`, "expected at least one row");
    if (l > 0 && layers[l - 1]?.rows.length !== inputs) fail(`[${l}].inputs`, "expected the rows of the layer before");
    rowCount += rows.length;
    if (rowCount > 4e6) fail(`[${l}].rows`, "expected at most 4000000 rows together");
    return {
      inputs,
      relu,
      rows: rows.map(([bias, ...entries], r) => {
        const at = `[${l}].rows[${r}]`;
        const numberOf = (text: string): number =>
          Math.abs(Number(text)) < 2 ** 31 ? Number(text) : fail(at, "expected numbers up to 2147483647");
        entryCount += entries.length;
        if (entryCount > 2e7) fail(at, "expected at most 20000000 entries together");
        let before = -1;
        const read = entries.map(([column, text]) => {
          if (column <= before || column >= inputs) fail(at, `expected columns that rise below ${inputs}`);
          before = column;
          if (text === "0") fail(at, "expected no weight 0");
          return [column, numberOf(text)] as const;
        });
        return { bias: numberOf(bias), entries: read };
      }),
    };
  });
}

/** A positive number of a certificate, reduced. */
function reduced(text: string, key: string): Ratio {
  const ratio = ratioOf(text);
  return ratio ?? reject("number", `verdicts.margin.${key}`, "expected a reduced number");
}

function ratioOf(text: string): Ratio | undefined {
  const [n = 0n, d = 1n] = text.split("/").map(BigInt);
  return greatest(n < 0n ? -n : n, d) === 1n || d === 1n ? [n, d] : undefined;
}

function greatest(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

function checkShape(layers: readonly Layer[], { inputs, outputs }: Certificate["circuit"]): void {
  if (layers.length % 4 !== 3) reject("shape", "network.layers", "expected 4 L - 1 maps");
  for (const [l, { relu }] of layers.entries()) {
    if (relu !== l < layers.length - 1)
      reject("shape", `network.layers[${l}].relu`, "expected a ReLU after each map but the last");
  }
  if (layers[0]?.inputs !== inputs.length) reject("shape", "network.layers[0].inputs", `expected ${inputs.length}`);
  if (layers.at(-1)?.rows.length !== outputs.length)
    reject("shape", `network.layers[${layers.length - 1}].rows`, `expected ${outputs.length}`);
}

interface Relu {
  readonly slope: number;
  readonly bias: number;
  readonly weight: number;
}

/** The ReLUs of each coordinate of a pair of maps that rounds. */
function checkRounding(layers: readonly Layer[], l: number): Relu[][] {
  const [first, second] = [layers[l] as Layer, layers[l + 1] as Layer];
  if (second.rows.length !== first.inputs)
    reject("correction", `network.layers[${l + 1}]`, "expected as many coordinates as are read");
  const done = new Set<string>();
  const free = new Set(first.rows.keys());
  const units = second.rows.map(({ bias, entries }, k) => {
    const relus = entries.map(([j, weight]) => {
      const row = first.rows[j] as Row;
      const [[column, slope] = [k, 0], ...more] = row.entries;
      if (more.length > 0 || column !== k)
        reject("correction", `network.layers[${l}].rows[${j}]`, `expected a row that reads coordinate ${k} alone`);
      if (!free.delete(j))
        reject("correction", `network.layers[${l}].rows[${j}]`, "expected one coordinate to read it");
      return { slope, bias: row.bias, weight };
    });
    const key = JSON.stringify([bias, relus]);
    if (!done.has(key) && !isRound(bias, relus))
      reject("correction", `network.layers[${l + 1}].rows[${k}]`, "expected round on the whole line");
    done.add(key);
    return relus;
  });
  for (const j of free) reject("correction", `network.layers[${l}].rows[${j}]`, "expected a coordinate that reads it");
  return units;
}

/** Whether phi(bias + sum of weight * phi(slope z + b)) is round: piece by piece between the places where either side bends. */
function isRound(bias: number, relus: readonly Relu[]): boolean {
  const bends: Ratio[] = [
    [1n, 3n],
    [2n, 3n],
  ];
  for (const { slope, bias: b } of relus)
    if (slope !== 0) bends.push(slope > 0 ? [BigInt(-b), BigInt(slope)] : [BigInt(b), BigInt(-slope)]);
  bends.sort((x, y) => Number(x[0] * y[1] - y[0] * x[1]));
  /** The sum before the outer ReLU is a z + c beside a place; both sides of a bend agree on it. */
  const line = (z: Ratio, side: 1 | -1): readonly [a: bigint, c: bigint] => {
    let [a, c] = [0n, BigInt(bias)];
    for (const { slope, bias: b, weight } of relus) {
      const inner = BigInt(slope) * z[0] + BigInt(b) * z[1];
      if (inner < 0n || (inner === 0n && slope * side <= 0)) continue;
      a += BigInt(weight) * BigInt(slope);
      c += BigInt(weight) * BigInt(b);
    }
    return [a, c];
  };
  /** The sum at z, times the denominator of z. */
  const at = ([a, c]: readonly [bigint, bigint], z: Ratio): bigint => a * z[0] + c * z[1];
  const isBelow = (z: Ratio, third: bigint): boolean => 3n * z[0] <= third * z[1];
  for (const [i, left] of bends.entries()) {
    const right = bends[i + 1];
    if (i === 0) {
      // Towards minus infinity round is 0: the sum starts there not above 0, and does not rise.
      const outer = line(left, -1);
      if (outer[0] < 0n || at(outer, left) > 0n) return false;
    }
    const inner = line(left, 1);
    if (right === undefined) return inner[0] === 0n && inner[1] === 1n;
    if (left[0] * right[1] === right[0] * left[1]) continue;
    if (isBelow(right, 1n)) {
      if (at(inner, left) > 0n || at(inner, right) > 0n) return false;
    } else if (isBelow(right, 2n)) {
      if (inner[0] !== 3n || inner[1] !== -1n) return false;
    } else if (inner[0] !== 0n || inner[1] !== 1n) return false;
  }
  return false;
}

/** Squared norms of what the two maps of a layer of gates hold. */
interface Squares {
  readonly n: bigint;
  readonly h: bigint;
  readonly o: bigint;
}

/** phi's largest value at inputs from 0 to 1. */
function top({ bias, entries }: Row): bigint {
  return BigInt(
    Math.max(
      0,
      entries.reduce((sum, [, weight]) => sum + Math.max(0, weight), bias),
    ),
  );
}

/** A row as a function of few columns: its value at every assignment. */
interface Local {
  readonly columns: readonly number[];
  readonly values: readonly bigint[];
}

const MOST_COLUMNS = 16;

/** Terms of rows that are added for all tables together, and values that tables hold. */
const MOST_TERMS = 2 ** 27;
const MOST_VALUES = 2 ** 23;

/** The values of phi(row), or of the second map's row through the first. */
function local(row: Row, first: readonly Row[] | undefined, rectified: boolean, path: string, work: Work): Local {
  const inner = first === undefined ? [] : row.entries.map(([j, weight]) => ({ weight, row: first[j] as Row }));
  const columns = [
    ...new Set(
      first === undefined ? row.entries.map(([c]) => c) : inner.flatMap((one) => one.row.entries.map(([c]) => c)),
    ),
  ];
  if (columns.length > MOST_COLUMNS) giveUp("local-variables", `${path}: reads ${columns.length} columns`);
  work.hold(2 ** columns.length);
  const terms = first === undefined ? row.entries.length : inner.reduce((n, one) => n + 1 + one.row.entries.length, 0);
  work.spend(2 ** columns.length * (1 + terms));
  const place = new Map(columns.map((column, i) => [column, i]));
  const sum = ({ bias, entries }: Row, assignment: number): bigint =>
    entries.reduce(
      (total, [column, weight]) => ((assignment >> (place.get(column) as number)) & 1 ? total + BigInt(weight) : total),
      BigInt(bias),
    );
  const positivePart = (value: bigint): bigint => (value > 0n ? value : 0n);
  const values = Array.from({ length: 2 ** columns.length }, (_, assignment) => {
    const value =
      first === undefined
        ? sum(row, assignment)
        : inner.reduce(
            (total, one) => total + BigInt(one.weight) * positivePart(sum(one.row, assignment)),
            BigInt(row.bias),
          );
    return rectified ? positivePart(value) : value;
  });
  return { columns, values };
}

/** Remembers tables of rows: a network has few different ones. */
function tables(): (row: Row, first: readonly Row[] | undefined, rectified: boolean, path: string) => Local {
  const known = new Map<string, readonly bigint[]>();
  const work = workUpTo(MOST_TERMS, MOST_VALUES);
  return (row, first, rectified, path) => {
    const place = new Map<number, number>();
    const of = (column: number): number => {
      if (!place.has(column)) place.set(column, place.size);
      return place.get(column) as number;
    };
    const relative = ({ bias, entries }: Row): unknown => [bias, entries.map(([c, w]) => [of(c), w])];
    const key = JSON.stringify([
      rectified,
      first === undefined ? relative(row) : [row.bias, row.entries.map(([j, w]) => [w, relative(first[j] as Row)])],
    ]);
    const before = known.get(key);
    if (before !== undefined) return { columns: [...place.keys()], values: before };
    const made = local(row, first, rectified, path, work);
    known.set(key, made.values);
    return made;
  };
}

/** The word of the assignments at which `take` holds. */
function wordOf({ columns, values }: Local, before: Int32Array, take: (value: bigint) => boolean): number {
  let word = 0;
  for (const [assignment, value] of values.entries()) {
    if (!take(value)) continue;
    let term = -1;
    for (let i = 0; i < columns.length && term !== 0; i++) {
      const column = before[columns[i] as number] as number;
      term &= (assignment >> i) & 1 ? column : ~column;
    }
    word |= term;
  }
  return word;
}

const isOne = (value: bigint): boolean => value === 1n;
const isBit = (value: bigint): boolean => value === 0n || value === 1n;

/** Words of 32 inputs that are evaluated at most, over all coordinates and gates. */
const MOST_WORDS = 2 ** 29;

/** Evaluates the network at all inputs, and compares with the circuit. */
function tryInputs(layers: readonly Layer[], circuit: Certificate["circuit"]): Squares[] {
  const m = circuit.inputs.length;
  const tableOf = tables();
  const levels = layers.flatMap(({ rows }, l) => {
    if (l % 4 !== 0) return [];
    const second = layers[l + 1] as Layer;
    const coordinates = second.rows.map((row, k) => tableOf(row, rows, true, `network.layers[${l + 1}].rows[${k}]`));
    const hidden = rows.map((row, j) => tableOf(row, undefined, true, `network.layers[${l}].rows[${j}]`));
    return [{ place: `network.layers[${l + 1}]`, coordinates, hidden, rows, ones: [0, 0] as [number, number] }];
  });
  const last = layers.length - 1;
  const shown = (layers[last] as Layer).rows.map((row, k) =>
    tableOf(row, undefined, false, `network.layers[${last}].rows[${k}]`),
  );
  // A formula of two columns is a word; of more, each assignment takes a term of its own.
  const cost = (list_: readonly Local[]): number =>
    list_.reduce((sum, { columns, values }) => sum + Math.max(1, (columns.length * values.length) / 8), 0);
  const cells = levels.reduce((sum, one) => sum + cost(one.coordinates) + cost(one.hidden), cost(shown));
  const { spend } = workUpTo(MOST_WORDS, 0);
  const blocks = Math.ceil(2 ** m / 32);
  spend(blocks * (cells + circuit.ands.length));
  const mask = m < 5 ? 2 ** (2 ** m) - 1 : -1;
  let mostInputs = 0;
  const wrong: { binary?: string; function?: string } = {};
  for (let block = 0; block < blocks && wrong.binary === undefined; block++) {
    let before = Int32Array.from({ length: m }, (_, i) => {
      let word = 0;
      for (let bit = 0; bit < 32; bit++) if (Math.floor((32 * block + bit) / 2 ** i) % 2 === 1) word |= 1 << bit;
      return word;
    });
    const wanted = circuitWords(circuit, before);
    mostInputs = Math.max(mostInputs, mostOf(before, mask));
    for (const level of levels) {
      const hidden = level.hidden.flatMap((one) => (one.values.every(isBit) ? [wordOf(one, before, isOne)] : []));
      const next = new Int32Array(level.coordinates.length);
      for (const [k, one] of level.coordinates.entries()) {
        if (!one.values.every(isBit) && (wordOf(one, before, (v) => !isBit(v)) & mask) !== 0)
          wrong.binary ??= `${level.place}.rows[${k}]`;
        next[k] = wordOf(one, before, isOne);
      }
      level.ones[0] = Math.max(level.ones[0], mostOf(hidden, mask));
      level.ones[1] = Math.max(level.ones[1], mostOf(next, mask));
      before = next;
    }
    for (const [k, one] of shown.entries()) {
      const place = `network.layers[${last}].rows[${k}]`;
      if ((wordOf(one, before, (v) => v !== 1n && v !== -1n) & mask) !== 0) wrong.binary ??= place;
      if (((wordOf(one, before, isOne) ^ (wanted[k] as number)) & mask) !== 0) wrong.function ??= place;
    }
  }
  if (wrong.binary !== undefined) reject("binary", wrong.binary, "expected 0 or 1, or -1 or 1 at the end");
  if (wrong.function !== undefined) reject("function", wrong.function, "expected the circuit's output");
  return levels.map(({ hidden, rows, ones }, l) => ({
    n: BigInt(l === 0 ? mostInputs : (levels[l - 1]?.ones[1] ?? 0)),
    h: rows.reduce(
      (sum, row, j) => (hidden[j]?.values.every(isBit) === true ? sum : sum + top(row) ** 2n),
      BigInt(ones[0]),
    ),
    o: BigInt(ones[1]),
  }));
}

/** The outputs of the circuit at 32 inputs. */
function circuitWords({ inputs, ands, outputs }: Certificate["circuit"], words: Int32Array): number[] {
  const values = new Int32Array(1 + inputs.length + ands.length);
  values.set(words, 1);
  const of = (literal: number): number => (values[literal >> 1] as number) ^ -(literal & 1);
  for (const [i, [a, b]] of ands.entries()) values[1 + inputs.length + i] = of(a) & of(b);
  return outputs.map(([, literal]) => of(literal));
}

/** The most words that have the same bit of the mask: binary counters of all 32 bits, side by side. */
function mostOf(words: Iterable<number>, mask: number): number {
  const digits: number[] = [];
  for (const word of words) {
    for (let i = 0, carry = word; carry !== 0; i++) {
      const digit = digits[i] ?? 0;
      digits[i] = digit ^ carry;
      carry &= digit;
    }
  }
  let most = 0;
  for (let bit = 0; bit < 32; bit++) {
    const sum = digits.reduce((total, digit, i) => total + ((digit >> bit) & 1) * 2 ** i, 0);
    if ((mask >> bit) & 1) most = Math.max(most, sum);
  }
  return most;
}

/** Numbers for ANDs: the same two signed numbers have the same AND. 2 i and 2 i + 1 are complements; 0 is false. */
function numbering(inputs: number): (a: number, b: number) => number {
  const known = new Map<string, number>();
  let next = 2 * (inputs + 1);
  return (a, b) => {
    const [low, high] = a < b ? [a, b] : [b, a];
    if (low === 0 || (low ^ high) === 1) return 0;
    if (low === 1 || low === high) return high;
    const key = `${low} ${high}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    known.set(key, next);
    next += 2;
    return next - 2;
  };
}

/** The induction over layers. */
function induct(layers: readonly Layer[], circuit: Certificate["circuit"]): Squares[] {
  const m = circuit.inputs.length;
  const and = numbering(m);
  const tableOf = tables();
  const known = [0, ...circuit.inputs.map((_, i) => 2 * (i + 1))];
  const source = (literal: number): number => (known[literal >> 1] as number) ^ (literal & 1);
  for (const [a, b] of circuit.ands) known.push(and(source(a), source(b)));
  let meanings = known.slice(1, m + 1);
  const squares: Squares[] = [];
  for (let l = 0; l < layers.length - 1; l += 4) {
    const [first, second] = [layers[l] as Layer, layers[l + 1] as Layer];
    const before = meanings;
    meanings = second.rows.map((row, k) => {
      const path = `network.layers[${l + 1}].rows[${k}]`;
      return meaningOf(tableOf(row, first.rows, true, path), before, and, 0n, path);
    });
    squares.push({
      n: frequent(before),
      h: first.rows.reduce((sum, row) => sum + top(row) ** 2n, 0n),
      o: frequent(meanings),
    });
  }
  const last = layers.length - 1;
  for (const [k, row] of (layers[last] as Layer).rows.entries()) {
    const path = `network.layers[${last}].rows[${k}]`;
    const meaning = meaningOf(tableOf(row, undefined, false, path), meanings, and, -1n, path);
    if (meaning !== source(circuit.outputs[k]?.[1] ?? 0)) differAt(layers, circuit, path);
  }
  return squares;
}

/** Looks for an input at which an output is wrong; without one the certificate is left undecided. */
function differAt(layers: readonly Layer[], circuit: Certificate["circuit"], path: string): never {
  let state = 12_345;
  for (let block = 0; block < 64; block++) {
    const words = Int32Array.from(circuit.inputs, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) | 0;
      return (state >> 8) ^ (state << 13);
    });
    const wanted = circuitWords(circuit, words);
    for (let bit = 0; bit < 32; bit++) {
      let values = Array.from(words, (word) => BigInt((word >> bit) & 1));
      for (const { rows, relu } of layers)
        values = rows.map(({ bias, entries }) => {
          const sum = entries.reduce(
            (total, [column, weight]) => total + BigInt(weight) * (values[column] as bigint),
            BigInt(bias),
          );
          return relu && sum < 0n ? 0n : sum;
        });
      const wrong = values.findIndex((value, k) => value !== (((wanted[k] as number) >> bit) & 1 ? 1n : -1n));
      if (wrong >= 0)
        reject("function", `network.layers[${layers.length - 1}].rows[${wrong}]`, "expected the circuit's output");
    }
  }
  return giveUp("equivalence", `${path}: another formula than the circuit's`);
}

/** The number of a coordinate that depends on at most two others. @param zero what is called 0: 0, or -1 at outputs */
function meaningOf(
  { columns, values }: Local,
  before: readonly number[],
  and: (a: number, b: number) => number,
  zero: bigint,
  path: string,
): number {
  const shown = columns.map((column) => before[column] as number);
  const variables = [...new Set(shown.map((number) => number >> 1))].filter((one) => one > 0);
  if (variables.length > MOST_COLUMNS) giveUp("local-variables", path);
  /** The value where variables have these bits. */
  const at = (bits: number): bigint => {
    const assignment = shown.reduce((sum, number, i) => {
      const variable = number >> 1;
      const bit = variable === 0 ? 0 : (bits >> variables.indexOf(variable)) & 1;
      return sum + ((bit ^ (number & 1)) << i);
    }, 0);
    return values[assignment] as bigint;
  };
  const table = Array.from({ length: 2 ** variables.length }, (_, bits) => at(bits));
  if (table.some((value) => value !== 1n && value !== zero))
    giveUp("local-assignments", `${path}: not binary somewhere`);
  const used = variables.filter((_, i) => table.some((value, bits) => value !== table[bits ^ (1 << i)]));
  const bitsOf = (...chosen: readonly number[]): number =>
    chosen.reduce((sum, bit, i) => sum + (bit << variables.indexOf(used[i] as number)), 0);
  const [a, b, more] = used.map((variable) => 2 * variable);
  if (a === undefined) return table[0] === 1n ? 1 : 0;
  if (b === undefined) return table[bitsOf(1)] === 1n ? a : a ^ 1;
  const quarter = [0, 1, 2, 3].map((x) => table[bitsOf(x & 1, x >> 1)] === 1n);
  const ones = quarter.filter(Boolean).length;
  if (more !== undefined || ones === 2) return giveUp("local-variables", `${path}: no AND or OR of two others`);
  // One corner of four is different from the others: an AND of two, or its complement.
  const corner = quarter.indexOf(ones === 1);
  return and(a ^ (corner & 1 ? 0 : 1), b ^ (corner >> 1 ? 0 : 1)) ^ (ones === 1 ? 0 : 1);
}

/** How many numbers can be 1 together: of complements only the more frequent. */
function frequent(numbers: readonly number[]): bigint {
  const counted = new Map<number, number>();
  for (const number of numbers) counted.set(number, (counted.get(number) ?? 0) + 1);
  let sum = 0;
  for (const [number, times] of counted) {
    const other = counted.get(number ^ 1) ?? 0;
    if (number === 1) sum += times;
    else if (number > 1 && (times > other || (times === other && (number & 1) === 0))) sum += times;
  }
  return BigInt(sum);
}

function kinds(layers: readonly Layer[]): Record<string, number> {
  const gates: Record<string, number> = { and: 0, or: 0, not: 0, id: 0, constant: 0, other: 0 };
  const tableOf = tables();
  for (let l = 0; l < layers.length - 1; l += 4) {
    const [first, second] = [layers[l] as Layer, layers[l + 1] as Layer];
    for (const row of second.rows) {
      const columns = new Set(row.entries.flatMap(([j]) => (first.rows[j] as Row).entries.map(([c]) => c)));
      const values = columns.size > 2 ? [2n] : tableOf(row, first.rows, true, "").values;
      const text = values.join("");
      const kind = /^(0|1|00|11)$/.test(text)
        ? "constant"
        : { "01": "id", "10": "not", "0001": "and", "0111": "or" }[text];
      gates[kind ?? "other"] = (gates[kind ?? "other"] ?? 0) + 1;
    }
  }
  return gates;
}

/** Upper bounds in units of 2^-96. */
const BITS = 96n;
const UNIT = 1n << BITS;
const up = ([n, d]: Ratio): bigint => (n * UNIT + d - 1n) / d;
const by = (a: bigint, b: bigint): bigint => (a * b + UNIT - 1n) >> BITS;
const root = (a: bigint): bigint => integerRoot(a << BITS);
const rootOf = (n: bigint): bigint => root(n << BITS);

/** The least integer whose square is not below n. */
function integerRoot(n: bigint): bigint {
  let [low, high] = [0n, 1n];
  while (high * high < n) [low, high] = [high, 2n * high];
  // low^2 < n <= high^2, or both are small; bisection keeps it so.
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle * middle < n) low = middle;
    else high = middle;
  }
  return n === 0n ? 0n : high;
}

function operator(rows: readonly Row[]): bigint {
  const columns: bigint[] = [];
  let [widest, all] = [0n, 0n];
  for (const { entries } of rows) {
    const sizes = entries.map(([column, weight]) => [column, BigInt(Math.abs(weight))] as const);
    const sum = sizes.reduce((total, [, size]) => total + size, 0n);
    if (sum > widest) widest = sum;
    for (const [column, size] of sizes) {
      columns[column] = (columns[column] ?? 0n) + size;
      all += size * size;
    }
  }
  const tallest = columns.reduce((most, sum) => (sum > most ? sum : most), 0n);
  return rootOf(widest * tallest < all ? widest * tallest : all);
}

const squared = (sizes: Iterable<bigint>): bigint => [...sizes].reduce((sum, size) => sum + size * size, 0n);

/** The absolute weights of a row through a map, by column. */
function through(weights: Iterable<readonly [number, bigint]>, rows: readonly Row[]): Map<number, bigint> {
  const sums = new Map<number, bigint>();
  for (const [j, weight] of weights)
    for (const [column, inner] of (rows[j] as Row).entries)
      sums.set(column, (sums.get(column) ?? 0n) + weight * BigInt(Math.abs(inner)));
  return sums;
}

const absolute = ({ entries }: Row): (readonly [number, bigint])[] => entries.map(([c, w]) => [c, BigInt(Math.abs(w))]);

function checkMargin(
  layers: readonly Layer[],
  corrections: readonly Relu[][][],
  squares: readonly Squares[],
  g: Ratio,
): void {
  const size = up(g);
  let c = 0n;
  for (const [i, { n, h, o }] of squares.entries()) {
    const [first, second] = [layers[4 * i] as Layer, layers[4 * i + 1] as Layer];
    const near = (norm: bigint, d: bigint): bigint => {
      const whole_ = rootOf(norm) + by(size, d);
      return by(whole_, whole_) + UNIT;
    };
    const b1 = near(n, c);
    const reached = by(operator(first.rows), c);
    const d1 = root(by(reached, reached) + b1);
    const b2 = near(h, d1);
    const further = by(operator(second.rows), d1);
    const d2 = root(by(further, further) + b2);
    const b3 = near(o, d2);
    const cc = by(c, c);
    const gg = by(size, size);
    const test = (u: bigint, v: bigint, t: bigint, slope: bigint, slack: bigint, place: string): void => {
      const left = by(gg, slope * slope * (u * cc + v * b1 + t * b2) + b3);
      if (slack === 0n || left > slack * slack * UNIT)
        reject(
          "margin",
          slack === 0n ? place : "verdicts.margin.lower",
          `layer ${i + 1} of gates: an inequality fails`,
        );
    };
    const units = corrections[i];
    const tested = new Set<string>();
    if (units === undefined) {
      for (const row of (layers.at(-1) as Layer).rows) {
        const v = through(absolute(row), second.rows);
        test(
          squared(through(v, first.rows).values()),
          squared(v.values()),
          squared(absolute(row).map(([, w]) => w)),
          1n,
          1n,
          "",
        );
      }
      return;
    }
    for (const [k, relus] of units.entries()) {
      const v = absolute(second.rows[k] as Row);
      const [u, w] = [squared(through(v, first.rows).values()), squared(v.map(([, size_]) => size_))];
      const key = JSON.stringify([String(u), String(w), relus]);
      if (tested.has(key)) continue;
      tested.add(key);
      for (const { slope, bias } of relus)
        for (const z of [0, 1]) test(u, w, 1n, BigInt(slope), BigInt(slope * z + bias), `network.layers[${4 * i + 2}]`);
    }
    const rounded = layers[4 * i + 2] as Layer;
    const last = by(operator(rounded.rows), d2);
    const d3 = root(by(last, last) + b3);
    const values = (z: number): bigint[] =>
      units.map((relus) => squared(relus.map(({ slope, bias }) => BigInt(Math.max(0, slope * z + bias)))));
    const on = units.flatMap((relus) =>
      [0, 1].map((z) =>
        squared(relus.filter(({ slope, bias }) => slope * z + bias > 0).map(({ weight }) => BigInt(weight))),
      ),
    );
    const most = (list_: readonly bigint[]): bigint => list_.reduce((a, b) => (a > b ? a : b), 0n);
    const hidden = rootOf(values(0).reduce((a, b) => a + b, 0n) + o * most(values(1))) + by(size, d3);
    c = root(most(on) * b3 + by(hidden, hidden) + UNIT);
  }
}

function checkTheorem(
  layers: readonly Layer[],
  corrections: readonly Relu[][][],
  squares: readonly Squares[],
  { outputs }: Certificate["circuit"],
  [sn, sd]: Ratio,
  [bn, bd]: Ratio,
): void {
  const sigma = up([sn, sd]);
  const final = operator((layers.at(-1) as Layer).rows);
  const most = (list_: readonly bigint[]): bigint => list_.reduce((a, b) => (a > b ? a : b), UNIT);
  const own = squares.map(({ n, h, o }, i) => {
    const b1 = root((n + 1n) * UNIT);
    const inner = rootOf(h) + by(sigma, b1);
    const outer = by(operator((layers[4 * i + 1] as Layer).rows), b1);
    const change = root(by(outer, outer) + by(inner, inner) + UNIT);
    if (i < squares.length - 1) return change;
    const [shown, end] = [rootOf(o) + by(sigma, change), by(final, change)];
    return root(by(end, end) + by(shown, shown) + UNIT);
  });
  const lipschitz = squares.map((_, i) => {
    const [a, b] = [operator((layers[4 * i] as Layer).rows), operator((layers[4 * i + 1] as Layer).rows)];
    const both = by(a + sigma, b + sigma);
    return i < squares.length - 1 ? both : by(both, final + sigma);
  });
  const kappaXi = most(
    corrections.map((_, i) => {
      const [first, second] = [layers[4 * i + 2] as Layer, layers[4 * i + 3] as Layer];
      const two = root(2n * UNIT);
      const beta = rootOf(squared(first.rows.map(({ bias }) => BigInt(Math.max(0, bias)))));
      const [x, y] = [by(operator(second.rows), two), operator(first.rows) + beta + by(sigma, two)];
      return root(by(x, x) + by(y, y) + UNIT);
    }),
  );
  const lambda = most([...squares.map(({ o }) => rootOf(o)), rootOf(BigInt(outputs.length))]);
  const [mu0, kappa, mu] = [most(own.slice(0, 1)), most(own.slice(1)), most(lipschitz.slice(1))];
  // Each quantity as a quotient; bound <= quotient for all of them.
  const quantities: Ratio[] = [
    [lambda, mu0],
    [UNIT, 3n * mu0],
    [UNIT, 2n * kappa],
    [UNIT * UNIT, 6n * kappa * lambda],
    [sn, sd],
    [UNIT * UNIT, 2n * kappaXi * lambda],
    [UNIT ** 3n, 12n * lambda * mu * kappaXi],
    [UNIT * UNIT, 4n * mu * kappaXi],
  ];
  if (quantities.some(([x, y]) => bn * y > x * bd))
    reject("theorem", "verdicts.margin.theorem.bound", "expected at most the least quantity of (D.5)");
}

/** Replays a perturbation in integers: after each layer values are multiples of 1 over the product of denominators so far. */
function checkFlip(flip: ValueOf<typeof flipShape>, layers: readonly Layer[], circuit: Certificate["circuit"]): void {
  const fail = (place: string, message: string): never => reject("flip", `verdicts.margin.flip.${place}`, message);
  const { input, output, squaredNorm, entries } = flip;
  if (input.length !== circuit.inputs.length) fail("input", `expected ${circuit.inputs.length} bits`);
  if (output >= circuit.outputs.length) fail("output", `expected a number below ${circuit.outputs.length}`);
  const common = layers.map(() => 1n);
  const added = layers.map(() => new Map<number, (readonly [number, Ratio])[]>());
  let before: readonly number[] = [-1, 0, 0];
  let bits = 0;
  for (const [e, [l, r, c, text]] of entries.entries()) {
    const layer = layers[l];
    if (layer === undefined || r >= layer.rows.length || c > layer.inputs)
      return fail(`entries[${e}]`, "expected a place of the network");
    const [bl, br, bc] = before as [number, number, number];
    if (l < bl || (l === bl && (r < br || (r === br && c <= bc)))) fail(`entries[${e}]`, "expected rising places");
    before = [l, r, c];
    const value = ratioOf(text) ?? fail(`entries[${e}]`, "expected a reduced number");
    const old = common[l] as bigint;
    const joined = (old / greatest(old, value[1])) * value[1];
    bits += joined.toString(2).length - old.toString(2).length;
    if (bits > 16_384) fail(`entries[${e}]`, "expected common denominators of at most 16384 bits together");
    common[l] = joined;
    const row = added[l]?.get(r) ?? [];
    row.push([c, value]);
    added[l]?.set(r, row);
  }
  let [n, d] = [0n, 1n];
  let values = Array.from(input, BigInt);
  let scale = 1n;
  for (const [l, { rows, inputs, relu }] of layers.entries()) {
    const q = common[l] as bigint;
    let sum = 0n;
    values = rows.map(({ bias, entries: weights }, r) => {
      let total = BigInt(bias) * scale * q;
      for (const [c, weight] of weights) total += BigInt(weight) * (values[c] as bigint) * q;
      for (const [c, [x, y]] of added[l]?.get(r) ?? []) {
        const numerator = x * (q / y);
        sum += numerator * numerator;
        total += numerator * (c === inputs ? scale : (values[c] as bigint));
      }
      return relu && total < 0n ? 0n : total;
    });
    scale *= q;
    [n, d] = [n * q * q + sum * d, d * q * q];
    const divisor = greatest(n, d);
    [n, d] = [n / divisor, d / divisor];
  }
  if (squaredNorm !== (d === 1n ? String(n) : `${n}/${d}`)) fail("squaredNorm", "expected the sum of squares");
  const words = circuitWords(
    circuit,
    Int32Array.from(input, (bit) => (bit === "1" ? -1 : 0)),
  );
  const sign = (words[output] as number) === 0 ? -1n : 1n;
  if (sign * (values[output] as bigint) > 0n) fail("output", "expected an output that becomes wrong");
}

interface Norms {
  readonly alpha: string;
  readonly parameters: string;
  readonly depth: number;
  readonly leastWidth: number;
  readonly largestWeight: number;
  readonly nonzero: number;
}

function normsOf(layers: readonly Layer[], m: number, k: number, width: number, leastWidth: number): Norms {
  let alpha = 0n;
  let [largestWeight, nonzero] = [0, 0];
  for (const { rows } of layers)
    for (const { bias, entries } of rows)
      for (const weight of [bias, ...entries.map(([, one]) => one)]) {
        alpha += BigInt(Math.abs(weight));
        largestWeight = Math.max(largestWeight, Math.abs(weight));
        if (weight !== 0) nonzero++;
      }
  const depth = layers.length - 1;
  const w = BigInt(width);
  const parameters = w * BigInt(m + 1) + BigInt(depth - 1) * w * (w + 1n) + BigInt(k) * (w + 1n);
  return { alpha: String(alpha), parameters: String(parameters), depth, leastWidth, largestWeight, nonzero };
}

function largestSum(layers: readonly Layer[]): bigint {
  return layers.reduce((most, { rows }, l) => {
    const tops = l % 2 === 1 ? layers[l - 1]?.rows.map(top) : undefined;
    return rows.reduce((inner, row) => {
      const sum = absolute(row).reduce((total, [c, w]) => total + w * (tops?.[c] ?? 1n), BigInt(Math.abs(row.bias)));
      return sum > inner ? sum : inner;
    }, most);
  }, 0n);
}

/** Units of logarithms: 2^-160. */
const LOG = 160n;

/** ln x from above: the binary logarithm digit by digit, by squaring, times ln 2 = sum of 1 / (k 2^k). */
function ln(x: bigint): bigint {
  const precision = 640n;
  let exponent = BigInt(x.toString(2).length - 1);
  let mantissa = ((x << precision) >> exponent) + 1n;
  for (let i = 0n; i < LOG; i++) {
    mantissa = ((mantissa * mantissa) >> precision) + 1n;
    exponent *= 2n;
    if (mantissa >> (precision + 1n) > 0n) {
      mantissa = (mantissa >> 1n) + 1n;
      exponent += 1n;
    }
  }
  return (((exponent + 1n) * LN_2) >> LOG) + 1n;
}

const LN_2: bigint = Array.from({ length: 170 }, (_, k) => ((1n << LOG) >> BigInt(k + 1)) / BigInt(k + 1) + 1n).reduce(
  (a, b) => a + b,
);

function samples(
  alpha: bigint,
  p: bigint,
  [gn, gd]: Ratio,
  m: number,
  r: number,
  coordinates: number,
): Record<string, string> {
  const one = 1n << LOG;
  const over = (n: bigint, d: bigint): bigint => (n + d - 1n) / d;
  const twelve = (n: bigint): string => {
    const zeros = Math.max(0, String(n).length - 12);
    return zeros === 0 ? String(n) : String(over(n, 10n ** BigInt(zeros)) * 10n ** BigInt(zeros));
  };
  const sqrt = (a: bigint): bigint => integerRoot(a << LOG);
  const [cover, sure] = [24n * sqrt(ln(2n * p + 1n)), sqrt(over(ln(100n), 2n))];
  const isEnough = (n: bigint): boolean => {
    const left = 8n * one + over(cover * (over(alpha * ln(n) * gd, 2n * gn) + one), one) + sure;
    return 100n * left * left <= n * one * one;
  };
  let [low, high] = [8n, 16n];
  while (!isEnough(high)) [low, high] = [high, 2n * high];
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  const choices = 2n * BigInt(r) * BigInt(r) + 2n * BigInt(r) + 2n;
  return {
    expression: twelve(over(100n * (over(alpha * alpha * gd * gd * ln(p), gn * gn) + one), one)),
    explicit: twelve(high),
    finiteClass: twelve(over(10n * (BigInt(coordinates) * ln(choices) + ln(100n)), one)),
    inputs: twelve(2n ** BigInt(m)),
  };
}
