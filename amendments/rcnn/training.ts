/**
 * Amendments to the memorization: Lemmas 1 to 4, the XOR input of B.1.2 and the end of B.3. Tried against layers
 * applied one by one and against the loop of Algorithm 1 with exact gradients.
 */
import { exampleName, matrixName } from "./grid-shapes.js";
import { formatRational, ONE, rational, ZERO, type Rational } from "../../spec/exact/rational.js";
import { cellCode, PHASE_VALUE, symbolValue } from "../../spec/rcnn/cell-code.js";
import { amendment, type FamilyAmendment, type Finding, type Instance } from "../amendment.js";
import { applyLayer, applyLayers, type Grid } from "../../spec/rcnn/grid.js";
import { memoryGrid, withOne } from "../../spec/rcnn/definition-5.js";
import { trainByDefinition } from "../../spec/rcnn/algorithm-1.js";
import type { Example } from "../../spec/rcnn/training-set.js";
import { IDLE_MACHINE } from "./small-machines.js";

const code = cellCode(1);

type Matrix = readonly (readonly Rational[])[];

/** In the order of the paper. */
export const TRAINING_AMENDMENTS: readonly FamilyAmendment[] = [
  amendment({
    id: "lemma-1-iterate",
    place: "Lemma 1, part 1",
    printed: "W^(i) holds the rows a <= i.",
    amended: "W^(i) holds the rows a < i, as Lemma 2 says.",
    reason: "W^(1) = 0: Algorithm 1 has seen nothing yet.",
    order: "data of m = 1, 2 examples with d = 1, labels 1 first; then i = 1 ... m + 1",
    instances: lemma1Iterate,
  }),
  amendment({
    id: "xor-last-entry",
    place: "B.1.2, item XOR input",
    printed: "Row i of the tape is y^(i) times [(x o x^(i))^T y^(i)], whose last entry is 1.",
    amended: "It is y^(i) times [(x o x^(i))^T 1], whose last entry is y^(i).",
    reason: "This is what W diag([x 1]) holds. Without y^(i), the data (x, 1) and (-x, -1) give one and the same tape.",
    order: "data of m = 1, 2 examples with d = 1, labels 1 first; then the test input 1, -1",
    instances: xorLastEntry,
  }),
  amendment({
    id: "lemma-2-range",
    place: "Lemma 2 (and Lemma 1), part 1",
    printed: "W^(i) is described for i up to m + 1.",
    amended: "It is described for i up to m + 2.",
    reason: "Part 2 is about W^(m+2), which also holds the dummy sample; part 1 stops one step short of it.",
    order: "data of m = 1, 2 examples with d = 1, labels 1 first",
    instances: lemma2Range,
  }),
  amendment({
    id: "lemma-3-depth",
    place: "Lemma 3; its proof takes l > m + 1 from nowhere",
    printed: "All data cells are -3^-2 after l layers, for any l.",
    amended: "They are from l = m + 1 on.",
    reason:
      "The memory phase spreads by one row per layer, and has m rows to go if it starts at the first or the last one.",
    order: "m = 0 ... 3, then tau = 1 ... m + 1, then l = 1 ... m + 2; d = 0",
    instances: lemma3Depth,
  }),
  amendment({
    id: "lemma-3-sign",
    place: "Lemma 3, proof: the claim, its induction step and the last line",
    printed: "After t layers the rows with |a - tau| < t hold 3^-2.",
    amended: "They hold -3^-2.",
    reason:
      "3^-2 is the compute phase. The last line needs the memory phase: the Jacobian is 0 at 3^-2 and 1 at -3^-2.",
    order: "m = 0 ... 2, then tau = 1 ... m + 1, then t = 1 ... m + 1; d = 0",
    instances: lemma3Sign,
  }),
  amendment({
    id: "lemma-4-iterate",
    place: "Lemma 4",
    printed: "W^(tau+1) holds the rows a < tau.",
    amended: "W^(tau+1) holds the rows a <= tau.",
    reason: "The proof gives X^(t+1) = W^(t+1) diag(z) t rows that are not 0, and Lemma 2 agrees.",
    order: "data of m = 1, 2 examples with d = 1, labels 1 first; then tau = 0 ... m + 1",
    instances: lemma4Iterate,
  }),
  amendment({
    id: "dummy-row",
    place: "B.3, after Lemma 4",
    printed: "Row m + 1 of W^(m+2) is all ones.",
    amended: "It is all 1/3.",
    reason: "The dummy sample is memorized like all others; a 1 would read as a padding column.",
    order: "data of m = 1, 2 examples with d = 1, labels 1 first",
    instances: dummyRow,
  }),
];

/** All data sets of one, then of two examples with d = 1. */
function* dataSets(): Generator<readonly Example[]> {
  const examples = ([1, -1] as const).flatMap((y) => ([1, -1] as const).map((x): Example => ({ x: [x], y })));
  for (const example of examples) yield [example];
  for (const first of examples) for (const second of examples) yield [first, second];
}

/** The matrix of Lemmas 1, 2 and 4: the rows a that are memorized hold a third of y^(a) [x^(a) 1], the others 0. */
function memorized(data: readonly Example[], isMemorized: (a: number) => boolean): Matrix {
  const width = (data[0]?.x.length ?? 0) + 1;
  const dummy: Example = { x: Array.from({ length: width - 1 }, () => 1), y: 1 };
  return [...data, dummy].map(({ x, y }, k) =>
    isMemorized(k + 1)
      ? withOne(x).map((entry) => entry.mul(rational(BigInt(y), 3n)))
      : Array.from({ length: width }, () => ZERO),
  );
}

function compareMatrices(claimed: Matrix, trained: Matrix): Finding {
  return {
    holds: matrixName(claimed) === matrixName(trained),
    found: `claimed ${matrixName(claimed)}, trained ${matrixName(trained)}`,
  };
}

function dataName(data: readonly Example[]): string {
  return `the data ${data.map(exampleName).join(", ")}`;
}

function* lemma1Iterate(): Generator<Instance> {
  for (const data of dataSets()) {
    const iterates = trainByDefinition(code, IDLE_MACHINE, data);
    for (let i = 1; i <= data.length + 1; i++) {
      const trained = iterates[i - 1] as Matrix;
      yield {
        text: `W^(${i}) for ${dataName(data)}`,
        printed: () =>
          compareMatrices(
            memorized(data, (a) => a <= i),
            trained,
          ),
        amended: () =>
          compareMatrices(
            memorized(data, (a) => a < i),
            trained,
          ),
      };
    }
  }
}

function* lemma4Iterate(): Generator<Instance> {
  for (const data of dataSets()) {
    const iterates = trainByDefinition(code, IDLE_MACHINE, data);
    for (let tau = 0; tau <= data.length + 1; tau++) {
      const trained = iterates[tau] as Matrix;
      yield {
        text: `tau = ${tau}, W^(${tau + 1}) for ${dataName(data)}`,
        printed: () =>
          compareMatrices(
            memorized(data, (a) => a < tau),
            trained,
          ),
        amended: () =>
          compareMatrices(
            memorized(data, (a) => a <= tau),
            trained,
          ),
      };
    }
  }
}

function* lemma2Range(): Generator<Instance> {
  for (const data of dataSets()) {
    const m = data.length;
    const iterates = trainByDefinition(code, IDLE_MACHINE, data);
    const finding = (last: number): Finding => {
      if (last < iterates.length) {
        return { holds: false, found: `W^(${iterates.length}) is the result; part 1 ends with W^(${last})` };
      }
      return compareMatrices(
        memorized(data, (a) => a < last),
        iterates[last - 1] as Matrix,
      );
    };
    yield { text: dataName(data), printed: () => finding(m + 1), amended: () => finding(m + 2) };
  }
}

function* xorLastEntry(): Generator<Instance> {
  for (const data of dataSets()) {
    const last = trainByDefinition(code, IDLE_MACHINE, data).at(-1) as Matrix;
    for (const test of [1, -1] as const) {
      const z = withOne([test]);
      const read = last.map((row) => row.map((weight, b) => weight.mul(z[b] ?? ZERO).mul(rational(3n))));
      const tape = (lastEntry: (y: 1 | -1) => Rational): Matrix => [
        ...data.map(({ x, y }) => [
          ...x.map((entry) => rational(BigInt(y * entry * test))),
          rational(BigInt(y)).mul(lastEntry(y)),
        ]),
        z,
      ];
      const finding = (claimed: Matrix): Finding => ({
        holds: matrixName(claimed) === matrixName(read),
        found: `claimed ${matrixName(claimed)}, on the tape ${matrixName(read)}`,
      });
      yield {
        text: `the test input (${test}) after ${dataName(data)}`,
        printed: () => finding(tape((y) => rational(BigInt(y)))),
        amended: () => finding(tape(() => ONE)),
      };
    }
  }
}

function* dummyRow(): Generator<Instance> {
  for (const data of dataSets()) {
    const row = trainByDefinition(code, IDLE_MACHINE, data).at(-1)?.at(-1) as readonly Rational[];
    const finding = (entry: Rational): Finding => compareMatrices([row.map(() => entry)], [row]);
    yield {
      text: `the last row of W^(${data.length + 2}) for ${dataName(data)}`,
      printed: () => finding(ONE),
      amended: () => finding(symbolValue(1)),
    };
  }
}

/** The grid of Lemma 3 with d = 0 and one padding column: 1/3 above row tau, 0 from there on. */
function lemma3Grid(m: number, tau: number): Grid {
  const weights = Array.from({ length: m + 1 }, (_, k) => [k + 1 < tau ? symbolValue(1) : ZERO]);
  return memoryGrid(weights, [ONE], 1);
}

function dataColumn({ columns, values }: Grid): readonly Rational[] {
  return values.filter((_, k) => k % columns === 0);
}

function* lemma3Depth(): Generator<Instance> {
  for (let m = 0; m <= 3; m++) {
    for (let tau = 1; tau <= m + 1; tau++) {
      for (let l = 1; l <= m + 2; l++) {
        const column = dataColumn(applyLayers(code, IDLE_MACHINE, lemma3Grid(m, tau), l));
        const finding: Finding = {
          holds: column.every((value) => value.equals(PHASE_VALUE.neg())),
          found: `the data cells are ${column.map(formatRational).join(", ")}`,
        };
        yield {
          text: `m = ${m}, tau = ${tau}, l = ${l}`,
          printed: () => finding,
          amended: () => (l >= m + 1 ? finding : { holds: true, found: `nothing is claimed for l < ${m + 1}` }),
        };
      }
    }
  }
}

function* lemma3Sign(): Generator<Instance> {
  for (let m = 0; m <= 2; m++) {
    for (let tau = 1; tau <= m + 1; tau++) {
      for (let t = 1; t <= m + 1; t++) {
        const start = lemma3Grid(m, tau);
        const after = applyLayers(code, IDLE_MACHINE, start, t);
        const slope = applyLayer(code, IDLE_MACHINE, after).slopes[(tau - 1) * after.columns];
        const finding = (phase: Rational): Finding => {
          const claimed = dataColumn(start).map((value, k) => (Math.abs(k + 1 - tau) < t ? phase : value));
          const column = dataColumn(after);
          const spell = (values: readonly Rational[]): string => values.map(formatRational).join(", ");
          return {
            holds: spell(claimed) === spell(column) && slope === 1,
            found: `claimed ${spell(claimed)}; the layers give ${spell(column)}, and row tau has derivative ${slope}`,
          };
        };
        yield {
          text: `m = ${m}, tau = ${tau}, t = ${t}`,
          printed: () => finding(PHASE_VALUE),
          amended: () => finding(PHASE_VALUE.neg()),
        };
      }
    }
  }
}
