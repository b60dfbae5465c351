/**
 * From the machine that people write to the machine that the theorem is about (B.1.2).
 *
 * The normal form adds one state in front (the paper's "first step": the head neither moves nor writes), makes the
 * table total, and turns halting into fixed points, so that a network may continue to step after the halt.
 */
import {
  MOVES,
  TAPE_SYMBOLS,
  type NormalMachine,
  type SourceMachine,
  type TapeSymbol,
  type Transition,
} from "./machine.js";

/** One condition of the normal form, each with its own code. */
export type NormalFormFault =
  | "no-states"
  | "duplicate-name"
  | "halting-length"
  | "table-length"
  | "missing-entry"
  | "unknown-symbol"
  | "unknown-move"
  | "unknown-target"
  | "first-state-acts"
  | "halting-state-acts";

/** Whether a machine is in normal form; if not, the first condition that fails, and where. */
export type NormalFormVerdict =
  { readonly ok: true } | { readonly ok: false; readonly code: NormalFormFault; readonly message: string };

/**
 * The normal form of a source machine: state 0 is new and leads to the start state without moving or writing; then the
 * non-halting states in file order; then those halting states that something enters, in file order.
 *
 * An absent entry of the table halts: it keeps the symbol, stays and enters the first declared halting state. Where
 * none is declared, a state "halt" is added. So an absent entry counts as one step, like an entry that enters a
 * halting state.
 *
 * @throws {RangeError} if the source is inconsistent: a state or a halting state named twice, an undeclared state, a
 *   halting state with entries, or one that is listed twice
 *
 * @example
 * ```ts
 * import { loadMachine, normalForm } from "weightproof";
 *
 * const machine = normalForm(loadMachine("bb2"));
 * machine.states; // => ["first", "A", "B", "Z"]
 * machine.table[0]?.[0]; // => { write: 0, move: "stay", next: 1 }
 * ```
 */
export function normalForm(source: SourceMachine): NormalMachine {
  assertSource(source);
  const haltingNames = new Set(source.halting);
  const working = source.states.filter((name) => !haltingNames.has(name));
  const taken = new Set(source.states);

  const undefinedHalt = source.states.find((name) => haltingNames.has(name)) ?? freshName("halt", taken);
  const entered = new Set<string>([source.start]);
  if (listUndefined(source).length > 0) entered.add(undefinedHalt);
  for (const row of source.table.values()) for (const { next } of row.values()) entered.add(next);
  const halting = source.states.filter((name) => haltingNames.has(name) && entered.has(name));
  if (entered.has(undefinedHalt) && !taken.has(undefinedHalt)) halting.push(undefinedHalt);

  const states = [freshName("first", new Set([...taken, ...halting])), ...working, ...halting];
  const index = new Map(states.map((name, i) => [name, i]));
  const indexOf = (name: string): number => index.get(name) as number;

  const passing = (next: number): Record<TapeSymbol, Transition> => totalRow((symbol) => keepAndStay(symbol, next));
  const table = [
    passing(indexOf(source.start)),
    ...working.map((name) =>
      totalRow((symbol) => {
        const entry = source.table.get(name)?.get(symbol);
        if (entry === undefined) return keepAndStay(symbol, indexOf(undefinedHalt));
        return { write: entry.write, move: entry.move, next: indexOf(entry.next) };
      }),
    ),
    ...halting.map((name) => passing(indexOf(name))),
  ];
  return { name: source.name, states, halting: states.map((_, q) => q > working.length), table };
}

/**
 * The entry of a normal machine's table for a state index and a symbol.
 *
 * @throws {RangeError} if there is no such state or symbol
 */
export function transitionOf(machine: NormalMachine, state: number, symbol: TapeSymbol): Transition {
  const entry = machine.table[state]?.[symbol];
  if (entry === undefined) {
    throw new RangeError(
      `transitionOf: expected a state below ${machine.states.length} and a symbol, got ${state}, ${symbol}`,
    );
  }
  return entry;
}

/** The absent entries of the working states, in file order, then in the order of TAPE_SYMBOLS: the implicit halts. */
export function listUndefined(source: SourceMachine): { readonly state: string; readonly symbol: TapeSymbol }[] {
  const halting = new Set(source.halting);
  return source.states
    .filter((state) => !halting.has(state))
    .flatMap((state) => TAPE_SYMBOLS.map((symbol) => ({ state, symbol })))
    .filter(({ state, symbol }) => !source.table.get(state)?.has(symbol));
}

/** Decides whether a machine is in normal form: a total table, a first state and halting states that do nothing. */
export function checkNormal(machine: NormalMachine): NormalFormVerdict {
  const fault = (code: NormalFormFault, message: string): NormalFormVerdict => ({ ok: false, code, message });
  const { states, halting, table } = machine;
  const count = states.length;
  if (count === 0) return fault("no-states", "expected at least one state, got none");
  const seen = new Set<string>();
  const repeated = states.find((name) => seen.size === seen.add(name).size);
  if (repeated !== undefined) return fault("duplicate-name", `expected distinct states, got "${repeated}" twice`);
  if (halting.length !== count) {
    return fault("halting-length", `expected ${count} halting flags, got ${halting.length}`);
  }
  if (table.length !== count) return fault("table-length", `expected ${count} table rows, got ${table.length}`);
  for (const [q, row] of table.entries()) {
    for (const symbol of TAPE_SYMBOLS) {
      const place = `state ${q} ("${states[q]}"), symbol ${symbol}`;
      const entry: Transition | undefined = row[symbol];
      if (entry === undefined) return fault("missing-entry", `${place}: expected an entry, got none`);
      if (!TAPE_SYMBOLS.includes(entry.write)) {
        return fault("unknown-symbol", `${place}: expected to write 0, 1 or -1, got ${entry.write}`);
      }
      if (!MOVES.includes(entry.move)) {
        return fault("unknown-move", `${place}: expected one of ${MOVES.join(", ")}, got ${entry.move}`);
      }
      if (!Number.isInteger(entry.next) || entry.next < 0 || entry.next >= count) {
        return fault("unknown-target", `${place}: expected a next state below ${count}, got ${entry.next}`);
      }
      const acts = entry.write !== symbol || entry.move !== "stay";
      if (q === 0 && acts) {
        return fault("first-state-acts", `${place}: expected the first state to keep the symbol and to stay`);
      }
      if (halting[q] === true && (acts || entry.next !== q)) {
        return fault("halting-state-acts", `${place}: expected a halting state to be a fixed point`);
      }
    }
  }
  return { ok: true };
}

/** Whether a machine is in normal form (see checkNormal). */
export function isNormal(machine: NormalMachine): boolean {
  return checkNormal(machine).ok;
}

/**
 * Asserts the normal form.
 *
 * @param caller the function whose argument this is; it begins the message
 * @throws {RangeError} "caller: ..." with the first condition that fails
 */
export function assertNormal(machine: NormalMachine, caller: string = "assertNormal"): void {
  const verdict = checkNormal(machine);
  if (!verdict.ok) throw new RangeError(`${caller}: ${verdict.message}`);
}

function keepAndStay(symbol: TapeSymbol, next: number): Transition {
  return { write: symbol, move: "stay", next };
}

function totalRow(entry: (symbol: TapeSymbol) => Transition): Record<TapeSymbol, Transition> {
  return { 0: entry(0), 1: entry(1), [-1]: entry(-1) };
}

/** The name itself, or the first of name-2, name-3, ... that is free. */
function freshName(name: string, taken: ReadonlySet<string>): string {
  for (let suffix = 1; ; suffix++) {
    const candidate = suffix === 1 ? name : `${name}-${suffix}`;
    if (!taken.has(candidate)) return candidate;
  }
}

function assertSource(source: SourceMachine): void {
  const fail = (message: string): never => {
    throw new RangeError(`normalForm: ${message}`);
  };
  const declared = new Set(source.states);
  if (declared.size !== source.states.length) fail("expected each state once, got one twice");
  if (!declared.has(source.start)) fail(`expected a declared start state, got "${source.start}"`);
  if (new Set(source.halting).size !== source.halting.length) fail("expected each halting state once, got one twice");
  for (const name of source.halting) {
    if (!declared.has(name)) fail(`expected declared halting states, got "${name}"`);
    if ((source.table.get(name)?.size ?? 0) > 0) fail(`expected no entries for halting state "${name}"`);
  }
  for (const [state, row] of source.table) {
    if (!declared.has(state)) fail(`expected rows for declared states, got "${state}"`);
    for (const [symbol, { next }] of row) {
      if (!declared.has(next))
        fail(`state "${state}", symbol ${symbol}: expected a declared next state, got "${next}"`);
    }
  }
}
