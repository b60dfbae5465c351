/** The themes of certificates of recodings that know what a recoding is; for the base `recoding`. */
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
import type { Materializer } from "../../materialize.js";
import type { Theme } from "../../room.js";
import { BASES } from "../bases.js";

const base = BASES.recoding;

function wrong(comment: string, flag: string, code: string, ...edits: DataEdit[]): Draft {
  return draft(comment, flag, edited(base, ...edits), code);
}

/** All themes about certificates of recodings. */
export function recodingThemes(materializer: Materializer): readonly Theme[] {
  const data = materializer.dataOf(base);
  return [
    { name: "machines", about: "Sources and targets that are no machines.", drafts: machineCases(data) },
    {
      name: "correspondence",
      about: "Blocks, codes and listed states that do not fit.",
      drafts: [...codeCases(data), ...stateCases(data)],
    },
    {
      name: "steps",
      about: "Machines that do not do the same, one entry of one of them changed.",
      drafts: [...sourceStepCases(data), ...targetStepCases(data)],
    },
    { name: "runs", about: "Runs and counts that are false.", drafts: [...runCases(data), ...countCases(data)] },
    { name: "limits", about: "More than is looked at.", drafts: limitCases() },
  ];
}

type Row = readonly [state: string, entries: readonly (readonly Json[])[]];

function machineCases(data: Json): Draft[] {
  const malformed = (comment: string, ...edits: DataEdit[]): Draft =>
    wrong(comment, "SourceMachine", "source-machine", ...edits);
  return ["source", "target"].flatMap((part): Draft[] => {
    const states = valueAt(data, `/${part}/states`) as string[];
    const table = valueAt(data, `/${part}/table`) as unknown as Row[];
    return [
      malformed(`${part}: a start that is not listed`, replace(`/${part}/start`, "missing")),
      malformed(`${part}: a halting state that is not listed`, replace(`/${part}/halting/0`, "missing")),
      malformed(`${part}: a halting state twice`, {
        op: "copy",
        from: `/${part}/halting/0`,
        path: `/${part}/halting/-`,
      }),
      ...states.map((_, i) =>
        malformed(`${part}: state ${i} twice`, { op: "copy", from: `/${part}/states/${i}`, path: `/${part}/states/-` }),
      ),
      ...table.flatMap(([, entries], r) => [
        malformed(`${part}: row ${r} twice`, {
          op: "copy",
          from: `/${part}/table/${r}`,
          path: `/${part}/table/${r}`,
        }),
        malformed(`${part}: row ${r} of no state`, replace(`/${part}/table/${r}/0`, "missing")),
        ...entries.flatMap((_, e) => [
          malformed(`${part}: row ${r}, entry ${e} leads nowhere`, replace(`/${part}/table/${r}/1/${e}/3`, "missing")),
        ]),
      ]),
      malformed(`${part}: the first two rows exchanged`, ...exchanged(`/${part}/table`, 0, 1)),
      ...(part === "target" ? [] : sourceOnly(data, malformed)),
    ];
  });
}

function sourceOnly(data: Json, malformed: (comment: string, ...edits: DataEdit[]) => Draft): Draft[] {
  const symbols = valueAt(data, "/source/symbols") as string[];
  const table = valueAt(data, "/source/table") as unknown as Row[];
  return [
    ...symbols.map((symbol, i) => malformed(`symbol ${i} twice`, add("/source/symbols/-", symbol))),
    ...table.flatMap(([, entries], r) =>
      entries.flatMap((_, e) => [
        malformed(`row ${r}, entry ${e} reads no symbol`, replace(`/source/table/${r}/1/${e}/0`, "missing")),
        malformed(`row ${r}, entry ${e} writes no symbol`, replace(`/source/table/${r}/1/${e}/1`, "missing")),
        malformed(`row ${r}, entry ${e} twice`, {
          op: "copy",
          from: `/source/table/${r}/1/${e}`,
          path: `/source/table/${r}/1/${e}`,
        }),
      ]),
    ),
    ...table.map((_, r) => malformed(`row ${r} not in order`, ...exchanged(`/source/table/${r}/1`, 0, 1))),
    malformed("a halting state with a row", add("/source/halting/-", "C")),
    malformed(
      "missing entries are steps, and no state halts",
      replace("/source/missing", "step"),
      replace("/source/halting", []),
    ),
    draft(
      "another name and no notes",
      "FreeChange",
      edited(base, replace("/source/name", "renamed"), remove("/source/about"), remove("/target/source")),
      ACCEPTED,
    ),
  ];
}

function codeCases(data: Json): Draft[] {
  const code = (comment: string, ...edits: DataEdit[]): Draft => wrong(comment, "WrongCode", "recoding-code", ...edits);
  const codes = valueAt(data, "/block/codes") as string[];
  return [
    ...codes.flatMap((text, i) => [
      code(`code ${i} left out`, remove(`/block/codes/${i}`)),
      code(`code ${i} with a cell more`, replace(`/block/codes/${i}`, `${text}.`)),
      code(`code ${i} with a cell less`, replace(`/block/codes/${i}`, text.slice(1))),
      code(`code ${i} is another symbol's`, replace(`/block/codes/${i}`, codes[i === 0 ? 1 : i - 1] as string)),
    ]),
    code("a code more", add("/block/codes/-", "--")),
    code("the blank is not blank", replace("/block/codes/0", "--")),
    code("a row more", replace("/block/rows", (valueAt(data, "/block/rows") as number) + 1)),
    code("a column more", replace("/block/columns", (valueAt(data, "/block/columns") as number) + 1)),
  ];
}

function stateCases(data: Json): Draft[] {
  const state = (comment: string, ...edits: DataEdit[]): Draft =>
    wrong(comment, "WrongStates", "recoding-states", ...edits);
  const block = { row: valueAt(data, "/block/rows") as number, column: valueAt(data, "/block/columns") as number };
  const ends = valueAt(data, "/target/halting") as string[];
  return [
    ...["states", "stopped"].flatMap((list) =>
      (valueAt(data, `/${list}`) as Json[]).flatMap((entry, i) => [
        state(`${list} ${i} of no state of the source`, replace(`/${list}/${i}/0`, "missing")),
        state(`${list} ${i} of no state of the target`, replace(`/${list}/${i}/1`, "missing")),
        state(`${list} ${i} below the block`, replace(`/${list}/${i}/2`, block.row)),
        state(`${list} ${i} beside the block`, replace(`/${list}/${i}/3`, block.column)),
        state(`${list} ${i} twice`, add(`/${list}/-`, entry)),
      ]),
    ),
    ...(valueAt(data, "/source/states") as string[]).map((name) =>
      state(
        `the source's state ${name} left out`,
        ...(valueAt(data, "/states") as Json[][])
          .map(([of], i) => [of, i] as const)
          .filter(([of]) => of === name)
          .toReversed()
          .map(([, i]) => remove(`/states/${i}`)),
      ),
    ),
    state("the target starts elsewhere", replace("/target/start", ends[0] as string)),
    state("a halting state of the source where the target works", replace("/states/0/0", "X")),
    state(
      "a state that works where the target halts",
      ...(valueAt(data, "/states") as Json[][]).flatMap(([, to], i) =>
        ends.includes(to as string) ? [replace(`/states/${i}/0`, "A")] : [],
      ),
    ),
    state("a stop where the target works", replace("/stopped/0/1", "C"), replace("/states", [])),
    state("a stop in a halting state", replace("/stopped/0/0", "X")),
    state("stops of a source that does not stop", replace("/source/missing", "step")),
    state("no states", replace("/states", [])),
    draft("the entries in another order", "FreeChange", edited(base, ...exchanged("/states", 0, 1)), ACCEPTED),
  ];
}

const MOVES = ["up", "down", "left", "right", "stay"];

function sourceStepCases(data: Json): Draft[] {
  const step = (comment: string, ...edits: DataEdit[]): Draft => wrong(comment, "WrongStep", "recoding-step", ...edits);
  const symbols = valueAt(data, "/source/symbols") as string[];
  const states = valueAt(data, "/source/states") as string[];
  return (valueAt(data, "/source/table") as unknown as Row[]).flatMap(([state, entries], r) =>
    entries.flatMap(([read, write, move, next], e) => {
      const at = `/source/table/${r}/1/${e}`;
      const place = `${state} on ${read}`;
      return [
        step(`${place} writes another symbol`, replace(`${at}/1`, other(symbols, write))),
        step(`${place} moves elsewhere`, replace(`${at}/2`, other(MOVES, move))),
        step(`${place} goes to another state`, replace(`${at}/3`, other(states, next))),
        step(`${place} left out`, remove(at)),
      ];
    }),
  );
}

function targetStepCases(data: Json): Draft[] {
  const step = (comment: string, ...edits: DataEdit[]): Draft => wrong(comment, "WrongStep", "recoding-step", ...edits);
  const states = valueAt(data, "/target/states") as string[];
  return (valueAt(data, "/target/table") as unknown as Row[]).flatMap(([state, entries], r) =>
    entries.flatMap(([read, write, move, next], e) => {
      const at = `/target/table/${r}/1/${e}`;
      const place = `the target in ${JSON.stringify(state)} on ${read}`;
      return [
        step(`${place} writes another symbol`, replace(`${at}/1`, other([0, 1, -1], write))),
        step(`${place} moves elsewhere`, replace(`${at}/2`, other(MOVES, move))),
        step(`${place} goes to the state before`, replace(`${at}/3`, other(states.toReversed(), next))),
        ...(entries.length > 1
          ? [step(`${place} left out`, remove(at))]
          : [step(`${place} left out`, remove(`/target/table/${r}`))]),
      ];
    }),
  );
}

/** The next element of a list after one. */
function other(list: readonly Json[], one: Json | undefined): Json {
  return list[(list.indexOf(one as Json) + 1) % list.length] as Json;
}

function runCases(data: Json): Draft[] {
  const runs = valueAt(data, "/verdicts/replay") as { [key: string]: Json }[];
  return runs.flatMap((run, i) => {
    const at = `/verdicts/replay/${i}`;
    const result = (comment: string, ...edits: DataEdit[]): Draft =>
      wrong(`run ${i}: ${comment}`, "RunResult", "counts", ...edits);
    return [
      ...["steps", "targetSteps", "row", "column", "top", "left"].map((key) =>
        result(`${key} is off by one`, replace(`${at}/${key}`, (run[key] as number) + 1)),
      ),
      result("another end", replace(`${at}/end`, run["end"] === "halted" ? "stopped" : "halted")),
      result("another state", replace(`${at}/state`, run["state"] === "A" ? "B" : "A")),
      result("another tape", add(`${at}/tape/-`, ["a"])),
      result("another row to start in", replace(`${at}/headRow`, 7)),
      result("another column to start in", replace(`${at}/headColumn`, 7)),
      ...spots((run["input"] as Json[]).length).map((r) =>
        result(`another symbol at the start, row ${r}`, replace(`${at}/input/${r}/0`, "x")),
      ),
      ...spots((run["tape"] as Json[]).length).map((r) =>
        result(
          `another symbol at the end, row ${r}`,
          replace(`${at}/tape/${r}/0`, valueAt(data, `${at}/tape/${r}/0`) === "x" ? "b" : "x"),
        ),
      ),
      wrong(`run ${i}: an unknown symbol`, "WrongRun", "replay-run", add(`${at}/input/-`, ["a", "missing"])),
    ];
  });
}

function countCases(data: Json): Draft[] {
  const count = (key: string): number => valueAt(data, `/verdicts/steps/${key}`) as number;
  return ["situations", "shortest", "longest"].flatMap((key) =>
    [1, -1].map((by) =>
      wrong(
        `${key} off by ${by}`,
        "WrongCount",
        key === "longest" && by < 0 ? "recoding-step" : "counts",
        replace(`/verdicts/steps/${key}`, count(key) + by),
      ),
    ),
  );
}

function limitCases(): Draft[] {
  const limit = (comment: string, name: string, ...edits: DataEdit[]): Draft =>
    draft(comment, "Limit", edited(base, ...edits), undecided(name));
  const run = "/verdicts/replay/0";
  return [
    limit("a longest step of 2^53 - 1", "situations", replace("/verdicts/steps/longest", 2 ** 53 - 1)),
    limit("a run of a million steps", "replay-steps", replace(`${run}/limit`, 1_000_000)),
    limit("an input of more than a million cells of the target", "replay-tape", {
      op: "append",
      path: `${run}/input`,
      value: Array.from({ length: 60 }, () => "a"),
      count: 9000,
    }),
    limit(
      "a tape of more than a million cells",
      "replay-tape",
      replace(`${run}/input`, [["a"]]),
      { op: "append", path: `${run}/input`, value: [], count: 1100 },
      { op: "append", path: `${run}/input/1100`, value: "_", count: 1000 },
      add(`${run}/input/1100/-`, "a"),
      replace(`${run}/limit`, 0),
    ),
  ];
}
