/** The head network is f-bar_head (B.2) on the whole line. */
import type { Layer, Ratio } from "./network.js";
import { reject } from "./rcnn-codes.js";

/** `head` of the verdicts: ReLUs of the readout, its kinks, and the intervals between them. */
export interface HeadCounts {
  readonly units: number;
  readonly kinks: number;
  readonly intervals: number;
}

/**
 * The head network is amplitude * f-bar_head(x / one): both are linear between and beyond the points of comparison. A
 * certificate of a filter has it in x-units, where both scales are 1.
 */
export function decideHead(head: readonly Layer<Ratio>[], one: bigint, amplitude: Ratio): HeadCounts {
  const fail = (expected: string, path: string): never => reject("head-shape", `head.${path}`, `expected ${expected}`);
  const [hidden, output] = head.length === 2 ? (head as [Layer<Ratio>, Layer<Ratio>]) : fail("two layers", "layers");
  if (hidden.inputs !== 1) fail("one input", "layers[0].inputs");
  if (!hidden.relu) fail("a ReLU", "layers[0].relu");
  if (output.rows.length !== 1) fail("one output", "layers[1].rows");
  if (output.relu) fail("no ReLU", "layers[1].relu");
  const units = hidden.rows.length;
  if (units > 6) reject("head-too-many-units", "head.layers[0].rows", `expected at most 6 units, got ${units}`);

  const add = ([a, b]: Ratio, [c, d]: Ratio): Ratio => [a * d + c * b, b * d];
  const times = ([a, b]: Ratio, [c, d]: Ratio): Ratio => [a * c, b * d];
  const compare = ([a, b]: Ratio, [c, d]: Ratio): number => (a * d < c * b ? -1 : a * d > c * b ? 1 : 0);
  const rowAt = ({ bias, entries }: Layer<Ratio>["rows"][number], input: readonly Ratio[]): Ratio =>
    entries.reduce((sum, [column, weight]) => add(sum, times(weight, input[column] as Ratio)), bias);
  const relu = (x: Ratio): Ratio => (x[0] > 0n ? x : [0n, 1n]);
  const networkAt = (x: Ratio): Ratio =>
    rowAt(output.rows[0] as Layer<Ratio>["rows"][number], hidden.rows.map((row_) => relu(rowAt(row_, [x])))); // prettier-ignore
  // f-bar_head (B.2) with the amendments head-continuous and head-blank-cell.
  const [kinkA, kinkB, kinkC, kinkD]: [Ratio, Ratio, Ratio, Ratio] = [[-one, 6n], [0n, 1n], [one, 9n], [one, 6n]]; // prettier-ignore
  const headAt = (x: Ratio): Ratio => {
    const slope: Ratio = [18n, one];
    if (compare(x, kinkA) <= 0) return [-1n, 1n];
    if (compare(x, kinkB) <= 0) return times(slope, add(x, [one, 9n]));
    if (compare(x, kinkC) <= 0) return times(slope, add([one, 9n], times([-1n, 1n], x)));
    return compare(x, kinkD) <= 0 ? times(slope, add(x, [-one, 9n])) : [1n, 1n];
  };
  const own = hidden.rows.flatMap(({ bias: [b, d], entries }, unit) =>
    entries.map(([, [n, e]]): [number, Ratio] => [unit, n < 0n ? [b * e, -n * d] : [-b * e, n * d]]),
  );
  const allowed = [kinkA, kinkB, kinkC, kinkD];
  const rising = [...allowed, ...own.map(([, x]) => x)].sort(compare);
  const kinks = rising.filter((x, k) => k === 0 || compare(x, rising[k - 1] as Ratio) !== 0);
  const points = [add(kinks[0] as Ratio, [-1n, 1n]), ...kinks, add(kinks.at(-1) as Ratio, [1n, 1n])];
  const errors = points.map((x) => add(networkAt(x), times([-amplitude[0], amplitude[1]], headAt(x))));
  const [first] = errors as [Ratio];
  if (errors.some((error) => compare(error, first) !== 0)) reject("head-slope", "head", "a derivative is another");
  if (first[0] !== 0n) reject("head-value", "head", "the network differs from the head by a constant");
  // Where such kinks cancel in the function, they do not in a gradient: each ReLU has a derivative of its own there.
  for (const [unit, x] of own)
    if (!allowed.some((kink) => compare(x, kink) === 0))
      reject("head-kink", `head.layers[0].rows[${unit}]`, `the unit has its kink at ${x[0]}/${x[1]}`);
  return { units, kinks: kinks.length, intervals: kinks.length + 1 };
}
