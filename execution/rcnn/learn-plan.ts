/**
 * How many layers and padding columns a machine needs on a training set: its run on the XOR tape (B.1.2), simulated step by
 * step on a tape with a border above, below and on the left, and none on the right.
 *
 * The paper takes c (t + m + d) for both numbers, with t a bound that one is given. Here t is measured; a network with
 * fewer columns would stop the head at a border that the paper's machine never meets.
 */
import { MOVE_OFFSETS, TAPE_SYMBOLS, type NormalMachine, type TapeSymbol } from "../../spec/machines/machine.js";
import { transitionOf } from "../../spec/machines/normal-form.js";
import { dummySample, withOne, type Example, type Point } from "../../inputs/examples/examples.js";

/** The run of a machine for one point. */
export interface PointPlan {
  readonly halted: boolean;
  /** Steps of the normal machine, the first one included, until it halts or the budget is spent. */
  readonly steps: number;
  /** L: layers after which the network shows the end of this run; meaningless if it has not halted. */
  readonly layers: number;
  /** Padding columns that the head visits; at least 1, for message passing needs one. */
  readonly columns: number;
  /** The tape of the main grid at the end; shape: (m + 1) x (d + 1). */
  readonly tape: readonly TapeSymbol[];
}

/** y^(i) [x o x^(i), y^(i)] row by row, then [x, 1]; shape: (m + 1) x (d + 1). */
export function xorTape(examples: readonly Example[], x: Point): TapeSymbol[] {
  const z = withOne(x);
  return [...examples, dummySample(x.length)].flatMap((example) =>
    withOne(example.x).map((entry, j) => (example.y * entry * (z[j] as number)) as TapeSymbol),
  );
}

/** A machine as flat arrays, entry 3 * state + symbol + 1. */
interface FlatMachine {
  readonly write: Int8Array;
  readonly next: Int32Array;
  readonly row: Int8Array;
  readonly column: Int8Array;
}

function flatten(machine: NormalMachine): FlatMachine {
  const size = 3 * machine.states.length;
  const flat = {
    write: new Int8Array(size),
    next: new Int32Array(size),
    row: new Int8Array(size),
    column: new Int8Array(size),
  };
  for (let state = 0; state < machine.states.length; state++) {
    for (const symbol of TAPE_SYMBOLS) {
      const { write, move, next } = transitionOf(machine, state, symbol);
      const k = 3 * state + symbol + 1;
      flat.write[k] = write;
      flat.next[k] = next;
      [flat.row[k], flat.column[k]] = MOVE_OFFSETS[move] as [number, number];
    }
  }
  return flat;
}

/**
 * Plans the runs of a machine for some points.
 *
 * @param maxSteps steps after which a run is given up
 */
export function planRuns(
  machine: NormalMachine,
  examples: readonly Example[],
  points: readonly Point[],
  maxSteps: number,
): PointPlan[] {
  const flat = flatten(machine);
  return points.map((x) => planRun(machine, flat, examples, x, maxSteps));
}

function planRun(
  machine: NormalMachine,
  flat: FlatMachine,
  examples: readonly Example[],
  x: Point,
  maxSteps: number,
): PointPlan {
  const [rows, width] = [examples.length + 1, x.length + 1];
  const start = xorTape(examples, x);
  let stride = width + 1;
  let tape = new Int8Array(rows * stride);
  for (const [k, symbol] of start.entries()) tape[Math.floor(k / width) * stride + (k % width)] = symbol;
  let row = rows - 1;
  let column = width - 1;
  let state = 0;
  let steps = 0;
  let rightmost = column;
  while (machine.halting[state] !== true && steps < maxSteps) {
    const cell = row * stride + column;
    const k = 3 * state + (tape[cell] as number) + 1;
    tape[cell] = flat.write[k] as number;
    state = flat.next[k] as number;
    const toRow = row + (flat.row[k] as number);
    if (toRow >= 0 && toRow < rows) row = toRow;
    const toColumn = column + (flat.column[k] as number);
    if (toColumn >= 0) column = toColumn;
    if (column > rightmost) {
      rightmost = column;
      if (column === stride) [tape, stride] = widened(tape, rows, stride);
    }
    steps++;
  }
  return {
    halted: machine.halting[state] === true,
    steps,
    // Layer 1 puts the head into the bottom right cell; each further layer takes a step. The compute phase needs m + d
    // layers more to reach the top left cell.
    layers: 1 + Math.max(steps, rows - 1 + width - 1),
    columns: Math.max(1, rightmost - width + 1),
    tape: start.map((_, k) => tape[Math.floor(k / width) * stride + (k % width)] as TapeSymbol),
  };
}

function widened(tape: Int8Array, rows: number, stride: number): [Int8Array<ArrayBuffer>, number] {
  const wider = new Int8Array(rows * 2 * stride);
  for (let row = 0; row < rows; row++) wider.set(tape.subarray(row * stride, (row + 1) * stride), row * 2 * stride);
  return [wider, 2 * stride];
}
