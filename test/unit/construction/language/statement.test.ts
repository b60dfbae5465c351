import { describe, expect, it } from "vitest";
import {
  change,
  halt,
  label,
  loop,
  move,
  nothing,
  onRegister,
  onSymbol,
  procedure,
  program,
  register,
  set,
  signRegister,
  symbolOfValue,
  symbolRegister,
  SYMBOL_VALUES,
  write,
} from "../../../../construction/language/statement.js";
import { TAPE_SYMBOLS, type Move, type TapeSymbol } from "../../../../spec/machines/machine.js";

const phase = register("phase", ["a", "b"]);

describe("the statements", () => {
  it.each<[string, () => unknown, string]>([
    ["register", () => register("r", []), "register: expected at least one value for r, got none"],
    ["register", () => register("r", ["a", "b", "a"]), 'register: expected the values of r once, got "a" twice'],
    ["register", () => register("r", ["a b"]), 'register: expected values of letters, digits, + and -, got "a b"'],
    ["write", () => write(phase), 'write: expected register phase to hold symbols, got "a"'],
    ["write", () => write(2 as TapeSymbol), "write: expected 0, 1 or -1, got 2"],
    ["move", () => move("north" as Move), "move: expected one of up, down, left, right, stay, got north"],
    ["set", () => set(phase, "c"), 'set: expected one of a, b for register phase, got "c"'],
    ["change", () => change(phase, { a: "c" }), 'change: expected one of a, b for register phase, got "c"'],
    ["change", () => change(phase, { c: "a" }), 'change: expected one of a, b for register phase, got "c"'],
    [
      "onRegister",
      () => onRegister(phase, { c: nothing }),
      'onRegister: expected one of a, b for register phase, got "c"',
    ],
    [
      "onSymbol",
      () => onSymbol({ marked: nothing, minus: nothing }),
      'onSymbol: expected "marked" alone or "plus" and "minus", got both',
    ],
  ])("should refuse a malformed %s", (_, build, message) => {
    expect(build).toThrow(RangeError);
    expect(build).toThrow(message);
  });

  it.each(["", "1st", "a b", "a.b", "-a", "a".repeat(41), "ä"])("should refuse the name %j everywhere", (name) => {
    const builders: [string, () => unknown][] = [
      ["register", () => register(name, ["a"])],
      ["label", () => label(name)],
      ["loop", () => loop(name)],
      ["procedure", () => procedure(name)],
      ["halt", () => halt(name)],
      ["program", () => program(name, "about")],
    ];
    for (const [caller, build] of builders) {
      expect(build).toThrow(
        `${caller}: expected a name of at most 40 letters, digits and hyphens, got ${JSON.stringify(name)}`,
      );
    }
  });

  it("should name the symbols both ways", () => {
    for (const symbol of TAPE_SYMBOLS) expect(symbolOfValue(SYMBOL_VALUES.get(symbol) ?? "")).toBe(symbol);
    expect(symbolOfValue("a")).toBe(undefined);
    expect(symbolRegister("s").values).toEqual(["blank", "+1", "-1"]);
    expect(signRegister("s").values).toEqual(["+1", "-1"]);
  });
});
