/** Prints machines in the formats that are only read: an independent way to the same tables. */
import type { Move, SourceMachine, SourceTransition, TapeSymbol } from "../../../../spec/machines/machine.js";

type Entry = readonly [state: string, symbol: TapeSymbol, entry: SourceTransition];

function entriesOf({ table }: SourceMachine): Entry[] {
  return [...table].flatMap(([state, row]) => [...row].map(([symbol, entry]): Entry => [state, symbol, entry]));
}

function pick(spellings: Readonly<Record<string, string>>, key: string | number): string {
  const spelling = spellings[String(key)];
  if (spelling === undefined) throw new RangeError(`the format has no ${key}`);
  return spelling;
}

/** Lines of five fields; the start state is called 0, halting states halt-NAME. */
export function toMorphett(source: SourceMachine): string {
  const nameOf = (state: string): string => {
    if (source.halting.includes(state)) return `halt-${state}`;
    return state === source.start ? "0" : `s-${state}`;
  };
  const symbols = { "0": "_", "1": "1", "-1": "2" };
  const moves = { left: "l", right: "r", up: "u", down: "d", stay: "*" };
  return entriesOf(source)
    .map(([state, symbol, { write, move, next }]) =>
      [nameOf(state), pick(symbols, symbol), pick(symbols, write), pick(moves, move), nameOf(next)].join(" "),
    )
    .join("\n");
}

/** A .jff file of JFLAP 7; halting states are final. */
export function toJflap(source: SourceMachine): string {
  const idOf = (state: string): string => String(source.states.indexOf(state));
  const symbols = { "0": "", "1": "1", "-1": "2" };
  const moves = { left: "L", right: "R", stay: "S" };
  const escape = (text: string): string =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;").replaceAll("\t", "&#9;");
  const states = source.states.map((state) => {
    const marks = `${state === source.start ? "<initial/>" : ""}${source.halting.includes(state) ? "<final/>" : ""}`;
    return `<block id="${idOf(state)}" name="${escape(state)}"><tag>Machine${idOf(state)}</tag><x>1.0</x><y>2.0</y>${marks}</block>`;
  });
  const transitions = entriesOf(source).map(
    ([state, symbol, { write, move, next }]) =>
      `<transition><from>${idOf(state)}</from><to>${idOf(next)}</to><read>${pick(symbols, symbol)}</read>` +
      `<write>${pick(symbols, write)}</write><move>${pick(moves, move)}</move></transition>`,
  );
  const machines = source.states.map((state) => `<Machine${idOf(state)}/>`);
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?><!--Written by a test.--><structure>&#13;',
    "<type>turing</type>&#13;",
    "<automaton>&#13;",
    ...states,
    ...transitions,
    ...machines,
    "</automaton>&#13;",
    "</structure>",
  ].join("\n");
}

/** A table of absolute moves; an entry that halts must stay, and an absent one writes what it read and halts. */
export function toGolly(source: SourceMachine, colours: readonly TapeSymbol[]): string {
  const working = [source.start, ...source.table.keys()].filter((state, i, all) => all.indexOf(state) === i);
  const moves: Partial<Record<Move, string>> = { up: "N", right: "E", down: "S", left: "W" };
  const triple = (state: string, symbol: TapeSymbol): string => {
    const entry = source.table.get(state)?.get(symbol);
    const write = colours.indexOf(entry?.write ?? symbol);
    if (entry === undefined || source.halting.includes(entry.next)) return `{${write},'',0}`;
    return `{${write},'${pick(moves, entry.move)}',${working.indexOf(entry.next)}}`;
  };
  const rows = working.map((state) => `{${colours.map((symbol) => triple(state, symbol)).join(",")}}`);
  return `{${rows.join(",")}}`;
}
