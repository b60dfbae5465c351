/** Runs and counts that are not what comes out. For the base `tiny`. */
import { BASES } from "../bases.js";
import type { DataEdit, Json } from "../../case.js";
import { ACCEPTED, add, draft, edited, exchanged, rejected, remove, replace, spots, type Draft } from "../../drafts.js";
import { valueAt } from "../../edit-data.js";
import { places } from "../../places.js";

const base = BASES.tiny;
const RULES = "/verdicts/function/rules";

const runAt = (i: number): string => `/verdicts/replay/${i}`;
const wrong = (comment: string, flag: string, code: string, ...edits: DataEdit[]): Draft =>
  draft(comment, flag, edited(base, ...edits), code);
const free = (comment: string, ...edits: DataEdit[]): Draft =>
  draft(comment, "FreeChange", edited(base, ...edits), ACCEPTED);
/** A run with a result that it does not have. */
const result = (i: number, comment: string, ...edits: DataEdit[]): Draft =>
  wrong(`run ${i}: ${comment}`, "RunResult", "counts", ...edits);

type Run = Record<string, Json>;

/** Replayed runs with other sizes, starts or ends. */
export function replayCases(data: Json): Draft[] {
  const runs = valueAt(data, "/verdicts/replay") as Run[];
  return [...runs.flatMap((stated, i) => runCases(stated, i)), ...runListCases(runs), ...haltCases()];
}

/** One run, changed. */
function runCases(stated: Run, i: number): Draft[] {
  const [rows, columns, cells] = [stated["rows"], stated["columns"], stated["cells"]] as [number, number, number];
  const tape = stated["tape"] as string[];
  // In the order of keys that the text has.
  const { rows: r, columns: c, headRow, headColumn, ...after } = stated;
  const withInput = (input: Json): DataEdit =>
    replace(runAt(i), { rows: r, columns: c, headRow, headColumn, input, ...after } as Run);
  const plus = Array.from({ length: rows }, () => "+".repeat(columns));
  const cannot = (comment: string, ...edits: DataEdit[]): Draft =>
    wrong(`run ${i}: ${comment}`, "WrongRun", "replay-run", ...edits);
  return [
    cannot("no row", replace(`${runAt(i)}/rows`, 0)),
    cannot("no column", replace(`${runAt(i)}/columns`, 0)),
    cannot("the head below the grid", replace(`${runAt(i)}/headRow`, rows)),
    cannot("the head right of the grid", replace(`${runAt(i)}/headColumn`, columns)),
    cannot("the head 2^53 - 1 rows down", replace(`${runAt(i)}/headRow`, 2 ** 53 - 1)),
    cannot("an input with a row more", withInput([...plus, "+".repeat(columns)])),
    cannot("an input with a shorter last row", withInput([...plus.slice(1), "+".repeat(columns - 1)])),
    cannot("an input with a longer last row", withInput([...plus.slice(1), "+".repeat(columns + 1)])),
    cannot("a blank input", withInput(plus.map((line) => line.replaceAll("+", ".")))),
    wrong(`run ${i}: an input of no rows`, "WrongRun", "schema", withInput([])),
    wrong(
      `run ${i}: an input with another sign`,
      "WrongRun",
      "schema",
      withInput(plus.map((line) => line.replace("+", "1"))),
    ),
    result(i, "an input, and the result of a blank grid", withInput(plus)),
    result(
      i,
      "a 1 in the last cell, and the result of a blank grid",
      withInput([...plus.slice(1).map((line) => line.replaceAll("+", ".")), `${".".repeat(columns - 1)}+`]),
    ),
    result(i, "a row more", replace(`${runAt(i)}/rows`, rows + 1)),
    result(i, "a column more", replace(`${runAt(i)}/columns`, columns + 1)),
    result(i, "a layer more", replace(`${runAt(i)}/layers`, (stated["layers"] as number) + 1)),
    result(i, "a layer less", replace(`${runAt(i)}/layers`, (stated["layers"] as number) - 1)),
    result(i, "no layer", replace(`${runAt(i)}/layers`, 0)),
    ...(columns > 1
      ? [result(i, "the head in another column", replace(`${runAt(i)}/headColumn`, stated["headColumn"] === 0 ? 1 : 0))]
      : []),
    ...(rows > 1
      ? [result(i, "the head in another row", replace(`${runAt(i)}/headRow`, stated["headRow"] === 0 ? 1 : 0))]
      : []),
    result(i, "a cell more", replace(`${runAt(i)}/cells`, cells + 1)),
    result(i, "no cell", replace(`${runAt(i)}/cells`, 0)),
    result(i, "it halts at its start", replace(`${runAt(i)}/haltsAtLayer`, 0)),
    result(i, "it halts at its last layer", replace(`${runAt(i)}/haltsAtLayer`, stated["layers"] as number)),
    ...tapeCases(i, tape),
    result(i, "a row of the tape missing", remove(`${runAt(i)}/tape/${tape.length - 1}`)),
    result(i, "a row of the tape more", add(`${runAt(i)}/tape/-`, "")),
    ...(tape.length > 1
      ? [
          result(i, "first and last row of the tape exchanged", ...exchanged(`${runAt(i)}/tape`, 0, tape.length - 1)),
        ].filter(() => tape[0] !== tape.at(-1))
      : []),
    free(`without run ${i}`, remove(runAt(i))),
    wrong(
      `run ${i} twice, the second time with a false result`,
      "RunResult",
      "counts",
      { op: "copy", from: runAt(i), path: "/verdicts/replay/-" },
      replace("/verdicts/replay/3/cells", cells + 1),
    ),
  ];
}

/** The tape that a run leaves, changed in the first, the middle and the last row. */
function tapeCases(i: number, tape: readonly string[]): Draft[] {
  return spots(tape.length).flatMap((r) => {
    const line = tape[r] as string;
    const at = `${runAt(i)}/tape/${r}`;
    return [
      ...spots(line.length).map((c) => {
        const symbol = line[c] === "+" ? "-" : "+";
        return result(
          i,
          `row ${r} of the tape: column ${c} is ${symbol}`,
          replace(at, line.slice(0, c) + symbol + line.slice(c + 1)),
        );
      }),
      result(i, `row ${r} of the tape: a cell more`, replace(at, `${line}.`)),
      result(i, `row ${r} of the tape: a cell less`, replace(at, line.slice(1))),
      wrong(`run ${i}, row ${r} of the tape: a digit`, "Characters", "schema", replace(at, line.replace(/.$/, "0"))),
    ];
  });
}

/** The list of runs, changed. */
function runListCases(runs: readonly Run[]): Draft[] {
  return [
    free("no run", replace("/verdicts/replay", [])),
    free("the first run twice", { op: "copy", from: runAt(0), path: "/verdicts/replay/-" }),
    free("the runs in another order", ...exchanged("/verdicts/replay", 0, 2)),
    free("64 runs", { op: "append", path: "/verdicts/replay", value: runs[1] as Json, count: 61 }),
    wrong(
      "64 runs, the last one false",
      "RunResult",
      "counts",
      { op: "append", path: "/verdicts/replay", value: runs[1] as Json, count: 61 },
      replace("/verdicts/replay/63/tape/0", "-"),
    ),
    free(
      "a run of no layer",
      add("/verdicts/replay/-", {
        rows: 1,
        columns: 2,
        headRow: 0,
        headColumn: 1,
        layers: 0,
        cells: 0,
        haltsAtLayer: null,
        tape: [".."],
      }),
    ),
    wrong(
      "a run of a whole number of rows that is no integer",
      "OutOfRange",
      "schema",
      replace(`${runAt(0)}/rows`, 3.5),
    ),
  ];
}

/** Runs of a machine that halts at once. */
function haltCases(): Draft[] {
  return [
    draft(
      "a run that halts at its start",
      "FreeChange",
      {
        base: BASES.still,
        data: [
          add("/verdicts/replay/-", {
            rows: 1,
            columns: 1,
            headRow: 0,
            headColumn: 0,
            layers: 0,
            cells: 0,
            haltsAtLayer: null,
            tape: ["."],
          }),
        ],
        digests: "repaired",
      },
      ACCEPTED,
    ),
    draft(
      "a halt that comes a layer later than stated",
      "RunResult",
      edited(BASES.still, replace("/verdicts/replay/0/haltsAtLayer", 2)),
      "counts",
    ),
    draft(
      "a halt that is not stated",
      "RunResult",
      edited(BASES.still, replace("/verdicts/replay/0/haltsAtLayer", null)),
      "counts",
    ),
    draft(
      "a halt that is stated a layer too early",
      "RunResult",
      edited(BASES.still, replace("/verdicts/replay/0/haltsAtLayer", 0)),
      "counts",
    ),
  ];
}

/** The first checker's own count of boxes, which the second leaves alone. */
const LEAVES = { second: ACCEPTED } as const;

/** Counts that are off by something. */
export function countCases(data: Json): Draft[] {
  return [...singleCountCases(data), ...droppedCases(data), ...widthCases()];
}

/** Each count alone. */
function singleCountCases(data: Json): Draft[] {
  const counted = places(data).filter(
    (place) => /^\/verdicts\/(function|step|weights|head)\//.test(place) && typeof valueAt(data, place) !== "object",
  );
  const leaves = "/verdicts/function/leaves";
  const boxes = valueAt(data, leaves) as number;
  const beside = (value: Json): readonly Json[] => {
    if (typeof value === "boolean") return [!value];
    if (typeof value === "number") return [value + 1, value === 0 ? 2 : value - 1, value + 2 ** 32];
    return [1n, -1n, 2n ** 64n].map((by) => String(BigInt(value as string) + by));
  };
  return [
    ...counted
      .filter((place) => place !== leaves)
      .flatMap((place) =>
        beside(valueAt(data, place)).map((wrong) =>
          draft(
            `${place.slice("/verdicts/".length)}: ${JSON.stringify(wrong)}`,
            "WrongCount",
            edited(base, replace(place, wrong)),
            "counts",
          ),
        ),
      ),
    ...[boxes + 1, boxes - 1, 0, 2 * boxes].map((wrong) =>
      draft(
        `leaves: ${wrong} instead of ${boxes}`,
        ["Leaves"],
        edited(base, replace(leaves, wrong)),
        rejected("counts"),
        LEAVES,
      ),
    ),
  ];
}

/** Boxes, patches and lines of f-bar left out or counted twice, so that sums still fit. */
function droppedCases(data: Json): Draft[] {
  const plus = (path: string, by: bigint): DataEdit =>
    replace(path, String(BigInt(valueAt(data, path) as string) + by));
  const leaves = "/verdicts/function/leaves";
  const patches = "/verdicts/function/patches";
  const volumes = Object.entries(valueAt(data, RULES) as Record<string, string>);
  const dropped = (comment: string, ...edits: DataEdit[]): Draft =>
    draft(comment, "DroppedBoxes", edited(base, ...edits), "counts");
  const boxes = valueAt(data, leaves) as number;
  return [
    ...volumes.flatMap(([rule, volume], i) => {
      const [next] = volumes[(i + 1) % volumes.length] as [string, string];
      const path = `${RULES}/${rule}`;
      return [
        dropped(
          `a box of ${rule} left out, patches, boxes and ${rule} less by it`,
          plus(patches, -64n),
          plus(path, -64n),
          replace(leaves, boxes - 1),
        ),
        dropped(`${rule} left out altogether`, plus(patches, -BigInt(volume)), replace(path, "0")),
        dropped(`a box of ${rule} counted for ${next}`, plus(path, -1n), plus(`${RULES}/${next}`, 1n)),
        dropped(
          `${rule} and ${next} exchanged`,
          replace(path, valueAt(data, `${RULES}/${next}`)),
          replace(`${RULES}/${next}`, volume),
        ),
      ];
    }),
    dropped(
      "a box counted twice",
      plus(patches, 64n),
      plus(`${RULES}/otherwise-keep`, 64n),
      replace(leaves, boxes + 1),
    ),
    dropped(
      "all counts twice as large",
      ...[patches, ...volumes.map(([rule]) => `${RULES}/${rule}`)].map((path) =>
        plus(path, BigInt(valueAt(data, path) as string)),
      ),
      replace(leaves, 2 * boxes),
    ),
    dropped(
      "nothing looked at",
      ...[patches, ...volumes.map(([rule]) => `${RULES}/${rule}`)].map((path) => replace(path, "0")),
      replace(leaves, 0),
    ),
    dropped(
      "a patch left out of both",
      plus(patches, -1n),
      plus(`${RULES}/otherwise-keep`, -1n),
      plus("/verdicts/step/closedPatches", -1n),
    ),
    dropped("a state's local situations left out", replace("/verdicts/step/cases", 10692)),
  ];
}

function widthCases(): Draft[] {
  return [
    draft("widths without the last", "WrongCount", edited(base, remove("/verdicts/weights/widths/4")), "counts"),
    draft("widths without the first", "WrongCount", edited(base, remove("/verdicts/weights/widths/0")), "counts"),
    draft("a width more", "WrongCount", edited(base, add("/verdicts/weights/widths/-", 1)), "counts"),
    draft("no width", "WrongCount", edited(base, replace("/verdicts/weights/widths", [])), "counts"),
    draft(
      "the widths rising",
      "WrongCount",
      edited(base, replace("/verdicts/weights/widths", [1, 11, 17, 58, 136])),
      "counts",
    ),
    draft(
      "the bound of widths met by lowering it",
      "WrongCount",
      edited(base, replace("/verdicts/weights/widthBound", 136)),
      "counts",
    ),
  ];
}
