/** Filters whose weights are all in U_s and that are not f-bar; and others that are. For the base `tiny`, s = 2. */
import { BASES } from "../bases.js";
import type { DataEdit, Json } from "../../case.js";
import {
  ACCEPTED,
  add,
  draft,
  edited,
  exchanged,
  rejected,
  remove,
  replace,
  spots,
  undecided,
  type Draft,
} from "../../drafts.js";
import { valueAt } from "../../edit-data.js";
import type { Layer, Row } from "../../themes/networks.js";
import { layersOf } from "./weights.js";

const base = BASES.tiny;
const rowsAt = (l: number): string => `/filter/layers/${l}/rows`;
const inputsAt = (l: number): string => `/filter/layers/${l}/inputs`;

/** Numbers of gates and cells may be met in any order: any of these may be the first fault that a search meets. */
const WRONG = rejected("kink", "value", "derivative");

/** n / 4, reduced. */
function quarters(n: number): string {
  if (n % 4 === 0) return String(n / 4);
  return n % 2 === 0 ? `${n / 2}/2` : `${n}/4`;
}

/** Adds a function of one cell as the last row of V2, and units of V1 that only it reads. */
function addFunction(
  layers: readonly Layer[],
  place: number,
  units: readonly (readonly [bias: number, weight: string])[],
): DataEdit[] {
  const [v1, v2] = layers as [Layer, Layer];
  const first = v1.rows.length;
  const entries = units.map(([, weight], k): [number, string] => [first + k, weight]);
  return [
    ...units.map(([bias]) => add(`${rowsAt(0)}/-`, [quarters(bias), [place, "1"]])),
    replace(inputsAt(1), first + units.length),
    add(`${rowsAt(1)}/-`, ["0", ...entries]),
    replace(inputsAt(2), v2.rows.length + 1),
  ];
}

/** The cell values of the memory phase and of a blank, in u-units, for s = 2. */
const CELLS = [
  ["blank", 0],
  ["memory", -18],
] as const;

/** One fault at one place and one cell value, from units around it whose weights are all in U_s. */
function pointFaults(layers: readonly Layer[]): Draft[] {
  const v2 = (layers[1] as Layer).rows.length;
  const gates = (layers[2] as Layer).rows.length;
  return Array.from({ length: 9 }, (_, place) => place).flatMap((place) =>
    CELLS.flatMap(([cell, u]) => {
      const at = (
        comment: string,
        flag: string,
        code: string,
        units: readonly (readonly [number, string])[],
        ...more: DataEdit[]
      ): Draft => {
        const shifted = units.map(([by, weight]) => [by - 4 * u, weight] as const);
        return draft(
          `${comment} at place ${place}, cell ${cell}`,
          flag,
          edited(base, ...addFunction(layers, place, shifted), ...more),
          code,
        );
      };
      const read = add(`${rowsAt(2)}/0/-`, [v2, "1"]);
      return [
        at(
          "a value off by 1",
          "WrongValue",
          "value",
          [
            [2, "4"],
            [1, "-4"],
            [-1, "-4"],
            [-2, "4"],
          ],
          read,
        ),
        at(
          "a derivative off by 1",
          "WrongDerivative",
          "derivative",
          [
            [2, "3"],
            [2, "-4"],
            [1, "4"],
            [1, "-2"],
            [-1, "-2"],
            [-2, "5"],
            [-2, "-4"],
          ],
          read,
        ),
        at(
          "a gate at its kink",
          "WrongKink",
          "kink",
          [
            [1, "4"],
            [-1, "-4"],
          ],
          add(`${rowsAt(2)}/-`, ["-1", [v2, "1"]]),
          replace(inputsAt(3), gates + 1),
        ),
      ];
    }),
  );
}

/** Bumps with slope 1 made flat: the values stay. */
function flatBumps(layers: readonly Layer[]): Draft[] {
  const flat = new Map([
    ["3", "4"],
    ["-2", "-4"],
    ["-6", "-4"],
    ["5", "4"],
  ]);
  return [...(layers[1] as Layer).rows.entries()].flatMap(([r, [bias, ...entries]]) => {
    if (!entries.some(([, weight]) => weight === "-6")) return [];
    const row: Json = [
      bias,
      ...entries.map(([column, weight]): [number, string] => [column, flat.get(weight) ?? weight]),
    ];
    return [
      draft(
        `the slope of row ${r} of V2 taken away`,
        "WrongDerivative",
        edited(base, replace(`${rowsAt(1)}/${r}`, row)),
        "derivative",
      ),
    ];
  });
}

const wrong = (comment: string, expected: Draft["expected"], ...edits: DataEdit[]): Draft =>
  draft(comment, "WrongFilter", edited(base, ...edits), expected);
const rowOf = (layers: readonly Layer[], l: number, r: number): Row => (layers[l] as Layer).rows[r] as Row;

/** Filters with one weight, row or matrix changed so that they compute something else. */
export function wrongFilterCases(data: Json): Draft[] {
  const layers = layersOf(data, "filter");
  return [
    ...outputCases(layers),
    ...gateCases(layers),
    ...unitCases(layers),
    ...movedCases(layers),
    ...flatBumps(layers),
    ...pointFaults(layers),
  ];
}

/** V5 and V4 changed. */
function outputCases(layers: readonly Layer[]): Draft[] {
  const value = rejected("value");
  return [
    wrong("V5: bias 1", value, replace(`${rowsAt(4)}/0/0`, "1")),
    wrong("V5: its first weight left out", rejected("value", "derivative"), remove(`${rowsAt(4)}/0/1`)),
    wrong(
      "V5: its last weight left out",
      rejected("value", "derivative"),
      remove(`${rowsAt(4)}/0/${rowOf(layers, 4, 0).length - 1}`),
    ),
    wrong("V5: constant", value, replace(`${rowsAt(4)}/0`, ["0"])),
    ...spots((layers[3] as Layer).rows.length).flatMap((r) => {
      const [, weight] = rowOf(layers, 3, r)[1] as [number, string];
      const other = weight === "2" ? "1" : weight === "1" ? "-1" : "1";
      return [
        wrong(`V4, row ${r}: bias 1`, value, replace(`${rowsAt(3)}/${r}/0`, "1")),
        wrong(
          `V4, row ${r}: weight ${other} for ${weight}`,
          rejected("value", "derivative"),
          replace(`${rowsAt(3)}/${r}/1/1`, other),
        ),
        wrong(`V4, row ${r}: constant`, rejected("value", "derivative"), replace(`${rowsAt(3)}/${r}`, ["0"])),
      ];
    }),
  ];
}

/** Gates that are never on, or on elsewhere. */
function gateCases(layers: readonly Layer[]): Draft[] {
  const gates = (layers[2] as Layer).rows;
  return [
    ...gates.map((_, r) =>
      wrong(`V3, gate ${r}: never on`, rejected("value", "derivative"), replace(`${rowsAt(2)}/${r}/0`, "-648")),
    ),
    ...spots(gates.length).flatMap((r) => {
      const entries = (gates[r] as Row).length - 1;
      return [
        wrong(`V3, gate ${r}: bias 16`, WRONG, replace(`${rowsAt(2)}/${r}/0`, "16")),
        ...spots(entries).map((e) =>
          wrong(`V3, gate ${r}: entry ${e} left out`, WRONG, remove(`${rowsAt(2)}/${r}/${e + 1}`)),
        ),
      ];
    }),
  ];
}

/** Rows of V2 and units of V1 changed. */
function unitCases(layers: readonly Layer[]): Draft[] {
  return [
    ...spots((layers[1] as Layer).rows.length).flatMap((r) =>
      rowOf(layers, 1, r).flatMap((entry, e) => {
        if (typeof entry === "string") return [];
        const [, weight] = entry;
        const left = remove(`${rowsAt(1)}/${r}/${e}`);
        const other = replace(`${rowsAt(1)}/${r}/${e}/1`, weight === "5" ? "4" : "5");
        const [comment, heavier] = [`V2, row ${r}: entry ${e - 1} left out`, `V2, row ${r}: entry ${e - 1} heavier`];
        return [wrong(comment, WRONG, left), wrong(heavier, WRONG, other)];
      }),
    ),
    ...spots((layers[0] as Layer).rows.length).flatMap((r) => {
      const [[bias], [next]] = [rowOf(layers, 0, r), rowOf(layers, 0, (r + 4) % (layers[0] as Layer).rows.length)];
      return [
        wrong(
          `V1, unit ${r}: the bias of another unit`,
          WRONG,
          replace(`${rowsAt(0)}/${r}/0`, next === bias ? "1/2" : next),
        ),
        // The last unit keeps the last plateau of the cell below at 1: more than that opens no gate that should be shut.
        wrong(
          `V1, unit ${r}: reads no cell`,
          r === (layers[0] as Layer).rows.length - 1 ? rejected("counts") : WRONG,
          remove(`${rowsAt(0)}/${r}/1`),
        ),
        wrong(
          `V1, unit ${r}: reads the cell 324 times`,
          rejected("kink", "value", "derivative", "first-layer-kink"),
          replace(`${rowsAt(0)}/${r}/1/1`, "324"),
        ),
      ];
    }),
  ];
}

/** Rows of each layer exchanged, moved, dropped or doubled. */
function movedCases(layers: readonly Layer[]): Draft[] {
  const moved = (comment: string, expected: Draft["expected"], ...edits: DataEdit[]): Draft =>
    draft(comment, "RowsMoved", edited(base, ...edits), expected);
  return layers.slice(0, 4).flatMap(({ rows }, l) => {
    const last = rows.length - 1;
    // The output adds up all rows of V4 alike: their order is free.
    const expected = l === 3 ? ACCEPTED : WRONG;
    return [
      // The first and the last gate weigh the same.
      moved(
        `V${l + 1}: its first and its last row exchanged`,
        l === 2 ? ACCEPTED : expected,
        ...exchanged(rowsAt(l), 0, last),
      ),
      moved(
        `V${l + 1}: a middle and the last row exchanged`,
        expected,
        ...exchanged(rowsAt(l), Math.floor(last / 2), last),
      ),
      draft(
        `V${l + 1}: its first row last`,
        l === 0 ? ["RowsMoved", "OwnLimit"] : "RowsMoved",
        edited(base, { op: "move", from: `${rowsAt(l)}/0`, path: `${rowsAt(l)}/-` }),
        expected,
        l === 0 ? { second: undecided("work") } : undefined,
      ),
      moved(
        `V${l + 1}: its first row in place of the last`,
        rejected("kink", "value", "derivative"),
        remove(`${rowsAt(l)}/${last}`),
        { op: "copy", from: `${rowsAt(l)}/0`, path: `${rowsAt(l)}/-` },
      ),
    ];
  });
}

/** Filters that are f-bar as well; what they change of the counts is stated or not. */
export function hiddenUnitCases(data: Json): Draft[] {
  return [...permutedCases(data), ...addedUnitCases(data)];
}

/** A row with two columns exchanged. */
function swap(row: Row, a: number, b: number): Row {
  const [bias, ...entries] = row;
  const renamed = entries.map(([column, weight]): [number, string] => [
    column === a ? b : column === b ? a : column,
    weight,
  ]);
  return [bias, ...renamed.sort(([x], [y]) => x - y)];
}

function permutedCases(data: Json): Draft[] {
  const layers = layersOf(data, "filter");
  const [v1, v2] = layers as [Layer, Layer];
  const permuted = (l: number, a: number, b: number): DataEdit[] => [
    ...exchanged(rowsAt(l), a, b),
    ...(layers[l + 1] as Layer).rows.flatMap((row, r) => {
      const other = swap(row, a, b);
      return JSON.stringify(other) === JSON.stringify(row) ? [] : [replace(`${rowsAt(l + 1)}/${r}`, other)];
    }),
  ];
  const last = v1.rows.length - 1;
  return [
    draft(
      "two units of V1 exchanged, with all that reads them",
      ["HiddenUnits", "FreeChange"],
      edited(base, ...permuted(0, 0, 1)),
      ACCEPTED,
    ),
    draft(
      "the first and the last unit of V1 exchanged, with all that reads them",
      ["HiddenUnits", "FreeChange"],
      edited(base, ...permuted(0, 0, last)),
      ACCEPTED,
    ),
    draft(
      "the first and the last row of V2 exchanged, with all that reads them",
      ["HiddenUnits", "FreeChange"],
      edited(base, ...permuted(1, 0, v2.rows.length - 1)),
      ACCEPTED,
    ),
    draft(
      "two units of V1 exchanged, with all that reads them, the digest kept",
      ["HiddenUnits", "WrongDigest"],
      { base, data: permuted(0, 0, 1), digests: "kept" },
      "digest",
    ),
  ];
}

/** Rows that do nothing, or half of what another one did. */
function addedUnitCases(data: Json): Draft[] {
  const layers = layersOf(data, "filter");
  const [v1, v2, v3] = layers as [Layer, Layer, Layer];
  const nonzero = valueAt(data, "/verdicts/weights/nonzero") as number;
  const counted = (widths: readonly number[], more: number): DataEdit[] => [
    replace("/verdicts/weights/nonzero", nonzero + more),
    replace("/verdicts/weights/widths", [...widths]),
  ];
  const both = (
    comment: string,
    edits: readonly DataEdit[],
    counts: readonly DataEdit[],
    more?: Draft["except"],
  ): Draft[] => [
    draft(`${comment}; counted`, ["HiddenUnits", "FreeChange"], edited(base, ...edits, ...counts), ACCEPTED, more),
    draft(`${comment}; not counted`, ["HiddenUnits", "WrongCount"], edited(base, ...edits), "counts"),
  ];
  const widths = (l: number, by: number): number[] => layers.map(({ rows }, i) => rows.length + (i === l ? by : 0));
  return [
    ...both(
      "a unit of V1 that is constant and not read",
      [add(`${rowsAt(0)}/-`, ["1/2"]), replace(inputsAt(1), v1.rows.length + 1)],
      counted(widths(0, 1), 1),
    ),
    ...both(
      "a unit of V1 that reads a cell and is not read",
      [{ op: "copy", from: `${rowsAt(0)}/0`, path: `${rowsAt(0)}/-` }, replace(inputsAt(1), v1.rows.length + 1)],
      counted(widths(0, 1), 2),
    ),
    ...both(
      "a row of V2 that is 0 and not read",
      [add(`${rowsAt(1)}/-`, ["0"]), replace(inputsAt(2), v2.rows.length + 1)],
      counted(widths(1, 1), 0),
    ),
    ...both(
      "a gate that is 0 everywhere and not read",
      [add(`${rowsAt(2)}/-`, ["0"]), replace(inputsAt(3), v3.rows.length + 1)],
      counted(widths(2, 1), 0),
    ),
    ...both(
      "a gate that is always off and read",
      [
        add(`${rowsAt(2)}/-`, ["-1"]),
        replace(inputsAt(3), v3.rows.length + 1),
        add(`${rowsAt(3)}/0/-`, [v3.rows.length, "1"]),
      ],
      counted(widths(2, 1), 2),
    ),
    ...both(
      "a unit of V1 twice, and half its weight for each",
      [
        { op: "copy", from: `${rowsAt(0)}/9`, path: `${rowsAt(0)}/-` },
        replace(inputsAt(1), v1.rows.length + 1),
        replace(`${rowsAt(1)}/2/2/1`, "-2"),
        add(`${rowsAt(1)}/2/-`, [v1.rows.length, "-2"]),
      ],
      counted(widths(0, 1), 3),
    ),
  ];
}
