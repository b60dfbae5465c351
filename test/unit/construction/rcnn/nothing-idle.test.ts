/** No ReLU and no gate of a filter is off at every patch, by the checker's own tables; and leaving them out changes nothing. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalMachine } from "../../../../arbitraries/machines.js";
import { decodeNetwork } from "../../../../certificates/network-json.js";
import { readCertificateText } from "../../../../certificates/rcnn-certificate.js";
import { checkFunction } from "../../../../checkers/rcnn/check-function.js";
import { gateTables } from "../../../../checkers/rcnn/gate-tables.js";
import { placeCells, placeUnits } from "../../../../checkers/rcnn/letters.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { rational, ZERO } from "../../../../spec/exact/rational.js";
import type { AffineRow, Network } from "../../../../spec/networks/network.js";
import { alphabet, ALPHABET_NAMES, type AlphabetName } from "../../../../spec/rcnn/alphabet.js";
import { cellCode } from "../../../../spec/rcnn/cell-code.js";
import { FOUR, IDLE, PAIR } from "../../../mutants/rcnn/samples.js";

/** The rows of V1 and V3 that are 0 at every patch of the alphabet. */
function idleRows(filter: Network, states: number, name: AlphabetName): string[] {
  const code = cellCode(states);
  const letters = placeUnits(code, placeCells(alphabet(code, name)));
  const tables = gateTables(filter, letters);
  if ("verdict" in tables) throw new Error(`expected tables, got ${tables.message}`);
  const idle: string[] = [];
  for (const [r, { bias, entries }] of (filter.layers[0]?.rows ?? []).entries()) {
    const [[place, weight]] = entries as [AffineRow["entries"][number]];
    const most = (letters[place] ?? [])
      .map((units) => bias.add(weight.mul(rational(units))))
      .reduce((a, b) => (a.gt(b) ? a : b));
    if (most.s <= 0n || most.n === 0n) idle.push(`V1[${r}]`);
  }
  for (let gate = 0; gate < tables.gates; gate++) {
    let most = tables.bias[gate] as number;
    for (const classes of tables.places) most += Math.max(...classes.map(({ value }) => value[gate] as number));
    if (most <= 0) idle.push(`V3[${gate}]`);
  }
  return idle;
}

const folder = join(import.meta.dirname, "../../../../certificates");

describe("filters", () => {
  it.each(readdirSync(folder).filter((file) => file.endsWith(".json")))("should have nothing idle in %s", (file) => {
    const read = readCertificateText(readFileSync(join(folder, file), "utf8"));
    if ("fault" in read) throw new Error(read.message);
    const { filter, code, alphabet: name } = read.certificate;
    expect(idleRows(decodeNetwork(filter), code.states, name)).toEqual([]);
  });

  for (const [name, maxStates, numRuns] of [
    ["well-formed", 9, 40],
    ["full", 3, 10],
  ] as const) {
    it(`should have nothing idle for any machine (${name})`, () => {
      fc.assert(
        fc.property(normalMachine({ maxStates }), (machine) => {
          expect(idleRows(machineToFilter(machine, name), machine.states.length, name)).toEqual([]);
        }),
        { numRuns },
      );
    });
  }

  it("should be said to have something idle where a row is added that never is on", () => {
    const filter = machineToFilter(PAIR);
    const [v1, v2, v3, v4, v5] = filter.layers as [Layer, Layer, Layer, Layer, Layer];
    const above = { ...v1, rows: [...v1.rows, { bias: rational(-5000n), entries: [[7, rational(1n)]] } as AffineRow] };
    const shut = { ...v3, rows: [...v3.rows, { bias: ZERO, entries: [] }] };
    const padded = {
      layers: [above, { ...v2, inputs: above.rows.length }, shut, { ...v4, inputs: shut.rows.length }, v5],
    };
    expect(idleRows(padded, 2, "well-formed")).toEqual([`V1[${v1.rows.length}]`, `V3[${v3.rows.length}]`]);
    expect(checkFunction(padded, PAIR, "well-formed").verdict).toBe("accepted");
  });

  it("should leave out the gates of directions in which a machine never moves", () => {
    for (const name of ALPHABET_NAMES) {
      const gates = [IDLE, PAIR, FOUR].map((machine) => machineToFilter(machine, name).layers[2]?.rows.length ?? 0);
      const directions = [IDLE, PAIR, FOUR].map(({ table }) => {
        const moves = new Set(table.flatMap((row) => [row[0].move, row[1].move, row[-1].move]));
        moves.delete("stay");
        return moves.size;
      });
      expect(directions).toEqual([0, expect.any(Number), 4]);
      // On the full alphabet one gate more carries the centre, and two zigzags of 2 * 3^f; for K = 3 one is shorter.
      const more = name === "full" ? [1 + 2 * 18 - 6, 1 + 2 * 18, 1 + 2 * 54] : [0, 0, 0];
      expect(gates).toEqual(directions.map((count, i) => 13 + 2 * count + (more[i] as number)));
    }
  });
});

type Layer = Network["layers"][number];
