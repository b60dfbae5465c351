/** The machine of a decoder's certificate: its total form, and the one more state in which a decoder begins. */
import { reject, type Certificate } from "./wei-chen-ma-decoder-text.js";
import { agree } from "./text.js";

/** What the machine does in a state on a symbol. The state after the last is the one that begins outside. */
export type Entry = readonly [write: number, move: -1 | 0 | 1, next: number];

/** The machine that the decoder follows, the state outside included. */
export interface Machine {
  readonly states: number;
  readonly symbols: number;
  readonly halting: readonly number[];
  /** table[state][symbol], that of the state outside included. */
  readonly table: readonly (readonly Entry[])[];
}

const MOVES = { left: -1, stay: 0, right: 1 } as const;

/** Decides the total form of the source. */
export function readMachine({ source, machine }: Certificate): Machine {
  const { symbols, states, start, halting, table } = source;
  const bad = (path: string, message: string): never => reject("source-machine", path, message);
  const order = (list_: readonly string[], path: string): Map<string, number> => {
    const places = new Map(list_.map((item, i) => [item, i]));
    if (places.size !== list_.length) bad(path, "expected each name once");
    return places;
  };
  const [symbolAt, stateAt] = [order(symbols, "source.symbols"), order(states, "source.states")];
  const halts = order(halting, "source.halting");
  for (const symbol of symbols) if (/\s/.test(symbol)) bad("source.symbols", "expected symbols without blanks");
  for (const state of [start, ...halting]) if (!stateAt.has(state)) bad("source", "expected declared states");
  const entries = new Map<string, readonly (readonly [string, string, keyof typeof MOVES, string])[]>();
  let before = -1;
  for (const [r, [state, row]] of table.entries()) {
    const place = stateAt.get(state) ?? bad(`source.table[${r}]`, "expected a declared state");
    if (place <= before || halts.has(state))
      bad(`source.table[${r}]`, "expected states that do not halt, in their order");
    before = place;
    let last = -1;
    for (const [e, [read, write, , next]] of row.entries()) {
      const at = symbolAt.get(read);
      if (at === undefined || !symbolAt.has(write) || !stateAt.has(next) || at <= last)
        bad(`source.table[${r}][1][${e}]`, "expected declared names, in the order of symbols");
      last = at ?? last;
    }
    entries.set(state, row);
  }
  const working = states.filter((state) => !halts.has(state));
  const isPartial = working.some((state) => (entries.get(state)?.length ?? 0) < symbols.length);
  const entered = new Set([start, ...[...entries.values()].flatMap((row) => row.map(([, , , next]) => next))]);
  const declared = states.find((state) => halts.has(state));
  let sink = declared ?? "halt";
  for (let i = 2; declared === undefined && stateAt.has(sink); i++) sink = `halt-${i}`;
  if (isPartial) entered.add(sink);
  const ends = states.filter((state) => halts.has(state) && entered.has(state));
  if (isPartial && declared === undefined) ends.push(sink);
  const others = [...working, ...ends].filter((state) => state !== start);
  const all = [start, ...others];
  const index = new Map(all.map((state, i) => [state, i]));
  const rows = all.map((state) =>
    symbols.map((symbol, a): Entry => {
      if (ends.includes(state)) return [a, 0, index.get(state) as number];
      const entry = entries.get(state)?.find(([read]) => read === symbol);
      if (entry === undefined) return [a, 0, index.get(sink) as number];
      return [symbolAt.get(entry[1]) as number, MOVES[entry[2]], index.get(entry[3]) as number];
    }),
  );
  const haltingIndices = all.flatMap((state, i) => (ends.includes(state) ? [i] : []));
  agree("normal-form", machine, { states: all, halting: haltingIndices, table: rows }, "machine");
  const outside = symbols.map((_, a): Entry => [a, 1, 0]);
  return { states: all.length + 1, symbols: symbols.length, halting: haltingIndices, table: [...rows, outside] };
}
