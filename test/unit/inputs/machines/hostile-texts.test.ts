/** Texts that fuzzing found: each made a reader hang, overflow its stack, or print what is no line. */
import { describe, expect, it } from "vitest";
import { MAX_FILE_BYTES, MAX_NAME_LENGTH } from "../../../../inputs/input-limits.js";
import { quoteInput, showPath } from "../../../../inputs/input-error.js";
import { nearestName } from "../../../../inputs/near-names.js";
import { readMachine } from "../../../../inputs/machines/read-machine.js";
import { readMorphett as readAlphabet } from "../../../../inputs/machines/read-morphett.js";
import { writeMachine } from "../../../../inputs/machines/write-machine.js";
import { readBbchallenge, readMorphett, readTuringmachineIo } from "../../../three-symbol-readers.js";

describe("readers of machines", () => {
  it("should read a line of semicolons in one pass", () => {
    const line = `0 _ 1 r 0 ${";".repeat(MAX_FILE_BYTES - 100)}`;
    expect(readMorphett(line, "m.txt").states).toEqual(["0", "no-rule"]);
  });

  it("should take what stands behind the last mark of the first comment as the tape", () => {
    const tape = (line: string): string | undefined => {
      const { input, symbols } = readAlphabet(`${line}\n0 _ 1 r 0\n`, "m.txt");
      return input?.[0]?.rows[0]?.map((symbol) => symbols[symbol]).join("");
    };
    expect(tape("; $INITIAL_TAPE: 101 ")).toBe("101");
    expect(tape("; $INITIAL_TAPE 1 ; $INITIAL_TAPE:0")).toBe("0");
    expect(tape("; INITIAL_TAPE: 101")).toBeUndefined();
  });

  it("should not compare names of hundreds of thousands of letters", () => {
    const [long, longer] = ["a".repeat(300_000), "ab".repeat(150_000)];
    expect(nearestName(long, [longer])).toBeUndefined();
    const text = `blank: "0"\nstart state: A\nsynonyms:\n  ? ${long}\n  : R\ntable:\n  A:\n    0: ${longer}\n`;
    expect(() => readTuringmachineIo(text, "m.yaml")).toThrow(/m\.yaml:\d+:\d+: state "A", symbol "0": expected L/);
  });

  it("should refuse maps in maps that a line spells without brackets", () => {
    const pairs = "a: ".repeat(190_000);
    for (const text of [`{ b: ${pairs}`, `x: ${pairs}`, `{ b: ${pairs.replaceAll(" ", "\n")} }`]) {
      expect(() => readMachine(text, "m.yaml")).toThrow(/^m\.yaml:\d+:\d+: nested too deeply$/);
    }
  });

  it("should call a bbchallenge machine by its file where its text is no name", () => {
    const text = Array.from({ length: 26 }, () => "1RB0LA2RZ").join("_");
    expect(readBbchallenge(text).name).toBe("bbchallenge machine");
    const machine = readBbchallenge(text, "big/twenty-six.txt");
    expect(machine.name).toBe("twenty-six");
    expect(readMachine(writeMachine(machine), "m.yaml").table).toEqual(machine.table);
    const short = "1RB1LB_1LA1RZ";
    expect(short.length).toBeLessThanOrEqual(MAX_NAME_LENGTH);
    expect(readBbchallenge(short, "file.txt").name).toBe(short);
  });
});

describe("quoteInput", () => {
  it("should escape what a terminal takes for a line break, a command or a change of direction", () => {
    expect(quoteInput("a\u0085b\u2028\u2029\u007f\u009b\u202e\ufeff\n")).toBe(
      '"a\\u0085b\\u2028\\u2029\\u007f\\u009b\\u202e\\ufeff\\n"',
    );
    expect(quoteInput("é😀\ud800")).toBe('"é😀\\ud800"');
  });

  it("should cut between characters, at 37 of them", () => {
    expect(quoteInput("😀".repeat(40))).toBe(`"${"😀".repeat(40)}"`);
    expect(quoteInput("😀".repeat(500_000))).toBe(`"${"😀".repeat(37)}..."`);
    expect(quoteInput(`${"a".repeat(40)}b`)).toBe(`"${"a".repeat(37)}..."`);
  });
});

describe("showPath", () => {
  it("should show paths as they are, unless they would not print as one line of bounded length", () => {
    expect(showPath("a b/ü.yaml")).toBe("a b/ü.yaml");
    expect(showPath("a\u2028b")).toBe('"a\\u2028b"');
    expect(showPath(`${"d/".repeat(50_000)}x`)).toBe(`"${"d/".repeat(18)}d..."`);
  });
});
