/** (19), which is about the printed loss: its values at all vertices and at the points e_vw^(1/4), of which e_wv^(3/4) is the same. */
import { edgeWeight, successors, vertexAt } from "../../spec/welper/finite-control.js";
import type { MultiTapeMachine } from "../../spec/welper/machine.js";
import { cornerPoint, valueAtPoint, type ReluUnit } from "../../spec/welper/relu-loss.js";
import { accepted, rejected, type Rejected, type Verdict } from "../verdict.js";
import type { Work } from "../work.js";

/** Decides all values; l_S has no constant. @returns how many points were looked at */
export function checkNamedPoints(
  machine: MultiTapeMachine,
  units: readonly ReluUnit[],
  { b, gamma }: { readonly b: number; readonly gamma: number },
  work: Work,
): Verdict<"named-point", number> {
  const vertices = machine.states.length * machine.symbols.length ** machine.tapes;
  // ReLUs that may be on at a point between e_v and e_w have a positive bias, or an entry at one of them.
  const near = Array.from({ length: vertices }, (): number[] => []);
  const always: number[] = [];
  for (const [u, { bias, entries }] of units.entries()) {
    if (bias > 0) always.push(u);
    else for (const [v] of entries) near[v]?.push(u);
  }
  const edges = Array.from({ length: vertices }, (_, v) => {
    const vertex = vertexAt(machine, v);
    return new Map(vertex.halts ? [] : successors(machine, vertex));
  });
  const weight = (v: number, w: number): number | undefined => {
    const equal = edges[v]?.get(w);
    return equal === undefined ? undefined : edgeWeight(b, gamma, equal);
  };
  for (let v = 0; v < vertices; v++) {
    for (let w = 0; w < vertices; w++) {
      const some = [...new Set([...always, ...(near[v] ?? []), ...(near[w] ?? [])])].map((u) => units[u] as ReluUnit);
      work.spend(some.reduce((sum, { entries }) => sum + entries.length, 1));
      const value = valueAtPoint(some, cornerPoint(v, w, 1, 4));
      // Four times the value: at a vertex omega_v, towards a successor omega_vw, towards a predecessor half of omega_wv.
      const atVertex = vertexAt(machine, v).halts ? -4 * b ** 3 * gamma : 0;
      const expected = v === w ? atVertex : 4 * (weight(v, w) ?? 0) || 2 * (weight(w, v) ?? 0);
      if (value !== expected) return namedFault(v, w, value, expected);
    }
  }
  return accepted(vertices * vertices);
}

function namedFault(v: number, w: number, value: number, expected: number): Rejected<"named-point"> {
  const point = v === w ? `e_${v}` : `e_(${v},${w})^(1/4)`;
  const witness = { v, w, fourTimesValue: String(value), fourTimesExpected: String(expected) };
  return rejected("named-point", "network.units", `l_S has another value at ${point} than (19)`, witness);
}
