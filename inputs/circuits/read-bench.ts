/** ISCAS BENCH: INPUT(x), OUTPUT(y), and y = NAND(a, b) line by line, in any order. */
import {
  complement,
  FALSE,
  TRUE,
  type AndInverterGraph,
  type Literal,
} from "../../spec/circuits/and-inverter-graph.js";
import { quoteInput } from "../input-error.js";
import type { GraphBuilder } from "./graph-builder.js";
import { Netlist } from "./netlist.js";

type Build = (builder: GraphBuilder, literals: readonly Literal[]) => Literal;

/** Gates by name; NOT, BUF and BUFF read one signal, the others one or more. */
const GATES: Readonly<Record<string, Build>> = {
  AND: (builder, all) => builder.andAll(all),
  NAND: (builder, all) => complement(builder.andAll(all)),
  OR: (builder, all) => builder.orAll(all),
  NOR: (builder, all) => complement(builder.orAll(all)),
  XOR: (builder, all) => builder.xorAll(all),
  XNOR: (builder, all) => complement(builder.xorAll(all)),
  NOT: (_, [only]) => complement(only as Literal),
  BUF: (_, [only]) => only as Literal,
  BUFF: (_, [only]) => only as Literal,
};

const UNARY = new Set(["NOT", "BUF", "BUFF"]);
const CONSTANTS: Readonly<Record<string, Literal>> = { GND: FALSE, VDD: TRUE };
const NAME = "[^\\s(),=#]+";
const DECLARATION = new RegExp(`^(INPUT|OUTPUT)\\s*\\(\\s*(${NAME})\\s*\\)$`, "i");
const GATE = new RegExp(`^(${NAME})\\s*=\\s*([A-Za-z0-9]+)\\s*\\(([^()]*)\\)$`);
const CONSTANT = new RegExp(`^(${NAME})\\s*=\\s*(gnd|vdd)$`, "i");

/**
 * The circuit of a BENCH text.
 *
 * @param file what to call the text in messages
 * @throws {InputError} "file:line: ..." if it is malformed, sequential, cyclic, or too large
 */
export function readBench(text: string, file: string): AndInverterGraph {
  const netlist = new Netlist(file);
  for (const [i, raw] of text.split(/\r?\n/).entries()) {
    const line = i + 1;
    const content = raw.replace(/#.*$/, "").trim();
    if (content !== "") readLine(netlist, content, line);
  }
  return netlist.graph();
}

function readLine(netlist: Netlist, content: string, line: number): void {
  const [, kind, name] = DECLARATION.exec(content) ?? [];
  if (kind !== undefined && name !== undefined) {
    if (kind.toUpperCase() === "INPUT") netlist.input(name, line);
    else netlist.output(name, line);
    return;
  }
  const [, fixed, constant] = CONSTANT.exec(content) ?? [];
  if (fixed !== undefined && constant !== undefined) {
    const literal = CONSTANTS[constant.toUpperCase()] as Literal;
    netlist.define(fixed, line, [], () => literal);
    return;
  }
  const [, target, gate, list] = GATE.exec(content) ?? [];
  if (target === undefined || gate === undefined || list === undefined)
    throw netlist.error(line, `expected INPUT(x), OUTPUT(x) or x = GATE(a, b), got ${quoteInput(content)}`);
  const type = gate.toUpperCase();
  if (type === "DFF") throw netlist.error(line, "expected a combinational circuit, got a flip-flop (DFF)");
  const build = Object.hasOwn(GATES, type) ? GATES[type] : undefined;
  if (build === undefined)
    throw netlist.error(line, `expected one of ${Object.keys(GATES).join(", ")}, got ${quoteInput(gate)}`);
  const reads = list.split(",").map((read) => read.trim());
  const wrong = reads.find((read) => !new RegExp(`^${NAME}$`).test(read));
  if (wrong !== undefined) throw netlist.error(line, `expected names between commas, got ${quoteInput(wrong)}`);
  if (UNARY.has(type) && reads.length !== 1)
    throw netlist.error(line, `expected one signal in ${type}, got ${reads.length}`);
  netlist.define(target, line, reads, build);
}
