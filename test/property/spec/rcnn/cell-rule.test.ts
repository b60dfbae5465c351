import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellGrid, patch } from "../../../../arbitraries/rcnn/cells.js";
import { configuration, normalMachine } from "../../../../arbitraries/machines.js";
import { formatRational } from "../../../../spec/exact/rational.js";
import { MOVE_OFFSETS, type NormalMachine } from "../../../../spec/machines/machine.js";
import { step } from "../../../../spec/machines/simulate.js";
import { alphabet, patchCount, wellFormedCells, type AlphabetName } from "../../../../spec/rcnn/alphabet.js";
import { applyLayer, patchAt } from "../../../../spec/rcnn/grid.js";
import { HALTING_MACHINE, IDLE_MACHINE, uniformMachine } from "../../../../amendments/rcnn/small-machines.js";
import {
  cellCode,
  cellFromDigits,
  headOnCell,
  PADDING,
  val,
  type Cell,
  type CellCode,
} from "../../../../spec/rcnn/cell-code.js";
import { encodeConfiguration } from "../../../../spec/rcnn/configuration-code.js";
import { cellRuleAsPrinted } from "../../../../spec/rcnn/cell-rule-as-printed.js";
import { cellRule, cellFeatures, outcomeValue, type CellOutcome } from "../../../../spec/rcnn/cell-rule.js";
import {
  CENTRE,
  patchOf,
  placeIndex,
  type ConcretePatch,
  type Offset,
  type Primitive,
  type CellFeature,
} from "../../../../spec/rcnn/patch.js";

/** A question that a box of patches leaves open. */
class Open {
  readonly place: number;
  readonly question: CellFeature<Primitive>;

  constructor(place: number, question: CellFeature<Primitive>) {
    this.place = place;
    this.question = question;
  }
}

/** Runs f-bar on boxes of patches, splitting a place wherever its cells answer differently; visits every patch once. */
function forEachLeaf(
  machine: NormalMachine,
  box: readonly (readonly Cell[])[],
  visit: (outcome: CellOutcome, box: readonly (readonly Cell[])[]) => void,
): void {
  const code = cellCode(machine.states.length);
  const questions = cellFeatures(code, machine);
  const descend = (places: readonly (readonly Cell[])[]): void => {
    let outcome: CellOutcome;
    try {
      outcome = cellRule(code, questions, {
        at: (row, column) => {
          const place = placeIndex(row, column);
          const cells = places[place] as readonly Cell[];
          return {
            ask<Answer extends Primitive>(question: CellFeature<Answer>): Answer {
              const answer = question.of(cells[0] as Cell);
              if (cells.some((cell) => question.of(cell) !== answer)) throw new Open(place, question);
              return answer;
            },
          };
        },
      });
    } catch (thrown) {
      if (!(thrown instanceof Open)) throw thrown;
      const { place, question } = thrown;
      const parts = new Map<Primitive, Cell[]>();
      for (const cell of places[place] as readonly Cell[]) {
        const answer = question.of(cell);
        parts.set(answer, [...(parts.get(answer) ?? []), cell]);
      }
      for (const part of parts.values()) descend(places.with(place, part));
      return;
    }
    visit(outcome, places);
  };
  descend(box);
}

function expectClosed(machine: NormalMachine): void {
  const code = cellCode(machine.states.length);
  const letters = alphabet(code, "well-formed");
  const wellFormed = new Set(wellFormedCells(code).map(({ value }) => formatRational(value)));
  const box = Array.from({ length: 9 }, (_, i) => (i === CENTRE ? letters.centre : letters.neighbour));
  let volume = 0n;
  forEachLeaf(machine, box, (outcome, leaf) => {
    volume += leaf.reduce((product, cells) => product * BigInt(cells.length), 1n);
    for (const cell of leaf[CENTRE] as readonly Cell[]) {
      const next = formatRational(outcomeValue(outcome, cell));
      if (!wellFormed.has(next)) throw new Error(`${outcome.rule} takes ${formatRational(cell.value)} to ${next}`);
    }
  });
  expect(volume).toBe(patchCount(letters));
}

const WALKER = uniformMachine([
  { move: "stay", next: 1 },
  { write: 1, move: "up", next: 2 },
  { write: -1, move: "down", next: 3 },
  { write: 0, move: "left", next: 4 },
  { move: "right", next: 1 },
]);

describe("f-bar on well-formed patches", () => {
  it.each([IDLE_MACHINE, HALTING_MACHINE, WALKER])("should give well-formed cells, for machine $states", (machine) => {
    expectClosed(machine);
  });

  it("should give well-formed cells, for any machine", () => {
    fc.assert(fc.property(normalMachine({ maxStates: 6 }), expectClosed), { numRuns: 8 });
  });

  it("should be a step of the machine on computing grids", () => {
    const drawn = normalMachine().chain((machine) => fc.tuple(fc.constant(machine), configuration(machine)));
    fc.assert(
      fc.property(drawn, ([machine, before]) => {
        const code = cellCode(machine.states.length);
        const grid = { rows: before.rows, columns: before.columns, values: encodeConfiguration(code, before) };
        const after = encodeConfiguration(code, step(machine, before));
        expect(applyLayer(code, machine, grid).grid.values.map(formatRational)).toEqual(after.map(formatRational));
      }),
    );
  });

  it("should pass a gradient in the memory phase and where a row begins to be memorized, nowhere else", () => {
    const drawn = normalMachine().chain((machine) =>
      fc.tuple(fc.constant(machine), patch(cellCode(machine.states.length), "full")),
    );
    fc.assert(
      fc.property(drawn, ([machine, one]) => {
        const code = cellCode(machine.states.length);
        const { rule, slope } = cellRule(code, cellFeatures(code, machine), one);
        const isMemory = val(one.cells[CENTRE] as Cell, 2) === -1;
        expect(slope).toBe(isMemory || rule === "msg-1-memorize" ? 1 : 0);
      }),
      { numRuns: 500 },
    );
  });
});

/** The places that f-bar asks of: centre, above, below, left, right. */
const CROSS: readonly (readonly [Offset, Offset])[] = [
  [0, 0],
  [-1, 0],
  [1, 0],
  [0, -1],
  [0, 1],
];

function at(one: ConcretePatch, row: number, column: number): Cell {
  return one.cells[placeIndex(row as Offset, column as Offset)] as Cell;
}

/** The amendments that let the two readings differ at a patch; none if they must agree. */
function licences(machine: NormalMachine, one: ConcretePatch): string[] {
  const code = cellCode(machine.states.length);
  const found: string[] = [];
  const cross = CROSS.map(([row, column]) => at(one, row, column));
  if (cross.some(({ value }) => value.equals(PADDING))) found.push("padding-has-no-digits");
  if (cross.some((cell) => val(cell, 3) === 1 && headOnCell(code, cell) === undefined)) found.push("head-cell");
  for (const [k, cell] of cross.entries()) {
    const head = headOnCell(code, cell);
    const move = head === undefined ? undefined : machine.table[head.state]?.[head.symbol].move;
    if (move === undefined) continue;
    const [row, column] = MOVE_OFFSETS[move];
    if (k === 0 && move !== "stay" && at(one, row, column).value.equals(PADDING)) found.push("border-stays");
    if (k === 3 && move === "right") found.push("head-left-state");
    if (k === 4 && move === "left") found.push("head-right-state");
  }
  return found;
}

describe("f-bar as printed", () => {
  const drawn = (name: AlphabetName): fc.Arbitrary<[NormalMachine, ConcretePatch]> =>
    normalMachine().chain((machine) => fc.tuple(fc.constant(machine), patch(cellCode(machine.states.length), name)));
  const anywhere = (_: CellCode, one: ConcretePatch): ConcretePatch => one;
  const inside = (code: CellCode, one: ConcretePatch): ConcretePatch =>
    patchOf(one.cells.map((cell) => (cell.digits === undefined ? cellFromDigits(code, []) : cell)));

  it.each<[AlphabetName, string, typeof inside]>([
    ["well-formed", "edges included", anywhere],
    ["well-formed", "inside the grid", inside],
    ["full", "edges included", anywhere],
    ["full", "inside the grid", inside],
  ])("should differ from the amended reading by amendments only (%s, %s)", (name, _, place) => {
    const met = new Set<string>();
    fc.assert(
      fc.property(drawn(name), ([machine, drawnPatch]) => {
        const code = cellCode(machine.states.length);
        const one = place(code, drawnPatch);
        const amended = cellRule(code, cellFeatures(code, machine), one);
        const printed = cellRuleAsPrinted(code, machine, one);
        const same =
          printed.defined &&
          printed.value.equals(outcomeValue(amended, one.cells[CENTRE] as Cell)) &&
          printed.jacobian[CENTRE] === amended.slope;
        if (same) return;
        const allowed = licences(machine, one);
        expect(allowed).not.toEqual([]);
        if (allowed.length === 1) met.add(allowed[0] as string);
      }),
      { numRuns: 2000 },
    );
    const sideways = ["head-left-state", "head-right-state"];
    const isInside = place === inside;
    if (name === "well-formed")
      expect([...met]).toEqual(expect.arrayContaining(isInside ? sideways : ["padding-has-no-digits"]));
    else expect([...met]).toContain(isInside ? "head-cell" : "padding-has-no-digits");
    if (isInside) for (const id of met) expect([...sideways, "head-cell"]).toContain(id);
  });

  it("should be undefined only where a cell of the cross is p or shows no state", () => {
    fc.assert(
      fc.property(drawn("full"), ([machine, one]) => {
        const code = cellCode(machine.states.length);
        const printed = cellRuleAsPrinted(code, machine, one);
        if (printed.defined) return;
        const reasons = licences(machine, one);
        // As printed even a cell without a head has a state where gamma is taken of the cell above.
        const isBelowSideways = reasons.some((id) => id.startsWith("head-left") || id.startsWith("head-right"));
        expect(reasons.includes("padding-has-no-digits") || reasons.includes("head-cell") || isBelowSideways).toBe(
          true,
        );
        expect(printed.reason).toMatch(/^(val|gamma)\(.* is undefined: /);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("f-bar on whole grids", () => {
  it("should not depend on anything but the patch", () => {
    const code = cellCode(2);
    const questions = cellFeatures(code, HALTING_MACHINE);
    fc.assert(
      fc.property(cellGrid(code, "well-formed"), ({ rows, columns, cells }) => {
        const grid = { rows, columns, values: cells.map(({ value }) => value) };
        const after = applyLayer(code, HALTING_MACHINE, grid);
        for (const [k, cell] of cells.entries()) {
          const around = patchAt(code, grid, Math.floor(k / columns), k % columns);
          const outcome = cellRule(code, questions, patchOf(around.cells));
          expect(after.grid.values[k]?.equals(outcomeValue(outcome, cell))).toBe(true);
          expect(after.slopes[k]).toBe(outcome.slope);
        }
      }),
    );
  });
});
