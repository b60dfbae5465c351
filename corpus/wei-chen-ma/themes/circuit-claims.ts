/** Claims about circuits' networks that do not follow, and networks whose inputs are too many to try. */
import type { DataEdit, Expected, Json } from "../../case.js";
import { ACCEPTED, add, draft, type Draft, edited, remove, replace, spots, undecided } from "../../drafts.js";
import { valueAt } from "../../edit-data.js";
import { BASES } from "../bases.js";

const { choice, many } = BASES;

function wrong(comment: string, flag: string, code: string | Expected, ...edits: readonly DataEdit[]): Draft {
  return draft(comment, flag, edited(choice, ...edits), code);
}

/** A number in a string, changed by a whole number. */
export function shifted(text: string, by: bigint): string {
  const [n = "", d] = text.split("/");
  const sum = BigInt(n) + by * BigInt(d ?? 1);
  return d === undefined ? String(sum) : `${sum}/${d}`;
}

/** Claims about the margin, perturbations, counts and samples. */
export function circuitClaimCases(data: Json): Draft[] {
  const margin = "/verdicts/margin";
  const text = (path: string): string => valueAt(data, path) as string;
  const [lower, bound] = [text(`${margin}/lower`), text(`${margin}/theorem/bound`)];
  const entries = valueAt(data, `${margin}/flip/entries`) as [number, number, number, string][];
  const flip = (comment: string, ...edits: DataEdit[]): Draft => wrong(comment, "WrongFlip", "flip", ...edits);
  const at = `${margin}/flip`;
  const last = entries.length - 1;
  const input = text(`${at}/input`);
  const numbers = (path: string): string[] => Object.keys(valueAt(data, path) as object).map((key) => `${path}/${key}`);
  const counts = ["function/gates", "norms", "binary", "correction"].flatMap((key) => numbers(`/verdicts/${key}`));
  return [
    wrong("a margin larger by 10^-7", "WrongMargin", "margin", replace(`${margin}/lower`, plus(lower, 10_000_000n))),
    wrong("a margin of 1", "WrongMargin", "margin", replace(`${margin}/lower`, "1")),
    draft(
      "a smaller margin, as true",
      "WrongMargin",
      edited(choice, replace(`${margin}/lower`, "1/1000000")),
      "sample",
    ),
    wrong(
      "a bound of Theorem D.6 that is larger by 10^-12",
      "WrongMargin",
      "theorem",
      replace(`${margin}/theorem/bound`, plus(bound, 10n ** 12n)),
    ),
    wrong("the bound at another sigma", "WrongMargin", "theorem", replace(`${margin}/theorem/sigma`, "1/16777216")),
    draft("a smaller bound", "FreeChange", edited(choice, replace(`${margin}/theorem/bound`, "1/1000000")), ACCEPTED),
    draft("no perturbation", "FreeChange", edited(choice, replace(at, null)), ACCEPTED),
    draft("a larger width, not counted", "WrongCount", edited(choice, replace("/width", 1000)), "counts"),
    flip("a bit less of the input", replace(`${at}/input`, input.slice(1))),
    flip("a bit more of the input", replace(`${at}/input`, `${input}0`)),
    ...spots(3).map((i) =>
      flip(
        `bit ${i} of the input turned, so that its sum of products is another`,
        replace(`${at}/input`, input.slice(0, i) + (input[i] === "0" ? "1" : "0") + input.slice(i + 1)),
      ),
    ),
    flip("an output that is not there", replace(`${at}/output`, 3)),
    flip("a squared norm that is understated", replace(`${at}/squaredNorm`, "1/1000")),
    flip("a squared norm that is not reduced", replace(`${at}/squaredNorm`, "2/4")),
    flip("no entries", replace(`${at}/entries`, [])),
    flip("the first two entries exchanged", { op: "move", from: `${at}/entries/0`, path: `${at}/entries/1` }),
    ...spots(entries.length).flatMap((e) => {
      const [l, r, c, value] = entries[e] as [number, number, number, string];
      return [
        flip(`entry ${e} left out`, remove(`${at}/entries/${e}`)),
        flip(`entry ${e} twice`, { op: "copy", from: `${at}/entries/${e}`, path: `${at}/entries/${e}` }),
        flip(`entry ${e} in a layer that is not there`, replace(`${at}/entries/${e}/0`, 99)),
        flip(`entry ${e} in a row that is not there`, replace(`${at}/entries/${e}/1`, 9999)),
        flip(`entry ${e} in a column that is not there`, replace(`${at}/entries/${e}/2`, 9999)),
        flip(
          `entry ${e} with the other sign of another size`,
          replace(`${at}/entries/${e}`, [l, r, c, shifted(value, 1n)]),
        ),
        flip(`entry ${e} not reduced`, replace(`${at}/entries/${e}/3`, "2/4")),
      ];
    }),
    flip("a denominator of 100 digits in each of 16 entries", replace(`${at}/entries`, bomb())),
    flip("the last entry in a layer before", replace(`${at}/entries/${last}/0`, 0)),
    ...counts.flatMap((path, i) => {
      const value = valueAt(data, path);
      if (path.endsWith("radius")) return [];
      const stated =
        typeof value === "number"
          ? value + (i % 2 === 0 || value === 0 ? 1 : -1)
          : shifted(value as string, i % 2 === 0 ? 1n : -1n);
      return [wrong(`${path}: ${stated}`, "WrongCount", "counts", replace(path, stated))];
    }),
    wrong(
      "a layer of gates more",
      "WrongCount",
      "counts",
      replace("/verdicts/function/layers", (valueAt(data, "/verdicts/function/layers") as number) + 1),
    ),
    wrong("inputs that were not all tried", "WrongCount", "counts", replace("/verdicts/function/inputs", null)),
    wrong("inputs more", "WrongCount", "counts", replace("/verdicts/function/inputs", "16")),
    draft(
      "inputs tried that are too many",
      "WrongCount",
      edited(many, replace("/verdicts/function/inputs", "2097152")),
      "counts",
    ),
    wrong(
      "a larger sum",
      "WrongCount",
      "counts",
      replace("/verdicts/exactness/largestSum", shifted(text("/verdicts/exactness/largestSum"), 1n)),
    ),
    ...["float32", "float16", "bfloat16"].map((key) =>
      wrong(`${key} is not exact`, "WrongCount", "counts", replace(`/verdicts/exactness/${key}`, false)),
    ),
    ...numbers("/verdicts/sample").flatMap((path) =>
      [1n, -1n].map((by) =>
        wrong(`${path} off by ${by}`, "WrongSample", "sample", replace(path, shifted(text(path), by))),
      ),
    ),
  ];
}

/** n/d + 1/grid, reduced. */
function plus(text: string, grid: bigint): string {
  const [n = "", d = "1"] = text.split("/");
  const [a, b] = [BigInt(n) * grid + BigInt(d), BigInt(d) * grid];
  let [x, y] = [a, b];
  while (y > 0n) [x, y] = [y, x % y];
  return `${a / x}/${b / x}`;
}

/** Entries whose common denominators have more bits than are taken. */
function bomb(): Json {
  return [0, 1, 2, 3].flatMap((r) =>
    [0, 1, 2, 3].map((c): Json => [0, r, c, `1/${10n ** 99n + BigInt(8 * r + 2 * c + 1)}`]),
  );
}

/** Networks of a circuit whose inputs are too many to try. */
export function circuitInductionCases(data: Json): Draft[] {
  const on = (comment: string, flag: string, code: string | Expected, ...edits: DataEdit[]): Draft =>
    draft(comment, flag, edited(many, ...edits), code);
  const ands = valueAt(data, "/circuit/ands") as [number, number][];
  return [
    ...spots(ands.length).map((i) =>
      on(
        `gate ${i} of the circuit reads another polarity`,
        "WrongNetwork",
        "function",
        replace(`/circuit/ands/${i}/0`, (ands[i] as [number, number])[0] ^ 1),
      ),
    ),
    ...[0, 1].map((j) =>
      on(
        `output ${j} complemented`,
        "WrongNetwork",
        "function",
        replace(`/circuit/outputs/${j}/1`, (valueAt(data, `/circuit/outputs/${j}/1`) as number) ^ 1),
      ),
    ),
    on(
      "another margin",
      "WrongMargin",
      "margin",
      replace("/verdicts/margin/lower", plus(valueAt(data, "/verdicts/margin/lower") as string, 10_000_000n)),
    ),
    on(
      "outputs exchanged",
      "WrongNetwork",
      "function",
      replace("/circuit/outputs/0/1", valueAt(data, "/circuit/outputs/1/1")),
      replace("/circuit/outputs/1/1", valueAt(data, "/circuit/outputs/0/1")),
    ),
    on(
      "an AND of many inputs more that no one computes: the formulas differ where random inputs do not come",
      "Limit",
      undecided("equivalence"),
      ...deepAnd(data),
    ),
  ];
}

/** Output 1 of the circuit joined with the OR of nothing but the AND of all inputs: wrong at one input in 2^21. */
function deepAnd(data: Json): DataEdit[] {
  const ands = valueAt(data, "/circuit/ands") as [number, number][];
  const own = valueAt(data, "/circuit/outputs/1/1") as number;
  const gates: [number, number][] = [];
  const next = (): number => 2 * (22 + ands.length + gates.length);
  let all = 2;
  for (let i = 1; i < 21; i++) {
    const literal = next();
    gates.push(all > 2 * (i + 1) ? [all, 2 * (i + 1)] : [2 * (i + 1), all]);
    all = literal;
  }
  // own AND NOT all.
  const joined = next();
  gates.push([all ^ 1, own]);
  return [...gates.map((gate) => add("/circuit/ands/-", gate)), replace("/circuit/outputs/1/1", joined)];
}
