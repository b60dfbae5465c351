/** Machines of the house, and those on one or two tapes, as machines on d tapes. */
import { TAPE_SYMBOLS, type SourceMachine, type TapeSymbol } from "../../spec/machines/machine.js";
import type { MultiTapeEntry, MultiTapeSource } from "../../spec/welper/machine.js";

const SPELLING: Readonly<Record<TapeSymbol, string>> = { 0: "0", 1: "1", [-1]: "-1" };

/** A machine of the house on a grid: the same states and table; its alphabet has the symbols that the table reads or writes. */
export function gridToMultiTape(source: SourceMachine): MultiTapeSource {
  const used = new Set<TapeSymbol>([0]);
  const table = new Map<string, ReadonlyMap<string, MultiTapeEntry>>();
  for (const [state, row] of source.table) {
    const entries = [...row].map(([symbol, { write, move, next }]): [string, MultiTapeEntry] => {
      used.add(symbol).add(write);
      return [SPELLING[symbol], { write: [SPELLING[write]], moves: [move], next }];
    });
    table.set(state, new Map(entries));
  }
  if (used.size === 1) used.add(1);
  const symbols = TAPE_SYMBOLS.filter((symbol) => used.has(symbol)).map((symbol) => SPELLING[symbol]);
  const { name, states, start, halting } = source;
  return { name, tapes: 1, symbols, readOnly: [], states, start, halting, table };
}
