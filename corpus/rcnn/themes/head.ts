/** Heads that are not f-bar_head, and others that are. For the base `tiny`. */
import { BASES } from "../bases.js";
import type { DataEdit, Json } from "../../case.js";
import { ACCEPTED, add, draft, edited, exchanged, remove, replace, type Draft } from "../../drafts.js";
import type { Layer } from "../../themes/networks.js";
import { layersOf } from "./weights.js";

const base = BASES.tiny;

const units = "/head/layers/0/rows";
const row = "/head/layers/1/rows/0";
const huge = `1${"0".repeat(300)}`;

const wrong = (comment: string, code: string, ...edits: DataEdit[]): Draft =>
  draft(comment, "WrongHead", edited(base, ...edits), code);
const counts = (units_: number, kinks: number): DataEdit =>
  replace("/verdicts/head", { units: units_, kinks, intervals: kinks + 1 });
const grown = (size: number, by: number): DataEdit => replace("/head/layers/1/inputs", size + by);

/** A head that is f-bar_head as well, with the counts that it changes stated or not. */
const same = (comment: string, edits: readonly DataEdit[], counted?: DataEdit): Draft[] => [
  draft(
    comment,
    ["HiddenUnits", "FreeChange"],
    edited(base, ...edits, ...(counted === undefined ? [] : [counted])),
    ACCEPTED,
  ),
  ...(counted === undefined
    ? []
    : [draft(`${comment}, not counted`, ["HiddenUnits", "WrongCount"], edited(base, ...edits), "counts")]),
];

/** Readouts with a weight changed, and readouts with more ReLUs that add nothing. */
export function headCases(data: Json): Draft[] {
  const [hidden, output] = layersOf(data, "head") as [Layer, Layer];
  const size = hidden.rows.length;
  return [
    ...shapeCases(size),
    ...unitCases(hidden),
    ...outputCases(),
    ...farKinkCases(size),
    ...exchangedCases(size, output),
    ...kinkCases(size),
    ...scaledCases(),
  ];
}

/** Heads of another shape. */
function shapeCases(size: number): Draft[] {
  const identity: Json = { name: "U0", inputs: 1, relu: false, rows: [["0", [0, "1"]]] };
  return [
    wrong("one layer", "head-shape", remove("/head/layers/1")),
    wrong("three layers, the last an identity", "head-shape", add("/head/layers/-", identity)),
    wrong("two inputs", "head-shape", replace("/head/layers/0/inputs", 2)),
    wrong("no ReLU after its first layer", "head-shape", replace("/head/layers/0/relu", false)),
    wrong("a ReLU after its last layer", "head-shape", replace("/head/layers/1/relu", true)),
    wrong("two outputs, the same", "head-shape", { op: "copy", from: row, path: "/head/layers/1/rows/-" }),
    wrong("two outputs, the first constant", "head-shape", add("/head/layers/1/rows/0", ["0"])),
    wrong("seven units", "head-too-many-units", { op: "append", path: units, value: ["0"], count: 3 }, grown(size, 3)),
    wrong(
      "a thousand units",
      "head-too-many-units",
      { op: "append", path: units, value: ["1"], count: 996 },
      grown(size, 996),
    ),
  ];
}

/** Each unit changed, and units exchanged. */
function unitCases(hidden: Layer): Draft[] {
  const size = hidden.rows.length;
  return [
    ...hidden.rows.flatMap(([bias], unit) => [
      wrong(`unit ${unit}: bias 1/7 for ${bias}`, "head-slope", replace(`${units}/${unit}/0`, "1/7")),
      wrong(`unit ${unit}: bias off by 1/10^40`, "head-slope", replace(`${units}/${unit}/0`, offBy(bias))),
      wrong(`unit ${unit}: weight 2`, "head-slope", replace(`${units}/${unit}/1/1`, "2")),
      wrong(`unit ${unit}: weight -1`, "head-slope", replace(`${units}/${unit}/1/1`, "-1")),
      wrong(`unit ${unit}: reads nothing`, "head-slope", remove(`${units}/${unit}/1`)),
      wrong(`unit ${unit}: not read`, "head-slope", remove(`${row}/${unit + 1}`)),
      wrong(`unit ${unit}: read seven times`, "head-slope", replace(`${row}/${unit + 1}/1`, "7")),
    ]),
    wrong("units 0 and 1 exchanged, and not what reads them", "head-slope", ...exchanged(units, 0, 1)),
    wrong("units 0 and 3 exchanged, and not what reads them", "head-slope", ...exchanged(units, 0, size - 1)),
  ];
}

/** The output changed. */
function outputCases(): Draft[] {
  return [
    wrong("bias 0: off by 1 everywhere", "head-value", replace(`${row}/0`, "0")),
    wrong("bias 1", "head-value", replace(`${row}/0`, "1")),
    wrong("bias off by 1/10^40", "head-value", replace(`${row}/0`, offBy("-1"))),
    wrong("bias of 4000 digits", "head-value", { op: "replace", path: `${row}/0`, value: "9", times: 4000 }),
    wrong("the other sign", "head-slope", replace(row, ["1", [0, "-18"], [1, "36"], [2, "-36"], [3, "18"]])),
    wrong(
      "half the slope in the middle",
      "head-slope",
      replace(row, ["-1", [0, "18"], [1, "-18"], [2, "18"], [3, "-18"]]),
    ),
    wrong("constant", "head-slope", replace(row, ["-1"])),
  ];
}

/** Kinks where no cell is. */
function farKinkCases(size: number): Draft[] {
  return [
    wrong(
      "a kink far away, to the right",
      "head-slope",
      add(`${units}/-`, [`-${huge}`, [0, "1"]]),
      grown(size, 1),
      add(`${row}/-`, [size, "1"]),
      counts(5, 5),
    ),
    wrong(
      "a kink far away, to the left",
      "head-slope",
      add(`${units}/-`, [`-${huge}`, [0, "-1"]]),
      grown(size, 1),
      add(`${row}/-`, [size, "1"]),
      counts(5, 5),
    ),
  ];
}

function exchangedCases(size: number, output: Layer): Draft[] {
  return [
    ...same("its first and its last unit exchanged, with what reads them", [
      ...exchanged(units, 0, size - 1),
      replace(row, [output.rows[0]?.[0] as string, [0, "-18"], [1, "-36"], [2, "36"], [3, "18"]]),
    ]),
    ...same("a unit that reads nothing and is not read", [add(`${units}/-`, ["1"]), grown(size, 1)], counts(5, 4)),
  ];
}

/** Units that change nothing, with kinks of f-bar_head and with others. */
function kinkCases(size: number): Draft[] {
  return [
    ...hiddenKinks(["-1/9", "0", "1/9", "1/18", "-1/6", "1/6", "1/7", "-1", "1000000"]).flatMap(
      ([comment, at, is, added]) => {
        const edits = [
          ...added.map(([unit]) => add(`${units}/-`, unit)),
          grown(size, added.length),
          ...added.flatMap(([, weight], k) => (weight === null ? [] : [add(`${row}/-`, [size + k, weight])])),
        ];
        return is === "own"
          ? same(`${comment} at ${at}, a kink of f-bar_head`, edits, counts(size + added.length, 4))
          : [
              draft(
                `${comment} at ${at}`,
                "HiddenKink",
                edited(base, ...edits, counts(size + added.length, 5)),
                "head-kink",
              ),
            ];
      },
    ),
    draft(
      "a hidden kink before a false count",
      ["HiddenKink", "Precedence"],
      edited(base, add(`${units}/-`, ["1/7", [0, "1"]]), grown(size, 1), counts(5, 4)),
      "head-kink",
    ),
  ];
}

function scaledCases(): Draft[] {
  return [
    ...same("unit 0 twice as steep, and read half as much", [
      replace(`${units}/0`, ["1/3", [0, "2"]]),
      replace(`${row}/1/1`, "9"),
    ]),
    ...same("unit 0 steeper by 10^300, and read less by as much", [
      replace(`${units}/0`, [`${5n * 10n ** 299n}/3`, [0, huge]]),
      replace(`${row}/1/1`, `9/${5n * 10n ** 299n}`),
    ]),
  ];
}

type HiddenUnit = readonly [unit: Json, weight: string | null];

/** Units that change nothing and have their kink at a point (x-units), one that is not read and two that cancel. */
function hiddenKinks(
  points: readonly string[],
): (readonly [comment: string, at: string, is: "own" | "other", units: readonly HiddenUnit[]])[] {
  const own = ["-1/6", "0", "1/9", "1/6"];
  return points.flatMap((at) => {
    const opposite = at === "0" ? "0" : at.startsWith("-") ? at.slice(1) : `-${at}`;
    const rising: Json = [opposite, [0, "1"]];
    const falling: Json = [at, [0, "-1"]];
    const is = own.includes(at) ? "own" : "other";
    return [
      ["a unit that is not read, with its kink", at, is, [[rising, null]]],
      ["a falling unit that is not read, with its kink", at, is, [[falling, null]]],
      ["two units that cancel, with their kinks", at, is, [[rising, "5"], [rising, "-5"]]], // prettier-ignore
    ] as const;
  });
}

/** A rational plus 10^-40, as a certificate spells it. */
function offBy(text: string): string {
  const [n, d = "1"] = text.split("/") as [string, string?];
  const scale = 10n ** 40n;
  const [a, b] = [BigInt(n) * scale + BigInt(d), BigInt(d) * scale];
  const divisor = gcd(a < 0n ? -a : a, b);
  return `${a / divisor}/${b / divisor}`;
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b);
}
