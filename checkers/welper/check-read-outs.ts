/** The read-outs of a tracing network and its constants: what a vertex says of symbols and moves must be what its name says. */
import { MOVES } from "../../spec/machines/machine.js";
import { formatRational, rational } from "../../spec/exact/rational.js";
import { vertexAt } from "../../spec/welper/finite-control.js";
import type { MultiTapeMachine } from "../../spec/welper/machine.js";
import type { ReadOut, TracingNetwork } from "../../spec/welper/tracing.js";
import { rejected, type Rejected } from "../verdict.js";
import type { Work } from "../work.js";

/** Why they are not. */
export type ReadOutFault = "coding" | "read-out" | "constants";

/** What a certificate states of the constants. */
export interface StatedConstants {
  readonly b: number;
  readonly gamma: number;
  readonly rates: { readonly content: string; readonly head: string };
}

/** The first vector of a symbol that is not -1 or 1, for two symbols, or not a unit vector, for more. */
export function codingFault({ codes }: TracingNetwork): Rejected<"coding"> | undefined {
  const count = codes.length;
  const expected = (a: number): number[] =>
    count === 2 ? [2 * a - 1] : Array.from({ length: count }, (_, j) => (j === a ? 1 : 0));
  const wrong = codes.findIndex((code, a) => code.join() !== expected(a).join());
  if (wrong < 0) return undefined;
  const witness = { stated: (codes[wrong] as readonly number[]).map(String), expected: expected(wrong).map(String) };
  return rejected("coding", `network.codes[${wrong}]`, "expected -1 and 1, or unit vectors for more symbols", witness);
}

/** The first row of a read-out that is not that of the machine. */
export function readOutFault(
  machine: MultiTapeMachine,
  network: TracingNetwork,
  work: Work,
): Rejected<"read-out"> | undefined {
  const { codes, vertices } = network;
  const k = (codes[0] as readonly number[]).length;
  work.spend(vertices * machine.tapes * (2 * k + MOVES.length));
  const expected = {
    read: [] as [number, number][][],
    write: [] as [number, number][][],
    move: [] as [number, number][][],
  };
  for (let i = 0; i < machine.tapes; i++) {
    for (let j = 0; j < k; j++) {
      expected.read.push([]);
      expected.write.push([]);
    }
    for (const _ of MOVES) expected.move.push([]);
  }
  for (let v = 0; v < vertices; v++) {
    const { reading, transition } = vertexAt(machine, v);
    for (let i = 0; i < machine.tapes; i++) {
      for (let j = 0; j < k; j++) {
        const seen = codes[reading[i] as number]?.[j] as number;
        const written = codes[transition.write[i] as number]?.[j] as number;
        if (seen !== 0) expected.read[i * k + j]?.push([v, seen]);
        if (written !== 0) expected.write[i * k + j]?.push([v, written]);
      }
      for (const [m, move] of MOVES.entries())
        if (transition.moves[i] === move) expected.move[i * MOVES.length + m]?.push([v, 1]);
    }
  }
  return (
    rowFault("read", network.read, expected.read) ??
    rowFault("write", network.write, expected.write) ??
    rowFault("move", network.move, expected.move)
  );
}

function rowFault(name: string, stated: ReadOut, expected: ReadOut): Rejected<"read-out"> | undefined {
  for (const [r, row] of expected.entries()) {
    const given = stated[r] ?? [];
    const length = Math.max(row.length, given.length);
    for (let e = 0; e < length; e++) {
      const [a, b] = [given[e], row[e]];
      if (a !== undefined && b !== undefined && a[0] === b[0] && a[1] === b[1]) continue;
      const show = (entry: readonly [number, number] | undefined): string =>
        entry === undefined ? "none" : `[${entry[0]}, "${entry[1]}"]`;
      const place = `network.${name}[${r}]${a === undefined ? "" : `[${e}]`}`;
      const witness = { stated: show(a), expected: show(b) };
      return rejected("read-out", place, `the machine's vertices have ${show(b)} here`, witness);
    }
  }
  return undefined;
}

/**
 * b and gamma are positive, the factors of (21) are gamma, 4 b^2 gamma and gamma, and rates of T and H are 1 / gamma: then one
 * step of descent writes the symbol under the head, changes no other cell, and moves the head, on tapes of any content and size.
 */
export function constantsFault(
  { factors }: TracingNetwork,
  { b, gamma, rates }: StatedConstants,
): Rejected<"constants"> | undefined {
  if (b < 1) return rejected("constants", "constants.b", "expected a positive integer");
  if (gamma < 1) return rejected("constants", "constants.gamma", "expected a positive integer");
  const inverse = formatRational(rational(1n, BigInt(gamma)));
  const expected = [
    ["network.factors.write", String(factors.write), String(gamma)],
    ["network.factors.read", String(factors.read), String(4n * BigInt(b) ** 2n * BigInt(gamma))],
    ["network.factors.move", String(factors.move), String(gamma)],
    ["constants.rates.content", rates.content, inverse],
    ["constants.rates.head", rates.head, inverse],
  ] as const;
  for (const [path, stated, computed] of expected) {
    if (stated !== computed)
      return rejected("constants", path, `expected ${computed}, got ${stated}`, { stated, computed });
  }
  return undefined;
}
