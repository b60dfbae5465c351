/** Certificates of learning runs that are false; for the base `learning`: d = 2, m = 3, s = 8. */
import { BASES } from "../bases.js";
import type { DataEdit, Json } from "../../case.js";
import {
  ACCEPTED,
  add,
  draft,
  edited,
  exchanged,
  remove,
  replace,
  spots,
  undecided,
  type Draft,
} from "../../drafts.js";
import { valueAt } from "../../edit-data.js";

const base = BASES.learning;

/** A certificate of a learning run that is false after edits of its data. */
export function wrong(comment: string, flag: string, code: string, ...edits: DataEdit[]): Draft {
  return draft(comment, flag, edited(base, ...edits), code);
}

/** Wrong digests, constants and sources. */
export function learningPartCases(data: Json): Draft[] {
  const states = valueAt(data, "/source/states") as string[];
  const rows = valueAt(data, "/source/table") as Json[];
  return [
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
    wrong("a halting state twice", "SourceMachine", "source-machine", {
      op: "copy",
      from: "/source/halting/0",
      path: "/source/halting/-",
    }),
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

const shape = (comment: string, ...edits: DataEdit[]): Draft =>
  wrong(comment, "LearningShape", "learning-shape", ...edits);
const remembered = (comment: string, ...edits: DataEdit[]): Draft =>
  wrong(comment, "WrongMemory", "learning-memory", ...edits);
const predicted = (comment: string, ...edits: DataEdit[]): Draft =>
  wrong(comment, "WrongPrediction", "learning-prediction", ...edits);
const turned = (text: string, i: number): string =>
  text.slice(0, i) + (text[i] === "+" ? "-" : "+") + text.slice(i + 1);

/** Wrong sizes, examples, memories and predictions. */
export function learningRunCases(data: Json): Draft[] {
  return [...shapeCases(data), ...memoryCases(data), ...predictionCases(data), ...predictionListCases(data)];
}

/** Sizes that do not fit each other. */
function shapeCases(data: Json): Draft[] {
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
  ];
}

/** Examples and what training leaves of them. */
function memoryCases(data: Json): Draft[] {
  const examples = valueAt(data, "/examples") as string[];
  const memory = valueAt(data, "/memory") as string[];
  return [
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
  ];
}

/** Predictions that are not those of the network. */
function predictionCases(data: Json): Draft[] {
  const predictions = valueAt(data, "/predictions") as { [key: string]: Json }[];
  const layers = valueAt(data, "/shape/layers") as number;
  const last = predictions.length - 1;
  return [
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
  ];
}

/** The list of predictions, changed. */
function predictionListCases(data: Json): Draft[] {
  const predictions = valueAt(data, "/predictions") as { [key: string]: Json }[];
  const last = predictions.length - 1;
  return [
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

/** Wrong counts, and wrong bounds on sums in float32. */
export function learningVerdictCases(data: Json): Draft[] {
  const counts = [
    ...["rowWindows", "columnWindows", "patches", "waves", "trainingSets"].map((key) => `memorization/${key}`),
    "handOver/fronts",
    ...["steps", "cells"].map((key) => `replay/${key}`),
  ].map((path) => `/verdicts/${path}`);
  const patches = "/verdicts/handOver/patches";
  const handedOver = BigInt(valueAt(data, patches) as string);
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
    ...counts.flatMap((path) =>
      [1, -1].map((by) =>
        wrong(`${path}: off by ${by}`, "WrongCount", "counts", replace(path, (valueAt(data, path) as number) + by)),
      ),
    ),
    ...[-1n, 1n, -handedOver, 9n * handedOver].map((by) =>
      wrong(`${patches}: off by ${by}`, "WrongCount", "counts", replace(patches, String(handedOver + by))),
    ),
    ...lists,
    bound("another layout", replace(`${float}/layout`, "dense")),
    bound("a row more", replace(`${float}/rows`, 5)),
    bound("a column more", replace(`${float}/mainColumns`, 4)),
    draft("no claim about float32", "FreeChange", edited(base, replace(float, null)), ACCEPTED),
  ];
}
