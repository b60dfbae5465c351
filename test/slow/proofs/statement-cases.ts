/** Questions about the definitions of proofs/Statement.v, each with the answer that spec/ gives. */
import { xorTape } from "../../../execution/rcnn/learn-plan.js";
import { rowsAfter } from "../../../checkers/rcnn/memory-wave.js";
import { rational, type Rational } from "../../../spec/exact/rational.js";
import {
  MOVES,
  TAPE_SYMBOLS,
  type NormalMachine,
  type TapeSymbol,
  type Transition,
} from "../../../spec/machines/machine.js";
import { step } from "../../../spec/machines/simulate.js";
import { evaluate, type AffineMap } from "../../../spec/networks/network.js";
import { alphabet, wellFormedCells } from "../../../spec/rcnn/alphabet.js";
import {
  cellCode,
  cellFromDigits,
  PADDING_CELL,
  PHASE,
  toUnits,
  type Cell,
  type CellCode,
  type Digit,
} from "../../../spec/rcnn/cell-code.js";
import { cellRule, cellFeatures, outcomeValue } from "../../../spec/rcnn/cell-rule.js";
import { readout } from "../../../spec/rcnn/readout.js";
import { trainByDefinition } from "../../../spec/rcnn/algorithm-1.js";
import { memoryGrid } from "../../../spec/rcnn/definition-5.js";
import type { Example, Sign } from "../../../spec/rcnn/training-set.js";
import { weightSets } from "../../../spec/rcnn/weight-set.js";
import { CENTRE, patchOf } from "../../../spec/rcnn/patch.js";
import { askWeiChenMa } from "./wei-chen-ma-cases.js";

/** One machine, questions about it, and the answers. */
export interface StatementCases {
  readonly machine: string;
  readonly questions: readonly string[];
  readonly answers: readonly string[];
}

/** A generator of pseudo-random integers below n, the same on every run. */
function random(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

type Below = (n: number) => number;

function randomMachine(below: Below, states: number): NormalMachine {
  const transition = (): Transition => ({
    write: (below(3) - 1) as TapeSymbol,
    move: MOVES[below(MOVES.length)] ?? "stay",
    next: below(states),
  });
  return {
    name: "random",
    states: Array.from({ length: states }, (_, q) => `q${q}`),
    halting: Array.from({ length: states }, () => false),
    table: Array.from({ length: states }, () => ({ [-1]: transition(), 0: transition(), 1: transition() })),
  };
}

function machineLine({ table }: NormalMachine): string {
  const entries = table.flatMap((row) =>
    TAPE_SYMBOLS.map((symbol) => `${row[symbol].write} ${MOVES.indexOf(row[symbol].move)} ${row[symbol].next}`),
  );
  return [table.length, ...entries].join(" ");
}

const cellText = ({ digits }: Cell): string => digits?.join(",") ?? "p";

/** Digits at random, a well-formed cell, p, or a cell that f-bar_msg starts from: each kind often. */
function randomCell(below: Below, code: CellCode, wellFormed: readonly Cell[]): Cell {
  const kind = below(8);
  if (kind === 0) return PADDING_CELL;
  if (kind < 5) return wellFormed[below(wellFormed.length)] as Cell;
  if (kind < 7)
    return cellFromDigits(
      code,
      Array.from({ length: code.lastIndex + 1 }, () => (below(3) - 1) as Digit),
    );
  // A head, or nearly one: any face, any state digits.
  const bits = Array.from({ length: code.stateDigits }, () => below(2) as Digit);
  return cellFromDigits(code, [below(2) as Digit, (below(3) - 1) as Digit, 1, 1, ...bits]);
}

/** Each n/d as the program prints it, reduced. */
export function reduced(text: string): string {
  return text.replaceAll(/(-?\d+)\/(\d+)/g, (_, n: string, d: string) => rational(BigInt(n), BigInt(d)).toFraction());
}

const sign = (seed: number, i: number, j: number): Digit => ((i * 7 + j * 5 + seed) % 3 === 0 ? 1 : -1);

/** Cases about one machine of so many states. */
export function statementCases(states: number, patches: number): StatementCases {
  const below = random(states);
  const machine = randomMachine(below, states);
  const code = cellCode(states);
  const wellFormed = wellFormedCells(code);
  const questions: string[] = [];
  const answers: string[] = [];
  const ask = (question: string, answer: string): void => {
    questions.push(question);
    answers.push(answer);
  };

  ask("ok", "1");
  const asked = cellFeatures(code, machine);
  for (let k = 0; k < patches; k++) {
    const cells = Array.from({ length: 9 }, () => randomCell(below, code, wellFormed));
    // Every tenth patch is where the machine starts, or nearly.
    if (k % 10 === 0) {
      cells[CENTRE] = cellFromDigits(code, [0, sign(k, k, k)]);
      cells[5] = cellFromDigits(code, [1]);
      cells[7] = PADDING_CELL;
    }
    const outcome = cellRule(code, asked, patchOf(cells));
    const value = toUnits(code, outcomeValue(outcome, cells[CENTRE] as Cell));
    ask(`f ${cells.map(cellText).join(" ")}`, `${value} ${outcome.slope}`);
  }
  for (const name of ["well-formed", "full"] as const) {
    const letters = alphabet(code, name);
    for (const place of [CENTRE, 1]) {
      const units = (place === CENTRE ? letters.centre : letters.neighbour).map(({ value }) => toUnits(code, value));
      ask(`letters ${name} ${place}`, sorted(units.map(String)));
    }
  }
  for (const name of ["well-formed", "full"] as const) {
    for (const [layer, set] of weightSets(code, name).layers.entries())
      ask(`weights ${name} ${layer}`, distinctNumbers([...set.values()].map((value) => value.toFraction()).join(" ")));
  }
  for (let k = 0; k < 50; k++) {
    const [rows, columns] = [1 + below(4), 1 + below(4)];
    const tape = Array.from({ length: rows * columns }, () => (below(3) - 1) as TapeSymbol);
    const before = { rows, columns, tape, headRow: below(rows), headColumn: below(columns), state: below(states) };
    const after = step(machine, before);
    ask(
      `step ${rows} ${columns} ${before.headRow} ${before.headColumn} ${before.state} ${tape.join(" ")}`,
      `${after.headRow} ${after.headColumn} ${after.state} ${after.tape.join(" ")}`,
    );
  }
  for (let k = -40; k <= 40; k++) ask(`head ${k}/108`, readout(rational(BigInt(k), 108n)).toFraction());
  for (let k = 0; k < 30; k++) askNetwork(below, ask);
  for (let k = 0; k < 30; k++) askGrids(below, code, ask);
  for (let k = 0; k < 6; k++) askTraining(below, code, machine, ask);
  return { machine: machineLine(machine), questions, answers };
}

/** Cases about the second paper's definitions, which know no machine of the first. */
export function weiChenMaCases(times: number): StatementCases {
  const questions: string[] = [];
  const answers: string[] = [];
  askWeiChenMa(
    random(5),
    (question, answer) => {
      questions.push(question);
      answers.push(answer);
    },
    times,
  );
  return { machine: "1 0 4 0 1 4 0 -1 4 0", questions, answers };
}

/** The different ones of some numbers, in an order of their spellings. */
export function distinctNumbers(answer: string): string {
  return [...new Set(answer.split(" "))].toSorted().join(" ");
}

export function sorted(answer: string | readonly string[]): string {
  const words = typeof answer === "string" ? answer.split(" ") : [...answer];
  return words.sort((a, b) => Number(a) - Number(b)).join(" ");
}

function askNetwork(below: Below, ask: (question: string, answer: string) => void): void {
  const number = (): Rational => rational(BigInt(below(13) - 6), BigInt(1 + below(4)));
  const layers = Array.from({ length: 3 }, (_, i): AffineMap => {
    const rows = Array.from({ length: i === 2 ? 1 : 2 }, () => ({
      bias: number(),
      entries: [
        [0, number()],
        [1, number()],
      ] as [number, Rational][],
    }));
    return { name: `layer ${i}`, inputs: 2, relu: i !== 2, rows };
  });
  const input = [number(), number()];
  const text = layers.map(({ rows }) =>
    rows
      .map(({ bias, entries }) => [bias, ...entries.map(([, w]) => w)].map((x) => x.toFraction()).join(" "))
      .join(" "),
  );
  const answer = evaluate({ layers }, input)[0] as Rational;
  ask(
    `net ${input.map((x) => x.toFraction()).join(" ")} ${text.map((layer) => `${layer} ;`).join(" ")}`,
    answer.toFraction(),
  );
}

/** Algorithm 1 on a random training set, run by definition: each of its iterates, the memory layer, and the tape of a point. */
function askTraining(
  below: Below,
  code: CellCode,
  machine: NormalMachine,
  ask: (question: string, answer: string) => void,
): void {
  const d = 1 + below(3);
  const signs = (): Sign[] => Array.from({ length: d }, () => (below(2) === 0 ? 1 : -1));
  const data = Array.from({ length: 1 + below(3) }, (): Example => ({ x: signs(), y: below(2) === 0 ? 1 : -1 }));
  const all = [...data, { x: Array.from({ length: d }, (): Sign => 1), y: 1 }] as const;
  const text = all.flatMap(({ x, y }) => [...x, y]).join(" ");
  const iterates = trainByDefinition(code, machine, data);
  for (const [k, weights] of iterates.entries())
    ask(`stored ${d} ${k} ${text}`, weights.flatMap((row) => row.map((weight) => weight.toFraction())).join(" "));

  const x = signs();
  ask(`xor ${d} ${text} ${x.join(" ")}`, xorTape(data, x).join(" "));

  const [weights, padding] = [iterates.at(-1) ?? [], 1 + below(3)];
  // The last coordinate of [x 1] is no sign here, so that a memory layer which ignores it is found.
  const z = [...x, below(2) === 0 ? 1 : -1];
  const { values } = memoryGrid(
    weights,
    z.map((entry) => rational(BigInt(entry))),
    padding,
  );
  const numbers = [...weights.flatMap((row) => row.map((weight) => weight.toFraction())), ...z].join(" ");
  ask(
    `memory ${all.length} ${d + 1} ${d + 1 + padding} ${numbers}`,
    values.map((value) => String(toUnits(code, value))).join(" "),
  );
}

function askGrids(below: Below, code: CellCode, ask: (question: string, answer: string) => void): void {
  const rows = 1 + below(5);
  const data = 1 + below(3);
  const columns = data + 1 + below(2);
  const [tau, layer, seed] = [below(rows), below(rows + 1), below(3)];
  const units = (digits: readonly Digit[]): string => String(toUnits(code, cellFromDigits(code, digits).value));
  const cells = (of: (i: number, j: number) => readonly Digit[]): string =>
    Array.from({ length: rows * columns }, (_, k) => {
      const [i, j] = [Math.floor(k / columns), k % columns];
      return units(j < data ? of(i, j) : [1]);
    }).join(" ");
  const kinds = rowsAfter(rows, tau + 1, layer);
  ask(
    `wave ${rows} ${data} ${columns} ${tau} ${layer} ${seed}`,
    cells((i, j) => (kinds[i] === "M" ? [0, 0, PHASE.memory] : kinds[i] === "S" ? [0, sign(seed, i, j)] : [0])),
  );
  ask(
    `memorized ${rows} ${data} ${columns} ${seed}`,
    cells((i, j) => [0, sign(seed, i, j)]),
  );
}
