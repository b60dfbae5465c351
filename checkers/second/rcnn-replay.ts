/** Runs from a blank tape, by the filter and by the machine. */
import { remember } from "./network.js";
import { reject } from "./rcnn-codes.js";
import type { Gates } from "./rcnn-gates.js";
import { entryAt, offset, PLACE_OF, type Cells, type Entry } from "./rcnn-machine.js";
import { giveUp } from "./text.js";

/** With more cells to compare, a certificate is left undecided. */
const MAX_REPLAY_CELLS = 5_000_000;

/** A run as stated: where it starts, and how it ends. */
export interface Run {
  readonly rows: number;
  readonly columns: number;
  readonly headRow: number;
  readonly headColumn: number;
  readonly layers: number;
  readonly cells: number;
  readonly haltsAtLayer: number | null;
  readonly tape: readonly string[];
}

/** Runs from a blank tape: after each layer, every cell is what a step of the machine leaves there. */
export function decideReplay(gates: Gates, { machine, unit, head }: Cells, runs: readonly Run[]): Run[] {
  const pullAt = gates.units.map((units) =>
    remember((u: number): Map<number, bigint> => {
      const sums = new Map<number, bigint>();
      for (const { weight, bias, pull } of units) {
        const value = weight * BigInt(u) + bias;
        if (value > 0n) for (const [gate, by] of pull) sums.set(gate, (sums.get(gate) ?? 0n) + by * value);
      }
      return sums;
    }),
  );
  /** The filter, times 1024, at the patch that a text spells. */
  const filterAt = remember((patch: string): bigint => {
    const sums = [...gates.constant];
    for (const [place, u] of patch.split(",").entries())
      for (const [gate, value] of pullAt[place]?.(Number(u)) ?? []) sums[gate] = (sums[gate] as bigint) + value;
    return sums.reduce((sum, pre, gate) => (pre > 0n ? sum + (gates.weight[gate] as bigint) * pre : sum), gates.bias);
  });
  let budget = MAX_REPLAY_CELLS;
  return runs.map(({ rows, columns, headRow, headColumn, layers }, k) => {
    const path = `verdicts.replay[${k}]`;
    if (headRow >= rows || headColumn >= columns) reject("replay-run", path, "expected a grid with the head on it");
    budget -= rows * columns * Math.max(1, layers);
    if (budget < 0) giveUp("replay-cells", `more than ${MAX_REPLAY_CELLS} cells are to be compared`);
    const tape = Array.from({ length: rows * columns }, (): Entry[0] => 0);
    let [row, column, q] = [headRow, headColumn, 0];
    const isInside = (i: number, j: number): boolean => i >= 0 && i < rows && j >= 0 && j < columns;
    const [one, phase] = [unit(1), unit(2)];
    const encode = (): number[] =>
      tape.map((written, i) => Number(BigInt(written) * one + phase + (i === row * columns + column ? head(q) : 0n)));
    let grid = encode();
    let haltsAtLayer: number | null = null;
    for (let layer_ = 1; layer_ <= layers; layer_++) {
      const [write, direction, next] = entryAt(machine, q, tape[row * columns + column] as Entry[0]);
      tape[row * columns + column] = write;
      const [i, j] = [row + offset(PLACE_OF[direction])[0], column + offset(PLACE_OF[direction])[1]];
      if (isInside(i, j)) [row, column] = [i, j];
      q = next;
      const wanted = encode();
      for (const [cell, value] of wanted.entries()) {
        const patch = Array.from({ length: 9 }, (_, place) => {
          const [y, x] = [Math.floor(cell / columns) + offset(place)[0], (cell % columns) + offset(place)[1]];
          return isInside(y, x) ? grid[y * columns + x] : Number(one / 2n);
        });
        if (filterAt(String(patch)) !== 1024n * BigInt(value))
          reject("replay-cell", path, `layer ${layer_}, cell ${cell}`);
      }
      grid = wanted;
      if (haltsAtLayer === null && machine.halting.includes(q)) haltsAtLayer = layer_;
    }
    const line = (r: number): string =>
      tape.slice(r * columns, (r + 1) * columns).map((written) => "-.+"[written + 1]).join(""); // prettier-ignore
    const lines = Array.from({ length: rows }, (_, r) => line(r));
    return { rows, columns, headRow, headColumn, layers, cells: rows * columns * layers, haltsAtLayer, tape: lines };
  });
}
