/** What the second checker repeats of the definitions: U_s and the alphabets, held beside those of `spec`. */
import { describe, expect, it } from "vitest";
import { encodeNormalMachine, encodeSourceMachine } from "../../../../../certificates/machine-json.js";
import { normalForm } from "../../../../../spec/machines/normal-form.js";
import { alphabet, type AlphabetName } from "../../../../../spec/rcnn/alphabet.js";
import { cellCode, toUnits } from "../../../../../spec/rcnn/cell-code.js";
import { weightSets } from "../../../../../spec/rcnn/weight-set.js";
import { put, quarters, type Json, type Row } from "../forge.js";
import { saidOf, SHORT } from "./said.js";

/** What is said of five layers with some biases, for a machine of so many states that never does anything. */
function saidOfBiases(states: number, name: AlphabetName, biases: readonly (readonly string[])[]): string {
  return saidOf((json) => {
    const names = Array.from({ length: states - 2 }, (_, q) => `q${q}`);
    const source = { name: "x", states: [...names, "end"], start: "end", halting: ["end"], table: new Map() };
    const machine = normalForm({ ...source, notes: {}, expected: {} });
    const { scale, ...constants } = cellCode(states);
    put(json, ["source"], encodeSourceMachine({ ...source, notes: {}, expected: {} }) as unknown as Json);
    put(json, ["machine"], encodeNormalMachine(machine) as unknown as Json);
    put(json, ["code"], { ...constants, scale: String(scale) });
    put(json, ["alphabet"], name);
    const layers = biases.map((own, l) => {
      const rows = ["0", ...own].map((bias): Row => [bias]);
      return { name: "", inputs: l === 0 ? 1 : (biases[l - 1] as string[]).length + 1, relu: true, rows };
    });
    put(json, ["filter", "layers"], layers as unknown as Json);
  }, SHORT);
}

const IS_IN_SET = "shape filter.layers[0].inputs";

describe("U_s", () => {
  for (const [states, name] of [
    [2, "well-formed"],
    [3, "well-formed"],
    [5, "well-formed"],
    [2, "full"],
    [3, "full"],
  ] as const) {
    const code = cellCode(states);
    const parts = weightSets(code, name).layers.map((part) => [...part.keys()]);

    it(`should have the numbers of the definitions, for ${states} states and the ${name} alphabet`, () => {
      expect(saidOfBiases(states, name, parts)).toBe(IS_IN_SET);
      // Their neighbours, their negatives and the numbers of the other layers are there only if the definitions have them.
      for (const [l, part] of parts.entries()) {
        const known = new Set(part);
        const others = parts.flat().flatMap((text) => [text, text.startsWith("-") ? text.slice(1) : `-${text}`]);
        const strangers = [...new Set(others)].filter((text) => text !== "-0" && !known.has(text));
        const some = strangers.filter((_, i) => i % Math.ceil(strangers.length / 12) === 0);
        for (const text of some) {
          const found = saidOfBiases(
            states,
            name,
            parts.map((_, k) => (k === l ? [text] : [])),
          );
          expect(found, `${l} ${text}`).toBe(`weight-outside-set filter.layers[${l}].rows[1][0]`);
        }
      }
    });
  }

  it("should have the ends of runs, and no other cell values, for a number of states that is no power of two", () => {
    const code = cellCode(5);
    const known = new Set(weightSets(code, "full").layers[0].keys());
    // With the digits of state 5 there is no head, so nothing changes after these cells.
    const cells = alphabet(code, "full").neighbour.filter(
      ({ digits }) => digits?.slice(2).join() === "1,1,1,0,1" && digits[0] === 0,
    );
    const numbers = cells.map((cell) => quarters(-4n * toUnits(code, cell.value) - 1n));
    const strangers = numbers.filter((text) => !known.has(text));
    expect(strangers.length).toBeGreaterThan(0);
    for (const text of strangers)
      expect(saidOfBiases(5, "full", [[text], [], [], [], []])).toBe("weight-outside-set filter.layers[0].rows[1][0]");
  });
});

describe("the full alphabet", () => {
  it("should be listed for up to 128 states", () => {
    expect(saidOfBiases(129, "full", [[], [], [], [], []])).toBe("undecided letters");
    expect(saidOfBiases(129, "well-formed", [[], [], [], [], []])).toBe(IS_IN_SET);
  });
});
