/**
 * Lemmas 3.2 and B.1 from the numbers: the network computes the circuit, at every input.
 *
 * Layer by layer, what each corrected coordinate is follows from what it reads: its two ReLU layers are evaluated at all
 * assignments of the few variables that they read. So every coordinate is a literal over the inputs, and an output is the
 * circuit's where the literals are the same. Beside it, and where they are not, all 2^m inputs are tried, if they are few enough.
 */
import {
  FALSE,
  isComplemented,
  TRUE,
  variableOf,
  type AndInverterGraph,
  type Literal,
} from "../../spec/circuits/and-inverter-graph.js";
import type { AffineRow, FeedForward, Layer } from "../../spec/wei-chen-ma/affine.js";
import { accepted, rejected, undecided, type Rejected, type Undecided, type Verdict } from "../verdict.js";
import { Work } from "../work.js";
import { blocksOf, enumerateInputs, unitSteps, type LayerUnits } from "./enumerate-inputs.js";
import { LiteralTable, wordOf } from "./literal-table.js";
import { identityRows, LocalUnits, MAX_LOCAL_VARIABLES, type LocalUnit } from "./local-unit.js";
import { findInput, inputBits } from "./find-input.js";

/** Kinds of coordinates, by what they are of what they read. */
export interface GateCounts {
  readonly and: number;
  readonly or: number;
  readonly not: number;
  readonly id: number;
  readonly constant: number;
  readonly other: number;
}

/** Bounds on squared norms at any input, without perturbation, of a layer of gates. */
export interface LayerNorms {
  /** Of its input. */
  readonly input: bigint;
  /** Of the output of its first map. */
  readonly hidden: bigint;
  /** Of the output of its second map. */
  readonly output: bigint;
}

/** What was decided. */
export interface CheckedFunction {
  readonly layers: number;
  readonly coordinates: number;
  readonly gates: GateCounts;
  /** 2^m where all inputs were tried, else null. */
  readonly inputs: string | null;
  /** Shape: layers of gates. */
  readonly norms: readonly LayerNorms[];
}

/** Inputs are tried one by one up to this number of them... */
export const MAX_ENUMERATED_INPUTS = 20;
/** ... and while 2^inputs times coordinates is at most this. */
export const MAX_ENUMERATED_VALUES: number = 2 ** 32;

/** Whether the inputs of a network are all tried. */
export function isEnumerated(inputs: number, coordinates: number): boolean {
  return inputs <= MAX_ENUMERATED_INPUTS && 2 ** inputs * coordinates <= MAX_ENUMERATED_VALUES;
}

/** Why a network does not compute its circuit. */
export type FunctionCode = "binary" | "function";

type Outcome = Rejected<FunctionCode> | Undecided;

/** A layer of gates as it was read. */
interface ReadLayer extends LayerUnits {
  readonly meanings: readonly Literal[];
  readonly norms: LayerNorms;
}

/** Decides it for a network whose maps are two for each layer of gates, two for each correction, and the output. */
export function checkFunction(
  circuit: AndInverterGraph,
  network: FeedForward,
  work: Work = new Work(),
): Verdict<FunctionCode, CheckedFunction> {
  const table = new LiteralTable(circuit.inputs.length, work);
  const source = sourceLiterals(circuit, table);
  const units = new LocalUnits(work);
  const read: ReadLayer[] = [];
  const gates = { and: 0, or: 0, not: 0, id: 0, constant: 0, other: 0 };
  let meanings: readonly Literal[] = circuit.inputs.map((_, i) => 2 * (i + 1));
  const count = (network.layers.length + 1) / 4;
  for (let layer = 0; layer < count; layer++) {
    const [first, second] = network.layers.slice(4 * layer, 4 * layer + 2) as [Layer, Layer];
    const one = readLayer(first, second, meanings, units, table, `network.layers[${4 * layer + 1}]`);
    if ("verdict" in one) return one;
    const plain = meanings.map((_, column) => 2 * (column + 1));
    for (const row of second.rows) gates[kindOf(units.read(first, row, plain, true))]++;
    read.push(one);
    meanings = one.meanings;
  }
  const place = `network.layers[${network.layers.length - 1}]`;
  const shown = readOutput(network.layers.at(-1) as Layer, meanings, units, table, place);
  if ("verdict" in shown) return shown;
  const coordinates = read.reduce((sum, { output }) => sum + output.length, 0);
  const result = { layers: count, coordinates, gates };
  if (!isEnumerated(circuit.inputs.length, coordinates)) {
    const different = compareLiterals(circuit, source, shown.meanings, table, place);
    return different ?? accepted({ ...result, inputs: null, norms: read.map(({ norms }) => norms) });
  }
  const values = new Uint32Array(table.size);
  work.spend(blocksOf(circuit.inputs.length) * (table.size + unitSteps(read, shown.units)));
  const tried = enumerateInputs(circuit.inputs.length, read, shown.units, (words) => {
    table.simulate(words, values);
    return source.map((literal) => wordOf(values, literal));
  });
  if (!("ones" in tried))
    return wrongOutput(circuit, tried.output, inputBits(circuit.inputs.length, tried.input), place);
  const norms = tried.ones.map(({ input, hidden, output }, l) => ({
    input: BigInt(input),
    hidden: BigInt(hidden) + squaresOf(network.layers[4 * l] as Layer, (read[l] as ReadLayer).hidden),
    output: BigInt(output),
  }));
  return accepted({ ...result, inputs: String(2 ** circuit.inputs.length), norms });
}

/** The circuit's outputs as literals of the table. */
function sourceLiterals({ inputs, ands, outputs }: AndInverterGraph, table: LiteralTable): Literal[] {
  const literals: Literal[] = [FALSE, ...inputs.map((_, i) => 2 * (i + 1))];
  const translate = (literal: Literal): Literal =>
    (literals[variableOf(literal)] as Literal) ^ (isComplemented(literal) ? 1 : 0);
  for (const [a, b] of ands) literals.push(table.and(translate(a), translate(b)));
  return outputs.map(({ literal }) => translate(literal));
}

function readLayer(
  first: Layer,
  second: Layer,
  before: readonly Literal[],
  units: LocalUnits,
  table: LiteralTable,
  place: string,
): ReadLayer | Outcome {
  const output: LocalUnit[] = [];
  for (const [k, row] of second.rows.entries()) {
    const unit = units.read(first, row, before, true);
    if (unit === undefined) return tooMany(`${place}.rows[${k}]`);
    if (unit.values.others.size > 0) return notBinary(unit, table, `${place}.rows[${k}]`);
    output.push(unit);
  }
  const same = { rows: identityRows(first.inputs) };
  const hidden = first.rows.map((row) => {
    const unit = units.read(same, row, before, true);
    return unit === undefined || unit.values.others.size > 0 ? undefined : unit;
  });
  const meanings = output.map(({ literals, values }) => table.ofTable(literals, values.table));
  const norms = {
    input: mostOnes(before),
    hidden: squaresOf(first, []),
    output: mostOnes(meanings),
  };
  return { output, hidden, meanings, norms };
}

/** The sum of squares of what rows can be at most at inputs of 0 and 1, those left out that are counted at every input. */
function squaresOf({ rows }: Layer, counted: readonly (LocalUnit | undefined)[]): bigint {
  return rows.reduce((sum, row, j) => {
    if (counted[j] !== undefined) return sum;
    const most = largestValue(row);
    return sum + most * most;
  }, 0n);
}

/** bias + the sum of the weights above 0, or 0 if that is below 0. */
function largestValue({ bias, entries }: AffineRow): bigint {
  const most = entries.reduce((sum, [, weight]) => (weight > 0 ? sum + BigInt(weight) : sum), BigInt(bias));
  return most < 0n ? 0n : most;
}

/** A bound of the number of ones: of coordinates that show one variable, those of one polarity. */
function mostOnes(meanings: readonly Literal[]): bigint {
  const shown = new Map<number, [plain: number, complemented: number]>();
  let ones = 0;
  for (const literal of meanings) {
    if (literal === TRUE) ones++;
    if (literal === FALSE || literal === TRUE) continue;
    const counts = shown.get(variableOf(literal)) ?? [0, 0];
    counts[isComplemented(literal) ? 1 : 0]++;
    shown.set(variableOf(literal), counts);
  }
  for (const [plain, complemented] of shown.values()) ones += Math.max(plain, complemented);
  return BigInt(ones);
}

/** What a coordinate is of the columns that it reads, whatever they show. */
function kindOf(unit: LocalUnit | undefined): keyof GateCounts {
  const columns = unit?.columns.length ?? MAX_LOCAL_VARIABLES;
  const values = columns > 2 ? "" : (unit?.values.table.join("") ?? "");
  return KINDS[values] ?? "other";
}

/** By values at 0, 1, or at 00, 10, 01, 11. */
const KINDS: Readonly<Record<string, keyof GateCounts>> = {
  "0": "constant",
  "1": "constant",
  "00": "constant",
  "11": "constant",
  "01": "id",
  "10": "not",
  "0001": "and",
  "0111": "or",
};

interface ReadOutput {
  readonly units: readonly LocalUnit[];
  readonly meanings: readonly Literal[];
}

/** The outputs: -1 and 1 as 0 and 1. */
function readOutput(
  last: Layer,
  before: readonly Literal[],
  units: LocalUnits,
  table: LiteralTable,
  place: string,
): ReadOutput | Outcome {
  const same = { rows: identityRows(last.inputs) };
  const shown: LocalUnit[] = [];
  for (const [j, row] of last.rows.entries()) {
    const unit = units.read(same, row, before, false);
    if (unit === undefined) return tooMany(`${place}.rows[${j}]`);
    const { table: values, others } = unit.values;
    const signs = values.map((value, assignment) => (value === 1 ? 1 : others.get(assignment) === -1n ? 0 : 2));
    const wrong = new Map(
      [...signs.entries()].flatMap(([at, sign]) => (sign === 2 ? [[at, others.get(at) ?? 0n]] : [])),
    );
    const read = { ...unit, values: { table: signs, others: wrong } };
    if (wrong.size > 0) return notBinary(read, table, `${place}.rows[${j}]`);
    shown.push(read);
  }
  return { units: shown, meanings: shown.map(({ literals, values }) => table.ofTable(literals, values.table)) };
}

function tooMany(path: string): Undecided {
  return undecided("local-variables", `${path}: reads more than ${MAX_LOCAL_VARIABLES} variables`);
}

/** A coordinate that is not binary at some assignment of what it reads: is there an input that has it? */
function notBinary(unit: LocalUnit, table: LiteralTable, path: string): Outcome {
  const bad = [...unit.values.others.keys()];
  const found = findInput(table, (values) => {
    let wrong = 0;
    for (const assignment of bad) {
      let term = -1;
      for (const [i, literal] of unit.literals.entries())
        term &= (assignment >> i) & 1 ? wordOf(values, literal) : ~wordOf(values, literal);
      wrong |= term;
    }
    return wrong;
  });
  if (!Array.isArray(found)) {
    return undecided(
      "local-assignments",
      `${path}: not binary at some values of what it reads, at which no input was found`,
    );
  }
  const value = valueAtInput(unit, table, found);
  return rejected("binary", path, `expected 0 or 1 (an output: -1 or 1), got ${value}`, {
    input: found.join(""),
    value: String(value),
  });
}

/** The value of a coordinate at an input at which it is not binary. */
function valueAtInput({ literals, values }: LocalUnit, table: LiteralTable, bits: readonly number[]): bigint {
  const words = new Uint32Array(table.size);
  table.simulate(Uint32Array.from(bits), words);
  const assignment = literals.reduce((sum, literal, i) => sum + ((wordOf(words, literal) & 1) << i), 0);
  return values.others.get(assignment) as bigint;
}

/** Where the inputs are too many to try: undefined if the literals are the circuit's. */
function compareLiterals(
  circuit: AndInverterGraph,
  source: readonly Literal[],
  shown: readonly Literal[],
  table: LiteralTable,
  place: string,
): Outcome | undefined {
  const output = shown.findIndex((literal, j) => literal !== source[j]);
  if (output < 0) return undefined;
  const found = findInput(
    table,
    (values) => wordOf(values, shown[output] as Literal) ^ wordOf(values, source[output] as Literal),
  );
  if (Array.isArray(found)) return wrongOutput(circuit, output, found, place);
  return undecided(
    "equivalence",
    `${place}.rows[${output}]: another formula than the circuit's; no input was found at which they differ`,
  );
}

function wrongOutput(
  { outputs }: AndInverterGraph,
  output: number,
  input: readonly number[],
  place: string,
): Rejected<"function"> {
  const name = outputs[output]?.name ?? "";
  return rejected("function", `${place}.rows[${output}]`, "expected the circuit's output, got the other value", {
    input: input.join(""),
    output: name,
  });
}
