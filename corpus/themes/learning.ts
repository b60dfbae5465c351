/** Certificates of learning runs that are false; for the base `learning`: d = 2, m = 3, s = 8. */
import { BASES } from "../bases.js";
import type { DataEdit, Json } from "../case.js";
import {
  ACCEPTED,
  add,
  draft,
  edited,
  exchanged,
  remove,
  replace,
  spots,
  stale,
  undecided,
  type Draft,
} from "../drafts.js";
import type { Flag } from "../flags.js";
import { valueAt } from "../edit-data.js";
import { layersOf, type Layer, type Row } from "./networks.js";

const base = BASES.learning;

function wrong(comment: string, flag: Flag, code: string, ...edits: DataEdit[]): Draft {
  return draft(comment, flag, edited(base, ...edits), code);
}

export function learningPartCases(data: Json): Draft[] {
  const parts = ["source", "filter", "head"] as const;
  const states = valueAt(data, "/source/states") as string[];
  const rows = valueAt(data, "/source/table") as Json[];
  return [
    ...parts.flatMap((part, i) => {
      const digest = valueAt(data, `/digests/${part}`) as string;
      const next = parts[(i + 1) % parts.length] as string;
      const others = [7, 40, 70].map(
        (at) => digest.slice(0, at) + (digest[at] === "0" ? "1" : "0") + digest.slice(at + 1),
      );
      return [...others, valueAt(data, `/digests/${next}`) as string].map((other, k) =>
        draft(
          `the digest of ${part}, wrong in way ${k + 1}`,
          "WrongDigest",
          stale(base, replace(`/digests/${part}`, other)),
          "digest",
        ),
      );
    }),
    ...parts.map((part) =>
      draft(
        `${part} changed, its digest kept`,
        "WrongDigest",
        stale(base, replace(part === "source" ? "/source/name" : `/${part}/layers/0/name`, "other")),
        "digest",
      ),
    ),
    wrong("a start state that is not listed", "SourceMachine", "source-machine", replace("/source/start", "missing")),
    ...spots(states.length).map((i) =>
      wrong(
        `state ${i} under another name in the list`,
        "SourceMachine",
        "source-machine",
        replace(`/source/states/${i}`, "other"),
      ),
    ),
    wrong(
      "a halting state that is not listed",
      "SourceMachine",
      "source-machine",
      replace("/source/halting/0", "missing"),
    ),
    ...spots(rows.length).map((r) =>
      wrong(`row ${r} twice`, "SourceMachine", "source-machine", {
        op: "copy",
        from: `/source/table/${r}`,
        path: `/source/table/${r}`,
      }),
    ),
    ...spots(rows.length).map((r) =>
      wrong(
        `row ${r}: its last two entries exchanged`,
        "SourceMachine",
        "source-machine",
        ...exchanged(`/source/table/${r}/1`, r === 0 ? 0 : 1, r === 0 ? 1 : 2),
      ),
    ),
    ...(["filter", "head"] as const).flatMap((part) =>
      layersOf(data, part).flatMap(({ inputs, rows: of }, l) =>
        spots(of.length).map((r, k) => {
          const at = `/${part}/layers/${l}/rows/${r}`;
          const edit = [replace(`${at}/0`, "2/4"), add(`${at}/-`, [inputs, "1"]), replace(at, ["0", [0, "0"]])][
            (l + k) % 3
          ] as DataEdit;
          return wrong(`${part}, layer ${l}, row ${r} is none`, "NetworkShape", "network", edit);
        }),
      ),
    ),
    ...(["filter", "head"] as const).map((part) =>
      wrong(`${part}: inputs of its second layer`, "NetworkShape", "network", replace(`/${part}/layers/1/inputs`, 3)),
    ),
    draft(
      "another name, other notes and other names of layers",
      "FreeChange",
      edited(
        base,
        replace("/source/name", "renamed"),
        remove("/source/about"),
        replace("/filter/layers/4/name", "output"),
      ),
      ACCEPTED,
    ),
  ];
}

export function learningRunCases(data: Json): Draft[] {
  const examples = valueAt(data, "/examples") as string[];
  const memory = valueAt(data, "/memory") as string[];
  const predictions = valueAt(data, "/predictions") as { [key: string]: Json }[];
  const layers = valueAt(data, "/shape/layers") as number;
  const shape = (comment: string, ...edits: DataEdit[]): Draft =>
    wrong(comment, "LearningShape", "learning-shape", ...edits);
  const remembered = (comment: string, ...edits: DataEdit[]): Draft =>
    wrong(comment, "WrongMemory", "learning-memory", ...edits);
  const predicted = (comment: string, ...edits: DataEdit[]): Draft =>
    wrong(comment, "WrongPrediction", "learning-prediction", ...edits);
  const turned = (text: string, i: number): string =>
    text.slice(0, i) + (text[i] === "+" ? "-" : "+") + text.slice(i + 1);
  const last = predictions.length - 1;
  return [
    ...["d", "m", "columns"].map((key) => shape(`${key} is 0`, replace(`/shape/${key}`, 0))),
    ...["d", "m"].flatMap((key) =>
      [-1, 1].map((by) =>
        shape(`${key} is off by ${by}`, replace(`/shape/${key}`, (valueAt(data, `/shape/${key}`) as number) + by)),
      ),
    ),
    ...[0, 3].map((wrongLayers) => shape(`${wrongLayers} layers`, replace("/shape/layers", wrongLayers))),
    shape("more columns than a grid may have", replace("/shape/columns", 250_000)),
    shape("2^53 - 1 columns", replace("/shape/columns", 2 ** 53 - 1)),
    ...spots(examples.length).flatMap((i) => [
      shape(`example ${i} missing`, remove(`/examples/${i}`)),
      shape(`example ${i} twice`, { op: "copy", from: `/examples/${i}`, path: `/examples/${i}` }),
      shape(`example ${i} with a coordinate more`, replace(`/examples/${i}`, `+${examples[i] as string}`)),
      remembered(`example ${i} with the other label`, replace(`/examples/${i}`, turned(examples[i] as string, 3))),
      remembered(
        `example ${i} with its first coordinate turned`,
        replace(`/examples/${i}`, turned(examples[i] as string, 0)),
      ),
      remembered(
        `example ${i} with its last coordinate turned`,
        replace(`/examples/${i}`, turned(examples[i] as string, 1)),
      ),
    ]),
    remembered("the first two examples exchanged", ...exchanged("/examples", 0, 1)),
    ...[...memory.entries()].flatMap(([row, line]) => [
      ...[0, 1, 2].map((column) =>
        remembered(`memory, row ${row}, column ${column} turned`, replace(`/memory/${row}`, turned(line, column))),
      ),
      remembered(`memory, row ${row} missing`, remove(`/memory/${row}`)),
      remembered(`memory, row ${row}: a sign more`, replace(`/memory/${row}`, `${line}+`)),
    ]),
    remembered("memory with a row more", add("/memory/-", "+++")),
    remembered("memory with its rows turned around", replace("/memory", memory.toReversed())),
    ...spots(predictions.length).flatMap((i) => {
      const { x, f, answer, settles } = predictions[i] as {
        x: string;
        f: string;
        answer: string | null;
        settles: number | null;
      };
      const at = `/predictions/${i}`;
      return [
        shape(`prediction ${i} of a point with a coordinate more`, replace(`${at}/x`, `${x}+`)),
        predicted(`prediction ${i} of the opposite point in the first coordinate`, replace(`${at}/x`, turned(x, 0))),
        predicted(`prediction ${i}: the other answer`, replace(`${at}/answer`, answer === "+" ? "-" : "+")),
        predicted(`prediction ${i}: no answer`, replace(`${at}/answer`, null)),
        predicted(`prediction ${i}: the other output`, replace(`${at}/f`, f === "1" ? "-1" : "1")),
        predicted(
          `prediction ${i}: the other output and answer`,
          replace(`${at}/f`, f === "1" ? "-1" : "1"),
          replace(`${at}/answer`, answer === "+" ? "-" : "+"),
        ),
        predicted(`prediction ${i}: the output in another spelling`, replace(`${at}/f`, `${f}/1`)),
        predicted(`prediction ${i}: settles a layer later`, replace(`${at}/settles`, (settles ?? layers) + 1)),
        predicted(
          `prediction ${i}: ${settles === null ? "settles at once" : "does not settle"}`,
          replace(`${at}/settles`, settles === null ? 1 : null),
        ),
      ];
    }),
    predicted(
      "first and last prediction exchanged, and not their points",
      ...exchanged("/predictions", 0, last),
      replace("/predictions/0/x", predictions[0]?.["x"] as Json),
      replace(`/predictions/${last}/x`, predictions[last]?.["x"] as Json),
    ),
    predicted("a layer less than the runs need", replace("/shape/layers", 20)),
    wrong("a prediction less, its cells counted still", "WrongCount", "counts", remove(`/predictions/${last}`)),
    wrong("a prediction twice, not counted", "WrongCount", "counts", {
      op: "copy",
      from: "/predictions/0",
      path: "/predictions/0",
    }),
    wrong("no prediction, their cells counted still", "WrongCount", "counts", replace("/predictions", [])),
    draft(
      "more cells than are evaluated",
      ["Limit", "Slow"],
      edited(base, replace("/shape/columns", 200_000), {
        op: "append",
        path: "/predictions",
        value: predictions[0] as Json,
        count: 60,
      }),
      undecided("learning-cells"),
    ),
  ];
}

export function learningVerdictCases(data: Json): Draft[] {
  const counts = ["rowWindows", "columnWindows", "patches", "waves", "trainingSets"].map(
    (key) => `/verdicts/memorization/${key}`,
  );
  const replayed = ["steps", "cells"].map((key) => `/verdicts/replay/${key}`);
  const bound = (comment: string, ...edits: DataEdit[]): Draft =>
    wrong(comment, "WrongBound", "float-bounds", ...edits);
  const float = "/verdicts/float32";
  const lists = ["forward", "backward"].flatMap((list) => {
    const sums = valueAt(data, `${float}/${list}`) as { name: string; row: number; grid: string; size: string }[];
    return [
      ...spots(sums.length).flatMap((i) => {
        const { name, row, grid, size } = sums[i] as (typeof sums)[number];
        const at = `${float}/${list}/${i}`;
        return [
          bound(`${name}: called otherwise`, replace(`${at}/name`, `${name}s`)),
          bound(`${name}: another row`, replace(`${at}/row`, row + 1)),
          bound(`${name}: another grid`, replace(`${at}/grid`, grid === "1" ? "2" : "1")),
          bound(`${name}: a larger bound`, replace(`${at}/size`, String(BigInt(size) + 1n))),
          bound(`${name}: a smaller bound`, replace(`${at}/size`, String(BigInt(size) - 1n))),
          bound(`${name}: left out`, remove(at)),
        ];
      }),
      bound(`${list}: first and last exchanged`, ...exchanged(`${float}/${list}`, 0, sums.length - 1)),
      bound(`${list}: none`, replace(`${float}/${list}`, [])),
    ];
  });
  return [
    ...[...counts, ...replayed].flatMap((path) =>
      [1, -1].map((by) =>
        wrong(`${path}: off by ${by}`, "WrongCount", "counts", replace(path, (valueAt(data, path) as number) + by)),
      ),
    ),
    ...lists,
    bound("another layout", replace(`${float}/layout`, "dense")),
    bound("a row more", replace(`${float}/rows`, 5)),
    bound("a column more", replace(`${float}/mainColumns`, 4)),
    draft("no claim about float32", "FreeChange", edited(base, replace(float, null)), ACCEPTED),
  ];
}

export function learningNetworkCases(data: Json): Draft[] {
  const layers = layersOf(data, "filter");
  const head = layersOf(data, "head");
  const [v1, v2, v3] = layers as [Layer, Layer, Layer];
  const rows = (l: number): string => `/filter/layers/${l}/rows`;
  const memory = (comment: string, code: string, ...edits: DataEdit[]): Draft =>
    wrong(comment, "WrongMemory", code, ...edits);
  const units = "/head/layers/0/rows";
  const output = "/head/layers/1/rows/0";
  const sloped = v2.rows.findIndex(([, ...entries]) => entries.some(([, weight]) => weight === "-6"));
  const flat = new Map([
    ["3", "4"],
    ["-2", "-4"],
    ["-6", "-4"],
    ["5", "4"],
  ]);
  const [bias, ...entries] = v2.rows[sloped] as Row;
  const flattened: Json = [
    bias,
    ...entries.map(([column, weight]): [number, string] => [column, flat.get(weight) as string]),
  ];
  // A function that is 0 below the memory cell, 1 at it and 2 above; a gate that it opens there, at its kink.
  const cell = -162;
  const kinked: DataEdit[] = [
    add(`${rows(0)}/-`, [`${1 - 4 * cell}/4`, [1, "1"]]),
    add(`${rows(0)}/-`, [`${-1 - 4 * cell}/4`, [1, "1"]]),
    replace("/filter/layers/1/inputs", v1.rows.length + 2),
    add(`${rows(1)}/-`, ["0", [v1.rows.length, "4"], [v1.rows.length + 1, "-4"]]),
    replace("/filter/layers/2/inputs", v2.rows.length + 1),
    // Read twice, with opposite weights: the values stay.
    add(`${rows(2)}/-`, ["-1", [v2.rows.length, "1"]]),
    add(`${rows(2)}/-`, ["-1", [v2.rows.length, "1"]]),
    replace("/filter/layers/3/inputs", v3.rows.length + 2),
    add(`${rows(3)}/0/-`, [v3.rows.length, "1"]),
    add(`${rows(3)}/0/-`, [v3.rows.length + 1, "-1"]),
  ];
  const grown = (by: number): DataEdit => replace("/head/layers/1/inputs", (head[0] as Layer).rows.length + by);
  return [
    ...layers.map(({ relu }, l) =>
      wrong(
        `V${l + 1}: ${relu ? "no ReLU" : "a ReLU"}`,
        "FilterShape",
        "shape",
        replace(`/filter/layers/${l}/relu`, !relu),
      ),
    ),
    wrong("without the last layer", "FilterShape", "shape", remove("/filter/layers/4")),
    wrong("two outputs", "FilterShape", "shape", { op: "copy", from: `${rows(4)}/0`, path: `${rows(4)}/-` }),
    ...spots(v1.rows.length).flatMap((r) => {
      const [, [place]] = v1.rows[r] as [string, [number, string]];
      return [
        wrong(
          `unit ${r} reads a cell more`,
          "FirstLayer",
          "first-layer-reads-many",
          place === 0 ? add(`${rows(0)}/${r}/-`, [8, "1"]) : add(`${rows(0)}/${r}/1`, [0, "1"]),
        ),
        wrong(
          `unit ${r} has its kink at the blank cell`,
          "FirstLayer",
          "first-layer-kink",
          replace(`${rows(0)}/${r}/0`, "0"),
        ),
      ];
    }),
    memory("V5: bias 1", "memory-value", replace(`${rows(4)}/0/0`, "1")),
    memory("V5: constant", "memory-value", replace(`${rows(4)}/0`, ["0"])),
    memory("the slope of the memory phase taken away", "memory-derivative", replace(`${rows(1)}/${sloped}`, flattened)),
    memory("a gate at its kink in the memory phase", "memory-kink", ...kinked),
    ...(head[0] as Layer).rows
      .slice(0, 1)
      .map((_, unit) => memory(`head, unit ${unit}: another bias`, "memory-head", replace(`${units}/${unit}/0`, "1"))),
    memory("head: bias 1", "memory-head", replace(`${output}/0`, "1")),
    memory("head: twice as steep", "memory-head", replace(output, ["-162", [0, "2"], [1, "-4"], [2, "4"], [3, "-2"]])),
    memory("head: two inputs", "memory-head", replace("/head/layers/0/inputs", 2)),
    memory("head: two outputs", "memory-head", { op: "copy", from: output, path: "/head/layers/1/rows/-" }),
    memory("head: one layer", "memory-head", remove("/head/layers/1")),
    memory("the filter in the head's place", "memory-head", { op: "copy", from: "/filter", path: "/head" }),
    wrong("the head in the filter's place", "Transplant", "shape", { op: "copy", from: "/head", path: "/filter" }),
    wrong(
      "head: right where training meets it, falling where it rises later",
      "WrongHead",
      "head-slope",
      replace(output, ["-81", [0, "1"], [1, "-2"], [3, "1"]]),
    ),
    wrong(
      "the same, with the predictions that it makes",
      "WrongHead",
      "head-slope",
      replace(output, ["-81", [0, "1"], [1, "-2"], [3, "1"]]),
      replace("/verdicts/float32", null),
      ...[0, 1, 2, 3].flatMap((i) => [replace(`/predictions/${i}/f`, "-1"), replace(`/predictions/${i}/answer`, "-")]),
    ),
    ...[1, 2, 3].map((unit) =>
      wrong(`head, unit ${unit}: another bias`, "WrongHead", "head-slope", replace(`${units}/${unit}/0`, "-1/7")),
    ),
    wrong(
      "head: a third layer, an identity",
      "WrongHead",
      "head-shape",
      add("/head/layers/-", { name: "U0", inputs: 1, relu: false, rows: [["0", [0, "1"]]] }),
    ),
    wrong(
      "head: seven units",
      "WrongHead",
      "head-too-many-units",
      { op: "append", path: units, value: ["0"], count: 3 },
      grown(3),
    ),
    wrong(
      "head: a unit that float32 does not hold, and that is not read",
      "WrongBound",
      "float-bounds",
      add(`${units}/-`, ["1/3"]),
      grown(1),
    ),
    draft(
      "the same, with no claim about float32",
      "FreeChange",
      edited(base, add(`${units}/-`, ["1/3"]), grown(1), replace("/verdicts/float32", null)),
      ACCEPTED,
    ),
    draft(
      "a weight of 4000 digits",
      "OwnLimit",
      edited(base, { op: "replace", path: `${rows(0)}/0/0`, value: "9", times: 4000 }),
      { verdict: "undecided", limit: "exact-integers" },
    ),
  ];
}
