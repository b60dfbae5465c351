/** Filters and heads of learning runs that are not those of the machine. For the base `learning`. */
import { BASES } from "../bases.js";
import type { DataEdit, Json } from "../../case.js";
import { ACCEPTED, add, draft, edited, remove, replace, spots, type Draft } from "../../drafts.js";
import { wrong } from "./learning.js";
import type { Layer, Row } from "../../themes/networks.js";
import { layersOf } from "./weights.js";

const base = BASES.learning;

const units = "/head/layers/0/rows";
const output = "/head/layers/1/rows/0";
const rows = (l: number): string => `/filter/layers/${l}/rows`;

/** Learning runs with one weight of the filter or the readout changed. */
export function learningFilterCases(data: Json): Draft[] {
  return [
    ...layerCases(data),
    ...patchCases(data),
    ...outsideCases(data),
    ...headCases(data),
    ...headKinkCases(data),
    ...headUnitCases(data),
    wrong("a weight of 4000 digits", "OutsideSet", "weight-outside-set", {
      op: "replace",
      path: `${rows(0)}/0/0`,
      value: "9",
      times: 4000,
    }),
  ];
}

/** Filters of another shape. */
function layerCases(data: Json): Draft[] {
  const layers = layersOf(data, "filter");
  const [v1] = layers as [Layer];
  return [
    ...layers.map(({ relu }, l) =>
      wrong(
        `V${l + 1}: ${relu ? "no ReLU" : "a ReLU"}`,
        "FilterShape",
        "shape",
        replace(`/filter/layers/${l}/relu`, !relu),
      ),
    ),
    wrong("without the last layer", "LayerCount", "layer-count", remove("/filter/layers/4")),
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
  ];
}

/** Filters with weights of U_s that are not f-bar. */
function patchCases(data: Json): Draft[] {
  const [, v2, v3] = layersOf(data, "filter") as [Layer, Layer, Layer];
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
  // The function with a slope is 1 at the cell of the memory phase, and a gate of it less 1 at its kink there.
  const kinked: DataEdit[] = [
    add(`${rows(2)}/-`, ["-1", [sloped, "1"]]),
    add(`${rows(2)}/-`, ["-1", [sloped, "1"]]),
    replace("/filter/layers/3/inputs", v3.rows.length + 2),
    // Read twice, with opposite weights: the values stay.
    add(`${rows(3)}/0/-`, [v3.rows.length, "1"]),
    add(`${rows(3)}/0/-`, [v3.rows.length + 1, "-1"]),
  ];
  return [
    wrong("V5: bias 1", "WrongValue", "value", replace(`${rows(4)}/0/0`, "1")),
    wrong("V5: constant", "WrongValue", "value", replace(`${rows(4)}/0`, ["0"])),
    wrong(
      "the slope of the memory phase taken away",
      "WrongDerivative",
      "derivative",
      replace(`${rows(1)}/${sloped}`, flattened),
    ),
    wrong("a gate at its kink in the memory phase", "WrongKink", "kink", ...kinked),
  ];
}

function outsideCases(data: Json): Draft[] {
  const [v1] = layersOf(data, "filter") as [Layer];
  return spots(v1.rows.length).map((r) =>
    wrong(`unit ${r}: a weight of 1/7`, "OutsideSet", "weight-outside-set", replace(`${rows(0)}/${r}/1/1`, "1/7")),
  );
}

/** Heads that are not f-bar_head. */
function headCases(data: Json): Draft[] {
  const head = layersOf(data, "head");
  const headed = (comment: string, code: string, ...edits: DataEdit[]): Draft =>
    wrong(comment, "WrongHead", code, ...edits);
  return [
    ...(head[0] as Layer).rows
      .slice(0, 1)
      .map((_, unit) => headed(`head, unit ${unit}: another bias`, "head-slope", replace(`${units}/${unit}/0`, "1"))),
    headed("head: bias 1", "head-value", replace(`${output}/0`, "1")),
    headed("head: twice as steep", "head-slope", replace(output, ["-162", [0, "2"], [1, "-4"], [2, "4"], [3, "-2"]])),
    headed("head: two inputs", "head-shape", replace("/head/layers/0/inputs", 2)),
    headed("head: two outputs", "head-shape", { op: "copy", from: output, path: "/head/layers/1/rows/-" }),
    headed("head: one layer", "head-shape", remove("/head/layers/1")),
    headed("the filter in the head's place", "head-shape", { op: "copy", from: "/filter", path: "/head" }),
    wrong("the head in the filter's place", "Transplant", "layer-count", {
      op: "copy",
      from: "/head",
      path: "/filter",
    }),
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
  ];
}

/** How many inputs the output of the head has with some units more. */
function grown(data: Json, by: number): DataEdit {
  const [hidden] = layersOf(data, "head") as [Layer];
  return replace("/head/layers/1/inputs", hidden.rows.length + by);
}

/** Units that change nothing, with kinks at some points (u-units). */
function headKinkCases(data: Json): Draft[] {
  const head = layersOf(data, "head");
  return ["-162", "0", "81", "162", "-1000"].flatMap((at) => {
    // In u-units; -162 is the cell of the memory phase, 0 and 162 are kinks of the head itself.
    const bias = at === "0" ? "0" : at.startsWith("-") ? at.slice(1) : `-${at}`;
    const size = (head[0] as Layer).rows.length;
    const edits = [
      add(`${units}/-`, [bias, [0, "1"]]),
      add(`${units}/-`, [bias, [0, "1"]]),
      grown(data, 2),
      add(`${output}/-`, [size, "1"]),
      add(`${output}/-`, [size + 1, "-1"]),
      replace("/verdicts/float32", null),
    ];
    const unread = [add(`${units}/-`, [at, [0, "-1"]]), grown(data, 1), replace("/verdicts/float32", null)];
    return (["two units that cancel", "a unit that is not read"] as const).map((what, k) => {
      const comment = `head: ${what}, with a kink at ${at}`;
      const input = edited(base, ...(k === 0 ? edits : unread));
      return ["0", "162"].includes(at)
        ? draft(comment, ["HiddenUnits", "FreeChange"], input, ACCEPTED)
        : draft(comment, "HiddenKink", input, "head-kink");
    });
  });
}

/** More layers and units than a head may have, and units that float32 does not hold. */
function headUnitCases(data: Json): Draft[] {
  return [
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
      grown(data, 3),
    ),
    wrong(
      "head: a unit that float32 does not hold, and that is not read",
      "WrongBound",
      "float-bounds",
      add(`${units}/-`, ["1/3"]),
      grown(data, 1),
    ),
    ...["1/1180591620717411303424", "1180591620717411303424", "16777217", "16777217/2"].map((number) =>
      wrong(
        `head: a unit that is not read, with a bias of ${number}, which float32 does not hold or not in products`,
        "WrongBound",
        "float-bounds",
        add(`${units}/-`, [number]),
        grown(data, 1),
      ),
    ),
    draft(
      "the same, with no claim about float32",
      "FreeChange",
      edited(base, add(`${units}/-`, ["1/3"]), grown(data, 1), replace("/verdicts/float32", null)),
      ACCEPTED,
    ),
  ];
}
