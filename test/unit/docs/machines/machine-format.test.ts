import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { MACHINE_FORMATS, WRITTEN_FORMATS } from "../../../../inputs/machines/format-names.js";
import { formatOfFile, readFormat } from "../../../../inputs/machines/machine-formats.js";
import { readMachine } from "../../../../inputs/machines/read-machine.js";
import { writeMachine } from "../../../../inputs/machines/write-machine.js";
import { runFastAlphabet } from "../../../../execution/machines/fast-alphabet.js";
import { runFast } from "../../../../execution/machines/fast-simulator.js";
import { normalForm } from "../../../../spec/machines/normal-form.js";

const page = readFileSync(new URL("../../../../docs/machine-format.md", import.meta.url), "utf8");
const blocksOf = (text: string): { kind: string | undefined; text: string }[] =>
  [...text.matchAll(/^```(\w*)\n([^]*?)^```$/gm)].map(([, kind, inner]) => ({ kind, text: inner ?? "" }));
const blocks = blocksOf(page);

describe("docs/machine-format.md", () => {
  const example = blocks.find(({ kind }) => kind === "yaml")?.text ?? "";

  it("should show a file that can be read, in canonical form but for its comment", () => {
    const machine = readMachine(example, "seek-right.yaml");
    expect(writeMachine(machine)).toBe(example.replace(/^#.*\n/, ""));
    expect(runFast(normalForm(machine), { maxSteps: 10_000 }).halted).toBe(false);
  });

  it("should show a machine on two tapes that copies its input", () => {
    const text = blocks.find(({ text: inner }) => inner.includes("tapes: 2"))?.text ?? "";
    const { machine } = readFormat(text, "copy.yaml", "yaml");
    const { accepts, steps, tapes } = runFastAlphabet(machine, 100);
    expect([accepts, steps, tapes.map(({ plane }) => plane.nonblank())]).toEqual([true, 5, [4, 4]]);
  });

  it("should show the error that its mistake gives", () => {
    const line = blocks.map(({ text }) => text.trim()).find((text) => text.startsWith("seek-right.yaml:"));
    const broken = example.replace("+1: { move: right }", "+1: { move: rigth }");
    expect(() => readMachine(broken, "seek-right.yaml")).toThrow(line);
    expect(line).toContain("did you mean");
  });

  it("should show machines of other formats that are recognised and run as published", () => {
    const results = blocksOf(page.slice(page.indexOf("## Other formats"))).map(({ text }) => {
      const format = formatOfFile(text, "page", "page.md");
      const { machine, source } = readFormat(text, "page", format);
      if (source === undefined) return [format, machine.tapes, machine.symbols.join("")];
      const { halted, steps, nonblank } = runFast(normalForm(source), { maxSteps: 500 });
      return [format, halted, steps, nonblank];
    });
    expect(results).toEqual([
      ["bbchallenge", true, 6, 4],
      ["turingmachine.io", true, 6, 4],
      ["morphett", true, 6, 4],
      ["golly", true, 6, 4],
      ["golly", true, 121, 29],
      ["golly", false, 500, 62],
      ["jflap", true, 6, 4],
      ["turingmachinesimulator", 2, "_ab"],
    ]);
  });

  it("should name every format and every format that is written", () => {
    for (const format of MACHINE_FORMATS) expect(page).toMatch(new RegExp(`\\| +\`${format}\` +\\|`));
    for (const format of WRITTEN_FORMATS) expect(page).toContain(`| \`${format}\``);
  });
});
