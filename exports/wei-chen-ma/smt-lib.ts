/**
 * Is there an input at which the network's output is not the circuit's? As an SMT-LIB script: unsat means no, whatever this
 * project's checkers say. The network is written from its numbers, the circuit from its gates.
 */
import type { CircuitCertificate } from "../../certificates/wei-chen-ma/circuit-certificate.js";
import {
  isComplemented,
  variableOf,
  type AndInverterGraph,
  type Literal,
} from "../../spec/circuits/and-inverter-graph.js";
import { rational } from "../../spec/exact/rational.js";
import type { FeedForward } from "../../spec/wei-chen-ma/affine.js";
import { ExportRefused } from "../export-refused.js";
import { printScript, type Definition, type Section } from "../smt/script.js";
import { affine, and, equal, ite, numeral, or, positive, ZERO_TERM, type Term } from "../smt/terms.js";
import { exportedCircuit } from "./exported-circuit.js";

/** Most rows of a network; solvers take long for fewer. */
const MAX_ROWS = 20_000;

/**
 * The text of the script.
 *
 * @param certificate accepted by a checker
 * @throws {ExportRefused} if the network has too many rows
 */
export function circuitSmt(certificate: CircuitCertificate): string {
  const { circuit, network, facts } = exportedCircuit(certificate);
  return differenceScript(
    circuit,
    network,
    Object.entries(facts).map(([key, value]) => `${key}: ${value}`),
  );
}

/** The script for any circuit and network. @throws {ExportRefused} if the network has too many rows */
export function differenceScript(
  circuit: AndInverterGraph,
  network: FeedForward,
  header: readonly string[] = [],
): string {
  const count = network.layers.reduce((sum, { rows }) => sum + rows.length, 0);
  if (count > MAX_ROWS) throw new ExportRefused(`a script is for networks of at most ${MAX_ROWS} rows, not ${count}`);
  const inputs = circuit.inputs.map((_, i) => `x${i}`);
  const shown = circuit.outputs.map((_, j) => `out${j}`);
  const differs = circuit.outputs.map((_, j) => `(not ${equal(positive(shown[j] as Term), `gate-out${j}`)})`);
  return printScript({
    header: ["unsat: the network computes the circuit at every input; sat: not at x0, x1, ...", "", ...header],
    logic: "QF_LRA",
    variables: inputs,
    sections: [gates(circuit), ...layers(network)],
    assertions: [
      {
        heading: ["Inputs are bits."],
        terms: inputs.map((x) => or(equal(x, ZERO_TERM), equal(x, numeral(rational(1n))))),
      },
      { heading: ["Some output has the wrong sign."], terms: [or(...differs)] },
    ],
    values: inputs.length === 0 ? shown : inputs,
  });
}

/** The circuit, gate by gate. */
function gates({ inputs, ands, outputs }: AndInverterGraph): Section {
  const name = (literal: Literal): Term => {
    const variable = variableOf(literal);
    const plain =
      variable === 0 ? "false" : variable <= inputs.length ? positive(`x${variable - 1}`) : `gate${variable}`;
    return isComplemented(literal) ? `(not ${plain})` : plain;
  };
  const definitions = ands.map(([a, b], i): Definition => ({
    name: `gate${inputs.length + 1 + i}`,
    sort: "Bool",
    term: and(name(a), name(b)),
  }));
  const shown = outputs.map(({ literal }, j): Definition => ({
    name: `gate-out${j}`,
    sort: "Bool",
    term: name(literal),
  }));
  return { heading: ["The circuit."], definitions: [...definitions, ...shown] };
}

/** The network, row by row. */
function layers(network: FeedForward): Section[] {
  const last = network.layers.length - 1;
  return network.layers.map(({ name, rows, relu }, l) => ({
    heading: [`Map ${l}: ${name}`],
    definitions: rows.flatMap(({ bias, entries }, r): Definition[] => {
      const before = (column: number): Term => (l === 0 ? `x${column}` : `y${l - 1}-${column}`);
      const sum = affine(
        rational(BigInt(bias)),
        entries.map(([column, weight]) => [before(column), rational(BigInt(weight))]),
      );
      if (l === last) return [{ name: `out${r}`, sort: "Real", term: sum }];
      const own = `y${l}-${r}`;
      if (!relu) return [{ name: own, sort: "Real", term: sum }];
      return [
        { name: `s${l}-${r}`, sort: "Real", term: sum, asConstant: true },
        { name: own, sort: "Real", term: ite(positive(`s${l}-${r}`), `s${l}-${r}`, ZERO_TERM), asConstant: true },
      ];
    }),
  }));
}
