import { describe, expect, it } from "vitest";
import { checkReplay, MAX_REPLAY_CELLS, type ReplayRun } from "../../../checkers/rcnn/check-replay.js";
import { machineToFilter } from "../../../construction/rcnn/machine-to-filter.js";
import { ONE, parseRational, rational, ZERO } from "../../../spec/exact/rational.js";
import type { NormalMachine } from "../../../spec/machines/machine.js";
import type { Network } from "../../../spec/networks/network.js";
import { alphabet } from "../../../spec/rcnn/alphabet.js";
import { cellCode, cellFromValue, toUnits } from "../../../spec/rcnn/cell-code.js";
import { cellRule, cellFeatures, outcomeValue } from "../../../spec/rcnn/cell-rule.js";
import { patchOf } from "../../../spec/rcnn/patch.js";
import { withLayer, withRow } from "../networks/samples.js";
import { withIdleRow } from "./number-mutants.js";
import { FOUR, machineOf, PAIR } from "./samples.js";

const RUN: ReplayRun = { rows: 4, columns: 5, headRow: 1, headColumn: 2, layers: 12 };

/** Walks right and writes: state q is entered in layer q, so a wrong entry of state q shows first in layer q + 1. */
const MARCHER = machineOf(
  "marcher",
  [".S1", "+S1", "-S1"],
  ["+R2", "+R2", "+R2"],
  ["-R3", "-R3", "-R3"],
  ["+D4", "+D4", "+D4"],
  [".S4", "+S4", "-S4"],
);

function withEntry(machine: NormalMachine, q: number, entry: NormalMachine["table"][number][0]): NormalMachine {
  const table = machine.table.with(q, { 0: entry, 1: entry, [-1]: entry });
  return { ...machine, halting: machine.halting.map(() => false), table };
}

describe("checkReplay on runs that are none", () => {
  const bad: readonly (readonly [string, Partial<ReplayRun>])[] = [
    ...(["rows", "columns", "headRow", "headColumn", "layers"] as const).flatMap((key) =>
      [-1, 0.5, Number.NaN, Infinity, -Infinity, 2 ** 53].map(
        (value) => [`${key} ${value}`, { [key]: value }] as const,
      ),
    ),
    ["no rows", { rows: 0 }],
    ["no columns", { columns: 0 }],
    ["a head below the grid", { headRow: 4 }],
    ["a head right of the grid", { headColumn: 5 }],
    ["a head far away", { headRow: 1000, headColumn: 1000 }],
  ];
  const filterOfPair = machineToFilter(PAIR);
  for (const [name, change] of bad) {
    it(`should reject ${name}, whichever run has it`, () => {
      for (const at of [0, 1, 2]) {
        const runs = [RUN, RUN, RUN].with(at, { ...RUN, ...change });
        expect(checkReplay(filterOfPair, PAIR, runs)).toMatchObject({
          verdict: "rejected",
          code: "replay-run",
          path: `verdicts.replay[${at}]`,
        });
      }
    });
  }

  it("should leave runs undecided that ask for more cells than the limit, grids of no layers included", () => {
    const large: readonly (readonly ReplayRun[])[] = [
      [{ ...RUN, layers: MAX_REPLAY_CELLS / 20 + 1 }],
      [{ ...RUN, rows: 2 ** 53 - 1, columns: 2 ** 53 - 1, layers: 0 }],
      [{ ...RUN, rows: 2 ** 53 - 1, columns: 2 ** 53 - 1, layers: 2 ** 53 - 1 }],
      [{ ...RUN, rows: MAX_REPLAY_CELLS + 1, columns: 1, headColumn: 0, layers: 0 }],
      [RUN, RUN, { ...RUN, columns: MAX_REPLAY_CELLS / 4, layers: 1 }],
    ];
    for (const runs of large) {
      expect(checkReplay(filterOfPair, PAIR, runs)).toMatchObject({ verdict: "undecided", limit: "replay-cells" });
    }
  });
});

describe("checkReplay on filters of other machines", () => {
  const run: ReplayRun = { rows: 2, columns: 4, headRow: 0, headColumn: 0, layers: 6 };
  const others: readonly (readonly [layer: number, machine: NormalMachine])[] = [
    [1, withEntry(MARCHER, 0, { write: 0, move: "stay", next: 2 })],
    [2, withEntry(MARCHER, 1, { write: -1, move: "right", next: 2 })],
    [3, withEntry(MARCHER, 2, { write: -1, move: "left", next: 3 })],
    [4, withEntry(MARCHER, 3, { write: 1, move: "down", next: 1 })],
    [5, withEntry(MARCHER, 4, { write: 1, move: "stay", next: 4 })],
  ];
  for (const [layer, other] of others) {
    it(`should reject a machine that acts otherwise in layer ${layer} at that layer, with the cell`, () => {
      const network = machineToFilter(MARCHER);
      expect(checkReplay(network, MARCHER, [run]).verdict).toBe("accepted");
      const verdict = checkReplay(network, other, [run, run]);
      if (verdict.verdict !== "rejected") throw new Error(`expected replay-cell, got ${verdict.verdict}`);
      expect(verdict).toMatchObject({ code: "replay-cell", path: "verdicts.replay[0]" });
      expect(verdict.message).toMatch(new RegExp(`^layer ${layer} differs from the machine at row \\d, column \\d$`));
      // At the witness the filter computes f-bar of its own machine, which is not what the other one's step leaves.
      const { patch, expected, actual } = verdict.witness;
      const code = cellCode(MARCHER.states.length);
      const cells = (patch as readonly string[]).map((text) => cellFromValue(code, parseRational(text)));
      const own = outcomeValue(
        cellRule(code, cellFeatures(code, MARCHER), patchOf(cells)),
        cells[4] as (typeof cells)[0],
      );
      expect(own.equals(parseRational(String(actual)))).toBe(true);
      expect(own.equals(parseRational(String(expected)))).toBe(false);
    });
  }

  it("should reject in the run in which it happens, and not before", () => {
    // On one row "down" stays where it is; on two rows it does not.
    const down = machineOf("down", [".S1", "+S1", "-S1"], [".D1", ".D1", ".D1"]);
    const stay = machineOf("stay", [".S1", "+S1", "-S1"], [".S1", ".S1", ".S1"]);
    const flat: ReplayRun = { rows: 1, columns: 3, headRow: 0, headColumn: 1, layers: 5 };
    const high: ReplayRun = { ...flat, rows: 2 };
    const network = machineToFilter(down);
    expect(checkReplay(network, stay, [flat, flat]).verdict).toBe("accepted");
    for (const [i, runs] of [
      [0, [high, flat, flat]],
      [1, [flat, high, flat]],
      [2, [flat, flat, high]],
    ] as const) {
      expect(checkReplay(network, stay, runs)).toMatchObject({ code: "replay-cell", path: `verdicts.replay[${i}]` });
    }
  });

  it("should see a wrong cell in the first and in the last corner of the grid", () => {
    const run4: ReplayRun = { rows: 4, columns: 4, headRow: 0, headColumn: 0, layers: 2 };
    const writer = machineOf("writer", [".S1", "+S1", "-S1"], ["+S1", "+S1", "+S1"]);
    const eraser = machineOf("eraser", [".S1", "+S1", "-S1"], [".S1", ".S1", ".S1"]);
    for (const [headRow, headColumn] of [
      [0, 0],
      [3, 3],
      [1, 2],
    ] as const) {
      const verdict = checkReplay(machineToFilter(writer), eraser, [{ ...run4, headRow, headColumn }]);
      expect(verdict).toMatchObject({
        code: "replay-cell",
        message: `layer 2 differs from the machine at row ${headRow}, column ${headColumn}`,
      });
    }
  });
});

describe("checkReplay on filters that are none", () => {
  const network = machineToFilter(PAIR);

  it("should reject a value that is no cell, no integer, or in the compute phase of another kind", () => {
    const term = (change: (bias: ReturnType<typeof rational>) => ReturnType<typeof rational>): Network =>
      withRow(network, 4, 0, (row) => ({ ...row, bias: change(row.bias) }));
    for (const offset of [ONE, rational(1n, 2n), rational(-1n, 1024n), rational(162n)]) {
      const verdict = checkReplay(
        term((bias) => bias.add(offset)),
        PAIR,
        [RUN],
      );
      expect(verdict).toMatchObject({ verdict: "rejected", code: "replay-cell" });
    }
    const fraction = checkReplay(
      term((bias) => bias.add(rational(1n, 2n))),
      PAIR,
      [RUN],
    );
    expect(fraction).toMatchObject({ witness: { actual: "no cell value" } });
  });

  it("should reject what checkFunction's tables reject, with the same codes", () => {
    const kinked = withIdleRow(network, 0, { bias: ZERO, entries: [[4, ONE]] });
    expect(checkReplay(kinked, PAIR, [RUN])).toMatchObject({ code: "first-layer-kink" });
    const both = withIdleRow(network, 0, {
      bias: ONE,
      entries: [
        [0, ONE],
        [4, ONE],
      ],
    });
    expect(checkReplay(both, PAIR, [RUN])).toMatchObject({ code: "first-layer-reads-many" });
    expect(checkReplay({ layers: network.layers.slice(1) }, PAIR, [])).toMatchObject({ code: "shape" });
    const vast = withLayer(network, 4, (layer) => ({ ...layer, rows: [{ bias: rational(2n ** 60n), entries: [] }] }));
    expect(checkReplay(vast, PAIR, [RUN])).toMatchObject({ verdict: "undecided", limit: "exact-integers" });
  });

  it("should reject filters of machines with other numbers of states", () => {
    expect(checkReplay(machineToFilter(FOUR), PAIR, [RUN]).verdict).toBe("rejected");
    expect(checkReplay(network, FOUR, [RUN]).verdict).toBe("rejected");
  });

  it("should not mind what happens where a computation never comes", () => {
    // Bent at a cell of the memory phase only: wrong as a filter, right in every replay.
    const memory = alphabet(cellCode(2), "well-formed").centre.find(({ digits }) => digits?.[2] === -1);
    expect(memory && toUnits(cellCode(2), memory.value)).toBe(-18n);
    let bent = network;
    const units = network.layers[0]?.rows.length ?? 0;
    for (const quarter of [-74n, -73n, -71n, -70n])
      bent = withIdleRow(bent, 0, { bias: rational(-quarter, 4n), entries: [[4, ONE]] });
    const functions = bent.layers[1]?.rows.length ?? 0;
    bent = withIdleRow(bent, 1, {
      bias: ZERO,
      entries: [4n, -4n, -4n, 4n].map((w, k) => [units + k, rational(w)] as const),
    });
    bent = withRow(bent, 2, 0, (row) => ({ ...row, entries: [...row.entries, [functions, ONE]] }));
    expect(checkReplay(bent, PAIR, [RUN]).verdict).toBe("accepted");
  });
});
