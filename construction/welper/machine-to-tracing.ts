/** From a machine to the loss that traces it: constants, l_S, read-outs. Nothing here is believed; checkers/welper/ decides. */
import { MOVES, type Move } from "../../spec/machines/machine.js";
import {
  backEdge,
  conditions18,
  fanUnits,
  printedUnits,
  tripled,
  vertexAt,
  vertexCount,
} from "../../spec/welper/finite-control.js";
import { multiTapeForm, type MultiTapeMachine, type MultiTapeSource } from "../../spec/welper/machine.js";
import type { ReadOut, TracingNetwork } from "../../spec/welper/tracing.js";

/** Which l_S. */
export type LossName = "fan" | "printed";

/** Constants of a tracing loss; rates are spelled as rationals. */
export interface TracingConstants {
  readonly b: number;
  readonly gamma: number;
  /** The learning rates of T and of H, and the one of x for projected gradient. */
  readonly rates: { readonly content: string; readonly head: string; readonly projected: string };
  /** Between the losses of halting and of running vertices. */
  readonly levels: { readonly lower: number; readonly upper: number };
}

/** A machine with the loss that traces it. */
export interface Tracing {
  readonly source: MultiTapeSource;
  readonly loss: LossName;
  /** Whether the states carry a counter modulo 3. */
  readonly tripled: boolean;
  /** The machine of the vertices. */
  readonly machine: MultiTapeMachine;
  readonly constants: TracingConstants;
  readonly network: TracingNetwork;
}

/** Compiles. @throws {RangeError} for a machine that is inconsistent or too large */
export function machineToTracing(source: MultiTapeSource, loss: LossName = "fan"): Tracing {
  const plain = multiTapeForm(source);
  const triples = loss === "printed" && backEdge(plain) !== undefined;
  const machine = triples ? tripled(plain) : plain;
  const { tapes, symbols } = machine;
  const gamma = 1;
  const b = loss === "fan" ? 1 : printedB(tapes);
  // The largest square of the difference of two symbols' vectors, and what the first square may be at a halting vertex.
  const square = symbols.length === 2 ? 4 : 2;
  const halting = (tapes * gamma * square) / 2;
  const height = halting + 3;
  const constant = loss === "fan" ? 1 : 1 + b ** 3 * gamma;
  const units = loss === "fan" ? fanUnits(machine, height, 4 * b * gamma) : printedUnits(machine, b, gamma);
  const network: TracingNetwork = {
    vertices: vertexCount(machine),
    tapes,
    readOnly: machine.readOnly,
    constant,
    units,
    codes: symbolCodes(symbols.length),
    ...readOuts(machine),
    factors: { write: gamma, read: 4 * b * b * gamma, move: gamma },
  };
  const levels = { lower: halting + 2, upper: loss === "fan" ? halting + 3 : constant - 1 };
  const projected = square === 4 ? "1/4" : "1/2";
  return {
    source,
    loss,
    tripled: triples,
    machine,
    constants: { b, gamma, rates: { content: "1", head: "1", projected }, levels },
    network,
  };
}

/** The least integer b with (18) and 8 b^2 d + 3 d < b^3, as 5.4 chooses it. */
export function printedB(d: number): number {
  for (let b = 1; ; b++) if (conditions18(b, d).every(Boolean) && 8 * b * b * d + 3 * d < b ** 3) return b;
}

/** -1 and 1 for two symbols, else unit vectors. */
export function symbolCodes(symbols: number): number[][] {
  if (symbols === 2) return [[-1], [1]];
  return Array.from({ length: symbols }, (_, i) => Array.from({ length: symbols }, (__, j) => (i === j ? 1 : 0)));
}

function readOuts(machine: MultiTapeMachine): { read: ReadOut; write: ReadOut; move: ReadOut } {
  const codes = symbolCodes(machine.symbols.length);
  const k = (codes[0] as number[]).length;
  const rows = (count: number): [number, number][][] => Array.from({ length: count }, () => []);
  const [read, write, move] = [rows(machine.tapes * k), rows(machine.tapes * k), rows(machine.tapes * MOVES.length)];
  for (let v = 0; v < vertexCount(machine); v++) {
    const { reading, transition } = vertexAt(machine, v);
    for (let i = 0; i < machine.tapes; i++) {
      for (let j = 0; j < k; j++) {
        const [seen, written] = [codes[reading[i] as number]?.[j], codes[transition.write[i] as number]?.[j]];
        if (seen) read[i * k + j]?.push([v, seen]);
        if (written) write[i * k + j]?.push([v, written]);
      }
      move[i * MOVES.length + MOVES.indexOf(transition.moves[i] as Move)]?.push([v, 1]);
    }
  }
  return { read, write, move };
}
