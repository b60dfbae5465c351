/**
 * A circuit's network read back as a circuit: every coordinate as a function of the few that it reads, from the numbers alone, as
 * AIGER, so that any equivalence checker may compare it with the circuit that was compiled.
 */
import type { CircuitCertificate } from "../../certificates/wei-chen-ma/circuit-certificate.js";
import { LiteralTable } from "../../checkers/wei-chen-ma/literal-table.js";
import { identityRows, LocalUnits } from "../../checkers/wei-chen-ma/local-unit.js";
import type { AndInverterGraph, Literal } from "../../spec/circuits/and-inverter-graph.js";
import type { AffineRow, FeedForward, Layer } from "../../spec/wei-chen-ma/affine.js";
import { writeAsciiAiger } from "../aiger/write-aiger.js";
import { ExportRefused } from "../export-refused.js";
import { exportedCircuit } from "./exported-circuit.js";

/** The compiled circuit, and what is read back from the network; both as ascii AIGER. */
export interface AigerPair {
  readonly source: string;
  readonly network: string;
}

/**
 * Both files.
 *
 * @param certificate accepted by a checker
 * @throws {ExportRefused} if a coordinate reads too many others, or is not binary at some of their values
 */
export function circuitAiger(certificate: CircuitCertificate): AigerPair {
  const { circuit, network } = exportedCircuit(certificate);
  const names = circuit.outputs.map(({ name }) => name);
  return { source: writeAsciiAiger(circuit), network: writeAsciiAiger(readBack(network, circuit.inputs, names)) };
}

/** The network as a circuit. @throws {ExportRefused} as circuitAiger does */
export function readBack(
  { layers }: FeedForward,
  inputs: readonly string[],
  outputs: readonly string[],
): AndInverterGraph {
  const table = new LiteralTable(inputs.length);
  const units = new LocalUnits();
  let meanings: readonly Literal[] = inputs.map((_, i) => 2 * (i + 1));
  const read = (first: Pick<Layer, "rows">, row: AffineRow, high: bigint, low: bigint): Literal => {
    const unit = units.read(first, row, meanings, low === 0n);
    if (unit === undefined) throw new ExportRefused("a coordinate reads too many others");
    const { table: values, others } = unit.values;
    const bits = values.map((value, at) => {
      const number = value === 2 || value === 0 ? (others.get(at) ?? 0n) : 1n;
      if (number !== high && number !== low)
        throw new ExportRefused("a coordinate is not binary at some values of others");
      return number === high ? 1 : 0;
    });
    return table.ofTable(unit.literals, bits);
  };
  for (let l = 0; l < layers.length - 1; l += 4) {
    const [first, second] = [layers[l] as Layer, layers[l + 1] as Layer];
    meanings = second.rows.map((row) => read(first, row, 1n, 0n));
  }
  const last = layers.at(-1) as Layer;
  const same = { rows: identityRows(last.inputs) };
  const shown = last.rows.map((row, j) => ({ name: outputs[j] ?? `o${j}`, literal: read(same, row, 1n, -1n) }));
  return { inputs, ands: table.ands, outputs: shown };
}
