/** The numbers of a tracing loss (TRACING.md, "The network"): their limits, symbols, read-outs and constants. */
import { digitsOf, type Machine } from "./welper-tracing-machine.js";
import { reject, type Certificate, type Sparse } from "./welper-tracing-text.js";

/** out * ReLU(bias + sum of weights); by vertex. */
export interface Unit {
  readonly out: bigint;
  readonly bias: bigint;
  readonly weights: ReadonlyMap<number, bigint>;
}

/** The numbers. */
export interface Network {
  readonly constant: bigint;
  readonly units: readonly Unit[];
  readonly codes: readonly (readonly bigint[])[];
  readonly factors: Readonly<Record<"write" | "read" | "move", bigint>>;
  readonly b: bigint;
  readonly gamma: bigint;
  readonly lower: bigint;
  readonly upper: bigint;
}

const LARGEST = 2n ** 31n - 1n;
const MOST = { units: 1_000_000, entries: 8_000_000 };
const MOVES = ["up", "down", "left", "right", "stay"] as const;

/** An integer within the limits. */
function integerOf(text: string, path: string): bigint {
  const value = BigInt(text);
  if (value > LARGEST || value < -LARGEST || text.length > 11) reject("network", path, `expected at most ${LARGEST}`);
  return value;
}

/** Reads and decides all numbers but those of l_S, which it only reads. */
export function readNetwork(certificate: Certificate, machine: Machine): Network {
  const { network, constants } = certificate;
  const vertices = machine.entries.length;
  if (network.units.length > MOST.units) reject("network", "network.units", `expected at most ${MOST.units} units`);
  let entries = 0;
  const sparse = (row: Sparse, path: string, skip: number): Map<number, bigint> => {
    entries += row.length;
    if (entries > MOST.entries) reject("network", path, `expected at most ${MOST.entries} entries`);
    let before = -1;
    return new Map(
      row.map(([column, text], e) => {
        const place = `${path}[${e + skip}]`;
        if (column <= before || column >= vertices)
          reject("network", `${place}[0]`, "expected rising columns of vertices");
        before = column;
        const weight = integerOf(text, `${place}[1]`);
        if (weight === 0n) reject("network", `${place}[1]`, "expected a weight other than 0");
        return [column, weight] as const;
      }),
    );
  };
  const units = network.units.map(([out, bias, ...row], u): Unit => {
    const path = `network.units[${u}]`;
    const weight = integerOf(out, `${path}[0]`);
    if (weight === 0n) reject("network", `${path}[0]`, "expected a weight other than 0");
    return { out: weight, bias: integerOf(bias, `${path}[1]`), weights: sparse(row, path, 2) };
  });
  const codes = network.codes.map((code, a) => code.map((text, j) => integerOf(text, `network.codes[${a}][${j}]`)));
  const k = codes[0]?.length ?? 0;
  if (codes.length !== machine.symbols || codes.some((code) => code.length !== k))
    reject("network", "network.codes", "expected one vector for each symbol, all of one length");
  const constant = integerOf(network.constant, "network.constant");
  const rows = { read: machine.tapes * k, write: machine.tapes * k, move: machine.tapes * 5 };
  const readOuts = (["read", "write", "move"] as const).map((name) => {
    if (network[name].length !== rows[name]) reject("network", `network.${name}`, `expected ${rows[name]} rows`);
    return network[name].map((row, r) => sparse(row, `network.${name}[${r}]`, 0));
  });
  const factor = (name: "write" | "read" | "move"): bigint =>
    integerOf(network.factors[name], `network.factors.${name}`);
  const factors = { write: factor("write"), read: factor("read"), move: factor("move") };
  const of = (text: string, path: string): bigint => integerOf(text, `constants.${path}`);
  const numbers = {
    b: of(constants.b, "b"),
    gamma: of(constants.gamma, "gamma"),
    lower: of(constants.levels.lower, "levels.lower"),
    upper: of(constants.levels.upper, "levels.upper"),
  };
  decideCodes(codes);
  decideReadOuts(machine, codes, readOuts as [Map<number, bigint>[], Map<number, bigint>[], Map<number, bigint>[]]);
  decideConstants(certificate, factors, numbers);
  return { constant, units, codes, factors, ...numbers };
}

function decideCodes(codes: readonly (readonly bigint[])[]): void {
  for (const [a, code] of codes.entries()) {
    const right =
      codes.length === 2
        ? code.length === 1 && code[0] === (a === 0 ? -1n : 1n)
        : code.length === codes.length && code.every((value, j) => value === (a === j ? 1n : 0n));
    if (!right) reject("coding", `network.codes[${a}]`, "expected -1 and 1, or unit vectors");
  }
}

/** Every column of a vertex must be what the vertex and its entry say. */
function decideReadOuts(
  { entries, tapes, symbols, readings }: Machine,
  codes: readonly (readonly bigint[])[],
  [read, write, move]: readonly [Map<number, bigint>[], Map<number, bigint>[], Map<number, bigint>[]],
): void {
  const k = codes[0]?.length ?? 0;
  const decide = (
    name: string,
    rows: readonly ReadonlyMap<number, bigint>[],
    of: (row: number, v: number) => bigint,
  ): void => {
    for (const [r, row] of rows.entries())
      for (let v = 0; v < entries.length; v++)
        if ((row.get(v) ?? 0n) !== of(r, v))
          reject("read-out", `network.${name}[${r}]`, `vertex ${v} has another number`);
  };
  const digits = Array.from({ length: readings }, (_, r) => digitsOf(r, symbols, tapes));
  const codeOf = (symbol: number | undefined, j: number): bigint => codes[symbol ?? 0]?.[j] ?? 0n;
  decide("read", read, (r, v) => codeOf(digits[v % readings]?.[Math.floor(r / k)], r % k));
  decide("write", write, (r, v) => codeOf(entries[v]?.write[Math.floor(r / k)], r % k));
  decide("move", move, (r, v) => (entries[v]?.moves[Math.floor(r / 5)] === MOVES[r % 5] ? 1n : 0n));
}

function decideConstants(
  { constants }: Certificate,
  { write, read, move }: Network["factors"],
  { b, gamma }: Pick<Network, "b" | "gamma">,
): void {
  const expect = (holds: boolean, path: string, message: string): void => {
    if (!holds) reject("constants", path, message);
  };
  const inverse = gamma === 1n ? "1" : `1/${gamma}`;
  expect(b >= 1n, "constants.b", "expected a positive integer");
  expect(gamma >= 1n, "constants.gamma", "expected a positive integer");
  expect(write === gamma, "network.factors.write", "expected gamma");
  expect(read === 4n * b * b * gamma, "network.factors.read", "expected 4 b^2 gamma");
  expect(move === gamma, "network.factors.move", "expected gamma");
  expect(constants.rates.content === inverse, "constants.rates.content", "expected 1 / gamma");
  expect(constants.rates.head === inverse, "constants.rates.head", "expected 1 / gamma");
}
