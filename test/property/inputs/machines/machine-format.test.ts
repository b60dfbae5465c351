import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { sourceMachine } from "../../../../arbitraries/machines.js";
import { InputError } from "../../../../inputs/input-error.js";
import { galleryNames, loadMachine } from "../../../../inputs/machines/load-machine.js";
import { readMachine } from "../../../../inputs/machines/read-machine.js";
import { writeMachine } from "../../../../inputs/machines/write-machine.js";
import { normalForm } from "../../../../spec/machines/normal-form.js";

/** Names that YAML, JavaScript or a careless reader might take for something else. */
const awkwardName = (): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom("A", "true", "null", "~", "no", "0", "007", "+1", "-1", "1e3", "0x1F", "- a", "? a", ": a", "a: b"),
    fc.constantFrom(
      "a #b",
      "#",
      "&a",
      "*a",
      "!a",
      "%a",
      "@a",
      "`a",
      "|",
      ">",
      "[a]",
      "{a}",
      "a,b",
      "'a'",
      '"a"',
      "\\",
      "---",
    ),
    fc.constantFrom(
      "__proto__",
      "constructor",
      "toString",
      "é",
      "状態",
      "😀",
      "a b",
      "a  b",
      "<<",
      "=",
      "...",
      "a:",
      "_",
      "blank",
    ),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }).filter((text) => {
      return /^[^\s\p{Cc}\p{Cf}\p{Cs}]([^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*[^\s\p{Cc}\p{Cf}\p{Cs}])?$/u.test(text);
    }),
  );

describe("writeMachine", () => {
  it("should write what readMachine reads back to the same machine, whatever the names", () => {
    fc.assert(
      fc.property(sourceMachine({ names: awkwardName() }), (source) => {
        const text = writeMachine(source);
        expect(readMachine(text, "m.yaml")).toEqual(source);
        expect(writeMachine(readMachine(text, "m.yaml"))).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it("should write entries so that other YAML readers see the names and symbols that are meant", () => {
    fc.assert(
      fc.property(sourceMachine({ names: awkwardName() }), (source) => {
        for (const version of ["1.1", "1.2"] as const) {
          const data = parse(writeMachine(source), { version, mapAsMap: true, logLevel: "silent" }) as Map<
            string,
            unknown
          >;
          expect(data.get("start")).toBe(source.start);
          const table = data.get("table") as Map<string, Map<unknown, Map<string, unknown>>>;
          expect([...table.keys()]).toEqual([...source.table.keys()]);
          for (const [state, row] of source.table) {
            for (const [symbol, { write, move, next }] of row) {
              const entry = table.get(state)?.get(symbol === 0 ? "blank" : symbol);
              expect(entry?.get("move")).toBe(move);
              expect(entry?.get("next") ?? state).toBe(next);
              expect(entry?.get("write") ?? symbol).toBe(write === 0 && symbol !== 0 ? "blank" : write);
            }
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it("should keep the normal form of a machine whose halting states stand between the others", () => {
    fc.assert(
      fc.property(sourceMachine(), fc.nat(), (source, seed) => {
        const mixed = {
          ...source,
          states: source.states.map((_, i) => source.states[(i + seed) % source.states.length] ?? ""),
        };
        expect(normalForm(readMachine(writeMachine(mixed), "m.yaml"))).toEqual(normalForm(mixed));
      }),
    );
  });

  it("should refuse a machine whose every state halts", () => {
    const machine = {
      ...readMachine("{name: x, start: A, table: {A: {}}}", "m.yaml"),
      halting: ["A"],
      table: new Map(),
    };
    expect(() => writeMachine(machine)).toThrow(RangeError);
  });

  it.each(galleryNames())("should round-trip %s", (name) => {
    const source = loadMachine(name);
    expect(readMachine(writeMachine(source), "m.yaml")).toEqual(source);
  });
});

describe("readMachine", () => {
  /** Reads a text that may be anything: a machine or an InputError of one line, never another error. */
  function survives(text: string): "read" | "refused" {
    try {
      normalForm(readMachine(text, "m.yaml"));
      return "read";
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      expect(error.message).toMatch(/^m\.yaml[: ][^\n\r]{1,400}$/);
      return "refused";
    }
  }

  it("should survive a valid file with pieces cut out, doubled or replaced", () => {
    const piece = fc.constantFrom(
      "",
      " ",
      "\n",
      "\t",
      ":",
      ",",
      "{",
      "}",
      "[",
      "]",
      "-",
      "?",
      "#",
      "'",
      '"',
      "|",
      ">",
      "&a",
      "*a",
      "!",
      "+1",
      "null",
      "\u0000",
      "\u2028",
    );
    const edit = fc.record({ at: fc.nat(), length: fc.nat({ max: 12 }), piece });
    let read = 0;
    let refused = 0;
    fc.assert(
      fc.property(sourceMachine(), fc.array(edit, { minLength: 1, maxLength: 3 }), (source, edits) => {
        let text = writeMachine(source);
        for (const { at, length, piece: replacement } of edits) {
          const start = at % (text.length + 1);
          text = text.slice(0, start) + replacement + text.slice(start + length);
        }
        if (survives(text) === "read") read += 1;
        else refused += 1;
      }),
      { numRuns: 2000 },
    );
    expect(read).toBeGreaterThan(20);
    expect(refused).toBeGreaterThan(500);
  });

  it("should survive arbitrary texts and arbitrary JSON", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => void survives(text)),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => void survives(text)),
      { numRuns: 500 },
    );
    const row = fc.dictionary(fc.constantFrom("blank", "+1", "1", "2", "__proto__"), fc.jsonValue({ maxDepth: 2 }), {
      maxKeys: 3,
    });
    const table = fc.dictionary(fc.constantFrom("A", "B", "__proto__"), row, { maxKeys: 3 });
    fc.assert(
      fc.property(
        table,
        (value) => void survives(JSON.stringify({ name: "x", start: "A", halting: [], table: value })),
      ),
      { numRuns: 500 },
    );
  });
});
