/** What the rows of a filter are said to be for, held against what they do. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { patch } from "../../../../arbitraries/rcnn/cells.js";
import { normalMachine } from "../../../../arbitraries/machines.js";
import { describedFilter, machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { rational, type Rational } from "../../../../spec/exact/rational.js";
import { evaluate, type Network } from "../../../../spec/networks/network.js";
import { alphabet, ALPHABET_NAMES } from "../../../../spec/rcnn/alphabet.js";
import { cellCode, toUnits, type Cell } from "../../../../spec/rcnn/cell-code.js";
import { cellFeatures, cellRule, RULE_LINES, type RuleLine } from "../../../../spec/rcnn/cell-rule.js";
import { CENTRE, patchOf } from "../../../../spec/rcnn/patch.js";
import { FOUR } from "../../../mutants/rcnn/samples.js";

const CODE = cellCode(4);

/** The rows of a layer, counted from 0, at nine cells. */
function rowsAt(network: Network, layer: number, cells: readonly Cell[]): Rational[] {
  const part: Network = { layers: network.layers.slice(0, layer + 1) };
  return evaluate(
    part,
    cells.map(({ value }) => rational(toUnits(CODE, value))),
  );
}

describe("describedFilter", () => {
  it("should describe the network of machineToFilter, row by row", () => {
    fc.assert(
      fc.property(normalMachine({ maxStates: 6 }), fc.constantFrom(...ALPHABET_NAMES), (machine, name) => {
        const { network, functions, gates, terms } = describedFilter(machine, name);
        expect(network).toEqual(machineToFilter(machine, name));
        const [, v2, v3, v4] = network.layers;
        expect([functions.length, gates.length, terms.length]).toEqual([v2, v3, v4].map((layer) => layer?.rows.length));
        for (const [term, { name: called, about, serves }] of terms.entries()) {
          expect([called, about, serves.length > 0].every(Boolean)).toBe(true);
          const ofTerm = gates.flatMap((gate, r) => (gate.term === term ? [r] : []));
          expect(v4?.rows[term]?.entries.map(([column]) => column)).toEqual(ofTerm);
        }
        expect(new Set(terms.map(({ name: called }) => called)).size).toBe(terms.length);
      }),
      { numRuns: 12 },
    );
  });

  for (const name of ALPHABET_NAMES) {
    it(`should say truly which lines of f-bar each summand serves (${name})`, () => {
      const { network, terms } = describedFilter(FOUR, name);
      const seen = terms.map(() => new Set<RuleLine>());
      const wellFormed = alphabet(CODE, "well-formed");
      const look = (cells: readonly Cell[]): void => {
        const { rule } = cellRule(CODE, cellFeatures(CODE, FOUR), patchOf(cells));
        const part = rowsAt(network, 3, cells);
        for (const [term, value] of part.entries()) {
          if (value.n === 0n) continue;
          expect(terms[term]?.serves, `${terms[term]?.name} at ${rule}`).toContain(rule);
          seen[term]?.add(rule);
        }
      };
      fc.assert(
        fc.property(fc.oneof(patch(CODE, name), patch(CODE, "well-formed")), ({ cells }) => look(cells)),
        { numRuns: name === "full" ? 100 : 300 },
      );
      if (name === "full") return;
      // Lines that random patches seldom meet: a centre and one neighbour vary over all cells.
      const cellOf = (n: bigint, d: bigint): Cell =>
        wellFormed.neighbour.find(({ value }) => value.equals(rational(n, d))) as Cell;
      const [blank, one, padding, symbol] = [cellOf(1n, 9n), cellOf(1n, 1n), cellOf(1n, 6n), cellOf(1n, 3n)];
      for (const place of [1, 3, 5, 7]) {
        for (const cell of wellFormed.neighbour) {
          for (const centre of wellFormed.centre)
            look(Array.from({ length: 9 }, (_, p) => (p === CENTRE ? centre : p === place ? cell : blank)));
        }
      }
      for (const above of [symbol, blank]) {
        look(Array.from({ length: 9 }, (_, p) => ({ 4: symbol, 5: one, 7: padding })[p] ?? above));
      }
      // A flat term takes slopes away and has no value.
      const flat = terms.map(({ name: called }) => called.endsWith("flat") || called.endsWith("slope"));
      for (const [term, { name: called, serves }] of terms.entries()) {
        if (flat[term]) expect(seen[term]?.size, called).toBe(0);
        else expect([...(seen[term] ?? [])].toSorted(), called).toEqual([...serves].toSorted());
      }
    });
  }

  it("should give plateaus the features that are not 0 at their cells", () => {
    const { network, functions } = describedFilter(FOUR, "well-formed");
    const letters = alphabet(CODE, "well-formed");
    for (const [row, { shape, heights }] of functions.entries()) {
      if (shape.kind !== "plateau") {
        expect(heights).toEqual([]);
        continue;
      }
      expect(heights.length).toBeGreaterThan(0);
      for (const cell of shape.place === CENTRE ? letters.centre : letters.neighbour) {
        const u = rational(toUnits(CODE, cell.value));
        const isInside = u.gte(shape.low) && (shape.high === undefined || u.lte(shape.high));
        const blank = letters.centre[0] as Cell;
        const cells = Array.from({ length: 9 }, (_, p) => (p === shape.place ? cell : blank));
        expect(rowsAt(network, 1, cells)[row]?.equals(isInside ? 1n : 0n)).toBe(true);
        for (const [feature, height] of heights) {
          expect(feature.place).toBe(shape.place);
          if (isInside) expect(feature.of(cell).equals(height)).toBe(true);
        }
      }
    }
  });

  it("should know every line of f-bar, some summand for each", () => {
    const { terms } = describedFilter(FOUR, "well-formed");
    expect(new Set(terms.flatMap(({ serves }) => serves))).toEqual(new Set(RULE_LINES));
  });
});
