/** checkFunction on gates that are at their kink, that nothing reads, or that are on everywhere and yet not constant. */
import { describe, expect, it } from "vitest";
import { checkFunction, type FunctionFault } from "../../../checkers/rcnn/check-function.js";
import type { Rejected } from "../../../checkers/verdict.js";
import { Work } from "../../../checkers/work.js";
import { machineToFilter } from "../../../construction/rcnn/machine-to-filter.js";
import { formatRational, ONE, rational, ZERO } from "../../../spec/exact/rational.js";
import type { AffineMap, Network } from "../../../spec/networks/network.js";
import { alphabet } from "../../../spec/rcnn/alphabet.js";
import { cellCode, toUnits, type Cell } from "../../../spec/rcnn/cell-code.js";
import { CENTRE, PLACES } from "../../../spec/rcnn/patch.js";
import { spots, withLayer, withRow } from "../networks/samples.js";
import { withCellFunction, withGate } from "./gates.js";
import { expectDifference } from "./judged.js";
import { PAIR } from "./samples.js";

const CODE = cellCode(PAIR.states.length);
const FILTER = machineToFilter(PAIR);
const GATES = (FILTER.layers[2] as AffineMap).rows.length;
const MINUS_ONE = ONE.neg();

/** First, middle and last letter of each place. */
const CELLS: readonly (readonly [place: number, cell: Cell])[] = Array.from({ length: PLACES }, (_, place) => {
  const letters = alphabet(CODE, "well-formed")[place === CENTRE ? "centre" : "neighbour"];
  return spots(letters.length).map((i) => [place, letters[i] as Cell] as const);
}).flat();
const unitsOf = (cell: Cell): bigint => toUnits(CODE, cell.value);

function leavesOf(network: Network): number {
  const verdict = checkFunction(network, PAIR, "well-formed");
  if (verdict.verdict !== "accepted") throw new Error(`expected accepted, got ${verdict.message}`);
  return verdict.result.leaves;
}

function expectRejected(network: Network, code: FunctionFault, message: string): Rejected<FunctionFault> {
  const verdict = checkFunction(network, PAIR, "well-formed");
  if (verdict.verdict !== "rejected") throw new Error(`expected ${code}, got ${verdict.verdict}`);
  expect([verdict.code, verdict.path, verdict.message]).toEqual([code, "filter", message]);
  expectDifference(network, PAIR, "well-formed", verdict, message);
  return verdict;
}

describe("checkFunction on gates at their kink", () => {
  it("should reject a gate that is 0 at every patch, and moves at one cell, read or not", () => {
    for (const [place, cell] of CELLS) {
      const [network, column] = withCellFunction(FILTER, "wiggle", place, unitsOf(cell));
      for (const weight of [ZERO, ONE]) {
        const gate = withGate(network, { bias: ZERO, entries: [[column, ONE]] }, weight);
        const { witness } = expectRejected(gate, "kink", `gate ${GATES} sits at its kink`);
        expect((witness["patch"] as string[])[place]).toBe(formatRational(cell.value));
      }
    }
  });

  it("should reject a gate that is 0 at one cell, where it moves, and less or more elsewhere", () => {
    for (const [place, cell] of CELLS) {
      const [wiggled, wiggle] = withCellFunction(FILTER, "wiggle", place, unitsOf(cell));
      const [network, bump] = withCellFunction(wiggled, "bump", place, unitsOf(cell));
      for (const sign of [ONE, MINUS_ONE]) {
        const row = { bias: sign.neg(), entries: [[wiggle, ONE], [bump, sign]] as const }; // prettier-ignore
        const { witness } = expectRejected(withGate(network, row, ZERO), "kink", `gate ${GATES} sits at its kink`);
        expect((witness["patch"] as string[])[place]).toBe(formatRational(cell.value));
      }
    }
  });

  it("should accept a gate that is 0 around all cells, or around one of them, and off elsewhere", () => {
    const leaves = leavesOf(FILTER);
    const [place, cell] = CELLS[0] as (typeof CELLS)[0];
    const [network, bump] = withCellFunction(FILTER, "bump", place, unitsOf(cell));
    expect(leavesOf(withGate(FILTER, { bias: ZERO, entries: [] }, ONE))).toBe(leaves);
    // Where it may be 0 or less, boxes are divided until it is one of them.
    const row = { bias: MINUS_ONE, entries: [[bump, ONE]] as const };
    expect(leavesOf(withGate(network, row, ONE))).toBeGreaterThan(leaves);
  });
});

describe("checkFunction on gates that are on at every patch", () => {
  it("should reject one whose value changes with any cell", () => {
    // What it adds elsewhere is taken away by a gate, or by the last bias: then it may be the only gate that is on.
    const byGate = withGate(FILTER, { bias: ONE, entries: [] }, MINUS_ONE);
    const byBias = withRow(FILTER, 4, 0, (row) => ({ ...row, bias: row.bias.sub(ONE) }));
    for (const [place, cell] of CELLS) {
      for (const lower of [byGate, byBias]) {
        const [network, bump] = withCellFunction(lower, "bump", place, unitsOf(cell));
        const gate = withGate(network, { bias: ONE, entries: [[bump, ONE]] }, ONE);
        const { witness } = expectRejected(gate, "value", "the value differs");
        expect((witness["patch"] as string[])[place]).toBe(formatRational(cell.value));
      }
    }
  });

  it("should reject gates that all change with one cell, by too little to be on or off", () => {
    for (const [place, cell] of CELLS) {
      const [network, bump] = withCellFunction(FILTER, "bump", place, unitsOf(cell));
      const moved = withLayer(network, 2, (layer) => ({
        ...layer,
        rows: layer.rows.map((row) => ({ ...row, entries: [...row.entries, [bump, rational(1n, 16n)] as const] })),
      }));
      const { witness } = expectRejected(moved, "value", "the value differs");
      expect((witness["patch"] as string[])[place]).toBe(formatRational(cell.value));
    }
  });

  it("should reject one whose derivative is not 0 at any cell", () => {
    const constant = withGate(FILTER, { bias: ONE, entries: [] }, MINUS_ONE);
    for (const [place, cell] of CELLS) {
      const [network, wiggle] = withCellFunction(constant, "wiggle", place, unitsOf(cell));
      const gate = withGate(network, { bias: ONE, entries: [[wiggle, ONE]] }, ONE);
      const { witness } = expectRejected(gate, "derivative", `the derivative by place ${place} differs`);
      expect((witness["patch"] as string[])[place]).toBe(formatRational(cell.value));
    }
  });

  it("should accept two that change and cancel", () => {
    const [first, second] = [CELLS[0], CELLS.at(-1)] as [(typeof CELLS)[0], (typeof CELLS)[0]];
    const [once, a] = withCellFunction(FILTER, "bump", first[0], unitsOf(first[1]));
    const [network, b] = withCellFunction(once, "bump", second[0], unitsOf(second[1]));
    const row = { bias: rational(3n), entries: [[a, ONE], [b, MINUS_ONE]] as const }; // prettier-ignore
    expect(leavesOf(withGate(withGate(network, row, ONE), row, MINUS_ONE))).toBe(leavesOf(FILTER));
  });
});

describe("checkFunction's limit of work", () => {
  const within = (steps: number) => checkFunction(FILTER, PAIR, "well-formed", undefined, new Work(0, steps));

  it("should leave a filter undecided that needs more, and accept it with just as much", () => {
    const work = new Work();
    expect(checkFunction(FILTER, PAIR, "well-formed", undefined, work).verdict).toBe("accepted");
    expect(within(0)).toEqual({ verdict: "undecided", limit: "work", message: "more than 0 steps of work" });
    expect(within(work.steps - 1)).toMatchObject({ verdict: "undecided", limit: "work" });
    expect(within(work.steps).verdict).toBe("accepted");
  });
});
