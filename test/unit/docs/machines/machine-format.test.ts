import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readBbchallenge } from "../../../../construction/machines/read-bbchallenge.js";
import { readMachine } from "../../../../construction/machines/read-machine.js";
import { writeMachine } from "../../../../construction/machines/write-machine.js";
import { runFast } from "../../../../execution/machines/fast-simulator.js";
import { normalForm } from "../../../../spec/machines/normal-form.js";

const page = readFileSync(new URL("../../../../docs/machine-format.md", import.meta.url), "utf8");
const blocks = [...page.matchAll(/^```(\w*)\n([^]*?)^```$/gm)].map(([, kind, text]) => ({ kind, text: text ?? "" }));

describe("docs/machine-format.md", () => {
  const example = blocks.find(({ kind }) => kind === "yaml")?.text ?? "";

  it("should show a file that can be read, in canonical form but for its comment", () => {
    const machine = readMachine(example, "seek-right.yaml");
    expect(writeMachine(machine)).toBe(example.replace(/^#.*\n/, ""));
    expect(runFast(normalForm(machine), { maxSteps: 10_000 }).halted).toBe(false);
  });

  it("should show the error that its mistake gives", () => {
    const line = blocks.map(({ text }) => text.trim()).find((text) => text.startsWith("seek-right.yaml:"));
    const broken = example.replace("+1: { move: right }", "+1: { move: rigth }");
    expect(() => readMachine(broken, "seek-right.yaml")).toThrow(line);
    expect(line).toContain("did you mean");
  });

  it("should show a bbchallenge text that can be read", () => {
    const text = blocks.map((block) => block.text.trim()).find((block) => /^[0-9]R/.test(block)) ?? "";
    expect(readBbchallenge(text).states).toEqual(["A", "B", "Z"]);
  });
});
