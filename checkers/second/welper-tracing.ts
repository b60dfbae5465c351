/**
 * The certificate of a tracing loss (TRACING.md), decided once more. Slopes are not added up from the ReLUs that are on: l_S is evaluated at the vertices and at
 * the far ends of corners so small that no ReLU turns in them, and a slope is the difference, scaled.
 */
import { agree, giveUp, type Spend, workUpTo } from "./text.js";
import { readNetwork, type Network, type Unit } from "./welper-tracing-network.js";
import { digitsOf, readMachine, type Machine } from "./welper-tracing-machine.js";
import { readCertificate, reject } from "./welper-tracing-text.js";
import { replayRuns } from "./welper-tracing-replay.js";

export type { TracingCode } from "./welper-tracing-text.js";

/** A positive fraction, reduced. */
type Fraction = readonly [numerator: bigint, denominator: bigint];

/** Decides data and text of a certificate; ends the check, or gives what is left alone. */
export function decideTracing(json: unknown, text: string): readonly string[] {
  const certificate = readCertificate(json, text);
  const machine = readMachine(certificate);
  const { spend } = workUpTo(2 ** 29 + 4096 * text.length, 2 ** 25);
  const network = readNetwork(certificate, machine);
  const corner = decideKinks(network, machine, spend);
  const surface = new Surface(network.units, machine.entries.length, corner, spend);
  const steps = decideSteps(machine, network, surface);
  const levels = decideLevels(machine, network, surface);
  decideRate(certificate.constants.rates.projected, steps.rate);
  const conditions = conditionsOf(machine, network);
  const named = certificate.loss === "printed" ? decidePrinted(machine, network, surface, conditions, corner) : null;
  const replay = replayRuns(certificate, machine, spend);
  const { tapes, readings, readOnly } = machine;
  const vertices = machine.entries.length;
  const entries = network.units.reduce((sum, { weights }) => sum + weights.size, 0);
  const { running } = steps;
  const computed = {
    gradient: {
      vertices,
      units: network.units.length,
      decided: vertices * network.units.length,
      corner: spell(corner),
    },
    step: {
      running,
      readings,
      cases: running * readings,
      comparisons: String(BigInt(running * readings) * BigInt(vertices - 1)),
      gap: String(steps.gap),
    },
    tapes: { writes: running * (tapes - readOnly.length), moves: running * tapes },
    levels,
    projection: { least: spell(steps.rate) },
    conditions,
    named: named === null ? null : { points: named },
    width: { units: network.units.length, entries, bound: vertices, within: network.units.length <= vertices },
    replay,
  };
  agree("counts", certificate.verdicts, computed, "verdicts");
  return [];
}

function spell([n, d]: Fraction): string {
  return d === 1n ? String(n) : `${n}/${d}`;
}

function reduced(n: bigint, d: bigint): Fraction {
  let [a, b] = [n, d];
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? [0n, 1n] : [n / a, d / a];
}

function isLess([a, b]: Fraction, [c, d]: Fraction): boolean {
  return a * d < c * b;
}

/** No ReLU gets 0 at a vertex. @returns the size of the corners on which all keep their side */
function decideKinks({ units }: Network, { entries }: Machine, spend: Spend): Fraction {
  let corner: Fraction = [1n, 1n];
  for (const [u, { bias, weights }] of units.entries()) {
    spend(weights.size + 1);
    const values = [...weights.values()].map((weight) => bias + weight);
    if (weights.size < entries.length) values.push(bias);
    if (values.includes(0n)) reject("kink", `network.units[${u}]`, "the ReLU gets 0 at a vertex");
    const on = values.filter((value) => value > 0n).sort((a, b) => (a < b ? -1 : 1));
    const off = values.filter((value) => value < 0n).sort((a, b) => (a < b ? -1 : 1));
    if (on.length === 0 || off.length === 0) continue;
    const [leastOn, mostOn, leastOff, mostOff] = [on[0], on.at(-1), off.at(-1), off[0]] as [
      bigint,
      bigint,
      bigint,
      bigint,
    ];
    for (const size of [reduced(leastOn, leastOn - mostOff), reduced(-leastOff, mostOn - leastOff)])
      if (isLess(size, corner)) corner = size;
  }
  return corner;
}

/** l_S by its values. */
class Surface {
  readonly vertices: number;
  readonly #units: readonly Unit[];
  readonly #spend: Spend;
  /** Units that may be on near a vertex: those with a weight there, and those with a positive bias. */
  readonly #near: readonly (readonly number[])[];
  readonly #always: readonly number[];
  /** 1 / scale is at most the size of the corners. */
  readonly #scale: bigint;

  constructor(units: readonly Unit[], vertices: number, [n, d]: Fraction, spend: Spend) {
    this.vertices = vertices;
    this.#units = units;
    this.#spend = spend;
    this.#scale = (d + n - 1n) / n;
    this.#always = units.flatMap(({ bias }, u) => (bias > 0n ? [u] : []));
    const near = Array.from({ length: vertices }, (): number[] => []);
    for (const [u, { bias, weights }] of units.entries())
      if (bias <= 0n) for (const v of weights.keys()) near[v]?.push(u);
    this.#near = near;
  }

  /** scale * l_S(((scale - part) e_v + part e_w) / scale) */
  value(v: number, w: number, part: bigint, scale: bigint): bigint {
    const some = new Set([...this.#always, ...(this.#near[v] ?? []), ...(this.#near[w] ?? [])]);
    this.#spend(some.size + 1);
    let sum = 0n;
    for (const u of some) {
      const { out, bias, weights } = this.#units[u] as Unit;
      const inner = scale * bias + (scale - part) * (weights.get(v) ?? 0n) + part * (weights.get(w) ?? 0n);
      if (inner > 0n) sum += out * inner;
    }
    return sum;
  }

  /** The slope from e_v towards e_w. */
  slope(v: number, w: number): bigint {
    const scale = this.#scale;
    return this.value(v, w, 1n, scale) - scale * this.value(v, v, 0n, 1n);
  }
}

/** From every running vertex and for every reading, the successor is the only least one. */
function decideSteps(
  { entries, halts, readings, symbols, tapes }: Machine,
  { codes, factors }: Network,
  surface: Surface,
): { readonly running: number; readonly gap: bigint; readonly rate: Fraction } {
  const inner = (a: number, b: number): bigint =>
    (codes[a] ?? []).reduce((sum, value, j) => sum + value * (codes[b]?.[j] ?? 0n), 0n);
  const digits = Array.from({ length: readings }, (_, r) => digitsOf(r, symbols, tapes));
  const product = (a: number, b: number): bigint =>
    (digits[a] ?? []).reduce((sum, symbol, i) => sum + inner(symbol, digits[b]?.[i] ?? 0), 0n);
  const products = digits.map((_, a) => digits.map((__, b) => factors.read * product(a, b)));
  let running = 0;
  let gap: bigint | undefined;
  let rate: Fraction = [0n, 1n];
  for (const [v, { next }] of entries.entries()) {
    if (halts[Math.floor(v / readings)] === true) continue;
    running++;
    const slopes = entries.map((_, w) => surface.slope(v, w));
    const now = products[v % readings] as readonly bigint[];
    for (const [s, target] of products.entries()) {
      const g = (w: number): bigint =>
        (slopes[w] as bigint) + (now[w % readings] as bigint) - (target[w % readings] as bigint);
      const successor = next * readings + s;
      const least = g(successor);
      for (let w = 0; w < entries.length; w++) {
        const difference = g(w) - least;
        if (w === successor) continue;
        if (difference <= 0n)
          reject(
            difference === 0n ? "tie" : "argmin",
            "network.units",
            `vertex ${v}, reading ${s}: vertex ${w} is not above ${successor}`,
          );
        if (gap === undefined || difference < gap) gap = difference;
        const needed = reduced(w === v ? 2n : 1n, difference);
        if (isLess(rate, needed)) rate = needed;
      }
    }
  }
  return { running, gap: gap ?? 0n, rate };
}

type Interval = [least: bigint, most: bigint] | null;

function decideLevels(
  { entries, halts, readings, symbols, tapes }: Machine,
  { constant, codes, factors, lower, upper }: Network,
  surface: Surface,
): { readonly running: [string, string] | null; readonly halting: [string, string] | null } {
  const distance = (a: number, b: number): bigint =>
    (codes[a] ?? []).reduce((sum, value, j) => sum + (value - (codes[b]?.[j] ?? 0n)) ** 2n, 0n);
  const farthest = (a: number): bigint => codes.map((_, b) => distance(a, b)).reduce((x, y) => (x > y ? x : y));
  const found: { running: Interval; halting: Interval } = { running: null, halting: null };
  for (const [v, { write, moves }] of entries.entries()) {
    const kind = halts[Math.floor(v / readings)] === true ? "halting" : "running";
    const base = constant + surface.value(v, v, 0n, 1n);
    let [least, most] = [base, base];
    for (const [i, symbol] of digitsOf(v % readings, symbols, tapes).entries()) {
      if (kind === "halting") most += (factors.write * farthest(symbol)) / 2n;
      else {
        const written = (factors.write * distance(symbol, write[i] ?? 0)) / 2n;
        least += written;
        most += written + (factors.read * farthest(symbol)) / 2n + (moves[i] === "stay" ? 0n : factors.move);
      }
    }
    const before: Interval = found[kind];
    found[kind] =
      before === null ? [least, most] : [least < before[0] ? least : before[0], most > before[1] ? most : before[1]];
  }
  const { running, halting } = found;
  const order =
    (running === null || running[0] > upper) &&
    upper > lower &&
    (halting === null || (lower > halting[1] && halting[0] > 0n));
  if (!order) reject("levels", "constants.levels", "expected running > upper > lower > halting > 0");
  const text = (interval: Interval): [string, string] | null =>
    interval === null ? null : [String(interval[0]), String(interval[1])];
  return { running: text(running), halting: text(halting) };
}

function decideRate(text: string, least: Fraction): void {
  const [n, d = "1"] = text.split("/") as [string, string?];
  if (text.length > 2100) giveUp("numeral", "the rate has too many digits");
  const stated = reduced(BigInt(n), BigInt(d));
  if (BigInt(n) < 0n || spell(stated) !== text)
    reject("projection", "constants.rates.projected", "expected a reduced rational");
  if (isLess(stated, least)) reject("projection", "constants.rates.projected", `expected at least ${spell(least)}`);
}

interface Conditions {
  readonly eighteen: readonly [boolean, boolean, boolean];
  readonly twenty: boolean;
}

function conditionsOf({ entries, halts, readings, tapes }: Machine, { b }: Network): Conditions {
  const d = BigInt(tapes);
  // Which states may follow a state, by running vertices.
  const after = halts.map(
    (halt, q) => new Set(halt ? [] : entries.slice(q * readings, (q + 1) * readings).map(({ next }) => next)),
  );
  const twenty = after.every((nexts, q) => [...nexts].every((p) => !(after[p] as Set<number>).has(q)));
  return {
    eighteen: [2n * b ** 3n >= b ** 3n + d * b, b ** 3n - 2n * d * b >= 4n * d * b ** 2n, b * b > b],
    twenty,
  };
}

/** (18), (19), (20), and corners of 1/4. @returns the number of points */
function decidePrinted(
  { entries, halts, readings, symbols, tapes }: Machine,
  { b, gamma }: Network,
  surface: Surface,
  { eighteen, twenty }: Conditions,
  corner: Fraction,
): number {
  if (!twenty) reject("back-edge", "machine.table", "(20) fails");
  if (eighteen.includes(false)) reject("condition-18", "constants.b", "(18) fails");
  if (isLess(corner, [1n, 4n])) reject("corner", "network.units", "l_S is not affine on corners of 1/4");
  const digits = Array.from({ length: readings }, (_, r) => digitsOf(r, symbols, tapes));
  const isRunning = (v: number): boolean => halts[Math.floor(v / readings)] !== true;
  const weight = (v: number, w: number): bigint => {
    if (!isRunning(v) || entries[v]?.next !== Math.floor(w / readings)) return 0n;
    const equal = (digits[v % readings] ?? []).filter((symbol, i) => symbol === digits[w % readings]?.[i]).length;
    return -(b ** 3n + b * BigInt(equal)) * gamma;
  };
  for (let v = 0; v < entries.length; v++)
    for (let w = 0; w < entries.length; w++) {
      const halting = isRunning(v) ? 0n : -4n * b ** 3n * gamma;
      const expected = v === w ? halting : 4n * weight(v, w) || 2n * weight(w, v);
      if (surface.value(v, w, 1n, 4n) !== expected)
        reject("named-point", "network.units", `another value between vertices ${v} and ${w} than (19)`);
    }
  return entries.length ** 2;
}
