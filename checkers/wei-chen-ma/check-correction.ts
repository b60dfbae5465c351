/**
 * Definition D.1 and Proposition 3.4: two layers of ReLUs are a correction function of radius 1/3, because every coordinate of
 * theirs is `round` on the whole real line. Each is a function of one coordinate, piecewise linear; compared are values at all
 * kinks, the slopes beyond the outermost ones, and so everything between. Nothing is sampled.
 */
import type { AffineRow, Layer } from "../../spec/wei-chen-ma/affine.js";
import { formatRational, ONE, rational, ZERO, type Rational } from "../../spec/exact/rational.js";
import { round } from "../../spec/wei-chen-ma/round.js";
import { accepted, rejected, type Rejected, type Verdict } from "../verdict.js";

/** One ReLU of a correction: phi(slope * z + bias), and its weight in the output. */
export interface CorrectionRelu {
  readonly slope: number;
  readonly bias: number;
  readonly weight: number;
}

/** The two layers of one coordinate: phi(sum of weight * relu + bias). */
export interface CorrectionUnit {
  readonly relus: readonly CorrectionRelu[];
  readonly bias: number;
}

/** What was decided of a pair of layers. */
export interface CheckedCorrection {
  /** Shape: coordinates. */
  readonly units: readonly CorrectionUnit[];
}

const THIRD = rational(1n, 3n);

/**
 * Whether two layers of ReLUs round every coordinate of their input, each into the coordinate of the same place.
 *
 * @param place where the first of the two layers is, such as "network.layers[2]"; the second has `secondPlace`
 */
export function checkCorrection(
  first: Layer,
  second: Layer,
  place: string,
  secondPlace: string,
): Verdict<"correction", CheckedCorrection> {
  const fault = (path: string, message: string, witness = {}): Rejected<"correction"> =>
    rejected("correction", path, message, witness);
  if (!first.relu) return fault(place, "expected a ReLU after each layer of a correction");
  if (!second.relu) return fault(secondPlace, "expected a ReLU after each layer of a correction");
  if (second.rows.length !== first.inputs)
    return fault(secondPlace, `expected ${first.inputs} rows, one a coordinate, got ${second.rows.length}`);
  const units: CorrectionUnit[] = [];
  const known = new Map<string, Rejected<"correction"> | CorrectionUnit>();
  const readers = first.rows.map(() => 0);
  for (const [k, row] of second.rows.entries()) {
    const relus: CorrectionRelu[] = [];
    for (const [column, weight] of row.entries) {
      const { bias, entries } = first.rows[column] as AffineRow;
      const [entry, ...others] = entries;
      const reads = others.length > 0 ? others[0]?.[0] : entry?.[0];
      if (others.length > 0 || (entry !== undefined && entry[0] !== k))
        return fault(
          `${place}.rows[${column}]`,
          `expected a row that reads coordinate ${k} alone, as it is read there`,
          {
            coordinate: String(k),
            reads: String(reads),
          },
        );
      relus.push({ slope: entry?.[1] ?? 0, bias, weight });
      readers[column] = (readers[column] as number) + 1;
    }
    const unit = { relus, bias: row.bias };
    // A network rounds all its coordinates alike: each way to do it is decided once.
    const key = JSON.stringify(unit);
    const before = known.get(key);
    const decided = before ?? decideUnit(unit, `${secondPlace}.rows[${k}]`);
    known.set(key, decided);
    if ("verdict" in decided) return decided;
    units.push(decided);
  }
  // A ReLU that no coordinate reads is still moved by perturbed weights on it, and one that several read moves all of them; the
  // bounds on perturbations count each ReLU at one coordinate.
  const odd = readers.findIndex((count) => count !== 1);
  if (odd >= 0) {
    const message = `expected a row that one coordinate reads, found ${readers[odd]} that do`;
    return fault(`${place}.rows[${odd}]`, message, { coordinates: String(readers[odd]) });
  }
  return accepted({ units });
}

function decideUnit(unit: CorrectionUnit, path: string): Rejected<"correction"> | CorrectionUnit {
  const points = kinks(unit);
  const outside = [(points[0] as Rational).sub(ONE), (points.at(-1) as Rational).add(ONE)];
  for (const z of [...points, ...outside]) {
    const value = valueAt(unit, z);
    if (value.equals(round(z))) continue;
    const witness = { z: formatRational(z), value: formatRational(value), round: formatRational(round(z)) };
    return rejected(
      "correction",
      path,
      `expected round(${witness.z}) = ${witness.round}, got ${witness.value}`,
      witness,
    );
  }
  return unit;
}

/** Where the function or `round` may bend, the zeros of the outer ReLU between the others included; rising. */
function kinks(unit: CorrectionUnit): Rational[] {
  const inner = [THIRD, rational(2n, 3n)];
  for (const { slope, bias } of unit.relus) if (slope !== 0) inner.push(rational(BigInt(-bias), BigInt(slope)));
  const sorted = inner.toSorted((a, b) => a.compare(b));
  const ends = [(sorted[0] as Rational).sub(ONE), ...sorted, (sorted.at(-1) as Rational).add(ONE)];
  const zeros: Rational[] = [];
  for (const [i, right] of ends.entries()) {
    const left = ends[i - 1];
    if (left === undefined || left.equals(right)) continue;
    const [a, b] = [sumAt(unit, left), sumAt(unit, right)];
    const rise = b.sub(a).div(right.sub(left));
    // Beyond the outermost kinks the sum is linear, too: its zero there is a kink wherever it lies.
    if (rise.n !== 0n) zeros.push(left.sub(a.div(rise)));
  }
  return [...sorted, ...zeros].toSorted((a, b) => a.compare(b));
}

function sumAt({ relus, bias }: CorrectionUnit, z: Rational): Rational {
  return relus.reduce(
    (sum, { slope, bias: inner, weight }) => {
      const value = z.mul(BigInt(slope)).add(BigInt(inner));
      return value.s < 0n ? sum : sum.add(value.mul(BigInt(weight)));
    },
    rational(BigInt(bias)),
  );
}

function valueAt(unit: CorrectionUnit, z: Rational): Rational {
  const sum = sumAt(unit, z);
  return sum.s < 0n ? ZERO : sum;
}
