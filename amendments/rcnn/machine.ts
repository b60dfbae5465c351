/**
 * Amendments to the machines of B.1.2 and to what B.3 says about the end of the roll-out: halting, the output, the
 * number of layers. Tried on whole grids, layer by layer, and on the sum that Definition 5 forms.
 */
import { gridName, gridShapes } from "./grid-shapes.js";
import { formatRational, ONE, ZERO, type Rational } from "../../spec/exact/rational.js";
import type { NormalMachine, TapeSymbol } from "../../spec/machines/machine.js";
import { isNormal } from "../../spec/machines/normal-form.js";
import { blankConfiguration, type Configuration } from "../../spec/machines/simulate.js";
import { cellCode, PHASE_VALUE, symbolValue, type CellCode } from "../../spec/rcnn/cell-code.js";
import { encodeConfiguration, encodeTapeCell } from "../../spec/rcnn/configuration-code.js";
import { readout } from "../../spec/rcnn/readout.js";
import { amendment, type FamilyAmendment, type Finding, type Instance } from "../amendment.js";
import { applyLayer, type Grid } from "../../spec/rcnn/grid.js";
import { HALTING_MACHINE, rowsOfOneState, uniformMachine } from "./small-machines.js";

/** In the order of the paper. */
export const MACHINE_AMENDMENTS: readonly FamilyAmendment[] = [
  amendment({
    id: "halting-fixed-point",
    place: "B.1.2, Definition 6",
    printed: "delta has entries for final states too, and nothing is said about them.",
    amended: "In a halting state every symbol is kept, the head stays and the state stays.",
    reason: "The number of layers is fixed beforehand; the layers after the halt must not change the output.",
    order: "a 1 x 1 grid, the halting state's row by symbol written, move and next state",
    instances: haltingFixedPoint,
  }),
  amendment({
    id: "output-symbol",
    place: "B.1.2, Definition 6 against the item Halting position",
    printed: "The machine puts out 0 or 1.",
    amended: "It puts out -1 or 1, which are the labels, on the tape.",
    reason: "On the tape 0 is blank, and the head of the network makes no label of a blank.",
    order: "the label 1, then -1, on a 1 x 1 grid",
    instances: outputSymbol,
  }),
  amendment({
    id: "halting-position",
    place: "B.1.2, item Halting position; B.3, last paragraphs",
    printed: "The output is in the top-left corner, the rest of the input tape is blank; the head may be anywhere.",
    amended: "The head halts on the top-left cell or outside of the d + 1 data columns.",
    reason: "A blank cell with a head holds more than 3^-2 and adds to the prediction.",
    order:
      "data grids by number of cells, then by number of rows, up to 4 cells; head outside, then row by row; output 1, -1",
    instances: haltingPosition,
  }),
  amendment({
    id: "final-cell",
    place: "B.3, last paragraphs",
    printed: "The top-left cell is +-3^-1 + 3^-2 in the end.",
    amended: "If the head halts there, it also holds 3^-3 and the code of the halting state.",
    reason: "The sum leaves out what the words next to it mention. The head of the network saturates all the same.",
    order: "machines of 1 ... 3 idle states, then the state, then the output 1, -1",
    instances: finalCell,
  }),
  amendment({
    id: "layers-until-halt",
    place: "B.3, last paragraphs",
    printed: "The roll-out is over after l + m + 1 + d layers, l being the number of all layers.",
    amended: "It is over after t + m + 1 + d layers, the added first step counted in t.",
    reason: "One layer sets the head, t run the machine, and m + d + 1 carry the compute phase to the last cell.",
    order:
      "machines that halt after 1 and 2 steps; data grids by number of cells, then by number of rows, up to 6 cells",
    instances: layersUntilHalt,
  }),
];

function* haltingFixedPoint(): Generator<Instance> {
  const rowOfFirst = { move: "stay", next: 1 } as const;
  const fixed = uniformMachine([rowOfFirst, { move: "stay", next: 1 }], [1]);
  const code = cellCode(2);
  const grid: Grid = {
    rows: 1,
    columns: 1,
    values: encodeConfiguration(code, { ...blankConfiguration(1, 1, 0, 0), state: 1 }),
  };
  for (const row of rowsOfOneState([1, 0])) {
    const finding = (machine: NormalMachine, admitted: boolean): Finding => {
      const [before, after] = [grid.values, applyLayer(code, machine, grid).grid.values];
      return {
        holds: admitted && before.every((value, k) => value.equals(after[k] ?? ZERO)),
        found: `one more layer makes ${spell(before)} to ${spell(after)}`,
      };
    };
    yield {
      text: `the halting state writes ${row.write}, moves "${row.move}" and enters ${row.next}; it stands on a blank`,
      printed: () => finding(uniformMachine([rowOfFirst, row], [1]), true),
      amended: () => finding(fixed, isNormal(fixed)),
    };
  }
}

function* outputSymbol(): Generator<Instance> {
  const code = cellCode(2);
  for (const label of [1, -1] as const) {
    const finding = (symbol: TapeSymbol): Finding => {
      const share = readout(encodeTapeCell(code, { symbol, state: 1 }));
      return {
        holds: share.equals(BigInt(label)),
        found: `the output ${symbol} on the tape is predicted as ${formatRational(share)}`,
      };
    };
    yield {
      text: `the label ${label}`,
      printed: () => finding(label === 1 ? 1 : 0),
      amended: () => finding(label),
    };
  }
}

function* haltingPosition(): Generator<Instance> {
  const code = cellCode(2);
  for (const [rows, columns] of gridShapes(4)) {
    for (let place = -1; place < rows * columns; place++) {
      for (const output of [1, -1] as const) {
        const values = Array.from({ length: rows * columns }, (_, k) =>
          encodeTapeCell(code, { symbol: k === 0 ? output : 0, state: k === place ? 1 : undefined }),
        );
        const sum = values.reduce((total, value) => total.add(readout(value)), ZERO);
        const finding: Finding = {
          holds: sum.equals(BigInt(output)),
          found: `the data columns add up to ${formatRational(sum)}`,
        };
        const where = place < 0 ? "outside" : `at (${Math.floor(place / columns) + 1}, ${(place % columns) + 1})`;
        yield {
          text: `${gridName(rows, columns)}, output ${output}, head ${where}, in state 1 of 2`,
          printed: () => finding,
          amended: () =>
            place > 0 ? { holds: true, found: "not admitted: the head is on a blank data cell" } : finding,
        };
      }
    }
  }
}

function* finalCell(): Generator<Instance> {
  for (let s = 1; s <= 3; s++) {
    const code = cellCode(s);
    const machine = uniformMachine(Array.from({ length: s }, (_, q) => ({ move: "stay", next: q })));
    for (let state = 0; state < s; state++) {
      for (const symbol of [1, -1] as const) {
        const halted: Configuration = { ...blankConfiguration(1, 1, 0, 0), tape: [symbol], state };
        const grid: Grid = { rows: 1, columns: 1, values: encodeConfiguration(code, halted) };
        const last = applyLayer(code, machine, grid).grid.values[0] as Rational;
        const finding = (claimed: Rational): Finding => ({
          holds: claimed.equals(last) && readout(last).equals(BigInt(symbol)),
          found: `claimed ${formatRational(claimed)}; the cell holds ${formatRational(last)}`,
        });
        yield {
          text: `s = ${s}, halted in state ${state} with output ${symbol}`,
          printed: () => finding(symbolValue(symbol).add(PHASE_VALUE)),
          amended: () => finding(encodeTapeCell(code, { symbol, state })),
        };
      }
    }
  }
}

function* layersUntilHalt(): Generator<Instance> {
  const twoSteps = uniformMachine(
    [
      { move: "stay", next: 1 },
      { write: 0, move: "left", next: 2 },
      { move: "stay", next: 2 },
    ],
    [2],
  );
  for (const [machine, t] of [[HALTING_MACHINE, 1] as const, [twoSteps, 2] as const]) {
    const code = cellCode(machine.states.length);
    for (const [rows, columns] of gridShapes(6)) {
      const [m, d] = [rows - 1, columns - 1];
      const start: Grid = {
        rows,
        columns: columns + 1,
        values: Array.from({ length: rows }, () => [
          ...Array.from({ length: columns }, () => symbolValue(1)),
          ONE,
        ]).flat(),
      };
      const end = lastChange(code, machine, start);
      const finding = (isEnough: (layers: number) => boolean): Finding => {
        const layers = Array.from({ length: 2 * (t + m + d + 1) }, (_, k) => k + 1).find(isEnough);
        if (layers === undefined) return { holds: false, found: "no number of layers is enough" };
        return { holds: end <= layers, found: `layer ${end} makes the last change, ${layers} layers are claimed` };
      };
      yield {
        text: `m = ${m}, d = ${d}, a machine that halts after t = ${t} steps`,
        printed: () => finding((l) => l >= l + m + 1 + d),
        amended: () => finding((l) => l >= t + m + 1 + d),
      };
    }
  }
}

/** The last layer that changes a cell; the wave continues through the padding column, which counts as well. */
function lastChange(code: CellCode, machine: NormalMachine, start: Grid): number {
  let grid = start;
  for (let layers = 0; ; layers++) {
    const next = applyLayer(code, machine, grid).grid;
    if (spell(next.values) === spell(grid.values)) return layers;
    grid = next;
  }
}

function spell(values: readonly Rational[]): string {
  return values.map(formatRational).join(" ");
}
