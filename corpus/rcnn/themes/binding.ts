/** Learning runs whose filter is not that of their source. For the base `learning`: s = 8. */
import { BASES } from "../bases.js";
import type { DataEdit, Json } from "../../case.js";
import { ACCEPTED, draft, edited, exchanged, replace, type Draft } from "../../drafts.js";
import { valueAt } from "../../edit-data.js";

type Entry = [symbol: number, write: number, move: string, next: string];

const base = BASES.learning;
const NEXT_SYMBOL: Readonly<Record<number, number>> = { 0: 1, 1: -1, [-1]: 0 };
const NEXT_MOVE: Readonly<Record<string, string>> = {
  up: "right",
  right: "down",
  down: "left",
  left: "stay",
  stay: "up",
};

/** Runs whose source was changed entry by entry, while the filter was kept. */
export function otherSourceCases(data: Json): Draft[] {
  const states = valueAt(data, "/source/states") as string[];
  const table = valueAt(data, "/source/table") as unknown as [string, Entry[]][];
  const unbound = (comment: string, ...edits: DataEdit[]): Draft =>
    draft(comment, "OtherSource", edited(base, ...edits), "value");
  const entries = table.flatMap(([state, row], r) =>
    row.map((entry, e) => ({ state, entry, path: `/source/table/${r}/1/${e}` })),
  );
  return [
    ...entries.flatMap(({ state, entry: [symbol, write, move, next], path }) => {
      const where = `${state} on ${symbol}`;
      const other = states[(states.indexOf(next) + 1) % states.length] as string;
      return [
        unbound(`${where}: writes another symbol`, replace(`${path}/1`, NEXT_SYMBOL[write] as number)),
        unbound(`${where}: moves elsewhere`, replace(`${path}/2`, NEXT_MOVE[move] as string)),
        unbound(`${where}: goes to another state`, replace(`${path}/3`, other)),
      ];
    }),
    ...["go right", "up -"].map((start) => unbound(`starts in ${start}`, replace("/source/start", start))),
    // The states keep their rows and change places: the same machine, but the filter codes states by their places.
    unbound(
      "the first two states exchanged, with their rows",
      ...exchanged("/source/states", 0, 1),
      ...exchanged("/source/table", 0, 1),
    ),
    draft(
      "all about the machine renamed but its states",
      "FreeChange",
      edited(base, replace("/source/name", "parity"), replace("/source/about", "Learns parity.")),
      ACCEPTED,
    ),
  ];
}
