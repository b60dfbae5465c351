/** The machines in examples/machines/, one for each format's constructs, with the values that their formats' conventions give. */
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { loadWithInput, type TapeOptions } from "../../../systems/rcnn/load-with-input.js";
import { runSource } from "../../../systems/rcnn/run-source.js";
import { runAlphabet } from "../../../spec/machines/alphabet-machine.js";

const folder = fileURLToPath(new URL("../../../examples/machines/", import.meta.url));

type End = readonly [steps: number, state: string, accepts: boolean | null, ...tapes: string[]];

const CASES: readonly (readonly [file: string, options: TapeOptions, end: End])[] = [
  ["mirror.tio.yaml", {}, [15, "accept", true, ""]],
  ["mirror.tio.yaml", { input: ["ab"] }, [4, "reject", false, "b"]],
  ["mirror.tio.yaml", { input: [""] }, [1, "accept", true, ""]],
  ["mirror.tio.yaml", { input: ["aba"], accept: ["reject"], reject: ["accept"] }, [10, "accept", false, ""]],
  ["capitals.morphett.txt", {}, [8, "halt-done", null, "abBA"]],
  ["capitals.morphett.txt", { input: ["a-b"] }, [8, "halt-done", null, "A-B"]],
  ["capitals.morphett.txt", { input: ["ab"], head: [0, 1] }, [5, "halt-done", null, "aB"]],
  ["corner.turing2d.txt", {}, [5, "halt", null, "xxx", "00x"]],
  ["three-tapes.tms.txt", { input: ["abbab"] }, [6, "done", true, "", "aa", "bbb"]],
  ["three-tapes.tms.txt", { input: ["ab b"] }, [0, "go", false, "ab", "b", ""]],
  ["blocks.jff", { input: ["abac"] }, [4, "end", true, "abac"]],
  ["blocks.jff", { input: ["c"] }, [0, "start", false, "c"]],
  ["four-colours.txt", { entry: 1 }, [3_932_964, "Z", null]],
  ["counter.tapes.yaml", {}, [17, "done", true, "aaaaa", "101"]],
  ["counter.tapes.yaml", { input: ["aaa 1"] }, [13, "done", true, "aaa", "100"]],
];

describe("examples/machines/", () => {
  it("should all be run", () => {
    expect(new Set(CASES.map(([file]) => file))).toEqual(new Set(readdirSync(folder)));
  });

  it.each(CASES)("should end as its format has it: %s %j", (file, options, [steps, state, accepts, ...tapes]) => {
    const { machine, source, inputs } = loadWithInput(`${folder}${file}`, options);
    const [input] = inputs;
    // The champion's run takes long in the plain simulator, and its tape is long.
    const isLong = steps > 1000;
    if (!isLong) {
      const { steps: taken, state: end, accepts: decided } = runAlphabet(machine, 1000, input?.starts);
      expect([taken, end, decided]).toEqual([steps, state, accepts]);
    }
    const run = runSource(machine, source, input?.starts, {});
    const spelled = run.tapes.map((tape) =>
      tape?.rows.map((row) => row.map((symbol) => machine.symbols[symbol]).join("")),
    );
    const told = machine.tapes === 1 ? (spelled[0] ?? []) : spelled.map((rows) => rows?.[0] ?? "");
    expect([run.halted, run.steps, run.state, run.accepts]).toEqual([true, steps, state, accepts]);
    if (isLong) expect(run.nonblank).toBe(2050);
    else expect(told.length === 0 ? [""] : told).toEqual(tapes);
  });

  it.each<readonly [string, TapeOptions, string]>([
    [
      "mirror.tio.yaml",
      { input: ["abc"] },
      '--input: symbol 3 is "c"; the machine\'s symbols are " " (blank), "a", "b"',
    ],
    ["three-tapes.tms.txt", { input: ["a b a b"] }, "--input: expected at most 3 words, one for each tape, got 4"],
    ["three-tapes.tms.txt", { input: ["a x"] }, '--input: tape 2: symbol 1 is "x"'],
    ["three-tapes.tms.txt", { head: [0, 1] }, "--head: expected a machine with one tape, got 3 of them"],
    ["mirror.tio.yaml", { accept: ["home"] }, '--accept: "home" is not a halting state; there are accept or reject'],
    ["mirror.tio.yaml", { accept: ["accept"], reject: ["accept"] }, 'state "accept" is in both'],
    ["four-colours.txt", {}, "expected one machine, got 2 machines; --entry N takes the Nth"],
    ["mirror.tio.yaml", { entry: 2 }, "there are 1 documents; expected --entry from 1 to that, got 2"],
    ["blocks.jff", { entry: 2 }, "a file of this format has one machine"],
    ["mirror.tio.yaml", { input: ["a"], inputFile: "grid.txt" }, "--input and --input-file: expected one of them"],
  ])("should refuse in one line: %s %j", (file, options, message) => {
    expect(() => loadWithInput(`${folder}${file}`, options)).toThrow(message);
    expect(() => loadWithInput(`${folder}${file}`, options)).toThrow(/^.{1,400}$/);
  });
});
