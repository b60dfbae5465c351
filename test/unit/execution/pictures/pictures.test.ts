import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { cellLook } from "../../../../execution/pictures/cell-look.js";
import { learnPicture } from "../../../../execution/pictures/learn-picture.js";
import { runPicture } from "../../../../execution/pictures/run-picture.js";
import { chosenLayers } from "../../../../execution/pictures/space-time.js";
import { FilterTable } from "../../../../execution/rcnn/filter-table.js";
import { rational } from "../../../../spec/exact/rational.js";
import { cellCode, cellFromDigits, headValue, stateDigits, toUnits } from "../../../../spec/rcnn/cell-code.js";
import { blankConfiguration } from "../../../../spec/machines/simulate.js";
import { encodeConfiguration } from "../../../../spec/rcnn/configuration-code.js";
import { FIRST_LITERAL } from "../learn/learners.js";

/** Texts of an SVG; fails on anything that is not well-formed XML. */
function textsOf(svg: string): string[] {
  const texts: string[] = [];
  const parser = new SaxesParser();
  let open = "";
  parser.on("opentag", ({ name }) => (open = name));
  parser.on("closetag", () => (open = ""));
  parser.on("text", (text) => {
    if (open === "text") texts.push(text);
  });
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(svg).close();
  return texts;
}

const code = cellCode(FIRST_LITERAL.states.length);
const u = (value: Parameters<typeof toUnits>[1]): number => Number(toUnits(code, value));

describe("cellLook", () => {
  it("should tell phases, symbols, padding and heads apart", () => {
    const look = (digits: Parameters<typeof cellFromDigits>[1]) =>
      cellLook(code, FIRST_LITERAL, u(cellFromDigits(code, digits).value));
    const plain = { isPadding: false, symbol: 0, state: undefined };
    expect(look([0])).toEqual({ ...plain, phase: "unknown" });
    expect(look([0, -1])).toEqual({ ...plain, phase: "unknown", symbol: -1 });
    expect(look([0, 0, -1])).toEqual({ ...plain, phase: "memory" });
    expect(look([1])).toEqual({ ...plain, phase: "unknown", isPadding: true });
    expect(look([1, 0, 1])).toEqual({ ...plain, phase: "compute", isPadding: true });
    const last = FIRST_LITERAL.states.length - 1;
    expect(look([0, 1, 1, 1, ...stateDigits(code, last)])).toEqual({
      ...plain,
      phase: "compute",
      symbol: 1,
      state: FIRST_LITERAL.states[last],
    });
    expect(u(headValue(code, 0))).toBeGreaterThan(0);
    expect(cellLook(code, FIRST_LITERAL, u(rational(1n, 6n)))).toEqual({ ...plain, phase: "none" });
  });
});

describe("chosenLayers", () => {
  it("should keep the first and the last layer and rise strictly", () => {
    expect(chosenLayers(0, 3, 10)).toEqual([0, 1, 2, 3]);
    expect(chosenLayers(0, 100, 5)).toEqual([0, 25, 50, 75, 100]);
    expect(chosenLayers(7, 7, 5)).toEqual([7]);
    const many = chosenLayers(3, 1000, 17);
    expect(many).toHaveLength(17);
    expect(many.every((layer, k) => k === 0 || layer > (many[k - 1] as number))).toBe(true);
  });
});

describe("learnPicture", () => {
  it("should show the memory wave, the compute wave and the answer, in words too", () => {
    const texts = textsOf(
      learnPicture({
        machine: { ...FIRST_LITERAL, name: "<first> & 'literal'" },
        examples: [
          { x: [1, -1], y: -1 },
          { x: [1, 1], y: 1 },
        ],
        shape: { d: 2, m: 2, columns: 1, layers: 100 },
        point: [1, 1],
      }),
    );
    expect(texts[0]).toBe("<first> & 'literal': learning from 2 examples of 2 coordinates");
    expect(texts).toContain("memory phase");
    expect(texts).toContain("compute phase");
    expect(texts.some((text) => text.startsWith("Training, step 2 of 3"))).toBe(true);
    expect(texts.some((text) => text.startsWith("Prediction for (+ +)"))).toBe(true);
    expect(texts.filter((text) => text.endsWith("answer −"))).toHaveLength(1);
    expect(texts).toContain("state halt");
  });
});

describe("runPicture", () => {
  it("should show a one-row grid line by line, and say how many layers it shows", () => {
    const table = new FilterTable(machineToFilter(FIRST_LITERAL), code);
    const letters = Uint16Array.from(encodeConfiguration(code, blankConfiguration(1, 4, 0, 3)), (value) =>
      Number(table.letters.byUnits.get(toUnits(code, value))),
    );
    const start = { rows: 1, columns: 4, letters };
    const texts = textsOf(runPicture({ title: "from a blank tape", machine: FIRST_LITERAL, table, start, layers: 50 }));
    expect(texts[0]).toBe("from a blank tape");
    expect(texts).toContain("Layers run downwards");
    expect(texts).toContain("0");
  });
});
