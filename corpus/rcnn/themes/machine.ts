/** Sources that are no machines, normal forms that are not theirs, and machines that are not the filter's. */
import {
  decodeSourceMachine,
  encodeNormalMachine,
  type SourceMachineJson,
} from "../../../certificates/machine-json.js";
import { normalForm } from "../../../spec/machines/normal-form.js";
import { BASES } from "../bases.js";
import type { DataEdit, Json } from "../../case.js";
import { ACCEPTED, add, draft, edited, exchanged, move, remove, replace, spots, type Draft } from "../../drafts.js";
import { editData, valueAt } from "../../edit-data.js";

const { small, tiny } = BASES;

/** Sources that break one of the conditions on a machine. */
export function sourceCases(data: Json): Draft[] {
  const wrong = (comment: string, ...edits: DataEdit[]): Draft =>
    draft(comment, "SourceMachine", edited(small, ...edits), "source-machine");
  const table = valueAt(data, "/source/table") as [string, Json[][]][];
  const states = valueAt(data, "/source/states") as string[];
  const halting = valueAt(data, "/source/halting") as string[];
  const rows = spots(table.length);
  return [
    ...spots(states.length).map((i) =>
      wrong(`state ${i} twice`, { op: "copy", from: `/source/states/${i}`, path: "/source/states/-" }),
    ),
    ...spots(states.length).map((i) => wrong(`state ${i} left out of the list`, remove(`/source/states/${i}`))),
    ...spots(states.length).map((i) =>
      wrong(`state ${i} under another name in the list`, replace(`/source/states/${i}`, `${states[i]}'`)),
    ),
    wrong("no state", replace("/source/states", [])),
    wrong("a start state that is not listed", replace("/source/start", "missing")),
    wrong("a start state in small letters", replace("/source/start", "a")),
    wrong("a start state with a space after it", replace("/source/start", "A ")),
    ...spots(halting.length).map((i) =>
      wrong(`halting state ${i} is not listed`, replace(`/source/halting/${i}`, "missing")),
    ),
    ...spots(halting.length).flatMap((i) =>
      [i, "-"].map((to) =>
        wrong(`halting state ${i} twice, ${to === "-" ? "again at the end" : "one after the other"}`, {
          op: "copy",
          from: `/source/halting/${i}`,
          path: `/source/halting/${to}`,
        }),
      ),
    ),
    ...spots(halting.length).map((i) =>
      wrong(`halting state ${i} has entries`, replace(`/source/halting/${i}`, "ABC"[i] as string)),
    ),
    ...rows.map((r) => wrong(`row ${r} of a state that is not listed`, replace(`/source/table/${r}/0`, "missing"))),
    ...rows.map((r) => wrong(`row ${r} twice`, { op: "copy", from: `/source/table/${r}`, path: `/source/table/${r}` })),
    ...rows.map((r) => wrong(`row ${r} of a halting state`, replace(`/source/table/${r}/0`, "X"))),
    ...spots(table.length - 1).map((r) =>
      wrong(`rows ${r} and ${r + 1} exchanged`, ...exchanged("/source/table", r, r + 1)),
    ),
    wrong("first and last row exchanged", ...exchanged("/source/table", 0, table.length - 1)),
    wrong("a row more, of a state that is not listed", add("/source/table/-", ["missing", [[0, 0, "stay", "A"]]])),
    wrong("a row more, of a halting state", add("/source/table/-", ["Z", [[0, 0, "stay", "Z"]]])),
    ...rows.flatMap((r) => {
      const entries = table[r]?.[1] as Json[][];
      const list = `/source/table/${r}/1`;
      return [
        ...spots(entries.length).map((e) =>
          wrong(`row ${r}, entry ${e}: the next state is not listed`, replace(`${list}/${e}/3`, "missing")),
        ),
        wrong(`row ${r}: its first two entries exchanged`, ...exchanged(list, 0, 1)),
        wrong(`row ${r}: its last two entries exchanged`, ...exchanged(list, entries.length - 2, entries.length - 1)),
        ...spots(entries.length).flatMap((e) => {
          const next = (e + 1) % entries.length;
          const symbol = (entries[next] as Json[])[0] as Json;
          return [wrong(`row ${r}, entry ${e}: for the symbol of entry ${next}`, replace(`${list}/${e}/0`, symbol))];
        }),
      ];
    }),
    wrong("an entry twice", { op: "copy", from: "/source/table/2/1/0", path: "/source/table/2/1/0" }),
  ];
}

/** Normal forms with one name, flag or entry changed. */
export function normalFormCases(data: Json): Draft[] {
  const wrong = (comment: string, ...edits: DataEdit[]): Draft =>
    draft(comment, "NormalForm", edited(small, ...edits), "normal-form");
  const states = valueAt(data, "/machine/states") as string[];
  const halting = valueAt(data, "/machine/halting") as number[];
  const table = valueAt(data, "/machine/table") as [number, string, number][][];
  const last = states.length - 1;
  return [
    wrong("another name than the source's", replace("/machine/name", "small2")),
    wrong("the source renamed, its normal form not", replace("/source/name", "small2")),
    ...states.map((name, q) => wrong(`state ${q} renamed`, replace(`/machine/states/${q}`, `${name}2`))),
    ...spots(last).map((q) =>
      wrong(`names of states ${q} and ${q + 1} exchanged`, ...exchanged("/machine/states", q, q + 1)),
    ),
    wrong("a name missing", remove(`/machine/states/${last}`)),
    wrong("a name more", add("/machine/states/-", "more")),
    ...halting.map((q, i) => wrong(`halting index ${i} one less`, replace(`/machine/halting/${i}`, q - 1))),
    ...halting.map((_, i) => wrong(`halting index ${i} missing`, remove(`/machine/halting/${i}`))),
    wrong("a halting index past the states", replace("/machine/halting/2", 7)),
    wrong("a halting index twice", { op: "copy", from: "/machine/halting/0", path: "/machine/halting/0" }),
    wrong("the last halting index twice", { op: "copy", from: "/machine/halting/2", path: "/machine/halting/-" }),
    wrong("halting indices falling", ...exchanged("/machine/halting", 0, 2)),
    wrong("the first state halting", add("/machine/halting/0", 0)),
    wrong("no halting state", replace("/machine/halting", [])),
    ...spots(last).map((q) => wrong(`rows ${q} and ${q + 1} exchanged`, ...exchanged("/machine/table", q, q + 1))),
    wrong("first and last row exchanged", ...exchanged("/machine/table", 0, last)),
    wrong("the first row missing", remove("/machine/table/0")),
    wrong("the last row missing", remove(`/machine/table/${last}`)),
    wrong("the last row twice", { op: "copy", from: `/machine/table/${last}`, path: "/machine/table/-" }),
    ...table.flatMap((row, q) =>
      row.flatMap(([write, step, next], column) => {
        const at = `/machine/table/${q}/${column}`;
        const place = `state ${q}, column ${column}`;
        const others: readonly DataEdit[] = [
          replace(`${at}/0`, write === 1 ? -1 : write + 1),
          replace(`${at}/1`, step === "stay" ? "up" : "stay"),
          replace(`${at}/2`, (next + 1) % states.length),
        ];
        // One element of each entry in turn; of the first, the middle and the last state all.
        const chosen = spots(states.length).includes(q) ? others : others.slice(column, column + 1);
        return chosen.map((edit) => wrong(`${place}: ${edit.path.split("/").at(-1)} is another`, edit));
      }),
    ),
    ...[1, 2, 3].map((q) =>
      wrong(`state ${q}: its last two columns exchanged`, ...exchanged(`/machine/table/${q}`, 1, 2)),
    ),
    wrong("a next state past the states", replace("/machine/table/3/2/2", 7)),
    wrong("a halting state that writes", replace(`/machine/table/${last}/0/0`, 1)),
    wrong("an entry that the source lacks goes to another halting state", replace("/machine/table/3/2/2", 5)),
  ];
}

/** Edits of the source, and with them the normal form made anew. */
function machineEdits(data: Json, ...edits: readonly DataEdit[]): DataEdit[] {
  const noBases = (name: string): Json => {
    throw new RangeError(`machineEdits: expected no other base, got ${name}`);
  };
  const changed = edits.reduce((json, edit) => editData(json, edit, noBases), structuredClone(data));
  const source = valueAt(changed, "/source") as unknown as SourceMachineJson;
  const machine = encodeNormalMachine(normalForm(decodeSourceMachine(source))) as unknown as Json;
  return [...edits, replace("/machine", machine)];
}

/** Machines whose source and normal form agree; the filter stays. */
export function otherMachineCases(tinyData: Json, smallData: Json): Draft[] {
  const tinyEdits = (...edits: readonly DataEdit[]) => edited(tiny, ...machineEdits(tinyData, ...edits));
  const smallEdits = (...edits: readonly DataEdit[]) => edited(small, ...machineEdits(smallData, ...edits));
  const other = (comment: string, input: Draft["input"]): Draft => draft(comment, "OtherMachine", input, "value");
  const entry = "/source/table/0/1";
  const labels = ["B", "first", "\u00c4", "state of the machine", "__proto__", "0", "\u{1f600}"];
  return [
    ...[0, 1, 2].flatMap((e) => {
      const [, write, step] = valueAt(tinyData, `${entry}/${e}`) as [number, number, string, string];
      return [
        other(`entry ${e} writes another symbol`, tinyEdits(replace(`${entry}/${e}/1`, write === 1 ? 0 : 1))),
        other(`entry ${e} moves elsewhere`, tinyEdits(replace(`${entry}/${e}/2`, step === "down" ? "up" : "down"))),
      ];
    }),
    ...[0, 1, 2].map((r) => {
      const next = valueAt(smallData, `/source/table/${r}/1/0/3`) as string;
      return other(
        `row ${r}: its first entry goes to another state`,
        smallEdits(replace(`/source/table/${r}/1/0/3`, next === "A" ? "B" : "A")),
      );
    }),
    other("another start state", smallEdits(replace("/source/start", "B"))),
    other("the last start state that works", smallEdits(replace("/source/start", "C"))),
    other("an entry left out, which then halts", smallEdits(remove("/source/table/0/1/0"))),
    other("an entry added, where the machine halted", smallEdits(add("/source/table/2/1/-", [-1, 1, "up", "A"]))),
    draft(
      "an entry left out that a state was entered by",
      ["OtherMachine"],
      smallEdits(remove("/source/table/1/1/1")),
      "code",
    ),
    draft(
      "a halting state more, which is not entered",
      "FreeChange",
      smallEdits(add("/source/states/-", "W"), add("/source/halting/-", "W")),
      ACCEPTED,
    ),
    draft("a working state more", "OtherMachine", smallEdits(add("/source/states/3", "D")), "code"),
    draft(
      "two working states exchanged in the order of the states",
      "Relabelled",
      smallEdits(...exchanged("/source/states", 1, 2), ...exchanged("/source/table", 1, 2)),
      "value",
    ),
    draft(
      "two halting states exchanged in the order of the states",
      "Relabelled",
      smallEdits(...exchanged("/source/states", 3, 4)),
      "value",
    ),
    draft(
      "two states exchanged in name alone: their rows are not",
      "Relabelled",
      smallEdits(
        replace("/source/table/0/1/0/3", "C"),
        replace("/source/table/0/1/1/3", "C"),
        replace("/source/table/1/1/0/3", "B"),
      ),
      "value",
    ),
    draft("the order of `halting` is free", "FreeChange", smallEdits(...exchanged("/source/halting", 0, 2)), ACCEPTED),
    ...labels.map((label) =>
      draft(
        `the one working state is called ${JSON.stringify(label)}`,
        ["Relabelled", "FreeChange"],
        tinyEdits(
          replace("/source/states/0", label),
          replace("/source/start", label),
          replace("/source/table/0/0", label),
          ...[0, 1, 2].map((e) => replace(`${entry}/${e}/3`, label)),
        ),
        ACCEPTED,
      ),
    ),
    draft("the machine is called otherwise", "FreeChange", tinyEdits(replace("/source/name", "renamed")), ACCEPTED),
    draft(
      "the notes say something else",
      "FreeChange",
      tinyEdits(replace("/source/about", "It solves everything."), replace("/source/source", "Nobody")),
      ACCEPTED,
    ),
    draft("no notes", "FreeChange", tinyEdits(remove("/source/about"), remove("/source/source")), ACCEPTED),
    draft(
      "the notes in another order",
      "KeyOrder",
      edited(tiny, move("/source/about", "/source/about")),
      "not-canonical",
    ),
  ];
}
