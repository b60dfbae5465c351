/** Random machines on one-way tapes, and a simulator of them that knows nothing of grids. */
import fc from "fast-check";
import type { TapeMove, TapesEntry, TapesMachine } from "../../../../spec/machines/tape-machine.js";

/** The end of a run. */
export interface TapesRun {
  readonly halted: boolean;
  readonly steps: number;
  readonly state: string;
  /** Tape by tape, blanks at the end left out. */
  readonly tapes: readonly (readonly string[])[];
  readonly heads: readonly number[];
}

/** A machine on so many tapes, with up to three working states and halting states "yes" and "no". */
export function arbitraryTapesMachine(tapes: 1 | 2): fc.Arbitrary<TapesMachine> {
  return fc
    .record({ symbolCount: fc.integer({ min: 2, max: 5 }), stateCount: fc.integer({ min: 1, max: 3 }) })
    .chain(({ symbolCount, stateCount }) => {
      const symbols = Array.from({ length: symbolCount }, (_, i) => (i === 0 ? "_" : String.fromCharCode(96 + i)));
      const working = Array.from({ length: stateCount }, (_, i) => `${i} st`);
      const tuples = tapes === 1 ? symbols : symbols.flatMap((a) => symbols.map((b) => `${a} ${b}`));
      const perTape = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
        fc.array(one, { minLength: tapes, maxLength: tapes });
      const entry: fc.Arbitrary<TapesEntry> = fc.record({
        write: perTape(fc.constantFrom(...symbols)),
        moves: perTape(fc.constantFrom<TapeMove>("right", "left", "stay", "right")),
        next: fc.constantFrom(...working, ...working, ...working, "yes", "no"),
      });
      const row = fc.array(fc.option(entry, { freq: 12 }), { minLength: tuples.length, maxLength: tuples.length });
      return fc.array(row, { minLength: stateCount, maxLength: stateCount }).map((rows): TapesMachine => ({
        name: "arbitrary",
        tapes,
        symbols,
        states: [...working, "yes", "no"],
        start: working[0] as string,
        halting: ["yes", "no"],
        table: new Map(
          rows.map((entries, q) => [
            working[q] as string,
            new Map(entries.flatMap((each, i) => (each === null ? [] : [[tuples[i] as string, each] as const]))),
          ]),
        ),
      }));
    });
}

/** Runs a machine for so many steps at most; an absent entry enters the first halting state. */
export function runTapes(machine: TapesMachine, inputs: readonly (readonly string[])[], maxSteps: number): TapesRun {
  const [blank = ""] = machine.symbols;
  const tapes = inputs.map((input) => [...input]);
  const heads = inputs.map(() => 0);
  let state = machine.start;
  let steps = 0;
  while (!machine.halting.includes(state) && steps < maxSteps) {
    const read = tapes.map((tape, t) => tape[heads[t] ?? 0] ?? blank).join(" ");
    const entry = machine.table.get(state)?.get(read);
    if (entry === undefined) {
      state = machine.halting[0] ?? "halt";
      break;
    }
    for (const [t, tape] of tapes.entries()) {
      const head = heads[t] as number;
      while (tape.length <= head) tape.push(blank);
      tape[head] = entry.write[t] as string;
      heads[t] = Math.max(0, head + { left: -1, right: 1, stay: 0 }[entry.moves[t] as TapeMove]);
    }
    state = entry.next;
    steps += 1;
  }
  return {
    halted: machine.halting.includes(state),
    steps,
    state,
    tapes: tapes.map((tape) => trim(tape, blank)),
    heads,
  };
}

/** A tape without the blanks at its end. */
export function trim<T>(tape: readonly T[], blank: string): T[] {
  const end = tape.findLastIndex((symbol) => symbol !== blank);
  return tape.slice(0, end + 1);
}
