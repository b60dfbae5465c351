/** AIGER files of and-inverter graphs, with a symbol table. */
import type { AndInverterGraph } from "../../spec/circuits/and-inverter-graph.js";

function header(magic: string, { inputs, ands, outputs }: AndInverterGraph): string {
  return `${magic} ${inputs.length + ands.length} ${inputs.length} 0 ${outputs.length} ${ands.length}\n`;
}

function symbols({ inputs, outputs }: AndInverterGraph): string {
  return [...inputs.map((name, i) => `i${i} ${name}\n`), ...outputs.map(({ name }, i) => `o${i} ${name}\n`)].join("");
}

/** The ascii format (aag). */
export function writeAsciiAiger(graph: AndInverterGraph): string {
  const { inputs, ands, outputs } = graph;
  const lines = [
    ...inputs.map((_, i) => `${2 * (i + 1)}\n`),
    ...outputs.map(({ literal }) => `${literal}\n`),
    ...ands.map(([a, b], i) => `${2 * (inputs.length + i + 1)} ${a} ${b}\n`),
  ];
  return header("aag", graph) + lines.join("") + symbols(graph);
}

/** The binary format (aig). */
export function writeBinaryAiger(graph: AndInverterGraph): Uint8Array {
  const { inputs, ands, outputs } = graph;
  const bytes: number[] = [];
  const put = (value: number): void => {
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
    bytes.push(rest);
  };
  for (const [i, [a, b]] of ands.entries()) {
    put(2 * (inputs.length + i + 1) - a);
    put(a - b);
  }
  const before = header("aig", graph) + outputs.map(({ literal }) => `${literal}\n`).join("");
  const text = new TextEncoder();
  const parts = [text.encode(before), Uint8Array.from(bytes), text.encode(symbols(graph))];
  const file = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}
