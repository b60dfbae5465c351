import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { patch as cellPatch } from "../../../../arbitraries/rcnn/cells.js";
import { normalMachine } from "../../../../arbitraries/machines.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { FilterTable } from "../../../../execution/rcnn/filter-table.js";
import { letterToValue, valueToLetter } from "../../../../execution/rcnn/letters.js";
import { formatRational, rational, type Rational } from "../../../../spec/exact/rational.js";
import { evaluate, type AffineMap, type Network } from "../../../../spec/networks/network.js";
import { cellCode, toUnits, type CellCode } from "../../../../spec/rcnn/cell-code.js";
import { cellRule as specifiedFilter, cellFeatures, outcomeValue } from "../../../../spec/rcnn/cell-rule.js";
import { CENTRE, type ConcretePatch } from "../../../../spec/rcnn/patch.js";

const cases = normalMachine({ maxStates: 5 }).chain((machine) => {
  const code = cellCode(machine.states.length);
  const patches = fc.array(cellPatch(code, "well-formed"), { minLength: 1, maxLength: 40 });
  return fc.record({ machine: fc.constant(machine), code: fc.constant(code), patches, isHashed: fc.boolean() });
});

function lettersOfPatch(table: FilterTable, patch: ConcretePatch): number[] {
  return patch.cells.map(({ value }) => valueToLetter(table.letters, value));
}

/** What the network gives at a patch by definition, in x-units. */
function evaluated(network: Network, code: CellCode, patch: ConcretePatch): Rational {
  const [output] = evaluate(
    network,
    patch.cells.map(({ value }) => rational(toUnits(code, value))),
  );
  return (output as Rational).div(rational(code.scale));
}

/** What the table says that the network gives, in u-units: its letter's value, or the number in its message. */
function askedUnits(table: FilterTable, patch: readonly number[]): Rational {
  try {
    return letterToValue(table.letters, table.next(patch)).mul(rational(table.letters.code.scale));
  } catch (error) {
    const [, n, d] = /got (-?\d+)\/(\d+) u-units/.exec(String(error)) ?? [];
    if (n === undefined || d === undefined) throw error;
    return rational(BigInt(n), BigInt(d));
  }
}

/** A change of one number of a network; the row is taken modulo the layer's rows. */
interface Change {
  readonly layer: number;
  readonly row: number;
  /** An input of the first layer; elsewhere taken modulo the layer's inputs. */
  readonly column: number;
  readonly by: Rational;
  readonly isBias: boolean;
}

function changed(network: Network, changes: readonly Change[]): Network {
  const layers = [...network.layers];
  for (const { layer, row, column, by, isBias } of changes) {
    const before = layers[layer] as AffineMap;
    const at = row % before.rows.length;
    const rows = before.rows.map(({ bias, entries }, r) => {
      if (r !== at) return { bias, entries };
      if (isBias) return { bias: bias.add(by), entries };
      const weights = new Map(entries);
      const k = column % before.inputs;
      weights.set(k, (weights.get(k) ?? rational(0n)).add(by));
      const nonzero = [...weights].filter(([, weight]) => weight.n !== 0n);
      return { bias, entries: nonzero.toSorted(([a], [b]) => a - b) };
    });
    layers[layer] = { ...before, rows };
  }
  return { layers };
}

describe("FilterTable", () => {
  it("should answer as f-bar does on random well-formed patches, dense and hashed", () => {
    fc.assert(
      fc.property(cases, ({ machine, code, patches, isHashed }) => {
        const table = new FilterTable(machineToFilter(machine), code, isHashed ? { denseLimit: 0 } : {});
        const questions = cellFeatures(code, machine);
        // Twice, so that the second answer comes from the table.
        for (const patch of [...patches, ...patches]) {
          const expected = outcomeValue(specifiedFilter(code, questions, patch), patch.cells[CENTRE]!);
          const next = letterToValue(table.letters, table.next(lettersOfPatch(table, patch)));
          expect(formatRational(next)).toBe(formatRational(expected));
        }
      }),
      { numRuns: 150 },
    );
  });

  it("should answer as the network does by definition, also when its numbers are wrong and units read several places", () => {
    const change = fc.record({
      layer: fc.nat({ max: 4 }),
      row: fc.nat({ max: 10_000 }),
      column: fc.nat({ max: 10_000 }),
      by: fc
        .tuple(fc.integer({ min: -40, max: 40 }), fc.constantFrom(1, 2, 3, 7))
        .map(([n, d]) => rational(BigInt(n), BigInt(d))),
      isBias: fc.boolean(),
    });
    const wrong = fc.tuple(cases, fc.array(change, { minLength: 1, maxLength: 4 }));
    const seen = { letters: 0, none: 0, joining: 0 };
    fc.assert(
      fc.property(wrong, ([{ machine, code, patches, isHashed }, changes]) => {
        const network = changed(machineToFilter(machine), changes);
        const table = new FilterTable(network, code, isHashed ? { denseLimit: 0 } : {});
        if (network.layers[0]!.rows.some(({ entries }) => entries.length > 1)) seen.joining++;
        for (const patch of patches.slice(0, 8)) {
          const expected = evaluated(network, code, patch);
          const letter = table.letters.units.findIndex((u) => expected.equals(rational(u, code.scale)));
          const ask = () => table.next(lettersOfPatch(table, patch));
          if (letter < 0 || letter === table.letters.padding) {
            expect(ask).toThrow(RangeError);
            seen.none++;
          } else {
            expect(ask()).toBe(letter);
            seen.letters++;
          }
        }
      }),
      { numRuns: 200 },
    );
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(20);
  });

  it("should compute any small network exactly: units of either sign, of no place and of several", () => {
    const number = fc
      .tuple(fc.integer({ min: -9, max: 9 }), fc.constantFrom(1, 2, 3))
      .map(([n, d]) => rational(BigInt(n), BigInt(d)));
    const row = (inputs: number, most: number): fc.Arbitrary<AffineMap["rows"][number]> =>
      fc
        .record({
          bias: number,
          columns: fc.subarray([...Array(inputs).keys()], { maxLength: most }),
          weights: fc.array(number, { minLength: most, maxLength: most }),
        })
        .map(({ bias, columns, weights }) => ({
          // Biases of the size of cell values, so that units go on and off within the alphabet.
          bias: bias.mul(rational(20n)),
          entries: columns
            .map((column, k) => [column, weights[k] as Rational] as const)
            .filter(([, weight]) => weight.n !== 0n),
        }));
    const rows = (inputs: number, most: number, count: number) =>
      fc.array(row(inputs, most), { minLength: count, maxLength: count });
    const networks = fc
      .tuple(rows(9, 1, 6), rows(9, 3, 2), rows(8, 8, 4), rows(4, 4, 3), rows(3, 3, 1))
      .map(([single, several, second, third, last]): Network => ({
        layers: [
          { name: "a", inputs: 9, rows: [...single, ...several], relu: true },
          { name: "b", inputs: 8, rows: second, relu: false },
          { name: "c", inputs: 4, rows: third, relu: true },
          { name: "d", inputs: 3, rows: last, relu: false },
        ],
      }));
    const code = cellCode(3);
    const patches = fc.array(cellPatch(code, "well-formed"), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(networks, patches, fc.boolean(), (network, samples, isHashed) => {
        const table = new FilterTable(network, code, isHashed ? { denseLimit: 0 } : {});
        for (const patch of samples) {
          const output = evaluated(network, code, patch).mul(rational(code.scale));
          const letter = table.letters.byUnits.get(output.d === 1n ? output.s * output.n : -1n);
          expect(askedUnits(table, lettersOfPatch(table, patch)).equals(output)).toBe(true);
          if (letter !== undefined) expect(table.next(lettersOfPatch(table, patch))).toBe(letter);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("should find in a hash table that has grown what an array holds", () => {
    fc.assert(
      fc.property(
        normalMachine({ minStates: 5, maxStates: 5 }),
        fc.integer({ min: 1, max: 2 ** 31 - 1 }),
        (machine, seed) => {
          const code = cellCode(machine.states.length);
          const filter = machineToFilter(machine);
          const dense = new FilterTable(filter, code);
          const hashed = new FilterTable(filter, code, { denseLimit: 0 });
          expect([dense.isDense, hashed.isDense]).toEqual([true, false]);
          const { padding } = dense.letters;
          let state = seed;
          for (let i = 0; i < 3000; i++) {
            const patch = Array.from({ length: 9 }, (_, place) => {
              state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
              return (state >> 12) % (place === CENTRE ? padding : padding + 1);
            });
            expect(hashed.next(patch)).toBe(dense.next(patch));
          }
          expect(hashed.known).toBe(dense.known);
          expect(hashed.known).toBeGreaterThan(512);
        },
      ),
      { numRuns: 4 },
    );
  });
});
