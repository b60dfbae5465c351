/** Whether pairs of maps of a circuit's network round: on the whole line, piece by piece between its bends. */
import { type Layer, type Ratio, reject, type Row } from "./wei-chen-ma-circuit-text.js";

/** A ReLU of a correction, and its weight in the coordinate. */
export interface Relu {
  readonly slope: number;
  readonly bias: number;
  readonly weight: number;
}

/** The ReLUs of each coordinate of a pair of maps that rounds. */
export function checkRounding(layers: readonly Layer[], l: number): Relu[][] {
  const [first, second] = [layers[l] as Layer, layers[l + 1] as Layer];
  if (second.rows.length !== first.inputs)
    reject("correction", `network.layers[${l + 1}]`, "expected as many coordinates as are read");
  const done = new Set<string>();
  const free = new Set(first.rows.keys());
  const units = second.rows.map(({ bias, entries }, k) => {
    const relus = entries.map(([j, weight]) => {
      const row = first.rows[j] as Row;
      const [[column, slope] = [k, 0], ...more] = row.entries;
      if (more.length > 0 || column !== k)
        reject("correction", `network.layers[${l}].rows[${j}]`, `expected a row that reads coordinate ${k} alone`);
      if (!free.delete(j))
        reject("correction", `network.layers[${l}].rows[${j}]`, "expected one coordinate to read it");
      return { slope, bias: row.bias, weight };
    });
    const key = JSON.stringify([bias, relus]);
    if (!done.has(key) && !isRound(bias, relus))
      reject("correction", `network.layers[${l + 1}].rows[${k}]`, "expected round on the whole line");
    done.add(key);
    return relus;
  });
  for (const j of free) reject("correction", `network.layers[${l}].rows[${j}]`, "expected a coordinate that reads it");
  return units;
}

/** Whether phi(bias + sum of weight * phi(slope z + b)) is round: piece by piece between the places where either side bends. */
function isRound(bias: number, relus: readonly Relu[]): boolean {
  const bends: Ratio[] = [
    [1n, 3n],
    [2n, 3n],
  ];
  for (const { slope, bias: b } of relus)
    if (slope !== 0) bends.push(slope > 0 ? [BigInt(-b), BigInt(slope)] : [BigInt(b), BigInt(-slope)]);
  bends.sort((x, y) => Number(x[0] * y[1] - y[0] * x[1]));
  /** The sum before the outer ReLU is a z + c beside a place; both sides of a bend agree on it. */
  const line = (z: Ratio, side: 1 | -1): readonly [a: bigint, c: bigint] => {
    let [a, c] = [0n, BigInt(bias)];
    for (const { slope, bias: b, weight } of relus) {
      const inner = BigInt(slope) * z[0] + BigInt(b) * z[1];
      if (inner < 0n || (inner === 0n && slope * side <= 0)) continue;
      a += BigInt(weight) * BigInt(slope);
      c += BigInt(weight) * BigInt(b);
    }
    return [a, c];
  };
  /** The sum at z, times the denominator of z. */
  const at = ([a, c]: readonly [bigint, bigint], z: Ratio): bigint => a * z[0] + c * z[1];
  const isBelow = (z: Ratio, third: bigint): boolean => 3n * z[0] <= third * z[1];
  for (const [i, left] of bends.entries()) {
    const right = bends[i + 1];
    if (i === 0) {
      // Towards minus infinity round is 0: the sum starts there not above 0, and does not rise.
      const outer = line(left, -1);
      if (outer[0] < 0n || at(outer, left) > 0n) return false;
    }
    const inner = line(left, 1);
    if (right === undefined) return inner[0] === 0n && inner[1] === 1n;
    if (left[0] * right[1] === right[0] * left[1]) continue;
    if (isBelow(right, 1n)) {
      if (at(inner, left) > 0n || at(inner, right) > 0n) return false;
    } else if (isBelow(right, 2n)) {
      if (inner[0] !== 3n || inner[1] !== -1n) return false;
    } else if (inner[0] !== 0n || inner[1] !== 1n) return false;
  }
  return false;
}
