/** The machine of the vertices (TRACING.md, "Machines"), made again from the source. */
import { agree } from "./text.js";
import { reject, type Certificate, type Move } from "./welper-tracing-text.js";

/** The most states times readings, and the most vertices. */
const MAX_VERTICES = 20_000;

/** An entry of a total table, by index. */
export interface Entry {
  readonly write: readonly number[];
  readonly moves: readonly Move[];
  readonly next: number;
}

/** The machine of the vertices. */
export interface Machine {
  readonly tapes: number;
  readonly symbols: number;
  readonly readings: number;
  readonly readOnly: readonly number[];
  readonly states: readonly string[];
  readonly halts: readonly boolean[];
  /** By vertex: state * readings + reading. */
  readonly entries: readonly Entry[];
}

/** The digits of a reading's index, the symbol of tape 0 first. */
export function digitsOf(index: number, base: number, tapes: number): number[] {
  return Array.from({ length: tapes }, (_, i) => Math.floor(index / base ** (tapes - 1 - i)) % base);
}

/** The machine, made again from the source and compared with the one that is stated. */
export function readMachine({ source, machine, tripled }: Certificate): Machine {
  const { tapes, symbols, readOnly, states, start, halting, table } = source;
  const bad = (path: string, message: string): never => reject("source-machine", path, message);
  const readings = symbols.length ** tapes;
  if (states.length * readings > MAX_VERTICES) bad("source", `expected at most ${MAX_VERTICES} states times readings`);
  for (const list of [symbols, states, halting])
    if (new Set(list).size !== list.length) bad("source", "a name is there twice");
  if (symbols.some((symbol) => /\s/.test(symbol))) bad("source", "a symbol contains a blank");
  for (const [i, tape] of readOnly.entries())
    if (tape >= tapes || tape <= (readOnly[i - 1] ?? -1)) bad("source", "expected read-only tapes, rising");
  for (const state of [start, ...halting]) if (!states.includes(state)) bad("source", `${state} is not declared`);
  const rows = readTable(source, bad);
  const working = states.filter((state) => !halting.includes(state));
  const partial = working.some((state) => (rows.get(state)?.size ?? 0) < readings);
  const declared = states.find((state) => halting.includes(state));
  let sink = declared ?? "halt";
  for (let i = 2; declared === undefined && states.includes(sink); i++) sink = `halt-${i}`;
  const entered = new Set([
    start,
    ...(partial ? [sink] : []),
    ...table.flatMap(([, row]) => row.map(([, , , next]) => next)),
  ]);
  const stopping = halting.length === 0 ? [] : states.filter((state) => halting.includes(state) && entered.has(state));
  if (partial && declared === undefined) stopping.push(sink);
  const others = [...working, ...stopping].filter((state) => state !== start);
  const order = [start, ...others];
  const indexOf = new Map(order.map((state, i) => [state, i]));
  const stay = Array.from({ length: tapes }, (): Move => "stay");
  const plain = order.flatMap((state) =>
    Array.from({ length: readings }, (_, r): Entry => {
      const entry = rows.get(state)?.get(r);
      const next = indexOf.get(stopping.includes(state) ? state : sink) as number;
      if (entry === undefined) return { write: digitsOf(r, symbols.length, tapes), moves: stay, next };
      return { ...entry, next: indexOf.get(entry.next) as number };
    }),
  );
  const halts = order.map((state) => stopping.includes(state));
  const shape = { tapes, symbols: symbols.length, readings, readOnly };
  const made = tripled
    ? triple({ ...shape, states: order, halts, entries: plain })
    : { ...shape, states: order, halts, entries: plain };
  if (made.entries.length > MAX_VERTICES) bad("tripled", `expected at most ${MAX_VERTICES} vertices`);
  agree("normal-form", machine.states, made.states, "machine.states");
  agree(
    "normal-form",
    machine.halting,
    made.halts.flatMap((halt, q) => (halt ? [q] : [])),
    "machine.halting",
  );
  const computed = made.states.map((_, q) =>
    made.entries.slice(q * readings, (q + 1) * readings).map(({ write, moves: all, next }) => [write, all, next]),
  );
  agree("normal-form", machine.table, computed, "machine.table");
  return made;
}

interface NamedEntry extends Omit<Entry, "next"> {
  readonly next: string;
}

/** The table by state and reading; rows and entries are in order, and all that they name is declared. */
function readTable(
  { tapes, symbols, readOnly, states, halting, table }: Certificate["source"],
  bad: (path: string, message: string) => never,
): Map<string, Map<number, NamedEntry>> {
  const rows = new Map<string, Map<number, NamedEntry>>();
  let above = -1;
  for (const [i, [state, entries]] of table.entries()) {
    const at = `source.table[${i}]`;
    if (states.indexOf(state) <= above) bad(at, "expected declared states, each once, in their order");
    above = states.indexOf(state);
    if (halting.includes(state)) bad(at, `halting state ${state} has entries`);
    const row = new Map<number, NamedEntry>();
    let before = -1;
    for (const [e, [read, write, all, next]] of entries.entries()) {
      const place = `${at}[1][${e}]`;
      if (read.length !== tapes || write.length !== tapes || all.length !== tapes)
        bad(place, `expected ${tapes} tapes`);
      const [seen, written] = [read, write].map((list) => list.map((symbol) => symbols.indexOf(symbol))) as [
        number[],
        number[],
      ];
      if ([...seen, ...written].includes(-1)) bad(place, "a symbol is not declared");
      if (readOnly.some((tape) => seen[tape] !== written[tape])) bad(place, "it writes on a read-only tape");
      if (!states.includes(next)) bad(place, `${next} is not declared`);
      const index = seen.reduce((sum, symbol) => sum * symbols.length + symbol, 0);
      if (index <= before) bad(place, "expected readings in their order, each once");
      before = index;
      row.set(index, { write: written, moves: all, next });
    }
    rows.set(state, row);
  }
  return rows;
}

function triple(machine: Machine): Machine {
  const { states, halts, entries, readings } = machine;
  const copies = [0, 1, 2];
  return {
    ...machine,
    states: states.flatMap((state) => copies.map((r) => `${state}.${r}`)),
    halts: halts.flatMap((halt) => [halt, halt, halt]),
    entries: states.flatMap((_, q) =>
      copies.flatMap((r) =>
        entries.slice(q * readings, (q + 1) * readings).map((entry) => ({
          ...entry,
          next: 3 * entry.next + (halts[q] === true ? r : (r + 1) % 3),
        })),
      ),
    ),
  };
}
