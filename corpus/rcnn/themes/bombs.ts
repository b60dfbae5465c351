/**
 * Small files that ask for much: what they say is false or limited, and an answer is due within 30 seconds and 1 GiB. For the
 * bases `tiny` and `full`: s = 2, 136 units, 58 functions, 17 gates on the well-formed alphabet.
 */
import { BASES } from "../bases.js";
import type { Case, DataEdit, Json } from "../../case.js";
import { draft, edited, replace, undecided, type Draft } from "../../drafts.js";
import { valueAt } from "../../edit-data.js";
import { layersOf } from "./weights.js";

const rows = (l: number): string => `/filter/layers/${l}/rows`;

/** A gate of functions with weights 1 and -1 in turn, shifted by `turn`; it is never 0, because its bias is 1/2. */
function gateOf(functions: readonly number[], turn: number): Json {
  return ["1/2", ...functions.map((f, k): Json => [f, (k + turn) % 3 === 0 ? "-1" : "1"])];
}

/** Appends gates, with the inputs of V4 made to fit. */
function moreGates(data: Json, gates: readonly (readonly [gate: Json, count: number])[]): DataEdit[] {
  const before = (layersOf(data, "filter")[2]?.rows ?? []).length;
  const added = gates.reduce((sum, [, count]) => sum + count, 0);
  return [
    ...gates.map(([value, count]): DataEdit => ({ op: "append", path: rows(2), value, count })),
    replace("/filter/layers/3/inputs", before + added),
  ];
}

/** Filters with gates and functions that nothing reads, or that cancel; their counts are those of the base, and so are false. */
export function filterBombs(tiny: Json, full: Json): Draft[] {
  const bomb = (comment: string, base: string, edits: readonly DataEdit[], except?: Case["except"]): Draft =>
    draft(
      comment,
      except === undefined ? ["Bomb", "OwnLimit"] : ["Bomb", "OwnLimit", "Slow"],
      edited(base, ...edits),
      "counts",
      except,
    );
  const [work, memory] = [undecided("work"), undecided("memory")];
  return [[BASES.tiny, tiny] as const, [BASES.full, full] as const].flatMap(([base, data]) => {
    const name = base === BASES.tiny ? "well-formed" : "full";
    const [, v2, v3] = layersOf(data, "filter");
    const functions = (v2?.rows ?? []).map((_, f) => f);
    const gates = (v3?.rows ?? []).length;
    const every = (n: number, from: number): number[] => functions.filter((f) => f % n === from % n);
    const cancelling: DataEdit[] = [
      ...moreGates(data, [[gateOf(functions, 0), 2]]),
      { op: "add", path: `${rows(3)}/0/-`, value: [gates, "1"] },
      { op: "add", path: `${rows(3)}/0/-`, value: [gates + 1, "-1"] },
    ];
    const wide: DataEdit[] = [
      { op: "append", path: rows(1), value: ["0"], count: 40 },
      ...Array.from({ length: 40 }, (_, k): DataEdit => ({
        op: "columns",
        path: `${rows(1)}/${functions.length + k}`,
        from: k,
        to: 127 + k > 135 ? 135 : 127 + k,
        weight: k % 2 === 0 ? "4" : "-4",
      })),
      replace("/filter/layers/2/inputs", functions.length + 40),
      ...moreGates(data, [[["1/2", ...Array.from({ length: 40 }, (_, k): Json => [functions.length + k, "1"])], 400]]),
    ];
    return [
      bomb(
        `${name}: three gates of all functions that nothing reads`,
        base,
        moreGates(
          data,
          [0, 1, 2].map((turn) => [gateOf(functions, turn), 1] as const),
        ),
      ),
      bomb(`${name}: many of them`, base, moreGates(data, [[gateOf(functions, 1), name === "full" ? 240 : 600]])),
      bomb(`${name}: two gates of all functions that cancel`, base, cancelling),
      bomb(
        `${name}: sixty gates of a few functions each that nothing reads`,
        base,
        moreGates(
          data,
          Array.from({ length: 60 }, (_, k) => [gateOf(every(7, k), k), 1] as const),
        ),
        name === "full" ? { first: work } : undefined,
      ),
      bomb(`${name}: forty functions of most units, read by four hundred gates`, base, wide),
      bomb(
        `${name}: eighteen thousand functions that nothing reads`,
        base,
        [
          { op: "append", path: rows(1), value: ["0", [0, "4"], [9, "4"], [100, "-4"]], count: 18_000 },
          replace("/filter/layers/2/inputs", functions.length + 18_000),
        ],
        name === "full" ? { first: memory } : undefined,
      ),
      bomb(`${name}: four thousand gates of one function`, base, moreGates(data, [[["1/2", [0, "1"]], 4000]])),
    ];
  });
}

/** Learning runs that ask for many cells, each limited before the cells are evaluated. For the base `learning`. */
export function learningBombs(data: Json): Draft[] {
  const base = BASES.learning;
  const point = valueAt(data, "/predictions/0");
  // The lists are limited before their elements are looked at: one example, one row of signs, again and again.
  const examples = (m: number): DataEdit[] => [
    replace("/shape/m", m),
    replace("/examples", []),
    { op: "append", path: "/examples", value: "+- +", count: m },
    replace("/memory", []),
    { op: "append", path: "/memory", value: "+++", count: m + 1 },
    replace("/verdicts/float32", null),
  ];
  const cells = (comment: string, ...edits: DataEdit[]): Draft =>
    draft(comment, ["Bomb", "Limit", "Slow"], edited(base, ...edits), undecided("learning-cells"));
  return [
    draft(
      "240,000 padding columns, 2^50 layers",
      ["Bomb", "OwnLimit", "Slow"],
      edited(base, replace("/shape/columns", 240_000), replace("/shape/layers", 2 ** 50)),
      "learning-prediction",
      { first: undecided("learning-cells") },
    ),
    cells(
      "three hundred examples, 3,000 columns, 2^45 layers",
      ...examples(300),
      replace("/shape/columns", 3000),
      replace("/shape/layers", 2 ** 45),
    ),
    cells(
      "thirty thousand examples",
      ...examples(30_000),
      replace("/shape/columns", 1),
      replace("/shape/layers", 30_001),
    ),
    cells("nine thousand points, 2,000 columns", replace("/shape/columns", 2000), {
      op: "append",
      path: "/predictions",
      value: point,
      count: 9000,
    }),
    draft(
      "2^53 - 1 layers, of which few change anything",
      ["Bomb", "WrongPrediction"],
      edited(base, replace("/shape/layers", 2 ** 53 - 1), replace("/predictions/0/f", "0")),
      "learning-prediction",
    ),
  ];
}
