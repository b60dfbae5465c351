import { describe, expect, it } from "vitest";
import { loadAnyMachine } from "../../../../inputs/machines/load-machine.js";
import { readFormat } from "../../../../inputs/machines/machine-formats.js";
import { writeTapes } from "../../../../inputs/machines/write-tapes.js";
import { writeAlphabetTuringmachineIo } from "../../../../inputs/machines/write-turingmachine-io.js";
import type { AlphabetMachine } from "../../../../spec/machines/alphabet-machine.js";

const example = (file: string): AlphabetMachine => loadAnyMachine(`examples/machines/${file}`).machine;

/** What a format keeps of a machine, with symbols by name. */
function kept(machine: AlphabetMachine): unknown {
  const { symbols, table, start, input, halting, accepting, rejecting, missing, tapes } = machine;
  const spell = (indices: readonly number[]): string => indices.map((i) => (i === 0 ? "blank" : symbols[i])).join("|");
  const rows = [...table].map(([state, row]) => [
    state,
    new Map(
      [...row].map(([key, entry]) => [spell(key.split(",").map(Number)), { ...entry, write: spell(entry.write) }]),
    ),
  ]);
  const words = input?.map(({ rows: lines }) => spell(lines[0] ?? []));
  return { table: new Map(rows as []), start, words, halting, accepting, rejecting, missing, tapes };
}

describe("writeTapes and writeAlphabetTuringmachineIo", () => {
  it.each(["mirror.tio.yaml", "three-tapes.tms.txt", "blocks.jff", "counter.tapes.yaml"])(
    "should write %s so that reading gives the same machine",
    (file) => {
      const machine = example(file);
      const text = writeTapes(machine);
      const { machine: again } = readFormat(text, "written.yaml", "yaml");
      expect(kept(again)).toEqual(kept(machine));
      expect(writeTapes(again)).toBe(text);
    },
  );

  it("should write the site's own format back, input included", () => {
    const machine = example("mirror.tio.yaml");
    const { machine: again } = readFormat(writeAlphabetTuringmachineIo(machine), "m", "turingmachine.io");
    expect(again).toEqual({ ...machine, symbols: again.symbols, table: again.table, input: again.input });
    expect(kept(again)).toEqual(kept(machine));
  });

  it.each<readonly [string, () => string, string]>([
    ["a head inside the word", () => writeTapes(example("capitals.morphett.txt")), "with the head on the first symbol"],
    ["rows", () => writeTapes(example("corner.turing2d.txt")), "a machine file has words for its input"],
    ["tapes", () => writeAlphabetTuringmachineIo(example("three-tapes.tms.txt")), "has one tape, got 3 of them"],
    [
      "a move down",
      () => writeAlphabetTuringmachineIo({ ...example("corner.turing2d.txt"), input: [] }),
      'state "0", symbol "0": turingmachine.io has no move down',
    ],
    [
      "a symbol with a space",
      () => writeTapes({ ...example("mirror.tio.yaml"), symbols: ["_", "a b", "c"] }),
      'no symbol with a space, got "a b"',
    ],
    [
      "a blank that would be a symbol",
      () => writeTapes({ ...example("mirror.tio.yaml"), symbols: [" ", "_", "c"] }),
      "which a machine file spells _",
    ],
    [
      "a long symbol",
      () => writeAlphabetTuringmachineIo({ ...example("mirror.tio.yaml"), symbols: [" ", "aa", "c"] }),
      'symbols of one character, got "aa"',
    ],
  ])("should refuse %s by name", (_, write, message) => {
    expect(write).toThrow(message);
    expect(write).toThrow(/^machine ".*$/);
  });
});
