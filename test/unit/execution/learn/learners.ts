/** Small hand-written learning machines for tests. */
import { normalForm } from "../../../../spec/machines/normal-form.js";
import type {
  Move,
  NormalMachine,
  SourceMachine,
  SourceTransition,
  TapeSymbol,
} from "../../../../spec/machines/machine.js";

type Line = readonly [state: string, read: TapeSymbol, write: TapeSymbol, move: Move, next: string];

function sourceMachine(name: string, start: string, lines: readonly Line[]): SourceMachine {
  const table = new Map<string, Map<TapeSymbol, SourceTransition>>();
  for (const [state, read, write, move, next] of lines) {
    const row = table.get(state) ?? new Map<TapeSymbol, SourceTransition>();
    row.set(read, { write, move, next });
    table.set(state, row);
  }
  return {
    name,
    states: [...new Set([...table.keys(), ...lines.map(([, , , , next]) => next)])],
    start,
    halting: lines.some(([, , , , next]) => next === "halt") ? ["halt"] : [],
    table,
    notes: {},
    expected: {},
  };
}

/**
 * Learns x_1 or -x_1 from the first example: it keeps the top left cell, y^(1) x^(1)_1 x_1, and blanks all others, row by
 * row from the bottom, each from right to left.
 */
export const FIRST_LITERAL_SOURCE: SourceMachine = sourceMachine("first-literal", "clear", [
  ["clear", 1, 0, "left", "saw+"],
  ["clear", -1, 0, "left", "saw-"],
  ["saw+", 1, 0, "left", "saw+"],
  ["saw+", -1, 0, "left", "saw-"],
  ["saw+", 0, 0, "up", "above+"],
  ["saw-", 1, 0, "left", "saw+"],
  ["saw-", -1, 0, "left", "saw-"],
  ["saw-", 0, 0, "up", "above-"],
  ["above+", 1, 1, "right", "find end"],
  ["above+", -1, -1, "right", "find end"],
  ["above+", 0, 1, "stay", "halt"],
  ["above-", 1, 1, "right", "find end"],
  ["above-", -1, -1, "right", "find end"],
  ["above-", 0, -1, "stay", "halt"],
  ["find end", 1, 1, "right", "find end"],
  ["find end", -1, -1, "right", "find end"],
  ["find end", 0, 0, "left", "clear"],
]);

export const FIRST_LITERAL: NormalMachine = normalForm(FIRST_LITERAL_SOURCE);

/** Never halts: it stays where it starts. */
export const IDLE: NormalMachine = normalForm(
  sourceMachine("idle", "wait", [
    ["wait", 1, 1, "stay", "wait"],
    ["wait", -1, -1, "stay", "wait"],
    ["wait", 0, 0, "stay", "wait"],
  ]),
);

/** FIRST_LITERAL with states that nothing enters, up to the given number; its codes and its filter are as large as that. */
export function largeMachine(states: number): NormalMachine {
  const extra = Array.from({ length: states - FIRST_LITERAL.states.length }, (_, i) => `spare ${i}`);
  const moves = ["up", "down", "left", "right"] as const;
  return {
    name: `first-literal-${states}`,
    states: [...FIRST_LITERAL.states, ...extra],
    halting: [...FIRST_LITERAL.halting, ...extra.map(() => false)],
    table: [
      ...FIRST_LITERAL.table,
      ...extra.map((_, i) => {
        const entry = (write: TapeSymbol, turn: number) => ({
          write,
          move: moves[(i + turn) % 4] as Move,
          next: (7 * i + turn) % states,
        });
        return { 0: entry(1, 0), 1: entry(-1, 1), [-1]: entry(0, 2) };
      }),
    ],
  };
}
