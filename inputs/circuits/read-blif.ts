/** Combinational BLIF: one .model of .names with covers. */
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

/** A logical line: its words, and the number of the first physical one. */
interface Line {
  readonly words: readonly string[];
  readonly line: number;
}

/** A .names with its rows. */
interface Cover {
  readonly line: number;
  readonly reads: readonly string[];
  readonly target: string;
  readonly rows: { readonly pattern: string; readonly line: number }[];
  /** The value in the output column, the same in all rows. */
  value: "0" | "1" | undefined;
}

/** Why a directive of BLIF is not read. */
const REFUSED: Readonly<Record<string, string>> = {
  ".latch": "expected a combinational circuit, got a latch",
  ".mlatch": "expected a combinational circuit, got a latch",
  ".subckt": "expected one flat model, got .subckt",
  ".gate": "expected .names, got a gate of a library (.gate)",
  ".exdc": "expected no don't-cares (.exdc)",
};

/**
 * The circuit of a BLIF text.
 *
 * @param file what to call the text in messages
 * @throws {InputError} "file:line: ..." if it is malformed, sequential, hierarchical, cyclic, or too large
 */
export function readBlif(text: string, file: string): AndInverterGraph {
  const netlist = new Netlist(file);
  let cover: Cover | undefined;
  let models = 0;
  let ended = false;
  const finish = (): void => {
    if (cover !== undefined) define(netlist, cover);
    cover = undefined;
  };
  for (const { words, line } of logicalLines(text)) {
    const [first = "", ...rest] = words;
    if (ended) throw netlist.error(line, `expected nothing after .end, got ${quoteInput(first)}`);
    if (!first.startsWith(".")) {
      if (cover === undefined) throw netlist.error(line, `expected a row only after .names, got ${quoteInput(first)}`);
      addRow(netlist, cover, words, line);
      continue;
    }
    finish();
    switch (first) {
      case ".model":
        if (++models > 1) throw netlist.error(line, "expected one model, got another .model");
        break;
      case ".inputs":
        for (const name of rest) netlist.input(name, line);
        break;
      case ".outputs":
        for (const name of rest) netlist.output(name, line);
        break;
      case ".names": {
        const target = rest.at(-1);
        if (target === undefined) throw netlist.error(line, "expected a signal after .names");
        cover = { line, reads: rest.slice(0, -1), target, rows: [], value: undefined };
        break;
      }
      case ".end":
        ended = true;
        break;
      default:
        throw netlist.error(
          line,
          REFUSED[first] ?? `expected a directive of combinational BLIF, got ${quoteInput(first)}`,
        );
    }
  }
  finish();
  return netlist.graph();
}

function* logicalLines(text: string): Generator<Line> {
  let words: string[] = [];
  let start = 0;
  const lines = text.split(/\r?\n/);
  for (const [i, raw] of lines.entries()) {
    const content = raw.replace(/#.*$/, "").trimEnd();
    const continues = content.endsWith("\\");
    if (words.length === 0) start = i + 1;
    for (const word of (continues ? content.slice(0, -1) : content).split(/\s+/)) if (word !== "") words.push(word);
    if (continues && i < lines.length - 1) continue;
    if (words.length > 0) yield { words, line: start };
    words = [];
  }
}

function addRow(netlist: Netlist, cover: Cover, words: readonly string[], line: number): void {
  const [pattern, value] = cover.reads.length === 0 ? ["", words[0]] : [words[0] ?? "", words[1]];
  if (words.length !== (cover.reads.length === 0 ? 1 : 2) || (value !== "0" && value !== "1"))
    throw netlist.error(line, `expected ${cover.reads.length} of 0, 1, - and then 0 or 1`);
  if (!/^[01-]*$/.test(pattern) || pattern.length !== cover.reads.length)
    throw netlist.error(line, `expected ${cover.reads.length} of 0, 1, -, got ${quoteInput(pattern)}`);
  if (cover.value !== undefined && cover.value !== value)
    throw netlist.error(line, "expected the same value in all rows of a cover");
  cover.value = value;
  cover.rows.push({ pattern, line });
}

function define(netlist: Netlist, { line, reads, target, rows, value }: Cover): void {
  const build = (builder: GraphBuilder, literals: readonly Literal[]): Literal => {
    const terms = rows.map(({ pattern }) =>
      builder.andAll(
        literals.flatMap((literal, i) => {
          const sign = pattern[i];
          return sign === "-" ? [] : [sign === "1" ? literal : complement(literal)];
        }),
      ),
    );
    const sum = terms.includes(TRUE) ? TRUE : builder.orAll(terms);
    return value === "0" ? complement(sum) : sum;
  };
  netlist.define(target, line, reads, rows.length === 0 ? () => FALSE : build);
}
