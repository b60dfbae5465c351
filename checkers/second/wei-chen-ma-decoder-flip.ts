/**
 * A perturbation of a decoder after which an output has another sign (DECODER.md, "Margin"), replayed in integers: a vector is kept as
 * numerators over one denominator, reduced after every map.
 */
import type { Entry, Machine } from "./wei-chen-ma-decoder-machine.js";
import type { Map_, Module, Network } from "./wei-chen-ma-decoder-network.js";
import { reject, type Certificate, type Flip } from "./wei-chen-ma-decoder-text.js";
import type { Spend } from "./text.js";

/** Passes of a perturbed run. */
const MAX_FLIP_PASSES = 64;

/** Bits of a numerator or denominator after a map, and of the common denominator of all entries. */
const MAX_FLIP_BITS = 4096n;

const fail = (path: string, message: string): never => reject("flip", `verdicts.margin.flip.${path}`, message);

function greatest(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y > 0n) [x, y] = [y, x % y];
  return x;
}

/** A vector of rationals. */
interface Vector {
  readonly n: readonly bigint[];
  readonly d: bigint;
}

/** A row's additions, over the common denominator of all entries; column null is the bias. */
type Additions = readonly (readonly [column: number | null, numerator: bigint])[];

interface Perturbation {
  readonly d: bigint;
  readonly rows: ReadonlyMap<string, Additions>;
  readonly squaredNorm: string;
}

const isLong = (value: bigint): boolean => (value < 0n ? -value : value) >> MAX_FLIP_BITS > 0n;

function textOf(n: bigint, d: bigint): string {
  const divisor = greatest(n, d);
  return d === divisor ? String(n / divisor) : `${n / divisor}/${d / divisor}`;
}

function readEntries({ layers }: Network, entries: Flip["entries"]): Perturbation {
  const values: { readonly place: string; readonly column: number | null; readonly n: bigint; readonly d: bigint }[] =
    [];
  let common = 1n;
  let before: readonly number[] = [-1];
  for (const [e, [layer, map, row, column, text]] of entries.entries()) {
    const to = layers[layer]?.maps[map as 0 | 1 | 2];
    if (to === undefined || row >= to.rows.length || (column !== null && column >= to.inputs))
      return fail(`entries[${e}]`, "expected the place of a parameter");
    const place = [layer, map, row, column === null ? 0 : column + 1];
    const at = place.findIndex((part, i) => part !== before[i]);
    if (at < 0 || (place[at] as number) < (before[at] as number)) fail(`entries[${e}]`, "expected rising places");
    before = place;
    const [n = 0n, d = 1n] = text.split("/").map(BigInt);
    if (/[0-9]{2001}/.test(text) || d < 1n || greatest(n, d) !== 1n || (text.includes("/") && d === 1n))
      fail(`entries[${e}]`, "expected a reduced rational");
    common = (common / greatest(common, d)) * d;
    if (isLong(common)) fail("entries", `expected a common denominator of at most ${MAX_FLIP_BITS} bits`);
    values.push({ place: [layer, map, row].join(), column, n, d });
  }
  const rows = new Map<string, (readonly [number | null, bigint])[]>();
  let squares = 0n;
  for (const { place, column, n, d } of values) {
    const numerator = n * (common / d);
    squares += numerator * numerator;
    const list = rows.get(place) ?? [];
    list.push([column, numerator]);
    rows.set(place, list);
  }
  return { d: common, rows, squaredNorm: textOf(squares, common * common) };
}

/** Replays a perturbed decoder on one input. */
class Perturbed {
  readonly #network: Network;
  readonly #perturbation: Perturbation;
  readonly #spend: Spend;

  constructor(network: Network, perturbation: Perturbation, spend: Spend) {
    [this.#network, this.#perturbation, this.#spend] = [network, perturbation, spend];
  }

  /** theta_cls times the output of the last pass; undefined where numbers grow too long. */
  output(passes: number, encoded: readonly Vector[], code: (pass: number) => readonly number[]): Vector | undefined {
    const { layers, start, classifier } = this.#network;
    const keys: Vector[][] = layers.map(() => []);
    const values: Vector[][] = layers.map(() => []);
    const given = layers.map(({ cross }) =>
      cross === undefined
        ? []
        : encoded.map((one) => [this.#apply(cross.key, one), this.#apply(cross.value, one)] as const),
    );
    let h: Vector = { n: start.map(BigInt), d: 1n };
    for (let i = 1; i <= passes; i++) {
      const added = code(i);
      const { n, d } = h;
      h = { n: n.map((entry, c) => entry + BigInt(added[c] as number) * d), d };
      for (const [j, { self, cross, maps }] of layers.entries()) {
        if (self !== undefined) {
          keys[j]?.push(this.#apply(self.key, h));
          values[j]?.push(this.#apply(self.value, h));
          h = this.#attend(self, h, keys[j] as Vector[], values[j] as Vector[]);
        }
        const [asked, read] = [given[j]?.map(([key]) => key) ?? [], given[j]?.map(([, value]) => value) ?? []];
        if (cross !== undefined) h = this.#attend(cross, h, asked, read);
        for (const [k, map] of maps.entries()) {
          const next = this.#apply(map, h, `${j},${k}`);
          h = { n: next.n.map((entry) => (entry < 0n ? 0n : entry)), d: next.d };
          if (hasLong(h)) return undefined;
        }
      }
    }
    return { n: [h.n.reduce((sum, entry, c) => sum + entry * BigInt(classifier[c] as number), 0n)], d: h.d };
  }

  /** An affine map with what is added to it. @param place layer and map, of one that may be perturbed */
  #apply({ rows }: Map_, { n, d }: Vector, place?: string): Vector {
    const own = this.#perturbation.d;
    const cost = 1 + Math.ceil((d.toString(16).length + own.toString(16).length) / 8);
    const sums = rows.map(({ bias, terms }, r) => {
      const additions = place === undefined ? [] : (this.#perturbation.rows.get(`${place},${r}`) ?? []);
      this.#spend(cost * (1 + terms.length + additions.length));
      let sum = BigInt(bias) * d;
      for (const [column, weight] of terms) sum += BigInt(weight) * (n[column] as bigint);
      sum *= own;
      for (const [column, numerator] of additions) sum += numerator * (column === null ? d : (n[column] as bigint));
      return sum;
    });
    return reduced({ n: sums, d: d * own });
  }

  /** What a module adds: the mean of the values with the largest score. */
  #attend(
    { query, nullKey, nullValue }: Module,
    h: Vector,
    keys: readonly Vector[],
    values: readonly Vector[],
  ): Vector {
    const q = this.#apply(query, h);
    // Scores have the denominator of the query in common, and that of their key.
    const all: readonly Vector[] = [{ n: nullKey.map(BigInt), d: 1n }, ...keys];
    const scores = all.map((key): readonly [bigint, bigint] => {
      this.#spend((1 + Math.ceil(key.d.toString(16).length / 8)) * (1 + q.n.length));
      return [q.n.reduce((sum, entry, r) => sum + entry * (key.n[r] as bigint), 0n), key.d];
    });
    const [first, ...others] = scores as [readonly [bigint, bigint], ...(readonly [bigint, bigint])[]];
    const best = others.reduce((most, one) => (one[0] * most[1] > most[0] * one[1] ? one : most), first);
    const chosen = scores.flatMap(([n, d], t) => (n * best[1] === best[0] * d ? [t] : []));
    let sum: Vector = { n: h.n.map(() => 0n), d: 1n };
    for (const t of chosen) sum = plus(sum, t === 0 ? { n: nullValue.map(BigInt), d: 1n } : (values[t - 1] as Vector));
    return reduced(plus(h, { n: sum.n, d: sum.d * BigInt(chosen.length) }));
  }
}

function plus(a: Vector, b: Vector): Vector {
  const divisor = greatest(a.d, b.d);
  const [x, y] = [b.d / divisor, a.d / divisor];
  return { n: a.n.map((entry, c) => entry * x + (b.n[c] as bigint) * y), d: a.d * x };
}

function reduced({ n, d }: Vector): Vector {
  let divisor = d;
  for (const entry of n) {
    if (divisor === 1n) return { n, d };
    divisor = greatest(divisor, entry);
  }
  return { n: n.map((entry) => entry / divisor), d: d / divisor };
}

/** Whether an entry by itself, reduced, has a numerator or denominator beyond the limit. */
function hasLong({ n, d }: Vector): boolean {
  return n.some((entry) => {
    if (!isLong(entry) && !isLong(d)) return false;
    const divisor = greatest(entry, d);
    return isLong(entry / divisor) || isLong(d / divisor);
  });
}

/** The label of the state after so many passes: 1, -1, or 0 if it has none. */
function truth({ tape, label }: Certificate, machine: Machine, { input, passes }: Flip): number {
  const cells = new Map(input.map((symbol, i) => [i + 1, symbol]));
  let [state, head] = [0, 1];
  for (let i = 1; i < passes; i++) {
    const row = machine.table[state] as readonly Entry[];
    const [write, move, next] = row[cells.get(head) ?? 0] as Entry;
    cells.set(head, write);
    if (tape === "two-way" || head > 1 || move > 0) head += move;
    state = next;
  }
  return Number(label.accept.includes(state)) - Number(label.reject.includes(state));
}

/** Decides the perturbation, if there is one. */
export function decideFlip(certificate: Certificate, machine: Machine, network: Network, spend: Spend): void {
  const { verdicts, passes, tape } = certificate;
  const { flip } = verdicts.margin;
  if (flip === null) return;
  const { bits, width, embedding } = network;
  const { states, symbols } = machine;
  if (flip.passes < 1 || flip.passes > Math.min(passes, MAX_FLIP_PASSES))
    fail("passes", "expected passes of the decoder");
  if (flip.input.some((symbol) => symbol >= symbols)) fail("input", "expected indices of symbols");
  const room = 2 ** bits;
  const length = flip.input.length;
  if (tape === "two-way" ? room < passes + Math.max(length, 1) : room <= Math.max(passes, length))
    fail("input", "expected an input within capacity");
  const perturbation = readEntries(network, flip.entries);
  const sign = truth(certificate, machine, flip);
  if (sign === 0) fail("passes", "expected a run that ends in a state with a label");
  const code = (value: number): number[] => {
    const vector = Array.from({ length: width }, () => 0);
    for (let k = 0; k < bits; k++) vector[states + 2 * symbols + bits - 1 - k] = Math.floor(value / 2 ** k) % 2;
    return vector;
  };
  spend(8 * length * width);
  const encoded = flip.input.map((symbol, j): Vector => {
    const place = code(j + 1);
    return {
      n: (embedding[symbol] as readonly number[]).map((entry, c) => BigInt(entry + (place[c] as number))),
      d: 1n,
    };
  });
  const output = new Perturbed(network, perturbation, spend).output(flip.passes, encoded, code);
  if (output === undefined) return fail("entries", `expected numbers of at most ${MAX_FLIP_BITS} bits`);
  const [value = 0n] = output.n;
  if (value * BigInt(sign) > 0n) fail("output", "expected another sign than the label's, or 0");
  if (perturbation.squaredNorm !== flip.squaredNorm) fail("squaredNorm", "expected the sum of squares");
  if (textOf(value, output.d) !== flip.output) fail("output", "expected the output after the perturbation");
}
