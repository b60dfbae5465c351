/** U_s: the weights that the layers of a filter may have (FORMAT.md). */
import type { Layer, Ratio } from "./network.js";
import { reject } from "./rcnn-codes.js";
import type { Cells, Letter, Letters } from "./rcnn-machine.js";

/** The statements of a certificate about its filter's weights. */
export interface WeightCounts {
  readonly setSize: number;
  readonly distinct: number;
  readonly nonzero: number;
  readonly widths: number[];
  readonly widthBound: number;
  readonly withinWidthBound: boolean;
}

/**
 * Every number of layer i is in part i of U_s, as FORMAT.md has it. Gives the numbers times 4: all of U_s are integers
 * then.
 */
export function decideWeights(
  filter: readonly Layer<Ratio>[],
  cells: Cells,
  parts: readonly ReadonlySet<bigint>[],
): [Layer<bigint>[], WeightCounts] {
  if (filter.length !== parts.length) reject("layer-count", "filter.layers", `expected ${parts.length} layers`);
  const distinct = new Set([0n]);
  let nonzero = 0;
  const quarters = filter.map((layer_, l) => {
    const quarter = ([n, d]: Ratio, r: number, k: number): bigint => {
      const four = (4n * n) / d;
      if (four * d !== 4n * n || parts[l]?.has(four) !== true)
        reject("weight-outside-set", `filter.layers[${l}].rows[${r}][${k}]`, `${n}/${d} is not in U_s`);
      distinct.add(four);
      if (n !== 0n) nonzero++;
      return four;
    };
    const rows = layer_.rows.map(({ bias, entries }, r) => ({
      bias: quarter(bias, r, 0),
      entries: entries.map(([column, weight], e) => [column, quarter(weight, r, e + 1)] as const),
    }));
    return { ...layer_, rows };
  });
  const widths = filter.map(({ rows }) => rows.length);
  const widthBound = 100 * cells.constants.states;
  const withinWidthBound = widths.every((width) => width <= widthBound);
  const setSize = new Set(parts.flatMap((part) => [...part])).size;
  return [quarters, { setSize, distinct: distinct.size, nonzero, widths, widthBound, withinWidthBound }];
}

/** The five parts of U_s, each number times 4. */
export function weightSets({ constants, unit, head }: Cells, alphabet: string, { neighbour }: Letters): Set<bigint>[] {
  /** 4 x + offset, for all x and offsets. */
  const four = (xs: readonly bigint[], ...offsets: bigint[]): bigint[] =>
    xs.flatMap((x) => offsets.map((by) => 4n * x + by));
  const signs = (xs: readonly bigint[]): bigint[] => xs.flatMap((x) => [x, -x]);
  const minus = (xs: readonly bigint[]): bigint[] => xs.map((x) => -x);
  const upTo = (n: bigint): bigint[] => Array.from({ length: Number(n) }, (_, j) => BigInt(j));
  const [one, third, phase, lift, bar] = [unit(0), unit(1), unit(2), 2n * unit(0), 4n * unit(0)];
  const heads = upTo(BigInt(constants.states)).map((q) => head(Number(q)));
  const symbols = [-third, 0n, third];

  const kind = ({ digits, state, u }: Letter): string => `${digits};${state};${u === 0n || u === one}`;
  // In the well-formed alphabet each letter is of another kind than the next, so all of them are ends.
  const isEnd = (letter: Letter, i: number): boolean =>
    neighbour[i + 1] === undefined || kind(letter) !== kind(neighbour[i + 1] as Letter);
  const ends = neighbour.filter(isEnd).map(({ u }) => u);
  const faces = symbols.flatMap((x) => [0n, ...heads].map((h) => x + phase + h));
  const kept = [...faces, one + phase, 0n, -phase, third / 2n].map((x) => x + lift);
  const shown = [...symbols, one].map((x) => x + phase);
  const v1 = [...four([1n, lift], 0n), ...four(minus(ends), -1n, -2n), ...four([-(neighbour[0] as Letter).u], 1n, 2n)];
  v1.push(...four([0n, phase], -2n, -1n, 1n, 2n));
  const v2 = four([4n, -4n, 3n, -2n, -6n, 5n], 0n);
  const v3 = [...four(upTo(33n).map((n) => n - 16n), -1n, 0n, 1n, 2n), ...four(kept, 0n, 2n, -4n)]; // prettier-ignore
  v3.push(...four([...signs(shown), ...heads], 2n), ...signs([...four([bar, phase, lift], 0n), ...four([bar], 2n)]));
  const v4 = four([...signs([1n, 2n, 2n * phase]), 2n * head(0), -lift], 0n);
  if (alphabet === "full") {
    const values = 3n ** BigInt(constants.lastIndex + 1);
    const size = 3n ** (BigInt(constants.lastIndex + 1) / 2n);
    const first = 1n - values;
    const cliffs = upTo(values / size - 1n).map((j) => first + 2n * ((j + 1n) * size - 1n));
    const turns = upTo(size - 1n).map((j) => first + 2n * j);
    v1.push(...four([1n - first], 0n), ...four(minus(cliffs), -2n, -6n));
    v2.push(...four([1n, -lift, first - 1n, ...signs([2n * size])], 0n));
    v3.push(...four([-first], 4n, 2n), ...four(minus(turns), -2n, -6n));
  }
  return [v1, v2, v3, v4, [4n]].map((part) => new Set([0n, ...part]));
}
