/** What explain says of rows, held against the networks themselves. */
import { describe, expect, it } from "vitest";
import { formatRational, parseRational, rational, ZERO, type Rational } from "../../../../spec/exact/rational.js";
import { evaluate, type Network } from "../../../../spec/networks/network.js";
import { cellFromValue, toUnits } from "../../../../spec/rcnn/cell-code.js";
import { cellFeatures, cellRule, outcomeValue } from "../../../../spec/rcnn/cell-rule.js";
import { patchOf } from "../../../../spec/rcnn/patch.js";
import type { Example, Explanation } from "../../../../systems/rcnn/explain/explanation.js";
import { GateUse } from "../../../../systems/rcnn/explain/gate-use.js";
import type { Subject } from "../../../../systems/rcnn/explain/subject.js";
import { TEXT, TINY_FULL_TEXT, TINY_TEXT } from "../../checkers/second/forge.js";
import { changed, explainer, subjectOf } from "./subjects.js";

/** The rows of a layer before its ReLU at a patch, by the network's definition. */
function rowsAt({ filter, code }: Subject, layer: number, patch: readonly string[]): Rational[] {
  const part: Network = {
    layers: filter.layers.slice(0, layer + 1).map((map, l) => (l === layer ? { ...map, relu: false } : map)),
  };
  return evaluate(
    part,
    patch.map((x) => rational(toUnits(code, parseRational(x)))),
  );
}

/** What the output loses if a row's value is left out, in x-units. */
function lossWithout(subject: Subject, layer: number, row: number, patch: readonly string[]): Rational {
  const { filter, code } = subject;
  const layers = filter.layers.map((map, l) => {
    if (l !== layer + 1) return map;
    return {
      ...map,
      rows: map.rows.map(({ bias, entries }) => ({ bias, entries: entries.filter(([c]) => c !== row) })),
    };
  });
  const at = patch.map((x) => rational(toUnits(code, parseRational(x))));
  const [whole, less] = [evaluate(filter, at)[0] as Rational, evaluate({ layers }, at)[0] as Rational];
  return whole.sub(less).div(rational(code.scale));
}

function everyRow(subject: Subject, visit: (layer: number, row: number) => void): void {
  for (const [l, { rows }] of subject.filter.layers.entries()) for (const r of rows.keys()) visit(l, r);
}

function expectExample(
  subject: Subject,
  layer: number,
  row: number,
  { patch, value, adds, rule, newCell }: Example,
): void {
  expect(value).toBe(formatRational(rowsAt(subject, layer, patch)[row] as Rational));
  if (layer < 2) expect(adds).toBeNull();
  else if (layer < 4) expect(adds).toBe(formatRational(lossWithout(subject, layer, row, patch)));
  const cells = patch.map((x) => cellFromValue(subject.code, parseRational(x)));
  const outcome = cellRule(subject.code, cellFeatures(subject.code, subject.machine), patchOf(cells));
  expect([rule, newCell]).toEqual([outcome.rule, formatRational(outcomeValue(outcome, cells[4] as never))]);
}

for (const [name, text] of [
  ["tiny", TINY_TEXT],
  ["small", TEXT],
  ["tiny on the full alphabet", TINY_FULL_TEXT],
] as const) {
  describe(`the rows of ${name}`, () => {
    const subject = subjectOf(text);
    const explain = explainer(subject);

    it("should be on at their examples, with the value that they have by definition", () => {
      everyRow(subject, (layer, row) => {
        const { example, on, serves } = explain(layer, row);
        expect(serves.length).toBeGreaterThan(0);
        if (example === null) throw new Error(`V${layer + 1}[${row}]: expected an example`);
        expectExample(subject, layer, row, example);
        if (layer === 0 || layer === 2) expect(parseRational(example.value).s).toBe(1n);
        if (layer < 3) expect(BigInt(on?.patches ?? 0)).toBeGreaterThan(0n);
      });
    });

    it("should have entries whose readings make up their weights, each with an example that it counts at", () => {
      const gates = subject.filter.layers[2]?.rows ?? [];
      for (const [row, { entries }] of gates.entries()) {
        // On the full alphabet the gates of a zigzag are all alike.
        if (row > 20 && row % 9 !== 0) continue;
        for (const [e, [column, weight]] of entries.entries()) {
          const { readings, example, what, entries: listed, address } = explain(2, row, e + 1);
          expect(readings.reduce((sum, one) => sum.add(parseRational(one.weight)), ZERO).equals(weight)).toBe(true);
          expect(what).toContain(`entry ${e + 1}, the weight ${formatRational(weight)} of V2[${column}], in`);
          expect(listed[e]).toEqual({ to: `V2[${column}]`, weight: formatRational(weight) });
          expect(address).toBe(`V3[${row}][${e + 1}]`);
          if (example === null) throw new Error("expected an example");
          expect(rowsAt(subject, 1, example.patch)[column]?.n).not.toBe(0n);
          expect(example.value).toBe(formatRational(rowsAt(subject, 2, example.patch)[row] as Rational));
        }
      }
    });

    it("should list as spans what each cell adds", () => {
      const use = GateUse.of(subject.filter, subject.code, subject.letters);
      if (typeof use === "string") throw new Error(use);
      for (const row of [0, 3, 9]) {
        const { spans, notes } = explain(2, row);
        for (const [place, cells] of use.cells.entries()) {
          const name = [
            "above left",
            "above",
            "above right",
            "left",
            "centre",
            "right",
            "below left",
            "below",
            "below right",
          ][place];
          const ofPlace = spans.filter((span) => span.place === name);
          for (const { count, value } of ofPlace) {
            const same = [...cells.keys()].filter((i) => formatRational(use.summand(row, place, i)) === value);
            expect(count).toBe(same.length);
          }
          const told = ofPlace.reduce((sum, { count }) => sum + count, 0);
          const nonzero = [...cells.keys()].filter((i) => use.summand(row, place, i).n !== 0n).length;
          if (notes.length === 0) expect(told).toBe(nonzero);
        }
      }
    });
  });
}

describe("how many patches turn a gate on", () => {
  const subject = subjectOf();
  const { filter, code, letters } = subject;
  const use = GateUse.of(filter, code, letters);
  if (typeof use === "string") throw new Error(use);

  it("should be what counting them one by one gives", () => {
    let compared = 0;
    for (let gate = 0; gate < (filter.layers[2]?.rows.length ?? 0); gate++) {
      // Places at which the gate tells no cells apart are counted at once.
      const all = [...use.cells.keys()];
      const read = all.filter((place) => {
        const summands = (use.cells[place] ?? []).map((_, i) => formatRational(use.summand(gate, place, i)));
        return new Set(summands).size > 1;
      });
      if (read.length > 3) continue;
      compared++;
      let count = 0n;
      const allowed = new Map(read.map((place) => [place, new Set<number>()]));
      const visit = (patch: number[], [place, ...others]: readonly number[]): void => {
        if (place !== undefined) {
          for (const letter of (use.cells[place] ?? []).keys()) visit(patch.with(place, letter), others);
          return;
        }
        const pre = use.pre(gate, patch);
        if (pre.s < 0n || pre.n === 0n) return;
        count++;
        for (const [at, set] of allowed) set.add(patch[at] as number);
      };
      visit(
        all.map(() => 0),
        read,
      );
      const unread = all.filter((place) => !read.includes(place));
      const others = unread.reduce((n, place) => n * BigInt(use.cells[place]?.length ?? 0), 1n);
      expect(use.patchesOn(gate)).toBe(count * others);
      for (const [place, set] of allowed) {
        expect(use.lettersOn(gate, place)).toEqual([...set].toSorted((a, b) => a - b));
      }
    }
    expect(compared).toBeGreaterThan(6);
  });
});

describe("networks that are not the construction's", () => {
  const told = (explanation: Explanation): boolean => explanation.serves.length + explanation.readings.length > 0;

  it("should be given no names, whichever number differs", () => {
    for (const [layer, row, entry] of [
      [0, 0, 0],
      [1, 57, 1],
      [2, 3, 0],
      [2, 16, 2],
      [3, 10, 1],
      [4, 0, 0],
    ] as const) {
      const path = ["filter", "layers", layer, "rows", row, ...(entry === 0 ? [0] : [entry, 1])];
      const subject = subjectOf(changed(path, "1/7"));
      expect(subject.described).toBeUndefined();
      expect(subject.headIsBuilt).toBe(true);
      const explain = explainer(subject);
      for (const l of [0, 1, 2, 3, 4]) expect(told(explain(l, 0))).toBe(false);
    }
    expect(told(explainer(subjectOf())(2, 0))).toBe(true);
  });

  it("should be told from their numbers all the same", () => {
    // Another threshold with the same effect: still f-bar, and still another network.
    const subject = subjectOf(changed(["filter", "layers", 2, "rows", 9, 0], "-33/8"));
    const [named, plain] = [explainer(subjectOf())(2, 9), explainer(subject)(2, 9)];
    expect(plain.on).toEqual(named.on);
    expect(plain.spans).toEqual(named.spans);
    expect(plain.example?.patch).toEqual(named.example?.patch);
    expect(plain.bias).toBe("-33/8");
    everyRow(subject, (layer, row) => {
      const { example } = explainer(subject)(layer, row);
      if (row < 3 && example !== null) expectExample(subject, layer, row, example);
    });
  });

  it("should keep their names where a layer alone is called otherwise", () => {
    expect(subjectOf(changed(["filter", "layers", 2, "name"], "gates")).described).toBeDefined();
  });

  it("should be said to read several cells, or none, or to have a kink at a cell value, and what follows is left out", () => {
    const row = ["filter", "layers", 0, "rows", 5];
    for (const [value, what] of [
      [["1/2", [0, "1"], [3, "1"]], "a ReLU of V1 that does not read a single cell"],
      [["1/2"], "a ReLU of V1 that reads no cell"],
      [["0", [4, "1"]], "at the cell value 0, unknown phase, blank"],
    ] as const) {
      const explain = explainer(subjectOf(changed(row, value as never)));
      expect(explain(0, 5).what).toContain(what);
      if (value.length === 1) continue;
      const { on, example, notes } = explain(2, 3);
      expect([on, example]).toEqual([null, null]);
      expect(notes.join()).toMatch(/^when it is on is not told: /);
    }
  });

  it("should be told row by row where they have other layers than five", () => {
    const layers = subjectOf().filter.layers;
    const subject = { ...subjectOf(), filter: { layers: [...layers, ...layers.slice(4)] }, described: undefined };
    const { what, entries, serves } = explainer(subject)(5, 0);
    expect(what).toBe("a row of a network that is not of the five layers that are supported");
    expect(serves).toEqual([]);
    expect(entries[0]?.to).toBe("V5[0]");
  });
});
