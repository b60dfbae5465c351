/** AIGER, ascii (aag) and binary (aig), combinational: no latches and no properties. */
import {
  complement,
  isComplemented,
  variableOf,
  type AndInverterGraph,
  type CircuitOutput,
  type Literal,
} from "../../spec/circuits/and-inverter-graph.js";
import { InputError, quoteInput } from "../input-error.js";
import { MAX_CIRCUIT_GATES, MAX_CIRCUIT_INPUTS, MAX_CIRCUIT_OUTPUTS, MAX_SIGNAL_NAME } from "./circuit-limits.js";

interface Header {
  readonly variables: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly ands: number;
}

/** Lines of a file whose middle may be bytes. */
class Cursor {
  readonly #bytes: Uint8Array;
  readonly #file: string;
  at = 0;
  line = 0;

  constructor(bytes: Uint8Array, file: string) {
    this.#bytes = bytes;
    this.#file = file;
  }

  get isAtEnd(): boolean {
    return this.at >= this.#bytes.length;
  }

  /** The next line without its end. @throws {InputError} if there is none */
  next(wanted: string): string {
    if (this.isAtEnd) throw this.error(`expected ${wanted}, got the end of the file`, this.line + 1);
    const end = this.#bytes.indexOf(0x0a, this.at);
    const stop = end < 0 ? this.#bytes.length : end;
    const text = Buffer.from(this.#bytes.subarray(this.at, stop)).toString("utf8").replace(/\r$/, "");
    this.at = stop + 1;
    this.line++;
    return text;
  }

  /** A number in groups of seven bits, the lowest first. @throws {InputError} if it is cut short or too long */
  delta(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.#bytes[this.at];
      if (byte === undefined) throw this.errorAtByte("expected another byte of a gate, got the end of the file");
      this.at++;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
      if (shift >= 28) throw this.errorAtByte("expected a number of at most five bytes");
    }
  }

  error(message: string, line: number = this.line): InputError {
    return new InputError(`${this.#file}:${line}: ${message}`);
  }

  errorAtByte(message: string): InputError {
    return new InputError(`${this.#file}: byte ${this.at}: ${message}`);
  }
}

/**
 * The circuit of an AIGER file. Its variables are numbered anew: inputs first, then gates, each after those that it reads.
 *
 * @param file what to call it in messages
 * @throws {InputError} "file:line: ..." if it is malformed, cut short, sequential, cyclic, or too large
 */
export function readAiger(bytes: Uint8Array, file: string): AndInverterGraph {
  const cursor = new Cursor(bytes, file);
  const first = cursor.next("a header");
  const isBinary = first.startsWith("aig ");
  if (!isBinary && !first.startsWith("aag ")) throw cursor.error(`expected "aag" or "aig", got ${quoteInput(first)}`);
  const header = readHeader(first, cursor, bytes.length, isBinary);
  const raw = isBinary ? readBinary(cursor, header) : readAscii(cursor, header);
  const names = readSymbols(cursor, header);
  return renumber(raw, names, file);
}

function readHeader(text: string, cursor: Cursor, size: number, isBinary: boolean): Header {
  const words = text.trimEnd().split(" ").slice(1);
  if (words.length < 5 || words.length > 9 || words.some((word) => !/^(0|[1-9]\d{0,15})$/.test(word)))
    throw cursor.error(`expected five counts M I L O A, got ${quoteInput(text)}`);
  const [variables, inputs, latches, outputs, ands, ...properties] = words.map(Number) as [
    number,
    number,
    number,
    number,
    number,
    ...number[],
  ];
  if (latches > 0)
    throw cursor.error(`expected a combinational circuit, got ${latches} latch${latches === 1 ? "" : "es"}`);
  if (properties.some((count) => count > 0)) throw cursor.error("expected no properties (counts B, C, J, F)");
  if (inputs > MAX_CIRCUIT_INPUTS) throw cursor.error(`expected at most ${MAX_CIRCUIT_INPUTS} inputs, got ${inputs}`);
  if (outputs > MAX_CIRCUIT_OUTPUTS)
    throw cursor.error(`expected at most ${MAX_CIRCUIT_OUTPUTS} outputs, got ${outputs}`);
  if (ands > MAX_CIRCUIT_GATES) throw cursor.error(`expected at most ${MAX_CIRCUIT_GATES} gates, got ${ands}`);
  // What is promised must have room in the file: two bytes an output and a binary gate, six an ascii gate.
  if (2 * outputs + (isBinary ? 2 : 6) * ands > size)
    throw cursor.error(`expected no more gates and outputs than ${size} bytes can hold, got ${ands} and ${outputs}`);
  if (isBinary ? variables !== inputs + ands : variables < inputs + ands)
    throw cursor.error(`expected M ${isBinary ? "=" : ">="} I + A = ${inputs + ands}, got ${variables}`);
  if (outputs === 0) throw cursor.error("expected at least one output");
  return { variables, inputs, outputs, ands };
}

/** Gates as the file has them. `lines` are for messages; a binary file needs none. */
interface RawCircuit {
  readonly inputs: readonly number[];
  readonly outputs: readonly Literal[];
  readonly gates: readonly {
    readonly variable: number;
    readonly reads: readonly [Literal, Literal];
    readonly line: number;
  }[];
  readonly header: Header;
}

function readLiterals(cursor: Cursor, count: number, { variables }: Header, wanted: string): number[] {
  const text = cursor.next(wanted);
  const words = text.trimEnd().split(" ");
  if (words.length !== count || words.some((word) => !/^(0|[1-9]\d{0,15})$/.test(word)))
    throw cursor.error(`expected ${wanted}, got ${quoteInput(text)}`);
  const literals = words.map(Number);
  const most = 2 * variables + 1;
  const wrong = literals.find((literal) => literal > most);
  if (wrong !== undefined) throw cursor.error(`expected a literal up to 2 M + 1 = ${most}, got ${wrong}`);
  return literals;
}

function readAscii(cursor: Cursor, header: Header): RawCircuit {
  const defined = new Map<number, number>();
  const define = (literal: Literal): number => {
    const variable = variableOf(literal);
    if (literal < 2 || isComplemented(literal))
      throw cursor.error(`expected an even literal from 2 on for what is defined here, got ${literal}`);
    const before = defined.get(variable);
    if (before !== undefined)
      throw cursor.error(`literal ${literal}: expected one definition, got another on line ${before}`);
    defined.set(variable, cursor.line);
    return variable;
  };
  const inputs = Array.from({ length: header.inputs }, () =>
    define(readLiterals(cursor, 1, header, "the literal of an input")[0] as Literal),
  );
  const outputs = readOutputs(cursor, header);
  const gates = Array.from({ length: header.ands }, () => {
    const [left, a, b] = readLiterals(cursor, 3, header, "the three literals of a gate") as [Literal, Literal, Literal];
    return { variable: define(left), reads: [a, b] as const, line: cursor.line };
  });
  return { inputs, outputs, gates, header };
}

function readOutputs(cursor: Cursor, header: Header): Literal[] {
  return Array.from(
    { length: header.outputs },
    () => readLiterals(cursor, 1, header, "the literal of an output")[0] as Literal,
  );
}

function readBinary(cursor: Cursor, header: Header): RawCircuit {
  const inputs = Array.from({ length: header.inputs }, (_, i) => i + 1);
  const outputs = readOutputs(cursor, header);
  const gates = Array.from({ length: header.ands }, (_, i) => {
    const left = 2 * (header.inputs + i + 1);
    const [first, second] = [cursor.delta(), cursor.delta()];
    const [a, b] = [left - first, left - first - second];
    if (first === 0 || a < 0 || b < 0)
      throw cursor.errorAtByte(`gate ${i}: expected literals below ${left}, got ${a} and ${b}`);
    return { variable: variableOf(left), reads: [a, b] as const, line: 0 };
  });
  return { inputs, outputs, gates, header };
}

interface Names {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** The symbol table, up to a comment; what has no symbol is called i0, i1, ... or o0, o1, ... */
function readSymbols(cursor: Cursor, { inputs, outputs }: Header): Names {
  const names = { i: new Map<number, string>(), o: new Map<number, string>() };
  while (!cursor.isAtEnd) {
    const text = cursor.next("a symbol");
    if (text === "c" || (text === "" && cursor.isAtEnd)) break;
    const [, kind, place, name] = /^([io])(0|[1-9]\d{0,8}) (.+)$/.exec(text) ?? [];
    if (kind === undefined || place === undefined || name === undefined)
      throw cursor.error(`expected a symbol such as "i0 name", or "c" and comments, got ${quoteInput(text)}`);
    const count = kind === "i" ? inputs : outputs;
    const table = names[kind as "i" | "o"];
    if (Number(place) >= count) throw cursor.error(`expected a number below ${count} in ${quoteInput(text)}`);
    if (table.has(Number(place))) throw cursor.error(`expected one symbol for ${kind}${place}`);
    if (name.length > MAX_SIGNAL_NAME || /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(name))
      throw cursor.error(`expected a name of one line and at most ${MAX_SIGNAL_NAME} characters`);
    table.set(Number(place), name);
  }
  const listed = (kind: "i" | "o", count: number): string[] => {
    const list = Array.from({ length: count }, (_, i) => names[kind].get(i) ?? `${kind}${i}`);
    if (new Set(list).size < count)
      throw cursor.error(
        `expected each name of an ${kind === "i" ? "input" : "output"} once, those such as ${kind}0 included that are given where there is no symbol`,
      );
    return list;
  };
  return { inputs: listed("i", inputs), outputs: listed("o", outputs) };
}

/** Numbers variables anew, gates after those that they read; without recursion, because chains may be a million deep. */
function renumber({ inputs, outputs, gates, header }: RawCircuit, names: Names, file: string): AndInverterGraph {
  const error = (line: number, message: string): InputError =>
    new InputError(line === 0 ? `${file}: ${message}` : `${file}:${line}: ${message}`);
  const placeOf = new Map(gates.map(({ variable }, place) => [variable, place]));
  const numbers = new Map<number, number>([[0, 0], ...inputs.map((variable, i) => [variable, i + 1] as const)]);
  const literal = (old: Literal): Literal => {
    const number = 2 * (numbers.get(variableOf(old)) as number);
    return isComplemented(old) ? complement(number) : number;
  };
  const ands: [Literal, Literal][] = [];
  const open = new Set<number>();
  for (const start of gates) {
    const stack = [start.variable];
    while (stack.length > 0) {
      const variable = stack.at(-1) as number;
      if (numbers.has(variable)) {
        stack.pop();
        continue;
      }
      const { reads, line } = gates[placeOf.get(variable) as number] as RawCircuit["gates"][number];
      const missing = reads.map(variableOf).filter((read) => !numbers.has(read));
      if (missing.length === 0) {
        const [a, b] = reads.map(literal) as [Literal, Literal];
        ands.push(a >= b ? [a, b] : [b, a]);
        numbers.set(variable, inputs.length + ands.length);
        open.delete(variable);
        stack.pop();
        continue;
      }
      open.add(variable);
      for (const read of missing) {
        if (open.has(read)) throw error(line, `gate ${2 * variable}: expected no cycle, but it depends on itself`);
        if (!placeOf.has(read)) throw error(line, `gate ${2 * variable}: literal ${2 * read} is not defined`);
        stack.push(read);
      }
    }
  }
  const undefinedAt = outputs.findIndex((output) => !numbers.has(variableOf(output)));
  if (undefinedAt >= 0)
    throw error(
      header.inputs + undefinedAt + 2,
      `output ${undefinedAt}: literal ${outputs[undefinedAt]} is not defined`,
    );
  const listed = outputs.map((output, i): CircuitOutput => ({
    name: names.outputs[i] as string,
    literal: literal(output),
  }));
  return { inputs: names.inputs, ands, outputs: listed };
}
