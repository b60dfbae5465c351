import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NetworkReplay, NoValue, OutOfBudget, type ReplayShape } from "../../../../checkers/rcnn/network-replay.js";
import type { PatchEvaluator, PatchOutcome } from "../../../../checkers/rcnn/patch-evaluator.js";
import { rational } from "../../../../spec/exact/rational.js";
import type { Network } from "../../../../spec/networks/network.js";
import { cellCode, PADDING, toUnits } from "../../../../spec/rcnn/cell-code.js";

/** Definition 5 by its words: all cells of all layers, and the derivative by each weight carried forward. */
type Filter = (patch: readonly bigint[]) => PatchOutcome;

const code = cellCode(2);
const P = toUnits(code, PADDING);

/** F(u) = relu(u - 3) + 2 relu(-u), with kinks at 0 and 3. */
const HEAD: Network = {
  layers: [
    {
      name: "hidden",
      inputs: 1,
      rows: [
        { bias: rational(-3n), entries: [[0, rational(1n)]] },
        { bias: rational(0n), entries: [[0, rational(-1n)]] },
      ],
      relu: true,
    },
    {
      name: "output",
      inputs: 2,
      rows: [
        {
          bias: rational(5n),
          entries: [
            [0, rational(1n)],
            [1, rational(2n)],
          ],
        },
      ],
      relu: false,
    },
  ],
};
const headValue = (u: bigint): bigint => 5n + (u > 3n ? u - 3n : 0n) + (u < 0n ? -2n * u : 0n);
const headSlope = (u: bigint): bigint => (u > 3n ? 1n : u < 0n ? -2n : 0n);

const replayOf = (filter: Filter, shape: ReplayShape, maxCells?: number): NetworkReplay =>
  new NetworkReplay({ at: filter } as unknown as PatchEvaluator, HEAD, code, shape, maxCells);

const modulo = (n: bigint, m: bigint): bigint => ((n % m) + m) % m;

/** Filters that settle (each cell takes the largest of some neighbours) and that never rest; the gradients are any. */
const filters: fc.Arbitrary<Filter> = fc
  .record({
    weights: fc.array(fc.bigInt({ min: -2n, max: 2n }), { minLength: 9, maxLength: 9 }),
    slopes: fc.array(fc.bigInt({ min: -1n, max: 2n }), { minLength: 9, maxLength: 9 }),
    seen: fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }),
    kind: fc.constantFrom("spreads", "never rests", "keeps"),
  })
  .map(({ weights, slopes, seen, kind }): Filter => {
    const value = (patch: readonly bigint[]): bigint => {
      if (kind === "keeps") return patch[4] as bigint;
      if (kind === "never rests")
        return (
          modulo(
            patch.reduce((sum, u, k) => sum + u * (weights[k] as bigint), 1n),
            11n,
          ) - 4n
        );
      return patch.reduce((most, u, k) => (seen[k] === true && u !== P && u > most ? u : most), patch[4] as bigint);
    };
    return (patch) => ({
      value: value(patch),
      gradient: slopes.map((d, k) => (kind === "never rests" ? d * (modulo(patch[k] as bigint, 2n) + 1n) - 1n : d)),
    });
  });

const shapes: fc.Arbitrary<ReplayShape> = fc.record({
  rows: fc.integer({ min: 1, max: 4 }),
  mainColumns: fc.integer({ min: 1, max: 4 }),
  columns: fc.integer({ min: 0, max: 2 }),
  layers: fc.integer({ min: 1, max: 6 }),
});

const numbers = (min: bigint, max: bigint): fc.Arbitrary<bigint[]> =>
  fc.array(fc.bigInt({ min, max }), { minLength: 32, maxLength: 32 });

const widthOf = ({ mainColumns, columns }: ReplayShape): number => mainColumns + columns;

/** The grid's cells around one, place by place; undefined beyond the border. */
function around({ rows, mainColumns, columns }: ReplayShape, cell: number): (number | undefined)[] {
  const width = mainColumns + columns;
  const [row, column] = [Math.floor(cell / width), cell % width];
  return [-1, 0, 1].flatMap((r) =>
    [-1, 0, 1].map((c) => {
      const isInside = row + r >= 0 && row + r < rows && column + c >= 0 && column + c < width;
      return isInside ? (row + r) * width + column + c : undefined;
    }),
  );
}

const patchAt = (shape: ReplayShape, grid: readonly bigint[], cell: number): bigint[] =>
  around(shape, cell).map((at) => (at === undefined ? P : (grid[at] as bigint)));

/** Every grid of the roll-out, the first one included; shape: layers + 1. */
function gridsOf(filter: Filter, shape: ReplayShape, start: readonly bigint[]): (readonly bigint[])[] {
  const grids = [start];
  for (let layer = 1; layer <= shape.layers; layer++) {
    const grid = grids.at(-1) as readonly bigint[];
    grids.push(grid.map((_, cell) => filter(patchAt(shape, grid, cell)).value));
  }
  return grids;
}

/** The cells of the main grid. */
const isMain = (shape: ReplayShape, cell: number): boolean => cell % widthOf(shape) < shape.mainColumns;

describe("NetworkReplay, by definition", () => {
  it("should put W diag(z) beside columns of ones", () => {
    fc.assert(
      fc.property(shapes, numbers(-9n, 9n), numbers(-2n, 2n), (shape, weights, z) => {
        const grid = replayOf(() => ({ value: 0n, gradient: [] }), shape).memoryLayer(weights, z);
        const width = widthOf(shape);
        expect(grid).toHaveLength(shape.rows * width);
        for (let row = 0; row < shape.rows; row++) {
          for (let column = 0; column < width; column++) {
            const isOne = column >= shape.mainColumns;
            const product = (weights[row * shape.mainColumns + column] as bigint) * (z[column] as bigint);
            expect(grid[row * width + column]).toBe(isOne ? code.scale : product);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it("should roll out all layers, or until nothing changes, looking only around changes", () => {
    let [settled, running] = [0, 0];
    fc.assert(
      fc.property(filters, shapes, numbers(-3n, 6n), (filter, shape, cells) => {
        const start = cells.slice(0, shape.rows * widthOf(shape));
        const all = gridsOf(filter, shape, start);
        const still = all.findIndex((grid, layer) => layer > 0 && grid.join() === all[layer - 1]?.join());
        const layersRun = still < 0 ? shape.layers : still - 1;
        const kept = all.slice(0, layersRun + 1);
        const replay = replayOf(filter, shape);
        expect(replay.rollOut(start, true)).toEqual({ grids: kept, settled: still >= 0, layersRun });
        // All cells at first, then those with a change around them.
        const looked = kept.map((grid, layer) =>
          layer === 0
            ? start.length
            : start.filter((_, cell) =>
                around(shape, cell).some((at) => at !== undefined && grid[at] !== kept[layer - 1]?.[at]),
              ).length,
        );
        const applied = still < 0 ? looked.slice(0, shape.layers) : looked;
        expect(replay.cells).toBe(applied.reduce((a, b) => a + b, 0));
        const ends = replayOf(filter, shape).rollOut(start, false);
        expect(ends.layersRun).toBe(layersRun);
        expect(ends.settled).toBe(still >= 0);
        expect(ends.grids).toEqual(layersRun === 0 ? [start] : [start, kept.at(-1)]);
        if (still < 0) running++;
        else settled++;
      }),
      { numRuns: 200 },
    );
    expect(settled).toBeGreaterThan(50);
    expect(running).toBeGreaterThan(50);
  });

  it("should sum the head over the main grid alone", () => {
    fc.assert(
      fc.property(shapes, numbers(-9n, 9n), (shape, cells) => {
        const grid = cells.slice(0, shape.rows * widthOf(shape));
        const main = grid.filter((_, cell) => isMain(shape, cell));
        const sum = main.reduce((total, u) => total + headValue(u), 0n);
        expect(replayOf(() => ({ value: 0n, gradient: [] }), shape).output(grid)).toBe(sum);
      }),
      { numRuns: 50 },
    );
  });

  it("should have the derivatives that the chain rule gives forwards, weight by weight", () => {
    let compared = 0;
    fc.assert(
      fc.property(filters, shapes, numbers(-3n, 6n), numbers(-2n, 2n), (filter, shape, cells, z) => {
        const start = cells.slice(0, shape.rows * widthOf(shape));
        const grids = gridsOf(filter, shape, start);
        const last = grids.at(-1) as readonly bigint[];
        const replay = replayOf(filter, shape);
        const rolled = replay.rollOut(start, true);
        if (last.some((u, cell) => isMain(shape, cell) && (u === 0n || u === 3n))) {
          expect(() => replay.gradient(rolled, z)).toThrow(NoValue);
          return;
        }
        const expected = Array.from({ length: shape.rows * shape.mainColumns }, (_, k) => {
          const column = k % shape.mainColumns;
          const touched = Math.floor(k / shape.mainColumns) * widthOf(shape) + column;
          let tangent = start.map((_u, cell) => (cell === touched ? (z[column] as bigint) : 0n));
          for (const grid of grids.slice(0, -1)) {
            const before = tangent;
            tangent = before.map((_u, cell) => {
              const { gradient } = filter(patchAt(shape, grid, cell));
              return around(shape, cell).reduce(
                (sum, at, place) =>
                  at === undefined ? sum : sum + (gradient[place] as bigint) * (before[at] as bigint),
                0n,
              );
            });
          }
          return tangent.reduce(
            (sum, d, cell) => (isMain(shape, cell) ? sum + headSlope(last[cell] as bigint) * d : sum),
            0n,
          );
        });
        expect(replay.gradient(rolled, z)).toEqual(expected);
        compared++;
      }),
      { numRuns: 400 },
    );
    expect(compared).toBeGreaterThan(60);
  });

  it("should take a settled grid for one linear map, and look at it no oftener than it changes anything", () => {
    // Each cell keeps its value and hands its derivative on: after one layer of the way back nothing changes any more.
    const keeps: Filter = (patch) => ({
      value: patch[4] as bigint,
      gradient: Array.from({ length: 9 }, (_, place) => (place === 4 ? 1n : 0n)),
    });
    const shape = { rows: 2, mainColumns: 2, columns: 1, layers: 1000 };
    const replay = replayOf(keeps, shape);
    const rolled = replay.rollOut([4n, 5n, 6n, 7n, -1n, 6n], true);
    expect(rolled).toMatchObject({ settled: true, layersRun: 0 });
    const before = replay.cells;
    expect(replay.gradient(rolled, [1n, 2n])).toEqual([1n, 2n, 1n, -4n]);
    // Four cells of the main grid have a derivative, in the last layer; those before it change nothing.
    expect(replay.cells - before).toBe(4);
  });

  it("should say where there is no value: of the filter, of the head, or of its derivative", () => {
    const shape = { rows: 1, mainColumns: 1, columns: 0, layers: 1 };
    for (const outcome of ["kink", "not-an-integer", "not-in-alphabet"])
      expect(() => replayOf(() => outcome as unknown as PatchOutcome, shape).rollOut([1n], true)).toThrow(NoValue);
    const [hidden, output] = HEAD.layers as [Network["layers"][number], Network["layers"][number]];
    const half = (layer: typeof hidden) => ({
      ...layer,
      rows: layer.rows.map(({ bias, entries }) => ({
        bias,
        entries: entries.map(([c, w]) => [c, w.div(2n)] as const),
      })),
    });
    const keeps: Filter = (patch) => ({ value: patch[4] as bigint, gradient: [0n, 0n, 0n, 0n, 1n, 0n, 0n, 0n, 0n] });
    const halved = new NetworkReplay(
      { at: keeps } as unknown as PatchEvaluator,
      { layers: [hidden, half(output)] },
      code,
      shape,
    );
    expect(() => halved.output([4n])).toThrow(NoValue);
    // relu(5 - 3) / 2 is an integer, its slope is none.
    expect(halved.output([5n])).toBe(6n);
    expect(() => halved.gradient({ grids: [[5n]], settled: true }, [1n])).toThrow(NoValue);
    expect(halved.output([-3n])).toBe(8n);
    expect(halved.gradient({ grids: [[-3n]], settled: true }, [1n])).toEqual([-1n]);
  });

  it("should evaluate as many cells as it may, and not one more", () => {
    const keeps: Filter = (patch) => ({ value: patch[4] as bigint, gradient: [] });
    const shape = { rows: 3, mainColumns: 2, columns: 1, layers: 1 };
    const start = Array.from({ length: 9 }, () => 1n);
    const enough = replayOf(keeps, shape, 9);
    expect(enough.rollOut(start, true).settled).toBe(true);
    expect(() => enough.rollOut(start, true)).toThrow(OutOfBudget);
    expect(() => replayOf(keeps, shape, 8).rollOut(start, false)).toThrow(OutOfBudget);
    // A second grid may be kept if both together are no larger than the limit.
    const changes: Filter = (patch) => ({ value: (patch[4] as bigint) + 1n, gradient: [] });
    expect(replayOf(changes, shape, 18).rollOut(start, true).grids).toHaveLength(2);
    expect(() => replayOf(changes, shape, 17).rollOut(start, true)).toThrow(OutOfBudget);
    expect(replayOf(changes, shape, 17).rollOut(start, false).grids).toHaveLength(2);
  });
});
