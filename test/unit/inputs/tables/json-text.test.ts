import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_JSON_DEPTH, parseJsonText } from "../../../../inputs/tables/json-text.js";

function message(text: string): string {
  try {
    parseJsonText(text);
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
  throw new Error(`expected ${text} to be rejected`);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe("parseJsonText", () => {
  it("should give what JSON.parse gives", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.constantFrom(undefined, 1, "\t"), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), undefined, indent);
        expect(parseJsonText(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it("should accept and reject what JSON.parse accepts and rejects, when texts are damaged", () => {
    let rejected = 0;
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 3 }),
        fc.nat(),
        fc.constantFrom(
          "",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          '"',
          "\\",
          "0",
          "-",
          ".",
          "e",
          "\n",
          "\u0001",
          "x",
          " ",
          "\ufeff",
        ),
        fc.nat({ max: 2 }),
        (json, at, inserted, removed) => {
          const place = at % (json.length + 1);
          const text = json.slice(0, place) + inserted + json.slice(place + removed);
          let accepted = true;
          try {
            parseJsonText(text);
          } catch (error) {
            // A damaged text may repeat a key before its first character that is no JSON: JSON.parse says nothing then.
            if (String(error).includes("each key once")) return;
            accepted = false;
          }
          expect(accepted).toBe(isJson(text));
          if (!accepted) rejected++;
        },
      ),
      { numRuns: 3000 },
    );
    expect(rejected).toBeGreaterThan(500);
  });

  it.each([
    ["", "line 1, column 1: expected a JSON value, got the end of the text"],
    ['{"a": 1,}', 'line 1, column 9: expected a key in double quotes, got "}"'],
    ['{"a"\n  1}', 'line 2, column 3: expected ":", got "1}"'],
    ["[1\n,2\n 3]", 'line 3, column 2: expected "," or "]", got "3]"'],
    ['{"a": [01]}', 'line 1, column 9: expected "," or "]", got "1]}"'],
    ['["a\nb"]', 'line 1, column 4: expected the rest of a string, got "\\nb\\"]"'],
    ['["\\x"]', 'line 1, column 3: expected an escape of JSON, got "\\\\x\\"]"'],
    ['["abc', "line 1, column 6: expected the rest of a string, got the end of the text"],
    ["1 2", 'line 1, column 3: expected the end of the text, got "2"'],
    ["NaN", 'line 1, column 1: expected a JSON value, got "NaN"'],
    ["'a'", "line 1, column 1: expected a JSON value, got \"'a'\""],
    ['{"a":1,"b":2,"a":3}', 'line 1, column 14: expected each key once, got "a" again'],
    ['{"a":1,\n"\\u0061":3}', 'line 2, column 1: expected each key once, got "a" again'],
    ['[{"b":{"x":1,"x":2}}]', 'line 1, column 14: expected each key once, got "x" again'],
    ['{"__proto__":1,"__proto__":2}', 'line 1, column 16: expected each key once, got "__proto__" again'],
  ])("should reject %j with line and column", (text, expected) => {
    expect(message(text)).toBe(`InputError: ${expected}`);
  });

  it("should allow one key in several objects", () => {
    expect(parseJsonText('{"a":{"a":[{"a":1},{"a":2}]},"b":{"a":3}}')).toEqual({
      a: { a: [{ a: 1 }, { a: 2 }] },
      b: { a: 3 },
    });
  });

  it("should stop at the depth limit instead of running out of stack", () => {
    const nested = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);
    expect(() => parseJsonText(nested(MAX_JSON_DEPTH))).not.toThrow();
    expect(message(nested(MAX_JSON_DEPTH + 2))).toContain("expected at most 64 arrays and objects around a value");
    expect(message("[".repeat(1_000_000))).toContain("line 1, column 66: expected at most 64");
  });

  it("should read a string of a million characters", () => {
    expect(parseJsonText(`["${"a\\n".repeat(500_000)}"]`)).toHaveLength(1);
  });
});
