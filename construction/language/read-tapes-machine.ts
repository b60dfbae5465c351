/** Files of machines on one or two one-way infinite tapes, the input of oneWayToGrid and twoTapeToGrid. */
import { InputError } from "../../inputs/input-error.js";
import { readTapes } from "../../inputs/machines/read-tapes.js";
import { symbolsOfKey, type AlphabetMachine } from "../../spec/machines/alphabet-machine.js";
import type { TapeMove, TapesEntry, TapesMachine } from "../../spec/machines/tape-machine.js";
import { assertTapesMachine } from "./tapes-machine.js";

/**
 * Reads the text of such a file (inputs/machines/read-tapes.ts).
 *
 * @param file what to call the file in messages
 * @throws {InputError} "file:line:column: ..." if the text is not such a file, or its machine has three tapes or moves up or down
 */
export function readTapesMachine(text: string, file: string): TapesMachine {
  const machine = tapesMachineOf(readTapes(text, file));
  assertTapesMachine(machine);
  return machine;
}

/**
 * A machine on one or two tapes with its symbols by name. What its states accept, its input and its notes are left out.
 *
 * @throws {InputError} if it has more tapes or moves up or down
 */
export function tapesMachineOf(machine: AlphabetMachine): TapesMachine {
  const { name, tapes, symbols, states, start, halting } = machine;
  if (tapes !== 1 && tapes !== 2) throw new InputError(`machine ${name}: expected one tape or two, got ${tapes}`);
  const spell = (indices: readonly number[]): string[] => indices.map((index) => symbols[index] as string);
  const table = new Map(
    [...machine.table].map(([state, row]): [string, ReadonlyMap<string, TapesEntry>] => {
      const entries = [...row].map(([key, entry]): [string, TapesEntry] => {
        const moves = entry.moves.map((move): TapeMove => {
          if (move === "up" || move === "down")
            throw new InputError(`machine ${name}: state ${state} moves ${move}; a tape has one row`);
          return move;
        });
        return [spell(symbolsOfKey(key)).join(" "), { write: spell(entry.write), moves, next: entry.next }];
      });
      return [state, new Map(entries)];
    }),
  );
  return { name, tapes, symbols, states, start, halting, table };
}
